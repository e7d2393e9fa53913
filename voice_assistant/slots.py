"""Slots of a request that was understood by likeness, not word for word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from rapidfuzz import fuzz, process

from voice_assistant import values
from voice_assistant.intents import Intent
from voice_assistant.templates import Templates

NEAR = 90
"""How alike (rapidfuzz partial ratio) a part of the utterance must be to an entry of a list."""

SHORTEST = {"en": 3, "zh": 2}
"""Characters an entry must have to be looked for inside an utterance."""


def fill(
    templates: Templates, skill: str, intent: Intent, text: str, now: Callable[[], datetime]
) -> dict[str, Any]:
    """What can be told of the intent's slots from anywhere in the utterance: first as one of its
    templates has it, with more words around; then typed values and entries of lists alone (each
    once: what was said once does not fill a second slot)."""
    found = templates.inside(skill, intent, text, now)
    if found is not None:
        return dict(found)
    slots: dict[str, Any] = {}
    filled: set[str] = set()
    for name, kind in templates.slots(skill, intent).items():
        value = None if kind in filled else _value(templates, skill, kind, text, now)
        if value is not None:
            slots[name] = value
            filled.add(kind)
    return slots


def _value(
    templates: Templates, skill: str, kind: str, text: str, now: Callable[[], datetime]
) -> Any:
    if kind in values.KINDS:
        said = values.find(kind, text, templates.language, now())
        return said[0].value if len(said) == 1 else None
    if kind.startswith("list:"):
        return _entry(templates.lists[skill][kind.removeprefix("list:")], text, templates.language)
    return None


def _entry(entries: Mapping[str, str], text: str, language: str) -> str | None:
    near = process.extract(
        text, entries.keys(), scorer=fuzz.partial_ratio, score_cutoff=NEAR, limit=None
    )
    found = [
        (alike, len(said), said)
        for said, alike, _ in near
        if SHORTEST[language] <= len(said) <= len(text)
    ]
    return entries[max(found, key=lambda each: each[:2])[2]] if found else None
