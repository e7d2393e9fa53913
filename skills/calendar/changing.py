"""What becomes of appointments: added, moved, taken out."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from voice_assistant import answers
from voice_assistant.errors import NotAllowed
from voice_assistant.http import Unreachable
from voice_assistant.mentions import daytime, split_off
from voice_assistant.recurrence import rule
from voice_assistant.skill import Answer, Receipt, Reply, Turn, intent
from voice_assistant.values.kinds import When

from .diary import HOUR, Appointment, alone, new
from .kept import Kept

NOON = 12

_EVENING = re.compile(
    r"\b(?:night|evening|dinner|supper|party|concert|theatre|theater)\b|晚饭|晚会|夜"
)
"""What is in the evening where no half of the day was said: "movie night for friday at eight"."""


class Changing(Kept):
    """The part of `calendar` that changes the diary."""

    @intent("add")
    async def add(
        self,
        turn: Turn,
        title: str | None = None,
        time: When | None = None,
        duration: timedelta | None = None,
        who: str | None = None,
        end: When | None = None,
    ) -> Answer:
        """Put an appointment into the diary; tell what it collides with."""
        what = title or str(await turn.ask(turn.phrase("what")))
        if who:
            what = turn.phrase("with_whom", title=what, who=who)
        if time is None:
            time, what = split_off("time", what, turn.language, self.now())
        if time is None:
            time = await turn.ask(turn.phrase("when"), answers.moment(self.now))
        whole_day = time.clock is None and time.after is None and time.part is None
        start = daytime(time)
        if time.ambiguous and start.hour < NOON and _EVENING.search(what):
            start += timedelta(hours=NOON)
        if whole_day:
            start = start.replace(hour=0, minute=0)
        length = duration or (timedelta(days=1) if whole_day else _until(start, end))
        await self._refresh(turn)
        clashes = [
            each
            for each in self.diary.between(start, start + length)
            if not whole_day and not each.whole_day
        ]
        repeat = rule(time.repeat, start.replace(tzinfo=None)) if time.repeat else ""
        added = new(what, start, length, whole_day=whole_day, file=self.diary.own)
        try:
            await self._keep(added, repeat)
        except (NotAllowed, Unreachable) as error:
            return self._failure(turn, error)
        said = turn.phrase("added", appointment=self._say(added, turn, with_day=True))
        if clashes:
            said += " " + turn.phrase(
                "clash", appointment=self._say(clashes[0], turn, with_day=False)
            )
        return Reply(say=said, receipts=(self._receipt(turn, added),))

    async def _keep(self, added: Appointment, repeat: str) -> None:
        """Keep an appointment: on the server, where there is one, else in the own file."""
        if self.mirror is None:
            self.diary.add(added, rule=repeat)
        else:
            await self.mirror.add(added.uid, alone(added, repeat))

    async def _take(self, each: Appointment) -> str:
        """Take an appointment away, wherever it is; its text, to put it back."""
        if self.mirror is None or each.file.parent != self.mirror.folder:
            return self.diary.remove(each)
        before = each.file.read_text(encoding="utf-8")
        await self.mirror.remove(each.file)
        return before

    async def _put_back(self, each: Appointment, before: str) -> None:
        """Undo `_take`."""
        if self.mirror is not None and each.file.parent == self.mirror.folder:
            await self.mirror.add(each.uid, before)
        else:
            self.diary.restore(each.file, before)

    async def _take_back(self, added: Appointment) -> None:
        """Undo `_keep`."""
        for each in self.diary.between(added.start, added.end):
            if each.uid == added.uid:
                await self._take(each)
                break

    def _receipt(self, turn: Turn, added: Appointment) -> Receipt:
        async def undo() -> str:
            await self._take_back(added)
            return turn.phrase("removed", appointment=added.title)

        result = {"title": added.title, "start": added.start.isoformat()}
        return Receipt(action="calendar.add", result=result, undo=undo)

    async def _meant(
        self, turn: Turn, title: str | None, who: str | None
    ) -> tuple[str | None, list[Appointment]]:
        """A title with the company in it, and the coming appointments it names; without, all."""
        await self._refresh(turn)
        if who and title:
            title = turn.phrase("with_whom", title=title, who=who)
        return title, self._named(title) if title else self._coming()

    @intent("move")
    async def move(
        self,
        turn: Turn,
        title: str | None = None,
        time: When | None = None,
        who: str | None = None,
    ) -> Answer:
        """Put an appointment at another time; of a day alone, at the same hour."""
        title, found = await self._meant(turn, title, who)
        if not found:
            return turn.phrase("none_such" if title else "nothing_next", title=title)
        old = found[0]
        if time is None:
            time = await turn.ask(turn.phrase("when"), answers.moment(self.now))
        if any(each.uid == old.uid for each in self._coming() if each != old):
            return turn.phrase("repeats", title=old.title)
        start = _moved(old, time)
        length = old.end - old.start
        added = new(old.title, start, length, whole_day=old.whole_day, file=self.diary.own)
        try:
            await self._keep(added, "")
            before = await self._take(old)
        except (NotAllowed, Unreachable) as error:
            return self._failure(turn, error)

        async def undo() -> str:
            await self._put_back(old, before)
            await self._take_back(added)
            return turn.phrase("back", appointment=self._say(old, turn, with_day=True))

        said = turn.phrase("added", appointment=self._say(added, turn, with_day=True))
        result = {"title": added.title, "start": start.isoformat()}
        receipt = Receipt(action="calendar.move", result=result, undo=undo)
        return Reply(say=said, receipts=(receipt,))

    @intent("remove")
    async def remove(
        self,
        turn: Turn,
        title: str | None = None,
        time: When | None = None,
        who: str | None = None,
    ) -> Answer:
        """Take an appointment out, once that is confirmed."""
        title, found = await self._meant(turn, title, who)
        if time is not None and time.day is not None:
            found = [each for each in found if each.start.date() == time.day]
        if not found:
            return turn.phrase("none_such" if title else "nothing_next", title=title)
        each = found[0]
        named = self._say(each, turn, with_day=True)
        if not await turn.ask(turn.phrase("sure", appointment=named), answers.yes_no):
            return turn.phrase("kept")
        try:
            before = await self._take(each)
        except (NotAllowed, Unreachable) as error:
            return self._failure(turn, error)

        async def undo() -> str:
            await self._put_back(each, before)
            return turn.phrase("back", appointment=named)

        receipt = Receipt(action="calendar.remove", result={"title": each.title}, undo=undo)
        return Reply(say=turn.phrase("removed", appointment=each.title), receipts=(receipt,))


def _until(start: datetime, end: When | None) -> timedelta:
    """How long something is that begins at a moment and ends at a time of day, an hour if that was
    not said: "one till two thirty"."""
    if end is None:
        return HOUR
    last = datetime.combine(start.date(), end.moment.time(), start.tzinfo)
    while last <= start:
        last += timedelta(hours=12)
    return last - start if last - start < timedelta(hours=12) else HOUR


def _moved(old: Appointment, time: When) -> datetime:
    """When an appointment begins after it was moved: what was not said stays."""
    start = daytime(time)
    if time.after is not None and time.clock is None:
        return start
    if time.clock is None and time.part is None:
        start = datetime.combine(start.date(), old.start.time(), start.tzinfo)
    if time.day is None:
        start = datetime.combine(old.start.date(), start.time(), start.tzinfo)
    return start
