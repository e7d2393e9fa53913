"""What people say to a skill, and what it says back: one YAML file a skill and language.

The format is described in `skill.py`. Templates are hassil's: `(a|b)`, `[optional]`, `{slot}`,
`{kind:slot}`, `<rule>`. A slot named after a kind of `values.KINDS` (or `{kind:slot}`) is typed;
one named after a list of the file, or a vocabulary of the skill, is one of its entries; any other
is free text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml
from hassil.parser import ParseError

from voice_assistant.errors import SkillError
from voice_assistant.template import Needs, Seen, Template

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's where it is there: ten times as fast."""

LANGUAGES = ("en", "zh")
WHEN = ("always", "session", "follow")
_SECTIONS = frozenset({"intents", "lists", "rules", "phrases"})
_KEYS = frozenset({"sentences", "examples", "when", "tests", "title", "quotes"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """A sentence and what must come of it."""

    text: str
    slots: Mapping[str, Any] = field(default_factory=dict)
    """Expected slots, as `values.plain` describes them; those not named are not checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What people say for one thing a skill can do."""

    name: str
    when: str = "always"
    """`always`; `session`: while the skill's session is open; `follow`: only after it spoke."""
    quotes: bool = False
    """Whether its sentences hold other requests, which are not meant now: it is tried first."""
    title: str = ""
    """A few words for a clarifying question: "Do you mean ... or ...?"."""
    templates: tuple[Template, ...] = ()
    examples: tuple[Template, ...] = ()
    tests: tuple[Test, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """One skill's file of one language."""

    skill: str
    language: str
    intents: Mapping[str, Intent] = field(default_factory=dict)
    lists: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Per list, what is said -> what it stands for."""
    rules: Mapping[str, Template] = field(default_factory=dict)
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    digest: str = ""
    """SHA-256 of the file: another one is another lesson."""

    def needs(self) -> Iterator[Needs]:
        """What each template of the file needs, in the order in which it is read."""
        yield from (each.needs for each in self.rules.values())
        for intent in self.intents.values():
            yield from (each.needs for each in (*intent.templates, *intent.examples))


def load_sentences(folder: Path | Traversable, seen: Seen | None = None) -> dict[str, Sentences]:
    """The sentences of a skill's folder, by language; the templates of files that were `seen` are
    parsed when they are tried. Raises SkillError naming file and key."""
    loaded = {}
    for language in LANGUAGES:
        path = folder.joinpath(f"{language}.yaml")
        if path.is_file():
            loaded[language] = _Reader(folder.name, language, str(path), seen).read(path)
    return loaded


class _Reader:
    """Reads one file; its errors name the file and the key."""

    def __init__(self, skill: str, language: str, path: str, seen: Seen | None) -> None:
        self.skill = skill
        self.language = language
        self.path = path
        self.seen = seen
        self.rules: dict[str, Template] = {}
        self.known: Iterator[Needs] | None = None

    def fail(self, key: str, problem: str) -> SkillError:
        return SkillError(f"{self.path}: {key}: {problem}.")

    def read(self, path: Path | Traversable) -> Sentences:
        try:
            text = path.read_text(encoding="utf-8")
            data = yaml.load(text, _LOADER) or {}  # noqa: S506 - safe
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise SkillError(f"{self.path} is no valid YAML: {error}".replace("\n", " ")) from error
        if not isinstance(data, dict):
            raise self.fail("file", "must be a mapping of intents, lists, rules and phrases")
        unknown = set(data) - _SECTIONS
        if unknown:
            raise self.fail(", ".join(sorted(map(str, unknown))), "is not a section of this file")
        digest = hashlib.sha256(text.encode()).hexdigest()
        self.known = self.seen.needs(digest) if self.seen else None
        for name, rule in self.mapping(data, "rules").items():
            self.rules[name] = self.template(f"rules.{name}", rule)
        lists = {
            name: dict(self.entries(f"lists.{name}", entries))
            for name, entries in self.mapping(data, "lists").items()
        }
        phrases = {
            name: self.texts(f"phrases.{name}", texts)
            for name, texts in self.mapping(data, "phrases").items()
        }
        intents = {
            name: self.intent(str(name), entry)
            for name, entry in self.mapping(data, "intents").items()
        }
        made = Sentences(
            skill=self.skill,
            language=self.language,
            intents=intents,
            lists=lists,
            rules=self.rules,
            phrases=phrases,
            digest=digest,
        )
        if self.seen and self.known is None:
            self.seen.add(digest, made.needs())
        return made

    def mapping(self, data: Mapping[str, Any], key: str) -> dict[str, Any]:
        value = data.get(key) or {}
        if not isinstance(value, dict):
            raise self.fail(key, "must be a mapping")
        return value

    def texts(self, key: str, value: Any) -> tuple[str, ...]:
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list) or not all(isinstance(text, str | int) for text in value):
            raise self.fail(key, "must be a text or a list of texts")
        return tuple(map(str, value))

    def entries(self, key: str, value: Any) -> Iterator[tuple[str, str]]:
        """What is said -> what it stands for: a list of words, or words with their synonyms."""
        if isinstance(value, dict):
            for meaning, words in value.items():
                for word in (str(meaning), *self.texts(f"{key}.{meaning}", words)):
                    yield word, str(meaning)
        else:
            for word in self.texts(key, value):
                yield word, word

    def intent(self, name: str, entry: Any) -> Intent:
        key = f"intents.{name}"
        if not isinstance(entry, dict):
            raise self.fail(key, "must be a mapping with sentences, examples, when, tests")
        unknown = set(entry) - _KEYS
        if unknown:
            raise self.fail(f"{key}.{', '.join(sorted(unknown))}", "is not a key of an intent")
        when = entry.get("when", "always")
        if when not in WHEN:
            raise self.fail(f"{key}.when", f"must be one of {', '.join(WHEN)}")
        return Intent(
            name=name,
            when=when,
            quotes=bool(entry.get("quotes", False)),
            title=str(entry.get("title", "")),
            templates=tuple(
                self.template(f"{key}.sentences", text)
                for text in self.texts(f"{key}.sentences", entry.get("sentences", []))
            ),
            examples=tuple(
                self.template(f"{key}.examples", text)
                for text in self.texts(f"{key}.examples", entry.get("examples", []))
            ),
            tests=tuple(self.test(f"{key}.tests", test) for test in entry.get("tests") or ()),
        )

    def template(self, key: str, text: Any) -> Template:
        known = next(self.known, None) if self.known else None
        try:
            return Template(str(text), self.rules, known)
        except (ParseError, ValueError, AssertionError) as error:
            raise self.fail(key, f"'{text}' is no valid sentence template") from error

    def test(self, key: str, entry: Any) -> Test:
        if isinstance(entry, str):
            return Test(text=entry)
        if not isinstance(entry, dict) or "text" not in entry or set(entry) - {"text", "slots"}:
            raise self.fail(key, "must be a text, or a mapping with text and slots")
        return Test(text=str(entry["text"]), slots=entry.get("slots") or {})
