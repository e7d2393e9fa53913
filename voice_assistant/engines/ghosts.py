"""Text that Whisper made of no speech at all.

Measured with tiny.en and base on 30 recordings of a house's noises, on music, typing, tones and
silence, and on 170 short requests, single words and noisy ones among them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import groupby

from voice_assistant.engines.readings import Reading, plain

NOBODY_SPOKE = 0.7
"""Above this Whisper's own probability of no speech is believed."""

DOUBTFUL = 0.3
"""Above this a text that is typical of ghosts is not believed."""

LEAST_MEAN = -1.62
"""Mean log-probability of a token. Real single words in noise reached -1.6, noises rarely -1.5."""

REPEATS = 3
"""The same word so often in a row is a bark or a beep."""


def is_noise(reading: Reading, no_speech: float) -> bool:
    """Whether what was heard is certainly no speech: nothing more need be tried."""
    return no_speech > NOBODY_SPOKE or reading.mean < LEAST_MEAN or not plain(reading.text)


def is_ghost(reading: Reading, no_speech: float) -> bool:
    """Whether a text is one that noise is often taken for."""
    return no_speech > DOUBTFUL and (plain(reading.text) in _known() or _stutters(reading.text))


def _stutters(text: str) -> bool:
    words = plain(text).split()
    return any(len(list(same)) >= REPEATS for _, same in groupby(words))


@cache
def _known() -> frozenset[str]:
    lines = files("voice_assistant").joinpath("data/ghosts.txt").read_text("utf-8").splitlines()
    return frozenset(plain(line) for line in lines if not line.startswith("#"))
