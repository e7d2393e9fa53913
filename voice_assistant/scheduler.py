"""Jobs for later: on disk before they are confirmed, due on the wall clock, never hours late.

The scheduler knows when; what a job means is its skill's business (`Skill.due`). Its life on disk:

    waiting --its moment--> ringing --its skill is through with it--> gone

A repeating job stays waiting (for its next time), and a copy of it rings; both are one transaction.
What still rings at a start was cut off by a crash. That, and a job that comes up more than LATE
after its moment (the machine was off or slept, the clock jumped), is not fired but handed to
`Skill.missed`. So a kill at any moment neither loses a job nor rings it twice.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import anyio

from voice_assistant.clock import Clock
from voice_assistant.recurrence import following, localise
from voice_assistant.store import Database, Store

LATE = timedelta(seconds=90)
"""Later than this, a job was missed: it is told, not rung."""

LOOK = 5.0
"""Seconds between looks at the clock while nothing is near: a changed clock, a suspended machine or
a job added by another process is noticed within this time. Near a job, the wait is exact."""

JUMP = timedelta(seconds=2)
"""The clock was set when it differs by more than this from the time that passed."""

NOTED = timedelta(minutes=10)
"""How often the time is noted on disk, to notice at the next start that the clock fell behind."""

LEFT_OUT = "left_out"
"""Where a job's data keeps the days (ISO 8601) on which it does not come."""

Fire = Callable[["Job"], Awaitable[None]]
Missed = Callable[[list["Job"]], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something to do at a moment."""

    id: int
    skill: str
    due: datetime
    """With time zone."""
    data: Mapping[str, Any] = field(default_factory=dict)
    repeat: str = ""
    """The rule it repeats by (RFC 5545), on the wall clock; empty when it does not."""
    steady: bool = False
    """Due after a length of time (a timer), not at a time of day: setting the clock moves it."""


class Scheduler:
    """The jobs of one skill (`owner`), or of all (None). Lives on the event loop only."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        owner: str | None = None,
        *,
        unset: Callable[[], bool] = lambda: False,
    ) -> None:
        """`unset` tells whether the machine has not been told the time since it started."""
        self._unset = unset
        self.database = database
        self.clock = clock
        self.owner = owner
        self._notes = Store(database, "scheduler")
        self._changed = anyio.Event()
        self._announce: Callable[[], None] = self._wake
        database.execute(
            "CREATE TABLE IF NOT EXISTS jobs (id INTEGER PRIMARY KEY, skill TEXT NOT NULL,"
            " due REAL NOT NULL, wall TEXT NOT NULL, first TEXT NOT NULL, rule TEXT NOT NULL,"
            " steady INTEGER NOT NULL, data TEXT NOT NULL, ringing INTEGER NOT NULL DEFAULT 0)"
        )
        database.execute(
            "CREATE TABLE IF NOT EXISTS missed (skill TEXT NOT NULL, due REAL NOT NULL,"
            " data TEXT NOT NULL)"
        )
        database.execute("CREATE INDEX IF NOT EXISTS jobs_due ON jobs (ringing, due)")

    def owned_by(self, skill: str) -> Scheduler:
        """The same scheduler as one skill sees it."""
        view = Scheduler(self.database, self.clock, skill, unset=self._unset)
        view._announce = self._announce
        return view

    def _wake(self) -> None:
        self._changed.set()

    # --- jobs ----------------------------------------------------------------------------

    def add(
        self,
        due: datetime,
        data: Mapping[str, Any] | None = None,
        *,
        repeat: str = "",
        steady: bool = False,
    ) -> Job:
        """Keep a job; it is on disk when this returns."""
        if self.owner is None:
            raise ValueError("a job belongs to a skill")
        job = Job(id=0, skill=self.owner, due=due, data=data or {}, repeat=repeat, steady=steady)
        with self.database.transaction():
            job = self._insert(job)
        self._announce()
        return job

    def change(
        self,
        job: Job,
        *,
        due: datetime | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> Job:
        """Move a job (its next time, where it repeats) or give it other data."""
        new = replace(job, due=due or job.due, data=job.data if data is None else data)
        self.database.execute(
            "UPDATE jobs SET due=?, wall=?, data=? WHERE id=?",
            (new.due.timestamp(), _wall(new.due), _text(new.data), job.id),
        )
        self._announce()
        return new

    def remove(self, job: Job) -> None:
        """Forget a job."""
        self.database.execute("DELETE FROM jobs WHERE id=?", (job.id,))
        self._announce()

    def jobs(self) -> list[Job]:
        """The jobs that wait, soonest first."""
        return self._read("NOT ringing")

    def ringing(self) -> list[Job]:
        """The jobs whose moment has come and that their skills are not through with."""
        return self._read("ringing")

    def following(self, job: Job) -> datetime | None:
        """When a repeating job comes after its next time."""
        return self._after(job, job.due)

    def on(self, job: Job, day: date) -> datetime | None:
        """When a job comes on a day, if it does."""
        if not job.repeat or job.due.date() >= day:
            return job.due if job.due.date() == day else None
        midnight = datetime.combine(day, time(0), job.due.tzinfo)
        found = self._after(job, midnight - timedelta(seconds=1))
        return found if found and found.date() == day else None

    def leave_out(self, job: Job, day: date) -> Job | None:
        """Have a repeating job not come on a day, without a change of its rule; None when it
        would not come any more at all."""
        if job.due.date() != day:
            left_out = [each for each in job.data.get(LEFT_OUT, ()) if each >= _day(job.due)]
            return self.change(job, data={**job.data, LEFT_OUT: [*left_out, day.isoformat()]})
        later = self.following(job)
        return self.change(job, due=later) if later else None

    def miss(self, job: Job) -> None:
        """Note that nobody heeded a job, for "what did I miss?". Its data has a `title` to say."""
        self.database.execute(
            "INSERT INTO missed VALUES (?, ?, ?)",
            (job.skill, job.due.timestamp(), _text(job.data)),
        )

    def missed(self, since: datetime) -> list[Job]:
        """What was missed, of every skill, oldest first; older notes are thrown away."""
        self.database.execute("DELETE FROM missed WHERE due<?", (since.timestamp(),))
        rows = self.database.execute("SELECT skill, due, data FROM missed ORDER BY due")
        return [
            Job(
                id=0,
                skill=skill,
                due=datetime.fromtimestamp(due, UTC).astimezone(since.tzinfo),
                data=json.loads(data),
            )
            for skill, due, data in rows
        ]

    def told(self) -> None:
        """The user knows what was missed."""
        self.database.execute("DELETE FROM missed")

    @property
    def behind(self) -> bool:
        """Whether the clock must not be trusted: it shows less than it once did, or the machine has
        no battery for it and has not heard the time yet."""
        noted = self._notes.get("noted")
        fell = bool(noted) and self.clock.now().timestamp() < noted - NOTED.total_seconds()
        return fell or self._unset()

    # --- on disk -------------------------------------------------------------------------

    def _insert(self, job: Job, *, ringing: bool = False) -> Job:
        wall = _wall(job.due)
        self.database.execute(
            "INSERT INTO jobs (skill, due, wall, first, rule, steady, data, ringing)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                job.skill,
                job.due.timestamp(),
                wall,
                wall,
                job.repeat,
                job.steady,
                _text(job.data),
                ringing,
            ),
        )
        ((job_id,),) = self.database.execute("SELECT last_insert_rowid()")
        return replace(job, id=job_id)

    def _read(self, which: str, values: Sequence[Any] = ()) -> list[Job]:
        owned = "" if self.owner is None else "skill=? AND "
        rows = self.database.execute(
            f"SELECT id, skill, due, data, rule, steady FROM jobs WHERE {owned}{which}"  # noqa: S608 - our own words
            " ORDER BY due, id",
            [*([] if self.owner is None else [self.owner]), *values],
        )
        zone = self.clock.now().tzinfo
        return [
            Job(
                id=job_id,
                skill=skill,
                due=datetime.fromtimestamp(due, UTC).astimezone(zone),
                data=json.loads(data),
                repeat=rule,
                steady=bool(steady),
            )
            for job_id, skill, due, data, rule, steady in rows
        ]

    def _after(self, job: Job, moment: datetime) -> datetime | None:
        rows = self.database.execute("SELECT first FROM jobs WHERE id=?", (job.id,))
        if not job.repeat or not rows:
            return None
        zone = moment.tzinfo or UTC
        first = datetime.fromisoformat(rows[0][0])
        wall = following(job.repeat, first, moment.replace(tzinfo=None))
        while wall and _day(wall) in job.data.get(LEFT_OUT, ()):
            wall = following(job.repeat, first, wall)
        return localise(wall, zone) if wall else None

    def _take(self, job: Job, now: datetime) -> Job:
        """The job rings from here on; where it repeats, the next time waits."""
        with self.database.transaction():
            later = self._after(job, max(now, job.due))
            if later is None:
                self.database.execute("UPDATE jobs SET ringing=1 WHERE id=?", (job.id,))
                return job
            self.database.execute(
                "UPDATE jobs SET due=?, wall=? WHERE id=?",
                (later.timestamp(), _wall(later), job.id),
            )
            return self._insert(replace(job, repeat=""), ringing=True)

    # --- running -------------------------------------------------------------------------

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


def _day(moment: datetime) -> str:
    return moment.date().isoformat()


def _wall(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat()


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(dict(data), ensure_ascii=False)
