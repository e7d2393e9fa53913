"""What can you do, what did you hear, why, again, undo: answered from the turns themselves."""

from __future__ import annotations

from collections import deque
from datetime import timedelta

from voice_assistant import answers
from voice_assistant.session import Exchange
from voice_assistant.skill import (
    Answer,
    Home,
    Piece,
    Pieces,
    Prosody,
    Receipt,
    Reply,
    Skill,
    Turn,
    intent,
)
from voice_assistant.speaking import say_count, say_list, say_moment, say_number

from .about import About

SLOWER = 0.75
"""The pace of "say it slower"."""

STEP = 0.15
"""How much faster or slower "talk faster" makes it, and within which paces."""
PACES = (0.5, 2.0)

FRESH = timedelta(days=2)
"""How old a missed alarm may be and still be told."""

SHOWN = 3
"""Examples told at a time."""

SENSITIVITY = 0.1


class AssistantSkill(Skill):
    """The assistant about itself."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._told: deque[str] = deque(maxlen=60)
        self._undone: set[int] = set()

    @property
    def _about(self) -> About | None:
        about: About | None = self.home.services.get("assistant")
        return about

    # --- what it can do ------------------------------------------------------------------

    @intent("help")
    async def help(self, turn: Turn) -> Answer:
        """Examples of what can be said, other ones each time."""
        known = list(self._about.examples(turn.language)) if self._about else []
        fresh = [each for each in known if each not in self._told] or known
        shown = fresh[:SHOWN]
        self._told.extend(shown)
        if not shown:
            return turn.phrase("help_plain")
        quoted = [turn.phrase("quoted", text=text) for text in shown]
        return turn.phrase("help", examples=say_list(quoted, turn.language, either=True))

    @intent("who")
    async def who(self, turn: Turn) -> Answer:
        """Who it is."""
        return turn.phrase("who")

    # --- what happened -------------------------------------------------------------------

    @intent("heard")
    async def heard(self, turn: Turn) -> Answer:
        """The words it understood last."""
        last = self._last(turn)
        return turn.phrase("heard", text=last.text) if last else turn.phrase("nothing_yet")

    @intent("why")
    async def why(self, turn: Turn) -> Answer:
        """How it came to its last answer."""
        last = self._last(turn)
        if last is None:
            return turn.phrase("nothing_yet")
        if last.error:
            return turn.phrase("why_failed", text=last.text)
        route = last.route
        stage = f"why_{route.stage}"
        if stage not in ("why_template", "why_match", "why_model", "why_session", "why_follow"):
            stage = "why_other"
        return turn.phrase(
            stage,
            text=last.text,
            skill=route.skill or "",
            percent=say_number(round(100 * route.confidence), turn.language),
        )

    @intent("repeat")
    async def repeat(self, turn: Turn) -> Answer:
        """Its last words again."""
        last = self._last(turn)
        if last is None or not last.said:
            return turn.phrase("nothing_to_repeat")
        return " ".join(last.said)

    @intent("slowly")
    async def slowly(self, turn: Turn) -> Answer:
        """Its last words again, slower."""
        last = self._last(turn)
        if last is None or not last.said:
            return turn.phrase("nothing_to_repeat")

        async def again() -> Pieces:
            for sentence in last.said:
                yield Piece(text=sentence, prosody=Prosody(pace=SLOWER), pause=0.4)

        return Reply(say=again())

    @intent("done")
    async def done(self, turn: Turn) -> Answer:
        """Whether the last thing was carried out."""
        last = self._last(turn)
        if last is None:
            return turn.phrase("nothing_yet")
        if last.receipts:
            return turn.phrase("did", said=" ".join(last.said) or last.text)
        return turn.phrase("did_not", text=last.text)

    @intent("undo")
    async def undo(self, turn: Turn) -> Answer:
        """Take the last action back."""
        for exchange in reversed(turn.session.turns):
            for receipt in reversed(exchange.receipts):
                if receipt.undo is not None and id(receipt) not in self._undone:
                    self._undone.add(id(receipt))
                    said = await receipt.undo()
                    return Reply(
                        say=said,
                        receipts=(Receipt(action="assistant.undo", result={"of": receipt.action}),),
                    )
        return turn.phrase("nothing_to_undo")

    @intent("missed")
    async def missed_things(self, turn: Turn) -> Answer:
        """What rang unheeded."""
        now = self.now()
        jobs = self.home.scheduler.missed(now - FRESH)
        if not jobs:
            return turn.phrase("nothing_missed")
        said = [
            turn.phrase(
                "missed_one",
                title=job.data.get("title", job.skill),
                time=say_moment(job.due, turn.language, now),
            )
            for job in jobs
        ]
        self.home.scheduler.told()
        return turn.phrase("missed", things=say_list(said, turn.language))

    def _last(self, turn: Turn) -> Exchange | None:
        """The last turn that was about something else."""
        for exchange in reversed(turn.session.turns):
            if exchange.text and exchange.route.skill != self.name:
                return exchange
        return None

    # --- privacy -------------------------------------------------------------------------

    @intent("forget")
    async def forget(self, turn: Turn) -> Answer:
        """Delete what was said today, once that is confirmed."""
        if not await turn.ask(turn.phrase("sure_forget"), answers.yes_no):
            return turn.phrase("kept")
        today = self.now().replace(hour=0, minute=0, second=0, microsecond=0)
        count = self._about.forget(today) if self._about else len(turn.session.turns)
        turn.session.turns.clear()
        self._told.clear()
        noun = {"zh": "段对话"}.get(turn.language, "turn")
        said = turn.phrase("forgotten", count=say_count(count, noun, turn.language))
        return Reply(say=said, receipts=(Receipt(action="assistant.forget"),))

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
    async def privacy(self, turn: Turn) -> Answer:
        """Close the microphone."""
        if self._about is None:
            return turn.phrase("no_microphone")
        await turn.say(turn.phrase("privacy_on"))
        self._about.privacy(True)
        return Reply(receipts=(Receipt(action="assistant.privacy", result={"microphone": "off"}),))

    # --- how it speaks and listens -------------------------------------------------------

    @intent("faster")
    async def faster(self, turn: Turn) -> Answer:
        """Speak faster from now on."""
        return self._pace(turn, STEP)

    @intent("slower")
    async def slower(self, turn: Turn) -> Answer:
        """Speak slower from now on."""
        return self._pace(turn, -STEP)

    @intent("normal_pace")
    async def normal_pace(self, turn: Turn) -> Answer:
        """Speak at the voice's own pace again."""
        return self._setting(turn, "speaking.pace", 1.0, "pace")

    def _pace(self, turn: Turn, by: float) -> Answer:
        if self._about is None:
            return turn.phrase("cannot_change")
        pace = round(float(self._about.get("speaking.pace")) + by, 2)
        if not PACES[0] <= pace <= PACES[1]:
            return turn.phrase("pace_end")
        return self._setting(turn, "speaking.pace", pace, "faster" if by > 0 else "slower")

    @intent("more_sensitive")
    async def more_sensitive(self, turn: Turn) -> Answer:
        """Wake more easily."""
        return self._sensitivity(turn, SENSITIVITY)

    @intent("less_sensitive")
    async def less_sensitive(self, turn: Turn) -> Answer:
        """Wake less easily."""
        return self._sensitivity(turn, -SENSITIVITY)

    def _sensitivity(self, turn: Turn, by: float) -> Answer:
        if self._about is None:
            return turn.phrase("cannot_change")
        value = round(float(self._about.get("listening.sensitivity")) + by, 2)
        if not 0 <= value <= 1:
            return turn.phrase("sensitivity_end")
        key = "more_sensitive" if by > 0 else "less_sensitive"
        return self._setting(turn, "listening.sensitivity", value, key)

    @intent("language")
    async def language(self, turn: Turn, spoken: str) -> Answer:
        """Speak one language only, or both."""
        return self._setting(turn, "language", spoken, f"language_{spoken}")

    def _setting(self, turn: Turn, key: str, value: object, phrase: str) -> Answer:
        """Change a setting; the change can be undone."""
        about = self._about
        if about is None:
            return turn.phrase("cannot_change")
        before = about.get(key)
        about.change(key, value)

        async def undo() -> str:
            about.change(key, before)
            return turn.phrase("as_before")

        receipt = Receipt(
            action="assistant.setting", result={"key": key, "value": value}, undo=undo
        )
        return Reply(say=turn.phrase(phrase), receipts=(receipt,))
