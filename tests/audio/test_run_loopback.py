"""The program itself, spoken to through a sound server, its answers recorded and understood."""

from __future__ import annotations

import re
import shutil
import time
from datetime import datetime, timedelta
from statistics import median

import pytest
import soxr
from rapidfuzz import fuzz

from tests.audio.household import Household
from tests.audio.soundserver import RATE
from voice_assistant import catalog
from voice_assistant.audio.frames import FRAME
from voice_assistant.audio.frames import RATE as FRAME_RATE
from voice_assistant.errors import ModelMissing

pytestmark = [pytest.mark.loopback, pytest.mark.engine]


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


def sounds_like(heard, said):
    """Whether what came out of the loudspeaker is that sentence. A small recogniser takes "10:13
    AM" for "10.30 NAM": so the time itself is read in the event, and here only the likeness."""
    plain = [re.sub(r"[^a-z0-9]", "", text.lower()) for text in (heard, said)]
    return fuzz.ratio(*plain) >= 50


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
            _, said = household.wait_for("said", after=asked, seconds=60)
            now = datetime.now()  # noqa: TID251
            household.wait_for("turn_ended", after=asked, seconds=60)
            time.sleep(0.5)  # noqa: TID251
            answers.append((said["text"], transcribe(recording.since(asked)), now))
    assert all(shows(said, now) for said, _, now in answers), answers
    assert all(sounds_like(heard, said) for said, heard, _ in answers), answers


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


@pytest.mark.timed
def test_it_listens_a_moment_after_the_start(server, tmp_path):
    """Warm: the first start reads the libraries from the disk."""
    took = []
    for _ in range(4):
        begun = time.perf_counter()
        with Household(server, tmp_path) as household:
            at, _ = household.wait_for("listening")
            took.append(at - begun)
    assert median(took[1:]) < 1.5, took


def test_without_a_loudspeaker_it_writes_its_answers(server, tmp_path, person):
    with Household(server, tmp_path, "sound.speaker=hi-fi") as household:
        household.wait_for("ready")
        server.speak(person("Hey Jarvis, what time is it?"))
        _, said = household.wait_for("said", seconds=60)
        _, failed = household.wait_for("failed")
    assert said["text"]
    assert "No loudspeaker is called 'hi-fi'" in failed["error"]
    assert failed["error"].endswith("I will only write my answers.")


def test_a_damaged_recogniser_ends_it_with_one_line(server, tmp_path, monkeypatch):
    models = tmp_path / "models"
    shutil.copytree(catalog.load().path("whisper-tiny-en"), models / "whisper-tiny-en")
    with (models / "whisper-tiny-en" / "model.bin").open("r+b") as file:
        file.write(bytes(4096))
    monkeypatch.setenv("VOICE_ASSISTANT_MODELS", str(models))
    with Household(server, tmp_path) as household:
        assert household.wait() == 1
    log = (tmp_path / "errors.log").read_text().splitlines()
    complaint = [line for line in log if not line.startswith("ALSA lib")]
    assert len(complaint) == 1
    assert complaint[0].endswith("is damaged: type 'voice-assistant models verify'.")
