"""What the skill has: the shelves, the deck, the place in the row, and the taste that is learned."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar

import platformdirs

from voice_assistant.skill import Home
from voice_assistant.workers import on_loop

from .circumstances import Circumstances
from .controls import Controls
from .deck import Deck
from .indexer import Indexer
from .place import Place
from .playing import Playing
from .shelf import Shelf
from .track import Track
from .words import words_of

_log = logging.getLogger(__name__)

MOST_NAMES = 800
"""Names, those of artists first and of single tracks last, that are told to the recogniser and the router."""

CROSSFADE = 3.0
"""Seconds in which one track becomes the next, unless `crossfade` is set."""

RECENT = 60
"""Tracks that were just heard and do not come again so soon."""


class Shelves(Controls):
    """Everything of the skill but how music is asked for."""

    settings: ClassVar[Mapping[str, Any]] = {
        "folders": tuple[str, ...],
        "server": str,
        "crossfade": float,
        "listen": bool,
        "watch": bool,
        "media_keys": bool,
    }

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._indexer: Indexer | None = None
        self._served = Shelf()
        """What a music server has."""
        self._bus: Any = None
        """The session bus, where media keys and panels are."""
        self._recent: list[str] = []
        self._last_heard = 0.0
        """When the present track was heard before, a POSIX time; 0 is never."""
        self._place = Place(home.store, home.cache / "place.json" if home.cache else None)
        if home.media:
            fade = float(home.settings.get("crossfade", CROSSFADE))
            opener = home.services["open_track"]
            self.deck = Playing(home.media, opener, self._place, fade=fade, current=self._current)
            self._listen_to(self.deck)

    # --- the library ---------------------------------------------------------------------

    async def start(self) -> None:
        """Show what the index has, and bring it up to date in the background."""
        worker = self.home.services.get("worker")
        if worker and (address := self.home.settings.get("server")):
            await self._use_server(str(address), worker)
        elif worker:
            file = self.home.cache / "music.db" if self.home.cache else ":memory:"
            plays = self.home.media is not None  # one question in text is no time to listen
            listens = plays and bool(self.home.settings.get("listen", True))
            self._indexer = Indexer(
                file,
                self._folders(),
                worker("music"),
                listens=listens,
                shown=on_loop(self.home.renamed),
            )
            watch = plays and self.home.settings.get("watch", True)
            self._indexer.start(worker("music folders") if watch else None)
        address = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
        if address and self.deck and self.home.settings.get("media_keys", True):
            from .mpris import show

            self._bus = await show(self, address)

    async def stop(self) -> None:
        """Remember the place."""
        if self._indexer:
            self._indexer.stop()
        if self._bus:
            self._bus.disconnect()
        if self.deck:
            await self.deck.close()

    async def _use_server(self, address: str, worker: Callable[[str], Any]) -> None:
        """A music server plays its own library."""
        from .link import NoServer
        from .server import ServerDeck

        deck = ServerDeck(address, self.home.network, worker("music server"), on_loop)
        self.deck = deck
        self._listen_to(deck)
        try:
            self._served = Shelf(await deck.tracks())
        except NoServer:
            _log.warning("the music server at %s does not answer", address)
        if self.home.media:
            self.home.media.follow_media(deck.follow)
        worker("music server's state").post(deck.watch)

    def _listen_to(self, deck: Deck) -> None:
        deck.told.began = self._began
        deck.told.finished = self._finished

    @property
    def shelf(self) -> Shelf:
        """The user's music, as far as it is known."""
        return self._indexer.shelf if self._indexer else self._served

    def _folders(self) -> list[Path]:
        chosen = self.home.settings.get("folders")
        return [Path(each).expanduser() for each in chosen or [platformdirs.user_music_dir()]]

    def _current(self, track: Track) -> Track:
        return self.shelf.get(track.path) or track

    def vocabulary(self, language: str) -> Mapping[str, Iterable[str]]:
        """The names on the shelves."""
        names = self.shelf.names
        kinds = ("artist", "playlist", "album", "title")
        ranked = [name for kind in kinds for name in names.all(kind)]
        artists = " ".join(names.all("artist")).lower()
        aliases = words_of(language).aliases.items()
        said = [alias for alias, written in aliases if written in artists]
        return {"shelf": list(dict.fromkeys([*said, *ranked]))[:MOST_NAMES]}

    # --- going on ------------------------------------------------------------------------

    async def go_on_playing(self) -> bool:
        """Go on; with what played before a restart if nothing waits."""
        return await super().go_on_playing() or await self._go_back_to_it()

    async def _go_back_to_it(self) -> bool:
        kept = self._place.kept()
        if kept is None or self.deck is None:
            return False
        if kept.sound:
            return await self.deck.play_sound(kept.sound)
        found = [self.shelf.get(path) for path in kept.paths]
        tracks = [track for track in found if track]
        here = sum(track is not None for track in found[: kept.at])
        if not tracks or here >= len(tracks):
            return False
        seconds = kept.seconds if found[kept.at] else 0.0
        await self.deck.play(tracks, at=here, seconds=seconds)
        return True

    # --- what becomes of it --------------------------------------------------------------

    def _began(self, track: Track) -> None:
        self._last_heard = self._given().of(track).last
        self.taste.began(self.person, track.path, self.now())
        self._recent = [*self._recent[-RECENT:], track.path]

    def _finished(self, track: Track) -> None:
        self.taste.finished(self.person, track.path)

    def _given(self) -> Circumstances:
        return Circumstances(
            now=self.now(),
            known=self.taste.of(self.person),
            weather=sky() if (sky := self.home.services.get("sky")) else "",
            playing=self.track,
            recent=frozenset(self._recent),
            dice=self.dice,
        )
