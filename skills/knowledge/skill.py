"""Answers questions from what is written on this machine, and says from where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from voice_assistant import kiwix
from voice_assistant.http import Unreachable
from voice_assistant.knowledge import Finding
from voice_assistant.normal import joined
from voice_assistant.sentences import Splitter
from voice_assistant.skill import Answer, NotAllowed, Reply, Route, Skill, Turn, intent

from . import elsewhere, going_on

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

_TO_US = {
    "en": re.compile(
        r"^(?:do|are|would|will|did|have|can|could) you\b(?! (?:know|tell|explain|happen|look|find))"
        r"|\b(?:should|shall|could|must) (?:i|we)\b|\b(?:can|do) i\b"
        r"|^what an? (?:\w+ )+(?!is|are|was)\w+$|^how (?:nice|lovely|sweet|sad|funny|kind)\b"
        r"|\byour\b|^do you know (?:any|some)\b"
        r"|^(?:is|are|was|were|do|does|did|can|will|would) (?:it|they|he|she|that|this)\b"
        r"|^(?:let's|i|we)\b|\bdo you (?:think|like|feel|believe)\b"
    ),
    "zh": re.compile(
        r"^(?:[你您](?!知道)|我|咱)|怎么(?:办|才|能|做|样才)|如何(?:才|能)|[你您](?:觉得|认为|喜欢)"
    ),
}
"""What is asked of whoever listens, and of no book: advice, opinions, what to do today."""

LICENCE = ", CC BY-SA 4.0"
"""Of the encyclopaedia that can be installed."""

MORE = 2
"""Sentences of a source that "tell me more" goes on with."""


class Knowledge(Skill):
    """Looks things up."""

    settings: ClassVar[Mapping[str, Any]] = kiwix.SETTINGS

    _title = ""
    """The article or note of the last answer."""
    _rest: tuple[str, ...] = ()
    """Its sentences that were not said yet."""
    _source = ""
    _person = ""
    """Who "he" is after it."""

    @intent("answer")
    @intent("of_it")
    async def answer(self, turn: Turn, thing: str = "") -> Answer:
        """A question: the answer of the encyclopaedia or a note, else talk, else "I'm not sure"."""
        if not thing and (said := going_on.told(turn)):
            return turn.phrase("from_story", answer=said)
        talked = self.home.services.get("talked")
        if not thing and talked and talked(turn):
            self._leave_to_chat(turn)
            return None
        asked = thing or going_on.with_subject(turn, self._title, self._person)
        finding = await self._find(turn, asked)
        if finding is not None and (thing or self._is_asked_of_it(turn, asked, finding)):
            return self._found(turn, finding)
        if self._left_to_chat(turn, asked):
            return None
        try:
            finding = await elsewhere.ask(self.home, asked, turn.language)
        except (NotAllowed, Unreachable) as error:
            trouble = elsewhere.trouble(error, turn.language)
            return joined((self._not_found(turn), trouble), turn.language)
        if finding is None:
            return self._not_found(turn)
        say = elsewhere.phrase("found", turn.language).format(**_said(finding))
        return self._told(turn, finding, say)

    @intent("named")
    async def named(self, turn: Turn) -> Answer:
        """What is only named, "first man in space": what there is on it, else it is talk."""
        if self._left_to_chat(turn, turn.asked):
            return None
        finding = await self._find(turn, turn.asked)
        if finding is not None:
            return self._found(turn, finding)
        self._leave_to_chat(turn)
        return None

    async def _find(self, turn: Turn, asked: str) -> Finding | None:
        shelf = self.home.services.get("knowledge")
        return await shelf.answer(asked, turn.language) if shelf else None

    def _found(self, turn: Turn, finding: Finding) -> Answer:
        note = finding.passage.source.startswith("note:")
        say = turn.phrase("from_note" if note else "from_source", **_said(finding))
        return self._told(turn, finding, say, "" if note else LICENCE)

    def _told(self, turn: Turn, finding: Finding, say: str, licence: str = "") -> Answer:
        """An answer, with what "tell me more" goes on with."""
        passage = finding.passage
        self._title, self._source = passage.title, passage.source
        self._person = going_on.person_of(finding)
        splitter = Splitter(early=False)
        sentences = [*splitter.feed(passage.text), *splitter.finish()]
        self._rest = tuple(s for s in sentences if s not in finding.answer)
        return Reply(say=say, display=self._card(passage.text, licence))

    @intent("more")
    async def more(self, turn: Turn) -> Answer:
        """The next sentences of the same source."""
        said, self._rest = self._rest[:MORE], self._rest[MORE:]
        if not said:
            return turn.phrase("no_more" if self._title else "nothing_yet", title=self._title)
        return joined(said, turn.language)

    @intent("source")
    async def source(self, turn: Turn) -> Answer:
        """Where the last answer is from."""
        if not self._title:
            return turn.phrase("nothing_yet")
        key = "source_note" if self._is_note else "source"
        return turn.phrase(key, title=self._title, source=self._source)

    def _is_asked_of_it(self, turn: Turn, asked: str, finding: Finding) -> bool:
        """Whether a question is one for the source that was found: a note may answer anything, an
        encyclopaedia nothing that is asked of whoever listens."""
        note = finding.passage.source.startswith("note:")
        return note or not _TO_US[turn.language].search(asked.lower())

    def _left_to_chat(self, turn: Turn, asked: str) -> bool:
        """Whether it is talk, or goes on with one: then it goes to the chat skill."""
        text = asked.lower()
        talk = (
            going_on.is_of_talk(turn)
            or _TO_US[turn.language].search(text)
            or _TALK[turn.language].search(_ASKS[turn.language].sub("", text))
        )
        if talk:
            self._leave_to_chat(turn)
        return bool(talk)

    @staticmethod
    def _leave_to_chat(turn: Turn) -> None:
        chat = Route(skill="chat", intent="talk", text=turn.route.text, stage="chat")
        turn.route = replace(turn.route, then=chat)

    def _not_found(self, turn: Turn) -> str:
        """The honest answer."""
        shelf = self.home.services.get("knowledge")
        if shelf is None or not shelf.ready:
            return turn.phrase("reading" if shelf else "no_library")
        return turn.phrase("not_sure")

    @property
    def _is_note(self) -> bool:
        return self._source.startswith("note:")

    def _card(self, text: str, licence: str) -> str:
        return f"# {self._title}\n\n{text}\n\n*{self._source.removeprefix('note:')}{licence}*"


def _said(finding: Finding) -> Mapping[str, str]:
    """What the phrases name."""
    passage = finding.passage
    return {"answer": finding.answer, "title": passage.title, "source": passage.source}
