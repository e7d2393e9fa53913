"""What is on, what is next, and adding to it.

[skills.calendar]
files = ["~/calendars"]                        # more ICS files and folders to read
caldav = "https://cloud.example/dav/anna/home/"  # a server's calendar, which is then added to
user = "anna"
password = "..."

[network]
calendar = ["cloud.example"]
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from voice_assistant import answers
from voice_assistant.mentions import daytime, mentioned, on_day
from voice_assistant.skill import Answer, Turn, intent
from voice_assistant.speaking import say_count, say_list, say_moment
from voice_assistant.values.kinds import When

from .changing import Changing
from .diary import HOUR

READ = 6
"""Appointments read in one go."""


ANY = ("约会", "会", "会议")
"""What is any appointment where none is called so."""

_WEEKDAY = re.compile(r"day\b(?<!today)|周|星期|礼拜")
"""What names a day that comes again, and need not be today."""


class CalendarSkill(Changing):
    """Keeps the diary."""

    @intent("agenda")
    async def agenda(
        self, turn: Turn, time: When | None = None, span: str = "", date: date | None = None
    ) -> Answer:
        """What is on on a day, this week, next week."""
        age = await self._refresh(turn)
        if date is not None:
            midnight = datetime.combine(date, datetime.min.time(), self.now().tzinfo)
            time = When(moment=midnight, day=date)
        time = time or (None if span else mentioned("time", turn, self.now()))
        start, end, name = self._stretch(turn, time, span)
        self._day = start.date()
        found = self.diary.between(start, end)
        also = self._reminded(turn, start, end)
        if not found:
            return (also.strip() or turn.phrase("free", day=name)) + age
        noun = {"zh": "个安排"}.get(turn.language, "appointment")
        several_days = end - start > timedelta(days=1, hours=1)
        said = [self._say(each, turn, with_day=several_days) for each in found[:READ]]
        return (
            turn.phrase(
                "agenda",
                day=name,
                count=say_count(len(found), noun, turn.language),
                appointments=say_list(said, turn.language),
            )
            + also
            + age
        )

    def _reminded(self, turn: Turn, start: datetime, end: datetime) -> str:
        """What there is to be reminded of in a stretch of time, in a sentence; empty where nothing."""
        keeper: Any = self.home.services.get("reminders")
        said = [
            turn.phrase("reminder", task=task, time=say_moment(due, turn.language, self.now()))
            for task, due in (keeper.between(start, end) if keeper else ())
        ]
        if not said:
            return ""
        return turn.phrase("reminders", reminders=say_list(said[:READ], turn.language))

    @intent("agenda_it")
    async def agenda_it(self, turn: Turn, time: When | None = None, span: str = "") -> Answer:
        """What is on at another time than the one before, or whether there is time then."""
        if time is not None and time.day == self.now().date() and self._day is not None:
            if self._day > time.day and _WEEKDAY.search(turn.text):  # "Sunday" - "and Monday?"
                time = on_day(time, time.day + timedelta(days=7))
        timed = time is not None and time.clock is not None
        return await (self.free(turn, time) if timed else self.agenda(turn, time, span))

    @intent("agenda_then")
    @intent("agenda_next")
    async def agenda_then(self, turn: Turn, by: str = "0") -> Answer:
        """What is on on the day that was spoken of last, or `by` so many days later."""
        day = (self._day or self.now().date()) + timedelta(days=int(by))
        return await self.agenda(turn, date=day)

    @intent("next")
    async def next(
        self,
        turn: Turn,
        title: str | None = None,
        who: str | None = None,
        time: When | None = None,
        kind: str | None = None,
    ) -> Answer:
        """The next appointment, or the next of a kind, or that of a kind on a day."""
        title = title or kind
        age = await self._refresh(turn)
        if who and title:
            title = turn.phrase("with_whom", title=title, who=who)
        found = self._named(title) if title else self._coming()
        if time is not None and time.day is not None:
            found = [each for each in found if each.start.date() == time.day]
        if not found and title in ANY:
            found = self._coming()
        if found:
            self._it, self._day = found[0].uid, found[0].start.date()
        else:
            return turn.phrase("none_such" if title else "nothing_next", title=title) + age
        return turn.phrase("next", appointment=self._say(found[0], turn, with_day=True)) + age

    @intent("first")
    @intent("last")
    async def first(self, turn: Turn, time: When | None = None) -> Answer:
        """The first or the last appointment of a day."""
        age = await self._refresh(turn)
        start, end, name = self._stretch(turn, time, "")
        found = [e for e in self.diary.between(start, end) if not e.whole_day]
        if not found:
            return turn.phrase("free", day=name) + age
        each = found[-1 if turn.route.intent == "last" else 0]
        return turn.phrase("first", appointment=self._say(each, turn, with_day=True)) + age

    @intent("free")
    async def free(self, turn: Turn, time: When | None = None) -> Answer:
        """Whether there is time."""
        time = time or mentioned("time", turn, self.now())
        if time is None:
            time = await turn.ask(turn.phrase("when"), answers.moment(self.now))
        if time.clock is None:
            return await self.agenda(turn, time)
        age = await self._refresh(turn)
        start = daytime(time)
        busy = [e for e in self.diary.between(start, start + HOUR) if not e.whole_day]
        moment = say_moment(start, turn.language, self.now())
        if not busy:
            return turn.phrase("is_free", time=moment) + age
        said = self._say(busy[0], turn, with_day=False)
        return turn.phrase("is_busy", time=moment, appointment=said) + age

    @intent("conflicts")
    async def conflicts(self, turn: Turn, span: str = "week", time: When | None = None) -> Answer:
        """Which appointments are at the same time."""
        age = await self._refresh(turn)
        start, end, name = self._stretch(turn, time, "" if time else span)
        found = self.diary.between(start, end)
        pairs = [(a, b) for at, a in enumerate(found) for b in found[at + 1 :] if a.meets(b)]
        if not pairs:
            return turn.phrase("no_conflicts", day=name) + age
        first, second = (self._say(each, turn, with_day=True) for each in pairs[0])
        more = turn.phrase("one_more") if len(pairs) > 1 else ""
        return turn.phrase("conflicts", first=first, second=second, more=more) + age
