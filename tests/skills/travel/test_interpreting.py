"""A phrase is said by a voice of its language, at its pace and slowly; a try is scored honestly."""

import re

import numpy as np
import pytest
from voice_assistant_skills.travel import attempts, phrasebook
from voice_assistant_skills.travel.interpreting import SLOW
from voice_assistant_skills.travel.skill import Travel

from tests.fakes import TryOut
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


@pytest.mark.parametrize(
    ("tongue", "heard", "mark"),
    [
        ("zh", "谢谢", "very_good"),
        ("zh", "写写", "very_good"),  # a homophone was said rightly
        ("zh", "再见", "once_more"),
        ("en", "thank you", "very_good"),
        ("en", "thank yu", "good"),
        ("en", "banana", "once_more"),
    ],
)
def test_a_try_is_marked(tongue, heard, mark):
    share = attempts.likeness(heard, phrasebook.phrase("thank you", tongue))
    assert next(name for name, least in attempts.MARKS if share >= least) == mark


async def test_let_me_try_where_the_language_is_heard(tmp_path):
    house = TryOut(Travel, tmp_path, services={"hears": lambda: ("en", "zh")})
    await house.ask("phrase", phrase="thank you", tongue="zh")
    outcome = await house.ask("try_it", answers=["谢谢"])
    assert "word for word" in outcome.text
    await house.ask("phrase", phrase="thank you", tongue="zh")
    outcome = await house.ask("try_it", answers=["再见"])
    assert "something else" in outcome.text
    assert spoken(outcome)[-1].prosody == SLOW


async def test_let_me_try_where_it_is_not(tmp_path):
    house = TryOut(Travel, tmp_path, services={"hears": lambda: ("en",)})
    await house.ask("phrase", phrase="thank you", tongue="ko")
    outcome = await house.ask("try_it")
    assert "no recogniser for Korean" in outcome.text
    assert spoken(outcome)[-1].language == "ko"


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
