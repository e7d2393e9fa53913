"""A music server as the output: MPD, or Mopidy with its MPD frontend.

    [skills.music]
    server = "/run/mpd/socket"       # or "host:6600", which must be allowed below [network]

Its library takes the place of the folders, its loudspeakers that of ours. It is turned down while
somebody speaks (as fast as its own buffers are). The echo canceller does not know what it plays:
that sound never passes our mixer. So over loud music from a server near the microphone the wake
word is harder to hear than over our own, and nothing can be said without it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from voice_assistant.skill import VoiceAssistantError

from .deck import Told
from .link import Caller, Connection
from .loudness import ServerVolume
from .row import More, Row
from .track import Track

LOOK_SECONDS = 1.0
"""Between two looks at what the server plays."""


class ServerDeck:
    """A `Deck` on a music server."""

    def __init__(
        self,
        address: str,
        permit: Callable[[str], None],
        worker: Caller,
        on_loop: Callable[[Callable[..., Any]], Callable[..., None]],
    ) -> None:
        self.row = Row()
        self.told = Told()
        self.sound = ""
        self.paused = False
        self.seconds = 0.0
        self._connection = Connection(address, permit)
        self._eye = Connection(address, permit)
        self._worker = worker
        self._volume = ServerVolume(self._connection)
        self._looked = on_loop(self._see)
        self._closed = threading.Event()

    @property
    def idle(self) -> bool:
        """Whether nothing of ours plays or waits."""
        return not self.row.tracks

    async def tracks(self) -> list[Track]:
        """The server's library."""
        (found,) = await self._do(("listallinfo",))
        return [_track(entry) for entry in found if "file" in entry]

    async def play(
        self,
        tracks: Sequence[Track],
        *,
        at: int = 0,
        seconds: float = 0.0,
        more: More | None = None,
    ) -> None:
        """Play these, from one of them on."""
        adding = [("add", track.path) for track in tracks]
        await self._do(("stop",), ("clear",), *_ways(""), *adding, ("seek", at, seconds), ("play",))
        self.row, self.paused = Row(tracks, at, more), False
        self._began()

    async def play_sound(self, name: str) -> bool:
        """The server has no such sounds."""
        return False

    async def go(self, at: int) -> None:
        """Play another track of the row."""
        self.row.at = at  # the server's list is as long as the row: nothing is let go
        self.row.last = False
        await self._add_missing()
        await self._do(*_ways(self.row.repeat), ("play", at))
        self.paused = False
        self._began()

    async def changed(self) -> None:
        """What is to come is not what it was."""
        (status,) = await self._do(("status",))
        length, at = int(status["playlistlength"]), self.row.at
        away = [("delete", f"{at + 1}:{length}")] if length > at + 1 else []
        adding = [("add", track.path) for track in self.row.coming]
        ways = _ways("last" if self.row.last else self.row.repeat)
        await self._do(*away, *adding, *ways)

    async def pause(self) -> None:
        """Wait."""
        await self._do(("pause", 1))
        self.paused = True
        self.told.changed()

    async def resume(self) -> bool:
        """Go on."""
        if self.idle:
            return False
        await self._do(("pause", 0))
        self.paused = False
        self.told.changed()
        return True

    async def stop(self) -> None:
        """End."""
        await self._do(("stop",))
        self._over()

    async def seek(self, seconds: float) -> None:
        """Go on from there in the present track."""
        await self._do(("seekcur", seconds))
        self.seconds = seconds

    async def close(self) -> None:
        """Let go of the connections; the server plays on."""
        self._closed.set()
        await self._worker.call(self._connection.close)

    def follow(self, factor: float) -> None:
        """Our media are this loud now: ducked under speech, or turned up or down."""
        self._worker.post(lambda: self._volume.follow(factor))

    # --- what the server does by itself ----------------------------------------------------

    def watch(self) -> None:
        """On a thread of its own: look what plays, until closed."""
        while not self._closed.wait(LOOK_SECONDS):
            try:
                (status,) = self._eye.run([("status",)])
            except VoiceAssistantError:
                continue  # away; it may come back
            self._looked(status)
        self._eye.close()

    def _see(self, status: Mapping[str, str]) -> None:
        """On the loop: the server was looked at."""
        if self.idle:
            return
        self.seconds = float(status.get("elapsed", 0.0))
        at, before = int(status.get("song", -1)), self.row.track
        if status["state"] == "stop":
            if before:
                self.told.finished(before)
            self._over()
        elif at != self.row.at and 0 <= at < len(self.row.tracks):
            if before and at == self.row.at + 1:
                self.told.finished(before)
            self.row.at = at
            self._began()

    def _began(self) -> None:
        if track := self.row.track:
            self.told.began(track)
        self.told.changed()
        known = len(self.row.tracks)
        if self.row.next() is not None and len(self.row.tracks) > known:
            adding = [("add", track.path) for track in self.row.tracks[known:]]
            self._worker.post(lambda: self._connection.run(adding))

    async def _add_missing(self) -> None:
        (status,) = await self._do(("status",))
        there = int(status["playlistlength"])
        if missing := self.row.tracks[there:]:
            await self._do(*[("add", track.path) for track in missing])

    def _over(self) -> None:
        self.row, self.paused, self.seconds = Row(), False, 0.0
        self.told.changed()

    async def _do(self, *commands: tuple[Any, ...]) -> list[Any]:
        found: list[Any] = await self._worker.call(self._connection.run, commands)
        return found


def _ways(repeat: str) -> list[tuple[Any, ...]]:
    """How the server goes on by itself: round and round, one again and again, or not at all."""
    single = int(repeat in ("one", "last"))
    return [("random", 0), ("repeat", int(repeat in ("one", "all"))), ("single", single)]


def _track(entry: Mapping[str, Any]) -> Track:
    """A track as the server describes one."""

    def tag(name: str) -> str:
        value = entry.get(name, "")
        return str(value[0] if isinstance(value, list) else value)

    def number(name: str) -> int:
        digits = tag(name).split("/")[0][:4]
        return int(digits) if digits.isdigit() else 0

    return Track(
        path=entry["file"],
        title=tag("title") or entry["file"].rpartition("/")[2].rpartition(".")[0],
        artist=tag("artist") or tag("albumartist"),
        album=tag("album"),
        genre=tag("genre").lower(),
        year=number("date"),
        number=1000 * number("disc") + number("track"),
        seconds=float(tag("duration") or tag("time") or 0.0),
    )
