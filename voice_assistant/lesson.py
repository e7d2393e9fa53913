"""What the statistical match is trained with, and the file that its result is kept in."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from random import Random

from voice_assistant.embedding import Kept
from voice_assistant.expand import Sampler
from voice_assistant.intents import Sentences
from voice_assistant.matcher import OTHER, Matcher, train
from voice_assistant.normal import core, normalise
from voice_assistant.template import Template
from voice_assistant.templates import written

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

VERSION = 11
"""Of the training method: another number makes every cached match stale."""

_MARKS = re.compile(r"[^\w\s'’#-]")
"""What would mean something in a template."""

Known = Mapping[str, Sentences]
"""The sentences of one language, by skill."""


def label(skill: str, intent: str) -> str:
    """The name of an intent across skills."""
    return f"{skill}.{intent}"


def lesson(language: str, known: Known, times: int | None = None) -> list[tuple[str, str]]:
    """Labelled sentences to train with: drawn from templates, the examples, and what is for no
    skill.

    Names known only at run time play no part: a new song is no reason to train anew.
    """
    drawn = _labelled(language, known, DRAWN[language] if times is None else times)
    return sorted({pair for pair in drawn if pair[0]})


def _labelled(language: str, known: Known, times: int) -> Iterator[tuple[str, str]]:
    for skill, sentences in known.items():
        random = Random(skill)  # a new skill leaves the others' sentences as they are
        sampler = Sampler(language, sentences.rules, written(sentences), random)
        for intent in sentences.intents.values():
            name = label(skill, intent.name)
            for template in (*intent.templates, *intent.examples):
                for text in _drawn(language, sampler, template, times):
                    yield text, name
    sampler = Sampler(language, {}, {}, Random(7))
    for template in others(language):
        for text in _drawn(language, sampler, template, OTHERS):
            yield text, OTHER


def _drawn(language: str, sampler: Sampler, template: Template, times: int) -> set[str]:
    """Sentences of a template, as they are heard."""
    drawn = sampler.several(template, times)
    return {core(normalise(text, language), language) for text in drawn}


def file_name(language: str, known: Known) -> str:
    """The file that holds the match of these sentences."""
    learned = [VERSION, other_text(language)]
    learned += [each.digest for _, each in sorted(known.items())]
    digest = hashlib.sha256(json.dumps(learned).encode()).hexdigest()[:16]
    return file_names(language).replace("*", digest)


def file_names(language: str) -> str:
    """A pattern of the files that hold any match of a language."""
    return f"match_{language}_{VERSION}_*.npz"


def keep(matcher: Matcher, folder: Path, name: str) -> None:
    """Save a match in place of older ones of its language."""
    for old in folder.glob(f"match_{matcher.language}_*.npz"):
        old.unlink()
    matcher.save(folder / name)


def trained(language: str, learned: list[tuple[str, str]], folder: Path | None) -> Matcher:
    """A match of these sentences. `folder` keeps what is costly of it for the next time."""
    kept = Kept(folder / f"embedded_{language}.npz" if folder else None)
    return train(language, learned, kept.embed)


def study(language: str, learned: list[tuple[str, str]], folder: Path, name: str) -> None:
    """Train a match and keep it. For a process of its own, that leaves the machine to others."""
    if hasattr(os, "nice"):
        os.nice(10)
    keep(trained(language, learned, folder), folder, name)


@cache
def other_text(language: str) -> str:
    """What is for no skill of its own, one template a line: talk, and questions about the world."""
    data = files("voice_assistant") / "data"
    text = data.joinpath(f"other_{language}.txt").read_text("utf-8")
    asked = data / f"knowledge_asked_{language}.tsv"
    if not asked.is_file():
        return text
    questions = [line.partition("\t")[0] for line in asked.read_text("utf-8").splitlines()]
    return "\n".join((text, *(_MARKS.sub(" ", question) for question in questions)))


def others(language: str) -> tuple[Template, ...]:
    """Templates of what is for no skill."""
    lines = (
        line for line in other_text(language).splitlines() if line and not line.startswith("#")
    )
    return tuple(Template(line, {}, known=()) for line in lines)
