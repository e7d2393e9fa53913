"""What several commands share: settings from the words, and output as JSON Lines or as text."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from voice_assistant import settings as settings_files
from voice_assistant.errors import SettingsError, UsageError, VoiceAssistantError
from voice_assistant.settings import Settings


def settings_of(arguments: argparse.Namespace) -> Settings:
    """The settings file with what the words change in it."""
    words = vars(arguments)
    overrides = list(words.get("set") or ())
    for word, key in (
        ("language", "language"),
        ("mic", "sound.microphone"),
        ("speaker", "sound.speaker"),
    ):
        if words.get(word):
            overrides.append(f"{key}={json.dumps(words[word], ensure_ascii=False)}")
    if words.get("wake_word"):
        overrides.append(f"listening.wake_words={json.dumps(words['wake_word'])}")
    if words.get("no_llm"):
        overrides.append("llm.enabled=false")
    if words.get("push_to_talk"):
        overrides.append("listening.mode=push")
    settings = settings_files.load(overrides=overrides)
    if settings.network or settings.skills:
        _check_skills(settings)
    return settings


def _check_skills(settings: Settings) -> None:
    """Raise SettingsError where a section of [network] or [skills] is named as no skill is: what
    it sets would pass for nothing."""
    from voice_assistant import plugins

    skills = plugins.found(settings_files.data_folder() / "skills")
    for section, named in (("network", settings.network), ("skills", settings.skills)):
        if unknown := sorted(named.keys() - skills.keys()):
            meant = settings_files.meant_by(unknown[0], skills, f"{section}.")
            raise SettingsError(
                f"In the settings: '{section}.{unknown[0]}' is for no skill there is{meant}."
            )


def words_of(arguments: argparse.Namespace) -> str:
    """The words of a request or a text, in one line."""
    text = one_line(arguments.text)
    if not text:
        raise UsageError("There are no words in that text.")
    return text


def wav_name(name: str) -> Path:
    """A file to write sound into, refused before any is made where it could not be written."""
    path = Path(name)
    if path.suffix.casefold() != ".wav":
        raise UsageError(f"{name} is written as WAV: let its name end in .wav.")
    if not path.parent.is_dir():
        raise VoiceAssistantError(f"There is no folder {path.parent}: make it, or name another.")
    return path


def one_line(words: Sequence[str]) -> str:
    """Words in one line. Bytes that are no text, which a shell may hand over, become "?"."""
    return " ".join(" ".join(words).encode("utf-8", "replace").decode("utf-8").split())


def put(record: Mapping[str, Any]) -> None:
    """Print one JSON line, at once."""
    sys.stdout.write(json.dumps(record, ensure_ascii=False, default=_plain) + "\n")
    sys.stdout.flush()


def tell(text: str) -> None:
    """Print one line for a person."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _plain(value: object) -> Any:
    """Anything JSON does not know, as the values module describes it."""
    from voice_assistant.values import plain

    return plain(value)
