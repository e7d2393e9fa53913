"""Minutes by rules, without a model: every line is what was said, with its moments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from voice_assistant.normal import joined

from .acts import asks, bare
from .cues import cues, first
from .meeting import Meeting, Statement
from .ranking import ranked
from .talk import Talk
from .tasks import Task
from .traces import unsupported

SUMMARY, SUMMARY_SECONDS = 5, 360.0
"""Lines of a summary at most: what can be listened to, and in a long meeting one for so many seconds."""

SUMMARY_SHARE = 0.25
"""... and the share of all sentences: the summary of a short meeting is shorter than the meeting."""

CHAPTER_SECONDS = 90.0
"""A chapter is at least this long; "next" said sooner is about something smaller."""

EVEN_CHAPTERS = 600.0
"""Seconds of a chapter where nobody announced any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the minutes."""

    text: str
    evidence: tuple[int, ...]
    """Ids of the segments that say it."""
    start: float
    """Seconds at which they begin."""


L = TypeVar("L", bound=Line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo(Line):
    """Something somebody said they, or somebody else, would do."""

    owner: str = ""
    """Empty where nobody was named."""
    due: str = ""
    """As it was said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """What a meeting came to."""

    title: str
    day: str
    language: str
    people: tuple[Line, ...] = ()
    chapters: tuple[Line, ...] = ()
    summary: tuple[Line, ...] = ()
    decisions: tuple[Line, ...] = ()
    todos: tuple[Todo, ...] = ()
    questions: tuple[Line, ...] = ()
    figures: tuple[Line, ...] = ()
    marked: tuple[Line, ...] = ()
    """What was said when somebody asked to mark the moment."""

    def lines(self) -> Iterator[Line]:
        """All lines, in no particular order."""
        for part in (self.people, self.chapters, self.summary, self.decisions, self.todos):
            yield from part
        yield from (*self.questions, *self.figures, *self.marked)


def minutes(meeting: Meeting) -> Minutes:
    """The minutes of a meeting: by rules, and with what a language model found beside them."""
    said, talk = meeting.statements, Talk(meeting)
    todos = [_todo(said[at], task) for at, task in talk.tasks.items()]
    settled = [numbers for at in range(len(said)) if (numbers := talk.decided(at))]
    agreed = {number for numbers in settled for number in numbers[:-1]}
    decided = [[said[n] for n in numbers] for numbers in settled if numbers[-1] not in agreed]
    asked = [each for at, each in enumerate(said) if talk.left_open(at)]
    important = {id(each) for each in (*asked, *(part[-1] for part in decided))}
    drafted = Minutes(
        title=meeting.title,
        day=meeting.day,
        language=meeting.language,
        people=tuple(_people(meeting, todos)),
        chapters=tuple(_chapters(said)),
        summary=tuple(_told(meeting)) or tuple(_summary(meeting, important)),
        decisions=tuple(_once(_line(*each) for each in decided)),
        todos=tuple(_once(todos)),
        questions=_lines(asked),
        figures=_lines([each for each in said if has_figure(each)]),
        marked=_lines(_marked(said, meeting.marks)),
    )
    return checked(drafted, meeting)


def checked(drafted: Minutes, meeting: Meeting) -> Minutes:
    """The minutes without any line that says more than its evidence."""

    def sound(line: Line) -> bool:
        text = line.text
        if isinstance(line, Todo):
            text = f"{text} {line.owner} {line.due}"
        return bool(line.evidence) and not unsupported(text, meeting.said(line.evidence))

    return replace(
        drafted,
        people=tuple(filter(sound, drafted.people)),
        chapters=tuple(filter(sound, drafted.chapters)),
        summary=tuple(filter(sound, drafted.summary)),
        decisions=tuple(filter(sound, drafted.decisions)),
        todos=tuple(each for each in drafted.todos if sound(each)),
        questions=tuple(filter(sound, drafted.questions)),
        figures=tuple(filter(sound, drafted.figures)),
        marked=tuple(filter(sound, drafted.marked)),
    )


# --- one sentence ------------------------------------------------------------------------


def _todo(said: Statement, task: Task) -> Todo:
    text, start = bare(said), said.segment.start
    return Todo(text=text, evidence=task.evidence, start=start, owner=task.owner, due=task.due)


def has_figure(statement: Statement) -> bool:
    """Whether a sentence holds an amount of money, a share or a count of something."""
    return first(cues(statement.language).figures, statement.text) is not None


# --- the whole meeting -------------------------------------------------------------------


def _people(meeting: Meeting, todos: Iterable[Todo]) -> Iterator[Line]:
    """Who spoke, and who was given something to do."""
    known = set[str]()
    named = [(s.speaker, s.id, s.start) for s in meeting.segments]
    named += [(todo.owner, todo.evidence[0], todo.start) for todo in todos]
    for name, segment, start in named:
        if name and name not in known:
            known.add(name)
            yield Line(text=name, evidence=(segment,), start=start)


def _chapters(said: Sequence[Statement]) -> Iterator[Line]:
    """Where a new topic was announced; else a mark every ten minutes."""
    last = -CHAPTER_SECONDS
    for each in said:
        known, start = cues(each.language), each.segment.start
        announced = first(known.chapter, each.text) and known.topic.search(each.text)
        late = start - last >= EVEN_CHAPTERS or last < 0
        if not (late or (announced and start - last >= CHAPTER_SECONDS)):
            continue
        last = start
        text = announced[1] if announced else bare(each)
        yield Line(text=text, evidence=(each.segment.id,), start=start)


def _told(meeting: Meeting) -> Iterator[Line]:
    """The summary that a language model wrote, where it has read the whole meeting."""
    found = meeting.findings
    if found.read < len(meeting.statements):
        return
    texts = [text for text, _ in found.summary]
    important = [not found.decisions.isdisjoint(numbers) for _, numbers in found.summary]
    kept = ranked(texts, important)[: _lines_at_most(meeting)]
    for at in sorted(kept):
        text, numbers = found.summary[at]
        segments = tuple(dict.fromkeys(meeting.statements[n].segment.id for n in numbers))
        yield Line(text=text, evidence=segments, start=meeting.segment(segments[0]).start)


def _lines_at_most(meeting: Meeting) -> int:
    """How long a summary of a meeting may be."""
    return max(SUMMARY, round(meeting.seconds / SUMMARY_SECONDS))


def _summary(meeting: Meeting, important: set[int]) -> Iterator[Line]:
    """The sentences that say most of what is said, in their order."""
    said = meeting.statements
    count = min(_lines_at_most(meeting), max(1, round(len(said) * SUMMARY_SHARE)))
    telling = [each for each in said if not asks(each)]
    order = ranked([each.text for each in telling], [id(each) in important for each in telling])
    for at in sorted(order[:count]):
        yield _line(telling[at])


def _marked(said: Sequence[Statement], marks: Iterable[float]) -> Iterator[Statement]:
    """The last thing that was said before each mark."""
    for mark in marks:
        before = [each for each in said if each.segment.start <= mark]
        yield from before[-1:]


def _lines(said: Iterable[Statement]) -> tuple[Line, ...]:
    return tuple(_once(_line(each) for each in said))


def _line(*said: Statement) -> Line:
    """A sentence, or several that only together say something."""
    segments = tuple(dict.fromkeys(each.segment.id for each in said))
    text = joined(map(bare, said), said[0].language)
    return Line(text=text, evidence=segments, start=said[0].segment.start)


def _once(lines: Iterable[L]) -> Iterator[L]:
    seen = set[str]()
    for line in lines:
        if line.text.casefold() not in seen:
            seen.add(line.text.casefold())
            yield line
