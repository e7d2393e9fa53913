"""Arithmetic as it is spoken: "twelve times twelve", "15 percent of 80", 十六的平方根. Exact.

Words become tokens, each language its own way; tokens a value (arithmetic.py).
"""

from __future__ import annotations

from voice_assistant.values import expressions_en, expressions_zh
from voice_assistant.values.arithmetic import NoSum, NoValue, Reader
from voice_assistant.values.kinds import Expression

WORDS_EN = expressions_en.WORDS
CHARS_ZH = expressions_zh.CHARS


def read(text: str, language: str) -> Expression | None:
    """A text that is a sum and nothing else; a bare number is none."""
    tokens = (
        expressions_zh.tokens(text.replace(" ", ""))
        if language == "zh"
        else expressions_en.tokens(text)
    )
    if not tokens or not any(isinstance(token, str) for token in tokens):
        return None
    try:
        return Expression(Reader(tokens).whole())
    except OverflowError:
        return Expression(None, True)
    except (ZeroDivisionError, NoValue):
        return Expression(None)
    except NoSum:
        return None
