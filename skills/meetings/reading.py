"""A language model reads a meeting, part by part.

Of each sentence whose signs leave that open it is asked, with the sentence before it where that
helps, whether somebody promises something in it, who, and whether something is settled. It may
answer yes, no, or a name of the meeting only: what it finds has its evidence by construction. The
one thing it words itself, a summary of each part, is compared with that part before it is kept. A
part fits the context of a small model, so that a meeting of any length is read; what was read is not
read again.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncGenerator, Collection, Iterator
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from typing import Any

import yaml

from voice_assistant.sentences import Splitter
from voice_assistant.skill import Message, Mind

from .cues import DATA, cues, first
from .findings import Findings
from .meeting import Meeting, Statement
from .ranking import content, ranked
from .talk import Talk
from .traces import names_of, unsupported

SENTENCES = 40
"""Of a part at most. Each part costs a summary, and the beginning of each question anew."""

FEW = 5
"""Sentences of a part that is too short to be summed up."""

TELLING, CHARACTERS = 10, 1200
"""What is summed up of a part at most, the sentences that tell most: with the instructions about 800
tokens, of the 4096 that small models hold."""

SUPPORT = 0.75
"""Share of the words of a summary's sentence that one sentence of the meeting must hold: a small
model mixes up who did what as soon as it draws on several."""

ANSWER_TOKENS, SUMMARY_TOKENS = 12, 90
"""For a yes or a name, and for a summary."""


_LABEL = re.compile(r"^[\w ]{1,20}[:：]\s*")
"""Who speaks, where a model copies that along."""


@dataclass(frozen=True, slots=True)
class Part:
    """Sentences that are read together, from number `begin` on."""

    begin: int
    statements: tuple[Statement, ...]

    @property
    def numbers(self) -> range:
        """Of its sentences, within the meeting."""
        return range(self.begin, self.begin + len(self.statements))


def parts(meeting: Meeting, after: int = 0) -> Iterator[Part]:
    """The parts of a meeting from a sentence on: a new one where a new topic is announced, or where
    the last is full."""
    held: list[Statement] = []
    begin = after
    for number, each in enumerate(meeting.statements[after:], after):
        full = len(held) >= SENTENCES
        announced = len(held) >= SENTENCES // 2 and first(cues(each.language).chapter, each.text)
        if held and (full or announced):
            yield Part(begin, tuple(held))
            held, begin = [], number
        held.append(each)
    if held:
        yield Part(begin, tuple(held))


async def read(meeting: Meeting, mind: Mind) -> AsyncGenerator[Findings, None]:
    """What is found, after each part. Consume it in `contextlib.aclosing`."""
    found, talk = meeting.findings, Talk(replace(meeting, findings=Findings()))
    for part in parts(meeting, found.read):
        todos = await _todos(meeting, mind, talk, part)
        unsure = [at for at in part.numbers if at not in todos and talk.doubtful("decision", at)]
        settled = [at for at in unsure if await _holds(mind, "decision", talk, at)]
        kept = {*todos, *settled, *talk.tasks, *filter(talk.decided, part.numbers)}
        told = await _summary(mind, part, kept)
        found = replace(
            found,
            read=part.begin + len(part.statements),
            decisions=found.decisions.union(settled),
            todos={**found.todos, **todos},
            summary=(*found.summary, *told),
        )
        yield found


async def _todos(meeting: Meeting, mind: Mind, talk: Talk, part: Part) -> dict[int, str]:
    """The owners of the tasks that no sign told for sure, by number. One question is put about all
    sentences that it fits before the next, so that its beginning is evaluated once a part."""
    said = meeting.statements
    unsure = [at for at in part.numbers if talk.doubtful("task", at)]
    given = [at for at in unsure if await _holds(mind, "task", talk, at)]
    return {at: await _owner(meeting, mind, said[at]) for at in given}


async def _holds(mind: Mind, what: str, talk: Talk, at: int) -> bool:
    """Whether the model says yes about a sentence, which it may see with the one before."""
    language = talk.said[at].language
    word = _words()[language]
    before = at > 0 and (word[what].get("before") or talk.replied_to(at))
    shown = "\n".join(map(_spoken, talk.said[at - 1 if before else at : at + 1]))
    answer = await _said(mind, what, language, shown, word["yes"], word["no"])
    return bool(answer == word["yes"])


async def _owner(meeting: Meeting, mind: Mind, statement: Statement) -> str:
    """Who is to do it: one who speaks in the meeting or is named in the sentence; or nobody."""
    nobody = _words()[statement.language]["nobody"]
    names = (*meeting.speakers, *names_of(statement.text, statement.language))
    answer = await _said(
        mind, "who", statement.language, _spoken(statement), *dict.fromkeys(names), nobody
    )
    return answer if answer in names else ""


async def _summary(
    mind: Mind, part: Part, important: Collection[int]
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The sentences of a part's summary that say nothing that the part does not."""
    if len(part.statements) < FEW:
        return ()
    shown = "\n".join(_spoken(each) for each in _telling(part, important))
    text = await _said(mind, "summary", part.statements[0].language, shown)
    splitter = Splitter(early=False)
    sentences = (*splitter.feed(text), *splitter.finish())
    unnamed = (_LABEL.sub("", each.strip()) for each in sentences[:2])
    whole = [each for each in unnamed if each.endswith((".", "。"))]
    return tuple((each, numbers) for each in whole if (numbers := _evidence(each, part)))


def _telling(part: Part, important: Collection[int]) -> Iterator[Statement]:
    """The sentences of a part that tell most, in their order."""
    texts = [each.text for each in part.statements]
    order = ranked(texts, [number in important for number in part.numbers])[:TELLING]
    lengths = accumulate(len(texts[at]) for at in order)
    fitting = [at for at, length in zip(order, lengths, strict=True) if length <= CHARACTERS]
    for at in sorted(fitting or order[:1]):
        yield part.statements[at]


def _evidence(sentence: str, part: Part) -> tuple[int, ...]:
    """The sentence of a part that holds what a summary's sentence says: most of its words, and each
    number, name and date; none where there is no such sentence."""
    words = set(content(sentence))
    shared = [len(words & set(content(_spoken(each)))) for each in part.statements]
    best = max(range(len(shared)), key=lambda at: shared[at])
    said = part.statements[best]
    if shared[best] < SUPPORT * len(words) or unsupported(sentence, _spoken(said)):
        return ()
    return () if _made_a_doer(said, sentence) else (part.begin + best,)


def _made_a_doer(said: Statement, sentence: str) -> bool:
    """Whether a summary says of who said something that they do it, though they spoke of all or to
    another: "we stop it" is not "Nadia stops it"."""
    speaker, known = said.segment.speaker, cues(said.language)
    if not speaker or speaker in said.text or speaker not in sentence:
        return False
    return not first(known.me, said.text) or bool(first(known.you, said.text))


async def _said(mind: Mind, what: str, language: str, text: str, *answers: str) -> str:
    """The model's answer to one of the questions about a text: one of `answers`, where there are
    some."""
    asked = _words()[language][what]
    chat = [Message(role="system", content=asked["question"].strip())]
    for shown, answer in asked["examples"]:
        chat += [Message(role="user", content=shown), Message(role="assistant", content=answer)]
    chat.append(Message(role="user", content=text))
    grammar = None
    if answers:
        grammar = "root ::= " + " | ".join(json.dumps(e, ensure_ascii=False) for e in answers)
    limit = ANSWER_TOKENS if answers else SUMMARY_TOKENS
    said = ""
    async with aclosing(mind.think(chat, limit=limit, grammar=grammar)) as pieces:
        async for piece in pieces:
            said += piece
    return " ".join(said.split())


def _spoken(statement: Statement) -> str:
    who, colon = statement.segment.speaker, "：" if statement.language == "zh" else ": "
    return f"{who}{colon}{statement.text}" if who else statement.text


@cache
def _words() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DATA / "reading.yaml").read_text("utf-8"))
    return loaded
