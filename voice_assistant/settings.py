"""Settings: one TOML file, read into frozen dataclasses; an error names the file and the key."""

from __future__ import annotations

import dataclasses
import difflib
import os
import tomllib
import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import platformdirs
import tomlkit

from voice_assistant.errors import SettingsError
from voice_assistant.folders import write_text

T = TypeVar("T")

RANGES = {
    "listening.sensitivity": (0, 1),
    "listening.follow_up_seconds": (0, 60),
    "listening.patience": (0.3, 10),
    "speaking.pace": (0.5, 2),
    "recognition.threads": (0, 64),
    "llm.threads": (0, 64),
    "place.latitude": (-90, 90),
    "place.longitude": (-180, 180),
}
"""The least and the most that a number may be."""


@dataclass(frozen=True, kw_only=True)
class Sound:
    """Devices and volumes."""

    microphone: str = ""
    """A part of the device's name; empty is the system's default."""
    speaker: str = ""
    speech_volume: float = 0.0
    """dB."""
    media_volume: float = -6.0
    """dB, as the two others."""
    alarm_volume: float = 0.0
    echo_cancel: str = "auto"
    """auto, on or off. Off for a headset, or where the system cancels echo itself."""
    earcon_volume: float = -6.0


@dataclass(frozen=True, kw_only=True)
class Listening:
    """The wake word and when an utterance ends."""

    wake_words: tuple[str, ...] = ("hey_jarvis",)
    """okay_nabu, hey_jarvis, alexa, hey_mycroft, or any phrase of your own."""
    sensitivity: float = 0.5
    """0 (rarely wakes) to 1 (wakes easily)."""
    mode: str = "wake"
    """wake, push (a key) or open (always listening)."""
    follow_up_seconds: float = 5.0
    """How long a reply may be followed by speech without the wake word; 0 is off."""
    patience: float = 1.0
    """Multiplies the silence that ends an utterance: 2 for someone who likes to think."""


@dataclass(frozen=True, kw_only=True)
class Speaking:
    """The voice."""

    voice: str = ""
    """A voice of the catalogue, or system; empty takes the best that is installed."""
    pace: float = 1.0
    """How fast, beside the voice's own pace."""


@dataclass(frozen=True, kw_only=True)
class Recognition:
    """The recogniser."""

    model: str = ""
    """A recogniser of the catalogue; empty takes the best that is installed."""
    threads: int = 0
    """0 is half of the machine's cores, at most two."""


@dataclass(frozen=True, kw_only=True)
class Llm:
    """The language model."""

    enabled: bool = True
    model: str = ""
    """A model of the catalogue or a path to a GGUF file; empty takes the best that fits."""
    unverified: bool = False
    """Whether a GGUF file that the catalogue does not know may be used."""
    threads: int = 0
    """0 is all of the machine's cores, at most four."""
    server: str = ""
    """An OpenAI-compatible server in the house, such as http://desktop:8080/v1; empty is none."""
    persona: str = ""
    """Who it is and how it talks, in a sentence or two: a part of the prompt."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the household is."""

    city: str = ""
    country: str = ""
    """ISO 3166 code."""
    latitude: float | None = None
    longitude: float | None = None
    zone: str = ""
    """Such as Europe/Berlin; empty is the machine's."""


@dataclass(frozen=True, kw_only=True)
class Household:
    """Who may hear and do what."""

    child_mode: bool = False
    child_from: str = ""
    """Such as 07:00: in child mode, what is not a timer or a clock answers only from then ..."""
    child_until: str = ""
    """... until then."""
    blocked_topics: tuple[str, ...] = ()
    allowed_skills: tuple[str, ...] = ()
    """Empty is all."""
    quiet_from: str = ""
    """Such as 21:30: softer and slower from then on ..."""
    quiet_until: str = ""
    """... until then."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that can be set. A change is a new object."""

    language: str = "auto"
    """en, zh or auto (decided for each utterance)."""
    sound: Sound = field(default_factory=Sound)
    listening: Listening = field(default_factory=Listening)
    speaking: Speaking = field(default_factory=Speaking)
    recognition: Recognition = field(default_factory=Recognition)
    llm: Llm = field(default_factory=Llm)
    place: Place = field(default_factory=Place)
    household: Household = field(default_factory=Household)
    network: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For each skill that may use the network, the hosts it may talk to."""
    skills: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """A section for each skill that has settings of its own."""

    def __post_init__(self) -> None:
        for key, value, allowed in (
            ("language", self.language, ("auto", "en", "zh")),
            ("sound.echo_cancel", self.sound.echo_cancel, ("auto", "on", "off")),
            ("listening.mode", self.listening.mode, ("wake", "push", "open")),
        ):
            if value not in allowed:
                raise SettingsError(f"'{key}' is '{value}', but must be {' or '.join(allowed)}.")
        if not all(map(str.strip, self.listening.wake_words or ("",))):
            raise SettingsError("'listening.wake_words' is empty: name one, such as hey_jarvis.")
        for key, (low, high) in RANGES.items():
            number = attrgetter(key)(self)
            if number is not None and not low <= number <= high:
                raise SettingsError(f"'{key}' is {number:g}, but must be from {low} to {high}.")


def home_folder() -> Path | None:
    """The folder of VOICE_ASSISTANT_HOME, which holds settings and data, or None."""
    home = os.environ.get("VOICE_ASSISTANT_HOME")
    return Path(home) if home else None


def settings_file() -> Path:
    """Where the settings are."""
    return (home_folder() or platformdirs.user_config_path("voice-assistant")) / "settings.toml"


def data_folder() -> Path:
    """Where the database, the caches and the user's own skills are."""
    home = home_folder()
    return home / "data" if home else platformdirs.user_data_path("voice-assistant")


def documents_folder() -> Path:
    """Where files for the user's eyes are written: cards, lists, minutes."""
    home = home_folder()
    return home / "documents" if home else platformdirs.user_documents_path() / "Voice Assistant"


def load(path: Path | None = None, overrides: Sequence[str] = ()) -> Settings:
    """Read the settings; `overrides` are KEY=VALUE for this run (dots go into sections).

    Raises SettingsError, with the file and the key in its sentence.
    """
    path = path or settings_file()
    data: dict[str, Any] = {}
    try:
        if path.exists():
            data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        why = "it is not a text in UTF-8" if isinstance(error, UnicodeDecodeError) else error
        raise SettingsError(f"The settings file {path} cannot be read: {why}.") from error
    for override in overrides:
        _override(data, override)
    try:
        return _read(Settings, data, "")
    except SettingsError as error:
        where = f"{path}, changed by the command line" if overrides else path
        raise SettingsError(f"In the settings ({where}): {error}") from None


def keep(key: str, value: Any, path: Path | None = None) -> None:
    """Write one setting into the file and leave the rest of it, comments too, as it is.

    Raises SettingsError where the file would no longer be one, StoreError where it cannot be written.
    """
    path = path or settings_file()
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    document = tomlkit.parse(before)
    table: Any = document
    *sections, last = key.split(".")
    for section in sections:
        table = table.setdefault(section, tomlkit.table())
    table[last] = value
    after = tomlkit.dumps(document)
    _read(Settings, tomllib.loads(after), "")
    write_text(path, after)


def _override(data: dict[str, Any], override: str) -> None:
    key, equals, text = override.partition("=")
    if not equals or not key:
        raise SettingsError(f"'--set {override}' is not KEY=VALUE, such as speaking.pace=0.9.")
    *sections, last = key.split(".")
    for section in sections:
        data = data.setdefault(section, {})
        if not isinstance(data, dict):
            raise SettingsError(f"'--set {override}': '{section}' is not a section.")
    try:
        data[last] = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        data[last] = text


def meant_by(name: str, known: Iterable[str], where: str = "") -> str:
    """The end of a complaint about a name: which of those known was perhaps meant."""
    near = difflib.get_close_matches(name, list(known), n=1)
    return f" (is '{where}{near[0]}' meant?)" if near else ""


def _read(cls: type[T], data: Mapping[str, Any], where: str) -> T:
    """An instance of the dataclass `cls` from a TOML table."""
    return cls(**checked(data, get_type_hints(cls), where))


def checked(data: Mapping[str, Any], kinds: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The values of a TOML table, each of the type that `kinds` has for its key; `where` is before
    the keys in a complaint. Raises SettingsError where a key is unknown or a value of another type.
    """
    unknown = sorted(set(data) - set(kinds))
    if unknown:
        meant = meant_by(unknown[0], kinds, where)
        raise SettingsError(f"there is no setting '{where}{unknown[0]}'{meant}.")
    return {key: _value(kinds[key], value, where + key) for key, value in data.items()}


def _value(kind: Any, value: Any, key: str) -> Any:
    """`value` as the type `kind`, or a SettingsError that names the key."""
    origin = get_origin(kind)
    if dataclasses.is_dataclass(kind) and isinstance(value, dict):
        return _read(kind, value, key + ".")  # type: ignore[arg-type]
    if origin is tuple and isinstance(value, list):
        return tuple(_value(get_args(kind)[0], item, key) for item in value)
    if origin is Mapping and isinstance(value, dict):
        return {
            name: _value(get_args(kind)[1], item, f"{key}.{name}") for name, item in value.items()
        }
    if origin is types.UnionType:
        return _value(get_args(kind)[0], value, key)
    if kind is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if kind is Any or (isinstance(kind, type) and type(value) is kind):
        return value
    raise SettingsError(
        f"'{key}' is {value!r}, which is not {_NAMES.get(kind, 'of the right kind')}."
    )


_NAMES: dict[Any, str] = {
    str: "a text",
    float: "a number",
    int: "a whole number",
    bool: "true or false",
}
