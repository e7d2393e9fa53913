"""A phrase is said by a voice of its language, at its pace and slowly; a try is scored honestly."""

import re

import numpy as np
import pytest
from voice_assistant_skills.travel import attempts, phrasebook
from voice_assistant_skills.travel.interpreting import SLOW
from voice_assistant_skills.travel.skill import Travel

from tests.fakes import TryOut
from voice_assistant.engines.espeak import Espeak
from voice_assistant.skill import Piece
from voice_assistant.voice import Voice, by_script
from voice_assistant.workers import InlineWorker

TONGUES = sorted(phrasebook.tongues())


def books():
    return {tongue: phrasebook.useful(tongue, 999) for tongue in TONGUES}


def spoken(outcome):
    return [piece for piece in outcome.pieces if isinstance(piece, Piece) and piece.language]


@pytest.fixture
def house(tmp_path):
    return TryOut(Travel, tmp_path)


def test_sixty_phrases_in_twelve_languages():
    assert len(TONGUES) >= 12
    assert all(len(phrases) >= 60 for phrases in books().values())


@pytest.mark.parametrize("tongue", TONGUES)
async def test_each_language_is_spoken_in_itself_and_then_slowly(house, tongue):
    outcome = await house.ask("phrase", phrase="where is the station", tongue=tongue)
    usual, slow = spoken(outcome)
    assert usual.language == slow.language == tongue
    assert slow.prosody == SLOW
    assert slow.prosody.pace < 0.8 * usual.prosody.pace
    again = spoken(await house.ask("slowly"))
    assert [piece.prosody for piece in again] == [SLOW]
    assert outcome.receipts[0].result["language"] == tongue


@pytest.mark.parametrize("tongue", TONGUES)
def test_a_phrase_is_not_handed_to_voices_of_two_languages(tongue):
    for phrase in books()[tongue]:
        assert by_script(phrase.voiced, tongue) == [(phrase.voiced, tongue)]


def test_japanese_is_read_from_kana():
    for phrase in books()["ja"]:
        assert not re.search("[a-zāīūēō一-鿿]", phrase.voiced), phrase
    assert phrasebook.phrase("where is the station", "ja").voiced == "えき わ どこ です か"


async def test_the_card_shows_script_and_romanisation(house):
    outcome = await house.ask("phrase", phrase="thank you", tongue="ru")
    assert "Спасибо" in outcome.display
    assert "spasibo" in outcome.display


async def test_the_language_of_the_place_of_the_talk(house):
    await house.ask("plug", destination="portugal")
    outcome = await house.ask("phrase", phrase="thank you")
    assert spoken(outcome)[0].language == "pt"


async def test_a_phrase_that_is_not_in_the_book_is_not_made_up(house):
    outcome = await house.ask("phrase", phrase="my hovercraft is full of eels", tongue="it")
    assert "no sure translation" in outcome.text
    assert not spoken(outcome)


async def test_a_language_that_is_not_in_the_book(house):
    outcome = await house.ask("phrase", phrase="thank you", destination="hungary")
    assert "Hungarian" in outcome.text
    assert not spoken(outcome)


TRIES = {  # right, near, wrong, as a recogniser of the language may write them
    "ko": ("감사합니다", "가사하니다", "사과 주세요"),
    "ja": ("アリガトウゴザイマス", "ありがとうございま", "りんごをください"),
    "zh": ("写写", "谢了", "再见"),  # the first is a homophone
    "es": ("gracias", "gacias", "la manzana"),
    "fr": ("Mersi", "messi", "la pomme"),  # the first sounds the same
    "ru": ("Спасибо.", "Пасибо", "яблоко"),
    "en": ("Thank you!", "tank you", "banana"),
}


def mark(heard, tongue, key="thank you", sounds=()):
    share = attempts.likeness(heard, phrasebook.phrase(key, tongue), sounds)
    return next(name for name, least in attempts.MARKS if share >= least)


@pytest.mark.parametrize("tongue", TRIES)
def test_a_try_is_marked_by_its_sound(tongue):
    espeak = Espeak()
    said = phrasebook.phrase("thank you", tongue).said
    marks = []
    for heard in TRIES[tongue]:
        silent = tongue in attempts.BY_SYLLABLES
        marks.append(
            mark(heard, tongue, sounds=[] if silent else espeak.phonemes([heard, said], tongue))
        )
    espeak.close()
    right, near, wrong = marks
    assert right == "very_good"
    assert near in ("good", "nearly")
    assert wrong == "once_more"


@pytest.mark.parametrize(
    ("heard", "key", "tongue"),
    [
        ("えきはどこですか？", "where is the station", "ja"),  # kana for characters
        ("エキワドコデスカ", "where is the station", "ja"),
        ("3", "three", "ja"),
        ("3", "three", "zh"),
        ("donde esta la estacion", "where is the station", "es"),
    ],
)
def test_the_same_words_written_otherwise(heard, key, tongue):
    assert mark(heard, tongue, key) == "very_good"


class Foreign:
    """Hears some languages."""

    def __init__(self, *languages):
        self.languages = languages
        self.asked = []

    async def recognizer(self, language):
        self.asked.append(language)
        return f"ears for {language}" if language in self.languages else None

    def wanted(self, language):
        return None if language == "th" else "vosk-ko"

    async def sound(self, text, language):
        return text


async def test_let_me_try_is_heard_by_a_recogniser_of_the_language(tmp_path):
    foreign, expected = Foreign("ko"), []
    house = TryOut(Travel, tmp_path, services={"foreign": foreign})
    house.session.expect = expected.append
    await house.ask("phrase", phrase="thank you", tongue="ko")
    outcome = await house.ask("try_it", answers=["감사합니다"])
    assert "word for word" in outcome.text
    assert expected == ["ears for ko", None]
    outcome = await house.ask("try_it", answers=["사과 주세요"])
    assert "something else" in outcome.text
    assert spoken(outcome)[-1].prosody == SLOW


async def test_a_phrase_of_the_turns_language_is_heard_as_ever(tmp_path):
    foreign = Foreign("ko")
    house = TryOut(Travel, tmp_path, services={"foreign": foreign})
    await house.ask("phrase", phrase="thank you", tongue="en")
    assert "word for word" in (await house.ask("try_it", answers=["thank you"])).text
    assert foreign.asked == []


async def test_in_text_a_try_is_read(house):
    await house.ask("phrase", phrase="thank you", tongue="zh")
    outcome = await house.ask("try_it", answers=["谢谢"])
    assert "word for word" in outcome.text


@pytest.mark.parametrize(
    ("tongue", "words"),
    [("ko", "the model vosk-ko would hear it"), ("th", "no recogniser for Thai")],
)
async def test_let_me_try_where_nothing_hears_the_language(tmp_path, tongue, words):
    house = TryOut(Travel, tmp_path, services={"foreign": Foreign()})
    await house.ask("phrase", phrase="thank you", tongue=tongue)
    outcome = await house.ask("try_it")
    assert words in outcome.text
    assert not outcome.asked
    assert spoken(outcome)[-1].language == tongue


@pytest.mark.engine
@pytest.mark.parametrize("tongue", TONGUES)
async def test_a_voice_of_the_language_makes_sound(tongue, monkeypatch):
    from voice_assistant.engines.espeak import Espeak
    from voice_assistant.engines.mandarin import VOICE
    from voice_assistant.engines.system import SystemVoice

    used = []
    speak = Espeak.speak

    def noted(self, text, voice, **how):
        used.append(voice)
        return speak(self, text, voice, **how)

    monkeypatch.setattr(Espeak, "speak", noted)
    voice = Voice([SystemVoice()], InlineWorker())
    lengths = []
    for phrase in phrasebook.useful(tongue, 10):
        for pace in (Piece().prosody, SLOW):
            line = Piece(text=phrase.voiced, language=tongue, prosody=pace)
            samples = np.concatenate([clip.samples async for clip in voice.clips(line, "en")])
            assert np.sqrt(np.mean(samples**2)) > 0.005, phrase
            lengths.append(len(samples))
    assert sum(lengths[1::2]) > 1.2 * sum(lengths[::2]), "slowly takes longer"
    assert {each.split("-")[0] for each in used} == {
        {"zh": VOICE}.get(tongue, tongue).split("-")[0]
    }
