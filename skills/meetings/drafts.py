"""Drafts from minutes or from a brief: what was said is put in its place, what was not said is a
blank for a person to fill."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import yaml

from voice_assistant.normal import joined, language_of

from .briefs import addressed, capital, read_brief, sense, sentence, subject
from .cues import DATA, Patterns, first
from .meeting import Meeting, clock
from .minutes import Minutes, has_figure, minutes
from .paper import item

KINDS = ("email", "report", "proposal", "campaign", "agenda")
TONES = ("plain", "formal", "friendly")


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
        self._brief = read_brief(brief, kind) if brief else None
        self._blank: str = self._words["blank"]
        self._used: set[int] = set()

    def write(self) -> Draft:
        form = self._words["kinds"][self._kind]
        title = self._meeting.title
        colon = "：" if self._language == "zh" else ": "
        lines = [f"# {form['title']}{colon + title if title else ''}", ""]
        for part in form["parts"]:
            lines += self._part(part)
        text = "\n".join(lines).rstrip() + "\n"
        if self._brief:
            self._used.update(each.id for each in self._meeting.segments)
        return Draft(
            kind=self._kind,
            text=text,
            evidence=tuple(sorted(self._used)),
            blanks=text.count(self._blank),
        )

    def _part(self, part: dict[str, Any]) -> list[str]:
        if part.get("only") == ("meeting" if self._brief else "brief"):
            return []
        if "tone" in part:
            return [self._greeting(part) or part["tone"][self._tone], ""]
        facts = self._told(part) if self._brief else self._facts(part.get("fill", ()))
        if part.get("optional") and not facts:
            return []
        if "head" in part:
            return [f"## {part['head']}", "", *(facts or [self._blank]), ""]
        text = [self._line(part["text"]), ""] if "text" in part else []
        filled = "fill" in part or "brief" in part
        return [*text, *(facts or [self._blank]), ""] if filled else text

    def _line(self, text: str) -> str:
        names = "、" if self._language == "zh" else ", "
        people = names.join(line.text for line in self._made.people)
        title = self._made.title
        if self._brief:
            told = sentence(next(iter(self._shares["all"]), ""), self._language)
            people, title = self._named(self._brief.to), subject(told, self._language)
        return text.format(
            people=people or self._blank, title=title or self._blank, blank=self._blank
        )

    def _greeting(self, part: dict[str, Any]) -> str:
        """How a letter begins, where it is known to whom it goes."""
        if not (self._brief and self._brief.to and "greeting" in part):
            return ""
        to = re.sub(self._words["to"], "", self._brief.to, flags=re.IGNORECASE)
        one = to == self._brief.to
        forms = part["greeting"] if one else part.get("many", part["greeting"])
        return str(forms[self._tone].format(to=self._named(to) if one else to))

    def _named(self, to: str) -> str:
        """Somebody with their capitals; "the parents" have none."""
        return to if re.match(self._words["to"], to, re.IGNORECASE) else capital(to)

    def _told(self, part: dict[str, Any]) -> list[str]:
        """What a brief says of a part: sentences in a paragraph, or a list."""
        said = [each for source in part.get("brief", ()) for each in self._shares.get(source, ())]
        sentences = [sentence(each, self._language) for each in dict.fromkeys(said)]
        if part.get("prose"):
            return [joined(sentences, self._language)] if sentences else []
        return [f"- {each}" for each in sentences]

    @cached_property
    def _shares(self) -> dict[str, list[str]]:
        """The clauses of the brief by what they are for, as they are to be said."""
        assert self._brief
        brief, parts = self._brief, self._words["kinds"][self._kind]["parts"]
        said = [*([brief.topic] if brief.topic else []), *brief.clauses]
        if self._kind == "email" and brief.to:
            said = [addressed(each, brief, self._tone) for each in said]
        return {
            **brief.shares({sense for part in parts for sense in part.get("brief", ())}),
            "to": [brief.to] if brief.to else [],
            "figures": [each.text for each in self._meeting.statements if has_figure(each)],
            "all": said,
        }

    def _facts(self, sources: Sequence[str]) -> list[str]:
        """What was said in a meeting of the first of the sources that has anything."""
        return next((lines for source in sources if (lines := self._said(source))), [])

    def _said(self, source: str) -> list[str]:
        """The lines of one list of the minutes, or the sentences that name money, dates ..."""
        if source in {"audience", "channels", "money", "dates"}:
            return self._naming(sense(self._language, source))
        found = []
        lines = getattr(self._made, "figures" if source == "measures" else source, ())
        told = (*self._made.decisions, *self._made.todos) if self._kind == "email" else ()
        for line in lines:
            if source == "measures" and first(sense(self._language, "money"), line.text):
                continue  # what it costs is no sign that it worked
            if source == "summary" and line.text in {each.text for each in told}:
                continue  # a letter says it once
            self._used.update(line.evidence)
            found.append(f"- {item(line, self._language)}{self._when(line.start)}")
        return found

    def _naming(self, patterns: Patterns) -> list[str]:
        found = []
        for each in self._meeting.statements:
            if first(patterns, each.text):
                self._used.add(each.segment.id)
                found.append(f"- {each.text}{self._when(each.segment.start)}")
        return found

    def _when(self, start: float) -> str:
        """The moment of a fact."""
        return f" [{clock(start)}]"


@cache
def _drafts() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DATA / "drafts.yaml").read_text("utf-8"))
    return loaded
