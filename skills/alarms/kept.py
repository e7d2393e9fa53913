"""The alarms there are: jobs of the scheduler, with a rule where they repeat."""

from __future__ import annotations

from collections.abc import Sequence

from voice_assistant import answers
from voice_assistant.mentions import at_clock, first_due, morning, pointed, that
from voice_assistant.recurrence import repeat_of
from voice_assistant.skill import Job, Receipt, Skill, Turn
from voice_assistant.speaking import (
    say_count,
    say_date,
    say_list,
    say_moment,
    say_repeat,
    say_time,
)
from voice_assistant.values import Those, picked
from voice_assistant.values.kinds import When


class Kept(Skill):
    """The ground that the parts of the skill stand on."""

    _it: int | None = None
    """The alarm that was spoken of last: what "it" means."""

    def _keep(self, time: When, data: dict[str, object]) -> Job:
        now = self.now()
        due, repeat = first_due(time, morning(time, now), now)
        job = self.home.scheduler.add(due, data, repeat=repeat)
        self._it = job.id
        return job

    def _receipt(self, turn: Turn, job: Job) -> Receipt:
        async def undo() -> str:
            self.home.scheduler.remove(job)
            return turn.phrase("cancelled", alarm=self._say(job, turn.language))

        return Receipt(
            action="alarms.set", result={"due": str(job.due), "repeat": job.repeat}, undo=undo
        )

    def _all(self) -> list[Job]:
        return [job for job in self.home.scheduler.jobs() if not job.data.get("warning")]

    def _matching(self, time: When | None) -> list[Job]:
        """The alarms a time may mean: "the seven o'clock alarm", "tomorrow's alarm"."""
        jobs = self._all()
        if time is None:
            return jobs
        if time.repeat is not None:
            jobs = [j for j in jobs if j.repeat and repeat_of(j.repeat).days == time.repeat.days]
        if time.day is not None:
            day = time.day
            jobs = [job for job in jobs if self.home.scheduler.on(job, day)]
        return [job for job in jobs if at_clock(job.due, time)]

    def _spoken(self, jobs: Sequence[Job]) -> list[Job] | None:
        """What was spoken of last, where it is still there; None where nothing was."""
        return None if self._it is None else [job for job in jobs if job.id == self._it]

    def _pointed(self, turn: Turn, those: object) -> list[Job]:
        """The alarms that a request points at, in the order in which they ring."""
        jobs = self._all()
        if isinstance(those, str | int):  # "the later one", "the second alarm"
            return picked(Those(places=(int(those),)), jobs, ())
        return pointed(turn, jobs, self._spoken(jobs)) or []

    async def _one(self, turn: Turn, time: When | None, name: str | None) -> Job | None:
        job = await self._picked(turn, time, name)
        self._it = job.id if job else None
        return job

    async def _picked(self, turn: Turn, time: When | None, name: str | None) -> Job | None:
        jobs = self._matching(time)
        if there := self._pointed(turn, None):
            return there[0] if len(there) == 1 else None
        if (turn.route.intent or "").endswith(("_it", "too")):
            return that(jobs, self._it)
        if name:
            jobs = [job for job in jobs if job.data["name"] and name in job.data["name"]]
        if len(jobs) < 2:
            return jobs[0] if jobs else None
        names = {self._say(job, turn.language): job for job in jobs}
        which = say_list(list(names), turn.language, either=True)
        by_time, by_name = answers.clock(self.now), answers.choice(list(names))

        def understand(text: str, language: str) -> Job | None:
            found = by_time(text, language)
            same = [job for job in self._matching(found) if job in jobs] if found else []
            return same[0] if len(same) == 1 else names.get(by_name(text, language) or "")

        return await turn.ask(turn.phrase("which", alarms=which), understand)

    def _say(self, job: Job, language: str) -> str:
        """When an alarm rings: "7 AM tomorrow", "7 AM every weekday"."""
        if not job.repeat:
            return say_moment(job.due, language, self.now())
        often = say_repeat(repeat_of(job.repeat), language)
        clock = say_time(job.due, language)
        return often + clock if language == "zh" else f"{clock} {often}"

    def _at(self, time: When | None, turn: Turn) -> str:
        """The time that there is no alarm at, as it was said."""
        if time is None:
            return ""
        if time.clock is None and time.day is not None:
            return say_date(time.day, turn.language, today=self.now())
        return say_time(time.moment, turn.language)

    def _listed(self, turn: Turn, jobs: Sequence[Job]) -> str:
        """What is told of these alarms."""
        if not jobs:
            return turn.phrase("none")
        said = say_list([self._say(job, turn.language) for job in jobs[:5]], turn.language)
        noun = {"zh": "个闹钟"}.get(turn.language, "alarm")
        return turn.phrase("list", count=say_count(len(jobs), noun, turn.language), alarms=said)
