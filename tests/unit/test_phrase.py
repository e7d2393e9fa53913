"""Any phrase as a wake word, with a scripted recogniser."""

from dataclasses import replace

import numpy as np
import pytest

from voice_assistant.audio.frames import FRAME, FRAME_SECONDS
from voice_assistant.engines import Transcript
from voice_assistant.engines.phrase import NEARLY_ALONE, PhraseSpotter

LOUD, QUIET = np.full(FRAME, 9000, np.int16), np.zeros(FRAME, np.int16)


class Loudness:
    """Takes every loud frame for speech."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def feed(self, frame):
        return float(np.abs(frame).max() > 1000)

    def reset(self):
        pass


class Hears:
    """Recognises the same text in every speech, and notes how much it was given."""

    languages = ("en", "zh")
    sharpness = 1.0

    def __init__(self, text, alternatives=()):
        self.transcript = Transcript(text=text, language="en", alternatives=alternatives)
        self.given = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def start(self, hints=()):
        self.given.append(0)
        return self

    def feed(self, frame):
        self.given[-1] += 1

    def finish(self):
        return self.transcript

    def weigh(self, texts, less):
        return self.transcript


class Doubts(Hears):
    """Reads something else, and finds that the phrase fits nearly as well."""

    def __init__(self, confidence):
        self.transcript = Transcript(text="I like it.", language="en", confidence=confidence)
        self.given = []

    def weigh(self, texts, less):
        assert less == NEARLY_ALONE * self.sharpness
        return replace(self.transcript, text=texts[0])


def spot(phrase, text, frames, alternatives=(), alone=False):
    spotter = PhraseSpotter([phrase], Hears(text, alternatives), Loudness(), alone=alone)
    return [heard for frame in frames if (heard := spotter.feed(frame))]


SAID = [*[QUIET] * 50, *[LOUD] * 40, *[QUIET] * 50]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("hey bluebird", "Hey, blue bird!"),
        ("hey bluebird", "Hey blue birth."),
        ("小爱同学", "小艾同学。"),
        ("你好管家", "你好，管家，打开灯"),
        ("computer", "Computer, what time is it?"),
    ],
)
def test_a_phrase_is_noticed_by_its_sound(phrase, text):
    assert spot(phrase, text, SAID) == [phrase]


@pytest.mark.parametrize(
    "text", ["", "What time is it?", "Hey, how are you?", "The computer is on"]
)
def test_other_speech_is_not(text):
    assert spot("computer", text, SAID) == []
    assert spot("hey bluebird", text, SAID) == []


def test_a_reading_that_was_not_taken_does_not_count():
    """Told of its phrases, a recogniser has them among the alternatives of any speech."""
    assert spot("computer", "What a train", SAID, ("Computer.",)) == []


def test_a_command_in_the_same_breath_does_not_delay_it():
    spotter = PhraseSpotter(["computer"], Hears("computer turn on"), Loudness())
    heard = [at for at, frame in enumerate([LOUD] * 300) if spotter.feed(frame)]
    assert heard == [89]


def test_silence_is_never_recognised_and_each_stretch_once():
    recognizer = Hears("nothing")
    spotter = PhraseSpotter(["computer"], recognizer, Loudness())
    for frame in [*SAID, *SAID]:
        spotter.feed(frame)
    assert len(recognizer.given) == 2
    assert recognizer.given[0] == 20 + 40 + 13


TALK = [*[QUIET] * 50, *[LOUD] * 100, *[QUIET] * 50]
SECOND = [QUIET] * round(1 / FRAME_SECONDS)


def test_as_a_help_it_notices_only_what_was_said_alone():
    assert spot("computer", "Computer.", SAID, alone=True) == ["computer"]
    assert spot("computer", "Computer.", TALK, alone=True) == []


def alone(recognizer):
    spotter = PhraseSpotter(["computer"], recognizer, Loudness(), alone=True)
    return [heard for frame in SAID if (heard := spotter.feed(frame))]


def test_as_a_help_it_holds_the_phrase_against_what_was_hardly_read():
    assert alone(Doubts(confidence=0.3)) == ["computer"]
    assert alone(Doubts(confidence=0.6)) == []


def test_as_a_help_it_looks_seldom():
    recognizer = Hears("nothing")
    spotter = PhraseSpotter(["computer"], recognizer, Loudness(), alone=True)
    for frame in [*SAID, *SAID]:
        spotter.feed(frame)
    assert len(recognizer.given) == 1
    for frame in [*SECOND * 5, *SAID]:
        spotter.feed(frame)
    assert len(recognizer.given) == 2


class Sharper(Doubts):
    """Is surer of what it hears, rightly or not."""

    sharpness = 1.5


def test_as_a_help_it_takes_into_account_how_sure_the_recogniser_usually_is():
    assert alone(Sharper(confidence=0.3)) == ["computer"]


class DoubtsAtFirst(Doubts):
    """Finds that the phrase fits when it is given more silence behind it."""

    def weigh(self, texts, less):
        return self.transcript if self.given[-1] < 80 else super().weigh(texts, less)


def test_as_a_help_it_looks_once_more_where_it_doubts():
    assert alone(recognizer := DoubtsAtFirst(confidence=0.3)) == ["computer"]
    assert recognizer.given == [20 + 40 + 13, 20 + 40 + 28]
    assert alone(recognizer := DoubtsAtFirst(confidence=0.6)) == []
    assert len(recognizer.given) == 1
