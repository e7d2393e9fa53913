"""Everything the router knows about one language: templates, the trained match, what is likely."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cached_property, lru_cache, partial
from pathlib import Path
from random import Random
from typing import Protocol

from voice_assistant import values
from voice_assistant.expand import Sampler
from voice_assistant.intents import Intent, Sentences
from voice_assistant.lesson import (
    WORDED,
    file_name,
    file_names,
    keep,
    label,
    lesson,
    study,
    trained,
)
from voice_assistant.matcher import OTHER, Matcher
from voice_assistant.outlines import outlines
from voice_assistant.repair import Mender
from voice_assistant.suggestions import Suggestions
from voice_assistant.templates import Pattern, Reading, Templates
from voice_assistant.trials import failures
from voice_assistant.usage import usage_of

WHOLE = 0.6
"""Above this share of a text it is a whole request even where free text stands at its end."""

REQUEST = 0.85
"""Share of a text that a template must have word for word to be taken as it was heard, or to be
suggested."""

OFFERED = 0.75
"""The same for what the recogniser itself offers, ..."""

BETTER = 0.05
"""... which must be a better request than what it held likelier, and by such a share."""

KNOWN = 0.5
"""Probability of an intent from which a text is taken to be for its skill, whatever was misheard."""

UNLIKE = 1.0
"""How unlike what was heard a suggestion may be, about in words that differ."""

SUGGESTED = 8
"""Requests that are suggested at most: comparing one with the sound takes 16 ms."""

BREAKING_OFF = (" a", " an", " the")
"""What no name ends with."""

KEPT = 32
"""Texts whose scores are kept: the readings of an utterance."""

READY = Path(__file__).parent / "data" / "matches"
"""Matches of the skills that come with the assistant, trained when their sentences changed
(`voice-assistant skills learn`): a first start need not wait."""

PARSED = READY / "templates.json"
"""What their templates need, for the same reason."""


class Routable(Protocol):
    """What is needed of a loaded skill."""

    @property
    def sentences(self) -> Mapping[str, Sentences]:
        """Its sentences by language."""
        ...

    def vocabulary(self, language: str) -> Mapping[str, Iterable[str]]:
        """Slot values known only at run time."""
        ...


def _ends(reading: Reading) -> bool:
    """Whether nothing breaks off that a template takes for a name: "read a timer" was a misheard
    "create a timer", and of "coffee time set a timer" no timer is called "coffee time set a"."""
    values = (each for each in reading.slots.values() if isinstance(each, str))
    return not any(each.endswith(BREAKING_OFF) for each in values)


class Lexicon:
    """What can be understood in one language."""

    def __init__(
        self, language: str, skills: Mapping[str, Routable], *, cache: Path | None = None
    ) -> None:
        self.language = language
        self.cache = cache
        self._scored: dict[str, list[tuple[str, float]]] = {}
        self.mended = lru_cache(KEPT)(self._mended)
        """What was meant by a text that sounds like something more usual; None: what was heard."""
        self._borrowed: Matcher | None = None
        self.known = {
            name: skill.sentences[language]
            for name, skill in skills.items()
            if language in skill.sentences
        }
        self.templates = Templates(
            language,
            [
                (sentences, skills[name].vocabulary(language))
                for name, sentences in self.known.items()
            ],
        )

    @cached_property
    def _labels(self) -> frozenset[str]:
        """Ours, and that of none: a borrowed match may know others."""
        ours = (label(name, each) for name in self.known for each in self.known[name].intents)
        return frozenset((OTHER, *ours))

    def intent(self, name: str) -> tuple[str, Intent]:
        """The skill and the intent behind a label."""
        skill, _, intent = name.partition(".")
        return skill, self.known[skill].intents[intent]

    @cached_property
    def matcher(self) -> Matcher:
        """The statistical match: ours ready-made, or what was trained here from the same sentences,
        or trained now."""
        name = self._file
        for folder in filter(None, (READY, self.cache)):
            try:
                return Matcher.load(self.language, folder / name)
            except (OSError, ValueError):
                continue
        matcher = trained(self.language, self.lesson(), self.cache)
        if self.cache is not None:
            keep(matcher, self.cache, name)
        return matcher

    def is_trained(self) -> bool:
        """Whether there is a match of just these sentences, so that nothing need be trained."""
        folders = filter(None, (READY, self.cache))
        return any((folder / self._file).exists() for folder in folders)

    def borrow(self) -> None:
        """Make do with a match that was trained on other sentences, until `study` has ended and
        `give_back` is called: it knows most skills, and the templates know them all."""
        names = file_names(self.language)
        kept = [*(self.cache or READY).glob(names), *READY.glob(names)]
        for path in kept:
            with suppress(OSError, ValueError):
                self._borrowed = Matcher.load(self.language, path)
                return

    def give_back(self) -> None:
        """Use the match of just these sentences again."""
        self._borrowed = None
        self._scored.clear()
        self.__dict__.pop("mender", None)
        self.mended.cache_clear()

    def homework(self) -> Callable[[], None]:
        """The training, for another process to do: its result is then found in the cache."""
        assert self.cache is not None
        return partial(study, self.language, self.lesson(), self.cache, self._file)

    def make_ready(self) -> None:
        """Train anew and put the result where it ships with the assistant."""
        matcher = trained(self.language, self.lesson(), self.cache)
        worded = (text for text, _ in lesson(self.language, self.known, WORDED[self.language]))
        keep(replace(matcher, usage=usage_of(worded, self.language)), READY, self._file)

    def lesson(self) -> list[tuple[str, str]]:
        """What to train with."""
        return lesson(self.language, self.known)

    @property
    def _file(self) -> str:
        """The file that holds the match of these sentences."""
        return file_name(self.language, self.known)

    def compile(self, skill: str) -> None:
        """Compile a skill's templates before they are needed, and prepare its names. Its examples
        wait until they are: they are many, and few are ever said word for word."""
        for entries in self.templates.lists[skill].values():
            entries.prepare(self.language)
        for pattern in self.templates.patterns:
            if pattern.skill == skill and not pattern.example:
                _ = pattern.regex

    @cached_property
    def mender(self) -> Mender:
        """What puts right what was misheard."""
        lists = self.templates.lists.values()
        names = (said for each in lists for entries in each.values() for said in entries)
        texts = (*self.templates.fragments, *names)
        return Mender(self.language, texts, (self._borrowed or self.matcher).usage)

    def _mended(self, text: str) -> str | None:
        return self.mender.mend(text)

    @cached_property
    def suggestions(self) -> Suggestions[Pattern]:
        """What may have been said in place of what was heard."""
        return Suggestions(self.language, dict(outlines(self.known, self.templates)))

    def requests(
        self, text: str, alternatives: Iterable[str], now: Callable[[], datetime]
    ) -> list[str]:
        """Requests that a text which is none word for word may have been, the likest first: the
        recogniser's alternatives, and what sounds like it. Where the statistical match knows whom
        the text is for, they are for the same skill; there are none where it is for nobody."""
        if self._said(text, now):
            return []
        scores = self.scores(text)
        wanted = scores[0][0].partition(".")[0] if scores[0][1] >= KNOWN else None
        if wanted == OTHER:
            return []
        heard = self._said(text, now, 0.0)
        literal = max(OFFERED, heard.literal + BETTER if heard else 0.0)
        found: dict[str, float] = {}
        for other in alternatives:
            if (reading := self._said(other, now, literal)) and wanted in (None, reading.skill):
                found.setdefault(other, 0.0)
        for better, cost, pattern in self.suggestions.near(text):
            if cost > UNLIKE or len(found) == SUGGESTED:
                break
            if wanted in (None, pattern.skill) and better not in found:
                reading = self.templates.read(pattern, better, now)
                if reading and reading.literal >= REQUEST:
                    found[better] = cost
        return sorted(found, key=lambda better: found[better])

    def _said(
        self, text: str, now: Callable[[], datetime], literal: float = REQUEST
    ) -> Reading | None:
        """What a template reads in a text, so much of it word for word."""
        found = self.templates.match(text, now, lambda skill, intent: True)
        return found[0] if found and found[0].literal >= literal and _ends(found[0]) else None

    def outline(self) -> None:
        """Draw the sentences that suggestions come from, before one is needed."""
        next(self.suggestions.near("hello"), None)

    def make_quick(self) -> None:
        """Load what the first request would wait for, but for the templates."""
        self.scores("hello")
        values.prepare(self.language)
        _ = self.mender

    def scores(self, text: str) -> list[tuple[str, float]]:
        """Labels of intents (OTHER: none) with probabilities, likeliest first. Several stages ask
        for the same text: the last few are kept."""
        scores = self._scored.get(text)
        if scores is None:
            found = (self._borrowed or self.matcher).scores(text)
            scores = [(name, chance) for name, chance in found if name in self._labels]
            self._scored[text] = scores
            for old in list(self._scored)[:-KEPT]:  # the ears ask too, on their own thread
                self._scored.pop(old, None)
        return scores

    def is_complete(
        self,
        text: str,
        now: Callable[[], datetime],
        open_to: Callable[[str, Intent], bool],
    ) -> bool:
        """Whether a strict template of some intents matches all of a text, and does not end in free
        text that makes much of it."""
        for first in self.templates.match(text, now, open_to)[:1]:
            return _ends(first) and not (first.open_ended and first.literal <= WHOLE)
        return False

    def title(self, skill: str, intent: str) -> str:
        """A few words for an intent."""
        sentences = self.known[skill]
        found = sentences.intents[intent]
        if found.title or not (found.templates or found.examples):
            return found.title or intent
        sampler = Sampler(self.language, sentences.rules, self.templates.lists[skill], Random(7))
        return sampler.draw((found.examples or found.templates)[0])

    def check(self, sentences: Sentences, now: Callable[[], datetime]) -> list[str]:
        """What fails of a skill's tests."""
        return list(failures(self.templates, self.language, sentences, now))
