"""Everything that is made from a meeting's segments, written beside them."""

from __future__ import annotations

from . import paper
from .archive import Archive
from .meeting import Meeting
from .minutes import Minutes, minutes
from .word import document


def write_papers(archive: Archive, meeting: Meeting, made: Minutes | None = None) -> Minutes:
    """Write minutes and transcript in every format; the minutes by rules unless others are
    given."""
    made = made or minutes(meeting)
    archive.write(meeting, "minutes.md", paper.markdown(made))
    archive.write(meeting, "minutes.html", paper.page(made))
    archive.write(meeting, "minutes.docx", document(made))
    archive.write(meeting, "minutes.json", paper.plain(paper.record(made)))
    archive.write(meeting, "transcript.vtt", paper.webvtt(meeting))
    archive.write(meeting, "transcript.md", paper.transcript(meeting))
    archive.write(meeting, "transcript.json", paper.plain(paper.spoken(meeting)))
    return made
