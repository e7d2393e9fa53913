"""The right music from the user's own shelves, and sounds for when the shelves are empty."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import platformdirs

from voice_assistant.skill import Answer, Home, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_count, say_number
from voice_assistant.workers import on_loop

from .choose import Choice, Circumstances, choose
from .controls import Controls
from .deck import Deck
from .indexer import Indexer
from .place import Place
from .playing import Playing
from .row import More
from .shelf import Shelf
from .track import Track
from .why import reasons
from .wish import Wish, read

_log = logging.getLogger(__name__)

MOST_NAMES = 400
"""Names of artists and albums that are told to the recogniser and the router."""

CROSSFADE = 3.0
"""Seconds in which one track becomes the next, unless `crossfade` is set."""

RECENT = 60
"""Tracks that were just heard and do not come again so soon."""


class Music(Controls):
    """Finds music for a wish and plays it."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._indexer: Indexer | None = None
        self._wish = Wish()
        self._choice = Choice()
        self._served = Shelf()
        """What a music server has."""
        self._bus: Any = None
        """The session bus, where media keys and panels are."""
        self._recent: list[str] = []
        self._last_heard = 0.0
        """When the present track was heard before, a POSIX time; 0 is never."""
        place = Place(home.store, home.cache / "place.json" if home.cache else None)
        self._place = place
        if home.media:
            self.deck = Playing(
                home.media,
                home.services["open_track"],
                place,
                fade=float(home.settings.get("crossfade", CROSSFADE)),
                current=self._current,
            )
        if self.deck:
            self._listen_to(self.deck)

    # --- the library ---------------------------------------------------------------------

    async def start(self) -> None:
        """Show what the index has, and bring it up to date in the background."""
        worker = self.home.services.get("worker")
        if worker and (address := self.home.settings.get("server")):
            await self._use_server(str(address), worker)
        elif worker:
            file = self.home.cache / "music.db" if self.home.cache else ":memory:"
            listens = bool(self.home.settings.get("listen", True))
            self._indexer = Indexer(file, self._folders(), worker("music"), listens=listens)
            watch = self.home.settings.get("watch", True)
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
        from .server import NoServer, ServerDeck

        deck = ServerDeck(address, self.home.network, worker("music server"), on_loop)
        self.deck = deck
        self._listen_to(deck)
        try:
            self._served = Shelf(await deck.tracks())
        except NoServer:
            _log.warning("the music server at %s does not answer", address)
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
        ranked = [*names.all("artist"), *names.all("playlist"), *names.all("album")]
        return {"shelf": list(dict.fromkeys(ranked))[:MOST_NAMES]}

    # --- asking for music ----------------------------------------------------------------

    @intent("play")
    async def play(self, turn: Turn, music: str | None = None) -> Answer:
        """By name, or anything where none is given."""
        return await self._begin(turn, music)

    @intent("genre")
    async def genre(self, turn: Turn, genre: str | None = None) -> Answer:
        """By genre."""
        return await self._begin(turn, genre)

    @intent("occasion")
    async def occasion(self, turn: Turn, occasion: str | None = None) -> Answer:
        """For a mood or an activity."""
        wish = self._read(turn, None)
        if occasion and not wish.occasion:
            wish = replace(wish, occasion=occasion, rest="")
        return await self._begin_wish(turn, wish)

    @intent("tempo")
    async def tempo(self, turn: Turn, tempo: float = 0.0, **said: object) -> Answer:
        """At about so many beats a minute."""
        wish = self._read(turn, None)
        return await self._begin_wish(turn, replace(wish, tempo=wish.tempo or float(tempo)))

    @intent("describe")
    async def describe(self, turn: Turn, **said: object) -> Answer:
        """By years, language, what was heard before, or several things at once."""
        return await self._begin(turn, None)

    @intent("similar")
    async def similar(self, turn: Turn) -> Answer:
        """More like what plays."""
        return await self._begin_wish(turn, Wish(language=turn.language, filter="similar"))

    @intent("album")
    async def album(self, turn: Turn) -> Answer:
        """The whole album that the present track is from."""
        if self.track is None:
            return turn.phrase("nothing")
        if not self.track.album:
            return turn.phrase("no_album")
        tracks = self.shelf.album(self.track)
        wish = Wish(language=turn.language, whole=True)
        return await self._start(turn, wish, Choice(tracks=tracks), self.track.album)

    @intent("queue")
    async def queue(self, turn: Turn, music: str) -> Answer:
        """After what plays."""
        if self.deck is None or self.track is None:
            return await self._begin(turn, music)
        wish = read(music, turn.language)
        choice = choose(wish, self.shelf, self._given())
        if choice.problem:
            return self._problem(turn, wish, choice)
        self.deck.row.insert(choice.tracks, next_up=True)
        await self.deck.changed()
        receipt = Receipt(action="music.queue", result={"title": choice.tracks[0].title})
        say = turn.phrase("queued", what=self.named(turn, choice.tracks[0]))
        return Reply(say=say, receipts=(receipt,))

    @intent("sound")
    async def sound(self, turn: Turn, sound: str = "rain") -> Answer:
        """A sound for sleep or focus, made here."""
        if self.deck is None:
            return turn.phrase("no_loudspeaker")
        if not await self.deck.play_sound(sound):
            return turn.phrase("no_sounds_there")
        turn.hold()
        receipt = Receipt(action="music.sound", result={"sound": sound})
        return Reply(
            say=turn.phrase("sound", name=turn.phrase(f"sound_{sound}")), receipts=(receipt,)
        )

    @intent("resume")
    async def go_on(self, turn: Turn) -> Answer:
        """Go on; with what played before a restart if nothing waits."""
        if self.deck is None:
            return turn.phrase("no_loudspeaker")
        if not await self.go_on_playing():
            return turn.phrase("nothing")
        turn.hold()
        return None

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

    def offers(self) -> Mapping[str, object]:
        """`play_music`: what is named, or anything; for an alarm that wakes with it."""
        return {"play_music": self.wake}

    async def wake(self, what: str, language: str) -> str | None:
        """Play for a wish; the first title, or None where the shelves have nothing for it."""
        if self.deck is None:
            return None
        choice = choose(read(what, language), self.shelf, self._given())
        if choice.problem or not choice.tracks:
            return None
        await self.deck.play(choice.tracks)
        return choice.tracks[0].title

    # --- from a wish to sound ------------------------------------------------------------

    def _read(self, turn: Turn, said: str | None) -> Wish:
        """The wish in all of what was said; in a slot where there is no more than that."""
        return read(turn.route.text or turn.text or said or "", turn.language)

    async def _begin(self, turn: Turn, said: str | None) -> Answer:
        return await self._begin_wish(turn, self._read(turn, said))

    async def _begin_wish(self, turn: Turn, wish: Wish) -> Answer:
        if not self.shelf.tracks:
            return self._empty(turn)
        if wish.whole and not wish.rest and self.track:
            return await self.album(turn)
        choice = choose(wish, self.shelf, self._given())
        if choice.problem:
            return self._problem(turn, wish, choice)
        return await self._start(turn, wish, choice, self._called(turn, wish, choice))

    async def _start(self, turn: Turn, wish: Wish, choice: Choice, what: str) -> Answer:
        if self.deck is None:
            return turn.phrase("no_loudspeaker")
        self._wish, self._choice = wish, choice
        turn.hold()
        more = self._more(wish) if choice.endless else None
        await self.deck.play(choice.tracks, more=more)
        first = choice.tracks[0]
        receipt = Receipt(
            action="music.play",
            result={"title": first.title, "path": first.path, "tracks": len(choice.tracks)},
        )
        key = "playing_one" if choice.hit and choice.hit.kind == "title" else "playing"
        say = turn.phrase(key, what=what, first=self.named(turn, first))
        return Reply(say=say, receipts=(receipt,), display=_card(choice.tracks))

    def _more(self, wish: Wish) -> More:
        playing = self.track

        def more() -> Sequence[Track]:
            given = replace(self._given(), playing=self.track or playing)
            return choose(wish, self.shelf, given).tracks

        return more

    def _given(self) -> Circumstances:
        return Circumstances(
            now=self.now(),
            known=self.taste.of(self.person),
            playing=self.track,
            recent=frozenset(self._recent),
            dice=self.dice,
        )

    def _called(self, turn: Turn, wish: Wish, choice: Choice) -> str:
        """What is played, in a few words."""
        if choice.hit:
            return choice.hit.name
        if wish.filter:
            return turn.phrase(f"what_{wish.filter}")
        if wish.tempo:
            return turn.phrase("beats", tempo=say_number(wish.tempo, turn.language))
        if choice.occasion:
            return turn.phrase(f"for_{choice.occasion}")
        return wish.genre_said or turn.phrase("anything")

    def _problem(self, turn: Turn, wish: Wish, choice: Choice) -> str:
        """Why there is nothing; while music is still being listened to, that too."""
        say = turn.phrase(
            choice.problem,
            music=choice.missing,
            genre=wish.genre_said,
            tempo=say_number(wish.tempo, turn.language),
        )
        waiting = len(self.shelf.tracks) - (self._indexer.heard if self._indexer else 0)
        if choice.problem in ("none_suits", "no_tempo") and waiting > 0:
            tracks = say_count(waiting, turn.phrase("tracks_word"), turn.language)
            say += " " + turn.phrase("still_listening", tracks=tracks)
        return say

    def _empty(self, turn: Turn) -> str:
        if self.home.settings.get("server"):
            return turn.phrase("no_server")
        if self._indexer and self._indexer.seen:
            files = say_count(self._indexer.seen, turn.phrase("files_word"), turn.language)
            return turn.phrase("scanning", files=files)
        return turn.phrase("empty", folder=str(self._folders()[0]))

    # --- what becomes of it --------------------------------------------------------------

    def _began(self, track: Track) -> None:
        self._last_heard = self._given().of(track).last
        self.taste.began(self.person, track.path, self.now())
        self._recent = [*self._recent[-RECENT:], track.path]

    def _finished(self, track: Track) -> None:
        self.taste.finished(self.person, track.path)

    @intent("why")
    async def why(self, turn: Turn) -> Answer:
        """Why this track."""
        if self.track is None:
            return turn.phrase("nothing")
        track = self._current(self.track)
        known = replace(self._given().of(track), last=self._last_heard)
        given = replace(self._given(), known={track.path: known})
        found = reasons(turn, track, self._wish, self._choice, given)
        return turn.phrase("because", reasons=found)

    @intent("shelf")
    async def what_there_is(self, turn: Turn) -> Answer:
        """What music there is."""
        tracks = self.shelf.tracks
        if not tracks:
            return self._empty(turn)
        artists = len(self.shelf.names.all("artist"))
        say = turn.phrase(
            "shelf",
            tracks=say_count(len(tracks), turn.phrase("tracks_word"), turn.language),
            artists=say_count(artists, turn.phrase("artists_word"), turn.language),
        )
        if self._indexer and self._indexer.broken:
            files = say_count(self._indexer.broken, turn.phrase("files_word"), turn.language)
            say += " " + turn.phrase("some_broken", files=files)
        return say


def _card(tracks: Sequence[Track]) -> str:
    """The first tracks of a row, for a screen."""
    rows = [
        f"{n}. {t.title}" + (f" — {t.artist}" if t.artist else "")
        for n, t in enumerate(tracks[:10], 1)
    ]
    return "\n".join(rows)
