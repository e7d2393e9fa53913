"""How long and when a child is answered, as its parents decide."""

from __future__ import annotations

from datetime import time, timedelta

from voice_assistant import answers
from voice_assistant.mentions import mentioned
from voice_assistant.skill import Answer, Reply, Turn, intent
from voice_assistant.speaking import say_duration, say_time
from voice_assistant.values.kinds import When

from .family import Family, names_of, receipts
from .people import Person


class Limits(Family):
    """The part of `profiles` that is about children's time."""

    @intent("minutes")
    async def minutes(
        self, turn: Turn, person: str | None = None, duration: timedelta | None = None
    ) -> Answer:
        """How long a child may be here a day."""
        children = self.meant(turn, person, new=True)
        if not children:
            return self.no_child(turn, person)
        length = duration or mentioned("duration", turn, self.now())
        if length is None:
            length = await turn.ask(turn.phrase("how_long"), answers.duration)
        if not await self.pin(turn):
            return turn.phrase("wrong_pin")
        for known in children:
            known.child, known.minutes = True, max(1, round(length.total_seconds() / 60))
            self.people.keep(known)
        names, long = names_of(children, turn), say_duration(length, turn.language)
        said = turn.phrase("minutes", name=names, length=long)
        return Reply(say=said, receipts=receipts("minutes", children))

    @intent("bonus")
    @intent("bonus_of")
    async def bonus(
        self,
        turn: Turn,
        duration: timedelta | None = None,
        minutes: float | None = None,
        person: str | None = None,
    ) -> Answer:
        """More time for a child, today only."""
        children = self.meant(turn, person)
        if not children:
            return self.no_child(turn, person)
        names = names_of(children, turn)
        if not any(each.minutes for each in children):
            return turn.phrase("unlimited", name=names)
        length = duration or (timedelta(minutes=float(minutes)) if minutes else None)
        length = length or mentioned("duration", turn, self.now())
        if length is None:
            length = await turn.ask(turn.phrase("how_much_more"), answers.duration)
        if not await self.pin(turn):
            return turn.phrase("wrong_pin")
        for known in children:
            self.children.grant(known.name, length.total_seconds())
        said = turn.phrase("bonus", name=names, length=say_duration(length, turn.language))
        return Reply(say=said, receipts=receipts("bonus", children))

    @intent("bedtime")
    async def bedtime(
        self,
        turn: Turn,
        person: str | None = None,
        time: When | None = None,
        since: When | None = None,
    ) -> Answer:
        """Until when (and from when) a child is answered."""
        children = self.meant(turn, person, new=True)
        if not children:
            return self.no_child(turn, person)
        if time is None:
            time = await turn.ask(turn.phrase("until_when"), answers.moment(self.now))
        if not await self.pin(turn):
            return turn.phrase("wrong_pin")
        until = _clock(time, evening=True)
        for known in children:
            known.child, known.until = True, until.isoformat("minutes")
            if since is not None:
                known.since = _since(since, until).isoformat("minutes")
            self.people.keep(known)
        names = names_of(children, turn)
        said = turn.phrase("bedtime", name=names, time=say_time(until, turn.language))
        return Reply(say=said, receipts=receipts("bedtime", children))

    @intent("no_limit")
    async def no_limit(self, turn: Turn, person: str | None = None) -> Answer:
        """A child's time is not limited any more."""
        children = self.meant(turn, person)
        if not children:
            return self.no_child(turn, person)
        if not await self.pin(turn):
            return turn.phrase("wrong_pin")
        for known in children:
            known.minutes, known.since, known.until = 0, "", ""
            self.people.keep(known)
        said = turn.phrase("no_limit", name=names_of(children, turn))
        return Reply(say=said, receipts=receipts("no_limit", children))

    @intent("left")
    @intent("left_of")
    async def left(self, turn: Turn, person: str | None = None) -> Answer:
        """How much of its time a child has left today."""
        speaking = self.people.speaking
        children = [speaking] if speaking and not person else self.meant(turn, person)
        if not children:
            return self.no_child(turn, person) if person else turn.phrase("who_are_you")
        return " ".join(self._left(turn, each) for each in children)

    def _left(self, turn: Turn, known: Person) -> str:
        seconds = self.children.left(known)
        if seconds is None:
            return turn.phrase("unlimited", name=known.name)
        length = timedelta(minutes=max(0, round(seconds / 60)))
        return turn.phrase("left", name=known.name, length=say_duration(length, turn.language))


def _since(when: When, until: time) -> time:
    """The beginning of a child's hours: "from four to seven" is in the afternoon."""
    begin = _clock(when, evening=False)
    later = begin.replace(hour=begin.hour % 12 + 12)
    return later if when.ambiguous and later < until else begin


def _clock(when: When, *, evening: bool) -> time:
    """The time of day of a child's limit: "eight" ends a day in the evening, and "three" never
    begins one at night."""
    moment = when.clock or when.moment.timetz().replace(tzinfo=None)
    if when.ambiguous and moment.hour < (12 if evening else 6):
        moment = moment.replace(hour=moment.hour + 12)
    return moment.replace(second=0, microsecond=0)
