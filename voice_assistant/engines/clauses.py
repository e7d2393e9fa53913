"""A sentence in clauses, so that its first sound need not wait for its end."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CLOSERS = "\"'”’)」』）"

_CLAUSE = re.compile(
    rf".+?(?:[,;:.!?…]+[{_CLOSERS}]*(?=\s|$)|[，。！？；：、…]+[{_CLOSERS}]*|$)", re.DOTALL
)

_MARKS = {"，": ",", "、": ",", "；": ";", "：": ":", "。": ".", "！": "!", "？": "?", "…": "."}


def clauses(text: str) -> Iterator[tuple[str, str]]:
    """Each clause with the mark that ends it (ASCII; empty if none does).

    A point or comma inside a number or a word ends nothing.
    """
    for match in _CLAUSE.finditer(text):
        clause = match[0].strip()
        bare = clause.rstrip(_CLOSERS)
        mark = bare[-1:] if bare[-1:] in ",;:.!?" else _MARKS.get(bare[-1:], "")
        words = bare.rstrip(",;:.!?，。！？；：、…").strip()
        if any(character.isalnum() for character in words):
            yield words, mark


def batches(
    parts: Iterator[tuple[str, str]], *, first: int, rest: int
) -> Iterator[list[tuple[str, str]]]:
    """Neighbouring clauses together: the first batch has `first` letters at least, later `rest`.

    A voice sounds best when it gets much at once, and starts soonest when it gets little.
    """
    batch: list[tuple[str, str]] = []
    wanted = first
    for part in parts:
        batch.append(part)
        if sum(len(words) for words, _ in batch) >= wanted:
            yield batch
            batch, wanted = [], rest
    if batch:
        yield batch
