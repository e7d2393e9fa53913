"""Recording by voice: begun, paused, marked and ended, with a sign that is heard and seen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from voice_assistant.audio import earcons
from voice_assistant.audio.frames import Clip
from voice_assistant.skill import Answer, Piece, Pieces, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_duration, say_list

from .base import Base
from .hints import names_in
from .meeting import Meeting, clock
from .sitting import Sitting


class Desk(Base):
    """The recorder's buttons."""

    session_minutes: ClassVar[float] = 24 * 60.0
    """As long as any meeting: until its recording is ended."""

    @intent("start")
    async def begin(self, turn: Turn, title: str | None = None, **slots: Any) -> Answer:
        """Record from now on."""
        if self.sitting is None:
            return turn.phrase("no_microphone")
        if self.home.services["listening"].mode == "open":
            return turn.phrase("open_mode")
        if self.sitting.meeting:
            return self._reply(turn.phrase("already", title=self.sitting.meeting.title))
        now = self.now()
        named = title.strip() if title else turn.phrase("untitled", time=now.strftime("%H.%M"))
        meeting = self.sitting.begin(named[:1].upper() + named[1:], now.date())
        self.home.services["sign"](turn.phrase("sign", title=meeting.title))
        turn.hold()  # "pause" is about the recording now
        receipt = Receipt(action="meetings.record", result={"meeting": meeting.id})
        said = turn.phrase("recording", title=meeting.title)
        return self._reply(said, earcons.recording(), receipt)

    @intent("consent")
    async def consent(self, turn: Turn) -> Answer:
        """Tell everybody in the room what is done with what they say."""
        return self._reply(turn.phrase("consent"))

    @intent("stop")
    @intent("end_it")
    async def end(self, turn: Turn) -> Answer:
        """End the recording and begin to write it down."""
        sitting = self._running()
        if sitting is None:
            return turn.phrase("not_recording")
        length, full = sitting.seconds, sitting.full
        meeting = await sitting.end()
        assert meeting is not None, "it was running"
        turn.release()
        self.home.services["sign"]("")
        self.writing.add(meeting)
        receipt = Receipt(
            action="meetings.recorded", result={"meeting": meeting.id, "seconds": round(length)}
        )
        said = turn.phrase(
            "full" if full else "recorded",
            title=meeting.title,
            length=say_duration(timedelta(seconds=round(length)), turn.language),
        )
        return self._reply(said, earcons.recorded(), receipt)

    @intent("pause")
    @intent("pause_it")
    async def hold(self, turn: Turn) -> Answer:
        """Record nothing for a while."""
        sitting = self._running()
        if sitting is None:
            return turn.phrase("not_recording")
        sitting.pause(paused=True)
        self.home.services["sign"](turn.phrase("sign_paused"))
        return self._reply(turn.phrase("paused"), earcons.recorded())

    @intent("resume_recording")
    @intent("resume_it")
    async def go_on(self, turn: Turn) -> Answer:
        """Record on."""
        sitting = self._running()
        if sitting is None or sitting.meeting is None:
            return turn.phrase("not_recording")
        sitting.pause(paused=False)
        self.home.services["sign"](turn.phrase("sign", title=sitting.meeting.title))
        return self._reply(turn.phrase("resumed"), earcons.recording())

    @intent("mark")
    async def mark(self, turn: Turn) -> Answer:
        """Remember this moment of the recording."""
        sitting = self._running()
        if sitting is None:
            return turn.phrase("not_recording")
        return self._reply(turn.phrase("marked", moment=clock(sitting.mark())))

    @intent("hints")
    async def hints(self, turn: Turn, names: str | None = None) -> Answer:
        """Names and terms that will be said."""
        sitting = self._running()
        if sitting is None:
            return turn.phrase("not_recording")
        heard = names or str(await turn.ask(turn.phrase("which_names")))
        known = names_in(heard)
        sitting.note(known)
        return self._reply(turn.phrase("noted", names=say_list(known, turn.language)))

    @intent("progress")
    async def progress(self, turn: Turn) -> Answer:
        """How far the latest meeting is written down."""
        if (sitting := self._running()) and sitting.meeting:
            length = say_duration(timedelta(seconds=round(sitting.seconds)), turn.language)
            return self._reply(turn.phrase("still_recording", length=length))
        meeting = self.latest()
        if meeting is None:
            return turn.phrase("none")
        return (
            turn.phrase("written", meeting=meeting.title)
            if meeting.done
            else self.wait(turn, meeting)
        )

    def wait(self, turn: Turn, meeting: Meeting) -> str:
        """What to say of a meeting that is not written down to its end yet."""
        if self.sitting and self.sitting.meeting and self.sitting.meeting.id == meeting.id:
            return turn.phrase("already", title=meeting.title)
        if self.writing.failed:
            return turn.phrase("failed", meeting=meeting.title, error=self.writing.failed)
        left = self.writing.left(meeting)
        if left is None:
            return turn.phrase("writing", meeting=meeting.title)
        time = say_duration(timedelta(minutes=max(1, round(left / 60))), turn.language)
        return turn.phrase("writing_left", meeting=meeting.title, time=time)

    def _running(self) -> Sitting | None:
        return self.sitting if self.sitting and self.sitting.meeting else None

    def _reply(self, said: str, sound: Clip | None = None, *receipts: Receipt) -> Reply:
        """A sentence that nobody in the meeting need answer: no listening on afterwards."""

        async def pieces() -> Pieces:
            if sound is not None:
                yield Piece(sound=sound)
            yield said

        return Reply(say=pieces(), receipts=receipts, listen=False)
