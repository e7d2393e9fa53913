"""Earcons: short, quiet, and without a click at either end."""

from __future__ import annotations

import numpy as np
import pytest

from voice_assistant.audio import earcons


@pytest.mark.parametrize(
    ("earcon", "longest"),
    [
        (earcons.woken, 0.25),
        (earcons.closed, 0.4),
        (earcons.recording, 0.6),
        (earcons.recorded, 0.6),
        (earcons.timer, 2.0),
        (earcons.alarm, 4.0),
    ],
)
def test_an_earcon(earcon, longest):
    clip = earcon()
    assert clip.seconds <= longest
    assert 0.1 < np.abs(clip.samples).max() < 0.7
    assert abs(clip.samples[0]) < 0.001
    assert abs(clip.samples[-1]) < 0.001
