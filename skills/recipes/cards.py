"""A recipe to read, print and keep: a card in Markdown and as a clean page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from voice_assistant.folders import file_name, write_text

from . import amounts, wording
from .amounts import data
from .cooking import Dish
from .diets import traits
from .lexis import say
from .recipe import Recipe

FROM = {"wikibooks": "Wikibooks Cookbook, CC BY-SA 4.0"}
"""Whose sentences they are, where their licence asks to be told."""


def _labels(language: str) -> dict[str, str]:
    found: dict[str, str] = data("card")[language]
    return found


def _facts(dish: Dish) -> dict[str, Any]:
    recipe, label = dish.recipe, _labels(dish.recipe.language)
    portion = traits(recipe).nutrition
    language = recipe.language
    comma = "、" if language == "zh" else ", "
    return {
        "line": comma.join(
            [
                wording.people(dish.servings, language),
                wording.minutes(recipe.minutes, language),
                say(recipe.difficulty, language),
            ]
        ),
        "ingredients": [_line(dish, place) for place in range(len(recipe.ingredients))],
        "steps": [
            step.text + (f" {label['sign']}{step.sign}" if step.sign else "")
            for step in recipe.steps
        ],
        "notes": [f"{label[key]}{text}" for key, text in _notes(recipe, comma) if text],
        "nutrition": label["nutrition"].format(
            kcal=round(portion.kcal),
            protein=round(portion.protein),
            fat=round(portion.fat),
            carbs=round(portion.carbs),
            fibre=round(portion.fibre),
            salt=f"{portion.sodium * 2.54 / 1000:.1f}",
        ),
        "invented": label["invented"] if recipe.source == "invented" else "",
    }


def _notes(recipe: Recipe, comma: str) -> Iterator[tuple[str, str]]:
    """What is good to know of a dish, each with the key of its label."""
    inside = (say(each, recipe.language) for each in sorted(traits(recipe).allergens))
    yield "safety", recipe.safety
    yield "swaps", recipe.swaps
    yield "keeps", recipe.storage
    yield "contains", comma.join(inside)
    yield "source", FROM.get(recipe.source, "")


def _line(dish: Dish, place: int) -> str:
    each = dish.recipe.ingredients[place]
    language = dish.recipe.language
    amount = amounts.written(dish.amount(each), language)
    comma = "，" if language == "zh" else ", "
    text = f"{each.item} {amount}" if language == "zh" else f"{amount} {each.item}"
    text = text.strip() + (f"{comma}{each.prep}" if each.prep else "")
    return f"{text} {_labels(language)['optional']}" if each.optional else text


def markdown(dish: Dish) -> str:
    """The card in Markdown."""
    facts, label = _facts(dish), _labels(dish.recipe.language)
    lines = [f"# {dish.recipe.title}", "", f"*{facts['line']}*", ""]
    if facts["invented"]:
        lines += [facts["invented"], ""]
    lines += [f"## {label['ingredients']}", "", *(f"- {each}" for each in facts["ingredients"]), ""]
    lines += [f"## {label['steps']}", ""]
    lines += [f"{n}. {text}" for n, text in enumerate(facts["steps"], 1)]
    lines += ["", *(f"{note}  " for note in facts["notes"]), facts["nutrition"], ""]
    return "\n".join(lines)


_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<style>
body {{ font: 12pt/1.5 Georgia, "Noto Serif CJK SC", serif }}
body {{ max-width: 40rem; margin: 2rem auto; padding: 0 1rem }}
h1 {{ margin-bottom: 0 }} .line, .note {{ color: #444 }} li {{ margin: .3rem 0 }}
@media print {{ body {{ margin: 0 }} ol, ul {{ break-inside: avoid }} }}
</style></head><body>
<h1>{title}</h1><p class="line">{line}</p>{invented}
<h2>{ingredients_label}</h2><ul>{ingredients}</ul>
<h2>{steps_label}</h2><ol>{steps}</ol>
{notes}</body></html>
"""


def html(dish: Dish) -> str:
    """The card as a page of its own, without anything to fetch."""
    facts, label = _facts(dish), _labels(dish.recipe.language)
    notes = [*facts["notes"], facts["nutrition"]]
    return _PAGE.format(
        language=dish.recipe.language,
        title=escape(dish.recipe.title),
        line=escape(facts["line"]),
        invented=f"<p><strong>{escape(facts['invented'])}</strong></p>"
        if facts["invented"]
        else "",
        ingredients_label=escape(label["ingredients"]),
        steps_label=escape(label["steps"]),
        ingredients="".join(f"<li>{escape(each)}</li>" for each in facts["ingredients"]),
        steps="".join(f"<li>{escape(each)}</li>" for each in facts["steps"]),
        notes="".join(f'<p class="note">{escape(note)}</p>' for note in notes),
    )


def write(dish: Dish, folder: Path) -> Path:
    """Keep both cards in a folder; the path of the Markdown one."""
    path = folder / f"{file_name(dish.recipe.title)}.md"
    write_text(path, markdown(dish))
    write_text(path.with_suffix(".html"), html(dish))
    return path
