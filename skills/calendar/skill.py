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
from pathlib import Path

from rapidfuzz import fuzz

from voice_assistant import answers
from voice_assistant.errors import NotAllowed
from voice_assistant.http import Http, Rejected, Unreachable
from voice_assistant.mentions import daytime, mentioned, split_off
from voice_assistant.recurrence import rule
from voice_assistant.skill import Answer, Home, Receipt, Reply, Skill, Turn, intent
from voice_assistant.speaking import say_count, say_date, say_list, say_moment, say_time
from voice_assistant.values.kinds import When

from .caldav import CalDav
from .diary import HOUR, Appointment, Diary, alone, new
from .mirror import Mirror

AHEAD = timedelta(days=365)
"""How far "my next appointment" looks."""

ALIKE = 75
"""How alike (rapidfuzz, 0 to 100) a title must be to what was said."""

NOON = 12
_EVENING = re.compile(
    r"\b(?:night|evening|dinner|supper|party|concert|theatre|theater)\b|晚饭|晚会|夜"
)
"""What is in the evening where no half of the day was said: "movie night for friday at eight"."""

READ = 6
"""Appointments read in one go."""


class CalendarSkill(Skill):
    """Keeps the diary."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        others = [Path(each).expanduser() for each in home.settings.get("files", ())]
        self.mirror = _mirror(home)
        if self.mirror is not None:
            others.append(self.mirror.folder)
        zone = home.clock.now().tzinfo
        assert zone is not None
        self.diary = Diary(home.folder, zone, tuple(others))

    # --- asking --------------------------------------------------------------------------

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
            return now, monday + timedelta(days=7), turn.phrase("this_week")
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
        return begin, start + timedelta(days=1), name

    @intent("next")
    async def next(self, turn: Turn, title: str | None = None) -> Answer:
        """The next appointment, or the next of a kind."""
        age = await self._refresh(turn)
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

    # --- changing ------------------------------------------------------------------------

    @intent("add")
    async def add(
        self,
        turn: Turn,
        title: str | None = None,
        time: When | None = None,
        duration: timedelta | None = None,
    ) -> Answer:
        """Put an appointment into the diary; tell what it collides with."""
        what = title or str(await turn.ask(turn.phrase("what")))
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
        length = duration or (timedelta(days=1) if whole_day else HOUR)
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

    def _receipt(self, turn: Turn, added: Appointment) -> Receipt:
        async def undo() -> str:
            soon = self.diary.between(added.start, added.end)
            for each in soon:
                if each.uid == added.uid:
                    await self._take(each)
                    break
            return turn.phrase("removed", appointment=added.title)

        result = {"title": added.title, "start": added.start.isoformat()}
        return Receipt(action="calendar.add", result=result, undo=undo)

    @intent("remove")
    async def remove(
        self, turn: Turn, title: str | None = None, time: When | None = None
    ) -> Answer:
        """Take an appointment out, once that is confirmed."""
        await self._refresh(turn)
        found = self._named(title) if title else self._coming()
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
            if self.mirror is not None and each.file.parent == self.mirror.folder:
                await self.mirror.add(each.uid, before)
            else:
                self.diary.restore(each.file, before)
            return turn.phrase("back", appointment=named)

        receipt = Receipt(action="calendar.remove", result={"title": each.title}, undo=undo)
        return Reply(say=turn.phrase("removed", appointment=each.title), receipts=(receipt,))

    # --- the server ----------------------------------------------------------------------

    async def _refresh(self, turn: Turn) -> str:
        """Ask the server what is new; what to add to an answer where that failed."""
        if self.mirror is None:
            return ""
        try:
            await self.mirror.refresh()
        except (NotAllowed, Unreachable) as error:
            fetched = self.mirror.fetched
            if isinstance(error, NotAllowed) or fetched is None:
                return " " + self._failure(turn, error)
            return " " + turn.phrase("as_of", time=say_moment(fetched, turn.language, self.now()))
        return ""

    def _failure(self, turn: Turn, error: Exception) -> str:
        """Why the server's calendar is not to be had, and what to do."""
        host = self.mirror.host if self.mirror else ""
        if isinstance(error, NotAllowed):
            return turn.phrase("not_allowed", host=host)
        if isinstance(error, Rejected):
            return turn.phrase("wrong_password")
        return turn.phrase("unreachable")

    # --- which one -----------------------------------------------------------------------

    def _coming(self) -> list[Appointment]:
        now = self.now()
        return [e for e in self.diary.between(now, now + AHEAD) if e.start >= now or e.whole_day]

    def _named(self, title: str) -> list[Appointment]:
        wanted = title.lower()
        return [
            each
            for each in self._coming()
            if wanted in each.title.lower()
            or fuzz.token_set_ratio(wanted, each.title.lower()) > ALIKE
        ]

    def _say(self, each: Appointment, turn: Turn, *, with_day: bool) -> str:
        """An appointment in a sentence: "dentist at 3 PM tomorrow"."""
        day: date = each.start.date()
        if each.whole_day:
            when = say_date(day, turn.language, today=self.now())
            return turn.phrase("item_day", title=each.title, day=when) if with_day else each.title
        if with_day:
            when = say_moment(each.start, turn.language, self.now())
        else:
            when = say_time(each.start, turn.language)
        return turn.phrase("item", title=each.title, time=when)


def _mirror(home: Home) -> Mirror | None:
    """The server's calendar that the settings name."""
    url, http = home.settings.get("caldav"), home.services.get("http")
    if not url or http is None:
        return None
    user, password = (str(home.settings.get(key, "")) for key in ("user", "password"))
    server = CalDav(url=f"{str(url).rstrip('/')}/", user=user, password=password)
    folder = (home.cache or home.folder) / "caldav"
    assert isinstance(http, Http)
    return Mirror(server, http, home.store, home.clock, folder)
