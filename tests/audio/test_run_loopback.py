"""The program itself, spoken to through a sound server, its answers recorded and understood."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta

import numpy as np
import pytest
import soxr

from tests.audio.household import Household
from tests.audio.soundserver import RATE
from voice_assistant import catalog
from voice_assistant.audio.frames import FRAME
from voice_assistant.audio.frames import RATE as FRAME_RATE
from voice_assistant.errors import ModelMissing

pytestmark = [pytest.mark.loopback, pytest.mark.engine]


@pytest.fixture(scope="module")
def person():
    """Says a sentence: int16 at RATE."""
    from voice_assistant.engines.piper import PiperVoice

    models = catalog.load()
    try:
        folder = models.path("piper-joe-en")
    except ModelMissing as missing:
        pytest.skip(str(missing))
    voice = PiperVoice(next(folder.glob("*.onnx")) if folder.is_dir() else folder)

    def say(text):
        clips = list(voice.synthesize(text, language="en"))
        samples = soxr.resample(
            np.concatenate([clip.samples for clip in clips]), clips[0].rate, RATE
        )
        padded = np.concatenate((np.zeros(RATE // 5), 0.7 * samples, np.zeros(RATE // 2)))
        return (padded * 32767).astype(np.int16)

    return say


@pytest.fixture(scope="module")
def transcribe():
    """What was said in int16 samples at RATE."""
    from voice_assistant.engines.whisper import WhisperRecognizer

    try:
        recognizer = WhisperRecognizer(catalog.load().path("whisper-tiny-en"))
    except ModelMissing as missing:
        pytest.skip(str(missing))

    def hear(samples):
        heard = soxr.resample(samples, RATE, FRAME_RATE)
        recognition = recognizer.start()
        for at in range(0, len(heard) - FRAME + 1, FRAME):
            recognition.feed(heard[at : at + FRAME])
        return recognition.finish().text

    return hear


def shows(text, now):
    """Whether a spoken answer tells the time, give or take a minute."""
    match = re.search(r"(\d{1,2})\s*[:.]?\s*(\d\d)", text)
    times = [now + timedelta(minutes=off) for off in (-1, 0, 1)]
    return match and any(
        int(match[1]) % 12 == each.hour % 12 and int(match[2]) == each.minute for each in times
    )


def test_hey_jarvis_what_time_is_it_five_times_of_five(server, tmp_path, person, transcribe):
    answers = []
    question = person("Hey Jarvis, what time is it?")
    with (
        Household(server, tmp_path, "sound.earcon_volume=-80") as household,
        server.record() as recording,
    ):
        for _ in range(5):
            asked = time.perf_counter()
            server.speak(question)
            household.wait_for("turn_ended", after=asked, seconds=60)
            time.sleep(0.5)  # noqa: TID251
            answers.append((transcribe(recording.since(asked)), datetime.now()))  # noqa: TID251
    assert all(shows(text, now) for text, now in answers), answers


def test_an_interrupted_reply_is_silent_within_200_ms(server, tmp_path, person):
    took = []
    question, stop = person("Hey Jarvis, what can you do?"), person("Hey Jarvis, stop.")
    with (
        Household(server, tmp_path, "sound.earcon_volume=-80") as household,
        server.record() as recording,
    ):
        for _ in range(5):
            asked = time.perf_counter()
            server.speak(question)
            sounding, _ = household.wait_for("first_sound", after=asked, seconds=60)
            time.sleep(0.5)  # noqa: TID251
            server.speak(stop)
            woken, _ = household.wait_for("woken", after=sounding)
            household.wait_for("turn_ended", after=woken)
            time.sleep(2.5)  # noqa: TID251
            took.append(max(recording.last_sound() - woken, 0))
    assert max(took) < 0.2, took
