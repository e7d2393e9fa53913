"""Timers: each is a job of the scheduler; a paused one waits at the end of time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from voice_assistant import answers, values
from voice_assistant.audio import earcons
from voice_assistant.mentions import after, left, mentioned
from voice_assistant.normal import normalise
from voice_assistant.skill import Answer, Job, Piece, Pieces, Receipt, Reply, Skill, Turn, intent
from voice_assistant.speaking import say_count, say_duration, say_list, say_roughly

from .naming import named_in, names, same_name, which_place

NEVER = datetime(9000, 1, 1, tzinfo=UTC)
"""When a paused timer is due."""

LONGEST = timedelta(days=30)
"""A longer one is a reminder."""

RING_SECONDS = 60.0
"""Long enough to come back from the garden; then it is told as missed."""

ECHO = timedelta(seconds=5)
"""How soon after a ring was cut off "stop" still means that ring."""

MANY = 4
"""Timers that are told one by one; of more, the next are."""


class Timers(Skill):
    """Counts down."""

    _stopped: datetime | None = None

    def offers(self) -> Mapping[str, object]:
        """`timers`: those that run, with the time that is left, to be shown."""
        return {"timers": self.running}

    def running(self, language: str) -> list[tuple[str, timedelta]]:
        """Names and times left, soonest first; paused ones stand still elsewhere."""
        now = self.now()
        jobs = [job for job in self.home.scheduler.jobs() if "left" not in job.data]
        return [(self._call(job, language), left(job.due, now)) for job in jobs]

    # --- setting -------------------------------------------------------------------------

    @intent("set")
    async def set_timer(
        self,
        turn: Turn,
        duration: timedelta | None = None,
        name: str | None = None,
        second: timedelta | None = None,
    ) -> Answer:
        """Start a timer (or two)."""
        name = name or named_in(normalise(turn.text, turn.language), turn.language)
        duration = duration or self._longest(turn)
        if duration is None:
            duration = await turn.ask(turn.phrase("how_long"), answers.duration)
        if not timedelta() < duration <= LONGEST:
            return turn.phrase("too_long" if duration > LONGEST else "too_short")
        jobs = [self._start(duration, name)]
        if second:
            jobs.append(self._start(second, None))
        said = " ".join(
            turn.phrase(
                "set_named" if job.data["name"] else "set",
                name=job.data["name"],
                length=say_duration(timedelta(seconds=job.data["length"]), turn.language),
            )
            for job in jobs
        )
        return Reply(say=said, receipts=tuple(self._receipt(turn, "set", job) for job in jobs))

    def _longest(self, turn: Turn) -> timedelta | None:
        """The length in a request that no template reads: "a second timer" is no second."""
        text = normalise(turn.text, turn.language)
        found = values.find("duration", text, turn.language, self.now())
        return max((each.value for each in found), default=None)  # type: ignore[type-var, return-value]

    @intent("again")
    async def again(self, turn: Turn) -> Answer:
        """Start the last timer once more."""
        last = self.home.store.get("last")
        if not last:
            return turn.phrase("none_before")
        return await self.set_timer(turn, timedelta(seconds=last["length"]), last["name"])

    def _start(self, length: timedelta, name: str | None) -> Job:
        data = {"name": name or "", "length": length.total_seconds()}
        self.home.store.set("last", data)
        return self.home.scheduler.add(after(self.now(), length), data, steady=True)

    def _receipt(self, turn: Turn, verb: str, job: Job) -> Receipt:
        async def undo() -> str:
            self.home.scheduler.remove(job)
            return turn.phrase("cancelled", timer=self._call(job, turn.language))

        result = {"length": job.data["length"], "name": job.data["name"], "due": str(job.due)}
        return Receipt(action=f"timers.{verb}", result=result, undo=undo)

    # --- asking --------------------------------------------------------------------------

    @intent("left")
    async def left(
        self,
        turn: Turn,
        name: str | None = None,
        duration: timedelta | None = None,
        place: int | None = None,
    ) -> Answer:
        """How long is left of one timer, or of all."""
        jobs = self._meant(turn, name, duration, self._all()) or self._all()
        return self._told(turn, jobs)

    def _told(self, turn: Turn, jobs: list[Job]) -> str:
        """How long is left of some timers."""
        if not jobs:
            return turn.phrase("none")
        if len(jobs) > MANY:
            soon = say_list([self._state(turn, job) for job in jobs[:3]], turn.language)
            return turn.phrase("many", count=_count(jobs, turn.language), soon=soon)
        return turn.phrase(
            "left", timers=say_list([self._state(turn, job) for job in jobs], turn.language)
        )

    @intent("list")
    async def list_all(self, turn: Turn) -> Answer:
        """Which timers there are."""
        jobs = self.home.scheduler.jobs()
        told = self._told(turn, jobs)
        if not 1 < len(jobs) <= MANY:
            return told
        return turn.phrase("count", count=_count(jobs, turn.language)) + " " + told

    def _state(self, turn: Turn, job: Job) -> str:
        key = "paused_state" if "left" in job.data else "running_state"
        length = (
            timedelta(seconds=job.data["left"]) if "left" in job.data else left(job.due, self.now())
        )
        return turn.phrase(
            key,
            timer=self._call(job, turn.language),
            left=say_roughly(max(length, timedelta(seconds=1)), turn.language),
        )

    # --- changing ------------------------------------------------------------------------

    @intent("cancel")
    async def cancel(
        self,
        turn: Turn,
        name: str | None = None,
        duration: timedelta | None = None,
        place: int | None = None,
    ) -> Answer:
        """Cancel one timer."""
        job = await self._one(turn, name, duration)
        if job is None:
            return self._no_such(turn, name)
        self.home.scheduler.remove(job)
        return self._cancelled(turn, [job], turn.phrase("cancelled", timer=self._the(job, turn)))

    @intent("cancel_all")
    async def cancel_all(self, turn: Turn) -> Answer:
        """Cancel every timer."""
        jobs = self.home.scheduler.jobs()
        if not jobs:
            return turn.phrase("none")
        with self.home.store.database.transaction():
            for job in jobs:
                self.home.scheduler.remove(job)
        noun = {"zh": "个计时器"}.get(turn.language, "timer")
        count = say_count(len(jobs), noun, turn.language)
        return self._cancelled(turn, jobs, turn.phrase("all_cancelled", count=count))

    def _cancelled(self, turn: Turn, jobs: Iterable[Job], said: str) -> Reply:
        async def undo() -> str:
            for job in jobs:
                self.home.scheduler.add(job.due, job.data, steady=True)
            return turn.phrase("back")

        names = [job.data["name"] for job in jobs]
        receipt = Receipt(action="timers.cancel", result={"names": names}, undo=undo)
        return Reply(say=said, receipts=(receipt,))

    @intent("pause")
    async def pause(self, turn: Turn, name: str | None = None, place: int | None = None) -> Answer:
        """Hold a timer."""
        job = await self._one(turn, name, None, [j for j in self._all() if "left" not in j.data])
        if job is None:
            return self._no_such(turn, name)
        rest = max(left(job.due, self.now()), timedelta(seconds=1))
        data = {**job.data, "left": rest.total_seconds()}
        self.home.scheduler.change(job, due=NEVER, data=data)
        said = turn.phrase(
            "paused", timer=self._the(job, turn), left=say_roughly(rest, turn.language)
        )
        return Reply(say=said, receipts=(Receipt(action="timers.pause", result=data),))

    @intent("resume")
    async def resume_timer(
        self, turn: Turn, name: str | None = None, place: int | None = None
    ) -> Answer:
        """Let a paused timer go on."""
        job = await self._one(turn, name, None, [j for j in self._all() if "left" in j.data])
        if job is None:
            return turn.phrase("none_paused")
        rest = timedelta(seconds=job.data["left"])
        data = {key: value for key, value in job.data.items() if key != "left"}
        self.home.scheduler.change(job, due=after(self.now(), rest), data=data)
        said = turn.phrase(
            "resumed", timer=self._the(job, turn), left=say_roughly(rest, turn.language)
        )
        return Reply(say=said, receipts=(Receipt(action="timers.resume", result=data),))

    @intent("extend")
    async def extend(
        self,
        turn: Turn,
        duration: timedelta | None = None,
        name: str | None = None,
        minutes: float | None = None,
        place: int | None = None,
    ) -> Answer:
        """Add time to a timer."""
        duration = timedelta(minutes=float(minutes)) if minutes else duration
        return await self._move(turn, duration, name, 1)

    @intent("shorten")
    async def shorten(
        self,
        turn: Turn,
        duration: timedelta | None = None,
        name: str | None = None,
        place: int | None = None,
    ) -> Answer:
        """Take time off a timer."""
        return await self._move(turn, duration, name, -1)

    async def _move(
        self, turn: Turn, duration: timedelta | None, name: str | None, sign: int
    ) -> Answer:
        job = await self._one(turn, name, None)
        if job is None:
            return self._no_such(turn, name)
        duration = duration or mentioned("duration", turn, self.now())
        if duration is None:
            duration = await turn.ask(turn.phrase("by_how_much"), answers.duration)
        data = dict(job.data)
        if "left" in data:
            rest = timedelta(seconds=data["left"]) + sign * duration
            data["left"], due = rest.total_seconds(), NEVER
        else:
            rest = left(job.due, self.now()) + sign * duration
            due = after(self.now(), rest)
        if rest <= timedelta():
            return turn.phrase("not_that_much", left=self._state(turn, job))
        self.home.scheduler.change(job, due=due, data=data)
        said = turn.phrase(
            "moved", timer=self._the(job, turn), left=say_roughly(rest, turn.language)
        )
        receipt = Receipt(action="timers.move", result={"left": rest.total_seconds()})
        return Reply(say=said, receipts=(receipt,))

    # --- ringing -------------------------------------------------------------------------

    async def due(self, turn: Turn, job: Job) -> Answer:
        """A timer is done: a chime at once, then its name, then the ring."""
        ring = earcons.timer()

        async def done() -> Pieces:
            yield Piece(sound=ring)
            key = "done_named" if job.data["name"] else "done"
            length = say_duration(timedelta(seconds=job.data["length"]), turn.language)
            yield turn.phrase(key, name=job.data["name"], length=length)

        try:
            await turn.say(Reply(say=done(), ring=ring, ring_seconds=RING_SECONDS))
        finally:
            self._stopped = self.now()
        if turn.rang_out:
            self._miss(turn, job)
        return None

    async def missed(self, turn: Turn, jobs: list[Job]) -> Answer:
        """Timers that ended while the assistant was off."""
        for job in jobs:
            self._miss(turn, job)
        names = [
            turn.phrase(
                "missed_one",
                timer=self._call(job, turn.language),
                ago=say_roughly(left(self.now(), job.due), turn.language),
            )
            for job in jobs
        ]
        return turn.phrase("missed", timers=say_list(names, turn.language))

    def _miss(self, turn: Turn, job: Job) -> None:
        data = {**job.data, "title": self._call(job, turn.language)}
        self.home.scheduler.miss(Job(id=0, skill=job.skill, due=job.due, data=data))

    async def halt(self, turn: Turn) -> bool:
        """The ring was cut off already by the word itself."""
        rang = self._stopped is not None and self.now() - self._stopped < ECHO
        return rang or bool(self.home.scheduler.ringing())

    # --- which one -----------------------------------------------------------------------

    def _all(self) -> list[Job]:
        return self.home.scheduler.jobs()

    def _matching(self, name: str | None, duration: timedelta | None) -> list[Job]:
        if not (name or duration):
            return []
        jobs = self._all()
        if name:
            wanted = name.lower()
            jobs = [job for job in jobs if same_name(wanted, job.data["name"])]
        if duration:
            jobs = [job for job in jobs if job.data["length"] == duration.total_seconds()]
        return jobs

    def _meant(
        self, turn: Turn, name: str | None, duration: timedelta | None, among: list[Job]
    ) -> list[Job] | None:
        """The timers that a request names, by name, length or place ("the second one"); None where
        it names none."""
        text = normalise(turn.text, turn.language)
        place = which_place(text, turn.language, len(among))
        if place is not None:
            if place >= len(among):
                return []
            return [sorted(among, key=lambda job: job.id)[place]]
        if name or duration:
            meant = self._matching(name, duration)
        else:
            meant = [job for job in among if names(text, job.data["name"], turn.language)]
            if not meant:
                return None
        return [job for job in meant if job in among]

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
        if len(meant) < 2:
            return meant[0] if meant else None
        names = {self._short(job, turn.language): job for job in meant}
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
        return turn.phrase("none")

    def _call(self, job: Job, language: str) -> str:
        """A timer's name as it is spoken: "pasta timer", "10 minute timer"."""
        short = self._short(job, language)
        if language == "zh":
            return short + ("计时器" if job.data["name"] else "的计时器")
        return f"{short} timer"

    def _short(self, job: Job, language: str) -> str:
        """The part of it that tells it from others: "pasta", "10 minute"."""
        if job.data["name"]:
            return str(job.data["name"])
        length = say_duration(timedelta(seconds=job.data["length"]), language)
        if language == "zh":
            return length
        return " ".join(word.removesuffix("s") for word in length.replace(" and ", " ").split())

    def _the(self, job: Job, turn: Turn) -> str:
        """The timer, by name where there is another it could be taken for."""
        if not job.data["name"] and len(self._all()) < 2:
            return turn.phrase("the_timer")
        return turn.phrase("the", timer=self._call(job, turn.language))


def _count(jobs: Sequence[Job], language: str) -> str:
    """How many timers."""
    return say_count(len(jobs), {"zh": "个计时器"}.get(language, "timer"), language)
