"""English numbers, in words or digits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from voice_assistant.values.kinds import Number

ONES = {
    word: value
    for value, word in enumerate(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
            "fifteen sixteen seventeen eighteen nineteen"
        ).split()
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
TENS["fourty"] = 40
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
COUNTED = {"dozen": 12, "couple": 2}
ORDINALS = {
    word: value
    for value, word in enumerate(
        (
            "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh "
            "twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
        ).split()
    )
} | {word[:-1] + "ieth": value for word, value in TENS.items()}
ORDINALS |= {"hundredth": 100, "thousandth": 1000}
PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4} | {
    word + plural: value for word, value in ORDINALS.items() if value > 2 for plural in ("", "s")
}
WORDS = sorted(
    {*ONES, *TENS, *SCALES, *COUNTED, *PARTS, "hundred", "and", "a", "an", "point", "minus"}
    | {"negative", "oh", "of", "percent"}
)
_BEGINNINGS = {*ONES, *TENS, "a", "an", "half", "quarter", "minus", "negative"}
_DIGITS = re.compile(r"\d+(?:\.\d+)?$")
_SLASHED = re.compile(r"(\d+)/(\d+)$")
_NUMBERED = re.compile(r"(\d+)(?:st|nd|rd|th)$")


def read(words: Sequence[str], at: int = 0) -> tuple[Number, int] | None:
    """The longest number that starts at a word, and the place behind it."""
    if not _begins(words, at):  # looked for everywhere: most words are none
        return None
    sign = 1
    if words[at] in {"minus", "negative"}:
        sign, at = -1, at + 1
    elif re.fullmatch(r"-\d+(?:\.\d+)?", words[at]):
        words = [*words[:at], words[at][1:], *words[at + 1 :]]
        sign = -1
    found = _mixed(words, at)
    return None if found is None else (sign * found[0], found[1])


def _begins(words: Sequence[str], at: int) -> bool:
    return at < len(words) and (words[at] in _BEGINNINGS or words[at][0] in "-0123456789")


def number(text: str) -> Number | None:
    """A text that is a number and nothing else."""
    words = text.split()
    found = read(words)
    return found[0] if found and found[1] == len(words) else None


def ordinal(text: str) -> int | None:
    """A place in an order: "third", "the twenty first", "4th"."""
    words = [word for word in text.split() if word != "the"]
    if not words:
        return None
    found = read_ordinal(words, 0)
    return found[0] if found and found[1] == len(words) else None


def read_ordinal(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """The ordinal that starts at a word, and the place behind it."""
    if at >= len(words):
        return None
    if numbered := _NUMBERED.match(words[at]):
        return int(numbered[1]), at + 1
    if words[at] in ORDINALS:
        return ORDINALS[words[at]], at + 1
    if not _begins(words, at):
        return None
    for end in range(min(len(words), at + 6), at, -1):
        last = words[end - 1]
        before = read(words[: end - 1], at)
        if last not in ORDINALS or ORDINALS[last] >= 100 or not before or before[1] != end - 1:
            continue
        if isinstance(before[0], int) and before[0] % 10 == 0:
            return before[0] + ORDINALS[last], end
    return None


def _mixed(words: Sequence[str], at: int) -> tuple[Number, int] | None:
    """A whole number with what may follow it: a decimal part, a fraction, a scale."""
    whole = _fraction(words, at)
    if whole is not None:
        return whole
    found = _whole(words, at)
    if found is None:
        return None
    value, at = found
    if words[at : at + 1] == ["point"]:
        return _decimals(value, words, at) or found
    if words[at : at + 1] == ["and"]:
        part = _fraction(words, at + 1)
        if part is not None and part[0] < 1:
            return value + part[0], part[1]
    elif at < len(words) and _SLASHED.match(words[at]) and isinstance(value, int):
        top, bottom = map(int, words[at].split("/"))
        if 0 < top < bottom:
            return value + Fraction(top, bottom), at + 1
    return value, at


def _decimals(value: Number, words: Sequence[str], at: int) -> tuple[Number, int] | None:
    digits = ""
    end = at + 1
    while end < len(words):
        word = words[end]
        if word in ONES and ONES[word] < 10:
            digits += str(ONES[word])
        elif word == "oh":
            digits += "0"
        elif word.isdigit():
            digits += word
        elif word in TENS and not digits:
            digits += str(TENS[word] // 10)
            if not (end + 1 < len(words) and words[end + 1] in ONES):
                digits += "0"
        else:
            break
        end += 1
    if not digits:
        return None
    scaled = float(f"{value}.{digits}")
    if end < len(words) and words[end] in SCALES:
        scaled, end = scaled * SCALES[words[end]], end + 1
        return (int(scaled) if scaled.is_integer() else scaled), end
    return scaled, end


def _fraction(words: Sequence[str], at: int) -> tuple[Number, int] | None:
    """ "half", "a quarter", "two thirds", "3/4", "half a million", "one and a half"'s end."""
    if at >= len(words):
        return None
    if slashed := _SLASHED.match(words[at]):
        return (Fraction(int(slashed[1]), int(slashed[2])), at + 1) if int(slashed[2]) else None
    top = 1
    end = at
    if words[end] in {"a", "an"}:
        end += 1
    elif words[end] in ONES and ONES[words[end]] > 0:
        top, end = ONES[words[end]], end + 1
    elif words[end].isdigit():
        top, end = int(words[end]), end + 1
    if end >= len(words) or words[end] not in PARTS:
        return None
    if words[end] in {"second"} or top >= 2 * PARTS[words[end]]:
        return None
    if end == at and words[end] not in {"half", "quarter"}:
        return None
    value = Fraction(top, PARTS[words[end]])
    end += 1
    if words[end : end + 1] == ["a"] and words[end + 1 : end + 2]:
        scale = SCALES.get(words[end + 1]) or COUNTED.get(words[end + 1])
        if scale:
            return _tidy(value * scale), end + 2
    return value, end


def _tidy(value: Fraction) -> Number:
    return int(value) if value.denominator == 1 else value


def _whole(words: Sequence[str], at: int) -> tuple[Number, int] | None:
    total: Number = 0
    current: Number | None = None
    start = at
    while at < len(words):
        word = words[at]
        if word == "and" and current is not None:
            follows = words[at + 1] if at + 1 < len(words) else ""
            if not (_under_hundred(follows) and (total or current >= 100)):
                break
            at += 1
            continue
        if word in {"a", "an"} and at == start and _scales(words[at + 1 : at + 2]):
            current = 1
        elif _DIGITS.match(word) and current is None:
            current = float(word) if "." in word else int(word)
        elif word.isdigit() and current is not None and current >= 100 and int(word) < 100:
            current += int(word)
        elif word in ONES and _fits(current, ONES[word]):
            current = (current or 0) + ONES[word]
        elif word in TENS and (current is None or current % 100 == 0):
            current = (current or 0) + TENS[word]
        elif word in TENS and current is not None and 10 <= current < 21 and at == start + 1:
            current = current * 100 + TENS[word]
        elif word == "hundred" and current is not None and current < 100:
            current *= 100
        elif word in SCALES and current is not None:
            total += current * SCALES[word]
            current = 0
        elif word in COUNTED and current is not None:
            current *= COUNTED[word]
            if words[at + 1 : at + 2] == ["of"]:
                at += 1
        else:
            break
        at += 1
    if current is None:
        return None
    value = total + current
    return (int(value) if isinstance(value, float) and value.is_integer() else value), at


def _fits(current: Number | None, value: int) -> bool:
    if current is None or current == 0:
        return True
    if value == 0 or isinstance(current, float):
        return False
    return current % 100 == 0 or (value < 10 and current % 10 == 0 and current % 100 >= 20)


def _under_hundred(word: str) -> bool:
    return word in ONES or word in TENS or (word.isdigit() and int(word) < 100)


def _scales(words: Sequence[str]) -> bool:
    return bool(words) and (words[0] == "hundred" or words[0] in SCALES or words[0] in COUNTED)
