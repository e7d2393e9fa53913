"""How alarms are set: one or several, softly, with music."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from voice_assistant import answers, values
from voice_assistant.mentions import after, clock_of, mentioned, morning, on_day, that
from voice_assistant.recurrence import repeat_of
from voice_assistant.skill import (
    Answer,
    Reply,
    Turn,
    intent,
)
from voice_assistant.speaking import (
    say_list,
)
from voice_assistant.values.kinds import Repeat, When

from .changing import Changing

NOON = 12

SATURDAY = 5

WORKDAYS = (0, 1, 2, 3, 4)

_ONE = re.compile(r"\b(?:one|another|a second) (?=(?:at|for|on)\b)")
"""What counts alarms, and is no hour: "one at six and one at seven"."""


class Setting(Changing):
    """The part of `alarms` that sets them."""

    @intent("set")
    @intent("set_also")
    async def set_alarm(
        self,
        turn: Turn,
        time: When | None = None,
        name: str | None = None,
        day: date | None = None,
        second: When | None = None,
        duration: timedelta | None = None,
        **also: str,
    ) -> Answer:
        """Set an alarm, or several (`times` is what was said of theirs); the day may have been
        said apart from the time, and instead of it how long somebody wants to sleep."""
        several = self._several(turn, also.get("times", ""))
        before = that(self._all(), self._it)
        if before is not None and "by" in also:
            moment = before.due + timedelta(days=int(also["by"]))
            time = When(moment=moment, day=moment.date(), clock=moment.time())
        if time is not None and second is not None and not (time.clock and second.clock):
            time, second = mentioned("time", turn, self.now()), None  # "every Monday and Friday at"
        if duration is not None:
            time = When(moment=after(self.now(), duration), after=duration)
        time = time or next(iter(several), None)
        time = self._again_and_again(turn, time, also.get("rhythm", ""))
        second = self._again_and_again(turn, second, also.get("other", ""))
        if turn.route.intent == "set_also" and time is not None:
            time = self._beside(time)
        if time is not None and day is not None and time.day is None and time.repeat is None:
            time = on_day(time, day)
        more = [_alike(time, each) for each in (*several[1:], second) if each]
        return await self._set(turn, time, more, phrase="set", name=name or "")

    def _again_and_again(self, turn: Turn, time: When | None, rhythm: str) -> When | None:
        """A time in the rhythm that was said apart from it."""
        often = values.parse("time", rhythm, turn.language, self.now())
        if time is None or not isinstance(often, When):
            return time
        return replace(time, repeat=often.repeat)

    def _several(self, turn: Turn, said: str) -> list[When]:
        """The times of several alarms: "one at six and one at half past"."""
        said = _ONE.sub("", said)
        found = values.find("time", said, turn.language, self.now())
        return [e.value for e in found if isinstance(e.value, When) and e.value.clock]

    def _beside(self, time: When) -> When:
        """The time of one more alarm: on the day of the one before, where none was said."""
        before = that(self._all(), self._it)
        if before is None or time.after is not None:
            return time
        if time.clock is None and time.part is None:  # "and on weekdays too": at the same hour
            moment = datetime.combine(time.moment.date(), before.due.time(), time.moment.tzinfo)
            return replace(time, moment=moment, clock=before.due.time(), ambiguous=False)
        if time.day is not None or time.repeat:
            return time
        late = time.ambiguous and before.due.hour >= NOON and time.moment.hour < NOON
        moment = time.moment + timedelta(hours=NOON * late)
        often = repeat_of(before.repeat) if before.repeat else None
        return replace(on_day(replace(time, moment=moment), before.due.date()), repeat=often)

    @intent("gently")
    async def set_gently(self, turn: Turn, time: When | None = None) -> Answer:
        """Set an alarm that rings softly."""
        return await self._set(turn, time, phrase="set_gently", gentle=True)

    @intent("with_music")
    async def set_with_music(
        self, turn: Turn, time: When | None = None, music: str | None = None
    ) -> Answer:
        """Set an alarm that plays music."""
        if "play_music" not in self.home.services or self.home.media is None:
            return turn.phrase("no_music")
        what = music or turn.phrase("music")
        return await self._set(turn, time, phrase="set_music", music=music or "", what=what)

    @intent("with_radio")
    async def set_with_radio(
        self, turn: Turn, time: When | None = None, station: str | None = None
    ) -> Answer:
        """Set an alarm that plays the radio."""
        if "play_radio" not in self.home.services or self.home.media is None:
            return turn.phrase("no_music")
        what = station or turn.phrase("radio")
        return await self._set(
            turn, time, phrase="set_music", music=station or "", radio=True, what=what
        )

    async def _set(
        self,
        turn: Turn,
        time: When | None,
        more: Sequence[When] = (),
        *,
        phrase: str,
        what: str = "",
        **data: object,
    ) -> Answer:
        time = time or mentioned("time", turn, self.now())
        if time is None or not (time.clock or time.after or time.part == "morning"):
            time = await self._when(turn, time)
        while not time.repeat and morning(time, self.now()) < self.now():
            time = await turn.ask(turn.phrase("past"), answers.clock(self.now))
        data = {"name": "", **data}
        jobs = [self._keep(each, data) for each in (time, *more)]
        times = say_list([self._say(job, turn.language) for job in jobs], turn.language)
        if data["name"]:
            phrase = "set_named"
        said = turn.phrase(phrase, times=times, what=what, name=data["name"])
        if self.home.scheduler.behind:
            said = f"{said} {turn.phrase('clock_wrong')}"
        return Reply(say=said, receipts=tuple(self._receipt(turn, job) for job in jobs))

    async def _when(self, turn: Turn, day: When | None) -> When:
        """Ask for the time; keep the day that was said before, and that it is after noon."""
        clock = answers.clock(lambda: clock_of(day, self.now()))
        time = await turn.ask(turn.phrase("when"), clock)
        if day is not None and day.part and time.ambiguous:
            late = time.moment.hour < NOON
            moment = time.moment + timedelta(hours=NOON * late)
            time = replace(time, moment=moment, clock=moment.time(), ambiguous=False)
        if day is None or day.day is None or time.day is not None:
            return time
        return replace(on_day(time, day.day), repeat=day.repeat)

    async def _shift(
        self, turn: Turn, duration: timedelta | None, time: When | None, sign: int
    ) -> Answer:
        """Later or earlier than the alarm there is; where there is none, at a time to be asked."""
        if self._all() or duration is not None:
            return await super()._shift(turn, duration, time, sign)
        return await self._set(turn, time, phrase="set")


def _alike(first: When | None, other: When) -> When:
    """The time of one more alarm, which repeats where the first does: 工作日七点周末九点."""
    if first is None or first.repeat is None or other.repeat or other.day is None:
        return other
    weekday = other.day.weekday()
    days = (5, 6) if weekday == SATURDAY and first.repeat.days == WORKDAYS else (weekday,)
    return replace(other, day=None, repeat=Repeat(every="week", days=days))
