"""How it speaks: softly in quiet hours, over midnight too; what it says often is made before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Self

import anyio
import numpy as np
import pytest

from tests.fakes import FakeClock
from tests.scenario.theatre import FakeEars, FakePlayer
from voice_assistant.audio import earcons
from voice_assistant.audio.frames import Clip
from voice_assistant.engines import Prosody
from voice_assistant.errors import SettingsError
from voice_assistant.mouth import Mouth
from voice_assistant.phrases import Phrases
from voice_assistant.policy import Policy
from voice_assistant.session import Session
from voice_assistant.settings import Household
from voice_assistant.skill import Piece, Reply
from voice_assistant.turn import Turn
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


def test_what_was_rehearsed_is_there() -> None:
    speaker = Speaker()
    voice = Voice([speaker], InlineWorker())

    async def rehearse_and_say() -> list[Clip]:
        await voice.rehearse(Phrases().fixed("en"), "en")
        asked = len(speaker.asked)
        clips = [clip async for clip in voice.clips(Piece(text="All right."), "en")]
        assert asked >= 5
        assert len(speaker.asked) == asked
        return clips

    assert anyio.run(rehearse_and_say)


def test_what_has_a_gap_cannot_be_rehearsed() -> None:
    assert all("{" not in text for text in Phrases().fixed("zh"))


@pytest.mark.anyio
async def test_what_is_likely_next_is_made_while_this_is_heard() -> None:
    speaker = Speaker()
    voice = Voice([speaker], InlineWorker())
    mouth = Mouth(
        voice=voice,
        player=FakePlayer(),
        ears=FakeEars(),
        emit=lambda event: None,
        now=lambda: 0.0,
    )
    turn = Turn(text="next", language="en", session=Session(FakeClock()), speak=mouth.say)
    await mouth.say(turn, Reply(say="Step 1. Stir.", likely=("Step 2. Fry it for long.",)))
    assert turn.said == ["Step 1.", "Stir."]
    made = len(speaker.asked)
    assert made == 3  # of the next step only the first words
    assert [clip async for clip in voice.clips(Piece(text="Step 2."), "en")]
    assert len(speaker.asked) == made
