"""Whether a story that was heard is whole, holds what was asked for, and keeps its names.

Each judgement looks for the words of the plan, or of the tale as it was written, in what was heard:
it shares no code with what wove them.
"""

from __future__ import annotations

import re

from . import tales
from .audience import Heard
from .kit import kit
from .plan import from_json
from .weave import weave

_MARKED = re.compile(r"\{[^}]*\}|\[[^\]]*\]|@\w+|[+?\n\"“”]")
SCENES = 2
"""In so many scenes at least what was asked for must be."""


def ended(heard: Heard) -> bool:
    """Whether the whole story was heard, its turn too, and its own ending last."""
    lines = [line.text for line in heard.story.lines]
    if not heard.finished or [text for _, text in heard.lines] != lines:
        return False
    last = len(heard.story.scenes) - 1
    plan = heard.story.plan
    if plan is None:
        end = _tale(heard).text.rstrip().split("\n\n")[-1]
        return _literal(end) in squeezed(heard.of(last))
    names = [scene.name for scene in heard.story.scenes]
    parts = kit(heard.story.language)
    problem = parts.part("problems", plan["problem"])
    brief = "try0" not in names
    solved = problem["brief"][1] if brief else problem["solution"]
    result = problem["brief"][1] if brief else problem["result"]
    return (
        names[0] == "open"
        and names[-2:] == ["turn", "end"]
        and _literal(solved) in squeezed(heard.of(last - 1))
        and _literal(result) in squeezed(heard.of(last - 1 if brief else last))
    )


def present(heard: Heard, what: str, word: str) -> bool:
    """Whether something that was asked for is told of by name, and in more than one scene."""
    scenes = [heard.of(number) for number, _ in enumerate(heard.story.scenes)]
    plan = heard.story.plan
    if plan is None:
        return False
    if what == "lesson":
        return _teaches(heard, word)
    who = {"hero": "hero", "friend": "companion"}.get(what)
    name = heard.story.cast[who].name if who else plan["named"]
    kind = [word in scene.lower() for scene in scenes]
    named = [name in scene for scene in scenes]
    if who is None:  # a place goes by its kind too: the moon
        return any(kind) and sum(map(any, zip(kind, named, strict=True))) >= SCENES
    return any(kind) and sum(named) >= SCENES


def _teaches(heard: Heard, word: str) -> bool:
    plan = heard.story.plan
    if plan is None:
        return False
    lesson = kit(heard.story.language).part("lessons", plan["lesson"])
    turns = [lesson["brief"], *lesson["turn"]]
    text = squeezed(heard.text)
    told = any(_literal(each) in text for each in turns)
    return word in lesson["words"] and told


def names_hold(heard: Heard) -> bool:
    """Whether the hero is named throughout, and nobody goes by a name that is not in the cast."""
    scenes = [heard.of(number) for number, _ in enumerate(heard.story.scenes)]
    cast = " ".join(who.name for who in heard.story.cast.values())
    if heard.story.plan is None:
        return heard.story.hero.name in heard.text
    heroes = kit(heard.story.language).heroes["names"]
    known = [name for pronoun, pool in heroes.items() if pronoun != "它" for name in pool]
    strangers = [name for name in known if name not in cast and _named(name, heard.text)]
    return sum(heard.story.hero.name in scene for scene in scenes) >= SCENES and not strangers


def _named(name: str, text: str) -> bool:
    pattern = rf"\b{name}\b" if name.isascii() else name
    return re.search(pattern, text) is not None


def added(heard: Heard) -> list[str]:
    """Lines that a language model put in."""
    if heard.story.plan is None:
        return []
    own = {line.text for line in weave(from_json(heard.story.plan)).lines}
    return [text for _, text in heard.lines if text not in own]


def _tale(heard: Heard) -> tales.Tale:
    return next(
        tale for tale in tales.library(heard.story.language) if tale.name == heard.story.parts[0]
    )


def _literal(text: str) -> str:
    """The longest stretch of a marked-up text that is always told as it stands, without spaces."""
    needed = [each for each in text.split("\n\n") if not each.strip().startswith("+")]
    return squeezed(max(_MARKED.split("\n".join(needed)), key=len))


def squeezed(text: str) -> str:
    """A text without spaces: where lines are joined matters to nobody who listens."""
    return "".join(text.split())
