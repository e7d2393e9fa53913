"""What is kept, what was sent, and when nobody is listened to."""

from __future__ import annotations

from collections import deque
from datetime import timedelta

from voice_assistant import answers
from voice_assistant.audio import earcons
from voice_assistant.mentions import after, mentioned
from voice_assistant.session import Exchange
from voice_assistant.skill import Answer, Home, Job, Piece, Pieces, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_count, say_duration, say_list

from .manner import Manner

PRIVATE = timedelta(hours=1)
"""How long the microphone stays closed where nobody said."""


class Privacy(Manner):
    """The part of `assistant` that is about what it knows and tells."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._told: deque[str] = deque(maxlen=60)

    def _last(self, turn: Turn) -> Exchange | None:
        """The last turn that was about something else; this one is about it."""
        turn.aside = True
        for exchange in reversed(turn.session.turns):
            if exchange.text and exchange.route.skill != self.name:
                return exchange
        return None

    def _words(self, turn: Turn) -> tuple[str, ...]:
        """Its last words about something else; where there are none, those about itself."""
        if (last := self._last(turn)) and last.said:
            return last.said
        return next((each.said for each in reversed(turn.session.turns) if each.said), ())

    @intent("forget")
    async def forget(self, turn: Turn) -> Answer:
        """Delete what was said today, once that is confirmed."""
        if not await turn.ask(turn.phrase("sure_forget"), answers.yes_no):
            return turn.phrase("kept")
        today = self.now().replace(hour=0, minute=0, second=0, microsecond=0)
        count = self.about.forget(today) if self.about else len(turn.session.turns)
        turn.session.turns.clear()
        self._told.clear()
        noun = {"zh": "段对话"}.get(turn.language, "turn")
        said = turn.phrase("forgotten", count=say_count(count, noun, turn.language))
        return Reply(say=said, receipts=(Receipt(action="assistant.forget"),))

    @intent("forget_last")
    async def forget_last(self, turn: Turn) -> Answer:
        """Delete what was said last."""
        last = self._last(turn)
        if last is None:
            return turn.phrase("nothing_yet")
        if self.about:
            self.about.forget(last.when)
        said = turn.phrase("forgot_last", text=last.text)
        return Reply(say=said, receipts=(Receipt(action="assistant.forget"),))

    @intent("data")
    async def data(self, turn: Turn) -> Answer:
        """Where what it knows is kept."""
        return turn.phrase("data")

    @intent("sent")
    async def sent(self, turn: Turn) -> Answer:
        """What left the machine today, from the log of the network."""
        network = self.home.services.get("network")
        today = self.now().replace(hour=0, minute=0, second=0, microsecond=0)
        contacts = network.contacts(today) if network else []
        if not contacts:
            return turn.phrase("sent_nothing")
        hosts = dict.fromkeys((contact.skill, contact.host) for contact in contacts)
        said = [turn.phrase("sent_one", skill=skill, host=host) for skill, host in hosts]
        return turn.phrase("sent", contacts=say_list(said, turn.language))

    @intent("recordings")
    async def recordings(self, turn: Turn) -> Answer:
        """Whether it records."""
        return turn.phrase("recordings")

    @intent("privacy")
    async def privacy(self, turn: Turn, duration: timedelta | None = None) -> Answer:
        """Close the microphone for a while, which is said; a sound tells when it is closed. Nobody is
        shut out on a guess."""
        if self.about is None:
            return turn.phrase("no_microphone")
        length = duration or mentioned("duration", turn, self.now()) or PRIVATE
        named = say_duration(length, turn.language)
        if turn.route.stage in ("match", "model"):
            if not await turn.ask(turn.phrase("sure_privacy", length=named), answers.yes_no):
                return turn.phrase("stays_open")
        said = turn.phrase("privacy_on", length=named)
        job = self.home.scheduler.add(after(self.now(), length), {"open": True})

        async def closing() -> Pieces:
            yield said
            yield Piece(sound=earcons.closed())

        await turn.say(Reply(say=closing()))
        self.about.privacy(True)
        result = {"microphone": "off", "until": job.due.isoformat()}
        return Reply(receipts=(Receipt(action="assistant.privacy", result=result),))

    async def start(self) -> None:
        """A microphone that was closed stays closed over a restart."""
        if self.home.scheduler.jobs() and self.about is not None:
            self.about.privacy(True)

    async def due(self, turn: Turn, job: Job) -> Answer:
        """Open the microphone again, with a sound."""
        if self.about is not None:
            self.about.privacy(False)

        async def opening() -> Pieces:
            yield Piece(sound=earcons.woken())

        return Reply(say=opening())

    async def missed(self, turn: Turn, jobs: list[Job]) -> Answer:
        """It should have been opened while off; it is open after the start."""
        return None
