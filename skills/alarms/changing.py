"""What becomes of an alarm that stays: moved, named, repeated."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from voice_assistant import answers, mentions
from voice_assistant.mentions import mentioned, morning, same_hour, that
from voice_assistant.recurrence import moved, repeat_of, rule, without
from voice_assistant.skill import Answer, Job, Receipt, Reply, Turn, intent
from voice_assistant.values.kinds import Repeat, When

from .cancelling import Cancelling


class Changing(Cancelling):
    """The part of `alarms` that changes them."""

    @intent("move")
    @intent("move_it")
    async def move(
        self,
        turn: Turn,
        time: When | None = None,
        old: When | None = None,
        past: str = "",
        those: object = None,
    ) -> Answer:
        """Let an alarm ring at another time: what was not said stays; or so many minutes `past`
        the hour it has."""
        job = await self._one(turn, old, None)
        if job is not None and past:
            return self._moved(turn, job, job.due.replace(minute=int(past)))
        if job is None and turn.route.intent == "move_it" and time is not None:
            job = self._keep(time, {"name": ""})  # it has rung, or is gone
            return self._changed(turn, job)
        if job is None:
            return self._none(turn, old)
        if time is None:
            time = await turn.ask(turn.phrase("when"), answers.clock(self.now))
        said = mentioned("time", turn, self.now())
        if time.repeat is not None and (time.clock is None or (said and said.clock is None)):
            return await self._again(turn, job, time)  # its hour may have changed since it was said
        if time.repeat is not None:
            return self._replaced(turn, job, time)
        moment = morning(time, self.now())
        if time.clock is None and time.part is None and time.after is None:
            moment = same_hour(moment, job.due)
        if time.day is None and time.after is None:
            moment = datetime.combine(job.due.date(), moment.time(), moment.tzinfo)
            if moment <= self.now():
                moment += timedelta(days=1)
        return self._moved(turn, job, moment)

    def _changed(self, turn: Turn, job: Job) -> Reply:
        """An alarm in the place of another."""
        said = turn.phrase("set", times=self._say(job, turn.language))
        return Reply(say=said, receipts=(self._receipt(turn, job),))

    @intent("rename_it")
    async def rename(self, turn: Turn, name: str) -> Answer:
        """Give the alarm that was just spoken of a name."""
        job = that(self._all(), self._it)
        if job is None:
            return turn.phrase("none")
        self.home.scheduler.change(job, due=job.due, data={**job.data, "name": name})

        async def undo() -> str:
            self.home.scheduler.change(job, due=job.due, data=job.data)
            return turn.phrase("set", times=self._say(job, turn.language))

        said = turn.phrase("renamed", time=self._say(job, turn.language), name=name)
        receipt = Receipt(action="alarms.rename", result={"name": name}, undo=undo)
        return Reply(say=said, receipts=(receipt,))

    @intent("repeat_it")
    async def repeat(self, turn: Turn, often: str) -> Answer:
        """Let the alarm that was just spoken of ring again and again."""
        job = that(self._all(), self._it)
        time = mentions.rhythm(often, turn, self.now())
        once = mentioned("time", turn, self.now())
        if once is not None and once.day is not None and once.repeat is None:
            return await self.move(turn, once)  # "make it Saturday": no Saturdays
        if job is None or time is None:
            return turn.phrase("none")
        return await self._again(turn, job, time)

    async def _again(self, turn: Turn, job: Job, time: When) -> Answer:
        """Have an alarm ring in another rhythm, at the hour it had."""
        moment = same_hour(time.moment, job.due)
        time = replace(time, moment=moment, clock=moment.time(), ambiguous=False)
        return self._replaced(turn, job, time)

    def _replaced(self, turn: Turn, job: Job, time: When) -> Reply:
        """An alarm in another rhythm in the place of one, which an undo brings back."""
        self.home.scheduler.remove(job)
        new = self._keep(time, dict(job.data))

        async def undo() -> str:
            self.home.scheduler.remove(new)
            back = self.home.scheduler.add(job.due, job.data, repeat=job.repeat)
            return turn.phrase("set", times=self._say(back, turn.language))

        receipt = Receipt(action="alarms.move", result={"due": str(new.due)}, undo=undo)
        said = turn.phrase("set", times=self._say(new, turn.language))
        return Reply(say=said, receipts=(receipt,))

    @intent("except_it")
    async def leave_out(self, turn: Turn, weekday: str) -> Answer:
        """Take weekdays out of the rhythm of the alarm that was just spoken of. One that was to ring
        once, on another day, was meant for all the others: "seven tomorrow" - "not at weekends"."""
        job = that(self._all(), self._it)
        time = mentions.rhythm(weekday, turn, self.now())
        if job is None or time is None:
            return turn.phrase("none")
        often = repeat_of(job.repeat) if job.repeat else None
        rest = without(Repeat(every="day"), time)
        if often is None and rest is not None and job.due.weekday() in rest.days:
            often = rest
        if often is None or often.every not in ("day", "week"):
            return await self.skip(turn, time)
        left = without(often, time)
        if left is None:
            return self._cancelled(turn, [job])
        return await self._again(turn, job, When(moment=job.due, repeat=left))

    @intent("too")
    async def too(self, turn: Turn) -> Answer:
        """Let the alarm that was just spoken of ring at a better time, which is asked for."""
        return await self.move(turn)

    @intent("half")
    async def other_half(self, turn: Turn, half: str, other: str = "") -> Answer:
        """Let the alarm that was just set ring before, or after noon."""
        job = that(self._all(), self._it)
        if job is None:
            return turn.phrase("none")
        late = half == "evening"
        if late == (job.due.hour >= 12):
            return turn.phrase("set", times=self._say(job, turn.language))
        moment = job.due + timedelta(hours=12 if late else -12)
        if late and not job.repeat and moment - timedelta(days=1) > self.now():
            moment -= timedelta(days=1)  # "seven" was taken for tomorrow's
        elif moment <= self.now():
            moment += timedelta(days=1)
        return self._moved(turn, job, moment)

    @intent("later")
    @intent("later_it")
    async def later(
        self,
        turn: Turn,
        duration: timedelta | None = None,
        time: When | None = None,
        those: object = None,
    ) -> Answer:
        """Let an alarm ring later by so much."""
        return await self._shift(turn, duration, time, 1)

    @intent("earlier")
    @intent("earlier_it")
    async def earlier(
        self,
        turn: Turn,
        duration: timedelta | None = None,
        time: When | None = None,
        those: object = None,
    ) -> Answer:
        """Let an alarm ring earlier by so much."""
        return await self._shift(turn, duration, time, -1)

    async def _shift(
        self, turn: Turn, duration: timedelta | None, time: When | None, sign: int
    ) -> Answer:
        """Shift an alarm; of one that repeats, that of a day alone where a day was said."""
        job = await self._one(turn, time, None)
        if job is None:
            return self._none(turn, time)
        if duration is None:
            duration = await turn.ask(turn.phrase("by_how_much"), answers.duration)
        once = self.home.scheduler.on(job, time.day) if time and time.day and job.repeat else None
        moment = (once or job.due) + sign * duration
        if moment <= self.now():
            return turn.phrase("too_early")
        if once is None:
            return self._moved(turn, job, moment)
        self.home.scheduler.leave_out(job, once.date())
        return self._changed(turn, self.home.scheduler.add(moment, job.data))

    def _moved(self, turn: Turn, job: Job, moment: datetime) -> Reply:
        """Put an alarm at another moment, a repeating one for all its days."""
        repeat = ""
        if job.repeat:
            same_day = moment.date() == job.due.date()
            often = repeat_of(job.repeat)
            repeat = rule(often if same_day else moved(often, moment), moment)
        with self.home.store.database.transaction():
            self.home.scheduler.remove(job)
            new = self.home.scheduler.add(moment, job.data, repeat=repeat)
        self._it = new.id

        async def undo() -> str:
            self.home.scheduler.remove(new)
            back = self.home.scheduler.add(job.due, job.data, repeat=job.repeat)
            return turn.phrase("set", times=self._say(back, turn.language))

        receipt = Receipt(action="alarms.move", result={"due": str(moment)}, undo=undo)
        return Reply(
            say=turn.phrase("set", times=self._say(new, turn.language)), receipts=(receipt,)
        )
