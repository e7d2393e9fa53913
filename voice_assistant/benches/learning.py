"""How few sentences teach a skill, and how long learning takes.

Skills of ours are taken back to ten sentences an intent, one after the other, among neighbours that
have all of theirs; the sentences that were taken away are then asked, and as many of neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from random import Random
from time import process_time

import numpy as np

from voice_assistant.bench import Row
from voice_assistant.benches.routing import our_skills
from voice_assistant.embedding import Floats, embed
from voice_assistant.lesson import label
from voice_assistant.lexicon import Lexicon
from voice_assistant.matcher import Matcher, train
from voice_assistant.normal import core, normalise
from voice_assistant.router import Router

TEN = 10
"""Sentences an intent that must be enough."""

ASKED = 5
"""Sentences of each intent that are kept out of the training and asked."""

NEW = ("jokes", "volume", "weather", "dictionary")
"""Skills of few and of many intents."""

INTENTS = 150

Lesson = list[tuple[str, str]]


def run() -> Iterator[Row]:
    """Ten sentences an intent, in both languages; then the time that learning takes."""
    for language in ("en", "zh"):
        yield from _few(language)
    yield from _time()


def _few(language: str) -> Iterator[Row]:
    """New skills beside old ones."""
    lexicon = _lexicon(language)
    everything = lexicon.lesson()
    known = dict(zip((text for text, _ in everything), embed_all(everything), strict=True))
    new, old = [0, 0], [0, 0]
    for skill in NEW:
        held = _held_out(lexicon, Random(skill))
        kept = _kept(everything, held, skill, Random(skill))
        matcher = train(language, kept, lambda texts: np.stack([known[text] for text in texts]))
        _count(matcher, [pair for pair in held if _skill(pair[1]) == skill], new)
        _count(matcher, [pair for pair in held if _skill(pair[1]) != skill], old)
    figure, neighbours = 100 * new[0] / new[1], 100 * old[0] / old[1]
    yield Row(
        f"right skill from ten sentences an intent ({language})",
        figure,
        "%",
        baseline=neighbours,
        ratio=figure / neighbours,
        goal=">= 1",
    )


def _lexicon(language: str) -> Lexicon:
    router = Router(our_skills(language), now=lambda: datetime(2026, 11, 22, tzinfo=UTC))
    return router.lexicon(language)


def embed_all(lesson: Lesson) -> Floats:
    """The embeddings of a lesson, in batches."""
    texts = [text for text, _ in lesson]
    return np.vstack([embed(texts[at : at + 512]) for at in range(0, len(texts), 512)])


def _held_out(lexicon: Lexicon, random: Random) -> Lesson:
    """Of every intent with enough examples, some without slots that nobody learns from: as they are
    heard, for so they are learned."""
    held: Lesson = []
    for name, sentences in lexicon.known.items():
        for intent in sentences.intents.values():
            plain = sorted(
                {
                    core(normalise(each.text, lexicon.language), lexicon.language)
                    for each in intent.examples
                    if not set("{<[(") & set(each.text)
                }
            )
            if intent.when == "always" and len(plain) >= TEN + ASKED:
                held += [(text, label(name, intent.name)) for text in random.sample(plain, ASKED)]
    return held


def _kept(everything: Lesson, held: Lesson, skill: str, random: Random) -> Lesson:
    """What is learned: all but what is held out, and of the new skill ten sentences an intent."""
    texts = {text for text, _ in held}
    left = [pair for pair in everything if pair[0] not in texts]
    few: dict[str, list[str]] = {}
    for text, name in left:
        if _skill(name) == skill:
            few.setdefault(name, []).append(text)
    chosen = {
        (text, name)
        for name, said in few.items()
        for text in random.sample(said, min(TEN, len(said)))
    }
    return [pair for pair in left if _skill(pair[1]) != skill or pair in chosen]


def _count(matcher: Matcher, held: Lesson, counts: list[int]) -> None:
    """Count the sentences whose likeliest skill is theirs, and all."""
    for text, name in held:
        chances: dict[str, float] = {}
        for other, chance in matcher.scores(text):
            chances[_skill(other)] = chances.get(_skill(other), 0.0) + chance
        counts[0] += max(chances, key=lambda each: chances[each]) == _skill(name)
        counts[1] += 1


def _skill(name: str) -> str:
    return name.partition(".")[0]


def _time() -> Iterator[Row]:
    """Processor seconds of learning, of intents nobody has learned and of ten new sentences."""
    everything = _lexicon("en").lesson()
    names = sorted({name for _, name in everything})[:INTENTS]
    lesson = [pair for pair in everything if pair[1] in set(names)]
    began = process_time()
    vectors = embed_all(lesson)
    known = dict(zip((text for text, _ in lesson), vectors, strict=True))
    embedding = process_time() - began

    def embedded(texts: Sequence[str]) -> Floats:
        new = [text for text in texts if text not in known]
        known.update(zip(new, embed(new), strict=True) if new else ())
        return np.stack([known[text] for text in texts])

    began = process_time()
    train("en", lesson, embedded)
    fitting = process_time() - began
    yield Row(
        f"training for {INTENTS} intents, {len(lesson)} sentences, processor",
        embedding + fitting,
        "s",
        goal="<= 5",
    )
    began = process_time()
    train(
        "en", [*lesson, *((f"water plant {n} now", "plants.water") for n in range(TEN))], embedded
    )
    yield Row("learning ten sentences more, processor", process_time() - began, "s", goal="<= 5")
