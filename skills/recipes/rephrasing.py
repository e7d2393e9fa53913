"""A step in other words: the language model's where they say the same, else in smaller pieces.

What the model writes is only said if it names the same foods, the same numbers in the same order and
no act that is not in the step: then it can be clumsy, but not wrong.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import aclosing
from functools import cached_property

import anyio

from voice_assistant.errors import ModelError
from voice_assistant.normal import joined
from voice_assistant.skill import Answer, Message, Piece, Turn, intent

from .drafts import told
from .foods import foods
from .glossary import meanings
from .kitchen import Kitchen
from .lexis import words
from .recipe import Step

PATIENCE = 20.0
"""Seconds after which a slow model is given up, and the step said in pieces."""

LONGER = 1.6
"""How many times as long as the step its plain wording may be."""

EXPLAINED = 2
"""Kitchen words explained after a step; more at once nobody remembers."""

PAUSE = 0.8
"""Seconds of silence between the pieces of a step."""


class Rephrasing(Kitchen):
    """ "I don't get that step"."""

    @intent("rephrase")
    async def rephrase(self, turn: Turn, **slots: object) -> Answer:
        """The step in easier words; without a model that finds them, piece by piece."""
        cooking = self.cooking()
        if not cooking:
            return self.nothing(turn)
        turn.hold()
        step = cooking.front.step
        if step is None:
            return turn.phrase("not_begun", dish=cooking.front.recipe.title)
        if easier := await self._easier(turn, self.words(step.text)):
            return easier
        return self._in_pieces(turn, step)

    async def _easier(self, turn: Turn, step: str) -> str:
        """The model's wording; empty where there is none, or none that says the same."""
        if not self.home.mind.ready:
            return ""
        await turn.say(turn.phrase("rephrasing"))
        turn.touch(PATIENCE)
        said: list[str] = []
        thinking = self.home.mind.speak(
            _prompt(turn.language, step), language=turn.language, limit=120, sentences=3
        )
        with anyio.move_on_after(PATIENCE) as patience:
            try:
                async with aclosing(thinking) as sentences:
                    said = [sentence.strip() async for sentence in sentences]
            except ModelError:
                return ""
        text = joined(said, turn.language)
        return "" if patience.cancelled_caught or not says_same(text, step, turn.language) else text

    async def _in_pieces(self, turn: Turn, step: Step) -> AsyncIterator[Piece]:
        """One act after the other, with time between, and what its kitchen words mean."""
        verbs = self._verbs if turn.language == "en" else frozenset[str]()
        for part in parts(self.words(step.text), verbs):
            yield Piece(text=part, pause=PAUSE)
        if step.sign:
            yield Piece(text=turn.phrase("sign", sign=self.words(step.sign)).strip(), pause=PAUSE)
        for term, text in meanings(step.text, turn.language)[:EXPLAINED]:
            yield Piece(text=turn.phrase("meaning", term=term, text=text), pause=PAUSE)

    @cached_property
    def _verbs(self) -> frozenset[str]:
        """What our English sentences begin with: "stir", "cook", "pour"."""
        begun = re.compile(r"(?:^|[.;]\s+)([A-Z][a-z]+)\b")
        steps = (step.text for recipe in self.book("en").recipes for step in recipe.steps)
        first = {verb.lower() for text in steps for verb in begun.findall(text)}
        return frozenset(first - set(words("en")["no_acts"]))


def _prompt(language: str, step: str) -> list[Message]:
    shown = [
        Message(role=role, content=text)
        for pair in told(language)["rephrased"]
        for role, text in zip(("user", "assistant"), pair, strict=True)
    ]
    system = Message(role="system", content=told(language)["rephrase"])
    return [system, *shown, Message(role="user", content=step)]


def says_same(text: str, step: str, language: str) -> bool:
    """Whether a wording keeps a step's numbers, foods and acts, and adds none."""
    if not text or text == step or len(text) > LONGER * len(step) + 20:
        return False
    if language == "zh" and re.search(r"[A-Za-z]{2,}", text):
        return False
    same_numbers = _numbers(text, language) == _numbers(step, language)
    denied = re.compile(words(language)["denied"])
    same_denials = bool(denied.search(text.lower())) == bool(denied.search(step.lower()))
    acts = _acts(text, language) <= _acts(step, language)
    shares = _shared(text, language) == _shared(step, language)
    return same_numbers and same_denials and acts and shares and _same_foods(text, step, language)


def _shared(text: str, language: str) -> set[str]:
    """The foods of which a part is taken: half of the salt is no half of the melon."""
    part = re.compile(words(language)["part_of"])
    hits = foods().inside(text, language)
    return {food.id for start, _, food in hits if part.search(text[:start].lower())}


def _same_foods(text: str, step: str, language: str) -> bool:
    table = foods()
    said = [food for *_, food in table.inside(text, language)]
    meant = [food for *_, food in table.inside(step, language)]
    return all(table.among(food, meant) for food in said) and all(
        table.among(food, said) for food in meant
    )


def _numbers(text: str, language: str) -> list[str]:
    """Every number of a text in order, as digits where they were words."""
    spelt = words(language)["counted"]
    names = "|".join(sorted(map(re.escape, spelt), key=len, reverse=True))
    bounds = (r"\b", r"\b") if language == "en" else ("", "")
    pattern = re.compile(rf"\d+(?:\.\d+)?|{bounds[0]}(?:{names}){bounds[1]}")
    return [str(spelt.get(found, found)) for found in pattern.findall(text.lower())]


def _acts(text: str, language: str) -> set[str]:
    """What a text does with heat, knives and vessels."""
    low = text.lower()
    return {key for key, forms in words(language)["acts"].items() if re.search(forms, low)}


def parts(text: str, verbs: frozenset[str] = frozenset()) -> list[str]:
    """A step act by act: "Heat the oil, add the leek and cook for 5 minutes" is three. Without
    verbs, as in Chinese, at each comma."""
    if not verbs:
        return [part for part in re.split(r"(?<=[，。；])", text) if part]
    verb = rf"(?=(?:{'|'.join(sorted(verbs))})\b)"
    split = rf"(?<=[.;])\s+|,?\s+(?:and then|then|and)\s+{verb}|,\s+{verb}"
    found = [part.strip(" ;,.") for part in re.split(split, text)]
    return [f"{part[0].upper()}{part[1:]}." for part in found if part]
