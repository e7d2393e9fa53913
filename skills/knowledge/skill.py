"""Answers questions from what is written on this machine, and says from where."""

from __future__ import annotations

import re
from dataclasses import replace

from voice_assistant.sentences import Splitter
from voice_assistant.skill import Answer, Reply, Route, Skill, Turn, intent

_TALK = {
    "en": re.compile(
        r"\b(?:you|your|yours|yourself|me|my|mine|we|our|ours|us|i|i'm|i've|he|she|they|him|her)\b"
    ),
    "zh": re.compile(r"[你您我咱他她]|怎么办|好不好|行不行"),
}
"""What a question about the world does not hold."""

_ASKS = {
    "en": re.compile(
        r"^(?:(?:can|could|would) you (?:please )?|do you know |please )*(?:tell me )?"
        r"(?:know )?(?:about|who|what|when|where|why|how)\b"
    ),
    "zh": re.compile(r"^(?:你知道|请问|告诉我|给我(?:讲讲|介绍))"),
}
"""Politeness around a question about the world."""

MORE = 2
"""Sentences of a source that "tell me more" goes on with."""


class Knowledge(Skill):
    """Looks things up."""

    _title = ""
    """The article or note of the last answer."""
    _rest: tuple[str, ...] = ()
    """Its sentences that were not said yet."""
    _source = ""

    @intent("answer")
    async def answer(self, turn: Turn, thing: str = "") -> Answer:
        """A question: the answer of the encyclopaedia or a note, else talk, else "I'm not sure"."""
        shelf = self.home.services.get("knowledge")
        finding = await shelf.answer(thing or turn.text, turn.language) if shelf else None
        if finding is None:
            return self._not_found(turn)
        passage = finding.passage
        self._title, self._source = passage.title, passage.source
        splitter = Splitter(early=False)
        sentences = [*splitter.feed(passage.text), *splitter.finish()]
        self._rest = tuple(s for s in sentences if s not in finding.answer)
        key = "from_note" if self._is_note else "from_source"
        return Reply(
            say=turn.phrase(key, answer=finding.answer, title=passage.title, source=self._source),
            display=self._card(passage.text),
        )

    @intent("more")
    async def more(self, turn: Turn) -> Answer:
        """The next sentences of the same source."""
        said, self._rest = self._rest[:MORE], self._rest[MORE:]
        if not said:
            return turn.phrase("no_more" if self._title else "nothing_yet", title=self._title)
        return ("" if turn.language == "zh" else " ").join(said)

    @intent("source")
    async def source(self, turn: Turn) -> Answer:
        """Where the last answer is from."""
        if not self._title:
            return turn.phrase("nothing_yet")
        key = "source_note" if self._is_note else "source"
        return turn.phrase(key, title=self._title, source=self._source)

    def _not_found(self, turn: Turn) -> Answer:
        """Talk for the chat skill; for the world, the honest answer."""
        talk = _TALK[turn.language].search(_ASKS[turn.language].sub("", turn.text.lower()))
        if talk:
            chat = Route(skill="chat", intent="talk", text=turn.route.text, stage="chat")
            turn.route = replace(turn.route, then=chat)
            return None
        shelf = self.home.services.get("knowledge")
        if shelf is None or not shelf.ready:
            return turn.phrase("reading" if shelf else "no_library")
        return turn.phrase("not_sure")

    @property
    def _is_note(self) -> bool:
        return self._source.startswith("note:")

    def _card(self, text: str) -> str:
        licence = "" if self._is_note else ", CC BY-SA 4.0"
        return f"# {self._title}\n\n{text}\n\n*{self._source.removeprefix('note:')}{licence}*"
