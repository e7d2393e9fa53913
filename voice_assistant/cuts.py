"""Where free text may not begin or end: in the middle of a Chinese word.

Nothing parts Chinese words, so that 帮我记 + 录会议 looks like a note to write down, 开 + 始扫地 like
something to switch on.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

LITTLE = frozenset(
    "我你您他她它咱们的地得了着过吗呢吧啊嘛个一不没别有在是把给和跟到要想就都也再还又会能可这那几多点些"
)
"""Characters that stand beside any other: two of them in a row are no word."""


class Words:
    """The words of two characters that templates are made of."""

    def __init__(self, fragments: Iterable[str]) -> None:
        self._words = frozenset(
            each for each in fragments if len(each) == 2 and LITTLE.isdisjoint(each)
        )

    def cut(self, text: str, first: int, last: int) -> bool:
        """Whether a part of a text, from `first` to `last`, begins or ends within a word."""
        return (first > 0 and last - first > 1 and self._within(text, first)) or (
            last < len(text) and last - first > 1 and self._within(text, last)
        )

    def _within(self, text: str, at: int) -> bool:
        """Whether a place is in the middle of a word, and not as well between two: of 播放大海 放大 is
        none."""
        if text[at - 1 : at + 1] not in self._words:
            return False
        return not any(self._known(text[start : start + 2]) for start in (at - 2, at) if start >= 0)

    def _known(self, pair: str) -> bool:
        return len(pair) == 2 and (pair in self._words or pair in _phrases())


@cache
def _phrases() -> frozenset[str]:
    """Words that pinyin knows how to read: more than templates have."""
    from pypinyin.constants import PHRASES_DICT  # large, and not everybody's Chinese

    return frozenset(PHRASES_DICT)
