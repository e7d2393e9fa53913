"""Talk is prepared while it is still being said; commands are not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import anyio
import pytest

from tests.scenario.theatre import Theatre, heard
from voice_assistant.errors import ModelError
from voice_assistant.events import Partial
from voice_assistant.foresight import Foresight


class Talker:
    """Notes what it is told to expect."""

    def __init__(self, error: Exception | None = None) -> None:
        self.expected: list[tuple[str, str]] = []
        self.error = error

    async def expect(self, text: str, language: str) -> None:
        self.expected.append((text, language))
        if self.error:
            raise self.error


def foresight(*talkers: Talker) -> Foresight:
    loaded = {str(n): SimpleNamespace(name=str(n), skill=each) for n, each in enumerate(talkers)}
    router: Any = SimpleNamespace(is_talk=lambda text, language: text.startswith("why"))
    skills: Any = SimpleNamespace(working=lambda: loaded)
    return Foresight(router, skills)


@pytest.mark.anyio
async def test_only_talk_is_prepared() -> None:
    talker = Talker()
    foresee = foresight(talker)
    await foresee("set a timer", "en")
    await foresee("why is the sky blue", "en")
    assert talker.expected == [("why is the sky blue", "en")]


@pytest.mark.anyio
async def test_one_that_fails_keeps_nobody_from_it() -> None:
    talker = Talker()
    await foresight(Talker(ModelError("gone")), talker)("why me", "en")
    assert talker.expected


@pytest.mark.anyio
async def test_the_assistant_tells_what_is_being_said() -> None:
    theatre, told = Theatre(), []

    async def foresee(text: str, language: str) -> None:
        told.append((text, language))
        await anyio.sleep(5)  # an answer does not wait for it

    theatre.assistant.foresee = foresee
    await theatre.play(Partial(at=1.0, text="time", language="en"), heard(1.2, "time"))
    assert told == [("time", "en")]
    assert theatre.ends
