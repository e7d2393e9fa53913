"""What becomes of reminders: cancelled, moved, ticked off."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from voice_assistant import answers
from voice_assistant.mentions import (
    asks_after,
    daytime,
    direction,
    in_week_of,
    mentioned,
    nearest,
    rhythm,
    same_hour,
    that,
)
from voice_assistant.recurrence import moved, repeat_of, rule, without
from voice_assistant.skill import Answer, Job, Receipt, Reply, Turn, intent
from voice_assistant.values.kinds import When

from .kept import NOON, Kept


class Changing(Kept):
    """The part of `reminders` that changes them."""

    # --- changing ------------------------------------------------------------------------

    @intent("cancel")
    @intent("cancel_it")
    async def cancel(self, turn: Turn, task: str | None = None, time: When | None = None) -> Answer:
        """Cancel one reminder."""
        job = await self._one(turn, task, time)
        if job is None:
            return turn.phrase("none_such" if task else "none", task=task)
        return self._cancelled(turn, [job], turn.phrase("cancelled", task=job.data["task"]))

    @intent("when_it")
    async def when(self, turn: Turn, time: When | None = None, those: object = None) -> Answer:
        """When the reminder is due that was just spoken of, and what it is about."""
        jobs = self._pointed(turn) or [job for job in self._all() if job.id == self._it]
        return self._listed(turn, jobs or self._all())

    @intent("cancel_those")
    async def cancel_those(self, turn: Turn, those: object) -> Answer:
        """Cancel the reminders that are pointed at."""
        jobs = self._pointed(turn) or []
        if not jobs:
            return self._listed(turn, self._all())
        if len(jobs) == 1:
            said = turn.phrase("cancelled", task=jobs[0].data["task"])
        else:
            said = turn.phrase("all_cancelled", count=self._count(turn, jobs))
        return self._cancelled(turn, jobs, said)

    @intent("the_other")
    async def the_other(self, turn: Turn, those: object) -> Answer:
        """What was just done to a reminder, to others; else which they are."""
        before = turn.session.context
        verb = "" if before is None else before.route.intent or ""
        if not asks_after(turn) and verb.startswith(("cancel", "finished", "halt")):
            return await self.cancel_those(turn, those)
        return self._listed(turn, self._pointed(turn) or self._all())

    @intent("move")
    @intent("move_it")
    async def move(
        self,
        turn: Turn,
        time: When | None = None,
        task: str | None = None,
        old: When | None = None,
        duration: timedelta | None = None,
        by: str = "",
    ) -> Answer:
        """Remind of something at another time, so much later (earlier, if that was said), or `by`
        so many days."""
        job = await self._one(turn, task, old)
        if job is None:
            return turn.phrase("none_such" if task else "none", task=task)
        if by:
            return self._moved(turn, job, job.due + timedelta(days=int(by)))
        if duration is not None:
            return self._moved(turn, job, job.due + direction(turn) * duration)
        if time is None:
            time = await turn.ask(turn.phrase("when"), answers.moment(self.now))
        if time.repeat is not None:
            return self._repeating(turn, job, time)
        moment = in_week_of(turn, daytime(time), job.due, self.now())
        if time.day is None and time.after is None:
            moment = nearest(moment, time, job.due)
            moment = datetime.combine(job.due.date(), moment.time(), moment.tzinfo)
        elif time.clock is None and time.after is None and time.part is None:
            moment = same_hour(moment, job.due)
        return self._moved(turn, job, moment)

    @intent("repeat_it")
    async def repeat(self, turn: Turn, often: str) -> Answer:
        """Remind again and again of what was just spoken of."""
        job = that(self._all(), self._it)
        time = rhythm(often, turn, self.now())
        once = mentioned("time", turn, self.now())
        if once is not None and once.day is not None and once.repeat is None:
            return await self.move(turn, once)  # "make it Saturday": no Saturdays
        if job is None or time is None:
            return turn.phrase("none")
        return self._repeating(turn, job, time)

    @intent("except_it")
    async def leave_out(self, turn: Turn, weekday: str) -> Answer:
        """Take weekdays out of the rhythm of what was just spoken of."""
        job = that(self._all(), self._it)
        time = rhythm(weekday, turn, self.now())
        often = repeat_of(job.repeat) if job and job.repeat else None
        if job is None or time is None or often is None or often.every not in ("day", "week"):
            return turn.phrase("none")
        left = without(often, time)
        if left is None:
            return await self.cancel(turn, job.data["task"])
        return self._repeating(turn, job, When(moment=job.due, repeat=left))

    @intent("reword_it")
    async def reword(self, turn: Turn, old: str, new: str) -> Answer:
        """Remind of something else instead: "dad, not mum"."""
        jobs = [job for job in self._all() if old in job.data["task"].lower()]
        job = that(jobs, self._it) or (jobs[0] if len(jobs) == 1 else None)
        if job is None:
            return turn.phrase("none_such", task=old)
        task = re.sub(re.escape(old), lambda _: new, job.data["task"], count=1, flags=re.IGNORECASE)
        changed = self.home.scheduler.change(job, due=job.due, data={**job.data, "task": task})

        async def undo() -> str:
            self.home.scheduler.change(changed, due=changed.due, data=job.data)
            return turn.phrase("back")

        said = turn.phrase("set", task=task, time=self._when(changed, turn.language))
        receipt = Receipt(action="reminders.reword", result={"task": task}, undo=undo)
        return Reply(say=said, receipts=(receipt,))

    @intent("half")
    async def other_half(self, turn: Turn, half: str, other: str = "") -> Answer:
        """Remind before, or after noon, of what was just set."""
        job = that(self._all(), self._it)
        if job is None:
            return turn.phrase("none")
        step = (half == "evening") - (job.due.hour >= NOON)
        return self._moved(turn, job, job.due + step * timedelta(hours=NOON))

    def _repeating(self, turn: Turn, job: Job, time: When) -> Reply:
        """Remind again and again of what was to be told once, or in another rhythm."""
        if time.clock is None:
            moment = same_hour(time.moment, job.due)
            time = replace(time, moment=moment, clock=moment.time(), ambiguous=False)
        self.home.scheduler.remove(job)
        new = self._keep(job.data["task"], time)
        said = turn.phrase("set", task=new.data["task"], time=self._when(new, turn.language))
        return Reply(say=said, receipts=(self._receipt(turn, new),))

    def _moved(self, turn: Turn, job: Job, moment: datetime) -> Reply:
        if moment <= self.now():
            moment += timedelta(days=1)
        with self.home.store.database.transaction():
            self.home.scheduler.remove(job)
            repeat = ""
            if job.repeat:
                often, same_day = repeat_of(job.repeat), moment.date() == job.due.date()
                repeat = rule(often if same_day else moved(often, moment), moment)
            new = self.home.scheduler.add(moment, job.data, repeat=repeat)
        self._it = new.id

        async def undo() -> str:
            self.home.scheduler.remove(new)
            self.home.scheduler.add(job.due, job.data, repeat=job.repeat)
            return turn.phrase("back")

        said = turn.phrase("set", task=new.data["task"], time=self._when(new, turn.language))
        receipt = Receipt(action="reminders.move", result={"due": str(moment)}, undo=undo)
        return Reply(say=said, receipts=(receipt,))

    @intent("finished")
    @intent("finished_it")
    async def finished(self, turn: Turn, task: str = "") -> Answer:
        """What was to be remembered is done: it is not told again, of what repeats not today."""
        jobs = [job for job in self._matching(task, None) if task or job.id == self._it]
        if len(jobs) != 1:
            return turn.phrase("done")
        (job,) = jobs
        if job.repeat and self.home.scheduler.leave_out(job, job.due.date()):
            return turn.phrase("done_once", task=job.data["task"])
        return self._cancelled(turn, [job], turn.phrase("cancelled", task=job.data["task"]))

    @intent("cancel_all")
    @intent("cancel_them")
    async def cancel_all(self, turn: Turn, time: When | None = None) -> Answer:
        """Cancel every reminder, or those of a time, once that is confirmed; of what repeats,
        that day's alone."""
        jobs = self._matching(None, time) if time else self.home.scheduler.jobs()
        if not jobs:
            return turn.phrase("none")
        count = self._count(turn, jobs)
        if not await turn.ask(turn.phrase("sure", count=count), answers.yes_no):
            return turn.phrase("kept")
        said = turn.phrase("all_cancelled", count=count)
        return self._cancelled(turn, jobs, said, day=time.day if time else None)

    def _cancelled(
        self, turn: Turn, jobs: list[Job], said: str, *, day: date | None = None
    ) -> Reply:
        """Take these reminders out; of those that repeat only what is on `day`, if there is one."""
        with self.home.store.database.transaction():
            for job in jobs:
                once = day if job.repeat else None
                if once is None or self.home.scheduler.leave_out(job, once) is None:
                    self.home.scheduler.remove(job)

        async def undo() -> str:
            there = {job.id for job in self.home.scheduler.jobs()}
            for job in jobs:
                if job.id in there:
                    self.home.scheduler.change(job, due=job.due, data=job.data)
                else:
                    self.home.scheduler.add(job.due, job.data, repeat=job.repeat)
            return turn.phrase("back")

        result = {"tasks": [job.data["task"] for job in jobs]}
        receipt = Receipt(action="reminders.cancel", result=result, undo=undo)
        return Reply(say=said, receipts=(receipt,))
