"""Quiet hours: softer and slower, over midnight too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Self

import anyio
import numpy as np
import pytest

from voice_assistant.audio import earcons
from voice_assistant.audio.frames import Clip
from voice_assistant.engines import Prosody
from voice_assistant.errors import SettingsError
from voice_assistant.policy import Policy
from voice_assistant.settings import Household
from voice_assistant.skill import Piece
from voice_assistant.voice import NIGHT, Voice
from voice_assistant.workers import InlineWorker


def rules(hour: int, **household: str) -> Policy:
    return Policy(household=Household(**household), now=lambda: datetime(2026, 11, 22, hour))  # type: ignore[arg-type]


@pytest.mark.parametrize(("hour", "quiet"), [(21, False), (22, True), (3, True), (7, False)])
def test_the_night_is_quiet(hour: int, quiet: bool) -> None:
    assert rules(hour, quiet_from="21:30", quiet_until="07:00").quiet() is quiet
    assert not rules(hour).quiet()


def test_a_time_that_is_none_is_named() -> None:
    with pytest.raises(SettingsError, match=r"household\.quiet_from"):
        rules(1, quiet_from="late", quiet_until="07:00")


class Speaker:
    """Notes how it is to speak."""

    languages = ("en",)

    def __init__(self) -> None:
        self.asked: list[Prosody] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def synthesize(
        self, text: str, *, language: str, prosody: Prosody = Prosody()
    ) -> Iterator[Clip]:
        self.asked.append(prosody)
        yield Clip(np.ones(100, np.float32), 16_000, text)


def test_at_night_it_speaks_softly_and_in_the_morning_as_ever() -> None:
    night, speaker = True, Speaker()
    voice = Voice([speaker], InlineWorker(), pace=1.2, quiet=lambda: night)

    async def say() -> None:
        async for _ in voice.clips(Piece(text="Good night."), "en"):
            pass

    anyio.run(say)
    night = False
    anyio.run(say)
    assert speaker.asked == [
        Prosody(pace=1.2 * NIGHT.pace, gain=NIGHT.gain),
        Prosody(pace=1.2),
    ]


def test_earcons_are_softer() -> None:
    loud, soft = earcons.woken(), earcons.softer(earcons.woken())
    assert np.abs(soft.samples).max() < 0.4 * np.abs(loud.samples).max()
