"""Alarms: each is a job of the scheduler, with its rule where it repeats."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from voice_assistant.mentions import after, refers_back, that
from voice_assistant.skill import (
    Answer,
    Job,
    Piece,
    Pieces,
    Reply,
    Turn,
    intent,
)
from voice_assistant.speaking import (
    say_duration,
    say_list,
    say_moment,
    say_time,
)
from voice_assistant.values.kinds import When

from .setting import Setting
from .waking import ring, wake

SNOOZE = timedelta(minutes=9)

ECHO = timedelta(seconds=10)
"""How soon after a ring was cut off "stop" and "snooze" still mean that ring."""

WARNING = timedelta(seconds=20)
"""How long after the start a wrong clock is mentioned: the network may tell the time by then."""

LATELY = timedelta(minutes=30)
"""How long after a ring one may still ask for more sleep."""


class Alarms(Setting):
    """Rings at a time of day."""

    _stopped: datetime | None = None
    _music: bool = False
    """Whether the last alarm woke with music, which goes on when its turn is over."""

    async def start(self) -> None:
        """Warn soon where the clock cannot be trusted and somebody counts on it."""
        if self._all() and self.home.scheduler.behind:
            self.home.scheduler.add(after(self.now(), WARNING), {"warning": True})

    # --- asking --------------------------------------------------------------------------

    @intent("list")
    @intent("list_them")
    async def list_all(
        self, turn: Turn, time: When | None = None, those: object = None, rhythm: str = ""
    ) -> Answer:
        """Which alarms there are, with the days they ring on: "周末也响吗"."""
        jobs = self._all()
        if time is not None and time.day is not None:
            day = time.day
            jobs = [job for job in jobs if self.home.scheduler.on(job, day)]
        return self._listed(turn, jobs) if jobs else self._none(turn, time)

    @intent("next")
    @intent("next_it")
    async def next(self, turn: Turn, time: When | None = None) -> Answer:
        """When the next alarm rings, or the first of a day."""
        jobs = self._matching(time)
        if turn.route.intent == "next_it":
            jobs = [job for job in jobs if job.id == self._it] or jobs
        if not jobs:
            return self._none(turn, time)
        due = jobs[0].due
        if time is not None and time.day is not None:
            due = min(on for job in jobs if (on := self.home.scheduler.on(job, time.day)))
        return turn.phrase(
            "next" if due == jobs[0].due else "on_day",
            time=say_moment(due, turn.language, self.now()),
        )

    @intent("snooze")
    @intent("snooze_always")
    async def snooze(self, turn: Turn, duration: timedelta | None = None) -> Answer:
        """Ring again a little later."""
        if self._stopped is None or self.now() - self._stopped > LATELY:
            return turn.phrase("nothing_to_snooze")
        duration = duration or SNOOZE
        self._hush()
        job = self.home.scheduler.add(after(self.now(), duration), {"name": ""})
        said = turn.phrase("snoozed", length=say_duration(duration, turn.language))
        return Reply(say=said, receipts=(self._receipt(turn, job),))

    # --- ringing -------------------------------------------------------------------------

    async def due(self, turn: Turn, job: Job) -> Answer:
        """Sound at once, tell the time, then go on until stopped."""
        if job.data.get("warning"):
            return turn.phrase("clock_warning") if self.home.scheduler.behind else None

        async def tell() -> Pieces:
            yield Piece(sound=ring(job.data))
            key = "ring_named" if job.data.get("name") else "ring"
            yield turn.phrase(
                key, time=say_time(self.now(), turn.language), name=job.data.get("name", "")
            )

        self._stopped = self.now()
        try:
            await turn.say(Reply(say=tell()))
            self._music = job.data.get("music") is not None
            await wake(self.home, turn, job.data)
        finally:
            self._stopped = self.now()
        if turn.rang_out:
            self._miss(turn, job)
        return None

    async def missed(self, turn: Turn, jobs: list[Job]) -> Answer:
        """Alarms whose time came while the assistant was off."""
        jobs = [job for job in jobs if not job.data.get("warning")]
        if not jobs:
            return None
        for job in jobs:
            self._miss(turn, job)
        times = [say_moment(job.due, turn.language, self.now()) for job in jobs]
        return turn.phrase("missed", times=say_list(times, turn.language))

    def _miss(self, turn: Turn, job: Job) -> None:
        title = turn.phrase("title", time=say_time(job.due, turn.language))
        self.home.scheduler.miss(replace(job, data={**job.data, "title": title}))

    async def halt(self, turn: Turn) -> bool:
        """The ring was cut off already by the word itself; music is not. "Cancel it" means the
        alarm that was just spoken of."""
        if self._hush() or (self._stopped is not None and self.now() - self._stopped < ECHO):
            return True
        job = that(self._all(), self._it)
        if job is None or not refers_back(turn, self.home.name):
            return False
        await turn.say(self._cancelled(turn, [job]))
        return True

    def _hush(self) -> bool:
        """End the music of an alarm; whether there was some."""
        music, self._music = self._music, False
        media = self.home.media
        lately = self._stopped is not None and self.now() - self._stopped < LATELY
        if not music or media is None or media.media_idle or not lately:
            return False
        media.stop_media()
        return True
