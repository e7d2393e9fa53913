"""Jobs for later: on disk before they are confirmed, due on the wall clock, never late by hours.

The scheduler knows when; what a job means is its skill's business (`Skill.due`). A job whose moment
passed while the machine was off, or that comes up more than LATE after its moment (the machine slept,
the clock jumped), is not fired but handed to `Skill.missed`.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import anyio

from voice_assistant.clock import Clock
from voice_assistant.store import Database

LATE = timedelta(seconds=90)
"""Later than this, a job was missed: it is told, not rung."""

LOOK = 30.0
"""Seconds between looks at the wall clock while nothing is near: a changed clock or a suspended
machine is noticed within this time. Near a job, the wait is exact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something to do at a moment."""

    id: int
    skill: str
    due: datetime
    """With time zone."""
    data: Mapping[str, Any] = field(default_factory=dict)


class Scheduler:
    """The jobs of one skill (`owner`), or of all where owner is None. Lives on the event loop only."""

    def __init__(self, database: Database, clock: Clock, owner: str | None = None) -> None:
        self.database = database
        self.clock = clock
        self.owner = owner
        self._changed = anyio.Event()
        database.execute(
            "CREATE TABLE IF NOT EXISTS jobs (id INTEGER PRIMARY KEY, skill TEXT NOT NULL,"
            " due REAL NOT NULL, data TEXT NOT NULL)"
        )

    def owned_by(self, skill: str) -> Scheduler:
        """The same scheduler as one skill sees it."""
        view = Scheduler(self.database, self.clock, skill)
        view._announce = self._announce  # type: ignore[method-assign]  # noqa: SLF001
        return view

    def _announce(self) -> None:
        self._changed.set()

    def add(self, due: datetime, data: Mapping[str, Any] | None = None) -> Job:
        """Keep a job; it is on disk when this returns."""
        if self.owner is None:
            raise ValueError("a job belongs to a skill")
        with self.database.transaction():
            self.database.execute(
                "INSERT INTO jobs (skill, due, data) VALUES (?, ?, ?)",
                (self.owner, due.timestamp(), json.dumps(data or {}, ensure_ascii=False)),
            )
            ((job_id,),) = self.database.execute("SELECT last_insert_rowid()")
        self._announce()
        return Job(id=job_id, skill=self.owner, due=due, data=data or {})

    def change(
        self, job: Job, *, due: datetime | None = None, data: Mapping[str, Any] | None = None
    ) -> Job:
        """Move a job or give it other data."""
        new = Job(
            id=job.id, skill=job.skill, due=due or job.due, data=job.data if data is None else data
        )
        self.database.execute(
            "UPDATE jobs SET due=?, data=? WHERE id=?",
            (new.due.timestamp(), json.dumps(dict(new.data), ensure_ascii=False), job.id),
        )
        self._announce()
        return new

    def remove(self, job: Job) -> None:
        """Forget a job."""
        self.database.execute("DELETE FROM jobs WHERE id=?", (job.id,))
        self._announce()

    def jobs(self) -> list[Job]:
        """The jobs that wait, soonest first."""
        rows = self.database.execute(
            "SELECT id, skill, due, data FROM jobs WHERE ?1 IS NULL OR skill=?1 ORDER BY due, id",
            (self.owner,),
        )
        zone = self.clock.now().tzinfo
        return [
            Job(
                id=i,
                skill=s,
                due=datetime.fromtimestamp(d, UTC).astimezone(zone),
                data=json.loads(j),
            )
            for i, s, d, j in rows
        ]

    async def run(
        self,
        fire: Callable[[Job], Awaitable[None]],
        missed: Callable[[list[Job]], Awaitable[None]],
    ) -> None:
        """Call `fire` for each job at its moment, and `missed` with those that are too late.

        A job is removed before it is fired unless the skill keeps it by adding the next one: a crash
        between costs one ring, never rings twice. For ever; cancel to end it.
        """
        while True:
            self._changed = anyio.Event()
            now = self.clock.now()
            ready = [job for job in self.jobs() if job.due <= now]
            late = [job for job in ready if now - job.due > LATE]
            for job in ready:
                self.remove(job)
            if late:
                await missed(late)
            for job in ready:
                if job not in late:
                    await fire(job)
            if not ready:
                waiting = self.jobs()
                wait = (waiting[0].due - self.clock.now()).total_seconds() if waiting else LOOK
                with anyio.move_on_after(max(0.0, min(wait, LOOK))):
                    await self._changed.wait()
