"""What was said in a meeting, piece by piece with its times, and the sentences of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from voice_assistant.sentences import Splitter

from .findings import Findings

_CHARACTER, _WORD = re.compile(r"[一-鿿]"), re.compile(r"[A-Za-z']+")
_CHINESE_PAUSE = re.compile(r"(?<=[一-鿿]) +(?=[一-鿿])")
_SPEAKER = re.compile(
    r"^\s*([A-Z][\w.'-]*(?: [A-Z][\w.'-]*)?|[一-鿿]{2,4}|(?![注问答按附例])[一-鿿]) ?[:：]\s*(.+)$",
    re.S,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """What one voice said between two pauses. `id` counts from 1 within its meeting."""

    id: int
    start: float
    """Seconds from the beginning of the recording."""
    end: float
    text: str
    speaker: str = ""
    """Who spoke, where it is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence of a segment: the smallest thing that the minutes can point to."""

    text: str
    segment: Segment
    language: str


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A meeting as it is kept."""

    id: str
    """Its name in the archive."""
    title: str
    day: str
    """ISO date."""
    source: str = ""
    """The recording or transcript that it came from; empty where it was recorded here."""
    done: bool = True
    """Whether all of it was transcribed."""
    number: int = 0
    """Which it is of all that were begun."""
    hints: tuple[str, ...] = ()
    """Names and terms that were given beforehand."""
    marks: tuple[float, ...] = ()
    """Seconds at which somebody said "mark this"."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What the user calls the speakers that were told apart."""
    segments: tuple[Segment, ...] = ()
    findings: Findings = field(default_factory=Findings)
    """What a language model found in it, as far as one has read it."""

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """All sentences, in order."""
        return tuple(each for segment in self.segments for each in statements(segment))

    @property
    def language(self) -> str:
        """The language that most of it is in."""
        found = Counter(each.language for each in self.statements)
        return found.most_common(1)[0][0] if found else "en"

    @property
    def seconds(self) -> float:
        """How long it is, as far as it was transcribed."""
        return self.segments[-1].end if self.segments else 0.0

    def segment(self, number: int) -> Segment:
        """The segment with an id."""
        return self.segments[number - 1]

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who spoke, in the order of their first words."""
        return tuple(dict.fromkeys(each.speaker for each in self.segments if each.speaker))

    def said(self, numbers: Iterable[int]) -> str:
        """The words of some segments, with who spoke."""
        chosen = (self.segment(number) for number in numbers)
        return "\n".join(f"{each.speaker} {each.text}".strip() for each in chosen)


def statements(segment: Segment) -> Iterator[Statement]:
    """The sentences of a segment."""
    splitter = Splitter(early=False)
    text = _CHINESE_PAUSE.sub("，", segment.text.strip().replace("’", "'"))
    for sentence in (*splitter.feed(text), *splitter.finish()):
        yield Statement(text=sentence, segment=segment, language=_grammar_of(sentence))


def _grammar_of(sentence: str) -> str:
    """The language whose words hold a sentence together: "Amy，你跟 design team sync 一下" is Chinese,
    "the deck goes to 李强 by Thursday" English."""
    return "zh" if 2 * len(_CHARACTER.findall(sentence)) > len(_WORD.findall(sentence)) else "en"


def with_speaker(segment: Segment) -> Segment:
    """A segment that names its speaker ("Anna: ..."), with the name where it belongs."""
    if found := _SPEAKER.match(segment.text):
        return replace(segment, speaker=found[1], text=found[2].strip())
    return segment


def clock(seconds: float) -> str:
    """A moment of a recording as players show it: 1:02:03 or 2:03."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
