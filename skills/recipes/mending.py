"""Harmless faults of a recipe that a language model made up, put right before it is judged.

Nothing here makes a dish less safe: what nobody uses is left out, the salt that a step takes from
the cupboard is listed, what is said twice is said once, and the step that cooks a raw food says until
when, with the temperature in the middle. The checks of `checks.py` judge what comes out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from voice_assistant.speaking import say_list

from .checks import CORE, raw_kind
from .drafts import told
from .foods import Food, foods
from .lines import ingredient
from .pantry import lines_of

AT_HAND = ("salt", "black pepper", "white pepper", "oil", "olive oil", "sugar")
"""What models take without listing it, and every kitchen has."""

_SENTENCE = re.compile(r"[^.!?。！；]+[.!?。！；]*\s*")


def mended(
    ingredients: Sequence[str], steps: Sequence[str], language: str, wished: Sequence[Food] = ()
) -> tuple[list[str], list[str]]:
    """The ingredients and steps with such faults put right. `wished` is never left out."""
    steps = [_unrinsed(step, language) for step in _once(steps)]
    lines = list(dict.fromkeys(ingredients))
    lines += _forgotten(lines, steps, language)
    steps = _without_strangers(lines, steps, language)
    lines = [line for line in lines if _is_used(line, steps, language, wished)]
    return lines, _cooked_through(lines, steps, language)


def titled(title: str, lines: Sequence[str], language: str) -> str:
    """The title; one that names a food that is not in the dish gives way to what is in it."""
    listed = _foods(lines, language)
    if all(foods().among(food, listed) for *_, food in foods().inside(title, language)):
        return title
    names = [food.name(language) for food in listed[:2]]
    return say_list(names, language).capitalize()


def _once(steps: Sequence[str]) -> list[str]:
    """The steps without sentences that were said before."""
    said, kept = set[str](), []
    for step in steps:
        parts = [part for part in _SENTENCE.findall(step) if part.strip().lower() not in said]
        said |= {part.strip().lower() for part in parts}
        if text := "".join(parts).strip():
            kept.append(text)
    return kept


def _unrinsed(step: str, language: str) -> str:
    """A step that does not wash raw poultry: that spreads germs over the kitchen."""
    return re.sub(told(language)["rinsed"], told(language)["patted"], step)


def _forgotten(lines: Sequence[str], steps: Sequence[str], language: str) -> list[str]:
    """Lines for what the steps take from the cupboard and the list forgot."""
    listed = _foods(lines, language)
    named = dict.fromkeys(food for step in steps for *_, food in foods().inside(step, language))
    return [
        lines_of(food, language)[0]
        for food in named
        if food.id in AT_HAND and not foods().among(food, listed)
    ]


def _is_used(line: str, steps: Sequence[str], language: str, wished: Sequence[Food]) -> bool:
    food = ingredient(line, language).food
    if food is None or food in wished:
        return True  # the checks will say so
    if any(re.search(told(language)["all_of_it"], step.lower()) for step in steps):
        return True
    return foods().among(food, _foods(steps, language))


def _without_strangers(lines: Sequence[str], steps: Sequence[str], language: str) -> list[str]:
    """The steps without the foods that nobody listed: out of "salt and stock cube" the stock cube
    goes, and so does a sentence that is about nothing else."""
    listed = _foods(lines, language)
    kept = []
    for step in steps:
        parts = [_spared(part, listed, language) for part in _SENTENCE.findall(step)]
        if text := "".join(parts).strip():
            kept.append(text)
    return kept


def _spared(sentence: str, listed: Sequence[Food], language: str) -> str:
    joint, after = told(language)["joint"], told(language)["joint_after"]
    for start, end, food in reversed(foods().inside(sentence, language)):
        if food.id == "water" or foods().among(food, listed):
            continue
        before = re.search(joint, sentence[:start])
        behind = re.match(after, sentence[end:])
        if before:
            sentence = sentence[: before.start()] + sentence[end:]
        elif behind:
            sentence = sentence[:start] + sentence[end + behind.end() :]
        elif not any(foods().among(each, listed) for each in _foods([sentence], language)):
            return ""
    return sentence


def _cooked_through(lines: Sequence[str], steps: Sequence[str], language: str) -> list[str]:
    """The steps, the last of which that cooks a raw food says until when."""
    written = list(steps)
    for line in lines:
        each = ingredient(line, language)
        kind = raw_kind(each.food)
        if not kind or each.food is None:
            continue
        heating = [n for n, step in enumerate(written) if _heats(step, each.food, language)]
        if heating:
            done = told(language)["set" if kind == "egg" else "cooked_through"]
            written[heating[-1]] += done.format(food=each.item, celsius=CORE[kind])
    return written


def uncooked(lines: Sequence[str], steps: Sequence[str], language: str) -> list[str]:
    """The raw foods that no step names while it cooks, nor says to be cooked through: heat that is
    meant for something else does not count."""
    sure = [step for step in steps if re.search(told(language)["surely"], step)]
    named = _foods(sure, language)
    found = [ingredient(line, language) for line in lines]
    raw = [each for each in found if raw_kind(each.food) not in {"", "egg"} and each.food]
    if len(raw) == 1 and sure:
        return []
    return [each.item for each in raw if each.food and not foods().among(each.food, named)]


def _heats(step: str, food: Food, language: str) -> bool:
    """Whether a step cooks a food."""
    hot = re.search(told(language)["heats"], step.lower())
    return bool(hot and foods().among(food, _foods([step], language)))


def _foods(texts: Sequence[str], language: str) -> list[Food]:
    return [food for text in texts for *_, food in foods().inside(text, language)]
