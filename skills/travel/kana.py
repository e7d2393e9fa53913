"""Japanese in kana, which every voice reads, and in Latin letters (Hepburn), which compare."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from .countries import load

_LONG = {"ā": "aー", "ī": "iー", "ū": "uー", "ē": "eー", "ō": "oー"}
"""Long vowels are read with the mark of length."""

_KATAKANA = {chr(code): chr(code - 0x60) for code in range(0x30A1, 0x30F7)}
_CHARACTERS = re.compile(r"[㐀-鿿々]+")


@cache
def _syllables() -> dict[str, str]:
    read: dict[str, str] = load("kana")
    return read


@cache
def _romans() -> dict[str, str]:
    return {kana: roman for roman, kana in _syllables().items()}


def read(roman: str) -> str:
    """The kana of a romanised text; what is no syllable stays as it is."""
    text = roman.lower().replace("-", "")
    for letter, long in _LONG.items():
        text = text.replace(letter, long)
    text = re.sub(r"([kstpgzjdbcfh])(?=\1)|t(?=ch)", "っ", text)
    return _replaced(text, _syllables())


def sound(text: str) -> str:
    """How kana are said, and those characters that the phrasebook reads, in Latin letters, without
    what can be written in several ways: long vowels, particles, spaces."""
    said = _key(_roman(text))
    for written, reading in _readings().items():
        said = said.replace(written, reading)
    return said


def _roman(text: str) -> str:
    """Kana as Latin letters."""
    hiragana = "".join(_KATAKANA.get(char, char) for char in unicodedata.normalize("NFKC", text))
    return re.sub(r"っ(.)", r"\1\1", _replaced(hiragana, _romans()))


def _key(roman: str) -> str:
    bare = unicodedata.normalize("NFKD", roman.lower())
    bare = re.sub("[^a-z㐀-鿿々]", "", bare)
    bare = re.sub("o[ou]+", "o", bare).replace("uu", "u").replace("tch", "cch")
    return bare.replace("ha", "wa").replace("wo", "o")


def _replaced(text: str, table: dict[str, str]) -> str:
    """The longest known pieces replaced, from left to right."""
    longest = max(map(len, table))
    made, at = "", 0
    while at < len(text):
        sizes = (size for size in range(longest, 0, -1) if text[at : at + size] in table)
        size = next(sizes, 0)
        made += table[text[at : at + size]] if size else text[at]
        at += size or 1
    return made


@cache
def _readings() -> dict[str, str]:
    """The characters of the phrasebook, longer runs first, and how they sound there."""
    found: dict[str, str] = {}
    for entry in load("phrases").values():
        written, _, reading = entry["said"]["ja"].partition(" | ")
        runs = _CHARACTERS.findall(written)
        pattern = "(.+)".join(re.escape(_key(_roman(kana))) for kana in _CHARACTERS.split(written))
        if heard := re.fullmatch(pattern, _key(reading)):
            found |= dict(zip(runs, heard.groups(), strict=True))
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))
