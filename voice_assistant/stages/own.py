"""Our own templates: of words that no skill owns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from voice_assistant.intents import Intent, Sentences
from voice_assistant.template import Template
from voice_assistant.templates import Compiler
from voice_assistant.texts import read_yaml


@cache
def own(name: str) -> Mapping[str, Any]:
    """A file of our own templates."""
    text = files("voice_assistant").joinpath("data", f"{name}.yaml").read_text("utf-8")
    loaded: Mapping[str, Any] = read_yaml(text)
    return loaded


@cache
def patterns(name: str, language: str) -> tuple[re.Pattern[str], ...]:
    """Our own templates of a language as regular expressions."""
    templates = tuple(Template(line, {}) for line in own(name)[language])
    compiler = Compiler(Sentences(skill=name, language=language), {})
    return tuple(each.regex for each in compiler.compile(Intent(name=name, templates=templates)))


def is_halt(text: str, language: str) -> bool:
    """Whether a normalised text is a "stop" and nothing else."""
    return any(pattern.fullmatch(text) for pattern in patterns("halt", language))


def is_control(text: str, language: str) -> bool:
    """Whether a normalised text is obeyed without the wake word while music plays."""
    return any(pattern.fullmatch(text) for pattern in patterns("controls", language))
