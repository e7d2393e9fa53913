"""Reminders: each is a job of the scheduler; one that nobody heeds comes again a few times."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from voice_assistant import answers, values
from voice_assistant.audio import earcons
from voice_assistant.mentions import (
    after,
    clock_of,
    daytime,
    mentioned,
    often,
    on_day,
    refers_back,
    split_off,
    that,
)
from voice_assistant.normal import normalise
from voice_assistant.skill import Answer, Job, Piece, Pieces, Reply, Turn, intent
from voice_assistant.speaking import say_date, say_duration, say_list, say_moment
from voice_assistant.values.kinds import When

from .changing import Changing
from .kept import all_day
from .person import turned

RING_SECONDS = 20.0
AGAIN = timedelta(minutes=5)
"""When an unheeded reminder is read again ..."""

TIMES = 4
"""... and how often in all, before it is told as missed."""

LATER = timedelta(minutes=10)
"""What "later" means."""

ECHO = timedelta(seconds=10)
"""How soon after a reminder was cut off "stop" still means it."""


class Keeper:
    """The reminders as other skills may use them."""

    def __init__(self, reminders: Reminders) -> None:
        self._reminders = reminders

    def add(self, task: str, due: datetime) -> Callable[[], None]:
        """Remind of a task at a moment; what is returned takes that back."""
        scheduler = self._reminders.home.scheduler
        job = scheduler.add(due, {"task": task})
        return lambda: scheduler.remove(job)

    def between(self, start: datetime, end: datetime) -> list[tuple[str, datetime]]:
        """What is to be reminded of in a stretch of time and when first, in order; what comes
        again within the day is no plan for it."""
        scheduler = self._reminders.home.scheduler
        days = [start.date() + timedelta(days=each) for each in range((end - start).days + 1)]
        found = []
        for job in scheduler.jobs():
            moments = [
                due for day in days if (due := scheduler.on(job, day)) and start <= due < end
            ]
            if moments and not all_day(job):
                found.append((job.data["task"], moments[0]))
        return sorted(found, key=lambda each: each[1])


_THEIRS = ("生日", "过生日", "来", "要来", "会来", "回来", "到", "到家", "回家", "来吃饭", "来做客")
"""What somebody has or does, and is not reminded of."""


def _plain(task: str, language: str) -> str:
    """What is to be remembered, as it is told when asked for: "to call the vet"."""
    return re.sub(r"^(?:to|that|about|of) ", "", task) if language == "en" else task


class Reminders(Changing):
    """Remembers for people."""

    _stopped: datetime | None = None
    _last: Job | None = None

    def offers(self) -> Mapping[str, object]:
        """`reminders`: remind of something at a moment."""
        return {"reminders": Keeper(self)}

    # --- setting -------------------------------------------------------------------------

    @intent("also_it")
    async def also(self, turn: Turn, time: When) -> Answer:
        """Remind of what was just spoken of at one more time, at the same hour where none is
        said."""
        before = that(self._all(), self._it)
        if before is None:
            return turn.phrase("none")
        if not (time.clock or time.after or time.part or often(time)):
            clock = before.due.time()
            moment = datetime.combine(time.moment.date(), clock, time.moment.tzinfo)
            if moment <= self.now():
                moment += timedelta(days=7)  # a weekday that is today's
            time = replace(time, moment=moment, clock=clock, ambiguous=False)
        job = self._keep(before.data["task"], time)
        said = turn.phrase("set", task=job.data["task"], time=self._when(job, turn.language))
        return Reply(say=said, receipts=(self._receipt(turn, job),))

    @intent("task_too")
    async def task_too(self, turn: Turn, task: str) -> Answer:
        """Remind of something else at the moment of what was just spoken of."""
        job = that(self._all(), self._it)
        time = When(moment=job.due, day=job.due.date(), clock=job.due.time()) if job else None
        return await self.set_reminder(turn, task, time)

    @intent("set")
    @intent("set_also")
    async def set_reminder(
        self,
        turn: Turn,
        task: str | None = None,
        time: When | None = None,
        who: str | None = None,
        second: When | None = None,
        **also: str,
    ) -> Answer:
        """Keep a reminder, for the one who speaks or for `who`; ask for what is missing."""
        if time is not None and task:
            time, task = self._longest(turn, time, task)
        if who and task and who.startswith("我") and task.removeprefix("的") in _THEIRS:
            task, who = who.removeprefix("我") + task, None  # 提醒我妈妈生日
        what = task or _plain(str(await turn.ask(turn.phrase("what"))), turn.language)
        if time is None and task:
            time, what = split_off("time", task, turn.language, self.now())
        elif time is None:
            time = mentioned("time", turn, self.now())
        time = await self._to_come(turn, time)
        often_so = values.parse("time", also.get("rhythm", ""), turn.language, self.now())
        if isinstance(often_so, When):
            time = replace(time, repeat=often_so.repeat)
        what, key = turned(what.strip(), turn.language), "set"
        if who:
            who = turned(who, turn.language)
            what, key = turn.phrase("to_whom", who=who, task=what), "set_for"
        jobs = [self._keep(what, each) for each in (time, second) if each]
        job = jobs[0]
        key = "set_often" if key == "set" and all_day(job) else key
        times = say_list([self._when(each, turn.language) for each in jobs], turn.language)
        said = turn.phrase(key, task=job.data["task"], time=times, who=who)
        if self.home.scheduler.behind:
            said = f"{said} {turn.phrase('clock_wrong')}"
        return Reply(say=said, receipts=tuple(self._receipt(turn, each) for each in jobs))

    def _longest(self, turn: Turn, time: When, task: str) -> tuple[When, str]:
        """The time and the task, where the time goes on into what was taken for the task: "at ten
        to five to pack up"."""
        text = normalise(turn.text, turn.language)
        for found in values.find("time", text, turn.language, self.now()):
            rest = text[found.end :].strip().removeprefix("to ")
            if rest and task != rest and task.endswith(f" to {rest}"):
                return (found.value if isinstance(found.value, When) else time), rest
        return time, task

    async def _to_come(self, turn: Turn, time: When | None) -> When:
        """A time of day that is still ahead; asks for what of it is missing."""
        if time is None:
            time = await turn.ask(turn.phrase("when"), answers.moment(self.now))
        while time.day and not time.repeat and time.day < self.now().date():
            time = await turn.ask(turn.phrase("past"), answers.moment(self.now))
        if not (time.clock or time.after or time.part or often(time)):
            time = await self._at_what_time(turn, time)
        if time.part in ("evening", "night") and not time.clock and daytime(time) < self.now():
            time = await self._at_what_time(turn, time)  # "tonight", when it is ten
        while not time.repeat and daytime(time) < self.now():
            time = await turn.ask(turn.phrase("past"), answers.moment(self.now))
        return time

    async def _at_what_time(self, turn: Turn, day: When) -> When:
        moment = answers.moment(lambda: clock_of(day, self.now()))
        time = await turn.ask(turn.phrase("what_time"), moment)
        if not (time.clock or time.after or time.part):
            return await self._at_what_time(turn, time)  # "change it to the second"
        if time.day is not None or day.day is None:
            return replace(time, repeat=time.repeat or day.repeat)
        return replace(on_day(time, day.day), repeat=day.repeat)

    # --- asking --------------------------------------------------------------------------

    @intent("list")
    @intent("list_them")
    async def list_all(
        self, turn: Turn, time: When | None = None, task: str | None = None
    ) -> Answer:
        """Which reminders there are, of a day, at an hour, or about something."""
        time = time or mentioned("time", turn, self.now())
        jobs = self._matching(task, time)
        if not jobs and time is not None and time.day is not None:
            day = say_date(time.day, turn.language, today=self.now())
            return turn.phrase("none_then", day=day)
        if not jobs:
            return turn.phrase("none_such" if task else "none", task=task)
        return self._listed(turn, jobs)

    # --- reminding -----------------------------------------------------------------------

    async def due(self, turn: Turn, job: Job) -> Answer:
        """Read it; again in a while if nobody heeds it."""
        chime = earcons.timer()

        async def remind() -> Pieces:
            yield Piece(sound=chime)
            yield turn.phrase("due", task=job.data["task"])

        self._last = job
        try:
            await turn.say(Reply(say=remind(), ring=chime, ring_seconds=RING_SECONDS))
        finally:
            self._stopped = self.now()
        if turn.rang_out:
            self._unheeded(turn, job)
        return None

    def _unheeded(self, turn: Turn, job: Job) -> None:
        read = job.data.get("read", 0) + 1
        if read < TIMES:
            self.home.scheduler.add(after(self.now(), AGAIN), {**job.data, "read": read})
        else:
            self._miss(turn, job)

    @intent("done")
    async def done(self, turn: Turn) -> Answer:
        """The user heeds a reminder."""
        return turn.phrase("done")

    @intent("later")
    async def later(self, turn: Turn, time: When | None = None) -> Answer:
        """Remind again of what was just read."""
        if self._last is None:
            return turn.phrase("nothing_read")
        data = {"task": self._last.data["task"]}
        if time is None or time.after is not None:
            wait = time.after if time and time.after else LATER
            job = self.home.scheduler.add(after(self.now(), wait), data)
            said = turn.phrase("again", time=say_duration(wait, turn.language))
        else:
            job = self.home.scheduler.add(daytime(time), data)
            said = turn.phrase("set", task=data["task"], time=self._when(job, turn.language))
        return Reply(say=said, receipts=(self._receipt(turn, job),))

    async def missed(self, turn: Turn, jobs: list[Job]) -> Answer:
        """Reminders whose time came while the assistant was off."""
        for job in jobs:
            self._miss(turn, job)
        said = [
            turn.phrase(
                "item", task=job.data["task"], time=say_moment(job.due, turn.language, self.now())
            )
            for job in jobs
        ]
        return turn.phrase("missed", reminders=say_list(said, turn.language))

    def _miss(self, turn: Turn, job: Job) -> None:
        title = turn.phrase("title", task=job.data["task"])
        self.home.scheduler.miss(replace(job, data={**job.data, "title": title}))

    async def halt(self, turn: Turn) -> bool:
        """The reading was cut off already by the word itself; "cancel it" means the reminder that
        was just spoken of."""
        if self._stopped is not None and self.now() - self._stopped < ECHO:
            return True
        job = that(self._all(), self._it)
        if job is None or not refers_back(turn, self.home.name):
            return False
        said = turn.phrase("cancelled", task=job.data["task"])
        await turn.say(self._cancelled(turn, [job], said))
        return True
