"""The benches' poor recogniser: as many mistakes as wished, of the kinds that were counted."""

from collections import Counter
from random import Random

import pytest
from rapidfuzz.distance import Levenshtein

from voice_assistant.benches.mishearing import Chinese, English, Plain
from voice_assistant.sounds import pinyin

EN = ["please set the timer for ten minutes", "what is the weather in madrid", "add milk"] * 100
ZH = ["在家里再放一遍", "她打开他的灯", "十分钟以后提醒我"] * 100


@pytest.fixture(scope="module")
def english() -> English:
    return English(EN, 0.1)


def test_a_tenth_of_the_words_is_wrong(english: English) -> None:
    random = Random(1)
    wrong = sum(
        Levenshtein.distance(text.split(), english.mishear(text, random).split()) for text in EN
    )
    assert wrong / sum(len(text.split()) for text in EN) == pytest.approx(0.1, abs=0.02)


def test_words_are_put_in_left_out_and_written_as_others(english: English) -> None:
    random = Random(2)
    longer = [len(english.mishear(text, random).split()) - len(text.split()) for text in EN]
    assert min(longer) < 0 < max(longer)


def test_the_same_seed_makes_the_same_mistakes(english: English) -> None:
    assert english.mishear(EN[0], Random(3)) == english.mishear(EN[0], Random(3))


def test_a_character_becomes_another_of_its_sound() -> None:
    chinese, random = Chinese(ZH, 0.5), Random(4)
    heard = [chinese.mishear(text, random) for text in ZH]
    assert heard != ZH
    assert [pinyin(text) for text in heard] == [pinyin(text) for text in ZH]


@pytest.mark.parametrize("kind", Plain.KINDS["en"])
def test_plain_mistakes_are_on_a_share_of_the_words(kind: str) -> None:
    texts = ["turn off the kitchen light", "set a timer for ten minutes"] * 100
    ears, random = Plain(kind, "en", texts, 0.1), Random(1)
    heard = [ears.mishear(text, random) for text in texts]
    missing = sum(
        sum((Counter(said.split()) - Counter(text.split())).values())
        for said, text in zip(texts, heard, strict=True)
    )
    assert 0.06 < missing / sum(len(text.split()) for text in texts) < 0.14
    if kind == "left out":
        assert all(len(text) <= len(said) for said, text in zip(texts, heard, strict=True))


def test_plain_mistakes_of_chinese_sound_the_same() -> None:
    ears = Plain("like sound", "zh", ["打开灯", "登山", "刻苦"], 1.0)
    assert ears.mishear("灯", Random(1)) == "登"
