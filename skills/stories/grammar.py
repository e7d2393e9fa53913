"""The small grammar that stories need: articles and measure words, pronouns, places."""

from __future__ import annotations

import random
import re

from .kit import Kit, Part
from .request import Figure

_ARTICLE = re.compile(r"^(?:an?|the|some|one|two|three|my|your|our)\s+", re.I)
_MEASURE = re.compile(r"^[一两二三这那]?[只个位条头匹名群朵颗棵座辆架台对艘]")
_CLAUSE = re.compile(r"\s(?:who|with|whose)\s.*$")
_VOWEL_SOUND = re.compile(r"^(?!(?:uni|use|one|eu))[aeiou]", re.I)
_PREPOSITION = re.compile(r"^(?:in|on|at|under|inside|near|above|behind|beside|by|over)\s+", re.I)


def article(phrase: str) -> str:
    """With its indefinite article: "an owl"."""
    return f"{'an' if _VOWEL_SOUND.match(phrase) else 'a'} {phrase}"


def bare(kind: str, language: str) -> str:
    """Without article or measure word."""
    return (_MEASURE if language == "zh" else _ARTICLE).sub("", kind.strip())


def measured(kind: str, noun: str, parts: Kit) -> str:
    """With the measure word of its noun: 一只勇敢的兔子."""
    measures = parts.words["measures"]
    for measure, nouns in measures.items():
        if any(noun.endswith(each) for each in nouns):
            return f"一{measure}{kind}"
    return f"一只{kind}"


def one(figure: Figure, pronoun: str, parts: Kit) -> str:
    """The figure as one of its kind: "a brave rabbit", 一只勇敢的小兔子."""
    kind = bare(figure.kind, parts.language) or parts.words["child"].get(pronoun, "child")
    if parts.language == "zh":
        return measured(kind, figure.noun or kind, parts)
    return article(kind)


def friend(figure: Figure | None, kind: str, parts: Kit) -> str:
    """A companion's kind: as it was asked for, with what the kit says of such ones."""
    if figure is None or not figure.kind:
        return kind
    if parts.language == "zh":
        return one(figure, "", parts)
    clause = _CLAUSE.search(kind)
    return one(figure, "", parts) + (clause[0] if clause else "")


def known_pronoun(figure: Figure, parts: Kit) -> str:
    """The pronoun that goes with what a figure is or is called; empty where that tells nothing."""
    for key, nouns in parts.words["pronouns"].items():
        if figure.noun and any(figure.noun.endswith(noun) for noun in nouns):
            return str(key)
    for key, names in parts.words["names"].items():
        if figure.name.lower() in names:
            return str(key)
    return ""


def pronoun(figure: Figure, parts: Kit, dice: random.Random) -> str:
    """Which pronoun fits a figure; a guess where nothing tells."""
    if known := known_pronoun(figure, parts):
        return known
    if parts.language == "zh":
        return "它" if figure.noun else "他"
    if figure.name and not figure.noun:
        return "she" if re.search(r"(?:a|ie|lyn|elle|ette)$", figure.name.lower()) else "he"
    return dice.choice(["he", "she"])


def place(somewhere: str, part: Part, language: str) -> tuple[str, str]:
    """A place after a verb and on its own; `somewhere` is one the kit does not know."""
    if not somewhere:
        return part["in"], part["name"]
    if language == "zh":
        return f"在{somewhere}", somewhere
    return somewhere, _PREPOSITION.sub("", somewhere)
