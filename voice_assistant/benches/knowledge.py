"""`bench knowledge`: questions that the encyclopaedia answers, and questions that it cannot.

Written for articles drawn by chance, one each, before any was asked. The judge of answers is fitted
to other questions (knowledge_weights.py), and ought to be."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from voice_assistant import catalog as catalogs
from voice_assistant.bench import Row
from voice_assistant.knowledge import Library

_DATA = Path(__file__).parents[1] / "data"


def run() -> Iterator[Row]:
    """Over the installed encyclopaedia; nothing where there is none."""
    catalog = catalogs.load()
    if not (best := catalog.best("knowledge")):
        return
    library = Library(":memory:")
    began = time.perf_counter()
    for _ in library.read_encyclopaedia(catalog.path(best.name) / "summaries_en-us.json", "it"):
        pass
    yield Row("reading the encyclopaedia", time.perf_counter() - began, "s")
    yield from measure(library)
    library.close()


def measure(library: Library) -> Iterator[Row]:
    """The shares of right sources, right facts and honest silences, and the time of an answer."""
    sources = facts = beside = 0
    times: list[float] = []
    questions = [line.split("\t") for line in _lines("bench_knowledge_en.tsv")]
    for question, titles, fact in questions:
        began = time.perf_counter()
        found = library.answer(question, "en")
        times.append(time.perf_counter() - began)
        if found:
            sources += found.passage.title in titles.split("|")
            holds = bool(re.search(fact, found.answer, re.IGNORECASE))
            facts, beside = facts + holds, beside + (not holds)
    yield Row("right source", 100 * sources / len(questions), "%", goal=">= 90")
    yield Row("answer holds the fact", 100 * facts / len(questions), "%", goal=">= 80")
    yield Row("answer is beside the question", 100 * beside / len(questions), "%")
    unanswerable = _lines("bench_unanswerable_en.txt")
    silent = sum(library.answer(question, "en") is None for question in unanswerable)
    honest = 100 * silent / len(unanswerable)
    yield Row("unanswerable, and it says so", honest, "%", goal=">= 90")
    yield Row("an answer takes", 1000 * median(times), "ms", goal="< 20")


def _lines(name: str) -> list[str]:
    return (_DATA / name).read_text(encoding="utf-8").splitlines()
