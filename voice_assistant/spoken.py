"""Text -> what is said aloud. Every sentence on its way to a voice comes through here."""

from __future__ import annotations

import re

from voice_assistant import spoken_en, spoken_zh
from voice_assistant.markup import plain, without_symbols
from voice_assistant.normal import joined

_WORDS = {"en": spoken_en.words, "zh": spoken_zh.words}
_ENDS = ".!?…。！？,;:，；：、"
_EMPTY_BRACKETS = re.compile(r"[(\[（【]\s*[)\]）】]")
_SPACE_BEFORE_MARK = re.compile(r"\s+([,.;:!?，。！？；：、])(?!\d)")
_DOUBLED_MARK = re.compile(r"([,;:，；：、])(?:\s*[,;:，；：、])+")
_CJK_SPACE = re.compile(r"(?<=[一-鿿。，！？；：、])[ \t]+(?=[一-鿿。，！？；：、])")


def spoken(text: str, language: str) -> str:
    """`text` as a person would read it aloud in `language` ("en" or "zh"); empty when there is
    nothing to say in it."""
    lines = [_reading(line, language) for line in plain(text).splitlines()]
    stop = "。" if language == "zh" else "."
    whole = [
        line if line[-1] in _ENDS + "\"'”’」』)）" else line + stop for line in lines[:-1] if line
    ]
    return joined([*whole, *filter(None, lines[-1:])], language)


def _reading(line: str, language: str) -> str:
    said = without_symbols(_WORDS.get(language, spoken_en.words)(line))
    said = _EMPTY_BRACKETS.sub("", said)
    said = " ".join(said.split())
    said = _DOUBLED_MARK.sub(r"\1", _SPACE_BEFORE_MARK.sub(r"\1", said))
    said = _CJK_SPACE.sub("", said).lstrip(",;:.，；：。、 ")
    return said if any(c.isalnum() for c in said) else ""
