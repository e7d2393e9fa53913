"""The calculator: every sum of the tables is right to the last digit, and said so that it is."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from voice_assistant_skills.calculator.reading import Reader
from voice_assistant_skills.calculator.saying import DIGITS, ROUGH, card, say, say_fraction
from voice_assistant_skills.calculator.skill import Calculator

from tests.fakes import NOW, TryOut
from tests.skills.sentences import known, sentences_of
from voice_assistant.normal import core, normalise
from voice_assistant.values import quantities

pytestmark = pytest.mark.anyio
test_sentences = sentences_of("calculator")

HERE = Path(__file__).parent
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])
CLOSE = {DIGITS: 1e-5, ROUGH: 5e-4}
"""How far a spoken number of so many digits may be from the exact one."""


def rows(language):
    """Question, exact result and unit of every line of a table."""
    for line in (HERE / f"{language}.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            text, value, *unit = line.split("\t")
            yield text, value, unit[0] if unit else None


ALL = [
    pytest.param(language, *row, id=f"{language}-{row[0]}")
    for language in ("en", "zh")
    for row in rows(language)
]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "how much is ten dollars in euros"), ("zh", "一百美元是多少人民币")],
)
async def test_money_is_not_exchanged_at_a_rate_nobody_told(table, language, text):
    outcome = await table.ask("convert", language, text=text)
    assert re.search("no exchange rates|汇率", " ".join(outcome.said))


@pytest.fixture
def table(tmp_path):
    return TryOut(Calculator, tmp_path)


@LANGUAGES
def test_the_table_is_large_and_says_nothing_twice(language):
    questions = [text for text, *_ in rows(language)]
    assert len(questions) >= 400
    assert len(set(questions)) == len(questions)


@pytest.mark.parametrize(("language", "text", "value", "unit"), ALL)
def test_exact(language, text, value, unit):
    found = Reader(language, NOW).read(text)
    assert found is not None
    assert found.unit == unit or unit is None
    if value in ("none", "huge"):
        assert found.value is None
        assert found.too_large == (value == "huge")
    elif "." in value:  # irrational: as exact as the machine
        assert found.value == pytest.approx(float(value), rel=1e-12)
    else:
        assert found.value == Fraction(value)


@LANGUAGES
async def test_what_is_said_is_the_result(table, language):
    wrong = []
    for text, value, _ in rows(language):
        said = (await table.ask("compute", language, text=text)).text
        converted = Reader(language, NOW).read(text).unit
        if not _right(said, value, language, ROUGH if converted else DIGITS):
            wrong.append((text, said))
    assert not wrong


def _right(said, value, language, digits):
    if value in ("none", "huge"):
        return re.search("no answer|too large|different things|没有答案|太大|不是一回事", said)
    exact = Fraction(value)
    if language == "zh":
        return say(exact, "zh", digits) in said.replace("等于两", "等于二") or f"{value}年" in said
    return _number_in(said) == pytest.approx(float(exact), rel=CLOSE[digits])


def _number_in(said):
    """The last number of an answer, also where it is 1.2 times 10 to the power of 30."""
    said = said.replace(",", "")
    if match := re.search(r"(-?[\d.]+) times 10 to the power of (\d+)", said):
        return float(match[1]) * 10 ** int(match[2])
    return float(re.findall(r"-?\d+(?:\.\d+)?", said)[-1])


@LANGUAGES
def test_questions_find_the_calculator_word_for_word(language):
    templates = known("calculator")[1][language]
    missed = []
    for text, *_ in rows(language):
        said = normalise(text, language)
        read = (
            templates.match(each, lambda: NOW, lambda *_: True)
            for each in (said, core(said, language))
        )
        if not any(read):
            missed.append(text)
    assert len(missed) <= 0.03 * len(list(rows(language))), missed


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        ("en", "what's one half plus one third", "5/6, about 0.833333"),
        ("en", "what is seven divided by three", "2 1/3, about 2.33333"),
        ("en", "what percent of 80 is 20", "25 percent"),
        ("en", "what's an 18 percent tip on 45 dollars", r"\$8\.10"),
        ("en", "split 100 euros between 3 people", "about €33.33|Roughly €33.33"),
        ("en", "a 20% tip on $72", r"\$14\.40"),
        ("zh", "一百块打八折是多少钱", "八十元"),
        ("en", "what's the square root of two", "about 1.41421"),
        ("en", "how old is someone born in 1980", "46 years"),
        ("en", "which year was someone born who is 40", "In 1986."),
        ("en", "what is 2 to the power of 100", "1.26765 times 10 to the power of 30"),
        ("en", "how many weeks between march 1st and april 12th", "6 weeks"),
        ("en", "how many kilometres is one mile", "1 mile is about 1.609 kilometres"),
        (
            "en",
            "350 degrees fahrenheit in celsius",
            "350 degrees fahrenheit is about 176.7 degrees celsius",
        ),
        ("zh", "华氏三百五十度是多少摄氏度", "三百五十华氏度大约等于一百七十六点七摄氏度"),
        ("zh", "七八五十几", "五十六"),
        ("zh", "打八折的话两百四是多少钱", "一百九十二"),
        ("zh", "摄氏二十度是华氏多少度", "六十八华氏度"),
        ("zh", "二分之一加三分之一", "六分之五"),
        ("zh", "七除以三", "二又三分之一"),
        ("zh", "二十是八十的百分之几", "百分之二十五"),
        ("zh", "一九八零年出生的人今年多大", "四十六岁"),
        ("zh", "二的一百次方", "1.26765乘以十的三十次方|一点二六七六五乘以十的三十次方"),
        ("zh", "三月一号到四月十五号有多少天", "四十五天"),
    ],
)
async def test_it_is_said_as_people_do(table, language, text, answer):
    assert re.search(answer, (await table.ask("compute", language, text=text)).text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "what is the meaning of seven"),
        ("en", "calculate the weather"),
        ("en", "blue plus yellow"),
        ("en", "plus"),
        ("en", ""),
        ("zh", "今天天气怎么样"),
        ("zh", "加"),
        ("zh", "苹果乘香蕉"),
    ],
)
async def test_nonsense_gets_an_example(table, language, text):
    said = (await table.ask("compute", language, text=text)).text
    assert re.search("couldn't make a sum|没听明白", said)


@pytest.mark.parametrize(
    ("language", "text", "pattern"),
    [
        ("en", "divide ten by zero", "no answer"),
        ("en", "what's a million factorial", "too large"),
        ("en", "how many pounds in a mile", "different things"),
        ("en", "2 to the power of 10000 times 2 to the power of 10000", "too large"),
        ("en", "9 to the power of 9 to the power of 9 to the power of 9", "too large"),
        ("zh", "十除以零", "没有答案"),
        ("zh", "一百万的阶乘", "太大"),
        ("zh", "三米是多少公斤", "不是一回事"),
    ],
)
async def test_what_has_no_answer_is_said_so(table, language, text, pattern):
    assert re.search(pattern, (await table.ask("compute", language, text=text)).text)


async def test_what_was_understood_by_likeness_is_answered_from_its_slots(table):
    quantity = quantities.quantity("five miles", "en")
    said = await table.ask("convert", text="the other one", quantity=quantity, unit="kilometre")
    assert "about 8.047 kilometres" in said.text


@pytest.mark.parametrize(("country", "pints"), [("US", "4.227"), ("GB", "3.52"), ("IE", "3.52")])
async def test_a_pint_is_what_it_is_where_one_lives(tmp_path, country, pints):
    table = TryOut(Calculator, tmp_path, place={"country": country})
    said = await table.ask("convert", text="how many pints is two litres")
    assert f"about {pints} pints" in said.text
    said = await table.ask("convert", text="how many british pints is two litres")
    assert "about 3.52 imperial pints" in said.text


WORDS = {
    "en": "what is the of and plus minus times divided by percent tip on split between average "
    "square root cubed to power round decimals in miles celsius 7 0 2000 1.5 half three million "
    "factorial days from march born 1980 ( ) / $5".split(),
    "zh": "是多少的加减乘除以百分之打八折平均数根号次方阶乘零一二十万亿点半分和、块米斤年月号7%()",
}


@settings(deadline=None, max_examples=300)
@given(st.data(), st.sampled_from(["en", "zh"]))
def test_no_question_is_too_strange(data, language):
    words = data.draw(st.lists(st.sampled_from(list(WORDS[language])), max_size=12))
    found = Reader(language, NOW).read((" " if language == "en" else "").join(words))
    if found is not None and found.value is not None:
        assert say(found.value, language)
        assert card(found.value)


def test_fractions_are_said_where_they_are_simple():
    assert say_fraction(Fraction(-7, 3), "en") == "minus 2 1/3"
    assert say_fraction(Fraction(-7, 3), "zh") == "负二又三分之一"
    assert say_fraction(Fraction(1, 4), "en") is None
    assert say_fraction(Fraction(1, 97), "en") is None


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("en", "how many pints are in 3 litres", "≈ 6.34013 pints"),
        ("en", "six catty in kilos", "3 kilograms"),
        ("zh", "三升等于几品脱", "≈ 6.34013品脱"),
        ("zh", "六斤是多少公斤", "3公斤"),
        ("en", "divide 100 by 7", "14 2/7 ≈ 14.285714"),
        ("en", "what is 100 divided by 37", "≈ 2.7027027"),
        ("en", "a half times a quarter", "0.125"),
    ],
)
async def test_what_is_shown_is_rounded_and_in_the_language(table, language, text, shown):
    assert (await table.ask("convert", language, text=text)).display == shown


async def test_a_part_of_a_cup_is_called_so(table):
    said = (await table.ask("convert", text="two thirds of a cup in millilitres")).text
    assert "2/3 of a cup is about 157.7 millilitres" in said


@pytest.mark.parametrize(
    ("sign", "operand", "shown"), [("times", 3, "300/7"), ("by", 2, "50/7"), ("plus", 5, "135/7")]
)
async def test_a_result_is_gone_on_with_exactly(table, sign, operand, shown):
    await table.ask("compute", text="divide 100 by 7")
    said = await table.ask("go_on", sign=sign, operand=operand)
    assert card(Fraction(shown)) == said.display
    assert "no answer" in (await table.ask("go_on", sign="by", operand=0)).text


async def test_what_was_converted_is_gone_on_with(table):
    await table.ask("convert", text="how many kilometers is 26 miles")
    assert "42" in (await table.ask("apply", function="round")).text
    assert "542" in (await table.ask("go_on", sign="plus", operand=500)).text
