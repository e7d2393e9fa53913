"""What becomes of appointments: moved, taken out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from voice_assistant import answers, values
from voice_assistant.errors import NotAllowed
from voice_assistant.http import Unreachable
from voice_assistant.mentions import daytime, direction, in_week_of, mentioned, nearest, pointed
from voice_assistant.recurrence import rule
from voice_assistant.skill import Answer, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_count, say_moment
from voice_assistant.values.kinds import When

from .adding import Adding
from .diary import HOUR, Appointment, new


class Changing(Adding):
    """The part of `calendar` that changes the diary."""

    async def _meant(
        self, turn: Turn, title: str | None, who: str | None
    ) -> tuple[str | None, list[Appointment]]:
        """A title with the company in it, and the coming appointments it names; without, all."""
        await self._refresh(turn)
        if who and title:
            title = turn.phrase("with_whom", title=title, who=who)
        if (turn.route.intent or "").endswith("_it"):
            it = [each for each in self._coming() if each.uid == self._it]
            there = pointed(turn, [e for e in self._coming() if e.start.date() == self._day], it)
            return None, it if there is None else there
        return title, self._named(title) if title else self._coming()

    @intent("move")
    @intent("move_it")
    async def move(
        self,
        turn: Turn,
        title: str | None = None,
        time: When | None = None,
        who: str | None = None,
        *,
        duration: timedelta | None = None,
        old: When | None = None,
        kind: str | None = None,
        by: str = "",
        those: object = None,
    ) -> Answer:
        """Put an appointment at another time; of a day alone, at the same hour; or `by` so many
        days later."""
        title, found = await self._meant(turn, title or kind, who)
        if old is not None and old.day is not None:
            found = [each for each in found if each.start.date() == old.day]
        if not found:
            return turn.phrase("none_such" if title else "nothing_next", title=title)
        if by:
            duration = timedelta(days=int(by))
        if duration is None and time is None:
            time = await turn.ask(turn.phrase("when"), answers.moment(self.now))
        return await self._move(turn, found[0], time, duration)

    async def _move(
        self, turn: Turn, old: Appointment, time: When | None, by: timedelta | None
    ) -> Answer:
        """Put an appointment at another time, or so much later (earlier where that was said)."""
        if any(each.uid == old.uid for each in self._coming() if each != old):
            return turn.phrase("repeats", title=old.title)
        if time is not None:
            start = _moved(old, time, in_week_of(turn, daytime(time), old.start, self.now()))
        else:
            start = old.start + (by or timedelta()) * direction(turn)
        length = old.end - old.start
        added = new(old.title, start, length, whole_day=old.whole_day, file=self.diary.own)
        often = time.repeat if time is not None else None
        repeat = rule(often, start.replace(tzinfo=None)) if often else ""
        said = self._added(turn, added, often, start, until=False)
        return await self._exchanged(turn, old, added, said, repeat)

    async def _exchanged(
        self, turn: Turn, old: Appointment, added: Appointment, said: str, repeat: str = ""
    ) -> Answer:
        """Keep an appointment, with the rule by which it repeats, in the place of another."""
        try:
            await self._keep(added, repeat)
            before = await self._take(old)
            self._it, self._day = added.uid, added.start.date()
        except (NotAllowed, Unreachable) as error:
            return self._failure(turn, error)

        async def undo() -> str:
            await self._put_back(old, before)
            await self._take_back(added)
            return turn.phrase("back", appointment=self._say(old, turn, with_day=True))

        result = {"title": added.title, "start": added.start.isoformat()}
        receipt = Receipt(action="calendar.move", result=result, undo=undo)
        return Reply(say=said, receipts=(receipt,))

    @intent("rename_it")
    async def rename(self, turn: Turn, new: str, old: str = "") -> Answer:
        """Call the appointment that was just spoken of something else, in part or altogether; "not
        Monday but Tuesday" moves it."""
        when = values.parse("time", new, turn.language, self.now())
        if old and isinstance(when, When):
            return await self.move(turn, time=when)
        each = next((each for each in self._coming() if each.uid == self._it), None)
        if each is None or (old and old not in each.title):
            return turn.phrase("none_such" if old else "nothing_next", title=old)
        title = each.title.replace(old, new) if old else new
        return await self._changed(turn, each, replace(each, title=title), "renamed")

    @intent("with_it")
    @intent("where_it")
    async def along(self, turn: Turn, who: str = "", place: str = "") -> Answer:
        """Have somebody more come along to the appointment that was just spoken of, or name the
        place where it is."""
        each = next((each for each in self._coming() if each.uid == self._it), None)
        if each is None:
            return turn.phrase("nothing_next")
        company = "and_with" if turn.phrase("company") in each.title else "with_whom"
        key = "to_where" if place else company
        title = turn.phrase(key, title=each.title, who=who, place=place)
        return await self._changed(turn, each, replace(each, title=title), "renamed")

    @intent("when_it")
    @intent("how_long_it")
    async def how_long(self, turn: Turn, time: When | None = None) -> Answer:
        """From when to when the appointment is that was just spoken of."""
        each = next((each for each in self._coming() if each.uid == self._it), None)
        if each is None:
            return turn.phrase("nothing_next")
        said = self._say(each, turn, with_day=True)
        return turn.phrase("until", appointment=said, time=self._end(each, turn))

    @intent("length_it")
    async def last(self, turn: Turn, duration: timedelta) -> Answer:
        """Have the appointment that was just spoken of take so long."""
        each = next((each for each in self._coming() if each.uid == self._it), None)
        if each is None:
            return turn.phrase("nothing_next")
        return await self._changed(turn, each, replace(each, end=each.start + duration), "lasts")

    @intent("remind_it")
    async def remind(self, turn: Turn, duration: timedelta = HOUR, by: str = "") -> Answer:
        """Remind of the appointment that was just spoken of, so long before it, or `by` days."""
        duration = timedelta(days=int(by)) if by else duration
        each = next((each for each in self._coming() if each.uid == self._it), None)
        keeper: Any = self.home.services.get("reminders")
        if each is None or keeper is None:
            return turn.phrase("nothing_next" if keeper else "no_reminders")
        due = each.start - duration
        if due <= self.now():
            return turn.phrase("too_late")
        forget = keeper.add(each.title, due)

        async def undo() -> str:
            forget()
            return turn.phrase("not_reminding", title=each.title)

        moment = say_moment(due, turn.language, self.now())
        said = turn.phrase("reminding", time=moment, title=each.title)
        receipt = Receipt(action="calendar.remind", result={"due": str(due)}, undo=undo)
        return Reply(say=said, receipts=(receipt,))

    async def _changed(
        self, turn: Turn, old: Appointment, changed: Appointment, key: str
    ) -> Answer:
        """Put an appointment in the place of another at the same moment."""
        if any(each.uid == old.uid for each in self._coming() if each != old):
            return turn.phrase("repeats", title=old.title)
        added = new(
            changed.title,
            changed.start,
            changed.end - changed.start,
            whole_day=changed.whole_day,
            file=self.diary.own,
        )
        said = self._say(added, turn, with_day=True)
        if key == "lasts":
            said = turn.phrase("until", appointment=said, time=self._end(added, turn))
        return await self._exchanged(turn, old, added, turn.phrase(key, appointment=said))

    @intent("clear")
    async def clear(self, turn: Turn, time: When | None = None, span: str = "") -> Answer:
        """Take out all of a day or a week, once that is confirmed; what repeats stays."""
        await self._refresh(turn)
        time = time or (None if span else mentioned("time", turn, self.now()))
        start, end, name = self._stretch(turn, time, span)
        coming = [each.uid for each in self._coming()]
        found = [e for e in self.diary.between(start, end) if coming.count(e.uid) < 2]
        if not found:
            return turn.phrase("free", day=name)
        noun = {"zh": "个安排"}.get(turn.language, "appointment")
        count = say_count(len(found), noun, turn.language)
        if not await turn.ask(turn.phrase("sure", appointment=count), answers.yes_no):
            return turn.phrase("kept")
        try:
            before = [(each, await self._take(each)) for each in found]
        except (NotAllowed, Unreachable) as error:
            return self._failure(turn, error)

        async def undo() -> str:
            for each, text in reversed(before):
                await self._put_back(each, text)
            return turn.phrase("restored_all", count=count)

        result = {"titles": [each.title for each in found]}
        receipt = Receipt(action="calendar.clear", result=result, undo=undo)
        return Reply(say=turn.phrase("removed_all", count=count), receipts=(receipt,))

    @intent("remove")
    @intent("remove_it")
    async def remove(
        self,
        turn: Turn,
        title: str | None = None,
        time: When | None = None,
        who: str | None = None,
        kind: str | None = None,
        those: object = None,
    ) -> Answer:
        """Take an appointment out, once that is confirmed."""
        title, found = await self._meant(turn, title or kind, who)
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


def _moved(old: Appointment, time: When, start: datetime) -> datetime:
    """When an appointment begins after it was moved (to `start`): what was not said stays."""
    if time.day is None:
        start = nearest(start, time, old.start)
    if time.after is not None and time.clock is None:
        return start
    if time.clock is None and time.part is None:
        start = datetime.combine(start.date(), old.start.time(), start.tzinfo)
    if time.day is None:
        start = datetime.combine(old.start.date(), start.time(), start.tzinfo)
    return start
