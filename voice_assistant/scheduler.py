"""Jobs for later: on disk before they are confirmed, due on the wall clock, never hours late.

The scheduler knows when; what a job means is its skill's business (`Skill.due`). Its life on disk:

    waiting --its moment--> ringing --its skill is through with it--> gone

A repeating job stays waiting (for its next time), and a copy of it rings; both are one transaction.
What still rings at a start was cut off by a crash. That, and a job that comes up more than LATE
after its moment (the machine was off or slept, the clock jumped), is not fired but handed to
`Skill.missed`. So a kill at any moment neither loses a job nor rings it twice.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import anyio

from voice_assistant.jobs import NOTED, Job, Jobs
from voice_assistant.recurrence import localise

LATE = timedelta(seconds=90)
"""Later than this, a job was missed: it is told, not rung."""

LOOK = 5.0
"""Seconds between looks at the clock while nothing is near: a changed clock, a suspended machine or
a job added by another process is noticed within this time. Near a job, the wait is exact."""

JUMP = timedelta(seconds=2)
"""The clock was set when it differs by more than this from the time that passed."""

Fire = Callable[[Job], Awaitable[None]]
Missed = Callable[[list[Job]], Awaitable[None]]


class Scheduler(Jobs):
    """Rings the jobs of all skills. Lives on the event loop only."""

    async def run(self, fire: Fire, missed: Missed) -> None:
        """Call `fire` for each job at its moment, and `missed` with those that are too late.

        A job that comes due while another rings goes first; the other rings on after it. Only one
        process of a household does this. For ever; cancel to end it.
        """
        while not self.database.claim("scheduler"):  # noqa: ASYNC110 - no event between processes
            await anyio.sleep(LOOK)
        self._settle_zone()
        ringer = _Ringer(fire, missed, self.remove)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(ringer.run)
            ringer.tell(self.ringing())
            while True:
                changed = self._changed = anyio.Event()
                shown, elapsed = self.clock.now().timestamp(), self.clock.elapsed()
                self._note(shown)
                self._look(ringer)
                with anyio.move_on_after(self._wait()):
                    await changed.wait()
                self._allow_for_jump(shown, elapsed)

    def _look(self, ringer: _Ringer) -> None:
        now = self.clock.now()
        ready = self._read("NOT ringing AND due<=?", (now.timestamp(),))
        taken = [self._take(job, now) for job in ready]
        # In seconds: datetimes of one zone subtract as wall clocks do, an hour off over a shift.
        late = now.timestamp() - LATE.total_seconds()
        ringer.tell([job for job in taken if job.due.timestamp() < late])
        ringer.ring([job for job in taken if job.due.timestamp() >= late])

    def _wait(self) -> float:
        ((due,),) = self.database.execute("SELECT min(due) FROM jobs WHERE NOT ringing")
        away = LOOK if due is None else due - self.clock.now().timestamp()
        return max(0.0, min(away, LOOK))

    def _note(self, shown: float) -> None:
        if shown > self._notes.get("noted", 0.0) + NOTED.total_seconds():
            self._notes.set("noted", shown)

    def _allow_for_jump(self, shown: float, elapsed: float) -> None:
        """A clock that was set does not change how long a timer runs."""
        jump = self.clock.now().timestamp() - shown - (self.clock.elapsed() - elapsed)
        if abs(jump) > JUMP.total_seconds():
            self.database.execute("UPDATE jobs SET due=due+? WHERE steady AND NOT ringing", (jump,))

    def _settle_zone(self) -> None:
        """Seven in the morning stays seven when the household or the law changes its time zone."""
        zone = self.clock.now().tzinfo or UTC
        rows = self.database.execute(
            "SELECT id, due, wall FROM jobs WHERE NOT steady AND NOT ringing"
        )
        for job_id, due, wall in rows:
            moment = localise(datetime.fromisoformat(wall), zone).timestamp()
            fold = datetime.fromisoformat(wall).replace(tzinfo=zone, fold=1).timestamp()
            if due not in (moment, fold):
                self.database.execute("UPDATE jobs SET due=? WHERE id=?", (moment, job_id))


class _Ringer:
    """Hands jobs to their skills, one at a time; a new one goes before one that rings."""

    def __init__(self, fire: Fire, missed: Missed, done: Callable[[Job], None]) -> None:
        self._fire = fire
        self._missed = missed
        self._done = done
        self._late: list[Job] = []
        self._due: deque[Job] = deque()
        self._present: anyio.CancelScope | None = None
        self._more = anyio.Event()

    def tell(self, jobs: list[Job]) -> None:
        """These were missed."""
        self._late.extend(jobs)
        self._more.set()

    def ring(self, jobs: list[Job]) -> None:
        """These are due now."""
        if jobs:
            self._due.extendleft(reversed(jobs))
            self._more.set()
            if self._present is not None:
                self._present.cancel()

    async def run(self) -> None:
        while True:
            await self._more.wait()
            self._more = anyio.Event()
            while self._due or self._late:
                if self._due:
                    await self._ring_one(self._due.popleft())
                else:
                    jobs, self._late = self._late, []
                    await self._missed(jobs)
                    for job in jobs:
                        self._done(job)

    async def _ring_one(self, job: Job) -> None:
        with anyio.CancelScope() as self._present:
            await self._fire(job)
        preempted = self._present.cancelled_caught
        self._present = None
        if preempted:
            self._due.append(job)
        else:
            self._done(job)
