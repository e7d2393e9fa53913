"""What every wake word engine must do."""

import pytest

from tests.engines.conftest import model, room
from voice_assistant import catalog
from voice_assistant.engines.micro import MicroWakeWord
from voice_assistant.engines.phrase import PhraseSpotter
from voice_assistant.engines.silero import SileroDetector
from voice_assistant.engines.whisper import WhisperRecognizer
from voice_assistant.errors import ModelError

pytestmark = pytest.mark.engine


@pytest.fixture
def wake_word():
    with MicroWakeWord(("alexa", "okay_nabu")) as engine:
        yield engine


def silero():
    return SileroDetector(catalog.load().path("silero-vad"))


def detections(engine, frames):
    return [phrase for frame in frames if (phrase := engine.feed(frame))]


def test_its_phrases_are_noticed_once_each(wake_word, speak):
    said = [*speak("Alexa!", speed=160), *room(1), *speak("Okay, Nabu!", speed=160), *room(1)]
    assert detections(wake_word, said) == ["alexa", "okay nabu"]


def test_silence_and_other_speech_do_not_wake(wake_word, speak):
    assert detections(wake_word, room(3)) == []
    assert detections(wake_word, speak("the weather is nice and the train is late")) == []


def test_after_a_reset_it_notices_again(wake_word, speak):
    said = speak("Alexa!", speed=160)
    assert detections(wake_word, said) == ["alexa"]
    wake_word.reset()
    assert detections(wake_word, said) == ["alexa"]


def test_an_unknown_phrase_names_the_known_ones():
    with pytest.raises(ModelError, match="hey jarvis"):
        MicroWakeWord(("open sesame",))


@pytest.mark.parametrize(
    ("recognizer", "phrase", "said", "voice"),
    [
        ("whisper-tiny-en", "hello computer", "Hello computer!", "en-us"),
        ("whisper-base", "打开厨房", "da3kai1 chu2fang2", "cmn-latn-pinyin"),
    ],
)
def test_any_phrase_can_wake(recognizer, phrase, said, voice, speak):
    with (
        WhisperRecognizer(model(recognizer)) as whisper,
        PhraseSpotter([phrase], whisper, silero()) as engine,
    ):
        assert detections(engine, [*speak(said, voice), *room(1)]) == [phrase]
        assert detections(engine, [*speak("The weather is nice today."), *room(1)]) == []


@pytest.mark.parametrize("recognizer", ["whisper-tiny-en", "whisper-base"])
def test_other_words_said_alone_are_no_wake_word(recognizer, speak):
    others = "Computer.|Hello.|Thank you.|Dinner!|Good night.|Where are you?|Tomorrow.".split("|")
    with (
        WhisperRecognizer(model(recognizer), languages=("en",)) as whisper,
        PhraseSpotter(["alexa"], whisper, silero(), alone=True) as engine,
    ):
        for said in others:
            engine.reset()
            assert detections(engine, [*speak(said), *room(1)]) == [], said
        engine.reset()
        assert detections(engine, [*speak("Alexa.", speed=160), *room(1)]) == ["alexa"]
