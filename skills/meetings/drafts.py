"""Drafts from minutes or from a brief: what was said is put in its place, what was not said is a
blank for a person to fill."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from voice_assistant.normal import language_of

from .cues import DATA, cues, first
from .meeting import Meeting, Segment, clock
from .minutes import Minutes, minutes
from .paper import item

KINDS = ("email", "report", "proposal", "campaign", "agenda")
TONES = ("plain", "formal", "friendly")

_MONEY = re.compile(
    r"[$€£¥]|\b(?:euros?|dollars?|pounds?|yuan|budget)\b|[万千百十\d]元|块钱|预算|人民币", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text with blanks."""

    kind: str
    text: str
    """Markdown."""
    evidence: tuple[int, ...]
    """The segments that its facts come from."""
    blanks: int
    """Places left to fill."""


_CLAUSE = re.compile(r"(?<!\d)[,;]\s+|[，；。！？]|(?<=[.!?])\s+")


def from_brief(brief: str, day: str) -> Meeting:
    """A spoken brief as a meeting of one voice, a clause each, so that each part of a draft gets
    only what belongs to it."""
    clauses = [each for part in _CLAUSE.split(brief) if (each := part.strip())]
    said = (Segment(id=at, start=0.0, end=0.0, text=each) for at, each in enumerate(clauses, 1))
    return Meeting(id="", title="", day=day, segments=tuple(said))


def draft(
    kind: str,
    meeting: Meeting,
    *,
    brief: str = "",
    tone: str = "plain",
    made: Minutes | None = None,
) -> Draft:
    """A draft of a kind (one of KINDS), from a meeting (and its minutes, where they are made
    already) or, with `brief`, from that alone."""
    made = made or minutes(meeting)
    language = language_of(brief) if brief else made.language
    return _Writer(language, kind, tone, meeting, made, brief).write()


class _Writer:
    """Fills the parts of one draft."""

    def __init__(
        self, language: str, kind: str, tone: str, meeting: Meeting, made: Minutes, brief: str
    ) -> None:
        self._words = _drafts()[language]
        self._language = language
        self._kind = kind
        self._tone = tone
        self._meeting = meeting
        self._made = made
        frame = re.match(self._words["frame"], brief, re.IGNORECASE)
        self._to = frame["to"].strip() if frame else ""
        self._brief = brief[frame.end() :] if frame else brief
        self._blank: str = self._words["blank"]
        self._used: set[int] = set()

    def write(self) -> Draft:
        form = self._words["kinds"][self._kind]
        title = self._meeting.title
        lines = [f"# {form['title']}{': ' + title if title else ''}", ""]
        for part in form["parts"]:
            lines += self._part(part)
        text = "\n".join(lines).rstrip() + "\n"
        return Draft(
            kind=self._kind,
            text=text,
            evidence=tuple(sorted(self._used)),
            blanks=text.count(self._blank),
        )

    def _part(self, part: dict[str, Any]) -> list[str]:
        if "tone" in part:
            return [part["tone"][self._tone], ""]
        facts = self._facts(part.get("fill", ()))
        if part.get("optional") and (self._brief or not facts):
            return []  # a brief stands whole already
        if "head" in part:
            return [f"## {part['head']}", "", *(facts or [self._blank]), ""]
        names = "、" if self._language == "zh" else ", "
        text = part["text"].format(
            people=self._to or names.join(line.text for line in self._made.people) or self._blank,
            title=self._made.title or self._blank,
            blank=self._blank,
        )
        if "fill" in part:
            return [text, "", *(facts or [self._blank]), ""]
        return [text, ""]

    def _facts(self, sources: Sequence[str]) -> list[str]:
        """What was said of the first of the sources that has anything."""
        for source in sources:
            if source == "brief" and self._brief:
                self._used.update(each.id for each in self._meeting.segments)
                return [self._brief[:1].upper() + self._brief[1:]]
            lines = self._said(source)
            if lines:
                return lines
        return []

    def _said(self, source: str) -> list[str]:
        """The lines of one list of the minutes, or the sentences that name money, dates ..."""
        if source in {"audience", "channels"}:
            return self._naming(re.compile(self._words[source], re.IGNORECASE))
        if source == "money":
            return self._naming(_MONEY)
        if source == "dates":
            return self._naming(*cues(self._language).due)
        found = []
        lines = getattr(self._made, "figures" if source == "measures" else source, ())
        for line in lines:
            if source == "measures" and _MONEY.search(line.text):
                continue  # what it costs is no sign that it worked
            self._used.update(line.evidence)
            found.append(f"- {item(line, self._language)}{self._when(line.start)}")
        return found

    def _naming(self, *patterns: re.Pattern[str]) -> list[str]:
        found = []
        for each in self._meeting.statements:
            if first(patterns, each.text):
                self._used.add(each.segment.id)
                found.append(f"- {each.text}{self._when(each.segment.start)}")
        return found

    def _when(self, start: float) -> str:
        """The moment of a fact; a brief has none."""
        return "" if self._brief else f" [{clock(start)}]"


@cache
def _drafts() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DATA / "drafts.yaml").read_text("utf-8"))
    return loaded
