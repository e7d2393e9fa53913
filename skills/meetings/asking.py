"""Questions about what was said in meetings, answered word for word with their moments."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .acts import asks
from .meeting import Meeting
from .minutes import Line, minutes
from .ranking import content

ENOUGH = 0.34
"""Share of what is asked about that an answer must hold."""

SOON = 60.0
"""Seconds in which a matter that comes up is decided."""

_BONUS = {"wanted": 0.3, "asked": -0.25}
"""What it counts that a line is of the kind asked for, or that it only asks itself."""

_WANTED = (
    ("decisions", re.compile(r"\b(?:decid|decision|agree)|决定|定[了的没下]|商定|结论")),
    ("todos", re.compile(r"\b(?:to-?dos?|tasks?|action|who (?:does|will|is)|responsible)|待办|任务|负责|分工")),
    ("questions", re.compile(r"\bopen\b|unresolved|没解决|未定|待解决|没定")),
    ("figures", re.compile(r"\bhow (?:much|many)|budget|cost|figures?|numbers?|多少|预算|费用|数据")),
)  # fmt: skip

_FRAME = re.compile(
    r"\b(?:decid\w*|decisions?|agreed?|meetings?|mention\w*|said|say|talk\w*|discuss\w*|tell|told)\b"
    r"|决定|定了|会议|会上|开会|提到|说|谈到|讨论|结论",
    re.IGNORECASE,
)
"""Words of the asking, not of what is asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something that was said, and where."""

    meeting: Meeting
    line: Line
    score: float


def answer(
    question: str,
    meetings: Iterable[Meeting],
    *,
    topic: str = "",
    by: str = "",
    most: int = 3,
) -> list[Found]:
    """What answers a question best: of the kind of line asked for, about what it asks (its `topic`,
    where that is known), said by one person where one is named."""
    wanted = next((part for part, asks in _WANTED if asks.search(question.casefold())), "")
    about = set(content(_FRAME.sub(" ", topic or question)))
    lines = [
        (meeting, part, line)
        for meeting in meetings
        for part, line in _lines_of(meeting, wanted)
        if not by or by.casefold() in meeting.segment(line.evidence[0]).speaker.casefold()
    ]
    if not about:
        chosen = [(m, line) for m, part, line in lines if part == wanted]
        latest = chosen[0][0].id if chosen else ""
        return [Found(meeting=m, line=line, score=1.0) for m, line in chosen if m.id == latest]
    held = [set(content(line.text)) for _, _, line in lines]
    spread = Counter(term for each in held for term in each)
    weights = {term: math.log(2 + len(lines) / (1 + spread[term])) for term in about}
    total = sum(weights.values())
    found = []
    for (meeting, part, line), terms in zip(lines, held, strict=True):
        share = sum(weights[term] for term in about & terms) / total
        if share >= ENOUGH:
            score = share + _BONUS.get("wanted" if part and part == wanted else part, 0.0)
            found.append(Found(meeting=meeting, line=line, score=score))
    found.sort(key=lambda each: -each.score)
    if wanted == "decisions":
        found = [_settled(each) for each in found]
    return [each for each in _once(found) if each.score >= found[0].score * 0.7][:most]


def _settled(found: Found) -> Found:
    """What was decided soon after something was said, where that itself decides nothing: people name
    what they talk about, and then "let's take it"."""
    decided = minutes(found.meeting).decisions
    start = found.line.start
    if any(line.start == start for line in decided):
        return found
    after = (line for line in decided if start < line.start <= start + SOON)
    return replace(found, line=next(after, found.line))


def _lines_of(meeting: Meeting, wanted: str) -> Iterable[tuple[str, Line]]:
    """Everything that was said, and the lines of the kind asked for."""
    if wanted:
        for line in getattr(minutes(meeting), wanted):
            yield wanted, line
    for each in meeting.statements:
        segment = each.segment
        line = Line(text=each.text, evidence=(segment.id,), start=segment.start)
        yield "asked" if asks(each) else "", line


def _once(found: Iterable[Found]) -> Iterable[Found]:
    """Without what says the same moment twice."""
    seen = set[tuple[str, float]]()
    for each in found:
        key = (each.meeting.id, each.line.start)
        if key not in seen:
            seen.add(key)
            yield each
