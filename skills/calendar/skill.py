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

from datetime import date, datetime, timedelta

from voice_assistant import answers
from voice_assistant.mentions import daytime, mentioned
from voice_assistant.skill import Answer, Turn, intent
from voice_assistant.speaking import say_count, say_date, say_list, say_moment
from voice_assistant.values.kinds import When

from .changing import Changing
from .diary import HOUR

PARTS = {
    "morning": (timedelta(hours=0), timedelta(hours=12)),
    "afternoon": (timedelta(hours=12), timedelta(hours=18)),
    "evening": (timedelta(hours=17), timedelta(hours=24)),
}
"""Where the parts of a day begin and end."""

READ = 6
"""Appointments read in one go."""


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
        found = self.diary.between(start, end)
        if not found:
            return turn.phrase("free", day=name) + age
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
            + age
        )

    def _stretch(self, turn: Turn, time: When | None, span: str) -> tuple[datetime, datetime, str]:
        now = self.now()
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        monday = today - timedelta(days=today.weekday())
        if span == "week":
            left = monday + timedelta(days=7)
            last_day = left - today <= timedelta(days=1)  # on a Sunday, the week to come
            return now, left + timedelta(days=7 * last_day), turn.phrase("this_week")
        if span == "next_week":
            start = monday + timedelta(days=7)
            return start, start + timedelta(days=7), turn.phrase("next_week")
        if span == "weekend":
            start = monday + timedelta(days=5)
            return start, start + timedelta(days=2), turn.phrase("weekend")
        if span == "month":
            start = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
            return now, start, turn.phrase("this_month")
        day = (time.day if time else None) or (time.moment.date() if time else today.date())
        start = datetime.combine(day, datetime.min.time(), now.tzinfo)
        name = say_date(day, turn.language, today=now)
        begin = now if day == now.date() else start
        if time and time.clock:
            begin = daytime(time)
        elif time and time.part in PARTS:
            first, last = PARTS[time.part]
            return max(begin, start + first), start + last, name
        return begin, start + timedelta(days=1), name

    @intent("next")
    async def next(self, turn: Turn, title: str | None = None, who: str | None = None) -> Answer:
        """The next appointment, or the next of a kind."""
        age = await self._refresh(turn)
        if who and title:
            title = turn.phrase("with_whom", title=title, who=who)
        found = self._named(title) if title else self._coming()
        if not found:
            return turn.phrase("none_such" if title else "nothing_next", title=title) + age
        return turn.phrase("next", appointment=self._say(found[0], turn, with_day=True)) + age

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
    async def conflicts(self, turn: Turn, span: str = "week") -> Answer:
        """Which appointments are at the same time."""
        age = await self._refresh(turn)
        start, end, name = self._stretch(turn, None, span)
        found = self.diary.between(start, end)
        pairs = [(a, b) for at, a in enumerate(found) for b in found[at + 1 :] if a.meets(b)]
        if not pairs:
            return turn.phrase("no_conflicts", day=name) + age
        first, second = (self._say(each, turn, with_day=True) for each in pairs[0])
        more = turn.phrase("one_more") if len(pairs) > 1 else ""
        return turn.phrase("conflicts", first=first, second=second, more=more) + age
