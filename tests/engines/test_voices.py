"""What every voice must do, and what the Mandarin of espeak-ng is worth."""

import gc

import numpy as np
import pytest

from tests.engines.conftest import model
from voice_assistant.audio.files import read_samples
from voice_assistant.audio.frames import Clip
from voice_assistant.engines import Prosody
from voice_assistant.engines.clauses import batches, clauses
from voice_assistant.engines.espeak import Espeak
from voice_assistant.engines.mandarin import pinyin
from voice_assistant.errors import ModelError, ModelMissing, VoiceAssistantError

pytestmark = pytest.mark.engine


def piper():
    from voice_assistant.engines.piper import PiperVoice

    return PiperVoice(model("piper-joe-en") / "en_US-joe-medium.onnx")


def kokoro():
    from voice_assistant.engines.kokoro import KokoroVoice

    return KokoroVoice(model("kokoro-zh"))


def system():
    from voice_assistant.engines.system import SystemVoice

    return SystemVoice()


def rendered_by_pyttsx3():
    from voice_assistant.engines.system import Pyttsx3Renderer, SystemVoice

    return SystemVoice(Pyttsx3Renderer())


@pytest.fixture(scope="module", params=[piper, system])
def voice(request):
    with request.param() as loaded:
        yield loaded


@pytest.fixture(scope="module", params=[piper, system, rendered_by_pyttsx3])
def any_voice(request):
    with request.param() as loaded:
        yield loaded


def sound(voice, text, language="en", **prosody):
    clips = list(voice.synthesize(text, language=language, prosody=Prosody(**prosody)))
    assert [clip.last for clip in clips] == [False] * (len(clips) - 1) + [True]
    rate = clips[0].rate
    return Clip(np.concatenate([clip.samples for clip in clips]), rate)


def pitch(clip):
    """The commonest fundamental, by autocorrelation of 40 ms windows."""
    window = round(0.04 * clip.rate)
    found = []
    for start in range(0, len(clip.samples) - window, window):
        piece = clip.samples[start : start + window]
        if np.abs(piece).max() < 0.1:
            continue
        echo = np.correlate(piece, piece, "full")[window - 1 :]
        low, high = clip.rate // 400, clip.rate // 60
        lag = low + int(np.argmax(echo[low:high]))
        found.append(clip.rate / lag)
    return float(np.median(found))


def test_speaks_as_float_samples_of_full_length(any_voice):
    clip = sound(any_voice, "Good morning. The kettle is on, and breakfast is nearly ready.")
    assert clip.samples.dtype == np.float32
    assert clip.samples.ndim == 1
    assert 2.0 < clip.seconds < 7.0
    assert 0.1 < np.abs(clip.samples).max() <= 1.0


def test_is_as_loud_as_the_other_voices(any_voice):
    samples = sound(any_voice, "The quick brown fox jumps over the lazy dog.").samples
    speech = samples[np.abs(samples) > 0.01]
    assert -23 < 20 * np.log10(np.sqrt(np.mean(speech**2))) < -15


def test_pace_changes_the_length(voice):
    text = "Once upon a time there was a bear who could not sleep."
    usual, slow = sound(voice, text), sound(voice, text, pace=0.7)
    assert 1.25 < slow.seconds / usual.seconds < 1.65


def test_pitch_rises_without_hurrying(voice):
    text = "Once upon a time there was a bear who could not sleep."
    usual, high = sound(voice, text), sound(voice, text, pitch=5)
    assert 1.15 < pitch(high) / pitch(usual) < 1.6
    assert 0.8 < high.seconds / usual.seconds < 1.2


def test_gain_is_in_decibels(voice):
    text = "Quiet now."
    usual, soft = sound(voice, text), sound(voice, text, gain=-12)
    ratio = np.sqrt(np.mean(soft.samples**2)) / np.sqrt(np.mean(usual.samples**2))
    assert 0.2 < ratio < 0.32


def test_survives_text_without_words(any_voice):
    for text in ("...", "?!", "-f /etc/passwd", "<speak>"):
        sound(any_voice, text)


def test_first_clip_comes_before_the_sentence_is_done():
    with piper() as voice:
        text = (
            "All right, the timer for the potatoes is set to twenty minutes, "
            "and I will call you when they are done."
        )
        first, *rest = voice.synthesize(text, language="en")
    assert not first.last
    assert rest[-1].last
    assert first.seconds < 0.3 * sum(clip.seconds for clip in rest)


def test_missing_and_damaged_voices_are_stated(tmp_path):
    from voice_assistant.engines.piper import PiperVoice

    with pytest.raises(ModelMissing):
        PiperVoice(tmp_path / "piper-nobody" / "nobody.onnx")
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"not a network")
    (tmp_path / "broken.onnx.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="models verify"):
        PiperVoice(broken)


@pytest.mark.parametrize("language", ["en", "zh", "de", "fr", "es", "ko", "ja"])
def test_the_system_speaks_languages_without_a_model(language):
    text = {"zh": "你好，今天星期三。", "ko": "안녕하세요", "ja": "こんにちは"}.get(
        language, "Radio, museum, hotel."
    )
    with system() as voice:
        assert 0.4 < sound(voice, text, language).seconds < 6


def test_mandarin_is_pinyin_with_tones():
    assert pinyin("你好，世界。") == "ni2hao3, shi4jie4."
    assert pinyin("我要听 Queen 的歌！") == "wo3yao4ting1 Queen de5ge1!"


@pytest.mark.filterwarnings(
    "ignore:pkg_resources is deprecated",
    "ignore:unclosed file:ResourceWarning",
    "ignore::pytest.PytestUnraisableExceptionWarning",
)
@pytest.mark.parametrize(("make", "share"), [(system, 0.5), (kokoro, 0.2)])
def test_mandarin_is_understood(tmp_path, make, share):
    """The share of syllables that Whisper base may get wrong; spelled out, it got none right."""
    from pypinyin import lazy_pinyin
    from rapidfuzz.distance import Levenshtein

    from voice_assistant.audio.files import write_wav
    from voice_assistant.audio.frames import FRAME
    from voice_assistant.engines.whisper import WhisperRecognizer

    told = ["从前有一只小兔子，住在森林的边上。", "明天早上七点叫你起床。", "今天星期三。"]
    wrong = syllables = 0
    with make() as voice, WhisperRecognizer(model("whisper-base"), languages=("zh",)) as hears:
        for text in told:
            path = tmp_path / "told.wav"
            write_wav(path, [sound(voice, text, "zh")])
            pcm = read_samples(path)
            recognition = hears.start()
            for start in range(0, len(pcm) - FRAME, FRAME):
                recognition.feed(pcm[start : start + FRAME])
            said = _syllables(text, lazy_pinyin)
            wrong += Levenshtein.distance(said, _syllables(recognition.finish().text, lazy_pinyin))
            syllables += len(said)
    assert wrong / syllables < share


def _syllables(text, lazy_pinyin):
    return lazy_pinyin("".join(c for c in text if c.isalnum()))


def test_syllables_become_phonemes_with_tones():
    from voice_assistant.engines.kokoro import phonemes

    assert phonemes("你好") == "ni↗xau↓"
    assert phonemes("北京的事儿") == "pei↓ʨi→ŋ tɤ ʂɨ↘ ɚ↗"


def test_every_syllable_of_mandarin_can_be_spelled():
    from pypinyin import Style, lazy_pinyin

    from voice_assistant.engines.kokoro import phonemes

    characters = "".join(chr(code) for code in range(0x4E00, 0x9FA5, 7))
    syllables = {
        pinyin: character
        for character, pinyin in zip(
            characters, lazy_pinyin(characters, style=Style.NORMAL), strict=False
        )
        if pinyin.isalpha() and pinyin.isascii()
    }
    assert len(syllables) > 300
    for spelled, character in syllables.items():
        assert len(phonemes(character)) >= 2 or spelled in {"a", "e"}, spelled


def test_clauses_end_at_punctuation_but_not_inside_numbers():
    assert list(clauses("Set 3.5 minutes at 10:30, please. Really?")) == [
        ("Set 3.5 minutes at 10:30", ","),
        ("please", "."),
        ("Really", "?"),
    ]
    assert list(clauses("好的，十分钟。")) == [("好的", ","), ("十分钟", ".")]


def test_batches_are_short_first_then_long():
    parts = [("a" * 12, ","), ("b" * 12, ","), ("c" * 12, "."), ("d" * 12, ".")]
    assert [len(batch) for batch in batches(iter(parts), first=10, rest=30)] == [1, 3]


def test_espeak_that_is_missing_is_stated(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(VoiceAssistantError, match="apt install espeak-ng"):
        Espeak()


def test_an_espeak_that_waits_ends_with_its_voice():
    espeak = Espeak()
    assert espeak.phonemes(["hello"], "en-us")
    (waiting,) = espeak._ahead.values()
    assert espeak.phonemes(["hello"], "en-us") == Espeak().phonemes(["hello"], "en-us")
    (waiting,) = espeak._ahead.values()
    del espeak
    gc.collect()
    assert waiting.returncode is not None
    assert waiting.stdout.closed
