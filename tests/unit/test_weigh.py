"""How Whisper weighs a text against what it read, with made-up log-probabilities."""

from types import SimpleNamespace

import numpy as np
import pytest

from voice_assistant.audio.frames import FRAME
from voice_assistant.engines import Transcript
from voice_assistant.engines.whisper import WhisperRecognition


def weighed(read, fits, heard="Pera!"):
    """What is made of "Alexa" where the text read and it have some log-probabilities."""
    words = SimpleNamespace(encode=lambda text, add_special_tokens: SimpleNamespace(ids=[1]))
    model = SimpleNamespace(tokens=words, fit=lambda *_: [read, fits])
    transcript = Transcript(text=heard, language="en", confidence=0.2)
    recognizer = SimpleNamespace(model=model, hear=lambda *_: (transcript, "sound", "Pera!"))
    recognition = WhisperRecognition(recognizer, None, ("en",))
    recognition.feed(np.zeros(FRAME, np.int16))
    recognition.finish()
    return recognition.weigh(["Alexa"], 4.5).text


@pytest.mark.parametrize("heard", ["Pera!", ""])
def test_what_fits_nearly_as_well_is_taken(heard):
    assert weighed(-6.0, -10.0, heard) == "Alexa"
    assert weighed(-5.0, -10.0, heard) == heard


@pytest.mark.parametrize("heard", ["Pera!", ""])
def test_where_nothing_fits_the_text_does_not_either(heard):
    """A sneeze: the text is likelier than what was read, and still most unlikely."""
    assert weighed(-18.0, -13.9, heard) == heard
