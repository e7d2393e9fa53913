"""The right music from the user's own shelves, and sounds for when the shelves are empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from voice_assistant import answers
from voice_assistant.skill import Answer, Home, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_count, say_number

from .choose import Choice, choose
from .reading import read
from .row import More
from .shelves import Shelves
from .track import Track
from .why import reasons
from .wish import Wish

LULLED = timedelta(hours=1)
"""How long something plays for who cannot sleep."""

LULLING: Mapping[str, Mapping[str, str]] = {
    "en": {
        "rain": "rain",
        "the rain": "rain",
        "yes": "rain",
        "yes please": "rain",
        "the sea": "sea",
        "sea": "sea",
        "waves": "sea",
        "music": "music",
        "soft music": "music",
        "calm music": "music",
    },
    "zh": {
        "雨声": "rain",
        "雨": "rain",
        "好": "rain",
        "好的": "rain",
        "海浪": "sea",
        "海浪声": "sea",
        "音乐": "music",
        "轻柔的音乐": "music",
    },
}
"""What may be chosen then, as it is said."""


class Music(Shelves):
    """Finds music for a wish and plays it."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._wish = Wish()
        """What was asked for last."""
        self._choice = Choice()

    # --- asking for music ----------------------------------------------------------------

    @intent("play")
    async def play(
        self, turn: Turn, music: str | None = None, duration: timedelta | None = None
    ) -> Answer:
        """By name, or anything where none is given; for as long as was said."""
        answer = await self._begin(turn, music)
        return self._until(answer, duration)

    def _until(self, answer: Answer, duration: timedelta | None) -> Answer:
        """Have what just began end after a while."""
        if duration and isinstance(answer, Reply) and answer.receipts:
            self.end_after(duration)
        return answer

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
    async def similar(self, turn: Turn, music: str | None = None) -> Answer:
        """More like what is named, or like what plays."""
        if music:
            return await self._begin(turn, None)
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
    async def sound(
        self, turn: Turn, sound: str = "rain", duration: timedelta | None = None
    ) -> Answer:
        """A sound for sleep or focus, made here."""
        if self.deck is None:
            return turn.phrase("no_loudspeaker")
        if not await self.deck.play_sound(sound):
            return turn.phrase("no_sounds_there")
        turn.hold()
        receipt = Receipt(action="music.sound", result={"sound": sound})
        said = turn.phrase("sound", name=turn.phrase(f"sound_{sound}"))
        return self._until(Reply(say=said, receipts=(receipt,)), duration)

    @intent("sleepless")
    async def sleepless(self, turn: Turn) -> Answer:
        """Something to fall asleep to, as is chosen; it ends by itself."""
        if self.deck is None:
            return turn.phrase("no_loudspeaker")
        chosen = await turn.ask(turn.phrase("sleepless"), answers.choice(LULLING[turn.language]))
        if chosen in ("rain", "sea"):
            return await self.sound(turn, chosen, LULLED)
        wish = replace(self._read(turn, None), occasion="calm", rest="")
        return self._until(await self._begin_wish(turn, wish), LULLED)

    @intent("make_playlist")
    async def make_playlist(self, turn: Turn, music: str | None = None) -> Answer:
        """Playlists are files of the user's: they are played here, not made."""
        return turn.phrase("make_playlist")

    @intent("resume")
    async def go_on(self, turn: Turn) -> Answer:
        """Go on; with what played before a restart if nothing waits."""
        if self.deck is None:
            return turn.phrase("no_loudspeaker")
        if not await self.go_on_playing():
            return turn.phrase("nothing")
        turn.hold()
        return None

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
        if choice.loose or (wish.occasion == "weather" and not self._given().weather):
            say = turn.phrase("loose" if choice.loose else "no_weather") + say
        return Reply(say=say, receipts=(receipt,), display=_card(choice.tracks))

    def _more(self, wish: Wish) -> More:
        playing = self.track

        def more() -> Sequence[Track]:
            given = replace(self._given(), playing=self.track or playing)
            return choose(wish, self.shelf, given).tracks

        return more

    def _called(self, turn: Turn, wish: Wish, choice: Choice) -> str:
        """What is played, in a few words."""
        if choice.hit:
            return choice.hit.name
        if choice.like:
            return turn.phrase("like_named", name=choice.like.name)
        if wish.filter:
            return turn.phrase(f"what_{wish.filter}")
        if wish.tempo:
            return turn.phrase("beats", tempo=say_number(wish.tempo, turn.language))
        if choice.occasion:
            return turn.phrase(f"for_{choice.occasion}")
        if wish.levels and not wish.genre_said:
            return turn.phrase(f"for_{wish.levels[0]}")
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
