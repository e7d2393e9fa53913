"""书面中文 -> 读出来的字：数目、日期、时刻、钱、单位。Written Chinese -> the words of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from unicode_rbnf import RbnfEngine

from voice_assistant.texts import load

_GLYPHS = {
    "½": (1, 2),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅕": (1, 5),
    "⅛": (1, 8),
}
_DIGITS = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_MINUS = r"(?:(?<![\dA-Za-z.)）])[-−])?"
_SCALE = "[十百千万亿]*"
_RANGE = rf"(?:\s?[-–—~～至到]\s?(?P<to>{_NUMBER}))?"


def words(text: str) -> str:
    """把文字里所有不是字的都写成字。`text` with all that is not a word written out."""
    for pattern, say in _rules():
        text = pattern.sub(say, text)
    return text


@cache
def _engine() -> RbnfEngine:
    return RbnfEngine.for_language("zh")


def cardinal(number: str) -> str:
    """数目。The number in words."""
    number = number.replace(",", "").replace("−", "-")
    if number.startswith("-"):
        return "负" + cardinal(number[1:])
    whole, _, decimals = number.partition(".")
    if len(whole) > 16 or (len(whole) > 1 and whole.startswith("0")):
        return digits(number)
    said = _engine().format_number(int(whole)).text.replace("〇", "零")
    return f"{said}点{digits(decimals)}" if decimals else said


def counted(number: str, following: str) -> str:
    """量词前的“二”读“两”。The number before a measure word, where 2 is 两."""
    if number == "2" and following[:1] and following[0] in load("spoken_zh")["liang"]:
        return "两"
    return cardinal(number)


def digits(number: str, *, one: str = "一") -> str:
    """一位一位地读。Digit by digit."""
    return "".join(one if c == "1" else _DIGITS.get(c, "点" if c == "." else "") for c in number)


def _unit(match: re.Match[str]) -> str:
    form: str = load("spoken_zh")["units"][match["unit"]]
    number = match["number"]
    below = number[:1] in {"-", "−"} and form.endswith("度")
    after = form.partition("{n}")[2]
    said = ("零下" if below else "") + counted(number.lstrip("-−") if below else number, after)
    if match["to"]:
        said += "到" + counted(match["to"], after)
    return form.format(n=said)


def _money(match: re.Match[str]) -> str:
    name = load("spoken_zh")["currencies"][match["sign"]]
    return f"{counted(match['number'], name)}{match['scale']}{name}"


def _fraction(match: re.Match[str]) -> str:
    glyph = match["glyph"]
    over, under = _GLYPHS[glyph] if glyph else (int(match["over"]), int(match["under"]))
    whole = (match["whole"] or "").strip()
    if (over, under) == (1, 2):
        measure = re.match(r"\s*([杯勺匙个碗斤小])", match.string[match.end() :])
        if not whole and measure:
            return "半"
    said = f"{cardinal(str(under))}分之{cardinal(str(over))}"
    return f"{cardinal(whole)}又{said}" if whole else said


def _clock(match: re.Match[str]) -> str:
    hour, minute = match["h"], int(match["m"])
    said = ("两" if hour in {"2", "02"} else cardinal(str(int(hour)))) + "点"
    if minute == 0:
        return said + "整" if int(hour) > 12 else said
    if minute == 30 and int(hour) <= 12:
        return said + "半"
    return said + ("零" if minute < 10 else "") + cardinal(str(minute)) + "分"


def _date(match: re.Match[str]) -> str:
    month, day = cardinal(str(int(match["m"]))), cardinal(str(int(match["d"])))
    return f"{digits(match['y'])}年{month}月{day}日"


def _number(match: re.Match[str]) -> str:
    return counted(match[0], match.string[match.end() :].lstrip())


def _phone(match: re.Match[str]) -> str:
    return digits(match[0], one="幺")


@cache
def _rules() -> list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]:
    """Patterns in order: the more particular before the more general."""
    data = load("spoken_zh")
    units, signs, symbols, shorts = (
        "|".join(re.escape(name) for name in sorted(data[key], key=len, reverse=True))
        for key in ("units", "currencies", "symbols", "abbreviations")
    )
    rules: list[tuple[str, Callable[[re.Match[str]], str]]] = [
        (r"(?<!\d)(?P<y>\d{4})[-/.](?P<m>0?[1-9]|1[0-2])[-/.](?P<d>[0-3]?\d)(?!\d)", _date),
        (r"(?<!\d)(\d{4})\s?[-–—~～至到]\s?(\d{4})(?=\s?年)", _years),
        (r"(?<!\d)(\d{4})\s?(?=年)", lambda m: digits(m[1])),
        (r"(?<!\d)((?:1[5-9]|20)\d\d)\s?[-–—]\s?((?:1[5-9]|20)\d\d)(?!\d)", _years),
        (r"(?<!\d)(?P<h>[01]?\d|2[0-4])[:：](?P<m>[0-5]\d)(?:[:：]\d\d)?(?!\d)", _clock),
        (rf"(?P<sign>{signs})\s?(?P<number>{_NUMBER})\s?(?P<scale>{_SCALE})", _money),
        (
            r"(?P<whole>\d+(?:\s+|(?=[½⅓⅔¼¾⅕⅛])))?"
            r"(?:(?P<glyph>[½⅓⅔¼¾⅕⅛])|(?<![\d/])(?P<over>\d{1,3})/(?P<under>\d{1,3})(?![\d/]))",
            _fraction,
        ),
        (rf"(?P<number>{_MINUS}{_NUMBER}){_RANGE}\s?(?P<unit>{units})(?![A-Za-z/])", _unit),
        (r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)", _phone),
        (r"(?<![\d.])\d{3,4}-\d{7,8}(?!\d)|(?<![\d.,])\d{7,}(?=号|$|[，。、；])", _phone),
        (r"(?<=\d)\s?[-–—~～]\s?(?=\d)", lambda _: "到"),
        (r"(?<=\d)\s?[:：]\s?(?=\d)", lambda _: "比"),
        (r"2(?=年级)", lambda _: "二"),
        (r"第\s?(\d+)", lambda m: "第" + cardinal(m[1])),
        (rf"{_MINUS}{_NUMBER}", _number),
        (rf"(?<![A-Za-z])(?:{shorts})(?![A-Za-z])", lambda m: data["abbreviations"][m[0]]),
        (symbols, lambda m: data["symbols"][m[0]]),
        (r"(?<=[一-鿿])/(?=[一-鿿])", lambda _: "或"),
    ]
    return [(re.compile(pattern), say) for pattern, say in rules]


def _years(match: re.Match[str]) -> str:
    said = f"{digits(match[1])}到{digits(match[2])}"
    return said if match.string[match.end() :].lstrip().startswith("年") else said + "年"
