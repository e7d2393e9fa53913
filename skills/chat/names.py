"""What somebody is called, as it came up in the talk: "my daughter is called Mia"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from voice_assistant.texts import read_yaml


class Names:
    """Who is called what, until the program ends: on disk is only what one asks to remember."""

    def __init__(self) -> None:
        self._names: dict[str, list[str]] = {}
        self._last = ""
        """Of whom the talk was when "her name is" was said."""

    def note(self, text: str, language: str) -> None:
        """Keep what an utterance says that somebody is called; what was said before is corrected."""
        for told in _patterns("told", language):
            if found := told.search(text):
                who = found.groupdict().get("who") or self._last
                if who:
                    self._keep(who.lower(), found["name"].capitalize(), text, language)
                return
        if mentioned := _who(language).search(text):
            self._last = mentioned[0].lower()

    def _keep(self, who: str, name: str, text: str, language: str) -> None:
        before = self._names.get(who, [])
        more = re.search(_data(language)["another"], text, re.IGNORECASE)
        self._names[who] = [*before, name] if more and name not in before else [name]
        self._last = who

    def asked(self, text: str, language: str) -> tuple[str, list[str]] | None:
        """Who a question for a name is about, and what they are called; None for all else."""
        for asked in _patterns("asked", language):
            if (found := asked.search(text)) and found["who"].lower() in self._names:
                return found["who"].lower(), self._names[found["who"].lower()]
        if found := re.search(_data(language)["whose"], text, re.IGNORECASE):
            for who, names in self._names.items():
                if found["name"].capitalize() in names:
                    return who, [found["name"].capitalize()]
        return None

    def mentioned(self, text: str, language: str) -> list[tuple[str, str]]:
        """Those an utterance is about, with their names, as far as it does not say them itself."""
        whos = dict.fromkeys(found[0].lower() for found in _who(language).finditer(text))
        return [
            (who, name)
            for who in whos
            for name in self._names.get(who, ())
            if name.lower() not in text.lower()
        ]

    def clear(self) -> None:
        """Forget them all."""
        self._names.clear()


@cache
def _patterns(kind: str, language: str) -> tuple[re.Pattern[str], ...]:
    data = _data(language)
    return tuple(
        re.compile(pattern.replace("{who}", data["who"]), re.IGNORECASE) for pattern in data[kind]
    )


@cache
def _who(language: str) -> re.Pattern[str]:
    edge = r"\b" if language == "en" else ""
    return re.compile(f"{edge}(?:{_data(language)['who']}){edge}", re.IGNORECASE)


@cache
def _data(language: str) -> Mapping[str, Any]:
    file = Path(__file__).parent / "data" / "names.yaml"
    data: Mapping[str, Any] = read_yaml(file.read_text(encoding="utf-8"))[language]
    return data
