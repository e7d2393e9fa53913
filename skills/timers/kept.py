"""The timers there are, which one is meant, and how it is called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from voice_assistant import answers
from voice_assistant.mentions import after, left, pointed
from voice_assistant.normal import joined, normalise
from voice_assistant.skill import Job, Receipt, Reply, Skill, Turn
from voice_assistant.speaking import say_count, say_duration, say_list, say_roughly

from .naming import bare, names, same_name

MANY = 4
"""Timers that are told one by one; of more, the next are."""

NEVER = datetime(9000, 1, 1, tzinfo=UTC)
"""When a paused timer is due."""


class Kept(Skill):
    """The ground that the parts of the skill stand on."""

    _it: int | None = None
    """The timer that was spoken of last: what "it" means."""

    def _start(self, length: timedelta, name: str | None) -> Job:
        data = {"name": name or "", "length": length.total_seconds()}
        self.home.store.set("last", data)
        job = self.home.scheduler.add(after(self.now(), length), data, steady=True)
        self._it = job.id
        return job

    def _begun(self, turn: Turn, jobs: Sequence[Job]) -> Reply:
        """What is said of timers that were just started."""
        said = [
            turn.phrase(
                "set_named" if job.data["name"] else "set",
                name=job.data["name"],
                length=say_duration(timedelta(seconds=job.data["length"]), turn.language),
            )
            for job in jobs
        ]
        receipts = tuple(self._receipt(turn, job) for job in jobs)
        return Reply(say=joined(said, turn.language), receipts=receipts)

    def _receipt(self, turn: Turn, job: Job) -> Receipt:
        async def undo() -> str:
            said = turn.phrase("cancelled", timer=self._the(job, turn))
            self.home.scheduler.remove(job)
            return said

        result = {"length": job.data["length"], "name": job.data["name"], "due": str(job.due)}
        return Receipt(action="timers.set", result=result, undo=undo)

    def _state(self, turn: Turn, job: Job) -> str:
        return turn.phrase(
            "paused_state" if "left" in job.data else "running_state",
            timer=self._call(job, turn.language),
            left=say_roughly(self._rest(job), turn.language),
        )

    def _left(self, job: Job) -> timedelta:
        """How long a timer has to go, held or not."""
        held = "left" in job.data
        return timedelta(seconds=job.data["left"]) if held else left(job.due, self.now())

    def _rest(self, job: Job) -> timedelta:
        """The same as it is told: not less than a second."""
        return max(self._left(job), timedelta(seconds=1))

    # --- which one -----------------------------------------------------------------------

    def _all(self) -> list[Job]:
        return self.home.scheduler.jobs()

    def _matching(self, name: str | None, duration: timedelta | None) -> list[Job]:
        if not (name or duration):
            return []
        jobs = self._all()
        if name:
            wanted = name.lower()
            same = [job for job in jobs if bare(job.data["name"]) == bare(wanted)]
            jobs = same or [job for job in jobs if same_name(wanted, job.data["name"])]
        if duration:
            jobs = [job for job in jobs if job.data["length"] == duration.total_seconds()]
        return jobs

    def _meant(
        self, turn: Turn, name: str | None, duration: timedelta | None, among: list[Job]
    ) -> list[Job] | None:
        """The timers that a request names, by name, length or place ("the second one"), or calls
        "it"; None where it names none."""
        text = normalise(turn.text, turn.language)
        if (there := self._pointed(turn)) is not None:
            meant = there
        elif name or duration:
            meant = self._matching(name, duration)
        else:
            meant = [job for job in among if names(text, job.data["name"], turn.language)]
            if not meant and (turn.route.intent or "").endswith("_it"):
                meant = [job for job in among if job.id == self._it]
            if not meant:
                return None
        return [job for job in meant if job in among]

    def _pointed(self, turn: Turn) -> list[Job] | None:
        """The timers that a request points at, in the order in which they were started."""
        jobs = sorted(self._all(), key=lambda job: job.id)
        return pointed(turn, jobs, [job for job in jobs if job.id == self._it])

    async def _some(
        self,
        turn: Turn,
        name: str | None,
        duration: timedelta | None = None,
        among: list[Job] | None = None,
    ) -> list[Job]:
        """All the timers that a request points at; else the one that is meant."""
        if self._pointed(turn) is not None:
            everything = self._all() if among is None else among
            return self._meant(turn, name, duration, everything) or []
        job = await self._one(turn, name, duration, among)
        return [job] if job else []

    async def _one(
        self,
        turn: Turn,
        name: str | None,
        duration: timedelta | None,
        among: list[Job] | None = None,
    ) -> Job | None:
        """The timer that is meant; asks where there are several."""
        everything = self._all() if among is None else among
        meant = self._meant(turn, name, duration, everything)
        if meant is None:
            meant = everything
        job = await self._picked(turn, meant) if len(meant) > 1 else next(iter(meant), None)
        if job is not None:
            self._it = job.id
        return job

    async def _picked(self, turn: Turn, meant: list[Job]) -> Job:
        names = {self._short(job, turn.language): job for job in meant}
        if len(names) < len(meant):  # of one name: told apart by their lengths
            names = {
                f"{self._length(each, turn.language)} {each.data['name']}".strip(): each
                for each in meant
            }
        which = say_list(list(names), turn.language, either=True)
        by_name = answers.choice(list(names))

        def understand(text: str, language: str) -> Job | None:
            length = answers.duration(text, language)
            same = [job for job in self._matching(None, length) if job in meant]
            return same[0] if len(same) == 1 else names.get(by_name(text, language) or "")

        return await turn.ask(turn.phrase("which", timers=which), understand)

    def _no_such(self, turn: Turn, name: str | None) -> str:
        if name and self._all():
            return turn.phrase("none_named", name=name)
        if there := self._all():  # no second one
            said = say_list([self._state(turn, job) for job in there[:MANY]], turn.language)
            return turn.phrase("left", timers=said)
        return turn.phrase("none")

    # --- how it is called ----------------------------------------------------------------

    def _call(self, job: Job, language: str) -> str:
        """A timer's name as it is spoken: "pasta timer", "10 minute timer"."""
        short = self._short(job, language)
        if language == "zh":
            return short + ("计时器" if job.data["name"] else "的计时器")
        return f"{short} timer"

    def _short(self, job: Job, language: str) -> str:
        """The part of it that tells it from others: "pasta", "10 minute"."""
        return str(job.data["name"]) or self._length(job, language)

    def _length(self, job: Job, language: str) -> str:
        """How long a timer is, as a part of its name: "10 minute"."""
        length = say_duration(timedelta(seconds=job.data["length"]), language)
        if language == "zh":
            return length
        return " ".join(word.removesuffix("s") for word in length.replace(" and ", " ").split())

    def _the(self, job: Job, turn: Turn) -> str:
        """The timer, by name where there is another it could be taken for."""
        if not job.data["name"] and len(self._all()) < 2:
            return turn.phrase("the_timer")
        return turn.phrase("the", timer=self._call(job, turn.language))


def count_of(jobs: Sequence[Job], language: str) -> str:
    """How many timers."""
    return say_count(len(jobs), {"zh": "个计时器"}.get(language, "timer"), language)
