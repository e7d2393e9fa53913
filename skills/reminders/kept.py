"""The reminders there are, and which one is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voice_assistant import answers
from voice_assistant.mentions import at_clock, daytime, first_due, pointed, that
from voice_assistant.recurrence import repeat_of
from voice_assistant.skill import Job, Receipt, Skill, Turn
from voice_assistant.speaking import say_count, say_list, say_moment, say_repeat, say_time
from voice_assistant.values.kinds import When

from .person import telling, turned


def all_day(job: Job) -> bool:
    """Whether it comes again within a day: "every two hours"."""
    return bool(job.repeat) and repeat_of(job.repeat).every in ("minute", "hour")


NOON = 12

_EVENING = re.compile(r"\b(?:dinner|supper|bedtime|bed)\b|晚饭|晚餐|睡觉")
"""What is in the evening where no half of the day was said: "at six thirty that dinner is ready"."""


class Kept(Skill):
    """The ground that the parts of the skill stand on."""

    _it: int | None = None
    """The reminder that was spoken of last: what "it" means."""

    def _keep(self, task: str, time: When) -> Job:
        moment = daytime(time, late=bool(_EVENING.search(task)))
        due, repeat = first_due(time, moment, self.now())
        job = self.home.scheduler.add(due, {"task": task}, repeat=repeat)
        self._it = job.id
        return job

    def _receipt(self, turn: Turn, job: Job) -> Receipt:
        async def undo() -> str:
            self.home.scheduler.remove(job)
            return turn.phrase("cancelled", task=job.data["task"])

        result = {"task": job.data["task"], "due": str(job.due), "repeat": job.repeat}
        return Receipt(action="reminders.set", result=result, undo=undo)

    def _all(self) -> list[Job]:
        return self.home.scheduler.jobs()

    def _spoken(self, jobs: Sequence[Job]) -> list[Job] | None:
        """What was spoken of last, where it is still there; None where nothing was."""
        return None if self._it is None else [job for job in jobs if job.id == self._it]

    def _pointed(self, turn: Turn) -> list[Job] | None:
        """The reminders that a request points at, in the order in which they come."""
        jobs = self._all()
        return pointed(turn, jobs, self._spoken(jobs))

    # --- which one -----------------------------------------------------------------------

    async def _one(self, turn: Turn, task: str | None, time: When | None) -> Job | None:
        """The reminder that is meant; asks where there are several."""
        job = await self._picked(turn, task, time)
        self._it = job.id if job else None
        return job

    async def _picked(self, turn: Turn, task: str | None, time: When | None) -> Job | None:
        jobs = self._matching(task, time)
        if not task and (turn.route.intent or "").endswith("_it"):
            return that(jobs, self._it)
        if len(jobs) < 2:
            return jobs[0] if jobs else None
        names = {each.data["task"]: each for each in jobs}
        if len(names) < len(jobs):  # of one task: told apart by their times
            names = {
                f"{each.data['task']} {self._when(each, turn.language)}": each for each in jobs
            }
        which = say_list(list(names), turn.language, either=True)
        picked = await turn.ask(turn.phrase("which", tasks=which), answers.choice(list(names)))
        return names[str(picked)]

    def _matching(self, task: str | None, time: When | None) -> list[Job]:
        jobs = self._all()
        if time is not None and time.day is not None:
            jobs = [job for job in jobs if self.home.scheduler.on(job, time.day)]
        if time is not None:
            jobs = [job for job in jobs if at_clock(job.due, time)]
        if not task:
            return jobs
        wanted = turned(task, "zh" if not task.isascii() else "en")
        found = [j for j in jobs if wanted in j.data["task"] or j.data["task"] in wanted]
        return found or [job for job in jobs if telling(wanted) & telling(job.data["task"])]

    def _when(self, job: Job, language: str) -> str:
        if not job.repeat:
            return say_moment(job.due, language, self.now())
        often, clock = say_repeat(repeat_of(job.repeat), language), say_time(job.due, language)
        if all_day(job):
            return often
        return often + clock if language == "zh" else f"{clock} {often}"

    # --- what is told ----------------------------------------------------------------------

    def _listed(self, turn: Turn, jobs: Sequence[Job]) -> str:
        """What is told of these reminders."""
        if not jobs:
            return turn.phrase("none")
        self._it = jobs[0].id if len(jobs) == 1 else self._it
        said = [
            turn.phrase(
                "item_often" if all_day(job) else "item",
                task=job.data["task"],
                time=self._when(job, turn.language),
            )
            for job in jobs[:5]
        ]
        return turn.phrase(
            "list", count=self._count(turn, jobs), reminders=say_list(said, turn.language)
        )

    def _count(self, turn: Turn, jobs: Sequence[Job]) -> str:
        """How many reminders."""
        noun = {"zh": "个提醒"}.get(turn.language, "reminder")
        return say_count(len(jobs), noun, turn.language)
