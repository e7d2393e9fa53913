"""The assistant as far as it answers about itself and can be told to change: a service for skills."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice, zip_longest
from typing import Any

from voice_assistant import settings as files
from voice_assistant.plugins import Skills
from voice_assistant.session import Session
from voice_assistant.settings import Settings

EACH = 3
"""Intents of each skill that examples are told of: the first ones are what it is there for."""


class About:
    """What the `assistant` skill may see and change."""

    def __init__(
        self,
        settings: Settings,
        skills: Skills,
        session: Session,
        *,
        effects: Mapping[str, Callable[[Any], None]],
        deafen: Callable[[bool], None],
    ) -> None:
        """`effects` put a changed setting into effect at once, by key; all others wait for the next
        start. `deafen` closes or opens the ears."""
        self._changed: dict[str, Any] = {}
        self._settings = settings
        self._skills = skills
        self._session = session
        self._effects = effects
        self._deafen = deafen

    def examples(self, language: str) -> Sequence[str]:
        """Sentences that the installed skills answer, from their own tests: what each is there for
        before its finer points, the skills in any order."""
        heads = [[texts[0] for texts in islice(intents, EACH)] for intents in self._tests(language)]
        random.shuffle(heads)
        return [text for turns in zip_longest(*heads) for text in turns if text]

    def every_example(self, language: str) -> Sequence[str]:
        """All such sentences, in the order of the skills."""
        return [text for intents in self._tests(language) for texts in intents for text in texts]

    def title(self, skill: str, intent: str, language: str) -> str:
        """A few words for what an intent does, as they are said; empty where it has none."""
        each = self._skills.loaded.get(skill)
        sentences = each.sentences.get(language) if each else None
        found = sentences.intents.get(intent) if sentences else None
        return found.title if found else ""

    def _tests(self, language: str) -> Iterator[Iterator[list[str]]]:
        """The sentences of each skill's own tests that can be said at any time, by intent, in the
        order of the file."""
        for each in self._skills.working().values():
            if sentences := each.sentences.get(language):
                yield (
                    [test.text for test in intent.tests]
                    for intent in sentences.intents.values()
                    if intent.when == "always" and intent.tests
                )

    def get(self, key: str) -> Any:
        """A setting, such as `speaking.pace`."""
        if key in self._changed:
            return self._changed[key]
        value: Any = self._settings
        for part in key.split("."):
            value = getattr(value, part)
        return value

    def change(self, key: str, value: Any) -> None:
        """Change a setting, now and for good. Raises SettingsError or StoreError."""
        files.keep(key, value)
        self._changed[key] = value
        if effect := self._effects.get(key):
            effect(value)

    def meanwhile(self, key: str, value: Any) -> None:
        """Put a value of a setting into effect, and keep the setting: for the one who speaks."""
        if effect := self._effects.get(key):
            effect(self.get(key) if value is None else value)

    def forget(self, since: datetime) -> int:
        """Delete what was said from then on; how many turns it was."""
        kept = [turn for turn in self._session.turns if turn.when < since]
        count = len(self._session.turns) - len(kept)
        self._session.turns.clear()
        self._session.turns.extend(kept)
        return count

    def privacy(self, on: bool) -> None:
        """Close or open the microphone."""
        self._deafen(on)
