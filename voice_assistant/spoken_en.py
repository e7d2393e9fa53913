"""Written English -> the words of it: numbers, dates, times, money, units, abbreviations."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import chain
from typing import Any, TypeAlias

from unicode_rbnf import FormatPurpose, RbnfEngine

from voice_assistant.texts import load

_Data: TypeAlias = Mapping[str, Any]
_Say: TypeAlias = Callable[[re.Match[str]], str]
_Rules: TypeAlias = list[tuple[str, _Say]]

_GLYPHS = {
    "½": (1, 2),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅕": (1, 5),
    "⅛": (1, 8),
}
_SCALES = "thousand|million|billion|trillion"
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_MINUS = r"(?<![\w.)])[-−–]?"
_TENSE = r"in|since|by|from|until|till|before|after|around|circa|about|of|year|early|late|mid"
_ROMAN = {"I": 1, "V": 5, "X": 10}


def words(text: str) -> str:
    """`text` with everything that is not a word written out."""
    for pattern, say in _rules():
        text = pattern.sub(say, text)
    return text


@cache
def _engine() -> RbnfEngine:
    return RbnfEngine.for_language("en")


def cardinal(number: str) -> str:
    """The number in words; decimals digit by digit."""
    number = number.replace(",", "").replace("−", "-").replace("–", "-")
    if number.startswith("-"):
        return "minus " + cardinal(number[1:])
    whole, _, decimals = number.partition(".")
    if len(whole) > 15 or (len(whole) > 1 and whole.startswith("0")):
        return _digits(number)
    said = _engine().format_number(int(whole)).text
    return f"{said} point {_digits(decimals)}" if decimals else said


def ordinal(number: str | int) -> str:
    """The ordinal number in words."""
    return _engine().format_number(int(number), FormatPurpose.ORDINAL).text


def year(number: str) -> str:
    """The number as years are read: nineteen eighty-four, two thousand six."""
    if len(number) == 4 and number[:2] not in {"10", "20"} and number[2] == "0" != number[3]:
        return f"{cardinal(number[:2])} oh {cardinal(number[3])}"
    return _engine().format_number(int(number), FormatPurpose.YEAR).text.replace("oh-", "oh ")


def _digits(number: str) -> str:
    return " ".join("point" if c == "." else cardinal(c) for c in number if c.isdigit() or c == ".")


def _is_one(number: str) -> bool:
    return number.lstrip("-−–") == "1"


def _money(match: re.Match[str]) -> str:
    one, several, cent, cents = load("spoken_en")["currencies"][match["sign"]]
    amount = match["amount"].replace(",", "")
    if match["scale"]:
        return f"{cardinal(amount)} {match['scale']} {several}"
    whole, _, hundredths = amount.partition(".")
    if len(hundredths) != 2:
        return f"{cardinal(amount)} {one if _is_one(amount) else several}"
    small = f"{cardinal(str(int(hundredths)))} {cent if hundredths == '01' else cents}"
    large = f"{cardinal(whole)} {one if _is_one(whole) else several}"
    if int(hundredths) == 0:
        return large
    return small if int(whole) == 0 else f"{large} and {small}"


def _unit(match: re.Match[str]) -> str:
    one, several = load("spoken_en")["units"][" ".join(match["unit"].split())]
    number = match["number"]
    if match["to"]:
        return f"{cardinal(number)} to {cardinal(match['to'])} {several}"
    stop = "." if match["unit"].endswith(".") and _ends_here(match, capital=True) else ""
    return f"{cardinal(number)} {one if _is_one(number) else several}{stop}"


def _fraction(match: re.Match[str]) -> str:
    whole = (match["whole"] or "").strip()
    glyph = match["glyph"]
    over, under = _GLYPHS[glyph] if glyph else (int(match["over"]), int(match["under"]))
    names = load("spoken_en")["fractions"].get(under)
    if names is None:
        said = f"{cardinal(str(over))} over {cardinal(str(under))}"
    elif over == 1:
        article = "a" if whole or under in {2, 4} else "one"
        said = names[0] if under == 2 and not whole else f"{article} {names[0]}"
    else:
        said = f"{cardinal(str(over))} {names[1]}"
    if whole:
        return f"{cardinal(whole)} and {said}"
    return said


def _unit_after_fraction(match: re.Match[str]) -> str:
    one, several = load("spoken_en")["units"][" ".join(match["unit"].split())]
    if " and " in match["fraction"]:
        return f"{match['fraction']} {several}"
    return f"{match['fraction']} {'a ' if match['fraction'] == 'half' else 'of a '}{one}"


def _clock(match: re.Match[str]) -> str:
    hour, minute = int(match["h"]), int(match["m"] or 0)
    half = match["half"] or ("" if 0 < hour < 13 else "a" if hour == 0 else "p")
    if hour == minute == 0:
        return "midnight"
    said = cardinal(str(hour % 12 or 12))
    if minute:
        said += f" oh {cardinal(str(minute))}" if minute < 10 else f" {cardinal(str(minute))}"
    elif not half:
        said += " o'clock"
    stop = "." if match[0].endswith("m.") and _ends_here(match, capital=True) else ""
    return f"{said} {half.upper()}M{stop}" if half else said


def _date(match: re.Match[str]) -> str:
    found = match.groupdict()
    months = load("spoken_en")["months"]
    if found.get("iso"):
        month = months[int(found["iso"]) - 1]
    else:
        month = next(m for m in months if m.startswith(found["month"][:3]))
    said = f"{month} {ordinal(found['day'])}"
    return f"{said}, {year(found['year'])}" if found.get("year") else said


def _roman(match: re.Match[str]) -> str:
    values = [_ROMAN[c] for c in match["roman"]]
    total = sum(
        -v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values)
    )
    if match["name"] in {"War", "Part", "Chapter", "Volume", "Act", "Type", "Phase", "Book"}:
        return f"{match['name']} {cardinal(str(total)).capitalize()}"
    return f"{match['name']} the {ordinal(total).capitalize()}"


def _years(match: re.Match[str]) -> str:
    return f"{year(match['a'])} to {year(match['b'])}"


def _decade(match: re.Match[str]) -> str:
    said = year(match["tens"]) if len(match["tens"]) == 4 else cardinal(match["tens"])
    return said[:-1] + "ies" if said.endswith("y") else said + "s"


@cache
def _rules() -> list[tuple[re.Pattern[str], _Say]]:
    """Patterns in order: the more particular before the more general."""
    data = load("spoken_en")
    parts = (_dates(data), _amounts(data), _digit_groups(), _bare_numbers(), _signs(data))
    return [(re.compile(pattern), say) for pattern, say in chain.from_iterable(parts)]


def _dates(data: _Data) -> _Rules:
    """Days of a year."""
    month = "|".join(f"{m}|{m[:3]}\\.?|{m[:4]}\\.?" for m in data["months"])
    return [
        (r"(?<!\d)(?P<year>\d{4})-(?P<iso>0[1-9]|1[0-2])-(?P<day>[0-3]\d)(?!\d)", _date),
        (
            rf"\b(?P<month>{month})\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{{4}}))?\b"
            r"(?!:)",
            _date,
        ),
        (
            rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{month})\b"
            r"(?:,?\s+(?P<year>\d{4})\b)?",
            _date,
        ),
    ]


def _amounts(data: _Data) -> _Rules:
    """Money, times of day, fractions, and what has a unit."""
    units = _one_of(data["units"])
    signs = _one_of(data["currencies"])
    return [
        (
            rf"(?P<sign>{signs})\s?(?P<amount>{_NUMBER})(?:\s(?P<scale>{_SCALES}))?\b",
            _money,
        ),
        (
            r"\b(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?::[0-5]\d)?\b(?:\s?(?P<half>[ap])(?:\.m\.|m\b))?",
            _clock,
        ),
        (r"\b(?P<h>1[0-2]|[1-9])(?P<m>)\s?(?P<half>[ap])(?:\.m\.|m\b)", _clock),
        (
            r"(?P<whole>\d+(?:\s+|(?=[½⅓⅔¼¾⅕⅛])))?"
            r"(?:(?P<glyph>[½⅓⅔¼¾⅕⅛])|(?<![\d/])(?P<over>\d{1,2})/(?P<under>\d{1,3})(?![\d/]))",
            _fraction,
        ),
        (r"(?<!\w)['’]?(?P<tens>(?:1[0-9]|20)?\d0)['’]?s\b", _decade),
        (
            rf"(?P<fraction>(?:\b[a-z-]+ and )?\b(?:half|a half|a quarter|one third|three quarters"
            rf"|two thirds)) (?P<unit>{units})(?![\w/])",
            _unit_after_fraction,
        ),
        (
            rf"(?P<number>{_MINUS}{_NUMBER})(?:\s?[-–—]\s?(?P<to>{_NUMBER}))?[\s-]?(?P<unit>{units})"
            r"(?![\w/²³])",
            _unit,
        ),
        (r"\b(?P<a>1[0-9]\d\d|20\d\d)\s?[-–—]\s?(?P<b>1[0-9]\d\d|20\d\d)\b", _years),
    ]


def _digit_groups() -> _Rules:
    """Numbers that are names: ordinals, versions, feet and inches, kings, telephones, years."""
    return [
        (r"\b(\d+)(?:st|nd|rd|th)\b", lambda m: ordinal(m[1])),
        (r"(?<![\d.])\d+(?:\.\d+){2,}", lambda m: _digits(m[0])),
        (r"(\d+)['′] ?(\d\d?)[\"″]", lambda m: f"{cardinal(m[1])} foot {cardinal(m[2])}"),
        (r"\b(?P<name>[A-Z][a-z]+) (?P<roman>[IVX]{2,5}|(?<=War )I)\b", _roman),
        (r"(?<![\w.])(?:\+\d[\d -]{6,}\d|0\d[\d -]{5,}\d)(?!\w)", lambda m: _digits(m[0])),
        (r"\b\d{3}-\d{4}\b|(?<![\w.,])\+?\d{7,}(?![\w,.])", lambda m: _digits(m[0])),
        (rf"(?<=\b)(?P<w>(?i:{_TENSE})) (?P<y>1[1-9]\d\d|20\d\d)\b(?![.,]\d)", _in_year),
        (r"\b((?:1[5-9]|20)\d\d)\b(?![.,]\d)(?=[,.)!?;:]|$| (?:and|to|when|with|at|by)\b)", _bare),
    ]


def _bare_numbers() -> _Rules:
    """What stands between two numbers, and then any number."""
    return [
        (r"(?<=\d) [-−](?= \d)", lambda _: " minus"),
        (r"(?<=\d)(?:\s?[-–—]\s?|:)(?=\d)", lambda _: " to "),
        (r"\bc\. ?(?=\d)", lambda _: "about "),
        (r"(?<=\d)\^(?=\d)", lambda _: " to the power of "),
        (r"(?<=\d)\s?[x*](?=\s?\d)", lambda _: " times "),
        (rf"{_MINUS}{_NUMBER}(?!\w)", lambda m: cardinal(m[0])),
        (rf"{_NUMBER}", lambda m: f" {cardinal(m[0])} "),
    ]


def _signs(data: _Data) -> _Rules:
    """Abbreviations and signs, once no number is left beside them."""
    return [
        (_abbreviations(data["abbreviations"]), _abbreviation),
        (r"\s[-–—]+\s|\s?—\s?", lambda _: ", "),
        (_one_of(data["symbols"]), lambda m: f" {data['symbols'][m[0]]} "),
        (r"\band/or\b", lambda _: "and or"),
        (r"(?<=\w)/(?=\w)", lambda _: " or "),
    ]


def _in_year(match: re.Match[str]) -> str:
    return f"{match['w']} {year(match['y'])}"


def _bare(match: re.Match[str]) -> str:
    return year(match[1])


def _one_of(names: dict[str, Any]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def _abbreviations(names: dict[str, str]) -> str:
    return rf"(?<![\w.])(?:{_one_of(names)})(?![\w])"


def _abbreviation(match: re.Match[str]) -> str:
    short = match[0]
    said: str = load("spoken_en")["abbreviations"][short]
    if short == "St." and re.search(r"[A-Z]\w+ $", match.string[: match.start()]):
        said = "Street"
    final = short in {"etc.", "a.m.", "p.m.", "Inc.", "Ltd.", "St."} and said != "Saint"
    return f"{said}." if short.endswith(".") and _ends_here(match, capital=final) else said


def _ends_here(match: re.Match[str], *, capital: bool) -> bool:
    """Whether the full stop of an abbreviation also ends the sentence: nothing follows, or a
    capital letter where that can only be a new sentence."""
    rest = match.string[match.end() :].lstrip()
    return not rest or rest[0] in '"”)\n' or (capital and rest[0].isupper())
