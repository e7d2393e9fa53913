"""Its own loudspeaker in the room: it neither wakes nor answers itself, and hears who calls."""

from __future__ import annotations

import pytest

from tests.engines.conftest import model
from voice_assistant.benches import own_voice
from voice_assistant.benches._speech import person
from voice_assistant.engines.whisper import WhisperRecognizer

pytestmark = pytest.mark.engine

STORY = (
    "Every night the fox came to the old mill, and every night the miller's cat chased it away. "
    "One evening the cat was ill. Do you know what the fox did then? It went home, and came back "
    "with a fish for the cat."
)


@pytest.fixture(scope="module")
def voice():
    model("piper-joe-en")
    return person()


@pytest.fixture(scope="module")
def recognizer():
    with WhisperRecognizer(model("whisper-tiny-en"), languages=("en",)) as loaded:
        yield loaded


def test_it_may_say_its_own_name(voice, recognizer):
    row = own_voice.named(voice, recognizer, 5)
    assert row.value == 0
    assert row.baseline >= 3  # a wake word alone hears it


def test_its_own_story_is_no_request(voice, recognizer):
    assert [row.value for row in own_voice.told(voice, recognizer, [STORY], 60)] == [0, 0]


def test_who_calls_over_its_voice_and_music_is_heard(voice, recognizer):
    quiet, *over = own_voice.called(voice, recognizer, 4)
    assert quiet.value == 0
    assert all(row.value <= 25 for row in over), over
