"""The player by voice: everything that is said to music that plays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

from voice_assistant.mentions import after, left
from voice_assistant.skill import Answer, Home, Job, Receipt, Reply, Skill, Turn, intent
from voice_assistant.speaking import say_duration

from .deck import Deck
from .taste import EVERYBODY, Taste
from .track import Track

SKIPPED = 0.5
"""Share of a track before which going on says that it was not wanted."""

JUMP, JUMP_BACK = timedelta(seconds=30), timedelta(seconds=15)
"""How far "forward a bit" and "back a bit" go."""


class Controls(Skill):
    """Everything of the skill that needs no library."""

    session_minutes = 12 * 60.0
    deck: Deck | None = None

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.taste = Taste(home.store)
        self.dice = Random()

    # --- who and what --------------------------------------------------------------------

    @property
    def person(self) -> str:
        """Who is speaking, as far as the household said so."""
        speaking: Callable[[], str | None] | None = self.home.services.get("speaking")
        return (speaking() if speaking else None) or EVERYBODY

    @property
    def track(self) -> Track | None:
        """What plays."""
        return self.deck.row.track if self.deck and not self.deck.idle else None

    def named(self, turn: Turn, track: Track) -> str:
        """A track as it is announced."""
        key = "title_by" if track.artist else "title"
        return turn.phrase(key, title=track.title, artist=track.artist)

    # --- the way of playing --------------------------------------------------------------

    @intent("pause")
    @intent("pause_on")
    async def pause(self, turn: Turn, what: str = "") -> Answer:
        """Wait, for whatever it is."""
        if self.deck is None or self.deck.idle:
            return turn.phrase("nothing")
        await self.deck.pause()
        return turn.phrase("paused")

    @intent("stop")
    @intent("stop_on")
    async def end(self, turn: Turn) -> Answer:
        """End."""
        return None if await self.halt(turn) else turn.phrase("nothing")

    async def halt(self, turn: Turn) -> bool:
        """The user said stop."""
        if self.deck is None or self.deck.idle:
            return False
        await self.deck.stop()
        self.home.store.set("sleep", None)
        turn.session.release(self.name)
        return True

    @intent("next")
    @intent("next_on")
    async def following(self, turn: Turn) -> Answer:
        """The next track, or another sound."""
        if self.deck is not None and self.deck.sound and not self.deck.idle:
            return await self.after_sound(turn, self.deck.sound)
        return await self._step(turn, 1)

    @intent("back")
    @intent("back_on")
    async def back(self, turn: Turn) -> Answer:
        """The track before."""
        return await self._step(turn, -1)

    @intent("again")
    @intent("again_on")
    async def again(self, turn: Turn) -> Answer:
        """This track from its beginning."""
        if self.deck is None or self.track is None:
            return turn.phrase("nothing")
        await self.deck.seek(0.0)
        return None

    async def step(self, by: int) -> bool | None:
        """Go on or back in the row; None when nothing plays, False when there is none that way."""
        deck, track = self.deck, self.track
        if deck is None or track is None:
            return None
        at = deck.row.step(by)
        if at is None:
            return False
        if by > 0 and track.seconds and deck.seconds < SKIPPED * track.seconds:
            self.taste.skipped(self.person, track.path)
        await deck.go(at)
        return True

    async def _step(self, turn: Turn, by: int) -> Answer:
        done = await self.step(by)
        if done:
            return None
        if done is None:
            return turn.phrase("nothing")
        return await self.beyond(turn) if by > 0 else turn.phrase("no_more")

    async def after_sound(self, turn: Turn, sound: str) -> Answer:
        """Something else than an endless sound."""
        return turn.phrase("no_more")

    async def beyond(self, turn: Turn) -> Answer:
        """What comes after the last track."""
        return turn.phrase("no_more")

    @intent("rewind")
    async def rewind(self, turn: Turn) -> Answer:
        """A bit backward."""
        return await self.seek(turn, behind=JUMP_BACK)

    @intent("seek")
    async def seek(
        self, turn: Turn, forward: timedelta | None = None, behind: timedelta | None = None,
        to: timedelta | None = None,
    ) -> Answer:  # fmt: skip
        """Forward, backward, or to a moment of the track."""
        if self.deck is None or self.track is None:
            return turn.phrase("nothing")
        here = timedelta(seconds=self.deck.seconds)
        if to is None and forward is None and behind is None:
            forward = JUMP
        there = to if to is not None else here + (forward or timedelta()) - (behind or timedelta())
        if self.track.seconds and there.total_seconds() >= self.track.seconds:
            return turn.phrase("too_far", length=_long(self.track, turn.language))
        await self.deck.seek(max(there.total_seconds(), 0.0))
        return None

    async def go_on_playing(self) -> bool:
        """Go on; False if nothing waits."""
        return self.deck is not None and await self.deck.resume()

    @intent("shuffle")
    async def shuffle(self, turn: Turn) -> Answer:
        """Mix what is to come."""
        if self.deck is None or self.track is None:
            return turn.phrase("nothing")
        self.deck.row.shuffle(self.dice)
        await self.deck.changed()
        return turn.phrase("shuffled")

    @intent("repeat")
    async def repeat(self, turn: Turn) -> Answer:
        """Begin anew after the last."""
        return await self._repeat(turn, "all", "repeating")

    @intent("repeat_one")
    async def repeat_one(self, turn: Turn) -> Answer:
        """This track again and again."""
        return await self._repeat(turn, "one", "repeating_one")

    @intent("repeat_off")
    async def repeat_off(self, turn: Turn) -> Answer:
        """Once is enough."""
        return await self._repeat(turn, "", "not_repeating")

    async def _repeat(self, turn: Turn, what: str, phrase: str) -> Answer:
        if self.deck is None or self.track is None:
            return turn.phrase("nothing")
        self.deck.row.repeat = what
        await self.deck.changed()
        return turn.phrase(phrase)

    # --- questions -----------------------------------------------------------------------

    @intent("what")
    async def what(self, turn: Turn) -> Answer:
        """What is playing."""
        if track := self.track:
            more = turn.phrase("from_album", album=track.album) if track.album else ""
            return turn.phrase("this_is", name=self.named(turn, track)) + more
        if self.deck and self.deck.sound and not self.deck.idle:
            return turn.phrase("this_is", name=turn.phrase(f"sound_{self.deck.sound}"))
        return turn.phrase("nothing")

    @intent("coming")
    @intent("coming_on")
    async def coming(self, turn: Turn) -> Answer:
        """What comes next."""
        if self.deck is None or self.track is None:
            return turn.phrase("nothing")
        at = self.deck.row.next()
        if at is None:
            return turn.phrase("nothing_next")
        return turn.phrase("then", name=self.named(turn, self.deck.row.tracks[at]))

    # --- likes ---------------------------------------------------------------------------

    @intent("like")
    async def like(self, turn: Turn) -> Answer:
        """Remember that this is liked."""
        return self._judged(turn, self.track, liked=True)

    @intent("never")
    @intent("never_on")
    async def never(self, turn: Turn) -> Answer:
        """Never play this again; a sound of our own merely ends."""
        track = self.track
        if track is None and self.deck and not self.deck.idle:
            return await self.end(turn)
        answer = self._judged(turn, track, liked=False)
        if self.deck and track:
            self.deck.row.drop(track.path)
            if not await self.step(1):
                await self.deck.stop()
        return answer

    def _judged(self, turn: Turn, track: Track | None, *, liked: bool) -> Answer:
        if track is None:
            return turn.phrase("nothing")
        person = self.person
        before = self.taste.of(person).get(track.path)
        self.taste.judge(person, [track.path], liked=liked, never=not liked)

        async def undo() -> str:
            was = (before.liked, before.never) if before else (False, False)
            self.taste.judge(person, [track.path], liked=was[0], never=was[1])
            return turn.phrase("taken_back")

        receipt = Receipt(
            action=f"music.{'like' if liked else 'never'}",
            result={"title": track.title, "path": track.path},
            undo=undo,
        )
        say = turn.phrase("liking" if liked else "banned", title=track.title)
        return Reply(say=say, receipts=(receipt,))

    # --- ending --------------------------------------------------------------------------

    @intent("last")
    async def last(self, turn: Turn) -> Answer:
        """End after this track."""
        if self.deck is None or self.track is None:
            return turn.phrase("nothing")
        self.deck.row.last = True
        await self.deck.changed()
        return turn.phrase("ending")

    @intent("sleep")
    @intent("sleep_on")
    async def sleep(self, turn: Turn, duration: timedelta) -> Answer:
        """Stop after a while."""
        if self.deck is None or self.deck.idle:
            return turn.phrase("nothing")
        self.end_after(duration)
        return turn.phrase("sleeping", length=say_duration(duration, turn.language))

    @intent("sleep_left")
    async def sleep_left(self, turn: Turn) -> Answer:
        """How long until it stops."""
        jobs = self.home.scheduler.jobs()
        job = next((each for each in jobs if each.id == self.home.store.get("sleep")), None)
        if job is None:
            return turn.phrase("no_sleep")
        return turn.phrase(
            "sleep_left", length=say_duration(left(job.due, self.now()), turn.language)
        )

    def end_after(self, duration: timedelta) -> None:
        """Set the sleep timer."""
        job = self.home.scheduler.add(after(self.now(), duration), {"sleep": True})
        self.home.store.set("sleep", job.id)

    async def due(self, turn: Turn, job: Job) -> Answer:
        """The sleep timer: stop, silently."""
        if self.home.store.get("sleep") == job.id:
            await self.halt(turn)
        return None


def _long(track: Track, language: str) -> str:
    return say_duration(timedelta(seconds=round(track.seconds)), language)
