"""A language model reads a meeting, part by part.

It is asked about one sentence after the other, those that the rules have no label for, and may answer
with a label and a name of the meeting only: what it finds has its evidence by construction. The one
thing it words itself, a summary of each part, is compared with that part before it is kept. A part
fits the context of a small model, so that a meeting of any length is read; what was read is not
read again.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import yaml

from voice_assistant.sentences import Splitter
from voice_assistant.skill import Message, Mind

from .cues import DATA, cues, first
from .findings import Findings
from .meeting import Meeting, Statement
from .minutes import asks, decides, open_questions, todo_in
from .ranking import content
from .traces import names_of, unsupported

SENTENCES, CHARACTERS = 20, 1800
"""A part at most: with the instructions about 1200 tokens, of the 4096 that small models hold."""

SUPPORT = 0.75
"""Share of the words of a summary's sentence that one sentence of the meeting must hold: a small
model mixes up who did what as soon as it draws on several."""

LEAST = 2
"""Terms of a sentence that says something: "Yes, of course." is not asked about."""

LABEL_TOKENS, SUMMARY_TOKENS = 12, 90
"""For a label, and for a summary."""


@dataclass(frozen=True, slots=True)
class Part:
    """Sentences that are read together, from number `begin` on."""

    begin: int
    statements: tuple[Statement, ...]


def parts(meeting: Meeting, after: int = 0) -> Iterator[Part]:
    """The parts of a meeting from a sentence on: a new one where a new topic is announced, or where
    the last is full."""
    held: list[Statement] = []
    begin = after
    for number, each in enumerate(meeting.statements[after:], after):
        full = len(held) >= SENTENCES or sum(len(s.text) for s in held) > CHARACTERS
        announced = len(held) >= SENTENCES // 2 and first(cues(each.language).chapter, each.text)
        if held and (full or announced):
            yield Part(begin, tuple(held))
            held, begin = [], number
        held.append(each)
    if held:
        yield Part(begin, tuple(held))


async def read(meeting: Meeting, mind: Mind) -> AsyncGenerator[Findings, None]:
    """What is found, after each part. Consume it in `contextlib.aclosing`."""
    found = meeting.findings
    left_open = {id(each) for each in open_questions(meeting.statements)}
    for part in parts(meeting, found.read):
        for number in range(part.begin, part.begin + len(part.statements)):
            statement = meeting.statements[number]
            known = decides(statement) or todo_in(statement) or id(statement) in left_open
            says_something = asks(statement) or len(content(statement.text)) >= LEAST
            if says_something and not known:
                label = await _label(mind, meeting, number)
                found = _with_label(found, number, label, statement.language)
        told = await _summary(mind, part)
        read_now = part.begin + len(part.statements)
        found = replace(found, read=read_now, summary=(*found.summary, *told))
        yield found


async def _label(mind: Mind, meeting: Meeting, number: int) -> str:
    """What the model calls one sentence."""
    said = meeting.statements
    language = said[number].language
    word = _words()[language]

    def shown(before: str, sentence: str, after: str) -> Message:
        text = word["form"].format(before=before, sentence=sentence, after=after)
        return Message(role="user", content=text)

    chat = [Message(role="system", content=word["labels"])]
    for before, sentence, after, label in word["examples"]:
        chat += [shown(before, sentence, after), Message(role="assistant", content=label)]
    around = [_spoken(said[at]) if 0 <= at < len(said) else "" for at in _near(number)]
    chat.append(shown(*around))
    names = _names(meeting, [said[at] for at in _near(number) if 0 <= at < len(said)])
    grammar = _grammar(language, names, question=asks(said[number]))
    return (await _said(mind, chat, limit=LABEL_TOKENS, grammar=grammar)).strip()


def _near(number: int) -> tuple[int, int, int]:
    return number - 1, number, number + 1


async def _summary(mind: Mind, part: Part) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The sentences of a part's summary that say nothing that the part does not."""
    if len(part.statements) < SENTENCES // 4:
        return ()
    word = _words()[part.statements[0].language]
    asked, answered = word["summary_example"]
    chat = [
        Message(role="system", content=word["summary"]),
        Message(role="user", content=asked.strip()),
        Message(role="assistant", content=answered.strip()),
        Message(role="user", content="\n".join(_spoken(each) for each in part.statements)),
    ]
    text = " ".join((await _said(mind, chat, limit=SUMMARY_TOKENS)).split())
    splitter = Splitter(early=False)
    sentences = (*splitter.feed(text), *splitter.finish())
    whole = [each.strip() for each in sentences[:2] if each.rstrip().endswith((".", "。"))]
    return tuple((each, numbers) for each in whole if (numbers := _evidence(each, part)))


def _evidence(sentence: str, part: Part) -> tuple[int, ...]:
    """The sentence of a part that holds what a summary's sentence says: most of its words, and each
    number, name and date; none where there is no such sentence."""
    words = set(content(sentence))
    shared = [len(words & set(content(_spoken(each)))) for each in part.statements]
    best = max(range(len(shared)), key=lambda at: shared[at])
    if shared[best] < SUPPORT * len(words) or unsupported(sentence, _spoken(part.statements[best])):
        return ()
    return (part.begin + best,)


async def _said(mind: Mind, chat: Sequence[Message], **how: Any) -> str:
    said = ""
    async with aclosing(mind.think(chat, **how)) as pieces:
        async for piece in pieces:
            said += piece
    return said


def _with_label(found: Findings, number: int, label: str, language: str) -> Findings:
    """The findings with one more label."""
    word = _words()[language]
    kind, _, owner = label.partition(" ")
    if kind == word["decision"]:
        return replace(found, decisions=found.decisions | {number})
    if kind == word["open"]:
        return replace(found, questions=found.questions | {number})
    if kind == word["task"]:
        owner = "" if owner == word["nobody"] else owner
        return replace(found, todos={**found.todos, number: owner})
    return found


def _grammar(language: str, names: Sequence[str], *, question: bool) -> str:
    """One of the labels: a question decides nothing, and nothing else is open."""
    word = _words()[language]
    kinds = (word["none"], word["open" if question else "decision"])
    tasks = [f"{word['task']} {name}" for name in (*names, word["nobody"])]
    labels = " | ".join(json.dumps(each, ensure_ascii=False) for each in (*kinds, *tasks))
    return f"root ::= {labels}"


def _names(meeting: Meeting, near: Sequence[Statement]) -> list[str]:
    """Who may be given a task: those who speak in the meeting, and who is named nearby."""
    named = (name for each in near for name in names_of(each.text, each.language))
    return list(dict.fromkeys((*meeting.speakers, *named)))


def _spoken(statement: Statement) -> str:
    who, colon = statement.segment.speaker, "：" if statement.language == "zh" else ": "
    return f"{who}{colon}{statement.text}" if who else statement.text


@cache
def _words() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DATA / "reading.yaml").read_text("utf-8"))
    return loaded
