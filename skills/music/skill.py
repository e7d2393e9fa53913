"""The right music from the user's own shelves, and sounds for when the shelves are empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from voice_assistant.skill import Answer, Home, Job, Receipt, Reply, Skill, Turn, intent
from voice_assistant.speaking import say_count, say_duration, say_number

from .library import Library, Track, find
from .picks import Occasion, apart, occasions, pick
from .playing import Playing

MOST_NAMES = 400
"""Names of artists and albums that are told to the recogniser and the router."""


class Music(Skill):
    """Finds, plays and remembers music."""

    session_minutes = 12 * 60.0

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._occasions = occasions()
        self._library: Library | None = None
        self._tracks: Sequence[Track] = ()
        self._scan: Iterator[int] = iter(())
        self._playing = (
            Playing(home.media, home.services["open_track"], home.store) if home.media else None
        )

    # --- the library ---------------------------------------------------------------------

    async def start(self) -> None:
        """Show what the index has, and bring it up to date in the background."""
        where = self.home.cache / "tracks.db" if self.home.cache else ":memory:"
        self._library = Library(where)
        self._tracks = self._library.tracks()
        if background := self.home.services.get("background"):
            self._scan = self._library.scan(self._folders())
            background.post(self._scan_on)

    async def stop(self) -> None:
        """Remember the place."""
        if self._playing and not self._playing.idle:
            self._playing.keep()

    def _folders(self) -> list[Path]:
        chosen = self.home.settings.get("folders")
        return [Path(each).expanduser() for each in chosen or ["~/Music", "~/音乐"]]

    def _scan_on(self) -> None:
        """Look at some files, then let others use the worker."""
        assert self._library is not None
        if next(self._scan, None) is None:
            self._tracks = self._library.tracks()
        else:
            self.home.services["background"].post(self._scan_on)

    def vocabulary(self, language: str) -> Mapping[str, Iterable[str]]:
        """The names on the shelves."""
        names = dict.fromkeys(
            name for track in self._tracks for name in (track.artist, track.album) if name
        )
        genres = dict.fromkeys(track.genre for track in self._tracks if track.genre)
        return {"shelf": list(names)[:MOST_NAMES], "genre_here": list(genres)[:MOST_NAMES]}

    # --- asking for music ----------------------------------------------------------------

    @intent("play")
    async def play(self, turn: Turn, music: str | None = None) -> Answer:
        """By name; anything where none is given."""
        if not self._tracks:
            return self._empty(turn)
        if music is None:
            return self._begin(turn, apart(self._shuffled(self._tracks)), turn.phrase("anything"))
        found = find(music, self._tracks)
        if not found:
            found = [track for track in self._tracks if music.lower() in track.genre]
            found = apart(self._shuffled(found))
        if not found:
            return turn.phrase("not_found", music=music)
        return self._begin(turn, self._allowed(found) or found, music)

    @intent("genre")
    async def genre(self, turn: Turn, genre: str) -> Answer:
        """By genre."""
        words = genre.lower().split("|")
        found = [track for track in self._tracks if any(word in track.genre for word in words)]
        if not self._tracks:
            return self._empty(turn)
        if not found:
            return turn.phrase("none_of_genre", genre=words[0])
        return self._begin(turn, apart(self._shuffled(self._allowed(found))), words[0])

    @intent("occasion")
    async def occasion(self, turn: Turn, occasion: str) -> Answer:
        """For a mood or an activity."""
        if not self._tracks:
            return self._empty(turn)
        found = pick(self._tracks, self._occasions[occasion], self._never())
        if not found:
            return turn.phrase("none_suits")
        return self._begin(turn, found, turn.phrase(f"for_{occasion}"))

    @intent("tempo")
    async def tempo(self, turn: Turn, tempo: float) -> Answer:
        """At about so many beats a minute."""
        band = Occasion(genres=(), tempo=(tempo * 0.95, tempo * 1.05))
        found = pick(self._tracks, band, self._never())
        if not found:
            return turn.phrase("no_tempo", tempo=say_number(tempo, turn.language))
        return self._begin(
            turn, found, turn.phrase("beats", tempo=say_number(tempo, turn.language))
        )

    @intent("sound")
    async def sound(self, turn: Turn, sound: str) -> Answer:
        """A sound for sleep or focus, made here."""
        if self._playing is None:
            return turn.phrase("no_loudspeaker")
        turn.hold()
        self._playing.play_sound(sound)
        receipt = Receipt(action="music.sound", result={"sound": sound})
        return Reply(
            say=turn.phrase("sound", name=turn.phrase(f"sound_{sound}")), receipts=(receipt,)
        )

    def _begin(self, turn: Turn, tracks: Sequence[Track], what: str) -> Answer:
        if self._playing is None:
            return turn.phrase("no_loudspeaker")
        turn.hold()
        self._playing.play(tracks)
        receipt = Receipt(
            action="music.play", result={"title": tracks[0].title, "tracks": len(tracks)}
        )
        first = self._named(turn, tracks[0])
        say = turn.phrase("playing", what=what, first=first)
        return Reply(say=say, receipts=(receipt,), display=_card(tracks))

    def _empty(self, turn: Turn) -> str:
        return turn.phrase("empty", folder=str(self._folders()[0]))

    def _never(self) -> list[str]:
        never: list[str] = self.home.store.get("never", [])
        return never

    def _allowed(self, tracks: Sequence[Track]) -> list[Track]:
        never = set(self._never())
        return [track for track in tracks if track.path not in never]

    def _shuffled(self, tracks: Sequence[Track]) -> list[Track]:
        return pick(tracks, Occasion(genres=("",)), self._never())

    def _named(self, turn: Turn, track: Track) -> str:
        key = "title_by" if track.artist else "title"
        return turn.phrase(key, title=track.title, artist=track.artist)

    # --- the player ----------------------------------------------------------------------

    @intent("pause")
    async def pause(self, turn: Turn) -> Answer:
        """Wait."""
        if not self._sounds():
            return turn.phrase("nothing")
        assert self._playing is not None
        self._playing.pause()
        return turn.phrase("paused")

    @intent("resume")
    async def go_on(self, turn: Turn) -> Answer:
        """Go on."""
        if self._playing is None or not self._playing.resume():
            return turn.phrase("nothing")
        turn.hold()
        return None

    @intent("stop")
    async def end(self, turn: Turn) -> Answer:
        """End."""
        return None if await self.halt(turn) else turn.phrase("nothing")

    async def halt(self, turn: Turn) -> bool:
        """The user said stop."""
        if not self._sounds():
            return False
        assert self._playing is not None
        self._playing.stop()
        self.home.store.set("sleep", None)
        turn.session.release(self.name)
        return True

    @intent("next")
    async def following(self, turn: Turn) -> Answer:
        """The next track."""
        return self._step(turn, 1)

    @intent("back")
    async def back(self, turn: Turn) -> Answer:
        """The track before."""
        return self._step(turn, -1)

    def _step(self, turn: Turn, by: int) -> Answer:
        if self._playing is None or self._playing.track is None:
            return turn.phrase("nothing")
        track = self._playing.step(by)
        return None if track else turn.phrase("no_more")

    @intent("shuffle")
    async def shuffle(self, turn: Turn) -> Answer:
        """Mix what is to come."""
        if self._playing is None or self._playing.track is None:
            return turn.phrase("nothing")
        self._playing.shuffle()
        return turn.phrase("shuffled")

    @intent("repeat")
    async def repeat(self, turn: Turn) -> Answer:
        """Begin anew after the last."""
        if self._playing is None or self._playing.track is None:
            return turn.phrase("nothing")
        self._playing.repeat = True
        return turn.phrase("repeating")

    @intent("what")
    async def what(self, turn: Turn) -> Answer:
        """What is playing."""
        if self._playing and self._playing.track:
            track = self._playing.track
            more = turn.phrase("from_album", album=track.album) if track.album else ""
            return turn.phrase("this_is", name=self._named(turn, track)) + more
        if self._playing and self._playing.sound and not self._playing.idle:
            return turn.phrase("this_is", name=turn.phrase(f"sound_{self._playing.sound}"))
        return turn.phrase("nothing")

    @intent("like")
    async def like(self, turn: Turn) -> Answer:
        """Remember that this is liked."""
        return self._judge(turn, "liked", "liking")

    @intent("never")
    async def never(self, turn: Turn) -> Answer:
        """Never play this again."""
        answer = self._judge(turn, "never", "banned")
        if self._playing and self._playing.track and self._playing.step(1) is None:
            self._playing.stop()
        return answer

    def _judge(self, turn: Turn, kept: str, phrase: str) -> Answer:
        if self._playing is None or self._playing.track is None:
            return turn.phrase("nothing")
        track = self._playing.track
        paths = [path for path in self.home.store.get(kept, []) if path != track.path]
        self.home.store.set(kept, [*paths, track.path])
        receipt = Receipt(action=f"music.{kept}", result={"title": track.title})
        return Reply(say=turn.phrase(phrase, title=track.title), receipts=(receipt,))

    @intent("sleep")
    async def sleep(self, turn: Turn, duration: timedelta) -> Answer:
        """Stop after a while."""
        if not self._sounds():
            return turn.phrase("nothing")
        job = self.home.scheduler.add(self.now() + duration, {"sleep": True})
        self.home.store.set("sleep", job.id)
        return turn.phrase("sleeping", length=say_duration(duration, turn.language))

    async def due(self, turn: Turn, job: Job) -> Answer:
        """The sleep timer: stop, silently."""
        if self.home.store.get("sleep") == job.id:
            await self.halt(turn)
        return None

    @intent("shelf")
    async def shelf(self, turn: Turn) -> Answer:
        """What there is."""
        if not self._tracks:
            return self._empty(turn)
        artists = len({track.artist for track in self._tracks if track.artist})
        return turn.phrase(
            "shelf",
            tracks=say_count(len(self._tracks), turn.phrase("tracks_word"), turn.language),
            artists=say_count(artists, turn.phrase("artists_word"), turn.language),
        )

    def _sounds(self) -> bool:
        return bool(self._playing and not self._playing.idle)


def _card(tracks: Sequence[Track]) -> str:
    """The first tracks of a row, for a screen."""
    rows = [
        f"{n}. {t.title}" + (f" — {t.artist}" if t.artist else "")
        for n, t in enumerate(tracks[:10], 1)
    ]
    return "\n".join(rows)
