"""The endless sounds: no seam, no click, no growth, equally loud."""

from __future__ import annotations

import tracemalloc
from functools import lru_cache

import numpy as np
import pytest
from voice_assistant_skills.music.noise import STEP
from voice_assistant_skills.music.sounds import LOUDNESS, recipes, sound

RATE = 16_000
SLOW = 4000
"""Samples a second where hours are made: what is kept depends on the time, not on the rate."""
NAMES = sorted(recipes())


@lru_cache(maxsize=16)
def played(name, seconds, *, rate=RATE, block=None):
    source = sound(name, rate, seed=4)
    block = block or rate
    return np.concatenate([source.read(block) for _ in range(round(seconds * rate / block))])


@pytest.mark.parametrize("name", NAMES)
def test_as_loud_as_the_others_and_never_over_full_scale(name):
    out = played(name, 40)
    level = 20 * np.log10(np.sqrt((out**2).mean()) / LOUDNESS)
    assert abs(level) < 2.5
    assert np.abs(out).max() < 0.96
    assert out.dtype == np.float32


@pytest.mark.parametrize("name", NAMES)
def test_no_click_at_any_seam(name):
    """Where stretches are joined, the sound moves no faster than anywhere else."""
    out = played(name, 40)
    steps = np.abs(np.diff(out[:, 0]))
    seams = steps[STEP - 1 :: STEP]
    elsewhere = np.quantile(steps, 0.9995)
    assert len(seams) > 30
    assert seams.max() <= elsewhere * 1.5
    power = [
        float((out[at - 200 : at + 200] ** 2).mean()) for at in range(STEP, len(out) - STEP, STEP)
    ]
    usual = [
        float((out[at - 200 : at + 200] ** 2).mean()) for at in range(STEP // 2, len(out), STEP)
    ]
    if name in ("brown", "pink", "white", "rain", "stream"):
        assert np.median(power) == pytest.approx(np.median(usual), rel=0.4)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_the_same_whatever_is_asked_for_at_a_time(name):
    assert np.array_equal(played(name, 4, block=RATE), played(name, 4, block=320))


@pytest.mark.parametrize("name", NAMES)
def test_it_never_repeats_and_two_are_not_alike(name):
    source = sound(name, 8000)
    first, second = (source.read(8000 * 8)[:, 0] for _ in range(2))
    assert not np.allclose(first, second, atol=1e-3)
    assert not np.allclose(sound(name, 8000).read(8000 * 8)[:, 0], first, atol=1e-3)


@pytest.mark.parametrize("name", ["sea", "piece"])
def test_memory_stays_flat(name):
    """Twenty minutes here; hours in `bench music`."""
    source = sound(name, SLOW, seed=1)

    def seven_minutes():
        for _ in range(40):
            source.read(10 * SLOW)
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        sizes = [seven_minutes() for _ in range(3)]
    finally:
        tracemalloc.stop()
    assert sizes[2] - sizes[0] < 3_000_000  # the tail of a bowl more or less
    assert sound(name, 8000).left is None


def test_the_colours_fall_as_they_should():
    for name, per_octave in (("white", 0.0), ("pink", -3.0), ("brown", -6.0)):
        out = played(name, 20, rate=48_000)[:, 0]
        power = np.abs(np.fft.rfft(out.reshape(-1, 48_000), axis=1)).mean(axis=0) ** 2
        octaves = [10 * np.log10(power[hz : 2 * hz].mean()) for hz in (100, 200, 400, 800, 1600)]
        assert np.diff(octaves).mean() == pytest.approx(per_octave, abs=0.5)
