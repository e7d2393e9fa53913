"""How few sentences teach a skill, and how long learning takes.

Four skills of strangers are put into a user's folder, one after the other, each with ten sentences an
intent; then `route` is asked what people would say to them, what they would say to our own skills,
and what they say in passing about the same things: written before what is taught.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import numpy as np
import yaml

from voice_assistant.bench import Row
from voice_assistant.benches.routing import our_skills
from voice_assistant.lesson import trained
from voice_assistant.router import Router
from voice_assistant.texts import load

TEN = 10
"""Sentences an intent that must be enough."""

INTENTS = 150

_SKILL = """from voice_assistant.skill import Answer, Skill, Turn, intent


class Stranger(Skill):
    async def answer(self, turn: Turn, **slots: object) -> Answer:
        return None

"""


def run() -> Iterator[Row]:
    """Ten sentences an intent, in both languages; then the time that learning takes."""
    for language in ("en", "zh"):
        yield from _few(language)
    yield from _time()


def _few(language: str) -> Iterator[Row]:
    """New skills beside old ones, and beside nobody."""
    told = load(f"bench_learning_{language}")
    new, old, taken = [], [], []
    with TemporaryDirectory() as home:
        for name, skill in told["skills"].items():
            asked = [text for texts in skill["asked"].values() for text in texts]
            ours = [text for texts in told["neighbours"].values() for text in texts]
            folder = _write(Path(home) / "data" / "skills" / name, language, skill)
            found = _route(home, language, [*asked, *ours, *skill["nobody"]])
            shutil.rmtree(folder)
            new += [found[text] == name for text in asked]
            taken += [found[text] == name for text in skill["nobody"]]
            old += [
                found[text] == owner
                for owner, texts in told["neighbours"].items()
                for text in texts
            ]
    figure, neighbours = 100 * float(np.mean(new)), 100 * float(np.mean(old))
    yield Row(
        f"right skill, new, from ten sentences an intent ({language})",
        figure,
        "%",
        baseline=neighbours,
        ratio=figure / neighbours,
        goal=">= 1",
    )
    yield Row(f"talk about its things that it takes ({language})", 100 * float(np.mean(taken)), "%")


def _write(folder: Path, language: str, skill: dict[str, Any]) -> Path:
    """A stranger's skill."""
    folder.mkdir(parents=True)
    marks = "".join(f"    answer = intent({name!r})(answer)\n" for name in skill["taught"])
    (folder / "__init__.py").touch()
    (folder / "skill.py").write_text(_SKILL + marks, encoding="utf-8")
    intents = {name: {"sentences": taught} for name, taught in skill["taught"].items()}
    sentences = {"intents": intents, "lists": skill["lists"]}
    (folder / f"{language}.yaml").write_text(
        yaml.safe_dump(sentences, allow_unicode=True), encoding="utf-8"
    )
    return folder


def _route(home: str, language: str, texts: Sequence[str]) -> dict[str, str | None]:
    """The skill of each text, by a program of its own, as for a user whose folder this is."""
    options = ("--language", language, "--no-llm")
    done = subprocess.run(
        [sys.executable, "-m", "voice_assistant", *options, "route", "--json", "--file", "-"],
        input="\n".join(texts).encode(),
        stdout=subprocess.PIPE,
        env=os.environ | {"VOICE_ASSISTANT_HOME": home},
        check=True,
    )
    lines = map(json.loads, done.stdout.decode().splitlines())
    return {line["text"]: line["skill"] for line in lines}


def _time() -> Iterator[Row]:
    """Processor seconds of learning, of intents nobody has learned and of ten new sentences."""
    router = Router(our_skills("en"), now=lambda: datetime(2026, 11, 22, tzinfo=UTC))
    everything = router.lexicon("en").lesson()
    names = sorted({name for _, name in everything})[:INTENTS]
    lesson = [pair for pair in everything if pair[1] in set(names)]
    more = [*lesson, *((f"water plant {n} now", "plants.water") for n in range(TEN))]
    with TemporaryDirectory() as cache:
        for name, learned in (
            (f"training for {INTENTS} intents, {len(lesson)} sentences, processor", lesson),
            ("learning ten sentences more, processor", more),
        ):
            began = process_time()
            trained("en", learned, Path(cache))
            yield Row(name, process_time() - began, "s", goal="<= 5")
