"""What is written on this machine, and which passage of it answers a question.

One SQLite file with a full-text index (FTS5) over an encyclopaedia and the household's own notes.
Answers are sentences of the source, never made up; where nothing fits well, there is none.
"""

from __future__ import annotations

import json
import math
import re
import sqlite3
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from voice_assistant.evidence import Question
from voice_assistant.markup import plain
from voice_assistant.terms import terms

CANDIDATES = 40
"""Passages that the index is asked for."""
CLOSELY = 16
"""Of these, those whose sentences are read; all, where the most of a kind is asked for."""
STEP = 500
"""Articles taken in at a time: about half a second, in which nothing can be asked."""
TELLING = 8
"""Terms that are looked for: the rarest of a question's and their kin."""
SURE = 0.72
"""Share of a question's weight that a passage must hold to answer it."""
PASSAGE = 900
"""Characters of a passage that a note is cut into, at its paragraphs."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS source (name TEXT PRIMARY KEY, stamp TEXT);
CREATE TABLE IF NOT EXISTS passage (
    id INTEGER PRIMARY KEY, source TEXT, title TEXT, about TEXT, text TEXT, key TEXT);
CREATE INDEX IF NOT EXISTS passage_key ON passage (key);
CREATE INDEX IF NOT EXISTS passage_source ON passage (source);
CREATE VIRTUAL TABLE IF NOT EXISTS found USING fts5(title, about, text, tokenize='ascii');
CREATE TABLE IF NOT EXISTS frequency (term TEXT PRIMARY KEY, passages INTEGER) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of a source."""

    source: str
    """Whose words these are: "Wikipedia", or the name of a note."""
    title: str
    about: str = ""
    """What the title is, in a few words."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An answer, in the words of its source."""

    passage: Passage
    answer: str
    sure: float
    """0 to 1: how much of the question the passage covers."""


class Library:
    """The index. Blocking: use it behind a worker."""

    def __init__(self, path: Path | str) -> None:
        if path != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, check_same_thread=False)
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + _SCHEMA)
        self._count = 0
        self._recount()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    # --- taking in ------------------------------------------------------------------------------

    def read_encyclopaedia(self, file: Path, source: str) -> Generator[int, None, None]:
        """Take in a pack of summaries (JSON by title, with `extract` and `description`). Yields the
        number of articles left after each step, and goes on where it once was left."""
        stamp = f"{file.stat().st_size} {file.stat().st_mtime_ns}"
        known, _, count = (self._known(source) or "").rpartition(" ")
        if known == stamp and count == "all":
            return
        articles = [a for a in json.loads(file.read_text("utf-8")).values() if a["extract"]]
        if known != stamp:
            self._forget(source)
        done = int(count) if known == stamp else 0
        while done < len(articles):
            part = [_article(a, source) for a in articles[done : done + STEP]]
            done += len(part)
            left = len(articles) - done
            self._add(source, f"{stamp} {done if left else 'all'}", part)
            yield left

    def read_notes(self, folder: Path) -> None:
        """Take in the text and Markdown files below a folder; forget those that are gone."""
        files = [f for f in sorted(folder.rglob("*")) if f.suffix.lower() in {".txt", ".md"}]
        names = {str(f.relative_to(folder)) for f in files}
        notes = "SELECT name FROM source WHERE name LIKE 'note:%'"
        for (name,) in self._db.execute(notes).fetchall():
            if name.removeprefix("note:") not in names:
                self._forget(name)
        for file in files:
            name = f"note:{file.relative_to(folder)}"
            stamp = f"{file.stat().st_size} {file.stat().st_mtime_ns}"
            if self._known(name) != stamp:
                text = file.read_text(encoding="utf-8", errors="replace")
                self._forget(name)
                self._add(name, stamp, _note(file.stem, text, name))

    def _known(self, source: str) -> str | None:
        rows = self._db.execute("SELECT stamp FROM source WHERE name=?", (source,)).fetchall()
        return rows[0][0] if rows else None

    def _forget(self, source: str) -> None:
        with self._db:
            old = "SELECT id FROM passage WHERE source=?"
            self._db.execute(f"DELETE FROM found WHERE rowid IN ({old})", (source,))  # noqa: S608
            self._db.execute("DELETE FROM passage WHERE source=?", (source,))
            self._db.execute("DELETE FROM source WHERE name=?", (source,))
        self._recount()

    def _add(self, source: str, stamp: str, passages: Iterable[Passage]) -> None:
        """Passages and how far the source was read: together or not at all."""
        frequency: Counter[str] = Counter()
        with self._db:
            for passage in passages:
                self._insert(passage, frequency)
            self._db.executemany(
                "INSERT INTO frequency VALUES (?, ?) ON CONFLICT (term)"
                " DO UPDATE SET passages = passages + excluded.passages",
                frequency.items(),
            )
            self._db.execute("INSERT OR REPLACE INTO source VALUES (?, ?)", (source, stamp))
        self._recount()

    def _insert(self, passage: Passage, frequency: Counter[str]) -> None:
        title, about, text = (terms(t) for t in (passage.title, passage.about, passage.text))
        frequency.update({*title, *about, *text})
        row = self._db.execute(
            "INSERT INTO passage (source, title, about, text, key) VALUES (?, ?, ?, ?, ?)",
            (passage.source, passage.title, passage.about, passage.text, _key(passage.title)),
        )
        self._db.execute(
            "INSERT INTO found (rowid, title, about, text) VALUES (?, ?, ?, ?)",
            (row.lastrowid, *(" ".join(t) for t in (title, about, text))),
        )

    def _recount(self) -> None:
        self._count = self._db.execute("SELECT count(*) FROM passage").fetchone()[0]

    # --- finding --------------------------------------------------------------------------------

    def answer(self, text: str, language: str) -> Finding | None:
        """The best answer to a question, or None where nothing fits well enough."""
        question = Question.of(text, language)
        candidates, weights = self._candidates(question)
        judged = [
            (sure + bonus + evidence.score, sure, evidence, passage)
            for sure, bonus, passage in candidates[: None if question.most else CLOSELY]
            if sure >= SURE and (passage.source.startswith("note:") or not question.of_now)
            for evidence in [question.judge(passage.title, passage.about, passage.text, weights)]
            if evidence.fits
        ]
        if not judged:
            return None
        _, sure, evidence, passage = max(judged, key=lambda j: j[0])
        return Finding(passage=passage, answer=evidence.answer, sure=sure)

    def search(self, text: str, language: str, limit: int = 3) -> list[Passage]:
        """The passages that fit best, whether or not they answer."""
        return [p for _, _, p in self._candidates(Question.of(text, language))[0][:limit]]

    def _candidates(
        self, question: Question
    ) -> tuple[list[tuple[float, float, Passage]], dict[str, float]]:
        """Passages with the share of the question that each holds and the bonus for its title, the
        best first; and the weights of the terms."""
        if not question.terms or not self._count:
            return [], {}
        weights = self._weights({*question.wide_terms(), *question.all_terms})
        telling = sorted(dict.fromkeys(question.wide_terms()), key=lambda t: -weights[t])
        covered = []
        queries = [" OR ".join(f'"{t}"' for t in telling[:TELLING])]
        queries += [f'"{phrase}"' for phrase in question.phrases()]
        if question.most:
            most, kind = question.most.term, question.most.kind
            queries += [f'"{most} {kind}"', f'NEAR("{most}" "{kind}", 8)']
        for source, title, about, text, held in self._rows(question.title_keys(), queries):
            sure, bonus = question.cover(title, about, set(held.split()), weights)
            passage = Passage(source=source, title=title, about=about, text=text)
            covered.append((sure, bonus, passage))
        return sorted(covered, key=lambda c: -c[0] - c[1]), weights

    def _rows(self, keys: list[str], queries: list[str]) -> Iterable[tuple[str, ...]]:
        """Passages with one of these titles, and those that the index ranks first."""
        select = (
            "SELECT passage.source, passage.title, passage.about, passage.text,"
            " found.title || ' ' || found.about || ' ' || found.text"
            " FROM passage JOIN found ON found.rowid = passage.id WHERE "
        )
        marks = ",".join("?" * len(keys))
        rows = self._db.execute(f"{select} key IN ({marks})", keys).fetchall()
        ranked = f"{select} found MATCH ? ORDER BY bm25(found, 6.0, 3.0, 1.0) LIMIT ?"
        for query in queries:
            rows += self._db.execute(ranked, (query, CANDIDATES)).fetchall()
        return dict.fromkeys(rows)

    def _weights(self, wanted: set[str]) -> dict[str, float]:
        """How telling a term is: the rarer, the more."""
        marks = ",".join("?" * len(wanted))
        rows = self._db.execute(
            f"SELECT term, passages FROM frequency WHERE term IN ({marks})",  # noqa: S608
            list(wanted),
        ).fetchall()
        known = dict(rows)
        return {t: math.log(1 + self._count / (1 + known.get(t, 0))) for t in wanted}


def _article(article: dict[str, str], source: str) -> Passage:
    return Passage(
        source=source,
        title=article["title"],
        about=article.get("description") or "",
        text=article["extract"].replace("\xa0", " "),
    )


def _note(title: str, text: str, source: str) -> Iterator[Passage]:
    """A note in passages that are not too long, cut between paragraphs."""
    passage = ""
    for paragraph in re.split(r"\n\s*\n", plain(text).replace("\n", "\n\n")):
        if passage and len(passage) + len(paragraph) > PASSAGE:
            yield Passage(source=source, title=title, text=passage)
            passage = ""
        passage = f"{passage}\n{paragraph.strip()}".strip()
    if passage:
        yield Passage(source=source, title=title, text=passage)


def _key(title: str) -> str:
    return " ".join(terms(re.sub(r"\s*\([^)]*\)$", "", title)))
