"""`bench meetings`: how much of scripted meetings is found, and that nothing is invented.

The cues were tuned on the scripts of `data/bench/LANGUAGE.txt`, and all scripts give the weights by
which sentences are judged. Those of `LANGUAGE_unseen.txt` are judged here by weights that were learned
from the others alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from voice_assistant.bench import Row

from . import paper
from .cues import DATA
from .drafts import KINDS, draft
from .judging import judged_by
from .meeting import Meeting, Segment, with_speaker
from .minutes import Minutes, minutes
from .traces import unsupported

DAY = "2026-11-25"

UNSEEN = ("en_unseen", "zh_unseen")

SCRIPTS = ("en", "zh", *UNSEEN)

_MARK = re.compile(r"\s*\|\|\s*(D|Q|T)(-1)?(?: ?([^/]*?) ?/ ?(.*))?\s*$")


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
    """All figures: by rules alone, by rules and the language model, and by sound."""
    from .bench_model import with_model
    from .bench_sound import by_sound

    yield from by_rules()
    yield from with_model()
    yield from by_sound()


def by_rules() -> Iterator[Row]:
    """What is found without a model, at the level of transcripts."""
    for name in ("en", "zh"):
        yield from found_in(scripts(name), f"{name}, learned from, no model", ">= 60")
    for name in UNSEEN:
        with judged_unseen(name):
            yield from found_in(scripts(name), f"{name}, no model", ">= 60")


def judged_unseen(name: str) -> AbstractContextManager[None]:
    """Judge the scripts of a file by weights that were learned from the others."""
    from .learning import learned

    return judged_by(learned(name.partition("_")[0], without=name))


def found_in(cases: list[Script], name: str, goal: str) -> Iterator[Row]:
    """How much of the scripts their minutes hold, and that these invent nothing."""
    made = [(each, minutes(each.meeting)) for each in cases]
    for part in ("decisions", "todos", "questions"):
        found, wanted, listed = _counts(made, part)
        wished = "" if part == "questions" else goal
        yield Row(f"{name}: {part} found", 100 * found / wanted, "%", goal=wished)
        yield Row(f"{name}: {part} that are none", 100 * (1 - found / listed), "%")
    bare = sum(not line.evidence for _, each in made for line in each.lines())
    yield Row(f"{name}: lines without evidence", bare, "", goal="0")
    invented = sum(len(inventions(each.meeting)) for each in cases)
    yield Row(f"{name}: figures, names and dates not said", invented, "", goal="0")


def _counts(cases: list[tuple[Script, Minutes]], part: str) -> tuple[int, int, int]:
    """How many of a part are right, were wanted, and were made."""
    right = wanted = made = 0
    for script, found in cases:
        known, lines = getattr(script, part), getattr(found, part)
        wanted += len(known)
        made += len(lines)
        if part == "todos":
            told = ((at, (t.owner, t.due)) for t in lines for at in t.evidence)
            right += len({at for at, task in told if known.get(at) == task})
        else:
            right += len(known & {number for line in lines for number in line.evidence})
    return right, wanted, max(made, 1)


def inventions(meeting: Meeting) -> list[str]:
    """What the minutes and all drafts of a meeting say that was not said."""
    said = meeting.said(range(1, len(meeting.segments) + 1))
    made = minutes(meeting)
    texts = [paper.item(line, made.language) for line in made.lines()]
    for kind in KINDS:
        text = re.sub(r" \[[\d:]+\]$", "", draft(kind, meeting, made=made).text, flags=re.MULTILINE)
        texts += [line[2:] for line in text.splitlines() if line.startswith("- ")]
    frame = " ".join(paper.headings(made.language).values())
    return [each for text in texts for each in unsupported(text, f"{said} {frame}")]


def scripts(name: str) -> list[Script]:
    """The scripted meetings of one of SCRIPTS."""
    text = (DATA / "bench" / f"{name}.txt").read_text(encoding="utf-8")
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
