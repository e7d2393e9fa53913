"""Alarms: each is a job of the scheduler, with its rule where it repeats."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from voice_assistant import answers
from voice_assistant.mentions import after, mentioned, morning
from voice_assistant.recurrence import first_time, localise, repeat_of, rule
from voice_assistant.skill import (
    Answer,
    Job,
    Piece,
    Pieces,
    Receipt,
    Reply,
    Skill,
    Turn,
    intent,
)
from voice_assistant.speaking import (
    say_count,
    say_duration,
    say_list,
    say_moment,
    say_repeat,
    say_time,
)
from voice_assistant.values.kinds import When

from .waking import ring, wake

SNOOZE = timedelta(minutes=9)

ECHO = timedelta(seconds=10)
"""How soon after a ring was cut off "stop" and "snooze" still mean that ring."""

WARNING = timedelta(seconds=20)
"""How long after the start a wrong clock is mentioned: the network may tell the time by then."""

LATELY = timedelta(minutes=30)
"""How long after a ring one may still ask for more sleep."""


class Alarms(Skill):
    """Rings at a time of day."""

    _stopped: datetime | None = None
    _music: bool = False
    """Whether the last alarm woke with music, which goes on when its turn is over."""

    async def start(self) -> None:
        """Warn soon where the clock cannot be trusted and somebody counts on it."""
        if self._all() and self.home.scheduler.behind:
            self.home.scheduler.add(after(self.now(), WARNING), {"warning": True})

    # --- setting -------------------------------------------------------------------------

    @intent("set")
    async def set_alarm(
        self,
        turn: Turn,
        time: When | None = None,
        name: str | None = None,
        second: When | None = None,
    ) -> Answer:
        """Set an alarm (or two)."""
        return await self._set(turn, time, second, phrase="set", name=name or "")

    @intent("gently")
    async def set_gently(self, turn: Turn, time: When | None = None) -> Answer:
        """Set an alarm that rings softly."""
        return await self._set(turn, time, phrase="set_gently", gentle=True)

    @intent("with_music")
    async def set_with_music(
        self, turn: Turn, time: When | None = None, music: str | None = None
    ) -> Answer:
        """Set an alarm that plays music."""
        if "play_music" not in self.home.services or self.home.media is None:
            return turn.phrase("no_music")
        what = music or turn.phrase("music")
        return await self._set(turn, time, phrase="set_music", music=music or "", what=what)

    @intent("with_radio")
    async def set_with_radio(
        self, turn: Turn, time: When | None = None, station: str | None = None
    ) -> Answer:
        """Set an alarm that plays the radio."""
        if "play_radio" not in self.home.services or self.home.media is None:
            return turn.phrase("no_music")
        what = station or turn.phrase("radio")
        return await self._set(
            turn, time, phrase="set_music", music=station or "", radio=True, what=what
        )

    async def _set(
        self,
        turn: Turn,
        time: When | None,
        second: When | None = None,
        *,
        phrase: str,
        what: str = "",
        **data: object,
    ) -> Answer:
        time = time or mentioned("time", turn, self.now())
        if time is None or not (time.clock or time.after or time.part):
            time = await self._when(turn, time)
        data = {"name": "", **data}
        jobs = [self._keep(each, data) for each in (time, second) if each]
        times = say_list([self._say(job, turn.language) for job in jobs], turn.language)
        said = turn.phrase(phrase, times=times, what=what)
        if self.home.scheduler.behind:
            said = f"{said} {turn.phrase('clock_wrong')}"
        return Reply(say=said, receipts=tuple(self._receipt(turn, job) for job in jobs))

    async def _when(self, turn: Turn, day: When | None) -> When:
        """Ask for the time; keep the day that was said before."""
        time = await turn.ask(turn.phrase("when"), answers.clock(self.now))
        if day is None or day.day is None or time.day is not None:
            return time
        moment = datetime.combine(day.day, time.moment.time(), time.moment.tzinfo)
        return replace(time, moment=moment, day=day.day, repeat=day.repeat)

    def _keep(self, time: When, data: dict[str, object]) -> Job:
        now = self.now()
        if time.after is not None and time.clock is None:
            return self.home.scheduler.add(after(now, time.after), data)
        moment = morning(time, now)
        if time.repeat is None:
            return self.home.scheduler.add(moment, data)
        wall = first_time(time.repeat, moment.replace(tzinfo=None), now.replace(tzinfo=None))
        due = localise(wall, moment.tzinfo or now.tzinfo)  # type: ignore[arg-type]
        return self.home.scheduler.add(due, data, repeat=rule(time.repeat, wall))

    def _receipt(self, turn: Turn, job: Job) -> Receipt:
        async def undo() -> str:
            self.home.scheduler.remove(job)
            return turn.phrase("cancelled", alarm=self._say(job, turn.language))

        return Receipt(
            action="alarms.set", result={"due": str(job.due), "repeat": job.repeat}, undo=undo
        )

    # --- asking --------------------------------------------------------------------------

    @intent("list")
    async def list_all(self, turn: Turn, time: When | None = None) -> Answer:
        """Which alarms there are."""
        jobs = self._all()
        if time is not None and time.day is not None:
            jobs = [job for job in jobs if job.due.date() == time.day]
        if not jobs:
            return turn.phrase("none")
        said = say_list([self._say(job, turn.language) for job in jobs[:5]], turn.language)
        noun = {"zh": "个闹钟"}.get(turn.language, "alarm")
        return turn.phrase("list", count=say_count(len(jobs), noun, turn.language), alarms=said)

    @intent("next")
    async def next(self, turn: Turn) -> Answer:
        """When the next alarm rings."""
        jobs = self._all()
        if not jobs:
            return turn.phrase("none")
        return turn.phrase("next", time=say_moment(jobs[0].due, turn.language, self.now()))

    # --- changing ------------------------------------------------------------------------

    @intent("cancel")
    async def cancel(self, turn: Turn, time: When | None = None, name: str | None = None) -> Answer:
        """Cancel one alarm."""
        job = await self._one(turn, time, name)
        if job is None:
            return turn.phrase(
                "none_at" if time and self._all() else "none", time=self._at(time, turn)
            )
        self.home.scheduler.remove(job)
        return self._cancelled(turn, [job])

    @intent("cancel_all")
    async def cancel_all(self, turn: Turn) -> Answer:
        """Cancel every alarm."""
        jobs = self._all()
        if not jobs:
            return turn.phrase("none")
        with self.home.store.database.transaction():
            for job in jobs:
                self.home.scheduler.remove(job)
        return self._cancelled(turn, jobs)

    def _cancelled(self, turn: Turn, jobs: list[Job]) -> Reply:
        async def undo() -> str:
            for job in jobs:
                self.home.scheduler.add(job.due, job.data, repeat=job.repeat)
            return turn.phrase("back")

        noun = {"zh": "个闹钟"}.get(turn.language, "alarm")
        said = (
            turn.phrase("cancelled", alarm=self._say(jobs[0], turn.language))
            if len(jobs) == 1
            else turn.phrase("all_cancelled", count=say_count(len(jobs), noun, turn.language))
        )
        result = {"due": [str(job.due) for job in jobs]}
        return Reply(
            say=said, receipts=(Receipt(action="alarms.cancel", result=result, undo=undo),)
        )

    @intent("move")
    async def move(self, turn: Turn, time: When | None = None, old: When | None = None) -> Answer:
        """Let an alarm ring at another time."""
        job = await self._one(turn, old, None)
        if job is None:
            return turn.phrase(
                "none_at" if old and self._all() else "none", time=self._at(old, turn)
            )
        if time is None:
            time = await turn.ask(turn.phrase("when"), answers.clock(self.now))
        before = job.due
        moment = morning(time, self.now())
        if time.day is None and time.after is None:
            moment = datetime.combine(before.date(), moment.time(), moment.tzinfo)
            if moment <= self.now():
                moment += timedelta(days=1)
        repeat = rule(repeat_of(job.repeat), moment) if job.repeat else ""
        with self.home.store.database.transaction():
            self.home.scheduler.remove(job)
            new = self.home.scheduler.add(moment, job.data, repeat=repeat)

        async def undo() -> str:
            self.home.scheduler.change(new, due=before)
            return turn.phrase("set", times=say_moment(before, turn.language, self.now()))

        receipt = Receipt(action="alarms.move", result={"due": str(moment)}, undo=undo)
        return Reply(
            say=turn.phrase("set", times=self._say(new, turn.language)), receipts=(receipt,)
        )

    @intent("skip")
    async def skip(self, turn: Turn, time: When | None = None) -> Answer:
        """Leave out the next time of a repeating alarm (cancel one that does not repeat)."""
        jobs = self._matching(time) if time else self._all()
        if not jobs:
            return turn.phrase("none")
        job = jobs[0]
        later = self.home.scheduler.following(job)
        if later is None:
            return await self.cancel(turn, time)
        self.home.scheduler.change(job, due=later)

        async def undo() -> str:
            self.home.scheduler.change(job, due=job.due)
            return turn.phrase("back")

        said = turn.phrase(
            "skipped",
            time=say_moment(job.due, turn.language, self.now()),
            later=say_moment(later, turn.language, self.now()),
        )
        receipt = Receipt(action="alarms.skip", result={"next": str(later)}, undo=undo)
        return Reply(say=said, receipts=(receipt,))

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
        """The ring was cut off already by the word itself; music is not."""
        return self._hush() or (self._stopped is not None and self.now() - self._stopped < ECHO)

    def _hush(self) -> bool:
        """End the music of an alarm; whether there was some."""
        music, self._music = self._music, False
        media = self.home.media
        lately = self._stopped is not None and self.now() - self._stopped < LATELY
        if not music or media is None or media.media_idle or not lately:
            return False
        media.stop_media()
        return True

    # --- which one -----------------------------------------------------------------------

    def _all(self) -> list[Job]:
        return [job for job in self.home.scheduler.jobs() if not job.data.get("warning")]

    def _matching(self, time: When | None) -> list[Job]:
        """The alarms a time may mean: "the seven o'clock alarm", "tomorrow's alarm"."""
        jobs = self._all()
        if time is None:
            return jobs
        if time.repeat is not None:
            jobs = [j for j in jobs if j.repeat and repeat_of(j.repeat).days == time.repeat.days]
        if time.day is not None:
            jobs = [job for job in jobs if job.due.date() == time.day]
        if time.clock is not None:
            half = 12 if time.ambiguous else 24
            jobs = [
                job
                for job in jobs
                if (job.due.hour - time.clock.hour) % half == 0
                and job.due.minute == time.clock.minute
            ]
        return jobs

    async def _one(self, turn: Turn, time: When | None, name: str | None) -> Job | None:
        jobs = self._matching(time)
        if name:
            jobs = [job for job in jobs if job.data["name"] and name in job.data["name"]]
        if len(jobs) < 2:
            return jobs[0] if jobs else None
        names = {self._say(job, turn.language): job for job in jobs}
        which = say_list(list(names), turn.language, either=True)
        picked = await turn.ask(turn.phrase("which", alarms=which), answers.choice(list(names)))
        return names[str(picked)]

    def _say(self, job: Job, language: str) -> str:
        """When an alarm rings: "7 AM tomorrow", "7 AM every weekday"."""
        if not job.repeat:
            return say_moment(job.due, language, self.now())
        often = say_repeat(repeat_of(job.repeat), language)
        clock = say_time(job.due, language)
        return often + clock if language == "zh" else f"{clock} {often}"

    def _at(self, time: When | None, turn: Turn) -> str:
        return say_time(time.moment, turn.language) if time else ""
