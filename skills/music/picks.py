"""From a wish to sound: tracks are chosen, announced and played, or it is said why there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from voice_assistant.skill import Answer, Home, Receipt, Reply, Turn
from voice_assistant.speaking import say_count, say_number, say_year

from .choose import Choice, choose
from .peel import FIRST_YEAR, LAST_YEAR
from .reading import read
from .row import More
from .shelves import Shelves
from .track import Track
from .wish import Wish
from .words import words_of


class Picks(Shelves):
    """Plays what suits a wish."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._wish = Wish()
        """What was asked for last."""
        self._choice = Choice()

    def _until(self, answer: Answer, duration: timedelta | None) -> Answer:
        """Have what just began end after a while."""
        if duration and isinstance(answer, Reply) and answer.receipts:
            self.end_after(duration)
        return answer

    def _read(self, turn: Turn, said: str | None) -> Wish:
        """The wish in all of what was said; in a slot where there is no more than that."""
        return read(turn.route.text or turn.text or said or "", turn.language)

    async def _begin(self, turn: Turn, said: str | None) -> Answer:
        return await self._begin_wish(turn, self._read(turn, said))

    async def _begin_wish(self, turn: Turn, wish: Wish) -> Answer:
        if not self.shelf.tracks:
            return self._empty(turn)
        if wish.whole and not wish.rest and self.track:
            return await self._whole_album(turn)
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
        if words_of(turn.language).looped.search(wish.said):
            self.deck.row.repeat = "all"
            await self.deck.changed()
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
        if wish.years and not wish.genre_said:
            return _of_years(turn, *wish.years)
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

    async def _whole_album(self, turn: Turn) -> Answer:
        """All of the album that the present track is from."""
        if self.track is None:
            return turn.phrase("nothing")
        if not self.track.album:
            return turn.phrase("no_album")
        tracks = self.shelf.album(self.track)
        wish = Wish(language=turn.language, whole=True)
        return await self._start(turn, wish, Choice(tracks=tracks), self.track.album)


def _of_years(turn: Turn, first: int, last: int) -> str:
    """Music of a year, or of several; what has no end is named by where it begins."""
    begin, end = (say_year(year, turn.language) for year in (first, last))
    if first == last:
        return turn.phrase("what_year", year=begin)
    if first <= FIRST_YEAR:
        return turn.phrase("what_before", year=say_year(last + 1, turn.language))
    if last >= LAST_YEAR:
        return turn.phrase("what_since", year=begin)
    return turn.phrase("what_years", first=begin, last=end)


def _card(tracks: Sequence[Track]) -> str:
    """The first tracks of a row, for a screen."""
    rows = [
        f"{n}. {t.title}" + (f" — {t.artist}" if t.artist else "")
        for n, t in enumerate(tracks[:10], 1)
    ]
    return "\n".join(rows)
