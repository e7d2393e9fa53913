"""How much of scripted meetings the minutes find without a model, and that they invent nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from voice_assistant.bench import Row

from . import paper
from .cues import DATA
from .drafts import KINDS, draft
from .meeting import Meeting, Segment, with_speaker
from .minutes import Minutes, minutes
from .traces import unsupported

DAY = "2026-11-25"

_MARK = re.compile(r"\s*\|\|\s*(D|Q|T)(-1)?(?: ?(\S*) ?/ ?(.*))?\s*$")


@dataclass
class Script:
    """A meeting and what is known to be in it."""

    meeting: Meeting
    decisions: set[int] = field(default_factory=set)
    """Ids of segments."""
    questions: set[int] = field(default_factory=set)
    todos: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Owner and due date by the id of the segment."""


def run() -> Iterator[Row]:
    """The figures of the skill, at the level of transcripts."""
    for language in ("en", "zh"):
        cases = [(each, minutes(each.meeting)) for each in scripts(language)]
        for part, goal in (("decisions", ">= 60"), ("todos", ">= 60"), ("questions", "")):
            found, wanted, made = _counts(cases, part)
            yield Row(f"{part} found, {language}", 100 * found / wanted, "%", goal=goal)
            yield Row(f"{part} that are none, {language}", 100 * (1 - found / made), "%")
        lines = [(each, line) for each, made in cases for line in made.lines()]
        bare = sum(not line.evidence for _, line in lines)
        yield Row(f"lines without evidence, {language}", bare, "", goal="0")
        invented = sum(len(inventions(each.meeting)) for each, _ in cases)
        yield Row(f"figures, names and dates not said, {language}", invented, "", goal="0")


def _counts(cases: list[tuple[Script, Minutes]], part: str) -> tuple[int, int, int]:
    """How many of a part are right, were wanted, and were made."""
    right = wanted = made = 0
    for script, found in cases:
        known, lines = getattr(script, part), getattr(found, part)
        wanted += len(known)
        made += len(lines)
        if part == "todos":
            right += sum(known.get(t.evidence[0]) == (t.owner, t.due) for t in lines)
        else:
            right += sum(line.evidence[0] in known for line in lines)
    return right, wanted, max(made, 1)


def inventions(meeting: Meeting) -> list[str]:
    """What the minutes and all drafts of a meeting say that was not said."""
    said = meeting.said(range(1, len(meeting.segments) + 1))
    made = minutes(meeting)
    texts = [paper.item(line, made.language) for line in made.lines()]
    for kind in KINDS:
        text = re.sub(r" \[[\d:]+\]$", "", draft(kind, meeting).text, flags=re.MULTILINE)
        texts += [line[2:] for line in text.splitlines() if line.startswith("- ")]
    frame = " ".join(paper.headings(made.language).values())
    return [each for text in texts for each in unsupported(text, f"{said} {frame}")]


def scripts(language: str) -> list[Script]:
    """The scripted meetings of a language."""
    text = (DATA / "bench" / f"{language}.txt").read_text(encoding="utf-8")
    return [_script(part) for part in text.split("\n== ")[1:]]


def _script(text: str) -> Script:
    title, *lines = text.strip().splitlines()
    segments: list[Segment] = []
    marks: list[tuple[int, re.Match[str]]] = []
    for number, line in enumerate(lines, 1):
        if mark := _MARK.search(line):
            marks.append((number, mark))
        said = _MARK.sub("", line)
        start = number * 8.0
        segments.append(with_speaker(Segment(id=number, start=start, end=start + 7.0, text=said)))
    script = Script(Meeting(id=title, title=title, day=DAY, segments=tuple(segments)))
    for number, mark in marks:
        kind, before, owner, due = mark.groups()
        if kind == "D":
            script.decisions.add(number)
        elif kind == "Q":
            script.questions.add(number - 1 if before else number)
        else:
            script.todos[number] = (owner or "", (due or "").strip())
    return script
