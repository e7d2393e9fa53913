"""A language model reads a meeting, part by part, under a grammar.

It is shown numbered sentences and may answer with labels for these numbers only, and with names that
are in them: what it finds has its evidence by construction. The one thing it words itself, a summary
of each part, is compared with that part before it is kept. A part fits the context of a small model,
so that a meeting of any length is read; what was read is not read again.
"""

from __future__ import annotations

import json
import re
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
from .ranking import content
from .traces import names_of, unsupported

SENTENCES, CHARACTERS = 20, 1800
"""A part at most: with the instructions about 1200 tokens, of the 4096 that small models hold."""

EVIDENCE = 4
"""Sentences of the meeting that one sentence of a summary may rest on."""

LABEL_TOKENS, SUMMARY_TOKENS = 10, 90
"""For each sentence, and for a summary."""


@dataclass(frozen=True, slots=True)
class Part:
    """Sentences that are read together, from number `begin` on."""

    begin: int
    statements: tuple[Statement, ...]

    @property
    def text(self) -> str:
        """The sentences as the model sees them."""
        return "\n".join(
            f"{number} {_spoken(each)}" for number, each in enumerate(self.statements, 1)
        )


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
    for part in parts(meeting, found.read):
        language = part.statements[0].language
        names = _names(meeting, part)
        chat = [*_prefix(language, "labels", "example"), Message(role="user", content=part.text)]
        grammar = _grammar(language, len(part.statements), names)
        limit = LABEL_TOKENS * len(part.statements)
        labels = await _said(mind, chat, limit=limit, grammar=grammar)
        found = _with_labels(found, part, labels, language)
        told = await _summary(mind, part, language)
        found = replace(
            found,
            read=part.begin + len(part.statements),
            summary=(*found.summary, *told),
        )
        yield found


async def _summary(
    mind: Mind, part: Part, language: str
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The sentences of a part's summary that say nothing that the part does not."""
    if len(part.statements) < SENTENCES // 4:
        return ()
    chat = [
        *_prefix(language, "summary", "summary_example"),
        Message(role="user", content=part.text),
    ]
    text = " ".join((await _said(mind, chat, limit=SUMMARY_TOKENS)).split())
    splitter = Splitter(early=False)
    sentences = (*splitter.feed(text), *splitter.finish())
    whole = [each.strip() for each in sentences[:2] if each.rstrip().endswith((".", "。"))]
    return tuple((each, numbers) for each in whole if (numbers := _evidence(each, part)))


def _evidence(sentence: str, part: Part) -> tuple[int, ...]:
    """The sentences of a part that a summary's sentence shares most words with; none where it says
    a number, a name or a date that is not in these."""
    words = set(content(sentence))
    shared = [len(words & set(content(_spoken(each)))) for each in part.statements]
    order = sorted(range(len(shared)), key=lambda at: -shared[at])
    chosen = sorted(at for at in order[:EVIDENCE] if shared[at])
    said = "\n".join(_spoken(part.statements[at]) for at in chosen)
    if not chosen or unsupported(sentence, said):
        return ()
    return tuple(part.begin + at for at in chosen)


async def _said(mind: Mind, chat: Sequence[Message], **how: Any) -> str:
    said = ""
    async with aclosing(mind.think(chat, **how)) as pieces:
        async for piece in pieces:
            said += piece
    return said


def _with_labels(found: Findings, part: Part, labels: str, language: str) -> Findings:
    """The findings with what the labels of a part say; those of questions are never decisions."""
    word = _words()[language]
    decisions, questions = set(found.decisions), set(found.questions)
    todos = dict(found.todos)
    for line in labels.splitlines():
        read_line = re.fullmatch(r"(\d+) (\S+)(?: (.+))?", line.strip())
        if not read_line or not 1 <= int(read_line[1]) <= len(part.statements):
            continue
        number, label = part.begin + int(read_line[1]) - 1, read_line[2]
        if label == word["decision"]:
            decisions.add(number)
        elif label == word["open"]:
            questions.add(number)
        elif label == word["task"]:
            owner = read_line[3] or ""
            todos[number] = "" if owner == word["nobody"] else owner
    return replace(
        found, decisions=frozenset(decisions), questions=frozenset(questions), todos=todos
    )


def _grammar(language: str, count: int, names: Sequence[str]) -> str:
    """Each number once, in order, with one of the labels."""
    word = _words()[language]
    owners = " | ".join(_quoted(each) for each in (*names, word["nobody"]))
    plain = " | ".join(_quoted(word[each]) for each in ("none", "decision", "open"))
    root = " ".join(f'"{number} " label "\\n"' for number in range(1, count + 1))
    return (
        f"root ::= {root}\nlabel ::= {plain} | {_quoted(word['task'] + ' ')} owner\n"
        f"owner ::= {owners}\n"
    )


def _names(meeting: Meeting, part: Part) -> list[str]:
    """Who may be given a task: those who speak in the meeting, and who is named in the part."""
    named = (name for each in part.statements for name in names_of(each.text, each.language))
    return list(dict.fromkeys((*meeting.speakers, *named)))


def _prefix(language: str, what: str, example: str) -> list[Message]:
    """The unchanging start of each question to the model."""
    word = _words()[language]
    asked, answered = word[example]
    return [
        Message(role="system", content=word[what]),
        Message(role="user", content=asked.strip()),
        Message(role="assistant", content=answered.strip()),
    ]


def _spoken(statement: Statement) -> str:
    who, colon = statement.segment.speaker, "：" if statement.language == "zh" else ": "
    return f"{who}{colon}{statement.text}" if who else statement.text


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


@cache
def _words() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DATA / "reading.yaml").read_text("utf-8"))
    return loaded
