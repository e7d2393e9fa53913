"""English sums as tokens: "twelve times twelve", "15 percent of 80", "the square root of 81"."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from fractions import Fraction

from voice_assistant.values import numbers_en
from voice_assistant.values.arithmetic import Token, ends

_OPERATORS: list[tuple[str, str]] = [
    (r"to the power of|raised to the power of|raised to|to the power|\^|\*\*", "^"),
    (r"(?:the )?(?:square root|root|sqrt)(?: of)?", "sqrt"),
    (r"(?:the )?(?:cube root|third root|cubic root)(?: of)?", "cbrt"),
    (r"(?:open|left|opening) (?:bracket|brackets|parenthesis|paren)|in brackets|\(", "("),
    (r"(?:close|right|closing) (?:bracket|brackets|parenthesis|paren)|\)", ")"),
    (r"multiplied by|multiplied with|times|\*|x|×", "*"),
    (r"divided by|divided into equal parts of|over|/|÷", "/"),
    (r"added to|and add|plus|\+", "+"),
    (r"minus|take away|less|subtract|−|-", "-"),
    (r"modulo|modulus|mod|remainder of division by", "mod"),
    (r"percent off|per cent off|% off", "off"),
    (r"percent|per cent|%", "%"),
    (r"squared", "²"),
    (r"cubed", "³"),
    (r"factorial|!", "!"),
    (r"of", "*"),
]
_FORMS: list[tuple[str, str]] = [
    (r"(?:the )?sum of (.+) and (.+)", r"\1 plus \2"),
    (r"(?:the )?difference (?:between|of) (.+) and (.+)", r"\1 minus \2"),
    (r"(?:the )?product of (.+) and (.+)", r"\1 times \2"),
    (r"(?:the )?quotient of (.+) and (.+)", r"\1 divided by \2"),
    (r"add (.+ percent) to (.+)", r"\2 plus \1"),
    (r"add (.+) (?:and|to) (.+)", r"\1 plus \2"),
    (r"subtract (.+) from (.+)", r"\2 minus \1"),
    (r"take (.+) away from (.+)", r"\2 minus \1"),
    (r"multiply (.+) (?:by|and|with) (.+)", r"\1 times \2"),
    (r"divide (.+) by (.+)", r"\1 divided by \2"),
]
_POWER = re.compile(r"\bto the (\w+(?:st|nd|rd|th|second|third)|second|third)(?: power)?\b")

WORDS = sorted(
    {
        *"to the power of raised square root sqrt third cube cubic multiplied by with times".split(),
        *"divided into over added and add plus minus take away less subtract modulo mod x".split(),
        *"percent per cent off squared cubed factorial sum difference between product".split(),
        *"quotient from multiply divide + - * / ^ % × ÷".split(),
        *numbers_en.ORDINALS,
        *"pi open close left right bracket parenthesis then ( )".split(),
    }
)


def tokens(text: str) -> list[Token] | None:
    """The tokens of a sum, or None where a word is none."""
    for form, plain in _FORMS:
        if match := re.fullmatch(form, text):
            text = match.expand(plain)
            break
    text = _POWER.sub(_power_words, text).replace("half a percent", "0.5 percent")
    text = re.sub(r"(\d+) (\d+)/(\d+)", r"( \1 + \2 / \3 )", text)
    text = re.sub(r"(?<=[\d)])\s*([-+*/x^])\s*(?=[\d(])", r" \1 ", text)
    text = re.sub(r"([()])", r" \1 ", text)
    words = re.sub(r"^(.+?) (?:and )?then ", r"( \1 ) ", text).split()
    found: list[Token] = []
    at = 0
    while at < len(words):
        if operator := _operator(words, at, found):
            token, at = operator
            found.append(token)
        elif words[at] == "pi":
            found.append(math.pi)
            at += 1
        elif number := numbers_en.read(words, at):
            value, at = number
            found.append(Fraction(value) if isinstance(value, int) else Fraction(str(value)))
        else:
            return None
    return found


def _power_words(match: re.Match[str]) -> str:
    power = numbers_en.ordinal(match[1])
    return match[0] if power is None else f"to the power of {power}"


def _operator(words: Sequence[str], at: int, before: Sequence[Token]) -> tuple[str, int] | None:
    """The longest operator at a word."""
    for length in range(min(5, len(words) - at), 0, -1):
        said = " ".join(words[at : at + length])
        for pattern, token in _OPERATORS:
            if re.fullmatch(pattern, said):
                if token == "-" and said == "minus" and not (before and ends(before[-1])):
                    return "neg", at + length
                return token, at + length
    return None
