"""A real MPD as the output, without sound."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import anyio
import pytest
from voice_assistant_skills.music.skill import Music

from tests.fakes import TryOut
from tests.skills.music.house import RATE, steady
from voice_assistant.audio.player import MixerPlayer
from voice_assistant.errors import NotAllowed
from voice_assistant.workers import Crew

pytestmark = pytest.mark.anyio
needs_mpd = pytest.mark.skipif(not shutil.which("mpd"), reason="mpd is not installed")


@pytest.fixture
def anyio_backend():
    """The real clock: a server plays in its own time."""
    return "asyncio"


@pytest.fixture
def crew():
    crew = Crew()
    yield crew
    crew.close()


@pytest.fixture
def socket(tmp_path):
    music = tmp_path / "server"
    for number, title in enumerate(("One", "Two", "Three"), 1):
        steady(
            music / f"{number}.flac", 0.1, 3.0, title=title, artist="Levels", album="Steps",
            tracknumber=number, genre="Rock",
        )  # fmt: skip
    path = tmp_path / "mpd.socket"
    (tmp_path / "mpd.conf").write_text(
        f'music_directory "{music}"\ndb_file "{tmp_path}/db"\nbind_to_address "{path}"\n'
        f'log_file "{tmp_path}/log"\naudio_output {{\ntype "null"\nname "nothing"\n'
        'mixer_type "software"\n}\nzeroconf_enabled "no"\n'
    )
    command = ["mpd", "--no-daemon", str(tmp_path / "mpd.conf")]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as daemon:
        yield str(path)
        daemon.terminate()


def house(tmp_path, address, crew, network=lambda host: None):
    player = MixerPlayer(RATE)
    return TryOut(
        Music, tmp_path, network=network, media=player,
        services={"worker": crew.hire, "open_track": None},
        settings={"server": address, "media_keys": False},
    )  # fmt: skip


async def until(condition):
    with anyio.fail_after(15):
        while not condition():  # noqa: ASYNC110 - the server is not ours to be told by
            await anyio.sleep(0.1)


async def turned_down_while_somebody_speaks(player, client):
    def volume():
        return int(client.status()["volume"])

    client.setvol(80)
    player.duck()
    await until(lambda: volume() == 40)
    player.unduck()
    await until(lambda: volume() == 80)
    player.duck()
    await until(lambda: volume() == 40)
    client.setvol(45)  # somebody turns it up meanwhile
    player.unduck()
    await until(lambda: volume() == 90)
    player.set_volume("media", -6.0)  # "music softer"
    await until(lambda: volume() == 71)


@needs_mpd
async def test_the_servers_library_is_played_on_the_server(tmp_path, socket, crew):
    import mpd

    client = mpd.MPDClient()
    await until(Path(socket).exists)
    await anyio.sleep(0.3)
    client.connect(socket)
    client.update()
    await until(lambda: len(client.listall()) == 3)
    home = house(tmp_path, socket, crew)
    await home.skill.start()
    assert len(home.skill.shelf.tracks) == 3
    assert "Steps" in (await home.ask("play", music="steps")).text
    assert client.status()["state"] == "play"
    assert client.currentsong()["title"] == "One"
    await home.ask("next")
    assert client.currentsong()["title"] == "Two"
    await home.ask("pause")
    assert client.status()["state"] == "pause"
    await home.ask("resume")
    assert "Two" in (await home.ask("what")).text
    await home.ask("queue", music="one")
    assert [each["title"] for each in client.playlistinfo()] == ["One", "Two", "One", "Three"]
    await until(lambda: home.skill.track and home.skill.track.title == "One")  # by itself
    assert home.skill.taste.of("")["2.flac"].finishes == 1
    await home.ask("repeat_one")
    assert client.status()["single"] == client.status()["repeat"] == "1"
    await turned_down_while_somebody_speaks(home.skill.home.media, client)
    assert "cannot play sounds" in (await home.ask("sound", sound="rain")).text
    assert await home.halt()
    assert client.status()["state"] == "stop"
    client.disconnect()
    await home.skill.stop()


async def test_without_the_server_it_says_so(tmp_path, crew):
    home = house(tmp_path, str(tmp_path / "none"), crew)
    await home.skill.start()
    assert "does not answer" in (await home.ask("play")).text
    await home.skill.stop()


async def test_a_server_on_the_network_needs_leave(tmp_path, crew):
    def refuse(host):
        raise NotAllowed(f"'music' may not talk to {host}.")

    home = house(tmp_path, "music.example:6600", crew, network=refuse)
    with pytest.raises(NotAllowed):
        await home.skill.start()
    await home.skill.stop()
