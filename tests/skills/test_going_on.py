"""Conversations: what goes on with a request, or puts it right, after other words and other turns.

`going_on.tsv`: the turns and the `skill.intent` that hears the last of them; among the everyday
skills, with a statistical match that cannot tell.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from voice_assistant_skills.clock import days
from voice_assistant_skills.lists import items

from tests.fakes import FakeClock
from tests.skills.sentences import NOW, SKILLS
from voice_assistant.intents import load_sentences
from voice_assistant.lexicon import Lexicon
from voice_assistant.router import Router, Utterance
from voice_assistant.session import Exchange, Session

EVERYDAY = ("timers", "alarms", "reminders", "calendar", "clock", "lists", "calculator")
GOAL = 0.97


def loaded(name):
    def vocabulary(language):
        if name == "clock":
            return {"day": sorted(days.known())}
        return {"goods": sorted(items.goods(language))} if name == "lists" else {}

    return SimpleNamespace(sentences=load_sentences(SKILLS / name), vocabulary=vocabulary)


async def heard_last(router, turns):
    """The intent that hears the last of these turns."""
    session = Session(clock=FakeClock(NOW))
    for said in turns:
        text = said.removesuffix("?")
        language = "en" if text.isascii() else "zh"
        route = await router.route(Utterance(text=text, language=language), session)
        done = () if said != text else ("done",)
        session.remember(
            Exchange(when=NOW, text=text, route=route, said=(), receipts=done, interrupted=not done)
        )
    return f"{route.skill}.{route.intent}"


@pytest.mark.anyio
async def test_what_follows_is_heard_by_what_it_follows(monkeypatch):
    scores = [("", 0.12), *((f"{name}.none", 0.1) for name in EVERYDAY)]
    monkeypatch.setattr(Lexicon, "scores", lambda self, text: scores)
    monkeypatch.setattr(Lexicon, "_mended", lambda self, text: None)
    router = Router({name: loaded(name) for name in EVERYDAY}, now=lambda: NOW)
    text = Path(__file__).with_name("going_on.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    missed = []
    for turns, expected in rows:
        found = await heard_last(router, turns.split(" | "))
        if found != expected:
            missed.append((turns, expected, found))
    assert len(missed) <= (1 - GOAL) * len(rows), missed
