"""The memory one can list and delete, and the answers kept for the owner to review."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from voice_assistant import answers
from voice_assistant.skill import Answer, Home, Receipt, Reply, Skill, Turn, intent
from voice_assistant.speaking import say_list

from .memory import Memory, told_back

TOLD = 6
"""Facts that are told at a time, the latest."""


class Keeping(Skill):
    """What the household asked to be kept."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.memory = Memory(home.store)

    def offers(self) -> Mapping[str, Any]:
        """`memories`: what the household asked to be remembered, as it is told to them."""
        return {
            "memories": lambda language: [told_back(f, language) for f in self.memory.facts[-TOLD:]]
        }

    def forget_talk(self) -> None:
        """Forget what the talk itself holds."""

    @intent("remember")
    async def remember(self, turn: Turn, fact: str) -> Answer:
        """Keep a fact."""
        self.memory.add(fact)
        back = told_back(fact, turn.language)

        async def undo() -> str:
            self.memory.remove(fact)
            return turn.phrase("forgotten", facts=back)

        receipt = Receipt(action="chat.remember", result={"fact": fact}, undo=undo)
        return Reply(say=turn.phrase("remembered", fact=back), receipts=(receipt,))

    @intent("memories")
    async def memories(self, turn: Turn) -> Answer:
        """Tell what is remembered."""
        facts = self.memory.facts
        if not facts:
            return turn.phrase("no_memories")
        return self.tell(facts, turn)

    def tell(self, facts: list[str], turn: Turn) -> Reply:
        """Facts as they are told to the household, all of them on a card."""
        parted = "；" if turn.language == "zh" else "; "
        told = parted.join(told_back(fact, turn.language) for fact in facts[-TOLD:])
        card = "\n".join(f"- {fact}" for fact in facts)
        return Reply(say=turn.phrase("memories", facts=told), display=card)

    @intent("forget")
    async def forget(self, turn: Turn, fact: str = "") -> Answer:
        """Forget what was told about something; without more, what was just told."""
        gone = self.memory.remove(fact or self._just_told(turn))
        if not gone:
            return turn.phrase("not_remembered")
        told = say_list([told_back(f, turn.language) for f in gone], turn.language)
        receipt = Receipt(action="chat.forget", result={"facts": gone})
        return Reply(say=turn.phrase("forgotten", facts=told), receipts=(receipt,))

    def _just_told(self, turn: Turn) -> str:
        """The fact of the turn before, or nothing."""
        last = turn.session.turns[-1] if turn.session.turns else None
        told = last.receipts if last is not None else ()
        facts = [each.result["fact"] for each in told if each.action == "chat.remember"]
        return str(facts[-1]) if facts else ""

    @intent("forget_all")
    async def forget_all(self, turn: Turn) -> Answer:
        """Forget everything, once confirmed."""
        sure = await turn.ask(turn.phrase("forget_sure"), answers.yes_no)
        if not sure:
            return turn.phrase("kept")
        count = len(self.memory.facts)
        self.memory.clear()
        self.forget_talk()
        receipt = Receipt(action="chat.forget_all", result={"count": count})
        return Reply(say=turn.phrase("all_forgotten"), receipts=(receipt,))

    @intent("report")
    async def report(self, turn: Turn) -> Answer:
        """Keep the last answer, with how it came about, for the owner to look at."""
        last = turn.session.turns[-1] if turn.session.turns else None
        if last is None:
            return turn.phrase("nothing_to_report")
        entry = {
            "when": last.when.isoformat(),
            "heard": last.text,
            "skill": last.route.skill,
            "intent": last.route.intent,
            "stage": last.route.stage,
            "said": list(last.said),
            "error": last.error,
            "model": self.home.mind.name,
        }
        self.home.folder.mkdir(parents=True, exist_ok=True)
        file = self.home.folder / "reports.jsonl"
        with file.open("a", encoding="utf-8") as reports:
            reports.write(json.dumps(entry, ensure_ascii=False) + "\n")
        receipt = Receipt(action="chat.report", result={"file": str(file)})
        return Reply(say=turn.phrase("reported"), receipts=(receipt,))
