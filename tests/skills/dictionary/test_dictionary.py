"""The dictionary on a few lines of data in the real formats, and without any."""

from __future__ import annotations

import gzip
from pathlib import Path
from types import SimpleNamespace

import pytest
from voice_assistant_skills.dictionary import asked, letters
from voice_assistant_skills.dictionary.cedict import Cedict, readable
from voice_assistant_skills.dictionary.skill import Dictionary
from voice_assistant_skills.dictionary.wordnet import WordNet
from voice_assistant_skills.travel.skill import Travel

from tests.fakes import TryOut
from tests.skills.sentences import sentences_of

pytestmark = pytest.mark.anyio
test_sentences = sentences_of("dictionary")

CEDICT = """# comment
你好 你好 [ni3 hao3] /hello/hi/
蘋果 苹果 [ping2 guo3] /apple/CL:個|个[ge4],顆|颗[ke1]/
蘋 苹 [ping2] /(used in 蘋果|苹果[ping2 guo3]) apple/
蘋果樹 苹果树 [ping2 guo3 shu4] /apple tree/
畫蛇添足 画蛇添足 [hua4 she2 tian1 zu2] /lit. draw legs on a snake (idiom)/fig. to overdo it/
"""


def wordnet(folder: Path) -> Path:
    """Three adjectives and a noun, with the offsets that the index needs."""
    head = "  1 This is the licence\n"
    adj = [
        '{a} 00 a 01 happy 0 001 ! {b} a 0101 | feeling joy; "a happy child"',
        "{b} 00 a 01 unhappy 0 001 ! {a} a 0101 | not feeling joy",
        "{c} 00 s 02 glad 0 cheerful 0 001 & {a} a 0000 | showing joy",
    ]
    blank = dict.fromkeys("abc", "0" * 8)
    at = {}
    offset = len(head)
    for key, line in zip("abc", adj, strict=True):
        at[key] = f"{offset:08d}"
        offset += len(line.format(**blank)) + 1
    (folder / "data.adj").write_text(head + "".join(x.format(**at) + "\n" for x in adj))
    rows = [("cheerful", "c"), ("glad", "c"), ("happy", "a"), ("unhappy", "b")]
    index = "".join(f"{word} a 1 1 ! 1 1 {at[key]}  \n" for word, key in rows)
    (folder / "index.adj").write_text(head + index)
    noun = "00000000 00 n 01 mouse 0 000 | a small rodent\n"
    (folder / "data.noun").write_text(noun)
    (folder / "index.noun").write_text("mouse n 1 0 1 1 00000000  \n")
    for kind in ("verb", "adv"):
        (folder / f"index.{kind}").write_text("")
    return folder


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "wordnet"
    folder.mkdir()
    packed = tmp_path / "cedict.gz"
    packed.write_bytes(gzip.compress(CEDICT.encode()))
    return {"wordnet-en": wordnet(folder), "cc-cedict": packed}


@pytest.fixture
def desk(data, tmp_path):
    catalog = SimpleNamespace(installed=data.__contains__, path=data.__getitem__)
    return TryOut(Dictionary, tmp_path, services={"catalog": catalog})


@pytest.fixture
def bare(tmp_path):
    catalog = SimpleNamespace(installed=lambda name: False)
    return TryOut(Dictionary, tmp_path, services={"catalog": catalog})


async def test_a_meaning_is_told(desk):
    assert (await desk.ask("define", word="happy")).text == "happy, an adjective: feeling joy."
    assert "small rodent" in (await desk.ask("define", text="what are mice", word="mice")).text


async def test_opposites_synonyms_and_examples(desk):
    assert "unhappy" in (await desk.ask("opposites", word="happy")).text
    assert "cheerful" in (await desk.ask("synonyms", word="glad")).text
    assert "A happy child." in (await desk.ask("example", word="happy")).text
    assert "no opposite" in (await desk.ask("opposites", word="mouse")).text


async def test_a_word_that_is_not_there_is_said_to_be_unknown(desk):
    assert "does not have frobnicate" in (await desk.ask("define", word="frobnicate")).text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("word", ["happy", "苹果"])
async def test_without_data_it_says_what_to_install_and_still_spells(bare, language, word):
    said = (await bare.ask("define", language, word=word)).text
    wanted = "wordnet-en" if word == "happy" and language == "en" else "cc-cedict"
    assert f"voice-assistant models pull {wanted}" in said
    spelled = (await bare.ask("spell", language, word=word)).text
    assert ("H, A, P, P, Y" if word == "happy" else "píng") in spelled


async def test_letters_are_counted_and_spellings_compared(desk):
    said = await desk.ask("spell", text="how many l's are in parallel")
    assert said.text == "3 Ls in parallel."
    said = await desk.ask("spell", text="is it unhappy or unhapy")
    assert "U, N, H, A, P, P, Y" in said.text


async def test_both_directions_of_chinese(desk):
    said = await desk.ask("translate", word="apple")
    assert [p.text for p in said.pieces if not isinstance(p, str) and p.language == "zh"] == [
        "苹果。"
    ]
    assert "apple" in (await desk.ask("translate", "zh", word="苹果")).text
    said = await desk.ask("define", "zh", word="画蛇添足")
    assert "成语" in said.text
    assert "literally draw legs on a snake" in said.text


async def test_a_character_is_read_with_one_that_sounds_the_same(bare):
    assert "跟冒同音" in (await bare.ask("spell", "zh", word="耄")).text
    assert "gà" in (await bare.ask("spell", "zh", word="尴尬的尬")).text


async def test_which_word_is_asked_when_none_was_said(desk):
    said = await desk.ask("define", text="help me understand this", answers=["happy"])
    assert said.asked == ["Which word?"]
    assert "feeling joy" in said.text


@pytest.mark.parametrize(
    ("text", "language", "word"),
    [
        ("i don't know what stoic means", "en", "stoic"),
        ("what part of speech is quickly", "en", "quickly"),
        ("help me understand the word epistemology", "en", "epistemology"),
        ("give me the contrary of polite", "en", "polite"),
        ("讲讲掩耳盗铃这个成语的意思", "zh", "掩耳盗铃"),
        ("亡羊补牢的典故", "zh", "亡羊补牢"),
        ("餐字有几画", "zh", "餐"),
    ],
)
def test_the_word_is_found_in_free_speech(text, language, word):
    assert asked.tidy(asked.word_in(text, language) or "", language) == word


def test_pinyin_and_asides_are_readable():
    assert letters.marked("lu:4 cha2") == "lǜ chá"
    assert readable("variant of 個|个[ge4] (old) sb") == "variant of 个 somebody"


@pytest.mark.engine
def test_the_installed_data_answer():
    from voice_assistant import catalog

    models = catalog.load()
    if not (models.installed("wordnet-en") and models.installed("cc-cedict")):
        pytest.skip("the dictionaries are not installed")
    words = WordNet(models.path("wordnet-en"))
    assert all(words.senses(w) for w in ("happy", "mice", "zebra", "a", "zygote", "bear market"))
    cedict = Cedict(models.path("cc-cedict"), None)
    first = {word: cedict.english(word)[0].word for word in ("apple", "bank", "cat", "tea")}
    assert first == {"apple": "苹果", "bank": "银行", "cat": "猫", "tea": "茶"}


async def test_a_word_that_is_no_traveller_s_phrase_comes_from_the_dictionary(desk, tmp_path):
    words = desk.skill.offers()["words"]
    travel = TryOut(Travel, tmp_path / "travel", services={"words": words})
    said = await travel.ask("phrase", phrase="the apple tree", tongue="zh")
    assert said.text.endswith("苹果树")
    assert "apple tree" in (await travel.ask("phrase", "zh", phrase="苹果树", tongue="en")).text
    assert "no sure translation" in (await travel.ask("phrase", phrase="zither", tongue="zh")).text
