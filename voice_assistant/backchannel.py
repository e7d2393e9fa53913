"""Sounds people make to say "I am listening": they are no request and interrupt nothing."""

from __future__ import annotations

_WORDS = {
    "en": frozenset(
        "mm hm mhm mmhm hmm uh huh yeah yes yep ok okay right sure i see oh ah aha wow nice cool"
        " great ha haha hahaha really good".split()
    ),
    "zh": frozenset(
        "嗯 嗯嗯 哦 噢 啊 呵 哈 哈哈 哈哈哈 是 是的 是啊 对 对对 对啊 好 好的 好吧 真的 哇 嗯哼".split()
    ),
}


def is_backchannel(text: str, language: str) -> bool:
    """Whether a text is nothing but "mm-hm", "yeah", "嗯嗯"."""
    words = _WORDS.get(language, _WORDS["en"])
    bare = "".join(c if c.isalnum() else " " for c in text.lower()).split()
    return 0 < len(bare) <= 3 and all(word in words for word in bare)
