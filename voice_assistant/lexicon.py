"""Everything the router knows about one language: templates, the trained match, what is likely."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cache, cached_property, lru_cache, partial
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any, Protocol

from voice_assistant.embedding import Kept
from voice_assistant.expand import Outliner, Sampler
from voice_assistant.intents import Intent, Sentences
from voice_assistant.matcher import OTHER, Matcher, train
from voice_assistant.normal import core, normalise
from voice_assistant.repair import Mender
from voice_assistant.suggestions import GAP, Suggestions
from voice_assistant.template import Template
from voice_assistant.templates import Pattern, Reading, Templates, written
from voice_assistant.usage import usage_of
from voice_assistant.values import KINDS, plain

DRAWN = {"en": 1, "zh": 3}
"""Times a sentence is drawn for training from each template and example of a skill. More would drown
the wordings of people in those of our rules; Chinese has fewer examples (measured on sentences that
no training saw)."""

WORDED = {"en": 1, "zh": 12}
"""The same for how requests are worded, which is only counted. (With 3 and 12 for Chinese, a tenth of
the characters misheard lost 4.3 and 3.6 points of our own requests. More English ones mended talk of
other people that was for nobody.) It takes some seconds: a match that is trained while somebody waits
counts what it is trained on."""

OTHERS = 8
"""The same for what is for no skill, where templates are all there is."""

OUTLINES = 40
"""Times a sentence is drawn from each template for what may have been said, and so often fewer
from an example, which has few alternatives."""
FEWER = 8

REQUEST = 0.85
"""Share of a text that a template must have word for word to be taken as it was heard, or to be
suggested."""

OFFERED = 0.75
"""The same for what the recogniser itself offers."""

KNOWN = 0.5
"""Probability of an intent from which a text is taken to be for its skill, whatever was misheard."""

UNLIKE = 1.0
"""How unlike what was heard a suggestion may be, about in words that differ."""

SUGGESTED = 8
"""Requests that are suggested at most: comparing one with the sound takes 16 ms."""

VERSION = 7
"""Of the training method: another number makes every cached match stale."""

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


def label(skill: str, intent: str) -> str:
    """The name of an intent across skills."""
    return f"{skill}.{intent}"


def keep(matcher: Matcher, folder: Path, name: str) -> None:
    """Save a match in place of older ones of its language."""
    for old in folder.glob(f"match_{matcher.language}_*.npz"):
        old.unlink()
    matcher.save(folder / name)


def study(language: str, lesson: list[tuple[str, str]], folder: Path, name: str) -> None:
    """Train a match and keep it. For a process of its own, that leaves the machine to others."""
    if hasattr(os, "nice"):
        os.nice(10)
    keep(train(language, lesson, _embedded(language, folder).embed), folder, name)


def _embedded(language: str, folder: Path | None) -> Kept:
    return Kept(folder / f"embedded_{language}.npz" if folder else None)


class Lexicon:
    """What can be understood in one language."""

    def __init__(
        self, language: str, skills: Mapping[str, Routable], *, cache: Path | None = None
    ) -> None:
        self.language = language
        self.cache = cache
        self._scored: dict[str, list[tuple[str, float]]] = {}
        self.chances = lru_cache(KEPT)(self._chances)
        """The probability of each skill that a text is for it, OTHER: for none."""
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

    def _chances(self, text: str) -> Mapping[str, float]:
        summed: dict[str, float] = {}
        for name, probability in self.scores(text):
            skill = name.partition(".")[0]
            summed[skill] = summed.get(skill, 0.0) + probability
        return summed

    @cached_property
    def _labels(self) -> frozenset[str]:
        """Ours, and that of none: a borrowed match may know others."""
        ours = (label(name, each) for name in self.known for each in self.known[name].intents)
        return frozenset((OTHER, *ours))

    def intent(self, name: str) -> tuple[str, Intent]:
        """The skill and the intent behind a label."""
        skill, _, intent = name.partition(".")
        return skill, self.known[skill].intents[intent]

    def training(self, times: int) -> Iterator[tuple[str, str]]:
        """Labelled sentences: drawn from templates, the examples, and what is for no skill.

        Names known only at run time play no part: a new song is no reason to train anew.
        """
        for skill, sentences in self.known.items():
            random = Random(skill)  # a new skill leaves the others' sentences as they are
            sampler = Sampler(self.language, sentences.rules, written(sentences), random)
            for intent in sentences.intents.values():
                name = label(skill, intent.name)
                for template in (*intent.templates, *intent.examples):
                    for text in self._drawn(sampler, template, times):
                        yield text, name
        sampler = Sampler(self.language, {}, {}, Random(7))
        for template in others(self.language):
            for text in self._drawn(sampler, template, OTHERS):
                yield text, OTHER

    def _drawn(self, sampler: Sampler, template: Template, times: int) -> set[str]:
        """Sentences of a template, as they are heard."""
        drawn = {sampler.draw(template) for _ in range(times)}
        return {core(normalise(text, self.language), self.language) for text in drawn}

    @cached_property
    def matcher(self) -> Matcher:
        """The statistical match: ours ready-made, or what was trained here from the same sentences,
        or trained now."""
        name = self._name()
        for folder in filter(None, (READY, self.cache)):
            try:
                return Matcher.load(self.language, folder / name)
            except (OSError, ValueError):
                continue
        matcher = train(self.language, self.lesson(), self._embedded().embed)
        if self.cache is not None:
            keep(matcher, self.cache, name)
        return matcher

    def is_trained(self) -> bool:
        """Whether there is a match of just these sentences, so that nothing need be trained."""
        folders = filter(None, (READY, self.cache))
        return any((folder / self._name()).exists() for folder in folders)

    def borrow(self) -> None:
        """Make do with a match that was trained on other sentences, until `study` has ended and
        `give_back` is called: it knows most skills, and the templates know them all."""
        kept = [*(self.cache or READY).glob(self._pattern), *READY.glob(self._pattern)]
        for path in kept:
            with suppress(OSError, ValueError):
                self._borrowed = Matcher.load(self.language, path)
                return

    def give_back(self) -> None:
        """Use the match of just these sentences again."""
        self._borrowed = None
        self._scored.clear()
        self.chances.cache_clear()
        self.__dict__.pop("_mender", None)
        self.mended.cache_clear()

    def homework(self) -> Callable[[], None]:
        """The training, for another process to do: its result is then found in the cache."""
        assert self.cache is not None
        return partial(study, self.language, self.lesson(), self.cache, self._name())

    def make_ready(self) -> None:
        """Train anew and put the result where it ships with the assistant."""
        matcher = train(self.language, self.lesson(), self._embedded().embed)
        worded = (text for text, _ in self._lesson(WORDED[self.language]))
        keep(replace(matcher, usage=usage_of(worded, self.language)), READY, self._name())

    def is_ready(self) -> bool:
        """Whether the match of just these skills ships with the assistant."""
        return (READY / self._name()).exists()

    def _embedded(self) -> Kept:
        """Embeddings of the sentences of the last training here."""
        return _embedded(self.language, self.cache)

    def lesson(self) -> list[tuple[str, str]]:
        """What to train with."""
        return self._lesson(DRAWN[self.language])

    def _lesson(self, times: int) -> list[tuple[str, str]]:
        return sorted({pair for pair in self.training(times) if pair[0]})

    def _name(self) -> str:
        """The file that holds the match of these sentences."""
        lesson = [VERSION, other_text(self.language)]
        lesson += [each.digest for _, each in sorted(self.known.items())]
        digest = hashlib.sha256(json.dumps(lesson).encode()).hexdigest()[:16]
        return self._pattern.replace("*", digest)

    @property
    def _pattern(self) -> str:
        return f"match_{self.language}_{VERSION}_*.npz"

    def compile(self, skill: str) -> None:
        """Compile a skill's templates before they are needed. Its examples wait until they are:
        they are many, and few are ever said word for word."""
        for pattern in self.templates.patterns:
            if pattern.skill == skill and not pattern.example:
                _ = pattern.regex

    @cached_property
    def _mender(self) -> Mender:
        lists = self.templates.lists.values()
        names = (said for each in lists for entries in each.values() for said in entries)
        texts = (*self.templates.fragments, *names)
        return Mender(self.language, texts, (self._borrowed or self.matcher).usage)

    def _mended(self, text: str) -> str | None:
        return self._mender.mend(text)

    @cached_property
    def suggestions(self) -> Suggestions[Pattern]:
        """What may have been said in place of what was heard."""
        return Suggestions(self.language, dict(self._outlines()))

    def _outlines(self) -> Iterator[tuple[str, Pattern]]:
        """Sentences of all templates and examples, with gaps for slots. Those with free text are
        left out: it takes whatever was heard. Templates come last: they read more slots."""
        outliners = {
            skill: Outliner(
                self.language,
                sentences.rules,
                Random(skill),
                {*KINDS, *self.templates.lists[skill]},
            )
            for skill, sentences in self.known.items()
        }
        for pattern in sorted(self.templates.patterns, key=lambda each: not each.example):
            times = OUTLINES // FEWER if pattern.example else OUTLINES
            outliner = outliners[pattern.skill]
            for drawn in {outliner.draw(pattern.template) for _ in range(times)}:
                text = normalise(drawn, self.language)
                if Outliner.free not in text and text == core(text, self.language):
                    yield text.replace(Outliner.gap, GAP), pattern

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
        found: dict[str, float] = {}
        for other in alternatives:
            if (reading := self._said(other, now, OFFERED)) and wanted in (None, reading.skill):
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
        return found[0] if found and found[0].literal >= literal else None

    def outline(self) -> None:
        """Draw the sentences that suggestions come from, before one is needed."""
        next(self.suggestions.near("hello"), None)

    def make_quick(self) -> None:
        """Load what the first request would wait for, but for the templates."""
        self.scores("hello")
        _ = self._mender

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
        """Whether a strict template of some intents matches all of a text and does not end in free
        text."""
        found = self.templates.match(text, now, open_to)
        return bool(found) and found[0].literal > 0.6

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
        problems = []
        for intent in sentences.intents.values():
            for test in intent.tests:
                where = f"{sentences.skill}/{self.language}.yaml, {intent.name}: '{test.text}'"
                reading = self._best(test.text, sentences.skill, intent, now)
                if reading is None:
                    problems.append(f"{where} is matched by no template.")
                elif (reading.skill, reading.intent.name) != (sentences.skill, intent.name):
                    whose = (
                        "another intent" if reading.skill == sentences.skill else "another skill"
                    )
                    problems.append(
                        f"{where} goes to {whose}: {reading.skill}.{reading.intent.name}."
                    )
                else:
                    problems.extend(
                        f"{where}: {wrong}" for wrong in _differences(test.slots, reading)
                    )
        return problems

    def _best(
        self, text: str, skill: str, wanted: Intent, now: Callable[[], datetime]
    ) -> Reading | None:
        whole = normalise(text, self.language)

        def open_to(other: str, intent: Intent) -> bool:
            return intent.when == "always" or (other == skill and intent.when == wanted.when)

        found = [
            reading
            for said in dict.fromkeys((core(whole, self.language), whole))
            for reading in self.templates.match(said, now, open_to)
        ]
        return max(
            found, key=lambda reading: (reading.literal, reading.skill == skill), default=None
        )


def _differences(expected: Mapping[str, Any], reading: Reading) -> Iterator[str]:
    for name, value in expected.items():
        got = plain(reading.slots.get(name))
        if isinstance(value, dict) and isinstance(got, dict):
            got = {key: got.get(key) for key in value}
        if got != value and not (
            isinstance(got, str) and normalise(got, "en") == normalise(str(value), "en")
        ):
            yield f"slot {name} is {got!r}, not {value!r}."


@cache
def other_text(language: str) -> str:
    """What is for no skill, one template a line."""
    return files("voice_assistant").joinpath("data", f"other_{language}.txt").read_text("utf-8")


def others(language: str) -> tuple[Template, ...]:
    """Templates of what is for no skill."""
    lines = (
        line for line in other_text(language).splitlines() if line and not line.startswith("#")
    )
    return tuple(Template(line, {}) for line in lines)
