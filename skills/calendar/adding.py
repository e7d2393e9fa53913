"""Appointments put into the diary, and taken back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from voice_assistant import answers, values
from voice_assistant.errors import NotAllowed
from voice_assistant.http import Unreachable
from voice_assistant.mentions import daytime, on_day, refers_back, split_off
from voice_assistant.normal import normalise
from voice_assistant.recurrence import repeat_of, rule
from voice_assistant.skill import Answer, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_date, say_repeat, say_time
from voice_assistant.values.kinds import Repeat, When

from .diary import HOUR, Appointment, alone, new
from .kept import Kept

MONTH = timedelta(days=31)
"""What takes whole days is not longer: its first day is in the month of its last."""

_EVENING = re.compile(
    r"\b(?:night|evening|dinner|supper|party|concert|theatre|theater|movies?|cinema|drinks|pub)\b|晚饭|晚会|夜|电影|演出|音乐会|话剧|喝酒"
)
"""What is in the evening where no half of the day was said: "movie night for friday at eight"."""


_KIND = {
    "en": (re.compile(r"\b(?:a|the|my|our|another|new) meeting\b"), "meeting"),
    "zh": (re.compile(r"会议|开会|会(?=$|[，。])"), "开会"),
}
"""What says by itself what an appointment is, and its name then."""

_OPENING = re.compile(
    r"^(?:an?|going to|going on) (?=\w)|"
    r"^(?:一整天|整天|全天)(?=.)|^(?:我们?|咱们?)?(?:要去|要|有个|约了|是|得)(?=..)|^(?:我们?|咱们?)(?=去|跟|和)"
)
"""What leads to the name of an appointment and is no part of it: 是米娅生日."""


ASKED = ("agenda", "agenda_it", "agenda_next", "agenda_then", "free")
"""After these the day that was asked about is the one that is meant."""


class Adding(Kept):
    """The part of `calendar` that adds to the diary."""

    @intent("add")
    @intent("add_then")
    async def add(
        self,
        turn: Turn,
        title: str | None = None,
        time: When | None = None,
        duration: timedelta | None = None,
        who: str | None = None,
        end: When | None = None,
        **also: str,
    ) -> Answer:
        """Put an appointment into the diary; tell what it collides with. Its title may come with a
        `kind` ("piano" - "lesson") or a `place` ("flight" - "Rome")."""
        what = await _named(turn, title, who, also)
        if time is None:
            time, what = split_off("time", what, turn.language, self.now())
        if time is None:
            time = await turn.ask(turn.phrase("when"), answers.moment(self.now))
        if end is not None and end.day is not None and time.day is None:
            time = on_day(time, end.day)  # "two to four on Thursday"
        time = self._then(turn, time)
        whole_day = time.clock is None and time.after is None and time.part is None
        start = _start(what, time, end, whole_day=whole_day)
        length = duration or (_days(start, end) if whole_day else _until(start, end))
        await self._refresh(turn)
        there = [] if whole_day else self.diary.between(start, start + length)
        clashes = [each for each in there if not each.whole_day]
        repeat = rule(time.repeat, start.replace(tzinfo=None)) if time.repeat else ""
        added = new(what, start, length, whole_day=whole_day, file=self.diary.own)
        try:
            await self._keep(added, repeat)
            self._it, self._day = added.uid, start.date()
        except (NotAllowed, Unreachable) as error:
            return self._failure(turn, error)
        said = self._added(turn, added, time.repeat, start, until=end is not None)
        if clashes:
            said += " " + turn.phrase(
                "clash", appointment=self._say(clashes[0], turn, with_day=False)
            )
        return Reply(say=said, receipts=(self._receipt(turn, added),))

    def _then(self, turn: Turn, time: When) -> When:
        """A time of day on the day that was just asked about, where no day is said."""
        before = turn.session.previous
        asked = before is not None and before.route.intent in ASKED and before.route.skill
        if asked != self.home.name or self._day is None or time.day or time.repeat or time.after:
            return time
        midnight = datetime.combine(self._day, datetime.min.time(), self.now().tzinfo)
        text = normalise(turn.text, turn.language)
        found = values.find("time", text, turn.language, max(midnight, self.now()))
        told = (each.value for each in found)
        timed = [each for each in told if isinstance(each, When) and (each.clock or each.part)]
        return on_day(timed[0], self._day) if timed else time

    def _added(
        self,
        turn: Turn,
        added: Appointment,
        repeat: Repeat | None,
        start: datetime,
        *,
        until: bool,
    ) -> str:
        """What was put into the diary; of what repeats, how often; and when it ends, where that
        was said (`until`)."""
        if repeat is None:
            said = self._say(added, turn, with_day=True)
            if until:
                said = turn.phrase("until", appointment=said, time=self._end(added, turn))
            return turn.phrase("added", appointment=said)
        return turn.phrase(
            "repeating_day" if added.whole_day else "repeating",
            title=added.title,
            often=say_repeat(repeat_of(rule(repeat, start.replace(tzinfo=None))), turn.language),
            time=say_time(start, turn.language),
        )

    def _end(self, each: Appointment, turn: Turn) -> str:
        """When an appointment ends; of whole days, the last of them."""
        if each.whole_day:
            return say_date(each.end.date() - timedelta(days=1), turn.language, today=self.now())
        return say_time(each.end, turn.language)

    async def halt(self, turn: Turn) -> bool:
        """ "Cancel it" takes back what was just put into the diary."""
        if not refers_back(turn, self.home.name):
            return False
        found = [each for each in self._coming() if each.uid == self._it]
        if found:
            await self._take(found[0])
            await turn.say(turn.phrase("removed", appointment=found[0].title))
        return bool(found)

    async def _keep(self, added: Appointment, repeat: str) -> None:
        """Keep an appointment: on the server, where there is one, else in the own file."""
        if self.mirror is None:
            self.diary.add(added, rule=repeat)
        else:
            await self.mirror.add(added.uid, alone(added, repeat))
        self.home.renamed()

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


async def _named(turn: Turn, title: str | None, who: str | None, also: Mapping[str, str]) -> str:
    """What an appointment is to be called; asks where nothing says it."""
    what = title or _plain_kind(turn) or str(await turn.ask(turn.phrase("what")))
    what = _OPENING.sub("", f"{what} {also.get('kind', '')}".strip())
    what = _whole(what, turn)
    if not who and "place" not in also:
        return what
    key = "with_whom" if who else "to_where"
    return turn.phrase(key, title=what, who=who, place=also.get("place"))


def _start(what: str, time: When, end: When | None, *, whole_day: bool) -> datetime:
    """When an appointment begins; of whole days, the midnight before."""
    start = daytime(time, late=bool(_EVENING.search(what)))
    if not whole_day:
        return start
    if end is not None and end.day and end.day - start.date() > MONTH:
        start = start.replace(year=end.day.year, month=end.day.month)  # "the 2nd to the 9th of"
    return start.replace(hour=0, minute=0)


def _plain_kind(turn: Turn) -> str:
    """What an appointment is where it has no other name: a meeting."""
    pattern, name = _KIND[turn.language]
    return name if pattern.search(turn.text.lower()) else ""


def _whole(what: str, turn: Turn) -> str:
    """A name with the little word before it, which went to the time: 在家烧烤."""
    lead = next((word for word in "在和跟" if word + what in turn.text), "")
    return lead + what


def _days(start: datetime, end: When | None) -> timedelta:
    """How long something is that takes whole days: "from July tenth to the twentieth"."""
    if end is None or end.day is None:
        return timedelta(days=1)
    last = end.day if end.day >= start.date() else start.date().replace(day=end.day.day)
    return timedelta(days=max((last - start.date()).days, 0) + 1)


def _until(start: datetime, end: When | None) -> timedelta:
    """How long something is that begins at a moment and ends at a time of day, an hour if that was
    not said: "one till two thirty"."""
    if end is None:
        return HOUR
    last = datetime.combine(start.date(), end.moment.time(), start.tzinfo)
    while last <= start:
        last += timedelta(hours=12)
    if last - start > timedelta(hours=12):  # "nine to eleven", read in the evening
        last -= timedelta(hours=12)
    return last - start if last - start < timedelta(hours=12) else HOUR
