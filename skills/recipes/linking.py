"""A recipe from loose parts: the household's own, imported ones, and what a language model made up.

Ours name in braces what a step uses; in others it is found by the words of the step.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from .checks import check
from .foods import Food, foods
from .lines import ingredient
from .mending import mended, titled, uncooked
from .recipe import Ingredient, Recipe, Step

_EN_TIME = re.compile(
    r"(\d+)(?:\s*(?:-|–|to)\s*(\d+))?\s*(hours?|hrs?|minutes?|mins?)\b", re.IGNORECASE
)
_ZH_TIME = re.compile(r"(\d+)(?:\s*(?:-|–|到|至)\s*(\d+))?\s*(个?小时|分钟)")
_OVEN = re.compile(r"(\d{2,3})\s*(?:°\s*)?(?:degrees\s*)?(C|F|度|℃)(?:\b|$|[^a-z])", re.IGNORECASE)
_MIDDLE = re.compile(r"middle|centre|center|thickest|inside|internal|core|中心|内部")
_UNTIL = re.compile(r"\buntil ([^.;,]+)|(?:炒|煮|煎|炸|烤|蒸|炖|焖)(?:到|至|得)([^。；，,]+)")
_EVERYTHING = re.compile(
    r"\b(?:everything|all (?:the |of the )?ingredients|all together|the rest|remaining)\b|"
    r"所有|全部|剩下的"
)
_AT_HAND = {"water"}
_SEASONING = re.compile(r"\bseason|调味")


def assemble(
    *,
    id: str,  # noqa: A002
    title: str,
    language: str,
    servings: int,
    minutes: int,
    ingredients: Sequence[str],
    steps: Sequence[str],
    source: str,
    about: str = "",
) -> Recipe:
    """The recipe that these lines describe."""
    listed = [ingredient(_clean(line), language) for line in ingredients if line.strip()]
    made = [_step(_clean(text), listed, language) for text in steps if text.strip()]
    told = sum((s.time or timedelta() for s in made), timedelta())
    minutes = max(minutes, round(told.total_seconds() / 60) + 5)
    return Recipe(
        id=id,
        language=language,
        title=title.strip(),
        servings=max(1, servings),
        prep=min(10, minutes),
        cook=max(0, minutes - 10),
        ingredients=tuple(listed),
        steps=tuple(_catch_all(made, listed)),
        source=source,
        about=about,
        foods=frozenset(i.food for i in listed if i.food),
    )


def linked(recipe: Recipe) -> Recipe:
    """The recipe with what each step uses and takes found, where its writer did not say so."""
    if any(step.uses for step in recipe.steps):
        return recipe
    steps = [_step(step.text, recipe.ingredients, recipe.language) for step in recipe.steps]
    steps = [
        replace(s, sign=old.sign or s.sign) for s, old in zip(steps, recipe.steps, strict=True)
    ]
    return replace(recipe, steps=tuple(_catch_all(steps, recipe.ingredients)))


def _clean(line: str) -> str:
    return re.sub(r"^\s*(?:[-*•·]|\d+[.)、])\s*", "", line).strip()


def _step(text: str, listed: Sequence[Ingredient], language: str) -> Step:
    step = Step(text=text, uses=tuple(_used(text, listed, language)), time=_time(text, language))
    until = _UNTIL.search(text)
    if until:
        step = replace(step, sign=(until[1] or until[2]).strip())
    if heat := _OVEN.search(text):
        celsius = int(heat[1]) if heat[2].upper() != "F" else round((int(heat[1]) - 32) * 5 / 9)
        middle = bool(_MIDDLE.search(text)) and celsius < 100
        step = replace(step, core=celsius) if middle else replace(step, oven=celsius)
    return step


def _time(text: str, language: str) -> timedelta | None:
    total = timedelta()
    for match in (_ZH_TIME if language == "zh" else _EN_TIME).finditer(text):
        hours = "h" in match[3].lower() or "时" in match[3]
        length = int(match[2] or match[1])
        total += timedelta(hours=length) if hours else timedelta(minutes=length)
    return total or None


def _used(text: str, listed: Sequence[Ingredient], language: str) -> list[int]:
    """Which ingredients a step speaks of: by food, or by a word of the item."""
    table = foods()
    named = [food for _, _, food in table.inside(text, language)]
    low = text.lower()
    found = []
    for place, each in enumerate(listed):
        by_food = each.food is not None and table.among(each.food, named)
        words = [each.item] if language == "zh" else re.findall(r"[a-z]{4,}", each.item.lower())
        if by_food or any(word in low for word in words):
            found.append(place)
    return found


def _catch_all(steps: list[Step], listed: Sequence[Ingredient]) -> list[Step]:
    """ "Mix everything" uses what no step names; "season" uses the salt and pepper."""
    used = {place for step in steps for place in step.uses}
    left = [place for place in range(len(listed)) if place not in used]
    for number, step in enumerate(steps):
        if _EVERYTHING.search(step.text.lower()):
            steps[number] = replace(step, uses=(*step.uses, *left))
            break
        if _SEASONING.search(step.text.lower()):
            spices = [p for p in left if (food := listed[p].food) and food.kind == "spice"]
            steps[number] = replace(step, uses=(*step.uses, *spices))
            left = [place for place in left if place not in spices]
    return steps


def invented(text: str, language: str, id: str) -> Recipe | None:  # noqa: A002
    """The recipe in what the model wrote; None if it is no recipe, or no safe one."""
    found = judged(text, language, id)
    return found if isinstance(found, Recipe) else None


def judged(
    text: str,
    language: str,
    id: str,  # noqa: A002
    wished: Sequence[Food] = (),
) -> Recipe | list[str]:
    """The recipe in what the model wrote, its harmless faults mended, or what is wrong with it, for
    another try."""
    try:
        made = json.loads(text)
        listed = [str(line) for line in made["ingredients"]]
        written = served_plainly(listed, [str(line) for line in made["steps"]], language)
        ingredients, steps = mended(listed, written, language, wished)
        recipe = assemble(
            id=id,
            title=titled(str(made["title"]), ingredients, language),
            language=language,
            servings=int(made["serves"]),
            minutes=int(made["minutes"]),
            ingredients=ingredients,
            steps=steps,
            source="invented",
        )
    except (ValueError, KeyError, TypeError):
        return ["it is not finished: write fewer and shorter lines"]
    if not recipe.ingredients or not recipe.steps:
        return ["it needs ingredients and steps"]
    wrong = [f"{item} is no known food with an amount" for item in recipe.unknown]
    wrong += check(recipe)
    wrong += [f"no step cooks {item}" for item in uncooked(ingredients, steps, language)]
    wrong += [f"a step uses {food}, which is not an ingredient" for food in unlisted(recipe)]
    return wrong or recipe


_SERVING = re.compile(
    r"^(?:serve|garnish|enjoy|top with|decorate)|if desired|if you like|optional|"
    r"装盘|上桌|点缀|即可食用|享用|装饰"
)
_SENTENCE = re.compile(r"[^.!?。！；]+[.!?。！；]*\s*")


def served_plainly(ingredients: Sequence[str], steps: Sequence[str], language: str) -> list[str]:
    """The steps without the garnish that nobody listed: "serve with chopped parsley if desired"
    is how models end a recipe, and no fault of the dish."""
    table = foods()
    listed = {food for line in ingredients for *_, food in table.inside(line, language)}
    kept = []
    for step in steps:
        parts = [
            part
            for part in _SENTENCE.findall(step)
            if not _SERVING.search(part.lower())
            or all(table.among(food, listed) for *_, food in table.inside(part, language))
        ]
        if text := "".join(parts).strip():
            kept.append(text)
    return kept


def unlisted(recipe: Recipe) -> list[str]:
    """Foods that steps speak of and the ingredients do not; water comes from the tap."""
    table = foods()
    listed = [each.food for each in recipe.ingredients if each.food]
    named = {
        food.id: food
        for step in recipe.steps
        for _, _, food in table.inside(step.text, recipe.language)
    }
    return [
        name
        for name, food in named.items()
        if name not in _AT_HAND and not table.among(food, listed)
    ]
