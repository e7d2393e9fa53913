"""A language model reads a meeting: only numbers and names come back, and nothing unsaid is kept."""

from __future__ import annotations

import re
from contextlib import aclosing
from dataclasses import replace

import pytest
from voice_assistant_skills.meetings import talk as talks
from voice_assistant_skills.meetings.archive import Archive
from voice_assistant_skills.meetings.findings import Findings
from voice_assistant_skills.meetings.meeting import Meeting, Segment
from voice_assistant_skills.meetings.minutes import minutes
from voice_assistant_skills.meetings.reading import CHARACTERS, SENTENCES, TELLING, parts, read

from tests.fakes import NOW

pytestmark = pytest.mark.anyio


WIDE = {"decision": (-3.0, 1.0), "task": (-3.0, 1.0)}
"""Scores at which the model is asked in these tests."""


@pytest.fixture
def in_doubt(monkeypatch):
    """The signs of no sentence tell what it is: the model is asked about each."""
    monkeypatch.setattr(talks, "score", lambda signs, kind, language: -2.0)
    monkeypatch.setattr(talks, "UNSURE", dict.fromkeys(("en", "zh"), WIDE))


CONTEXT = 4096
"""Tokens that the 1.5B model holds."""


def tokens(message) -> int:
    """More tokens than any model makes of a message: one for three letters, or for each character in
    Chinese, and what stands between messages."""
    chinese = len(re.findall(r"[一-鿿，。？：]", message.content))
    return chinese + (len(message.content) - chinese) // 3 + 8


class Reader:
    """A model that labels by a table and tells the summary it is given."""

    name, ready = "reader", True

    def __init__(self, labels=None, summary: str = "") -> None:
        self.labels = labels or {}
        self.summary = summary
        self.asked: list[str] = []
        self.parts: list[str] = []
        self.tokens: list[int] = []
        self.grammars: list[str] = []

    def excuse(self, language):
        return "no"

    async def think(self, chat, *, limit=200, grammar=None):
        shown = chat[-1].content
        if grammar is not None:
            shown = shown.splitlines()[-1]  # the sentence before stands above it
        self.tokens.append(sum(map(tokens, chat)) + limit)
        if grammar is None:
            self.parts.append(shown)
            yield self.summary
            return
        self.asked.append(shown)
        self.grammars.append(grammar)
        answers = re.findall(r'"([^"]+)"', grammar)
        label = next((v for k, v in self.labels.items() if k in shown), "")
        if len(answers) > 2 or "nobody" in answers:
            yield label.split()[1]
            return
        about_tasks = "promise" in chat[0].content or "答应" in chat[0].content
        yield answers[0 if label.startswith("task" if about_tasks else "decision") else 1]


def meeting(*lines: tuple[str, str]) -> Meeting:
    segments = tuple(
        Segment(id=n, start=n * 6.0, end=n * 6.0 + 5, text=text, speaker=speaker)
        for n, (speaker, text) in enumerate(lines, 1)
    )
    return Meeting(id="talk", title="Talk", day="2026-11-25", segments=segments)


TALK = meeting(
    ("Ann", "The red one looks right to everybody here."),
    ("Bob", "Consider the leaflets mine."),
    ("Ann", "What about the permit?"),
    ("Bob", "Only the town hall can tell."),
    ("Ann", "It cost us 300 euros in May."),
)


async def found_in(talk: Meeting, mind: Reader) -> Meeting:
    async with aclosing(read(talk, mind)) as growing:
        async for findings in growing:
            talk = replace(talk, findings=findings)
    return talk


@pytest.mark.usefixtures("in_doubt")
async def test_what_the_rules_miss_is_found_with_its_evidence():
    assert minutes(TALK).decisions == ()
    mind = Reader({"red one": "decision", "leaflets": "task Bob"})
    made = minutes(await found_in(TALK, mind))
    assert [line.evidence for line in made.decisions] == [(1,)]
    assert [(t.owner, t.text, t.evidence) for t in made.todos] == [
        ("Bob", "Consider the leaflets mine.", (2,))
    ]


@pytest.mark.usefixtures("in_doubt")
async def test_the_grammar_holds_only_yes_no_and_names_of_the_meeting():
    mind = Reader({"leaflets": "task Bob"})
    await found_in(TALK, mind)
    held = {frozenset(re.findall(r'"([^"]+)"', grammar)) for grammar in mind.grammars}
    assert held == {frozenset({"yes", "no"}), frozenset({"Ann", "Bob", "nobody"})}


async def test_the_model_is_asked_only_where_the_signs_leave_it_open(monkeypatch):
    def scored(signs, kind, language):
        if "thanks" in signs:
            return -9.0
        return -2.0 if "shed" in signs or kind == "decision" else 9.0

    monkeypatch.setattr(talks, "score", scored)
    monkeypatch.setattr(talks, "UNSURE", {"en": WIDE})
    mind = Reader()
    await found_in(
        meeting(
            ("Ann", "I'll call the baker."),
            ("Bob", "Thanks."),
            ("Ann", "The shed needs new paint some day."),
        ),
        mind,
    )
    about_tasks = [shown for shown in mind.asked if "baker" in shown]
    assert len(about_tasks) == 1  # whether it settles something, not whether it is a task
    assert set(mind.asked) == {
        "Ann: I'll call the baker.",
        "Ann: The shed needs new paint some day.",
    }


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("The red one looks right to everybody.", True),
        ("They paid 300 euros in May.", True),
        ("They paid 400 euros in May.", False),
        ("Charlie paid 300 euros in May.", False),
        ("They paid 300 euros in June.", False),
        ("Nothing of the kind", False),
    ],
)
async def test_a_summary_says_nothing_that_its_sentences_do_not(told, kept):
    made = minutes(await found_in(TALK, Reader(summary=told)))
    assert (told in [line.text for line in made.summary]) is kept
    assert all(line.evidence for line in made.summary)


async def test_a_model_that_talks_nonsense_finds_nothing():
    class Babbling(Reader):
        async def think(self, chat, **how):
            yield "hello, I am a model"

    talk = await found_in(TALK, Babbling())
    assert talk.findings.decisions == frozenset()
    assert talk.findings.todos == {}
    assert talk.findings.summary == ()


POINT = {
    "en": "Point {} is about the fence around the garden and its gate.",
    "zh": "第{}点说的是花园外面的栅栏和旁边那扇旧的大门。",
}


def long_meeting(minutes_long: int, language: str = "en") -> Meeting:
    lines = [
        ("Ann" if n % 2 else "Bob", POINT[language].format(n)) for n in range(minutes_long * 10)
    ]
    return meeting(*lines)


@pytest.mark.usefixtures("in_doubt")
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_ninety_minutes_are_read_by_parts_that_fit_a_small_context(language):
    talk, mind, shares = long_meeting(90, language), Reader(), []
    assert talk.seconds >= 90 * 60 - 10
    async with aclosing(read(talk, mind)) as growing:
        async for findings in growing:
            shares.append(findings.read / len(talk.statements))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) >= len(talk.statements) // SENTENCES > 20
    assert len(set(mind.asked)) == len(talk.statements)
    assert all(len(each) <= CHARACTERS + 100 for each in mind.parts)
    assert all(len(each.splitlines()) <= TELLING for each in mind.parts)
    assert max(mind.tokens) < CONTEXT // 2


@pytest.mark.usefixtures("in_doubt")
async def test_what_was_read_is_not_read_again(tmp_path):
    archive = Archive(tmp_path)
    begun = archive.begin("Talk", NOW.date())
    for segment in long_meeting(6).segments:
        begun = archive.add(begun, segment)
    async with aclosing(read(begun, Reader({"Point 3 ": "decision"}))) as growing:
        async for findings in growing:
            archive.found(begun, findings)
            break
    kept = archive.load(begun.id)
    assert kept.findings.read == SENTENCES
    assert kept.findings.decisions == {3}
    mind = Reader()
    whole = await found_in(kept, mind)
    assert len(set(mind.asked)) == 60 - SENTENCES
    assert whole.findings.decisions == {3}


def test_a_new_topic_begins_a_new_part():
    lines = [("Ann", f"Line {n} is here.") for n in range(22)]
    talk = meeting(*lines, ("Ann", "Let's move on to the next topic."), ("Bob", "Fine."))
    assert [len(part.statements) for part in parts(talk)] == [22, 2]


def test_findings_survive_the_disk():
    findings = Findings(
        read=5,
        decisions=frozenset({1}),
        todos={3: "Ann", 4: ""},
        summary=(("All is well.", (1, 2)),),
    )
    assert Findings.of(findings.record()) == findings
