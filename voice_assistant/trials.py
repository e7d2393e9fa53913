"""The tests that skills bring with their sentences, run against all skills."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from voice_assistant.intents import Intent, Sentences
from voice_assistant.normal import core, normalise
from voice_assistant.templates import Reading, Templates
from voice_assistant.values import plain


def failures(
    templates: Templates, language: str, sentences: Sentences, now: Callable[[], datetime]
) -> Iterator[str]:
    """What fails of a skill's tests, a sentence each."""
    for intent in sentences.intents.values():
        for test in intent.tests:
            where = f"{sentences.skill}/{language}.yaml, {intent.name}: '{test.text}'"
            reading = _best(templates, language, test.text, sentences.skill, intent, now)
            if reading is None:
                yield f"{where} is matched by no template."
            elif (reading.skill, reading.intent.name) != (sentences.skill, intent.name):
                whose = "another intent" if reading.skill == sentences.skill else "another skill"
                yield f"{where} goes to {whose}: {reading.skill}.{reading.intent.name}."
            else:
                yield from (f"{where}: {wrong}" for wrong in _differences(test.slots, reading))


def _best(
    templates: Templates,
    language: str,
    text: str,
    skill: str,
    wanted: Intent,
    now: Callable[[], datetime],
) -> Reading | None:
    whole = normalise(text, language)

    def open_to(other: str, intent: Intent) -> bool:
        return intent.when == "always" or (other == skill and intent.when == wanted.when)

    found = [
        reading
        for said in dict.fromkeys((core(whole, language), whole))
        for reading in templates.match(said, now, open_to)
    ]
    return max(found, key=lambda reading: (reading.literal, reading.skill == skill), default=None)


def _differences(expected: Mapping[str, Any], reading: Reading) -> Iterator[str]:
    for name, value in expected.items():
        got = plain(reading.slots.get(name))
        if isinstance(value, dict) and isinstance(got, dict):
            got = {key: got.get(key) for key in value}
        if got != value and not (
            isinstance(got, str) and normalise(got, "en") == normalise(str(value), "en")
        ):
            yield f"slot {name} is {got!r}, not {value!r}."
