"""Which story is told: a tale of the library that fits the request, or one woven for it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from . import fit, pairs, tales
from .kit import kit
from .plan import plan
from .request import Figure, Request
from .story import Story
from .tales import Tale
from .weave import weave

USUAL_MINUTES = 3.0
TOLERANCE = 0.15
"""How far a tale's length may be from what was asked; a fifth is what people were promised."""

SUBJECTS = ("space", "sea", "school", "animal")
"""Kinds that tell what a tale is about; the others tell how it is."""

CLASSIC = "classic"
"""The kind of a wish for a tale that everybody knows."""

TRIES = 20
"""Stories that are woven before one is told that may have what was not wanted."""

MINE = 0.5
"""How often a story with room for a hero is about the child's favourite animal."""


def story(
    request: Request, heard: Sequence[str], listener: Mapping[str, Any], dice: random.Random
) -> Story:
    """A story for the request, not heard lately."""
    if request.bilingual:
        about = request.hero.noun if request.hero else ""
        return pairs.story(request.bilingual, heard, dice, about)
    if request.foreign:
        other = {"en": "zh", "zh": "en"}[request.language]
        wish = Request(language=other, minutes=request.minutes, age=request.age, kind=request.kind)
        return _spoken_in(other, story(wish, heard, {}, dice))
    fresh = [tale for tale in tales.library(request.language) if tale.name not in heard]
    dice.shuffle(fresh)
    fresh.sort(key=lambda tale: request.bedtime and tale.kind != "calm")
    fresh = [each for each in fresh if _lacks(each.title + each.text, request.without)]
    if tale := next((each for each in fresh if _fits(each, request, listener)), None):
        return whole(tale, request)
    for _ in range(TRIES if request.without else 1):
        woven = _personal(request, listener, dice)
        told = weave(plan(woven, heard, request.minutes or USUAL_MINUTES, dice))
        if _lacks(told.title + "".join(line.text for line in told.lines), request.without):
            break
    return told


def _lacks(text: str, words: Sequence[str]) -> bool:
    """Whether none of these words is in a text."""
    return not any(word in text.lower() for word in words)


def whole(tale: Tale, request: Request) -> Story:
    """A tale of the library, as short as is wished where that can be."""
    told = tale.story()
    return fit.fitted(told, request.minutes * 60) if request.minutes else told


def _spoken_in(language: str, told: Story) -> Story:
    """The story, each line of which says what language it is in."""
    scenes = (
        replace(scene, lines=tuple(replace(line, language=language) for line in scene.lines))
        for scene in told.scenes
    )
    return replace(told, scenes=tuple(scenes))


def ready(language: str) -> None:
    """Read what there is to tell and measure how long it takes, so that nobody waits for it."""
    kit(language)
    for tale in tales.library(language):
        _span(language, tale.name)


def _fits(tale: Tale, request: Request, listener: Mapping[str, Any]) -> bool:
    age = request.age or listener.get("age", 0)
    if age and not tale.ages[0] - 1 <= age <= tale.ages[1] + 1:
        return False
    if request.bedtime and (tale.kind == "mystery" or tale.ages[0] > 8):
        return False
    kind = request.kind
    if kind == CLASSIC:
        return _of_its_sort(tale, request) and _has_all(tale, replace(request, place=""))
    named = kind in SUBJECTS and _named(tale, request)
    if kind and tale.kind != kind and not named and not (request.bedtime and kind == "calm"):
        return False
    return _has_all(tale, request) and _long_enough(tale, request.minutes)


def _of_its_sort(tale: Tale, request: Request) -> bool:
    """Whether everybody knows the tale, and it is of the sort that was said: 成语, 神话."""
    known = (each for each in tales.library(request.language) if each.known)
    said = {topic for each in known for topic in each.topics if topic in request.text}
    return bool(tale.known) and (not said or bool(said & set(tale.topics)))


def _has_all(tale: Tale, request: Request) -> bool:
    """Whether all that was asked for is in the tale."""
    if request.bare:
        return True
    hero = request.hero
    simple = replace(request, lesson="", hero=None, place="", love="")
    if (request.place or request.love) and (hero or not _named(tale, request)):
        return False
    if not simple.bare or (hero and (hero.name or hero.trait or hero.clause or not hero.noun)):
        return False
    if request.lesson:
        words = kit(request.language).part("lessons", request.lesson)["words"]
        if tale.lesson != request.lesson and tale.lesson not in words:
            return False
    return hero is None or hero.noun in tale.topics


def _named(tale: Tale, request: Request) -> bool:
    """Whether the tale is about the thing or the place that was said: trains, the moon."""
    places = kit(request.language).places
    words = next((part["words"] for part in places if part["id"] == request.place), ())
    said = [word for word in words if word in request.text] + [request.love]
    if request.language == "zh":
        return any(topic in word for topic in tale.topics for word in said)
    stems = {word.removesuffix("s") for each in said for word in each.split()}
    return any(topic.removesuffix("s") in stems for topic in tale.topics)


def _long_enough(tale: Tale, minutes: float) -> bool:
    if not minutes:
        return True
    least, most = _span(tale.language, tale.name)
    seconds = minutes * 60
    return least <= seconds * (1 + TOLERANCE) and most >= seconds * (1 - TOLERANCE)


@cache
def _span(language: str, name: str) -> tuple[float, float]:
    """The least and the most seconds that a tale takes."""
    tale = next(tale for tale in tales.library(language) if tale.name == name)
    told = tale.story()
    return fit.fitted(told, 0).seconds, told.seconds


def _personal(request: Request, listener: Mapping[str, Any], dice: random.Random) -> Request:
    """The request with the child's own animal and friends where it leaves room for them."""
    animal = listener.get("animal")
    if animal and request.hero is None and not request.series and dice.random() < MINE:
        request = replace(request, hero=Figure(kind=animal, noun=animal))
    friends = listener.get("friends")
    if friends and request.companion is None:
        request = replace(request, companion=Figure(name=dice.choice(friends)))
    return request
