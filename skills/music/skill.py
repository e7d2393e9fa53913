"""The right music from the user's own shelves, and sounds for when the shelves are empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from voice_assistant import answers
from voice_assistant.skill import Answer, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_count, say_list

from .choose import choose
from .picks import Picks
from .reading import read
from .why import reasons
from .wish import Wish

CALM = ("rain", "sea", "stream", "wind", "fire", "brown")
"""Sounds that "another one" goes through."""

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


NAMED = 5
"""Artists that are named where somebody asks whose music there is."""

SLOW = {"slow", "calm", "sleep", "yoga"}
"""Levels and occasions that ask for something slower."""

PACED = 1.08
"""How many times faster "faster" is than what plays, at least; "slower" the other way."""


class Music(Picks):
    """Finds music for a wish and plays it."""

    # --- asking for music ----------------------------------------------------------------

    @intent("play")
    async def play(
        self,
        turn: Turn,
        music: str | None = None,
        duration: timedelta | None = None,
        **said: object,
    ) -> Answer:
        """By name, or anything where none is given; for as long as was said."""
        answer = await self._begin(turn, music)
        return self._until(answer, duration)

    @intent("genre")
    async def genre(self, turn: Turn, genre: str | None = None) -> Answer:
        """By genre."""
        return await self._begin(turn, genre)

    @intent("occasion")
    async def occasion(self, turn: Turn, occasion: str | None = None, **said: object) -> Answer:
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
        return await self._whole_album(turn)

    @intent("queue")
    async def queue(self, turn: Turn, music: str, by: str = "") -> Answer:
        """After what plays."""
        wish = replace(read(music, turn.language), artist=by)
        if self.deck is None or self.track is None:
            return await self._begin_wish(turn, wish)
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

    async def after_sound(self, turn: Turn, sound: str) -> Answer:
        """The next of the sounds that people fall asleep to."""
        at = CALM.index(sound) if sound in CALM else -1
        return await self.sound(turn, CALM[(at + 1) % len(CALM)])

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

    @intent("pace")
    async def pace(self, turn: Turn) -> Answer:
        """Something faster, or slower, than what plays; of the same kind where there is any."""
        if self.track is None:
            return turn.phrase("nothing")
        asked = self._read(turn, None)
        faster = not SLOW & {*asked.levels, asked.occasion}
        wishes = [Wish(language=turn.language, levels=("fast" if faster else "slow",))]
        if tempo := self.track.tempo:
            bound = "above" if faster else "below"
            tempo *= PACED if faster else 1 / PACED
            same = replace(self._wish, levels=(), filter="", like="", rest="")
            wishes.insert(0, replace(same, tempo=tempo, bound=bound))
        given = self._given()
        for wish in wishes:
            choice = choose(wish, self.shelf, given)
            if not choice.problem and not choice.hit:
                return await self._start(
                    turn, wish, choice, turn.phrase(f"for_{wishes[-1].levels[0]}")
                )
        return turn.phrase("none_suits")

    @intent("shuffle")
    async def shuffle(self, turn: Turn) -> Answer:
        """Mix what is to come; all there is where nothing plays."""
        if self.track is None:
            return await self._begin_wish(turn, Wish(language=turn.language))
        return await super().shuffle(turn)

    async def beyond(self, turn: Turn) -> Answer:
        """After the last of a row comes more like it, or anything."""
        for wanted in ("similar", ""):
            choice = choose(Wish(language=turn.language, filter=wanted), self.shelf, self._given())
            others = [track for track in choice.tracks if track != self.track]
            if others and self.deck:
                self.deck.row.insert(others, next_up=False)
                await self.deck.changed()
                return await self.following(turn)
        return await super().beyond(turn)

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

    @intent("artists")
    async def artists(self, turn: Turn) -> Answer:
        """Whose music there is: those with most of it."""
        names = self.shelf.names.all("artist")
        if not names:
            return self._empty(turn)
        count = say_count(len(names), turn.phrase("artists_word"), turn.language)
        some = say_list(names[:NAMED], turn.language)
        return turn.phrase(
            "artists" if len(names) > NAMED else "all_artists", count=count, names=some
        )

    @intent("playlists")
    async def playlists(self, turn: Turn) -> Answer:
        """Which playlists there are."""
        names = self.shelf.names.all("playlist")
        if not names:
            return turn.phrase("no_playlists")
        return turn.phrase("playlists", names=say_list(names, turn.language))
