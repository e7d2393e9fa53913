"""Text -> index terms: word stems in Latin script; in Chinese, characters and pairs of them.

SQLite's own tokenizers know neither Chinese words nor that "invented" and "inventor" belong
together; the same function reads documents and questions, so that nothing can come apart.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from voice_assistant.texts import load

_TOKEN = re.compile(r"[一-鿿]+|\d+(?:[.,]\d+)*|[^\W\d_一-鿿]+(?:['’][^\W\d_]+)?")
_SUFFIXES = (
    "ations ation ating ated ators ator ings ing ies ied ions ion ers ors ed er or es s e y".split()
)
_WITHIN = str.maketrans("", "", "ʻʼʽʿʾ`")
"""Marks within words of other scripts, which nobody says: Hawaiʻi, Baháʼí."""
_SHORTEST = 3
"""Letters that a stem keeps at least."""


def terms(text: str) -> list[str]:
    """The terms of a text, in order; letters and digits only, as the index wants them."""
    found: list[str] = []
    for token in _TOKEN.findall(_plain(text)):
        if "一" <= token[0] <= "鿿":
            found += [*token, *(token[i : i + 2] for i in range(len(token) - 1))]
        elif token[0].isdigit():
            found.append(token.replace(",", "").replace(".", "p"))
        else:
            found.append(stem(token).replace("'", ""))
    return found


@lru_cache(50_000)
def stem(word: str) -> str:
    """The stem of a lower-case word; crude, but the same for all forms of most words."""
    word = word.removesuffix("'s")
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST:
            word = word.removesuffix(suffix)
            break
    return word[:-1] if len(word) > _SHORTEST and word[-1] == word[-2:-1] else word


@cache
def stopwords(language: str) -> frozenset[str]:
    """Terms that carry no meaning of their own."""
    return frozenset(
        t for word in load(f"knowledge_{language}")["stop"].split() for t in terms(word)
    )


@cache
def kin(language: str) -> dict[str, frozenset[str]]:
    """Terms that ask for the same thing, by term."""
    found: dict[str, frozenset[str]] = {}
    for group in load(f"knowledge_{language}")["synonyms"]:
        alike = frozenset(t for word in group for t in terms(str(word)))
        for term in alike:
            found[term] = found.get(term, frozenset()) | alike
    return found


def _plain(text: str) -> str:
    text = text.lower().replace("’", "'").translate(_WITHIN)
    if text.isascii():
        return text
    folded = unicodedata.normalize("NFKD", text)
    return "".join(c for c in folded if not unicodedata.combining(c))
