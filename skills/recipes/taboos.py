"""What somebody must not or does not eat, read from how they say it."""

from __future__ import annotations

import re

from .lexis import listed, named, words
from .wishes import food_hits, kind_hits


def taboo(text: str, language: str, *, allergy: bool) -> frozenset[str]:
    """The entries of a profile that a text names: allergens, kinds or ids of foods.

    Of an allergy the whole allergen is meant ("walnuts" -> tree nuts): too much is left out rather
    than too little.
    """
    text = text.lower().replace("-", " ")
    found = {key for key, pattern in named("allergens", language).items() if pattern.search(text)}
    spans = [
        m.span()
        for pattern in named("allergens", language).values()
        for m in pattern.finditer(text)
    ]
    hits = [
        (start, end, food)
        for start, end, food in food_hits(text, language)
        if not any(s <= start and end <= e and e - s > end - start for s, e in spans)
    ]
    ids = {food.id for _, _, food in hits}
    if allergy:
        inside = set().union(*(food.allergens for _, _, food in hits if food.kind != "sauce"))
        return frozenset(found | inside | {f.id for _, _, f in hits if not f.allergens & found})
    kinds = {kind for _, _, kind in kind_hits(text, language, hits)}
    return frozenset(kinds | ids)


def parted(text: str, language: str) -> tuple[str, str]:
    """ "i'm allergic to nuts what can i bake" -> ("i'm allergic to nuts", "what can i bake"); the
    first is empty where no allergy is told, the second where nothing else is said."""
    told = re.search(words(language)["told_allergy"], text)
    if told is None:
        speaks_of_it = listed("allergic", language).search(text)
        return (text, "") if speaks_of_it else ("", text)
    start, end = told.span()
    rest = re.search(words(language)["then_asks"], text[end:])
    stop = end + rest.start() if rest else len(text)
    return text[start:stop].strip(" ,，。"), f"{text[:start]} {text[stop:]}".strip(" ,，。")


def is_guest(text: str, language: str) -> bool:
    """Whether somebody is spoken of who eats here once: that is minded now and not kept."""
    return bool(listed("guests", language).search(text))
