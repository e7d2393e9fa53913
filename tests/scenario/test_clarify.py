"""Two skills that are as likely: the user is asked, and the answer is obeyed."""

from __future__ import annotations

from typing import Any

import anyio
import pytest

from tests.scenario.theatre import Theatre, heard
from voice_assistant.router import Utterance
from voice_assistant.session import Session
from voice_assistant.skill import Answer, Skill, Turn
from voice_assistant.turn import Route

pytestmark = pytest.mark.anyio


class Piano(Skill):
    async def do(self, turn: Turn, text: str = "") -> Answer:
        return "Here is a piano."


class Tale(Skill):
    async def do(self, turn: Turn, text: str = "") -> Answer:
        return "Once upon a time."


TITLES = {
    "en": {"piano": "play music", "tale": "tell a story"},
    "zh": {"piano": "放音乐", "tale": "讲故事"},
}


class Undecided:
    """A router that cannot tell two skills apart."""

    async def route(
        self, heard: Utterance, session: Session, *, asking: bool = False, **more: Any
    ) -> Route:
        await anyio.lowlevel.checkpoint()
        if asking:
            return Route(skill=None, intent="answer", text=heard.text, stage="question")
        choices = tuple(
            Route(skill=skill, intent="do", text=heard.text, stage="match")
            for skill in ("piano", "tale")
        )
        return Route(
            skill=None, intent="clarify", text=heard.text, stage="clarify", choices=choices
        )

    def describe(self, skill: str, intent: str, language: str) -> str:
        return TITLES[language][skill]


@pytest.mark.parametrize(
    ("language", "said", "answer", "named", "reply"),
    [
        ("en", "the snow queen", "play music", "tell a story", "Here is a piano."),
        ("en", "the snow queen", "the second one", "play music", "Once upon a time."),
        ("zh", "冰雪女王", "讲故事", "放音乐", "Once upon a time."),
        ("zh", "冰雪女王", "第一个", "讲故事", "Here is a piano."),
    ],
)
async def test_the_user_is_asked_which(
    language: str, said: str, answer: str, named: str, reply: str
) -> None:
    theatre = Theatre(Piano, Tale)
    theatre.assistant.handling.router = Undecided()
    await theatre.play(heard(0.0, said, language), heard(5.0, answer, language))
    everything = " ".join(theatre.said)
    assert named in everything
    assert everything.endswith(reply)


async def test_no_answer_does_nothing() -> None:
    theatre = Theatre(Piano, Tale)
    theatre.assistant.handling.router = Undecided()
    await theatre.play(heard(0.0, "the snow queen"), heard(5.0, "stop"))
    assert not {"Here is a piano.", "Once upon a time."} & set(theatre.said)
