"""What becomes of an alarm: cancelled, moved, left out once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from voice_assistant import answers, mentions
from voice_assistant.mentions import mentioned, morning, same_hour, that
from voice_assistant.normal import joined
from voice_assistant.recurrence import repeat_of, rule
from voice_assistant.skill import Answer, Job, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_count, say_list, say_moment
from voice_assistant.values.kinds import When

from .kept import Kept


class Changing(Kept):
    """The part of `alarms` that changes them."""

    @intent("cancel")
    @intent("cancel_it")
    async def cancel(
        self,
        turn: Turn,
        time: When | None = None,
        name: str | None = None,
        place: int | str | None = None,
        rhythm: str = "",
    ) -> Answer:
        """Cancel one alarm; of one that repeats, tomorrow's leaves the others."""
        if place is not None:
            from_end = int(place) < 0
            found = self._all()[-1:] if from_end else self._all()[int(place) - 1 : int(place)]
            return self._cancelled(turn, found) if found else self._none(turn, None)
        if time is None and turn.route.intent != "cancel_it":  # "that one" is no hour
            often = mentions.rhythm(rhythm, turn, self.now())
            time = often or mentioned("time", turn, self.now())
        job = await self._one(turn, time, name)
        if job is None:
            return self._none(turn, time)
        if job.repeat and time is not None and time.day is not None and time.repeat is None:
            return self._skip(turn, [job], time.day)
        return self._cancelled(turn, [job])

    def _none(self, turn: Turn, time: When | None) -> str:
        """There is no alarm, or none at this time."""
        return turn.phrase("none_at" if time and self._all() else "none", time=self._at(time, turn))

    @intent("cancel_all")
    @intent("cancel_them")
    async def cancel_all(self, turn: Turn, time: When | None = None) -> Answer:
        """Cancel every alarm, or those of a time; of one that repeats, that day's alone."""
        jobs = self._matching(time)
        day = time.day if time is not None and time.repeat is None else None
        again = [job for job in jobs if job.repeat and day is not None]
        once = [job for job in jobs if job not in again]
        if not jobs:
            return self._none(turn, time)
        if again and day is not None:
            skipped = self._skip(turn, again, day)
            return _both(turn, self._cancelled(turn, once), skipped) if once else skipped
        return self._cancelled(turn, once)

    def _cancelled(self, turn: Turn, jobs: list[Job]) -> Reply:
        """Take these alarms out."""
        with self.home.store.database.transaction():
            for job in jobs:
                self.home.scheduler.remove(job)

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
    @intent("move_it")
    async def move(
        self, turn: Turn, time: When | None = None, old: When | None = None, past: str = ""
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
        if time.repeat is not None and time.clock is None:
            return await self._again(turn, job, time)
        if time.repeat is not None:
            self.home.scheduler.remove(job)
            return self._changed(turn, self._keep(time, dict(job.data)))
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
        self.home.scheduler.remove(job)
        time = replace(time, moment=moment, clock=moment.time(), ambiguous=False)
        return self._changed(turn, self._keep(time, dict(job.data)))

    @intent("except_it")
    async def leave_out(self, turn: Turn, weekday: str) -> Answer:
        """Take weekdays out of the rhythm of the alarm that was just spoken of."""
        job = that(self._all(), self._it)
        time = mentions.rhythm(weekday, turn, self.now())
        if job is None or time is None:
            return turn.phrase("none")
        gone = time.repeat.days if time.repeat else (time.moment.weekday(),)
        often = repeat_of(job.repeat) if job.repeat else None
        if often is None or often.every not in ("day", "week"):
            return await self.skip(turn, time)
        days = tuple(day for day in often.days or range(7) if day not in gone)
        if not days:
            return self._cancelled(turn, [job])
        left = replace(often, every="week", days=days)
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
        self, turn: Turn, duration: timedelta | None = None, time: When | None = None
    ) -> Answer:
        """Let an alarm ring later by so much."""
        return await self._shift(turn, duration, time, 1)

    @intent("earlier")
    @intent("earlier_it")
    async def earlier(
        self, turn: Turn, duration: timedelta | None = None, time: When | None = None
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
            often = repeat_of(job.repeat)
            same_day = moment.day == job.due.day
            repeat = rule(often if same_day else replace(often, monthday=0), moment)
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

    @intent("skip")
    @intent("skip_it")
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

    def _skip(self, turn: Turn, jobs: list[Job], day: date) -> Reply:
        """Let repeating alarms not ring on one day."""
        left_out = [moment for job in jobs if (moment := self.home.scheduler.on(job, day))]
        with self.home.store.database.transaction():
            later = [self.home.scheduler.leave_out(job, day) for job in jobs]
        if later[0] is None:
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


def _both(turn: Turn, one: Reply, other: Reply) -> Reply:
    """Two things that were done, told as one."""
    said = joined((str(one.say), str(other.say)), turn.language)
    return Reply(say=said, receipts=(*one.receipts, *other.receipts))
