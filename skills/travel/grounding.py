"""Whether every word of an answer comes from the data: for the bench and the tests.

An answer is covered, longest first, with what it may be made of: the sentences and names of the
places and countries it is about, the phrases of the YAML file, names of other places, and the
numbers of the data. What is left over was invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from voice_assistant.intents import load_sentences
from voice_assistant.speaking import say_count, say_number

from . import atlas, countries, phrasebook
from .atlas import Place
from .naming import Where

_EDGE = {"en": (r"(?<![\w'])", r"(?![\w])"), "zh": ("", "")}

_RUN = "0-9负零一二三四五六七八九十两百千"
_NUMERALS = frozenset("负零一二三四五六七八九十两百千")
"""A number is covered whole or not at all."""

_JOINTS = {"en": ("and", "or"), "zh": ("和", "还是")}


def invented(text: str, language: str, about: Iterable[Where], also: Iterable[str] = ()) -> str:
    """What of an answer is in no data: empty, or the words in a row. `also` is what is computed,
    worked out by the caller in a way of its own."""
    left = re.sub(r"(?<=\b\d) (?=\d\b)", "", text)  # a number that is dialled is one number
    own = {fragment for where in about for fragment in _of(where.key, language)} | set(also)
    for fragment in sorted(own | _common(language), key=len, reverse=True):
        left = _without(left, fragment, language)
    return " ".join(re.findall(r"[\w']+", left))


def _without(text: str, fragment: str, language: str) -> str:
    if fragment not in text:
        return text
    if fragment[-1].isdigit() or set(fragment) <= _NUMERALS:
        before, behind = rf"(?<![\w\-{_RUN}])", rf"(?![\w{_RUN}])"
        before = before if language == "en" else rf"(?<![{_RUN}])"
        behind = behind if language == "en" else rf"(?![{_RUN}])"
    else:
        before, behind = _EDGE[language]
    first = before if fragment[0].isalnum() or fragment[0] == "-" else ""
    last = behind if fragment[-1].isalnum() else ""
    return re.sub(first + re.escape(fragment) + last, "\0", text)


@cache
def _of(key: str, language: str) -> frozenset[str]:
    """What may be said of a place or a country."""
    found: set[str] = set()
    where = atlas.places().get(key) or countries.countries()[key]
    country = countries.countries()[where.country] if isinstance(where, Place) else where
    found |= {country.manners[language], countries.currency(country.currency, language)}
    found |= set(countries.tongues(country.languages, language)) | set(country.plugs)
    found |= _dialled(country.emergency.values())
    for number in (country.volts, *map(int, country.tip.split("-"))):
        found |= numbers(number, language)
    if isinstance(where, Place):
        found |= set(_strings(atlas.whole(where.key), language))
        for number in (*where.high, *where.low, *where.rain):
            found |= numbers(number, language)
    return frozenset(found | {each[:1].upper() + each[1:] for each in found})


def _dialled(numbers: Iterable[str]) -> set[str]:
    return {form for number in numbers for form in (number, " ".join(number))}


def _strings(data: Any, language: str) -> Iterator[str]:
    """The texts of a file that are of a language."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key not in atlas.LANGUAGES or key == language:
                yield from _strings(value, language)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value, language)
    elif isinstance(data, str):
        yield data


@cache
def _common(language: str) -> frozenset[str]:
    """What may stand in any answer: the skill's phrases, names, and phrases of the phrasebook."""
    found = set(_JOINTS[language])
    sentences = load_sentences(Path(__file__).parent)[language]
    for wordings in sentences.phrases.values():
        for text in wordings:
            for piece in re.split(r"\{\w+\}|[#|]", text):
                found |= {piece.strip(), piece.strip(" .,;:，。；：")}
    found |= {place.name(language) for place in atlas.places().values()}
    for country in countries.countries().values():
        found |= {country.name(language), country.names[language]}
    for tongue in phrasebook.tongues():
        found.update(countries.tongues([tongue], language))
        for phrase in phrasebook.useful(tongue, 999):
            said = {phrase.voiced, phrase.said, phrase.roman, *phrase.called[language]}
            found |= {each for each in said if len(each) > 1}
    return frozenset(found - {""})


@cache
def numbers(number: int, language: str) -> frozenset[str]:
    """A number as it may be said."""
    noun = {"zh": "天"}.get(language, "day")
    counted = [say_count(number, each, language).strip() for each in (noun, "") if number >= 0]
    return frozenset({say_number(number, language), *counted})


def places_in(text: str, language: str) -> Sequence[Place]:
    """The places that a text names."""
    return [place for place in atlas.places().values() if place.name(language) in text]
