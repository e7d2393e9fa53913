# ruff: noqa: N802 - the names are those of the bus
"""Media keys and panels of Linux desktops: the player as MPRIS shows it on the session bus.

https://specifications.freedesktop.org/mpris-spec/latest/
"""

# No postponed annotations: the bus library reads None as no result only where it is None.
import logging
from pathlib import Path
from typing import Annotated, Any, TypeAlias

from dbus_fast import DBusError, PropertyAccess, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import (
    DBusBool,
    DBusDict,
    DBusDouble,
    DBusInt64,
    DBusObjectPath,
    DBusSignature,
    DBusStr,
)
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

from .controls import Controls
from .track import Track

NAME = "org.mpris.MediaPlayer2.voice_assistant"
PATH = "/org/mpris/MediaPlayer2"
NO_TRACK = "/org/mpris/MediaPlayer2/TrackList/NoTrack"
MICRO = 1_000_000
"""MPRIS counts microseconds."""

Strings: TypeAlias = Annotated[list[str], DBusSignature("as")]
_READ = PropertyAccess.READ
_LOOPS = {"": "None", "one": "Track", "all": "Playlist"}

_log = logging.getLogger(__name__)


class Root(ServiceInterface):
    """Who we are."""

    def __init__(self) -> None:
        super().__init__("org.mpris.MediaPlayer2")

    @dbus_method()
    def Raise(self) -> None:
        """There is no window."""

    @dbus_method()
    def Quit(self) -> None:
        """A panel does not end a household's assistant."""

    @dbus_property(access=_READ)
    def CanQuit(self) -> DBusBool:
        """No."""
        return False

    @dbus_property(access=_READ)
    def CanRaise(self) -> DBusBool:
        """No."""
        return False

    @dbus_property(access=_READ)
    def HasTrackList(self) -> DBusBool:
        """No."""
        return False

    @dbus_property(access=_READ)
    def Identity(self) -> DBusStr:
        """As a panel shows it."""
        return "Voice Assistant"

    @dbus_property(access=_READ)
    def SupportedUriSchemes(self) -> Strings:
        """Nothing is opened from outside."""
        return []

    @dbus_property(access=_READ)
    def SupportedMimeTypes(self) -> Strings:
        """Nothing is opened from outside."""
        return []


class Panel(ServiceInterface):
    """What plays, and the buttons."""

    def __init__(self, controls: Controls) -> None:
        super().__init__("org.mpris.MediaPlayer2.Player")
        assert controls.deck
        self._controls, self._deck = controls, controls.deck

    def changed(self) -> None:
        """Tell everybody who looks."""
        self.emit_properties_changed(
            {
                "PlaybackStatus": self._status(),
                "Metadata": self._metadata(),
                "LoopStatus": self._loop(),
            }
        )

    def _status(self) -> str:
        if self._deck.idle:
            return "Stopped"
        return "Paused" if self._deck.paused else "Playing"

    def _loop(self) -> str:
        return _LOOPS[self._deck.row.repeat]

    def _metadata(self) -> dict[str, Any]:
        track = self._controls.track
        if track is None:
            return {"mpris:trackid": Variant("o", NO_TRACK)}
        return metadata(track, self._deck.row.at)

    # --- buttons -------------------------------------------------------------------------

    @dbus_method()
    async def Next(self) -> None:
        """The next track."""
        await self._controls.step(1)

    @dbus_method()
    async def Previous(self) -> None:
        """The track before."""
        await self._controls.step(-1)

    @dbus_method()
    async def Pause(self) -> None:
        """Wait."""
        if not self._deck.idle:
            await self._deck.pause()

    @dbus_method()
    async def Play(self) -> None:
        """Go on."""
        await self._controls.go_on_playing()

    @dbus_method()
    async def PlayPause(self) -> None:
        """The one key that most keyboards have."""
        if self._status() == "Playing":
            await self._deck.pause()
        else:
            await self._controls.go_on_playing()

    @dbus_method()
    async def Stop(self) -> None:
        """End."""
        await self._deck.stop()

    @dbus_method()
    async def Seek(self, offset: DBusInt64) -> None:
        """Forward or back."""
        await self._seek(self._deck.seconds + offset / MICRO)

    @dbus_method()
    async def SetPosition(self, track: DBusObjectPath, position: DBusInt64) -> None:
        """To a moment."""
        await self._seek(position / MICRO)

    @dbus_method()
    def OpenUri(self, uri: DBusStr) -> None:
        """Nothing is opened from outside."""

    async def _seek(self, seconds: float) -> None:
        if self._controls.track:
            await self._deck.seek(max(seconds, 0.0))
            self.Seeked(round(max(seconds, 0.0) * MICRO))

    @dbus_signal()
    def Seeked(self, position: int) -> DBusInt64:
        """The position jumped."""
        return position

    # --- what plays ----------------------------------------------------------------------

    @dbus_property(access=_READ)
    def PlaybackStatus(self) -> DBusStr:
        """Playing, Paused or Stopped."""
        return self._status()

    @dbus_property(access=_READ)
    def LoopStatus(self) -> DBusStr:
        """None, Track or Playlist."""
        return self._loop()

    @dbus_property(access=_READ)
    def Metadata(self) -> DBusDict:
        """The present track."""
        return self._metadata()

    @dbus_property(access=_READ)
    def Position(self) -> DBusInt64:
        """Where it is."""
        return round(self._deck.seconds * MICRO)

    @dbus_property(access=_READ)
    def Rate(self) -> DBusDouble:
        """Always as it was recorded."""
        return 1.0

    @dbus_property(access=_READ)
    def CanGoNext(self) -> DBusBool:
        """Whether anything comes after."""
        return self._deck.row.track is not None

    @dbus_property(access=_READ)
    def CanGoPrevious(self) -> DBusBool:
        """Whether anything came before."""
        return self._deck.row.at > 0

    @dbus_property(access=_READ)
    def CanPlay(self) -> DBusBool:
        """What played last can go on."""
        return True

    @dbus_property(access=_READ)
    def CanPause(self) -> DBusBool:
        """Always."""
        return True

    @dbus_property(access=_READ)
    def CanSeek(self) -> DBusBool:
        """In files; an endless sound is the same everywhere."""
        return self._deck.row.track is not None

    @dbus_property(access=_READ)
    def CanControl(self) -> DBusBool:
        """Yes."""
        return True


def metadata(track: Track, at: int) -> dict[str, Any]:
    """A track as MPRIS describes one; what is unknown is left out."""
    found = {
        "mpris:trackid": Variant("o", f"{PATH}/track/{at}"),
        "mpris:length": Variant("x", round(track.seconds * MICRO)),
        "xesam:title": Variant("s", track.title),
        "xesam:artist": Variant("as", [track.artist] if track.artist else []),
        "xesam:album": Variant("s", track.album),
        "xesam:audioBPM": Variant("i", round(track.tempo)),
    }
    if Path(track.path).is_absolute():
        found["xesam:url"] = Variant("s", Path(track.path).as_uri())
    return {key: value for key, value in found.items() if value.value}


async def show(controls: Controls, address: str) -> MessageBus | None:
    """Put the player on the bus at an address; None where that bus does not answer."""
    try:
        bus = await MessageBus(bus_address=address).connect()
        bus.export(PATH, Root())
        panel = Panel(controls)
        bus.export(PATH, panel)
        await bus.request_name(NAME)
    except (OSError, DBusError, ValueError, EOFError) as error:
        _log.info("no media keys: %s", error)
        return None
    assert controls.deck
    controls.deck.told.changed = panel.changed
    return bus
