"""A wake word in doubt is asked about once; one that is sure is not."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from voice_assistant.audio.frames import FRAME, FRAME_SECONDS, Frame
from voice_assistant.engines import Transcript
from voice_assistant.engines.confirm import second_opinion
from voice_assistant.engines.micro import DOUBT_SECONDS, MicroWakeWord

DOUBT = round(DOUBT_SECONDS / FRAME_SECONDS)


class Scripted:
    """Stands in for pymicro-wakeword's detector: the sample of a frame is its probability."""

    probability_cutoff = 0.9

    @classmethod
    def from_builtin(cls, model: Any) -> Scripted:
        return cls()

    def process_streaming_prob(self, features: float) -> float:
        return features

    def reset(self) -> None: ...

    def close(self) -> None: ...


class Features:
    def process_streaming(self, data: bytes) -> list[float]:
        return [np.frombuffer(data, np.int16)[0] / 100]

    def reset(self) -> None: ...


@pytest.fixture
def pymicro(monkeypatch: pytest.MonkeyPatch) -> None:
    import pymicro_wakeword

    monkeypatch.setattr(pymicro_wakeword, "MicroWakeWord", Scripted)
    monkeypatch.setattr(pymicro_wakeword, "MicroWakeWordFeatures", Features)


def frames(*probabilities: float) -> list[Frame]:
    return [np.full(FRAME, round(100 * each), np.int16) for each in probabilities]


def woken(answer: bool, *probabilities: float) -> tuple[list[int], list[int]]:
    """The frames at which it wakes, and the frames that each opinion was asked on."""
    asked: list[int] = []

    def confirm(phrase: str, sound: Sequence[Frame]) -> bool:
        assert phrase == "alexa"
        asked.append(len(sound))
        return answer

    with MicroWakeWord(["alexa"], confirm=confirm) as engine:
        return [n for n, each in enumerate(frames(*probabilities)) if engine.feed(each)], asked


QUIET = [0.0] * 60


@pytest.mark.usefixtures("pymicro")
def test_a_sure_one_is_not_asked_about() -> None:
    assert woken(False, *QUIET, 0.97, *QUIET) == ([60], [])


@pytest.mark.usefixtures("pymicro")
def test_a_doubtful_one_may_become_sure() -> None:
    assert woken(False, *QUIET, 0.5, 0.8, 0.97, *QUIET) == ([62], [])


@pytest.mark.usefixtures("pymicro")
@pytest.mark.parametrize("answer", [True, False])
def test_a_doubtful_one_is_asked_about_once(answer: bool) -> None:
    at, asked = woken(answer, *QUIET, *[0.6] * 8, *QUIET)
    assert asked == [60 + DOUBT]
    assert at == ([59 + DOUBT] if answer else [])


@pytest.mark.usefixtures("pymicro")
def test_what_hardly_sounds_like_it_is_not_asked_about() -> None:
    assert woken(True, *QUIET, 0.2, *QUIET) == ([], [])


def recognizer(*texts: str) -> Any:
    heard = Transcript(text=texts[0], language="en", alternatives=texts[1:])
    recognition = SimpleNamespace(feed=lambda frame: None, finish=lambda: heard)
    return SimpleNamespace(start=lambda: recognition)


@pytest.mark.parametrize(
    ("texts", "agrees"),
    [
        (("Alexa.",), True),
        (("I like that.", "Alexa, what"), True),
        (("I'll turn the lights on.",), False),
        (("",), False),
    ],
)
def test_the_opinion_is_the_recognisers(texts: tuple[str, ...], agrees: bool) -> None:
    assert second_opinion(recognizer(*texts))("alexa", frames(0.5)) is agrees
