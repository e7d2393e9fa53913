"""Names and terms given beforehand, put right where the recogniser nearly had them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import JaroWinkler

ALIKE = 0.88
"""Jaro-Winkler likeness from which a word is taken for a misheard term ("Nadja" for "Nadia")."""

SHORT = 4
"""Letters below which a word is too common to be taken for another."""


def repaired(text: str, terms: Sequence[str]) -> str:
    """A text with near misses of the terms replaced: by letters in Latin script, by sound in
    Chinese."""
    for term in terms:
        text = _latin(text, term) if term.isascii() else _chinese(text, term)
    return text


def _latin(text: str, term: str) -> str:
    if len(term) < SHORT:
        return text
    words = r"[\s-]+".join(r"[A-Za-z']+" for _ in term.split())

    def put(found: re.Match[str]) -> str:
        heard = found[0]
        if heard.casefold() == term.casefold():
            return term
        nearly = heard[:1].isupper() and len(heard) >= SHORT
        alike = JaroWinkler.similarity(heard.casefold(), term.casefold())
        return term if nearly and alike >= ALIKE else heard

    return re.sub(rf"\b{words}\b", put, text)


def _chinese(text: str, term: str) -> str:
    from pypinyin import Style, lazy_pinyin

    wanted = lazy_pinyin(term, style=Style.NORMAL)
    for at in range(len(text) - len(term) + 1):
        heard = text[at : at + len(term)]
        if re.fullmatch(r"[一-鿿]+", heard) and lazy_pinyin(heard, style=Style.NORMAL) == wanted:
            text = text[:at] + term + text[at + len(term) :]
    return text
