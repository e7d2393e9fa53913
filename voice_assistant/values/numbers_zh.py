"""Chinese numbers, in characters or digits."""

from __future__ import annotations

import re
from fractions import Fraction

from voice_assistant.values.kinds import Number

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "俩": 2,
    "仨": 3,
    "幺": 1,
    "壹": 1,
    "贰": 2,
    "叁": 3,
}
SCALES = {"十": 10, "百": 100, "千": 1000, "拾": 10}
LARGE = {"万": 10**4, "亿": 10**8}
CHARS = "".join({*DIGITS, *SCALES, *LARGE, "廿", "半"}) + r"\d点\./负下分之又"
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
_SLASHED = re.compile(r"(?:(\d+)又)?(\d+)/(\d+)")
_OF = re.compile(r"(?:(.+?)又)?(.+)分之(.+)")


def number(text: str) -> Number | None:
    """A text that is a number and nothing else."""
    text = text.removesuffix("个") if len(text) > 1 else text
    if not text:
        return None
    if text.startswith(("负", "零下")):
        value = number(text[2 if text[0] == "零" else 1 :])
        return None if value is None else -value
    if text in {"半", "一半"}:
        return Fraction(1, 2)
    if _PLAIN.fullmatch(text):
        return float(text) if "." in text else int(text)
    if slashed := _SLASHED.fullmatch(text):
        before, top, bottom = (int(part or 0) for part in slashed.groups())
        return before + Fraction(top, bottom) if bottom else None
    if parted := _OF.fullmatch(text):
        return _parts(parted[1], parted[2], parted[3])
    if text.endswith("半") and len(text) > 1:
        whole_part = number(text[:-1].removesuffix("个"))
        return None if whole_part is None else whole_part + Fraction(1, 2)
    if "点" in text:
        return _decimal(text)
    return whole(text)


def _parts(whole_text: str | None, bottom_text: str, top_text: str) -> Number | None:
    bottom = 100 if bottom_text == "百" else number(bottom_text)
    top = number(top_text)
    before = number(whole_text) if whole_text else 0
    if not isinstance(bottom, int) or not isinstance(before, int) or top is None or not bottom:
        return None
    return before + Fraction(top) / bottom


def _decimal(text: str) -> float | None:
    before, _, after = text.partition("点")
    head = whole(before)
    scale = 1
    if after and after[-1] in LARGE:
        scale, after = LARGE[after[-1]], after[:-1]
    digits = "".join(str(DIGITS.get(char, char)) for char in after)
    if head is None or not digits.isdigit():
        return None
    return float(f"{head}.{digits}") * scale


def whole(text: str) -> int | None:
    """A whole number: 三百五, 一万二, 二零二六, 3万."""
    if not text:
        return None
    if all(char in DIGITS for char in text):
        value = int("".join(str(DIGITS[char]) for char in text))
        return value if len(text) > 1 or text else None
    for char, scale in reversed(LARGE.items()):
        if char in text:
            return _large(text, char, scale)
    return _small(text)


def _large(text: str, char: str, scale: int) -> int | None:
    before, _, after = text.partition(char)
    head = whole(before)
    if head is None:
        return None
    if not after:
        return head * scale
    if len(after) == 1 and after in DIGITS and after != "零":
        return head * scale + DIGITS[after] * scale // 10
    tail = whole(after.lstrip("零〇"))
    return None if tail is None or tail >= scale else head * scale + tail


def _small(text: str) -> int | None:
    total = 0
    current: int | None = None
    last_scale = 10**4
    skipped = False
    position = 0
    text = text.replace("廿", "二十")
    while position < len(text):
        char = text[position]
        if digits := re.match(r"\d+", text[position:]):
            current = int(digits[0])
            position += len(digits[0])
            continue
        if char in "零〇":
            skipped = True
        elif char in DIGITS and current is None:
            current = DIGITS[char]
        elif char in SCALES and SCALES[char] < last_scale:
            last_scale = SCALES[char]
            total += (1 if current is None else current) * last_scale
            current, skipped = None, False
        else:
            return None
        position += 1
    if current is not None:
        short = last_scale in {100, 1000} and not skipped and current < 10
        total += current * (last_scale // 10) if short else current
    return total


def ordinal(text: str) -> int | None:
    """A place in an order: 第三, 第十二个."""
    match = re.fullmatch(r"第(.+?)(?:个|位|首|条|步|题|集|章|项|种|本|道|遍|次|页|天)?", text)
    if match is None:
        return {"头一个": 1, "首个": 1}.get(text)
    return int(match[1]) if match[1].isdigit() else whole(match[1])
