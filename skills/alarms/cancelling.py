"""Alarms that are taken out, for good or for a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from voice_assistant import mentions
from voice_assistant.mentions import asks_after, mentioned
from voice_assistant.normal import joined
from voice_assistant.skill import Answer, Job, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_count, say_list, say_moment
from voice_assistant.values.kinds import When

from .kept import Kept


class Cancelling(Kept):
    """The part of `alarms` that takes them out."""

    @intent("cancel")
    @intent("cancel_it")
    async def cancel(
        self,
        turn: Turn,
        time: When | None = None,
        name: str | None = None,
        rhythm: str = "",
        those: object = None,
    ) -> Answer:
        """Cancel one alarm, or those that are pointed at; of one that repeats, tomorrow's leaves
        the others."""
        if those is not None:
            found = self._pointed(turn, those)
            return self._cancelled(turn, found) if found else self._listed(turn, self._all())
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

    @intent("the_other")
    async def the_other(self, turn: Turn, those: object) -> Answer:
        """What was just done to an alarm, to others; else which they are."""
        found, before = self._pointed(turn, those), turn.session.context
        verb = "" if before is None else before.route.intent or ""
        if not asks_after(turn) and found and verb.startswith(("cancel", "halt")):
            return self._cancelled(turn, found)
        return self._listed(turn, found or self._all())

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
