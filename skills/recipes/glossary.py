"""What kitchen words mean: `data/glossary/LANGUAGE.yaml`, a term and its other forms -> one sentence."""

from __future__ import annotations

from functools import cache

import yaml
from rapidfuzz import fuzz, process

from voice_assistant_skills.recipes.amounts import DATA

CLOSE = 84
"""Likeness (0 to 100) from which a term is the one that was said."""


@cache
def glossary(language: str) -> dict[str, str]:
    """Every form of every term, and what it means."""
    path = DATA / "glossary" / f"{language}.yaml"
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {form.strip(): text for forms, text in read.items() for form in forms.split(",")}


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
