"""Which skill answers an utterance: one stage after the other, the sure ones first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from voice_assistant.aliases import Aliases
from voice_assistant.engines import Transcript
from voice_assistant.intents import Intent
from voice_assistant.lexicon import Lexicon, Routable
from voice_assistant.matcher import OTHER
from voice_assistant.normal import core, normalise
from voice_assistant.session import Session
from voice_assistant.stages import JOINT, STAGES, Heard, is_control, is_halt
from voice_assistant.suggestions import in_place
from voice_assistant.turn import Route

OTHERS = 3
"""Alternatives of the recogniser that may be suggested."""

PART = 0.5
"""Share of an utterance's characters that a reading of it has at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """What was said, as the recogniser or the keyboard gave it."""

    text: str
    language: str
    alternatives: tuple[str, ...] = ()
    """Other readings, likeliest first, without `text`."""
    confidence: float = 1.0


@dataclass(eq=False)
class Router:
    """Finds the route of an utterance. Lives on the event loop; every stage but the language
    model's answers in milliseconds."""

    skills: Mapping[str, Routable]
    mind: Any = field(default=None, kw_only=True)
    cache: Path | None = field(default=None, kw_only=True)
    aliases: Aliases | None = field(default=None, kw_only=True)
    now: Callable[[], datetime] = field(kw_only=True)
    _lexicons: dict[str, Lexicon] = field(default_factory=dict, init=False)

    def rename(self, skill: str) -> None:
        """Take in the names that a skill knows by now."""
        for lexicon in self._lexicons.values():
            if skill in lexicon.known:
                names = self.skills[skill].vocabulary(lexicon.language)
                lexicon.templates.rename(lexicon.known[skill], names)

    def lexicon(self, language: str) -> Lexicon:
        """Everything known about one language, made at its first utterance."""
        if language not in self._lexicons:
            self._lexicons[language] = Lexicon(language, self.skills, cache=self.cache)
        return self._lexicons[language]

    async def route(
        self,
        utterance: Utterance,
        session: Session,
        *,
        asking: bool = False,
        understood: bool | None = None,
        plain: bool = False,
    ) -> Route:
        """The route of an utterance; `asking`: whether a question waits for an answer, and whether
        it has `understood` this as one (None: it takes any); `plain`: take it at its word, which
        then stands for nothing else."""

        async def again(text: str) -> Route:
            return await self.route(
                Utterance(text=text, language=utterance.language), session, plain=True
            )

        heard = Heard(
            utterance=utterance,
            readings=readings(utterance),
            plain=len(readings(replace(utterance, alternatives=()))),
            session=session,
            asking=asking,
            understood=understood,
            again=None if plain else again,
            aliases=self.aliases,
            lexicon=self.lexicon(utterance.language),
            mind=self.mind,
            now=self.now,
        )
        for stage in STAGES:
            route = await stage(heard)
            if route is not None:
                return route
        raise AssertionError("the last stage always answers")

    def knows(self, text: str, language: str) -> bool:
        """Whether a text is a request word for word, or several joined."""
        text = normalise(text, language)
        return self.is_complete(text, language) or any(
            self.knows(text[: joint.start()], language)
            and self.knows(text[joint.end() :], language)
            for joint in JOINT[language].finditer(text)
        )

    def is_complete(self, text: str, language: str, session: Session | None = None) -> bool:
        """Whether a text is a whole request already: a strict template matches all of it and
        nothing open-ended stands at its end. What only the middle of a story or a recipe knows
        counts in that `session`: elsewhere "how long does it take" goes on."""
        text = core(normalise(text, language), language)
        if is_halt(text, language):
            return True
        open_to = partial(_is_open, session)
        return bool(text) and self.lexicon(language).is_complete(text, self.now, open_to)

    def suggest(self, transcript: Transcript) -> tuple[str, ...]:
        """Requests that sound like what was heard, the likest first, where that is none word for
        word: for the recogniser to compare with the sound."""
        language = transcript.language
        heard = core(normalise(transcript.text, language), language)
        if not heard or is_halt(heard, language):
            return ()
        alternatives = [
            core(normalise(other, language), language) for other in transcript.alternatives
        ]
        found = self.lexicon(language).requests(heard, alternatives[:OTHERS], self.now)
        return tuple(in_place(transcript.text, heard, text, language) for text in found)

    def is_control(self, text: str, language: str) -> bool:
        """Whether a text is obeyed without the wake word while music plays: "pause", "louder"."""
        return is_control(core(normalise(text, language), language), language)

    def is_talk(self, text: str, language: str) -> bool:
        """Whether a text will most likely be for no skill of its own."""
        if not text or self.is_complete(text, language):
            return False
        whole = core(normalise(text, language), language)
        return self.lexicon(language).scores(whole)[0][0] == OTHER

    def describe(self, skill: str, intent: str, language: str) -> str:
        """A few words for what an intent does, for a clarifying question."""
        return self.lexicon(language).title(skill, intent)

    def check(self, skill: str) -> list[str]:
        """What is wrong with a skill's sentences: its tests, run against all skills."""
        problems = []
        for language, sentences in self.skills[skill].sentences.items():
            problems.extend(self.lexicon(language).check(sentences, self.now))
        return problems


def _is_open(session: Session | None, skill: str, intent: Intent) -> bool:
    """Whether an intent is listened for now."""
    if intent.when == "always" or session is None:
        return intent.when == "always"
    if intent.when == "session":
        return skill in session.in_front
    before = session.turns[-1].route if session.turns else None
    return before is not None and before.skill == skill


def readings(utterance: Utterance) -> tuple[str, ...]:
    """All readings, normalised, without and with the politeness around the request. What has lost
    half of the utterance is none: Whisper offers "thank you" for whatever ends softly."""
    found: dict[str, None] = {}
    least = PART * len(utterance.text)
    others = [text for text in utterance.alternatives if len(text) >= least]
    for text in (utterance.text, *others):
        whole = normalise(text, utterance.language)
        for reading in (core(whole, utterance.language), whole):
            if reading:
                found.setdefault(reading)
    return tuple(found)


__all__ = ["Routable", "Router", "Utterance"]
