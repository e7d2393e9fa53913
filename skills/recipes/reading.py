"""Reading recipe files, and telling a writer by name and line what is wrong with one.

A recipe is one YAML file, `data/LANGUAGE/NAME.yaml`:

    title: Tomato egg stir-fry
    also: [eggs with tomatoes]          # other names
    serves: 2
    prep: 10                            # minutes of work
    cook: 8                             # minutes on the stove or in the oven
    level: easy                         # easy, medium, hard
    course: [main]                      # see COURSES
    cuisine: Chinese
    season: [summer]                    # left out: all year
    ingredients: |
      3 eggs, beaten                    # amount unit item, preparation (optional)
      2 tomatoes, cut into wedges
      salt                              # no amount: to taste
    steps: |
      Fry the {eggs} in ... {2 min} // just set, still glossy
    safety: ...                         # optional, like swaps, keeps, about, contains

In a step, braces name an ingredient, a time ({8 min}, {1 h}), an oven temperature ({180 C}) or the
temperature in the middle of the food ({core 75 C}). After `//` comes the sign that it is done.
Amounts stay in the ingredient list, so that a step is right for any number of people. In Chinese
the amount follows the item: `鸡蛋 3个，打散`, and there are {8分钟}, {180度}, {中心75度}. Diets,
allergens and nutrition are computed from the ingredients, so each must be in foods.csv.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml

from .foods import ALLERGENS
from .lines import fact, ingredient, used
from .recipe import Ingredient, Recipe, Step

T = TypeVar("T")

_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's loader where it is there: ten times as fast. A recipe that refers to itself ends in the
check of types: no field holds more than texts."""

COURSES = (
    "main", "breakfast", "starter", "soup", "salad", "side", "dessert", "snack", "baking", "drink",
    "sauce",
)  # fmt: skip
SEASONS = ("spring", "summer", "autumn", "winter")
LEVELS = ("easy", "medium", "hard")
LARGEST = 64_000
"""Bytes of a recipe file; more is no recipe."""

_KEYS = {
    "title": str, "also": list, "serves": int, "prep": int, "cook": int, "level": str,
    "course": list,
    "cuisine": str, "season": list, "ingredients": str, "steps": str, "safety": str, "swaps": str,
    "keeps": str, "about": str, "contains": list,
}  # fmt: skip
_NEEDED = ("title", "serves", "prep", "cook", "ingredients", "steps")
_BRACES = re.compile(r"\{([^{}]*)\}")
_WORDS = {str: "a text", int: "a whole number", list: "a list, like [a, b]"}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a recipe, and where."""

    name: str
    line: int | None
    what: str

    def __str__(self) -> str:
        return f"{self.name}:{self.line}: {self.what}" if self.line else f"{self.name}: {self.what}"


class BadRecipe(Exception):
    """A file that is no recipe of ours; skipped and reported."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def read(path: Path, language: str, source: str = "ours") -> Recipe:
    """The recipe in a file. Raises BadRecipe."""
    try:
        raw = path.read_bytes()
        if len(raw) > LARGEST:
            raise BadRecipe([Problem(path.name, None, "larger than 64 kB")])
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadRecipe([Problem(path.name, line, "not UTF-8: save it as UTF-8")]) from error
    except OSError as error:
        raise BadRecipe([Problem(path.name, None, f"cannot be read ({error})")]) from error
    return read_text(text, path.stem, language, source, name=path.name)


def read_text(
    text: str,
    id: str,  # noqa: A002
    language: str,
    source: str = "ours",
    *,
    name: str = "",
) -> Recipe:
    """The recipe in a YAML text. Raises BadRecipe."""
    name = name or id
    try:
        loader = _SafeLoader(text)
        node = loader.get_single_node()
        values = loader.construct_document(node) if node else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise BadRecipe([Problem(name, line, error.problem or "not YAML")]) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise BadRecipe([Problem(name, None, f"not YAML ({error})")]) from error
    if not isinstance(values, dict):
        raise BadRecipe([Problem(name, 1, "a recipe starts with `title:`")])
    lines = {key.value: value.start_mark.line + 1 for key, value in node.value}
    return _Reader(name, language, lines, ours=source == "ours").recipe(values, id, source)


class _Reader:
    """Turns the values of one file into a recipe, collecting what is wrong on the way."""

    def __init__(self, name: str, language: str, lines: Mapping[str, int], *, ours: bool) -> None:
        self.name = name
        self.ours = ours
        self.language = language
        self.lines = lines
        self.problems: list[Problem] = []

    def wrong(self, key: str, what: str, offset: int = 0) -> None:
        line = self.lines.get(key)
        self.problems.append(Problem(self.name, line + offset if line else None, what))

    def recipe(self, values: dict[str, Any], id: str, source: str) -> Recipe:  # noqa: A002
        self._check_keys(values)
        if self.problems:
            raise BadRecipe(self.problems)
        ingredients = self._each_line(values, "ingredients", self._ingredient)
        steps = self._each_line(values, "steps", lambda t, n: self._step(t, n, ingredients))
        if self.problems or not ingredients or not steps:
            raise BadRecipe(self.problems or [Problem(self.name, 1, "no ingredients or no steps")])
        return Recipe(
            id=id,
            language=self.language,
            title=values["title"],
            aliases=tuple(map(str, values.get("also", ()))),
            servings=values["serves"],
            prep=values["prep"],
            cook=values["cook"],
            difficulty=values.get("level", "easy"),
            courses=tuple(values.get("course", ["main"])),
            cuisine=values.get("cuisine", ""),
            seasons=tuple(values.get("season", ())),
            ingredients=tuple(ingredients),
            steps=tuple(steps),
            contains=frozenset(values.get("contains", ())),
            safety=values.get("safety", ""),
            swaps=values.get("swaps", ""),
            storage=values.get("keeps", ""),
            about=values.get("about", ""),
            source=source,
            foods=frozenset(i.food for i in ingredients if i.food),
        )

    def _check_keys(self, values: dict[str, Any]) -> None:
        for key in _NEEDED:
            if key not in values:
                self.problems.append(Problem(self.name, None, f"`{key}` is missing"))
        for key, value in values.items():
            wanted = _KEYS.get(key)
            if wanted is None:
                self.wrong(key, f"`{key}` is no field of a recipe")
            elif not isinstance(value, wanted) or value == "" or isinstance(value, bool):
                self.wrong(key, f"`{key}` must be {_WORDS[wanted]}")
            elif isinstance(value, list) and not all(isinstance(each, str) for each in value):
                self.wrong(key, f"`{key}` must be a list of texts")
        for key, allowed in (("course", COURSES), ("season", SEASONS), ("contains", ALLERGENS)):
            for value in values.get(key) or ():
                if value not in allowed:
                    self.wrong(key, f"`{key}`: '{value}' is none of {', '.join(allowed)}")
        if values.get("level", "easy") not in LEVELS:
            self.wrong("level", f"`level` is none of {', '.join(LEVELS)}")
        if isinstance(values.get("serves"), int) and not 1 <= values["serves"] <= 60:
            self.wrong("serves", "`serves` must be 1 to 60")

    def _each_line(self, values: Any, key: str, read: Callable[[str, int], T]) -> list[T]:
        lines = values[key].split("\n")
        return [read(line.strip(), n + 1) for n, line in enumerate(lines) if line.strip()]

    def _ingredient(self, line: str, offset: int) -> Ingredient:
        found = ingredient(line, self.language)
        if found.food is None and self.ours:
            self.wrong("ingredients", f"'{found.item}' is not in foods.csv", offset)
        return found

    def _step(self, line: str, offset: int, ingredients: list[Ingredient]) -> Step:
        text, _, sign = (part.strip() for part in line.partition("//"))
        uses: list[int] = []
        facts: dict[str, Any] = {}

        def replaced(match: re.Match[str]) -> str:
            inside = match[1].strip()
            if said := fact(inside, self.language, facts):
                return said
            place = used(inside, ingredients, self.language)
            if place is None:
                self.wrong("steps", f"{{{inside}}} is neither an ingredient nor a time", offset)
            elif place not in uses:
                uses.append(place)
            return inside

        return Step(
            text=_BRACES.sub(replaced, text),
            sign=_BRACES.sub(replaced, sign),
            uses=tuple(uses),
            **facts,
        )
