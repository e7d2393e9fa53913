"""Two minutes of a household at the speed of the machine; `bench soak` lives through an hour."""

from __future__ import annotations

import pytest

from tests.engines.conftest import model
from voice_assistant.benches import soak

pytestmark = pytest.mark.engine


def test_nothing_is_lost_and_nothing_piles_up():
    for needed in ("whisper-tiny-en", "piper-joe-en"):
        model(needed)
    lost, answered, memory, _ = soak.rows(soak.hour(2), 1)
    assert lost.value == 0
    assert answered.value == 2
    assert memory.value < 30
