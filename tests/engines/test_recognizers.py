"""What every recogniser must do, over the real models."""

import pytest

from tests.engines.conftest import model, room
from voice_assistant.engines import Transcript
from voice_assistant.engines.two_pass import TwoPassRecognizer
from voice_assistant.engines.vosk import VoskRecognizer
from voice_assistant.engines.whisper import WhisperRecognizer
from voice_assistant.errors import ModelMissing

pytestmark = pytest.mark.engine

SAID = {"en": "What time is it in London?", "ko": "안녕하세요. 오늘 날씨가 좋습니다."}
MORE = {"en": "And how cold will it be tomorrow?", "ko": "감사합니다."}

RECOGNIZERS = {
    "whisper-tiny-en": ("en", WhisperRecognizer),
    "whisper-base": ("en", lambda folder: WhisperRecognizer(folder, languages=("en", "zh"))),
    "vosk-ko": ("ko", lambda folder: VoskRecognizer(folder, language="ko")),
}


def two_passes():
    return TwoPassRecognizer(
        VoskRecognizer(model("vosk-ko"), language="ko"),
        WhisperRecognizer(model("whisper-base"), languages=("ko",)),
    )


@pytest.fixture(scope="module", params=RECOGNIZERS)
def loaded(request):
    language, build = RECOGNIZERS[request.param]
    with build(model(request.param)) as recognizer:
        yield recognizer, language


def transcribe(recognizer, frames, hints=()):
    recognition = recognizer.start(hints)
    for frame in frames:
        recognition.feed(frame)
    return recognition.finish()


def test_speech_becomes_text_with_a_language_and_a_confidence(loaded, speak):
    recognizer, language = loaded
    heard = transcribe(recognizer, speak(SAID[language], language))
    assert isinstance(heard, Transcript)
    assert heard.text
    assert heard.language == language
    assert language in recognizer.languages
    assert 0 < heard.confidence <= 1
    assert heard.text not in heard.alternatives


def test_silence_is_no_text(loaded):
    recognizer, _ = loaded
    assert transcribe(recognizer, room(2)).text == ""


def test_no_frames_at_all_are_no_text(loaded):
    recognizer, _ = loaded
    assert transcribe(recognizer, []).text == ""


def test_two_utterances_at_a_time_do_not_mix(loaded, speak):
    recognizer, language = loaded
    frames = speak(SAID[language], language)
    alone = transcribe(recognizer, frames)
    first, second = recognizer.start(), recognizer.start()
    for spoken, silent in zip(frames, room(len(frames) * 0.02), strict=False):
        first.feed(spoken)
        second.feed(silent)
    assert first.finish().text == alone.text
    assert second.finish().text == ""


def test_a_finish_in_a_pause_can_be_followed_by_more_speech(loaded, speak):
    recognizer, language = loaded
    recognition = recognizer.start()
    for frame in speak(SAID[language], language):
        recognition.feed(frame)
    early = recognition.finish().text
    for frame in speak(MORE[language], language):
        recognition.feed(frame)
    assert len(recognition.finish().text) > len(early) > 0


def test_two_passes_show_words_early_and_write_them_well(speak):
    frames = speak(SAID["ko"], "ko")
    with two_passes() as both, WhisperRecognizer(model("whisper-base"), languages=("ko",)) as one:
        recognition = both.start()
        partials = [partial for frame in frames if (partial := recognition.feed(frame))]
        final = recognition.finish()
        assert final.text == transcribe(one, frames).text
    assert final.language == "ko"
    assert len(partials) >= 3
    assert len(partials[0]) < len(partials[-1])


@pytest.mark.parametrize("build", [WhisperRecognizer, lambda f: VoskRecognizer(f, language="en")])
def test_a_missing_model_says_how_to_install_it(build, tmp_path):
    with pytest.raises(ModelMissing, match="models pull gone"):
        build(tmp_path / "gone")
