"""The voice encoder: one voice is like itself, two are not."""

from __future__ import annotations

import io
import shutil
import subprocess
import wave

import numpy as np
import pytest
import soxr

from voice_assistant import catalog
from voice_assistant.audio.frames import RATE
from voice_assistant.engines.ge2e import CHANNELS, WINDOW, Ge2e, mel_filters
from voice_assistant.errors import ModelError

TEXTS = (
    "The new rye bread sold two hundred and forty loaves last week.",
    "Somebody has to check the guarantee on the old one before we buy.",
)
VOICES = ("en-us", "en-us+f3", "en-gb-x-rp+f5", "en-us+Andrea")


def spoken(text: str, voice: str):
    made = subprocess.run(
        ["espeak-ng", "-v", voice, "--stdout", text], capture_output=True, check=True
    )
    with wave.open(io.BytesIO(made.stdout)) as sound:
        samples = np.frombuffer(sound.readframes(1 << 26), np.int16)
        return soxr.resample(samples, sound.getframerate(), RATE)


def test_mel_bands_cover_the_spectrum():
    filters = mel_filters()
    assert filters.shape == (WINDOW // 2 + 1, CHANNELS)
    assert (filters.max(axis=0) > 0).all()
    peaks = filters.argmax(axis=0)
    assert (np.diff(peaks) >= 0).all()
    assert filters.sum(axis=0) * RATE / WINDOW == pytest.approx(np.ones(CHANNELS), rel=0.35)


def test_another_file_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "pretrained.pt").write_bytes(b"\x80\x02too short")
    with pytest.raises(ModelError, match="models verify"):
        Ge2e(tmp_path / "pretrained.pt")


@pytest.mark.engine
@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="needs espeak-ng")
def test_a_voice_is_more_like_itself_than_like_any_other():
    models = catalog.load()
    if not models.installed("ge2e-voices"):
        pytest.skip("needs the model ge2e-voices")
    with Ge2e(models.path("ge2e-voices")) as encoder:
        found = []
        for voice in VOICES:
            for text in TEXTS:
                samples = spoken(text, voice)
                rows = encoder.embed(samples, np.arange(0, len(samples) - 25_600, 6400))
                mean = rows.mean(axis=0)
                found.append(mean / np.linalg.norm(mean))
    likeness = np.array(found) @ np.array(found).T
    same = [likeness[2 * n, 2 * n + 1] for n in range(len(VOICES))]
    apart = [likeness[a, b] for a in range(8) for b in range(8) if a // 2 != b // 2]
    assert min(same) > max(apart)
