"""What was heard, made comparable: once, at the door.

Recognisers differ in capitals, punctuation, full-width letters, spaces between Chinese characters
and traditional or simplified writing; people open with the wake word and with politeness. None of
that changes what they want.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

LONGEST = 400
"""Characters of an utterance that are looked at; nobody asks for more in one breath."""

LOOP = 4
"""Times in a row, of so many words (Chinese: characters) or more, that only a recogniser says
anything which has lost its way."""
LOOPED = {"en": 3, "zh": 4}

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[a-z]+", re.IGNORECASE)
_KEPT = {"'", "%", "$", "€", "£", "¥", "+", "*", "/", "=", "×", "÷", "°", "-", "−"}
_SUM = re.compile(r"[\d)]\s*[-+*/×÷^]\s*[\d(]")
"""Brackets are kept in a sum that was typed, and nowhere else."""
_SPOKEN = {
    "^": " ^ ",
    "%": " percent ",
    "°": " degrees ",
    "&": " and ",
    "×": " times ",
    "÷": " divided by ",
    "−": "-",
}
_TITLES = re.compile(r"\b([ap])\.? ?m\b\.?")
_WAKE = re.compile(
    r"^(?:(?:hey|ok|okay|hi|hello|yo) )?(?:jarvis|alexa|computer|google|siri|"
    r"olly|mycroft|assistant)\b"
    r"(?= .)(?! (?:is|was|are|shuffle mode))"
)
_WAKE_ZH = re.compile(r"^(?:嘿|嗨|喂|你好)?(?:贾维斯|小爱同学|小艾同学|小度小度|天猫精灵|小助手)")

_POLITE_START = re.compile(
    r"^(?:please|pls|um|uh|oh|actually|so|well|hey|ok|okay|now|just|kindly|alright|hi|hello|"
    r"go ahead and|"
    r"(?:can|could|would|will|may|might) (?:you|u|ya|i ask you to|i get you to|we)(?: please| "
    r"maybe| possibly| kindly| just| go ahead and)*|would you mind|do you mind|be so kind as to|"
    r"i (?:want|need|would like|d like|'d like|wanna) you to|i'd like you to|"
    r"i would like for you to|you (?:can|could|should|need to|have to|must)|"
    r"(?:it )?would be (?:great|nice|good) if you (?:could|would)|let's|lets|"
    r"help me(?: to)?|i was wondering if you could|do me a favor and|do me a favour and) (?=.)"
)
_POLITE_END = re.compile(
    r"(?<=.) (?:please|pls|thanks|thank you|thank you very much|will you|would you|could you|dear|"
    r"can you|for me|for me please|if you can|if you could|if you please|okay|ok|right now please)$"
)
_POLITE_START_ZH = re.compile(
    r"^(?:请问一下|请问|麻烦你|麻烦您|麻烦|劳驾|请你|请您|请|你?(?:帮|给|替)(?:我|咱)|帮我一下|帮忙|你能不能|"
    r"您能不能|能不能|可不可以|可以不可以|你可以|您可以|你能|您能|能否|可以|我想让你|我想要你|我要你|那个|嗯|呃|"
    r"哎|喂|赶紧|赶快|快(?=把|给|帮)|那么|好的|好了|好)(?=.{2})(?!(?:做|干|问)(?:什么|啥|些))"
)
_POLITE_END_ZH = re.compile(
    r"(?<=..)(?:好不好|好吗|可以吗|行吗|行不行|可不可以|谢谢你|谢谢您|谢谢|多谢|麻烦了|拜托了|拜托|可?别忘了|成不成|行不|成不|好不|吧|啊|呀|呢|哦|啦|嘛|呗|哈|哟|嘞|咯|喽|(?<![了着])吗)$"
)

_FOR_ME_ZH = re.compile(
    r"(?<=..)(?:帮我|给我|替我|给咱)(?:都)?(?=(?:打开|关|开|调|停|删|取消|设|定|换|加上|记到|记上|拉|锁|拔|清)(?!.*我))"
)
"""Politeness in the middle: 把灯给我关了, 加湿器帮我打开."""

_BARE = re.compile(
    r"\b(?:(what|who|where|when|how|that|there|here|he|she)s|(i)m|(i|you|we|they)ve|(you|they)re|"
    r"((?:do|does|did|is|are|was|were|has|have|had|could|should|would|must|need|ca|wo)n)t|"
    r"(o)clock)\b|^(it)s\b|"
    r"^(we)re(?= (?:out|off|low|going|gonna|leaving|flying|driving|travell?ing|visiting|planning|"
    r"thinking|staying|moving|running|having|looking|about|home|back|here|ready|done|hungry|bored)\b)"
)
"""Short forms without their apostrophe, as recognisers and hurried people write them."""


def language_of(text: str, default: str = "en") -> str:
    """The language of an utterance, by its script: one Chinese title in an English sentence does
    not make it Chinese."""
    chinese = len(_CHINESE.findall(text))
    latin = len(_LATIN.findall(text))
    if not chinese and not latin:
        return default
    return "zh" if chinese > latin else "en"


@cache
def _simplifier() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def simplified(text: str) -> str:
    """Traditional characters as simplified ones."""
    return str(_simplifier().convert(text))


def normalise(text: str, language: str) -> str:
    """The utterance without capitals, punctuation and wake word; Chinese without spaces."""
    text = unicodedata.normalize("NFKC", text[: LONGEST * 4]).lower().strip()
    text = text.replace("’", "'").replace("‘", "'").replace("`", "'")
    if language == "zh":
        return _once(_chinese(text), language)[:LONGEST]
    text = _TITLES.sub(r"\1m", text)
    text = _BARE.sub(_apostrophe, _WAKE.sub("", _english(text)).strip())
    return _once(text, language)[:LONGEST]


def _once(text: str, language: str) -> str:
    """What a recogniser writes that has lost its way, once: the same words on and on, to the end."""
    words = parts(text, language)
    size = looped(words, language, least=LOOPED[language], times=LOOP)
    return joined(words[:size], language) if size and not text.isnumeric() else text


def looped(words: Sequence[str], language: str, *, least: int, times: int) -> int:
    """Of how many words (at `least`; Chinese: characters) a text is nothing but the same, so many
    `times` or more, the last cut off anywhere; 0 of none."""
    text = joined(words, language)
    for size in range(least, len(words) // times + 1):
        if joined([*words[:size]] * (len(words) // size + 1), language).startswith(text):
            return size
    return 0


def _apostrophe(match: re.Match[str]) -> str:
    """The short form with its apostrophe."""
    start = len(match[match.lastindex or 0])
    return f"{match[0][:start]}'{match[0][start:]}"


def _english(text: str) -> str:
    kept = []
    brackets = "()" if _SUM.search(text) else ""
    for position, char in enumerate(text):
        before = text[position - 1 : position]
        after = text[position + 1 : position + 2]
        if char in brackets:
            kept.append(f" {char} ")
        elif char in _SPOKEN:
            kept.append(_SPOKEN[char])
        elif char.isalnum() or char.isspace():
            kept.append(char)
        elif char in ".:," and before.isdigit() and after.isdigit():
            kept.append("" if char == "," else char)
        elif char == "'" and before.isalnum() and after.isalnum():
            kept.append(char)
        elif char == "-" and before.isalnum() and after.isalpha():
            kept.append(" ")
        elif char in _KEPT and char != "'" and (brackets or (before + after).strip()):
            kept.append(char)
        else:
            kept.append(" ")
    return " ".join("".join(kept).split())


def _chinese(text: str) -> str:
    text = simplified(text)
    brackets = "()" if _SUM.search(text) else ""
    kept = []
    for position, char in enumerate(text):
        before = text[position - 1 : position]
        after = text[position + 1 : position + 2]
        if (
            char.isalnum()
            or char in _KEPT
            or char in brackets
            or (char in ".:" and before.isdigit() and after.isdigit())
        ):
            kept.append(char)
        elif (_latin(before) and _latin(after)) or (
            char.isspace() and text[:position].rstrip()[-1:].isascii() and after.isascii()
        ):
            kept.append(" ")
    text = "".join(kept).strip()
    return _WAKE_ZH.sub("", text) or text


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def parts(text: str, language: str) -> list[str]:
    """The words of a normalised text; of Chinese, its characters."""
    return list(text) if language == "zh" else text.split()


def joined(pieces: Iterable[str], language: str) -> str:
    """Words, or whole sentences, one after another: Chinese has no space between them."""
    return ("" if language == "zh" else " ").join(pieces)


def core(text: str, language: str) -> str:
    """A normalised utterance without the politeness around the request."""
    start, end = (
        (_POLITE_START_ZH, _POLITE_END_ZH) if language == "zh" else (_POLITE_START, _POLITE_END)
    )
    while True:
        shorter = end.sub("", start.sub("", text, count=1), count=1).strip()
        shorter = _FOR_ME_ZH.sub("", shorter) if language == "zh" else shorter
        if shorter == text or not shorter:
            return text
        text = shorter
