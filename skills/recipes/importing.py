"""The household's own recipes, from Markdown, Cooklang, schema.org JSON-LD and plain text.

It becomes a file of our own format in the household's folder, to be corrected by hand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from voice_assistant.errors import VoiceAssistantError
from voice_assistant.folders import file_name, write_text
from voice_assistant.normal import language_of

from .linking import assemble
from .reading import LARGEST
from .recipe import Recipe

_INGREDIENTS = re.compile(r"^(?:ingredients?|you need|用料|材料|食材|配料|原料)\b", re.IGNORECASE)
_STEPS = re.compile(
    r"^(?:method|steps?|directions?|instructions?|preparation|做法|步骤|制作)\b", re.IGNORECASE
)
_AMOUNT = re.compile(r"^[-*•·\s]*(?:\d|[½¼¾⅓⅔⅛]|a (?:pinch|handful|knob)\b)", re.IGNORECASE)
_LIST = re.compile(r"^\s*(?:[-*•·]|\d+[.)、])\s*")
_SERVES = re.compile(
    r"(?:serves|servings|yields?|makes|份量|份数)\D{0,5}(\d+)|(\d+)\s*(?:人份|servings)",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"(\d+)\s*(?:min|分钟)", re.IGNORECASE)
_ISO = re.compile(r"P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?", re.IGNORECASE)


@dataclass
class Draft:
    """What was found in a file."""

    title: str = ""
    servings: int = 2
    minutes: int = 0
    ingredients: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)


def import_file(path: Path, folder: Path) -> list[Path]:
    """Take the recipes of a file into the household's folder (`Home.folder` of the skill); the new
    files. Raises VoiceAssistantError with what is wrong."""
    try:
        text = path.read_bytes()[: LARGEST * 16].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise VoiceAssistantError(f"{path.name} is not UTF-8: save it as UTF-8.") from error
    except OSError as error:
        raise VoiceAssistantError(f"{path} cannot be read ({error.strerror}).") from error
    written = []
    for draft in drafts(text, path.suffix.lower(), path.stem):
        recipe = draft_recipe(draft, path.name)
        target = folder / recipe.language / f"{file_name(recipe.title)}.yaml"
        write_text(target, as_yaml(recipe, draft))
        written.append(target)
    if not written:
        raise VoiceAssistantError(f"{path.name} holds no recipe that could be read.")
    return written


def drafts(text: str, suffix: str, name: str) -> Iterator[Draft]:
    """The recipes in a text, by the kind of file."""
    if suffix in {".json", ".jsonld", ".html", ".htm"}:
        yield from _json_ld(text)
    elif suffix in {".cook", ".cooklang"}:
        yield _cooklang(text, name)
    else:
        yield _plain(text)


def draft_recipe(draft: Draft, name: str) -> Recipe:
    """The recipe of a draft. Raises VoiceAssistantError where something is missing."""
    for what in ("title", "ingredients", "steps"):
        if not getattr(draft, what):
            raise VoiceAssistantError(f"{name}: no {what} found.")
    return assemble(
        id=file_name(draft.title),
        title=draft.title,
        language=language_of(draft.title + "".join(draft.ingredients)),
        servings=draft.servings,
        minutes=draft.minutes,
        ingredients=draft.ingredients,
        steps=draft.steps,
        source="yours",
    )


def as_yaml(recipe: Recipe, draft: Draft) -> str:
    """A recipe in the format of reading.py."""
    lines = [
        f"title: {json.dumps(recipe.title, ensure_ascii=False)}",
        f"serves: {recipe.servings}",
        f"prep: {recipe.prep}",
        f"cook: {recipe.cook}",
        "ingredients: |",
        *(f"  {_bare(line)}" for line in draft.ingredients if line.strip()),
        "steps: |",
        *(f"  {_bare(line)}" for line in draft.steps if line.strip()),
    ]
    return "\n".join(lines) + "\n"


def _bare(line: str) -> str:
    """One line without list marks and without what braces and slashes mean in a recipe."""
    return " ".join(_LIST.sub("", line).replace("//", ";").translate({123: 40, 125: 41}).split())


# -- Markdown and plain text ----------------------------------------------------------------------


def _plain(text: str) -> Draft:
    """Title first; then what headings say, or lines that start with an amount as ingredients."""
    draft, section = Draft(), ""
    for raw in text.splitlines():
        line = raw.strip().strip("#").strip()
        if not line or line == "---":
            continue
        if not draft.title:
            draft.title = line.strip("*_ ")
        elif _INGREDIENTS.match(line):
            section = "ingredients"
        elif _STEPS.match(line):
            section = "steps"
        else:
            _line(draft, line, section)
    return draft


def _line(draft: Draft, line: str, section: str) -> None:
    if found := _SERVES.search(line):
        draft.servings = int(found[1] or found[2])
        if len(line) < 40:
            return
    if section == "ingredients" or (not section and _AMOUNT.match(line)):
        draft.ingredients.append(
            _LIST.sub("", line) if not _AMOUNT.match(line) else line.lstrip("-*•· ")
        )
    elif section == "steps" or draft.ingredients:
        draft.steps.append(_LIST.sub("", line))
    elif found := _MINUTES.search(line):
        draft.minutes = int(found[1])


# -- Cooklang --------------------------------------------------------------------------------

_COOK_ITEM = re.compile(r"@([^@#~{}\n]+?)\{([^}]*)\}|@([\w-]+)")
_COOK_TIMER = re.compile(r"~[^{}\n]*\{([^}]*)\}")
_COOK_POT = re.compile(r"#([^@#~{}\n]+?)\{[^}]*\}|#([\w-]+)")


def _cooklang(text: str, name: str) -> Draft:
    """Cooklang: `@item{amount%unit}`, `~{time%unit}`, `#pot{}`, `>> key: value`, `-- comment`."""
    draft = Draft(title=name.replace("-", " ").replace("_", " ").strip().capitalize())
    text = re.sub(r"\[-.*?-\]", "", text, flags=re.DOTALL)
    for raw in text.splitlines():
        line = raw.split("--")[0].strip()
        if meta := re.match(r">>\s*(\w[\w ]*):\s*(.+)|(servings|title):\s*(.+)", line):
            _cook_meta(draft, (meta[1] or meta[3]).strip().lower(), (meta[2] or meta[4]).strip())
        elif line:
            draft.steps.append(_cook_step(draft, line))
    return draft


def _cook_meta(draft: Draft, key: str, value: str) -> None:
    if key == "title":
        draft.title = value
    elif key in {"servings", "serves"} and (found := re.search(r"\d+", value)):
        draft.servings = int(found[0])


def _cook_step(draft: Draft, line: str) -> str:
    def item(match: re.Match[str]) -> str:
        name = (match[1] or match[3]).strip()
        amount = (match[2] or "").replace("%", " ").strip()
        draft.ingredients.append(f"{amount} {name}".strip())
        return name

    line = _COOK_ITEM.sub(item, line)
    line = _COOK_TIMER.sub(lambda m: m[1].replace("%", " "), line)
    return _COOK_POT.sub(lambda m: m[1] or m[2], line)


# -- schema.org --------------------------------------------------------------------------------


def _json_ld(text: str) -> Iterator[Draft]:
    """Recipes in JSON-LD, alone or inside a page."""
    scripts = re.findall(r"<script[^>]*application/ld\+json[^>]*>(.*?)</script>", text, re.DOTALL)
    for source in scripts or [text]:
        try:
            found = json.loads(source)
        except ValueError:
            continue
        yield from (_schema(each) for each in _recipes_in(found))


def _recipes_in(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for each in value:
            yield from _recipes_in(each, depth + 1)
    elif isinstance(value, dict):
        kind = value.get("@type", "")
        if kind == "Recipe" or (isinstance(kind, list) and "Recipe" in kind):
            yield value
        yield from _recipes_in(value.get("@graph", []), depth + 1)


def _schema(found: dict[str, Any]) -> Draft:
    serves = re.search(r"\d+", str(found.get("recipeYield", "")))
    return Draft(
        title=str(found.get("name", "")).strip(),
        servings=int(serves[0]) if serves else 2,
        minutes=_iso(found.get("totalTime")) or _iso(found.get("cookTime")),
        ingredients=[_text(each) for each in found.get("recipeIngredient", [])],
        steps=list(_instructions(found.get("recipeInstructions", []))),
    )


def _instructions(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (part for part in map(_text, re.split(r"\n+", value)) if part)
    elif isinstance(value, dict):
        yield from _instructions(value.get("itemListElement") or value.get("text") or "")
    elif isinstance(value, Sequence):
        for each in value:
            yield from _instructions(each)


def _text(value: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", str(value)).split())


def _iso(value: Any) -> int:
    match = _ISO.fullmatch(str(value or ""))
    days, hours, minutes = (int(g or 0) for g in match.groups()) if match else (0, 0, 0)
    return days * 1440 + hours * 60 + minutes
