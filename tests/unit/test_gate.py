"""The wake word rests in silence and misses nothing."""

import numpy as np
import pytest

from voice_assistant.audio.frames import FRAME
from voice_assistant.engines.gate import SilenceGate


class Counts:
    """A wake word that notes what it is fed and fires on full scale."""

    late = 0.1

    def __init__(self):
        self.frames = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def feed(self, frame):
        self.frames.append(frame)
        return "loud" if np.abs(frame).max() > 30_000 else None

    def reset(self):
        self.frames.clear()


def noise(frames, level, seed=1):
    random = np.random.default_rng(seed)
    return list(random.normal(0, level, (frames, FRAME)).astype(np.int16))


@pytest.mark.parametrize("level", [0, 3, 60])
def test_a_silent_room_costs_next_to_nothing(level):
    inner = Counts()
    with SilenceGate(inner) as gate:
        for frame in noise(3000, level):
            gate.feed(frame)
    assert len(inner.frames) < 300


def test_sound_is_heard_from_before_it_began_and_in_order():
    inner, quiet, spoken = Counts(), noise(500, 3), noise(20, 2000)
    gate = SilenceGate(inner)
    for frame in quiet:
        gate.feed(frame)
    inner.frames.clear()
    for frame in spoken:
        gate.feed(frame)
    assert len(inner.frames) >= len(spoken) + 15
    assert all(a is b for a, b in zip(inner.frames[-20:], spoken, strict=True))
    assert inner.frames[-21] is quiet[-1]


def test_a_phrase_in_the_first_loud_frame_is_reported():
    gate = SilenceGate(Counts())
    for frame in noise(500, 3):
        gate.feed(frame)
    assert gate.feed(np.full(FRAME, 32_000, np.int16)) == "loud"
    gate.reset()
    assert gate.feed(noise(1, 3)[0]) is None
