"""Reminders: each is a job of the scheduler; one that nobody heeds comes again a few times."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from voice_assistant import answers
from voice_assistant.audio import earcons
from voice_assistant.mentions import after, daytime, first_due, mentioned, on_day, split_off
from voice_assistant.recurrence import repeat_of, rule
from voice_assistant.skill import Answer, Job, Piece, Pieces, Receipt, Reply, Skill, Turn, intent
from voice_assistant.speaking import (
    say_count,
    say_duration,
    say_list,
    say_moment,
    say_repeat,
    say_time,
)
from voice_assistant.values.kinds import When

from .person import telling, turned

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


class Reminders(Skill):
    """Remembers for people."""

    _stopped: datetime | None = None
    _last: Job | None = None

    def offers(self) -> Mapping[str, object]:
        """`reminders`: remind of something at a moment."""
        return {"reminders": Keeper(self)}

    # --- setting -------------------------------------------------------------------------

    @intent("set")
    async def set_reminder(
        self,
        turn: Turn,
        task: str | None = None,
        time: When | None = None,
        who: str | None = None,
    ) -> Answer:
        """Keep a reminder, for the one who speaks or for `who`; ask for what is missing."""
        what = task or str(await turn.ask(turn.phrase("what")))
        if time is None and task:
            time, what = split_off("time", task, turn.language, self.now())
        elif time is None:
            time = mentioned("time", turn, self.now())
        if time is None:
            time = await turn.ask(turn.phrase("when"), answers.moment(self.now))
        elif not (time.clock or time.after or time.part):
            time = await self._at_what_time(turn, time)
        what, key = turned(what.strip(), turn.language), "set"
        if who:
            who = turned(who, turn.language)
            what, key = turn.phrase("to_whom", who=who, task=what), "set_for"
        job = self._keep(what, time)
        said = turn.phrase(key, task=job.data["task"], time=self._when(job, turn.language), who=who)
        if self.home.scheduler.behind:
            said = f"{said} {turn.phrase('clock_wrong')}"
        return Reply(say=said, receipts=(self._receipt(turn, job),))

    async def _at_what_time(self, turn: Turn, day: When) -> When:
        time = await turn.ask(turn.phrase("what_time"), answers.clock(self.now))
        if time.day is not None or day.day is None:
            return replace(time, repeat=time.repeat or day.repeat)
        return replace(on_day(time, day.day), repeat=day.repeat)

    def _keep(self, task: str, time: When) -> Job:
        due, repeat = first_due(time, daytime(time), self.now())
        return self.home.scheduler.add(due, {"task": task}, repeat=repeat)

    def _receipt(self, turn: Turn, job: Job) -> Receipt:
        async def undo() -> str:
            self.home.scheduler.remove(job)
            return turn.phrase("cancelled", task=job.data["task"])

        result = {"task": job.data["task"], "due": str(job.due), "repeat": job.repeat}
        return Receipt(action="reminders.set", result=result, undo=undo)

    # --- asking --------------------------------------------------------------------------

    @intent("list")
    async def list_all(self, turn: Turn, time: When | None = None) -> Answer:
        """Which reminders there are."""
        jobs = self.home.scheduler.jobs()
        if time is not None and time.day is not None:
            jobs = [job for job in jobs if job.due.date() == time.day]
        if not jobs:
            return turn.phrase("none")
        said = [
            turn.phrase("item", task=job.data["task"], time=self._when(job, turn.language))
            for job in jobs[:5]
        ]
        noun = {"zh": "个提醒"}.get(turn.language, "reminder")
        return turn.phrase(
            "list",
            count=say_count(len(jobs), noun, turn.language),
            reminders=say_list(said, turn.language),
        )

    # --- changing ------------------------------------------------------------------------

    @intent("cancel")
    async def cancel(self, turn: Turn, task: str | None = None, time: When | None = None) -> Answer:
        """Cancel one reminder."""
        job = await self._one(turn, task, time)
        if job is None:
            return turn.phrase("none_such" if task else "none", task=task)
        self.home.scheduler.remove(job)
        return self._cancelled(turn, [job], turn.phrase("cancelled", task=job.data["task"]))

    @intent("move")
    async def move(self, turn: Turn, time: When | None = None, task: str | None = None) -> Answer:
        """Remind of something at another time."""
        job = await self._one(turn, task, None)
        if job is None:
            return turn.phrase("none_such" if task else "none", task=task)
        if time is None:
            time = await turn.ask(turn.phrase("when"), answers.moment(self.now))
        moment = daytime(time)
        if time.day is None and time.after is None:
            moment = datetime.combine(job.due.date(), moment.time(), moment.tzinfo)
        elif time.clock is None and time.after is None and time.part is None:
            moment = datetime.combine(moment.date(), job.due.time(), moment.tzinfo)
        if moment <= self.now():
            moment += timedelta(days=1)
        with self.home.store.database.transaction():
            self.home.scheduler.remove(job)
            repeat = rule(repeat_of(job.repeat), moment) if job.repeat else ""
            new = self.home.scheduler.add(moment, job.data, repeat=repeat)

        async def undo() -> str:
            self.home.scheduler.remove(new)
            self.home.scheduler.add(job.due, job.data, repeat=job.repeat)
            return turn.phrase("back")

        said = turn.phrase("set", task=new.data["task"], time=self._when(new, turn.language))
        receipt = Receipt(action="reminders.move", result={"due": str(moment)}, undo=undo)
        return Reply(say=said, receipts=(receipt,))

    @intent("finished")
    async def finished(self, turn: Turn, task: str) -> Answer:
        """What was to be remembered is done: it is not told again, of what repeats not today."""
        jobs = self._matching(task, None)
        if len(jobs) != 1:
            return turn.phrase("done")
        (job,) = jobs
        if job.repeat and self.home.scheduler.leave_out(job, job.due.date()):
            return turn.phrase("done_once", task=job.data["task"])
        self.home.scheduler.remove(job)
        return self._cancelled(turn, [job], turn.phrase("cancelled", task=job.data["task"]))

    @intent("cancel_all")
    async def cancel_all(self, turn: Turn) -> Answer:
        """Cancel every reminder, once that is confirmed."""
        jobs = self.home.scheduler.jobs()
        if not jobs:
            return turn.phrase("none")
        noun = {"zh": "个提醒"}.get(turn.language, "reminder")
        count = say_count(len(jobs), noun, turn.language)
        if not await turn.ask(turn.phrase("sure", count=count), answers.yes_no):
            return turn.phrase("kept")
        with self.home.store.database.transaction():
            for job in jobs:
                self.home.scheduler.remove(job)
        return self._cancelled(turn, jobs, turn.phrase("all_cancelled", count=count))

    def _cancelled(self, turn: Turn, jobs: list[Job], said: str) -> Reply:
        async def undo() -> str:
            for job in jobs:
                self.home.scheduler.add(job.due, job.data, repeat=job.repeat)
            return turn.phrase("back")

        result = {"tasks": [job.data["task"] for job in jobs]}
        receipt = Receipt(action="reminders.cancel", result=result, undo=undo)
        return Reply(say=said, receipts=(receipt,))

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
        """The reading was cut off already by the word itself."""
        return self._stopped is not None and self.now() - self._stopped < ECHO

    # --- which one -----------------------------------------------------------------------

    async def _one(self, turn: Turn, task: str | None, time: When | None) -> Job | None:
        """The reminder that is meant; asks where there are several."""
        jobs = self._matching(task, time)
        if len(jobs) < 2:
            return jobs[0] if jobs else None
        names = {each.data["task"]: each for each in jobs}
        which = say_list(list(names), turn.language, either=True)
        picked = await turn.ask(turn.phrase("which", tasks=which), answers.choice(list(names)))
        return names[str(picked)]

    def _matching(self, task: str | None, time: When | None) -> list[Job]:
        jobs = self.home.scheduler.jobs()
        if time is not None and time.day is not None:
            jobs = [job for job in jobs if job.due.date() == time.day]
        if time is not None and time.clock is not None:
            half = 12 if time.ambiguous else 24
            jobs = [j for j in jobs if (j.due.hour - time.clock.hour) % half == 0]
        if not task:
            return jobs
        wanted = turned(task, "zh" if not task.isascii() else "en")
        found = [j for j in jobs if wanted in j.data["task"] or j.data["task"] in wanted]
        return found or [job for job in jobs if telling(wanted) & telling(job.data["task"])]

    def _when(self, job: Job, language: str) -> str:
        if not job.repeat:
            return say_moment(job.due, language, self.now())
        often, clock = say_repeat(repeat_of(job.repeat), language), say_time(job.due, language)
        return often + clock if language == "zh" else f"{clock} {often}"
