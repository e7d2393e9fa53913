"""Our own templates: of words that no skill owns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from voice_assistant.intents import Intent, Sentences
from voice_assistant.template import Template
from voice_assistant.templates import Compiler, Pattern
from voice_assistant.texts import read_yaml


@cache
def own(name: str) -> Mapping[str, Any]:
    """A file of our own templates."""
    text = files("voice_assistant").joinpath("data", f"{name}.yaml").read_text("utf-8")
    loaded: Mapping[str, Any] = read_yaml(text)
    return loaded


@cache
def _patterns(name: str, language: str) -> tuple[Pattern, ...]:
    """Our own templates of a language. They share the file's rules."""
    rules = {rule: Template(text, {}) for rule, text in own(name).get("rules", {}).items()}
    templates = tuple(Template(line, rules) for line in own(name)[language])
    compiler = Compiler(Sentences(skill=name, language=language, rules=rules), {})
    return tuple(compiler.compile(Intent(name=name, templates=templates)))


def rests(name: str, text: str, language: str) -> Iterator[str]:
    """What stands for `{rest}` in each of our own templates that a normalised text is."""
    yield from (rest for rest, _ in corrections(name, text, language))


def corrections(name: str, text: str, language: str) -> Iterator[tuple[str, str]]:
    """What stands for `{rest}`, and for `{wrong}` (empty where nothing does)."""
    for pattern in _patterns(name, language):
        if match := pattern.regex.fullmatch(text):
            said = {
                slot.name: match[group].strip()
                for group, slot in pattern.slots.items()
                if match[group]
            }
            if rest := said.get("rest"):
                yield rest, said.get("wrong", "")


def is_halt(text: str, language: str) -> bool:
    """Whether a normalised text is a "stop" and nothing else."""
    return _is(text, "halt", language)


def is_control(text: str, language: str) -> bool:
    """Whether a normalised text is obeyed without the wake word while music plays."""
    return _is(text, "controls", language)


def _is(text: str, name: str, language: str) -> bool:
    return any(pattern.regex.fullmatch(text) for pattern in _patterns(name, language))
