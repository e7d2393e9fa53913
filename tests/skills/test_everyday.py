"""What people say every day, from the words to the answer: at least 97 of 100 come out right.

`everyday_en.tsv` and `everyday_zh.tsv`: request, expected skill, a pattern of the answer. Each is
routed among all skills, then answered in a household that is made anew: a pasta timer and a weekday
alarm run, a reminder waits, there are milk and eggs to buy, and Lisa sees her dentist on Friday.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest

from tests.fakes import NOW, TryOut
from voice_assistant.aliases import Aliases, Shortcuts
from voice_assistant.plugins import Skills
from voice_assistant.router import Router, Utterance
from voice_assistant.session import Exchange
from voice_assistant.skill import Skill
from voice_assistant.store import Database, Store
from voice_assistant.turn import Route
from voice_assistant.values.kinds import Repeat, When

pytestmark = pytest.mark.anyio
GOAL = 0.97
MINE = "timers alarms reminders lists clock volume assistant calendar profiles".split()
BERLIN = {"city": "Berlin", "country": "DE", "latitude": 52.52, "longitude": 13.41}
WORDS = {
    "en": {"pasta": "pasta", "task": "call mom", "list": "Shopping", "dentist": "dentist"},
    "zh": {"pasta": "煮面", "task": "给妈妈打电话", "list": "购物清单", "dentist": "看牙医"},
}


def skill_class(name: str) -> type[Skill]:
    module = import_module(f"voice_assistant_skills.{name}.skill")
    return next(
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Skill)
        and value.__module__ == module.__name__
    )


def nothing_taught() -> Shortcuts:
    """The words that a household was taught: none."""
    return Shortcuts(Aliases(Store(Database(":memory:"), "aliases")), lambda text, language: False)


async def household(name: str, language: str, folder: Path) -> TryOut:
    """One skill in the house as it is before each request."""
    folder = folder / name
    house = TryOut(skill_class(name), folder, place=BERLIN, services={"aliases": nothing_taught()})
    words = WORDS[language]
    if name == "timers":
        await house.ask("set", language, duration=timedelta(minutes=10), name=words["pasta"])
    elif name == "alarms":
        seven = When(
            moment=NOW.replace(hour=7) + timedelta(days=1),
            clock=datetime(2026, 1, 1, 7).time(),
            repeat=Repeat(every="week", days=(0, 1, 2, 3, 4)),
        )
        await house.ask("set", language, time=seven)
    elif name == "reminders":
        seven = When(moment=NOW.replace(hour=19), clock=datetime(2026, 1, 1, 19).time())
        await house.ask("set", language, task=words["task"], time=seven)
    elif name == "lists":
        for item in {"en": ("milk", "eggs"), "zh": ("牛奶", "鸡蛋")}[language]:
            await house.ask("add", language, item=item)
    elif name == "calendar":
        friday = NOW.replace(hour=15) + timedelta(days=2)
        await house.ask(
            "add", language, title=words["dentist"], time=When(moment=friday, clock=friday.time())
        )
    elif name == "profiles":
        person = {"en": "Lisa", "zh": "小丽"}[language]
        await house.ask("i_am", language, person=person)
        await house.ask("allergy", language, food={"en": "nuts", "zh": "坚果"}[language])
    elif name == "assistant":
        said = {"en": "It's 10 AM.", "zh": "上午十点。"}[language]
        text = {"en": "what time is it", "zh": "现在几点"}[language]
        route = Route(skill="clock", intent="time", text=text, stage="template", confidence=1.0)
        house.session.turns.append(
            Exchange(when=NOW, text=text, route=route, said=(said,), receipts=())
        )
    return house


@pytest.fixture(scope="module")
def router(tmp_path_factory) -> Router:
    folder = tmp_path_factory.mktemp("house")

    any_home = TryOut(
        skill_class("timers"), folder, services={"aliases": nothing_taught()}
    ).skill.home
    skills = Skills(lambda name: replace(any_home, name=name))
    skills.load()
    assert not {name for name in MINE if skills.loaded[name].skill is None}
    return Router(skills.working(), cache=folder / "cache", now=lambda: NOW)


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_everyday_requests(language, router, tmp_path):
    lines = (Path(__file__).parent / f"everyday_{language}.tsv").read_text("utf-8").splitlines()
    wrong = []
    for number, line in enumerate(lines):
        text, skill, pattern = line.split("\t")
        problem = await answer(router, text, language, skill, pattern, tmp_path / str(number))
        if problem:
            wrong.append(f"{text!r}: {problem}")
    right = 1 - len(wrong) / len(lines)
    assert len(lines) >= 300
    assert right >= GOAL, f"{right:.1%}\n" + "\n".join(wrong)


async def answer(router, text, language, skill, pattern, folder) -> str:
    """What is wrong with the route or the answer; empty when nothing is."""
    house = await household(skill, language, folder)
    route = await router.route(Utterance(text=text, language=language), house.session)
    if route.skill != skill:
        return f"goes to {route.skill}.{route.intent} ({route.stage})"
    yes = {"en": "yes", "zh": "好的"}[language]
    outcome = house.turn(language, text=text, intent=route.intent, answers=[yes, yes])
    await house.run(outcome, house.handler(route.intent)(outcome.turn, **route.slots))
    if not re.search(pattern, outcome.text):
        return f"{route.intent} {dict(route.slots)} answers {outcome.text!r}, not {pattern!r}"
    return ""
