"""Mandarin for espeak-ng's `cmn-latn-pinyin`: Chinese characters become pinyin with tone numbers.

Given the characters themselves, espeak-ng 1.51 of Debian spells "Chinese letter" for each.
"""

from __future__ import annotations

import re
import unicodedata

VOICE = "cmn-latn-pinyin+f3"
"""Of the variants tried, Whisper base understood this one best."""

PACE = 0.8
"""Slower than the other languages: at their pace half of the syllables were lost on Whisper."""

_HAN = re.compile(r"[㐀-鿿]+")
_PUNCTUATION = {"，": ", ", "、": ", ", "。": ". ", "！": "! ", "？": "? ", "；": "; ", "：": ": "}


def pinyin(text: str) -> str:
    """The text with each run of characters as joined syllables: 你好 is ni3hao3 (third tones next
    to each other already changed)."""
    from pypinyin import Style, lazy_pinyin

    def syllables(run: re.Match[str]) -> str:
        read = lazy_pinyin(run[0], style=Style.TONE3, neutral_tone_with_five=True, tone_sandhi=True)
        return " " + "".join(read) + " "

    marked = "".join(_PUNCTUATION.get(character, character) for character in text)
    spelled = _HAN.sub(syllables, unicodedata.normalize("NFKC", marked))
    return re.sub(r"\s+([,.!?;:])", r"\1", " ".join(spelled.split()))
