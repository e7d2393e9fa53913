"""A person over our own speech and music: what Whisper makes of it, with and without the filter."""

from __future__ import annotations

import numpy as np
import pytest
import soxr

from tests.audio.room import cancelled, chords, echo_of, pcm, rms
from voice_assistant import catalog
from voice_assistant.audio.echo import EchoFilter
from voice_assistant.audio.frames import FRAME, RATE
from voice_assistant.errors import ModelMissing

pytestmark = pytest.mark.engine

COMMANDS = (
    "Set a timer for seven minutes.",
    "Add apples and honey to the shopping list.",
)
TALE = (
    "Once there was a lighthouse at the edge of the sea, and in it lived a woman who collected "
    "songs. Every evening she wrote them down in a long blue book, and the whales listened. "
)
WARM = 10 * RATE


@pytest.fixture(scope="module")
def voices():
    """Commands by one voice, the assistant's tale by another; floats at RATE."""
    from voice_assistant.engines.espeak import Espeak
    from voice_assistant.engines.piper import PiperVoice

    try:
        person = PiperVoice(catalog.load().path("piper-joe-en"))
    except ModelMissing as missing:
        pytest.skip(str(missing))

    def say(text):
        clips = list(person.synthesize(text, language="en"))
        said = np.concatenate([clip.samples for clip in clips])
        return np.pad(soxr.resample(said, clips[0].rate, RATE), RATE // 2)

    tale = soxr.resample(Espeak().speak(TALE, "en-gb"), 22_050, RATE).astype(float)
    return [say(text) for text in COMMANDS], 0.5 * tale / np.abs(tale).max()


@pytest.fixture(scope="module")
def words_heard():
    from voice_assistant.engines.whisper import WhisperRecognizer

    try:
        recognizer = WhisperRecognizer(catalog.load().path("whisper-tiny-en"))
    except ModelMissing as missing:
        pytest.skip(str(missing))

    def count(samples, text):
        recognition = recognizer.start()
        for at in range(0, len(samples) - FRAME + 1, FRAME):
            recognition.feed(samples[at : at + FRAME])
        heard = recognition.finish().text.lower()
        return sum(word.strip(",.?") in heard for word in text.lower().split())

    return count


def heard_over(voices, words_heard, far, level):
    """Words heard with the filter, without it, and spoken."""
    commands, tale = voices
    total = with_filter = without = 0
    for number, (voice, text) in enumerate(zip(commands, COMMANDS, strict=True)):
        length = WARM + len(voice)
        played = np.resize(tale if far == "speech" else chords(30), length)
        echo = echo_of(played, 0.06 + 0.04 * number, seed=number)
        echo *= rms(voice) / rms(echo[WARM:]) * 10 ** (-level / 20)
        heard = echo.copy()
        heard[WARM:] += voice
        loud = 0.9 / np.abs(heard).max()
        left = cancelled(EchoFilter(), pcm(loud * heard), pcm(played))
        total += len(text.split())
        without += words_heard(pcm(loud * heard)[WARM:], text)
        with_filter += words_heard(left[WARM:], text)
    return with_filter, without, total


def test_words_over_our_own_sound(voices, words_heard):
    counts = {
        (far, level): heard_over(voices, words_heard, far, level)
        for far in ("speech", "music")
        for level in (0, -6)
    }
    for case, (with_filter, _, total) in counts.items():
        assert with_filter / total >= 0.85, (case, counts)
    assert sum(w for w, _, _ in counts.values()) > sum(w for _, w, _ in counts.values()), counts
