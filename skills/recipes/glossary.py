"""What kitchen words mean: `data/glossary/LANGUAGE.txt`, one a line: term, other forms: meaning."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz, process

from .amounts import DATA
from .lexis import words

CLOSE = 84
"""Likeness (0 to 100) from which a term is the one that was said."""


@cache
def glossary(language: str) -> dict[str, str]:
    """Every form of every term, and what it means."""
    path = DATA / "glossary" / f"{language}.txt"
    known = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        forms, _, text = line.partition(": ")
        if text and not line.startswith("#"):
            known.update({form.strip(): text for form in forms.split(",")})
    return known


def kitchen_words(language: str) -> list[str]:
    """The terms that mean nothing but their meaning here: asked about at any time, they are ours."""
    everyday = set(words(language)["everyday"])
    return [term for term in glossary(language) if term not in everyday]


def meaning(said: str, language: str) -> tuple[str, str] | None:
    """The term in what was said, and its meaning; the longest term wins."""
    said = said.lower().strip()
    known = glossary(language)
    if said in known:
        return said, known[said]
    found = process.extractOne(said, known.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE)
    if found:
        return found[0], known[found[0]]
    padded = said if language == "zh" else f" {said} "
    inside = [term for term in known if (term if language == "zh" else f" {term} ") in padded]
    return (term := max(inside, key=len), known[term]) if inside else None


def meanings(said: str, language: str) -> list[tuple[str, str]]:
    """Every term in what was said, with its meaning, in order; of two at a place the longer."""
    said, found = said.lower(), list[tuple[int, int, str]]()
    for term in sorted(glossary(language), key=len, reverse=True):
        pattern = re.escape(term) if language == "zh" else rf"\b{re.escape(term)}\b"
        for match in re.finditer(pattern, said):
            if all(match.end() <= start or end <= match.start() for start, end, _ in found):
                found.append((match.start(), match.end(), term))
    terms = dict.fromkeys(term for _, _, term in sorted(found))
    return [(term, glossary(language)[term]) for term in terms]
