"""Timers: each is a job of the scheduler; a paused one waits at the end of time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from voice_assistant import answers, values
from voice_assistant.audio import earcons
from voice_assistant.mentions import left, refers_back, that
from voice_assistant.normal import normalise, parts
from voice_assistant.skill import Answer, Job, Piece, Pieces, Reply, Turn, intent
from voice_assistant.speaking import say_duration, say_list, say_roughly, say_time
from voice_assistant.values.kinds import When

from .changing import Changing
from .kept import MANY, count_of
from .naming import lengths_in, named_in

LONGEST = timedelta(days=30)
"""A longer one is a reminder."""

RING_SECONDS = 60.0
"""Long enough to come back from the garden; then it is told as missed."""

ECHO = timedelta(seconds=5)
"""How soon after a ring was cut off "stop" still means that ring."""

LONG = {"en": 4, "zh": 8}
"""Words (of Chinese, characters) of a name."""


_WHEN = re.compile(r"\bwhen\b|\bwhat time\b|几点|什么时候|啥时候")
"""How somebody asks for the time of day at which a timer ends."""

_HOW_LONG = re.compile(r"\bhow\b|\bleft\b|多久|多长|几分钟")

_CHANGES = re.compile(r"(?:please )?make (?:the|my) ")
"""How a timer that runs is given another length: "make the cake timer fifty minutes"."""


_CLOCK = r"(?:half past|a? ?quarter (?:to|past)|noon|midnight|.+ (?:o'clock|am|pm)$)"
_ENDING = {
    "en": re.compile(rf"\b(?:until|till|up to|for(?= {_CLOCK})) (.+)"),
    "zh": re.compile(r"到(.*[点半刻时].*)"),
}
"""Where the time of day stands at which a timer is to end."""


class Timers(Changing):
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
    @intent("set_also")
    async def set_timer(
        self,
        turn: Turn,
        duration: timedelta | None = None,
        name: str | None = None,
        second: timedelta | None = None,
        minutes: float | None = None,
        **also: str,
    ) -> Answer:
        """Start a timer, or several: `lengths` is what was said of theirs, `other` the name of the
        second, `minutes` a length without its unit: "and another one for eight"."""
        duration = duration or (timedelta(minutes=minutes) if minutes else None)
        lengths = also.get("lengths", "")
        if name and len(parts(name, turn.language)) > LONG[turn.language]:
            name = None  # a whole sentence stood before "timer"
        if not lengths:
            name = name or named_in(normalise(turn.text, turn.language), turn.language)
        several = lengths_in(lengths, turn.language)
        duration = duration or next(iter(several), None) or self._until(turn) or self._longest(turn)
        if name and _CHANGES.match(turn.text.lower()) and self._matching(name, None):
            return await self.change(turn, duration, name)
        if duration is None:
            duration = await turn.ask(turn.phrase("how_long"), answers.duration)
        if not timedelta() < duration <= LONGEST:
            return turn.phrase("too_long" if duration > LONGEST else "too_short")
        jobs = [self._start(duration, name)]
        more = (*several[1:], *filter(None, (second,)))
        jobs += [self._start(each, also.get("other")) for each in more]
        return self._begun(turn, jobs)

    def _until(self, turn: Turn) -> timedelta | None:
        """The length of a timer that is to end at a time of day: "until six o'clock"."""
        found = _ENDING[turn.language].search(normalise(turn.text, turn.language))
        ending = values.find("time", found[1], turn.language, self.now()) if found else []
        when = ending[0].value if ending else None
        if not isinstance(when, When) or when.clock is None:
            return None
        return left(when.moment, self.now())

    def _longest(self, turn: Turn) -> timedelta | None:
        """The length in a request that no template reads: "a second timer" is no second."""
        text = normalise(turn.text, turn.language)
        found = values.find("duration", text, turn.language, self.now())
        numbers = values.find("number", text, turn.language, self.now())
        value = numbers[0].value if len(numbers) == 1 and not found else None
        if isinstance(value, int) and value > 1:  # "start one for the rice"
            return timedelta(minutes=value)  # "a timer for fifteen"
        return max((each.value for each in found), default=None)  # type: ignore[type-var, return-value]

    @intent("again")
    @intent("again_it")
    async def again(self, turn: Turn) -> Answer:
        """Start the last timer once more."""
        last = self.home.store.get("last")
        if not last:
            return turn.phrase("none_before")
        return await self.set_timer(turn, timedelta(seconds=last["length"]), last["name"])

    # --- asking --------------------------------------------------------------------------

    @intent("left")
    @intent("left_it")
    async def left(
        self,
        turn: Turn,
        name: str | None = None,
        duration: timedelta | None = None,
        those: object = None,
    ) -> Answer:
        """How long is left of one timer, or of all."""
        jobs = self._meant(turn, name, duration, self._all()) or self._all()
        if len(jobs) == 1:
            self._it = jobs[0].id
        return self._told(turn, jobs)

    def _told(self, turn: Turn, jobs: list[Job]) -> str:
        """How long is left of some timers."""
        if not jobs:
            return turn.phrase("none")
        if len(jobs) > MANY:
            soon = say_list([self._state(turn, job) for job in jobs[:3]], turn.language)
            return turn.phrase("many", count=count_of(jobs, turn.language), soon=soon)
        if len(jobs) == 1 and "left" not in jobs[0].data and _WHEN.search(turn.asked.lower()):
            clock = say_time(jobs[0].due, turn.language)
            return turn.phrase("ends_at", state=self._state(turn, jobs[0]), time=clock)
        return turn.phrase(
            "left", timers=say_list([self._state(turn, job) for job in jobs], turn.language)
        )

    @intent("the_other")
    async def the_other(self, turn: Turn, those: object = None) -> Answer:
        """What was just asked for, of timers that it was not asked of."""
        before = turn.session.context
        verb = "" if before is None else before.route.intent or ""
        pointed = self._pointed(turn)
        jobs = [j for j in self._all() if j.id != self._it] if pointed is None else pointed
        if not jobs or _HOW_LONG.search(turn.asked.lower()):
            return self._told(turn, jobs)
        if verb.startswith(("cancel", "halt")):
            return self._gone(turn, jobs)
        if verb.startswith(("pause", "resume")):
            return self._held(turn, jobs, verb.partition("_")[0] + "d")
        return self._told(turn, jobs)

    @intent("list")
    @intent("list_them")
    async def list_all(self, turn: Turn) -> Answer:
        """Which timers there are."""
        jobs = self.home.scheduler.jobs()
        told = self._told(turn, jobs)
        if not 1 < len(jobs) <= MANY:
            return told
        return turn.phrase("count", count=count_of(jobs, turn.language)) + " " + told

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
        """The ring was cut off already by the word itself; "cancel it" means the timer that was
        just spoken of."""
        rang = self._stopped is not None and self.now() - self._stopped < ECHO
        if rang or self.home.scheduler.ringing():
            return True
        if not refers_back(turn, self.home.name):
            return False
        job = that(self._all(), self._it)
        if job is not None:
            said = turn.phrase("cancelled", timer=self._the(job, turn))
            await turn.say(self._cancelled(turn, [job], said))
        return job is not None
