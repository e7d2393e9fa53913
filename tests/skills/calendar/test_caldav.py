"""The calendar on a server: a real one (Radicale) over real sockets, behind the guard."""

from __future__ import annotations

import base64
import urllib.request
import warnings
from contextlib import closing
from datetime import timedelta
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import pytest
from icalendar import Calendar
from voice_assistant_skills.calendar.skill import CalendarSkill

from tests.fakes import NOW
from tests.skills.online import Server, online
from voice_assistant import values

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of the server's own libraries
    radicale = pytest.importorskip("radicale")
    from radicale import config

pytestmark = pytest.mark.anyio

CHOIR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//x//EN
BEGIN:VEVENT
UID:choir
DTSTAMP:20261101T000000Z
SUMMARY:Choir
DTSTART;TZID=Europe/Berlin:20261105T193000
DTEND;TZID=Europe/Berlin:20261105T210000
RRULE:FREQ=WEEKLY;BYDAY=TH
END:VEVENT
END:VCALENDAR
"""


class Quiet(WSGIRequestHandler):
    def log_message(self, *_): ...


class Radicale(Server, WSGIServer):
    """Radicale as its own documentation runs it behind another server."""

    def __init__(self, folder):
        WSGIServer.__init__(self, ("127.0.0.1", 0), Quiet)
        users = folder / "users"
        users.write_text("anna:secret\n")
        configuration = config.load()
        configuration.update(
            {
                "auth": {
                    "type": "htpasswd",
                    "htpasswd_filename": str(users),
                    "htpasswd_encryption": "plain",
                    "delay": "0",
                },
                "storage": {"filesystem_folder": str(folder / "collections")},
                "logging": {"level": "critical"},
            },
            "test",
            privileged=True,
        )
        self.set_app(radicale.Application(configuration))

    @property
    def calendar(self):
        return f"{self.url}/anna/home/"

    def ask(self, method, path="", body=None):
        """What another program of the user's does."""
        request = urllib.request.Request(
            self.calendar + path, body and body.encode(), method=method
        )
        request.add_header("Content-Type", "text/calendar")
        secret = base64.b64encode(b"anna:secret").decode()
        request.add_header("Authorization", f"Basic {secret}")
        with closing(urllib.request.urlopen(request, timeout=60)) as answer:
            return answer.read().decode()


@pytest.fixture
def anyio_backend():
    """Real sockets need a real clock."""
    return "asyncio"


@pytest.fixture
def server(tmp_path):
    with Radicale(tmp_path) as server:
        server.ask("MKCALENDAR")
        yield server


def desk(server, folder, *, password="secret", allowed=("127.0.0.1",)):
    settings = {"caldav": server.calendar, "user": "anna", "password": password}
    return online(CalendarSkill, folder / "ours", settings=settings, allowed=allowed)


def at(text):
    return values.parse("time", text, "en", NOW)


async def test_what_others_put_there_is_told(server, tmp_path):
    server.ask("PUT", "choir.ics", CHOIR)
    with desk(server, tmp_path) as house:
        house.clock.set(NOW)
        assert "Choir at 7:30 PM" in (await house.ask("agenda", time=at("tomorrow"))).text
        assert "Choir" in (await house.ask("free", time=at("tomorrow at eight pm"))).text
        server.ask("PUT", "choir.ics", CHOIR.replace("Choir", "Orchestra"))
        house.clock.jump(timedelta(minutes=3))
        assert "Orchestra" in (await house.ask("next")).text
        server.ask("DELETE", "choir.ics")
        house.clock.jump(timedelta(minutes=3))
        assert "nothing in your calendar" in (await house.ask("next")).text


async def test_what_is_added_is_there_for_others_and_conflicts_are_told(server, tmp_path):
    server.ask("PUT", "choir.ics", CHOIR)
    with desk(server, tmp_path) as house:
        house.clock.set(NOW)
        said = await house.ask("add", title="dinner", time=at("tomorrow at eight pm"))
        assert "dinner at 8 PM tomorrow" in said.text
        assert "overlaps with Choir" in said.text
        there = Calendar.from_ical(server.ask("GET"))
        (dinner,) = [e for e in there.walk("VEVENT") if e["summary"] == "dinner"]
        assert dinner["dtstart"].dt == NOW.replace(hour=20) + timedelta(days=1)
        assert "2 appointments" in (await house.ask("agenda", time=at("tomorrow"))).text
        await said.receipts[0].undo()
        assert "dinner" not in server.ask("GET")


async def test_repeating_ones_are_kept_on_the_wall_clock(server, tmp_path):
    with desk(server, tmp_path) as house:
        house.clock.set(NOW)
        await house.ask("add", title="bins", time=at("every monday at seven am"))
        (bins,) = Calendar.from_ical(server.ask("GET")).walk("VEVENT")
        assert bins["dtstart"].dt.hour == 7
        assert bins["rrule"]["BYDAY"] == ["MO"]
        summer = house.skill.diary.between(NOW + timedelta(days=200), NOW + timedelta(days=207))
        assert [each.start.hour for each in summer] == [7]


async def test_removing_asks_and_can_be_undone(server, tmp_path):
    server.ask("PUT", "choir.ics", CHOIR)
    with desk(server, tmp_path) as house:
        house.clock.set(NOW)
        said = await house.ask("remove", title="choir", answers=["no"])
        assert "Choir" in server.ask("GET")
        said = await house.ask("remove", title="choir", answers=["yes"])
        assert "Choir" not in server.ask("GET")
        await said.receipts[0].undo()
        assert "Choir" in server.ask("GET")
        assert "Choir" in (await house.ask("next")).text


async def test_one_that_was_changed_meanwhile_is_not_removed(server, tmp_path):
    server.ask("PUT", "choir.ics", CHOIR)
    with desk(server, tmp_path) as house:
        house.clock.set(NOW)
        await house.ask("next")
        server.ask("PUT", "choir.ics", CHOIR.replace("193000", "183000"))
        said = await house.ask("remove", title="choir", answers=["yes"])
        assert "did not work" in said.text
        assert "183000" in server.ask("GET")


async def test_without_the_server_the_last_known_is_told_with_its_age(server, tmp_path):
    server.ask("PUT", "choir.ics", CHOIR)
    with desk(server, tmp_path) as house:
        house.clock.set(NOW)
        await house.ask("next")
        server.shutdown()
        server.server_close()
        house.clock.jump(timedelta(hours=3))
        said = (await house.ask("next")).text
        assert "Choir" in said
        assert "as of 10 AM" in said
        said = await house.ask("add", title="dinner", time=at("tomorrow at eight pm"))
        assert "did not work" in said.text
        assert said.receipts == []


async def test_each_failure_has_its_sentence(server, tmp_path):
    with desk(server, tmp_path, password="wrong") as house:
        assert "check 'user' and 'password'" in (await house.ask("next")).text
    with desk(server, tmp_path, allowed=()) as house:
        assert 'calendar = ["127.0.0.1"]' in (await house.ask("next")).text
        assert house.network.refusals == []


async def test_a_calendar_of_many_appointments_is_fetched_whole(server, tmp_path):
    events = "".join(
        f"BEGIN:VEVENT\nUID:e{n}\nDTSTAMP:20261101T000000Z\nSUMMARY:Event {n}\n"
        f"DTSTART:20261126T{n % 24:02d}0000Z\nEND:VEVENT\n"
        for n in range(250)
    )
    server.ask("PUT", "", f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{events}END:VCALENDAR\n")
    with desk(server, tmp_path) as house:
        house.clock.set(NOW)
        await house.ask("next")
        assert len(list(house.skill.mirror.folder.glob("*.ics"))) == 250
