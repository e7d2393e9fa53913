"""Media keys, on a real session bus of our own."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from tests.skills.music.house import House, steady

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(
        sys.platform != "linux" or not shutil.which("dbus-daemon"), reason="there is no D-Bus"
    ),
]


@pytest.fixture
def anyio_backend():
    """The real clock: a bus answers when it likes."""
    return "asyncio"


@pytest.fixture
def address(tmp_path):
    socket = f"unix:path={tmp_path}/bus"
    command = ["dbus-daemon", "--session", f"--address={socket}", "--nofork", "--print-address"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as daemon:
        yield daemon.stdout.readline().strip()
        daemon.terminate()


async def test_a_desktop_sees_what_plays_and_its_keys_work(tmp_path, address, monkeypatch):
    from dbus_fast.aio import MessageBus
    from voice_assistant_skills.music.mpris import NAME, PATH

    for number, title in enumerate(("One", "Two"), 1):
        steady(
            tmp_path / "Music" / f"{number}.flac", 0.1 * number, 20.0, title=title, artist="Levels",
            album="Steps", tracknumber=number,
        )  # fmt: skip
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    house = await House(tmp_path, settings={"media_keys": True}).begin()
    desktop = await MessageBus(bus_address=address).connect()
    proxy = desktop.get_proxy_object(NAME, PATH, await desktop.introspect(NAME, PATH))
    player = proxy.get_interface("org.mpris.MediaPlayer2.Player")
    told = []
    proxy.get_interface("org.freedesktop.DBus.Properties").on_properties_changed(
        lambda interface, changed, gone: told.append(changed)
    )
    assert await player.get_playback_status() == "Stopped"
    await house.ask("play", music="steps")
    await house.hear(2.0)
    assert await player.get_playback_status() == "Playing"
    shown = await player.get_metadata()
    assert shown["xesam:title"].value == "One"
    assert shown["xesam:artist"].value == ["Levels"]
    assert shown["xesam:url"].value.endswith("/1.flac")
    assert 1.5e6 < await player.get_position() < 2.5e6
    await player.call_next()
    await house.hear(1.0)
    assert house.title == "Two"
    await player.call_play_pause()
    assert await player.get_playback_status() == "Paused"
    await player.call_play_pause()
    await player.call_seek(5_000_000)
    assert house.skill.deck.seconds == pytest.approx(6.0, abs=0.3)
    await player.call_previous()
    await house.hear(0.5)
    assert house.title == "One"
    await player.call_stop()
    assert house.skill.deck.idle
    await player.get_rate()  # what was emitted before has come by then
    assert {"Playing", "Paused", "Stopped"} <= {
        each["PlaybackStatus"].value for each in told if "PlaybackStatus" in each
    }
    desktop.disconnect()
    await house.skill.stop()


async def test_without_a_bus_there_are_no_media_keys_and_no_complaint(tmp_path, monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    house = await House(tmp_path, settings={"media_keys": True}).begin()
    assert house.skill._bus is None
