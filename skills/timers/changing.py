"""What becomes of timers: cancelled, held, made longer or shorter, started over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from voice_assistant import answers
from voice_assistant.mentions import after, mentioned, that
from voice_assistant.normal import joined
from voice_assistant.skill import Answer, Job, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_duration, say_roughly

from .kept import NEVER, Kept, count_of


class Changing(Kept):
    """The part of `timers` that changes them."""

    @intent("cancel")
    @intent("cancel_it")
    async def cancel(
        self,
        turn: Turn,
        name: str | None = None,
        duration: timedelta | None = None,
        place: str | None = None,
        those: object = None,
    ) -> Answer:
        """Cancel one timer, or those that are pointed at."""
        if place in ("shortest", "longest") and self._all():
            ends = min if place == "shortest" else max
            jobs = [ends(self._all(), key=lambda each: each.data["length"])]
        else:
            jobs = await self._some(turn, name, duration)
        return self._gone(turn, jobs) if jobs else self._no_such(turn, name)

    @intent("cancel_all")
    @intent("cancel_them")
    async def cancel_all(self, turn: Turn) -> Answer:
        """Cancel every timer."""
        jobs = self._all()
        return self._gone(turn, jobs, every=True) if jobs else turn.phrase("none")

    def _gone(self, turn: Turn, jobs: Sequence[Job], *, every: bool = False) -> Reply:
        """Take these timers out, and tell which."""
        if len(jobs) == 1 and not every:
            said = turn.phrase("cancelled", timer=self._the(jobs[0], turn))
        else:
            said = turn.phrase("all_cancelled", count=count_of(jobs, turn.language))
        return self._cancelled(turn, jobs, said)

    def _cancelled(self, turn: Turn, jobs: Sequence[Job], said: str) -> Reply:
        """Take these timers out."""
        with self.home.store.database.transaction():
            for job in jobs:
                self.home.scheduler.remove(job)

        async def undo() -> str:
            for job in jobs:
                self.home.scheduler.add(job.due, job.data, steady=True)
            return turn.phrase("back")

        names = [job.data["name"] for job in jobs]
        receipt = Receipt(action="timers.cancel", result={"names": names}, undo=undo)
        return Reply(say=said, receipts=(receipt,))

    @intent("rename_it")
    async def rename(self, turn: Turn, name: str) -> Answer:
        """Give the timer that was just spoken of a name."""
        job = that(self._all(), self._it)
        if job is None:
            return turn.phrase("none")
        rest = self._rest(job)
        call = self._call(replace(job, data={**job.data, "name": name}), turn.language)
        said = turn.phrase("renamed", timer=call, left=say_roughly(rest, turn.language))
        return self._set(turn, job, rest, "rename", said, paused="left" in job.data, name=name)

    @intent("pause")
    @intent("pause_it")
    async def pause(self, turn: Turn, name: str | None = None, those: object = None) -> Answer:
        """Hold a timer."""
        running = [job for job in self._all() if "left" not in job.data]
        jobs = await self._some(turn, name, None, running)
        return self._held(turn, jobs, "paused") if jobs else self._no_such(turn, name)

    @intent("resume")
    @intent("resume_it")
    async def resume_timer(
        self, turn: Turn, name: str | None = None, those: object = None
    ) -> Answer:
        """Let a paused timer go on."""
        jobs = await self._some(turn, name, None, [j for j in self._all() if "left" in j.data])
        return self._held(turn, jobs, "resumed") if jobs else turn.phrase("none_paused")

    @intent("pause_all")
    async def pause_all(self, turn: Turn) -> Answer:
        """Hold every timer."""
        jobs = [job for job in self._all() if "left" not in job.data]
        return self._held(turn, jobs, "paused") if jobs else turn.phrase("none")

    @intent("resume_all")
    async def resume_all(self, turn: Turn) -> Answer:
        """Let every timer go on that is held."""
        jobs = [job for job in self._all() if "left" in job.data]
        return self._held(turn, jobs, "resumed") if jobs else turn.phrase("none_paused")

    def _held(self, turn: Turn, jobs: Sequence[Job], key: str) -> Reply:
        """Have these timers stand still ("paused") or go on ("resumed")."""
        said: list[str] = []
        receipts: list[Receipt] = []
        for job in jobs:
            rest = self._rest(job)
            words = {"timer": self._the(job, turn), "left": say_roughly(rest, turn.language)}
            told = turn.phrase(key, **words)
            one = self._set(turn, job, rest, key, told, paused=key == "paused")
            said.append(str(one.say))
            receipts.extend(one.receipts)
        return Reply(say=joined(said, turn.language), receipts=tuple(receipts))

    @intent("restart")
    @intent("restart_it")
    async def restart(
        self, turn: Turn, name: str | None = None, duration: timedelta | None = None
    ) -> Answer:
        """Start a timer over, paused or not."""
        job = await self._one(turn, name, None)
        if job is None:
            return self._no_such(turn, name)
        length = duration or timedelta(seconds=job.data["length"])
        said = turn.phrase(
            "restarted", timer=self._the(job, turn), length=say_duration(length, turn.language)
        )
        return self._set(turn, job, length, "restart", said)

    @intent("change")
    @intent("change_it")
    async def change(
        self,
        turn: Turn,
        duration: timedelta | None = None,
        name: str | None = None,
        old: timedelta | None = None,
        minutes: float | None = None,
        those: object = None,
    ) -> Answer:
        """Have a timer run for another length, from now on."""
        job = await self._one(turn, name, old, self._all())
        if job is None:
            return self._no_such(turn, name)
        length = duration or timedelta(minutes=float(minutes or 0))
        if length <= timedelta():
            return turn.phrase("too_short")
        new = replace(job, data={**job.data, "length": length.total_seconds()})
        self.home.store.set("last", {"name": job.data["name"], "length": new.data["length"]})
        said = turn.phrase(
            "changed", timer=self._the(job, turn), length=say_duration(length, turn.language)
        )
        return self._set(turn, job, length, "change", said, length=length)

    def _set(
        self,
        turn: Turn,
        job: Job,
        rest: timedelta,
        verb: str,
        said: str,
        *,
        paused: bool = False,
        length: timedelta | None = None,
        **more: str,
    ) -> Reply:
        """Have a timer that long to go, or held there; of another length in all."""
        data: dict[str, Any] = {key: value for key, value in job.data.items() if key != "left"}
        data |= more
        if paused:
            data["left"] = rest.total_seconds()
        if length is not None:
            data["length"] = length.total_seconds()
        self.home.scheduler.change(job, due=NEVER if paused else after(self.now(), rest), data=data)

        async def undo() -> str:
            self.home.scheduler.change(job, due=job.due, data=job.data)
            return self._state(turn, job)

        result = {**data, "rest": rest.total_seconds()}
        return Reply(
            say=said, receipts=(Receipt(action=f"timers.{verb}", result=result, undo=undo),)
        )

    @intent("extend")
    @intent("extend_it")
    @intent("shorten")
    @intent("shorten_it")
    async def move(
        self,
        turn: Turn,
        duration: timedelta | None = None,
        name: str | None = None,
        minutes: float | None = None,
        those: object = None,
    ) -> Answer:
        """Add time to a timer, or take some off it."""
        sign = -1 if (turn.route.intent or "").startswith("shorten") else 1
        duration = timedelta(minutes=float(minutes)) if minutes else duration
        job = await self._one(turn, name, None)
        if job is None and name and duration and sign > 0:
            return self._begun(turn, [self._start(duration, name)])  # "forty for the chicken"
        if job is None:
            return self._no_such(turn, name)
        duration = duration or mentioned("duration", turn, self.now())
        if duration is None:
            duration = await turn.ask(turn.phrase("by_how_much"), answers.duration)
        paused = "left" in job.data
        rest = self._left(job) + sign * duration
        if rest <= timedelta():
            return turn.phrase("not_that_much", left=self._state(turn, job))
        said = turn.phrase(
            "moved", timer=self._the(job, turn), left=say_roughly(rest, turn.language)
        )
        return self._set(turn, job, rest, "move", said, paused=paused)
