"""What `voice-assistant meeting ... --json` prints of a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from . import paper
from .archive import Archive
from .meeting import Meeting, Segment, clock
from .minutes import minutes


def summary(archive: Archive, meeting: Meeting) -> dict[str, Any]:
    """Everything about it."""
    made = minutes(meeting)
    used = sorted({number for line in made.lines() for number in line.evidence})
    return {
        "id": meeting.id,
        "done": meeting.done,
        "folder": str(archive.folder / meeting.id),
        "segments": [asdict(each) for each in meeting.segments],
        "minutes": paper.record(made),
        "evidence": evidence(meeting, used),
        "text": paper.markdown(made),
    }


def caption(meeting: Meeting, segment: Segment) -> dict[str, Any]:
    """A segment that was just said."""
    return {
        "id": meeting.id,
        "segment": asdict(segment),
        "text": f"[{clock(segment.start)}] {segment.text}",
    }


def evidence(meeting: Meeting, numbers: Sequence[int]) -> list[dict[str, Any]]:
    """What was said in some segments, with its times."""
    chosen = (meeting.segment(number) for number in numbers)
    return [
        {"segment": each.id, "start": each.start, "end": each.end, "said": each.text}
        for each in chosen
    ]
