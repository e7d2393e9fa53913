"""Jobs for later, on disk before they are confirmed. When they are due is the scheduler's business
(scheduler.py), what they mean their skill's (`Skill.due`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import anyio

from voice_assistant.clock import Clock
from voice_assistant.recurrence import following, localise
from voice_assistant.store import Database, Store

NOTED = timedelta(minutes=10)
"""How often the time is noted on disk, to notice at the next start that the clock fell behind."""

LEFT_OUT = "left_out"
"""Where a job's data keeps the days (ISO 8601) on which it does not come."""


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


class Jobs:
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

    def owned_by(self, skill: str) -> Jobs:
        """The same jobs as one skill sees them."""
        view = Jobs(self.database, self.clock, skill, unset=self._unset)
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


def _day(moment: datetime) -> str:
    return moment.date().isoformat()


def _wall(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat()


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(dict(data), ensure_ascii=False)
