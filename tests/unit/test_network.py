"""Nothing leaves the process unless the settings allow it to the skill that asks."""

import socket
from datetime import UTC, datetime, timedelta

import pytest

from voice_assistant.errors import NotAllowed
from voice_assistant.network import OPEN_SECONDS, Network
from voice_assistant.store import Database
from voice_assistant.workers import Worker


class Clock:
    def __init__(self):
        self.moment = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
        self.seconds = 0.0

    def now(self):
        return self.moment

    def elapsed(self):
        return self.seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def network(clock, tmp_path):
    database = Database(tmp_path / "assistant.db")
    with (network := Network({"weather": ["localhost"]}, database, clock)).guarding():
        yield network
    database.close()


@pytest.fixture
def server():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()


def test_connections_are_refused(network, server):
    for host in (server[0], "192.0.2.1", "::1"):
        with pytest.raises(NotAllowed, match="nothing leaves"):
            socket.create_connection((host, server[1]), timeout=1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp, pytest.raises(NotAllowed):
        udp.sendto(b"x", server)
    for look_up in (
        lambda: socket.getaddrinfo("example.org", 80),
        lambda: socket.gethostbyname("example.org"),
    ):
        with pytest.raises(NotAllowed, match=r"example\.org"):
            look_up()


def test_workers_are_refused_too(network, server):
    with Worker("talkative") as worker, pytest.raises(NotAllowed):
        worker.submit(lambda: socket.create_connection(server, 1)).result(5)
    assert network.refusals == [server[0]]


def test_a_skill_reaches_what_the_settings_allow_it(network, server):
    network.permit("weather", "localhost")
    with socket.create_connection(("localhost", server[1]), timeout=1):
        pass


def test_a_skill_reaches_nothing_else(network):
    with pytest.raises(NotAllowed, match=r"radio = \[\"localhost\"\]"):
        network.permit("radio", "localhost")
    with pytest.raises(NotAllowed):
        network.permit("weather", "example.org")


def test_a_host_closes_again(network, clock, server):
    network.permit("weather", "localhost")
    socket.create_connection(("localhost", server[1]), timeout=1).close()
    clock.seconds += OPEN_SECONDS + 1
    with pytest.raises(NotAllowed):
        socket.create_connection(("localhost", server[1]), timeout=1)


def test_the_log_tells_who_talked_to_whom(network, clock):
    network.permit("weather", "localhost")
    clock.moment += timedelta(days=1)
    assert network.contacts(clock.moment) == []
    network.permit("weather", "localhost")
    assert [(c.skill, c.host) for c in network.contacts(clock.moment)] == [("weather", "localhost")]
    assert len(network.contacts(clock.moment - timedelta(days=2))) == 2


def test_unix_sockets_are_no_network(network, tmp_path):
    path = str(tmp_path / "sound")
    with (
        socket.socket(socket.AF_UNIX) as listening,
        socket.socket(socket.AF_UNIX) as client,
    ):
        listening.bind(path)
        listening.listen()
        client.connect(path)


def test_household_hosts_are_always_open(clock, tmp_path, server):
    database = Database(tmp_path / "assistant.db")
    with Network({}, database, clock, household=["127.0.0.1"]).guarding():
        socket.create_connection(server, timeout=1).close()
    database.close()


def test_the_guard_ends_with_its_block(clock, tmp_path, server):
    database = Database(tmp_path / "assistant.db")
    with Network({}, database, clock).guarding():
        pass
    socket.create_connection(server, timeout=1).close()
    database.close()
