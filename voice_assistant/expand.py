"""Sentences a template stands for, drawn at random: what the statistical match learns from."""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    Permutation,
    RuleReference,
    TextChunk,
)

from voice_assistant.template import Template
from voice_assistant.texts import read_yaml


@cache
def fillers(language: str) -> Mapping[str, list[str]]:
    """Things to say for a slot, by its kind or name."""
    path = files("voice_assistant").joinpath("data", f"fillers_{language}.yaml")
    loaded: dict[str, list[str]] = read_yaml(path.read_text("utf-8"))
    return loaded


class Sampler:
    """Draws sentences from the templates of one skill and language."""

    def __init__(
        self,
        language: str,
        rules: Mapping[str, Template],
        vocabulary: Mapping[str, Mapping[str, str]],
        random: Random,
    ) -> None:
        self.language = language
        self.rules = rules
        self.vocabulary = vocabulary
        self.random = random

    def draw(self, template: Template) -> str:
        """One sentence of a template."""
        drawn = template.text if template.is_plain else self._draw(template.expression)
        return " ".join(drawn.split())

    def several(self, template: Template, times: int) -> set[str]:
        """Sentences of a template, drawn so many times."""
        return {self.draw(template) for _ in range(1 if template.is_plain else times)}

    def _draw(self, part: Expression) -> str:
        if isinstance(part, TextChunk):
            return part.original_text
        if isinstance(part, Permutation):
            items = self.random.sample(part.items, len(part.items))
            return "".join(self._draw(item) for item in items)
        if isinstance(part, Alternative):
            return self._draw(self.random.choice(part.items))
        if isinstance(part, Group):
            return "".join(self._draw(item) for item in part.items)
        if isinstance(part, RuleReference):
            return self._draw(self.rules[part.rule_name].expression)
        if isinstance(part, ListReference):
            return self._fill(part)
        raise TypeError(part)

    def _fill(self, slot: ListReference) -> str:
        known: Any = self.vocabulary.get(slot.list_name)
        if known:
            return str(self.random.choice(list(known)[:500]))
        choices = fillers(self.language)
        named = choices.get(slot.list_name) or choices.get(slot.slot_name) or choices["free"]
        return str(self.random.choice(named))


BARE = 0.6
"""How often an outline goes without what may be left out: most people are brief."""


class Outliner(Sampler):
    """Draws sentences with `gap` where a slot is, and `free` where it takes any text: where it is
    none of the `known` kinds and lists."""

    gap, free = "qqq", "xqx"  # letters: they are to outlast normalising

    def __init__(
        self, language: str, rules: Mapping[str, Template], random: Random, known: Container[str]
    ) -> None:
        super().__init__(language, rules, {}, random)
        self.known = known

    def _draw(self, part: Expression) -> str:
        if isinstance(part, Alternative) and part.is_optional and self.random.random() < BARE:
            return ""
        return super()._draw(part)

    def _fill(self, slot: ListReference) -> str:
        return f" {self.gap if slot.list_name in self.known else self.free} "
