"""What a question refers to: the subject of the answer before, talk, or what was just told."""

from __future__ import annotations

import re

from voice_assistant.evidence import Judge
from voice_assistant.knowledge import SURE, Finding
from voice_assistant.question import Question
from voice_assistant.session import Exchange
from voice_assistant.signs import Text
from voice_assistant.skill import Turn

TOLD = 3
"""Turns back to which what was told is still asked about."""

_IT = {
    "en": re.compile(r"\b(?:it|he|she|they|him|her|them|this|that|there)\b"),
    "zh": re.compile(r"[它他她]|这个|那个"),
}
_HIS = re.compile(r"\b(?:his|her)\b(?= \w)")
_HE = re.compile(r"\b(?:he|she|him|her)\b")
_ITS = re.compile(r"\b(?:its|their)\b(?= \w)")
_THINGS = re.compile(r"\b(?:it|they|them|this|that|there)\b")
_NAME = re.compile(r"\b[A-Z][\w.-]+(?: (?:[A-Z][\w.-]*|of|van|von|de|da|al))* [A-Z][\w-]+")
_LIVED = re.compile(r"\d{3,4}\)|\(born |\bBC\b")
_ABOUT = re.compile(r"^(?:and )?(?:what|how) about (?:the |an? )?(?P<thing>.+)$")
_QUALIFIED = re.compile(r"\s*\([^)]*\)$")


def with_subject(turn: Turn, title: str, person: str) -> str:
    """The question with the subject of the answer before in the place of "it" or "his"; of "what
    about Mars?" the question before, about Mars."""
    text, previous = turn.asked, turn.session.previous
    if turn.language != "en" or not title or not _is_of(previous, "knowledge"):
        return text
    assert previous is not None
    subject = _QUALIFIED.sub("", title)
    if other := _ABOUT.match(text.lower()):
        known = [subject, *sorted(subject.split(), key=len, reverse=True)]
        for name in known:
            before = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
            if len(name) > len("of") and before.search(previous.text):
                return before.sub(other["thing"], previous.text)
        return other["thing"]
    for pointing, name in ((_HIS, f"{person}'s"), (_HE, person), (_ITS, f"{subject}'s")):
        if name.removesuffix("'s") and pointing.search(text):
            return pointing.sub(name, text, count=1)
    return text if _HE.search(text) else _THINGS.sub(subject, text, count=1)


def person_of(finding: Finding) -> str:
    """Who "he" is after an answer: whom the article is about, else whom the answer names last."""
    title = finding.passage.title
    if _LIVED.search(finding.passage.about):
        return title
    names = _NAME.findall(finding.answer)
    return next((name for name in reversed(names) if name not in title), "")


def is_of_talk(turn: Turn) -> bool:
    """Whether a question refers to a talk: "why do you think that was?"."""
    previous = turn.session.previous
    return _is_of(previous, "chat") and bool(_IT[turn.language].search(turn.asked.lower()))


def told(turn: Turn) -> str:
    """What a story that was just told says to a question; empty where it says nothing."""
    before = list(turn.session.turns)[-TOLD:]
    text = " ".join(said for each in before if _is_of(each, "stories") for said in each.said)
    question = Question.of(turn.asked, turn.language)
    if not text or not question.terms:
        return ""
    judge = Judge(question, {})
    evidence = judge.judge(Text(title="", about="", text=text, lead=1.0))
    return evidence.answer if evidence.sure >= SURE else ""


def _is_of(exchange: Exchange | None, skill: str) -> bool:
    return exchange is not None and bool(exchange.route) and exchange.route.skill == skill
