"""What becomes of an alarm: cancelled, moved, left out once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from voice_assistant import answers
from voice_assistant.mentions import morning
from voice_assistant.recurrence import repeat_of, rule
from voice_assistant.skill import Answer, Job, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_count, say_list, say_moment
from voice_assistant.values.kinds import When

from .kept import Kept


class Changing(Kept):
    """The part of `alarms` that changes them."""

    @intent("cancel")
    async def cancel(self, turn: Turn, time: When | None = None, name: str | None = None) -> Answer:
        """Cancel one alarm; of one that repeats, tomorrow's leaves the others."""
        job = await self._one(turn, time, name)
        if job is None:
            return self._none(turn, time)
        if job.repeat and time is not None and time.day is not None and time.repeat is None:
            return self._skip(turn, [job], time.day)
        self.home.scheduler.remove(job)
        return self._cancelled(turn, [job])

    def _none(self, turn: Turn, time: When | None) -> str:
        """There is no alarm, or none at this time."""
        return turn.phrase("none_at" if time and self._all() else "none", time=self._at(time, turn))

    @intent("cancel_all")
    async def cancel_all(self, turn: Turn) -> Answer:
        """Cancel every alarm."""
        jobs = self._all()
        if not jobs:
            return turn.phrase("none")
        with self.home.store.database.transaction():
            for job in jobs:
                self.home.scheduler.remove(job)
        return self._cancelled(turn, jobs)

    def _cancelled(self, turn: Turn, jobs: list[Job]) -> Reply:
        async def undo() -> str:
            for job in jobs:
                self.home.scheduler.add(job.due, job.data, repeat=job.repeat)
            return turn.phrase("back")

        noun = {"zh": "个闹钟"}.get(turn.language, "alarm")
        said = (
            turn.phrase("cancelled", alarm=self._say(jobs[0], turn.language))
            if len(jobs) == 1
            else turn.phrase("all_cancelled", count=say_count(len(jobs), noun, turn.language))
        )
        result = {"due": [str(job.due) for job in jobs]}
        return Reply(
            say=said, receipts=(Receipt(action="alarms.cancel", result=result, undo=undo),)
        )

    @intent("move")
    async def move(self, turn: Turn, time: When | None = None, old: When | None = None) -> Answer:
        """Let an alarm ring at another time."""
        job = await self._one(turn, old, None)
        if job is None:
            return self._none(turn, old)
        if time is None:
            time = await turn.ask(turn.phrase("when"), answers.clock(self.now))
        moment = morning(time, self.now())
        if time.day is None and time.after is None:
            moment = datetime.combine(job.due.date(), moment.time(), moment.tzinfo)
            if moment <= self.now():
                moment += timedelta(days=1)
        return self._moved(turn, job, moment)

    @intent("later")
    async def later(self, turn: Turn, duration: timedelta | None = None) -> Answer:
        """Let an alarm ring later by so much."""
        return await self._shift(turn, duration, 1)

    @intent("earlier")
    async def earlier(self, turn: Turn, duration: timedelta | None = None) -> Answer:
        """Let an alarm ring earlier by so much."""
        return await self._shift(turn, duration, -1)

    async def _shift(self, turn: Turn, duration: timedelta | None, sign: int) -> Answer:
        job = await self._one(turn, None, None)
        if job is None:
            return self._none(turn, None)
        if duration is None:
            duration = await turn.ask(turn.phrase("by_how_much"), answers.duration)
        moment = job.due + sign * duration
        return self._moved(turn, job, moment) if moment > self.now() else turn.phrase("too_early")

    def _moved(self, turn: Turn, job: Job, moment: datetime) -> Reply:
        """Put an alarm at another moment, a repeating one for all its days."""
        repeat = ""
        if job.repeat:
            often = repeat_of(job.repeat)
            same_day = moment.day == job.due.day
            repeat = rule(often if same_day else replace(often, monthday=0), moment)
        with self.home.store.database.transaction():
            self.home.scheduler.remove(job)
            new = self.home.scheduler.add(moment, job.data, repeat=repeat)

        async def undo() -> str:
            self.home.scheduler.remove(new)
            back = self.home.scheduler.add(job.due, job.data, repeat=job.repeat)
            return turn.phrase("set", times=self._say(back, turn.language))

        receipt = Receipt(action="alarms.move", result={"due": str(moment)}, undo=undo)
        return Reply(
            say=turn.phrase("set", times=self._say(new, turn.language)), receipts=(receipt,)
        )

    @intent("skip")
    async def skip(self, turn: Turn, time: When | None = None) -> Answer:
        """Leave out the next time of a repeating alarm (cancel one that does not repeat)."""
        if time is not None and time.repeat is not None and len(time.repeat.days) == 1:
            time = replace(time, day=self._coming(time.repeat.days[0]), repeat=None)
        jobs = self._matching(time)
        if not jobs:
            return self._none(turn, time)
        if not jobs[0].repeat:
            return await self.cancel(turn, time)
        if time is None or time.day is None:
            return self._skip(turn, jobs[:1], jobs[0].due.date())
        return self._skip(turn, [job for job in jobs if job.repeat], time.day)

    def _coming(self, weekday: int) -> date:
        """The coming day of this name: "Fridays alarm" is Friday's."""
        today = self.now().date()
        return today + timedelta(days=(weekday - today.weekday()) % 7)

    def _skip(self, turn: Turn, jobs: list[Job], day: date) -> Answer:
        """Let repeating alarms not ring on one day."""
        left_out = [moment for job in jobs if (moment := self.home.scheduler.on(job, day))]
        with self.home.store.database.transaction():
            later = [self.home.scheduler.leave_out(job, day) for job in jobs]
        if later[0] is None:
            self.home.scheduler.remove(jobs[0])
            return self._cancelled(turn, jobs[:1])

        async def undo() -> str:
            for job in jobs:
                self.home.scheduler.change(job, due=job.due, data=job.data)
            return turn.phrase("back")

        soonest = min(job.due for job in later if job)
        times = [say_moment(moment, turn.language, self.now()) for moment in left_out]
        said = turn.phrase(
            "skipped",
            time=say_list(times, turn.language),
            later=say_moment(soonest, turn.language, self.now()),
        )
        receipt = Receipt(action="alarms.skip", result={"next": str(soonest)}, undo=undo)
        return Reply(say=said, receipts=(receipt,))
