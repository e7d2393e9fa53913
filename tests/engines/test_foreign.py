"""A phrase is heard in its own language, through the real ears, and the household's afterwards."""

import dataclasses

import pytest
from voice_assistant_skills.travel import attempts, phrasebook

from tests.engines.conftest import MODELS, model, room
from voice_assistant import catalog as catalogs
from voice_assistant.app.foreign import Foreign
from voice_assistant.ears import Ears
from voice_assistant.engines.silero import SileroDetector
from voice_assistant.engines.whisper import WhisperRecognizer
from voice_assistant.events import Heard
from voice_assistant.settings import Settings
from voice_assistant.workers import InlineWorker

pytestmark = [pytest.mark.engine, pytest.mark.anyio]

KEYS = ("where is the station", "sorry", "i am ill")
"""Phrases that are unlike each other."""


def foreign(recognizer, name):
    settings = Settings()
    chosen = dataclasses.replace(settings.recognition, model=name)
    settings = dataclasses.replace(settings, recognition=chosen)
    return Foreign(settings, catalogs.load(MODELS), recognizer, InlineWorker())


def answer(ears, frames):
    """What the ears hear of somebody who was asked."""
    ears.listen(8)
    events = [event for frame in [*frames, *room(2)] for event in ears.feed(frame)]
    return next(event for event in events if isinstance(event, Heard))


def likeness(ears, speak, tongue):
    """The mean percent for the phrase that was said, and for the others."""
    own, others = [], []
    for said in KEYS:
        spoken = phrasebook.phrase(said, tongue)
        event = answer(ears, speak(spoken.voiced, tongue))
        assert event.expected
        assert event.language == tongue
        for key in KEYS:
            share = attempts.likeness(event.text, phrasebook.phrase(key, tongue))
            (own if key == said else others).append(share)
    return sum(own) / len(own), sum(others) / len(others)


async def test_by_the_households_whisper_in_its_language_and_english_again(speak):
    detector = SileroDetector(catalogs.load(MODELS).path("silero-vad"))
    with WhisperRecognizer(model("whisper-base"), languages=("en",)) as own:
        ears = Ears(wake=None, detector=detector, recognizer=own)
        for tongue in ("es", "it"):
            ears.expect(await foreign(own, "whisper-base").recognizer(tongue))
            right, wrong = likeness(ears, speak, tongue)
            assert right > wrong + 15
        ears.expect(None)
        event = answer(ears, speak("What time is it in London?"))
        assert (event.language, event.expected) == ("en", False)


async def test_korean_by_its_vosk_model_where_the_household_hears_english(speak):
    model("vosk-ko")
    detector = SileroDetector(catalogs.load(MODELS).path("silero-vad"))
    ears = Ears(wake=None, detector=detector, recognizer=None)  # nobody asks the household's
    others = foreign(None, "whisper-tiny-en")
    ears.expect(await others.recognizer("ko"))
    right, wrong = likeness(ears, speak, "ko")
    assert right > wrong + 15
    others.close()


async def test_a_language_that_nothing_installed_hears():
    nobody = foreign(None, "whisper-tiny-en")
    assert await nobody.recognizer("th") is None
    assert nobody.wanted("th") is None
    assert nobody.wanted("ko") in ("whisper-base", "vosk-ko")
