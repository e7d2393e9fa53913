"""What is written on this machine, and which passage of it answers a question.

One SQLite file with a full-text index (FTS5) over an encyclopaedia and the household's own notes.
Answers are sentences of the source, never made up; where nothing fits well, there is none.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from voice_assistant.evidence import Judge
from voice_assistant.normal import language_of
from voice_assistant.passages import READ, Passage, article, note, stamp, title_key
from voice_assistant.question import Question
from voice_assistant.signs import BEGINNING, Text
from voice_assistant.terms import terms
from voice_assistant.vectors import SIZE, nearness

CANDIDATES = 10
"""Passages that the index is asked for."""
NEAREST = 6
"""And the passages besides that stand nearest to the question."""
MOSTS = 15
"""And where the most of a kind is asked for: there are many."""
STEP = 500
"""Articles taken in at a time: about half a second, in which nothing can be asked."""
SURE = 0.22
"""How likely a passage must answer for its answer to be given. (A sentence that is beside the
question is less bad than a false one: it is the source's own, and the source is named.)"""
NEAR = 0.18
"""The same where it is known how near its sentences are to the question."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS source (name TEXT PRIMARY KEY, stamp TEXT);
CREATE TABLE IF NOT EXISTS passage (
    id INTEGER PRIMARY KEY, source TEXT, title TEXT, about TEXT, text TEXT, key TEXT);
CREATE INDEX IF NOT EXISTS passage_key ON passage (key);
CREATE INDEX IF NOT EXISTS passage_source ON passage (source);
CREATE VIRTUAL TABLE IF NOT EXISTS found USING fts5(title, about, text, tokenize='ascii');
CREATE TABLE IF NOT EXISTS frequency (term TEXT PRIMARY KEY, passages INTEGER) WITHOUT ROWID;
"""
_COLUMNS = "passage.source, passage.title, passage.about, passage.text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An answer, in the words of its source."""

    passage: Passage
    answer: str
    sure: float
    """0 to 1: how likely it answers."""


class Library:
    """The index. Blocking: use it behind a worker."""

    def __init__(self, path: Path | str) -> None:
        if path != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, check_same_thread=False)
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + _SCHEMA)
        self._count = 0
        self._articles: list[int] = []
        """The numbers of those of whose sentences it is known how near they are to a question."""
        self._recount()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    # --- taking in ------------------------------------------------------------------------------

    def read_encyclopaedia(self, file: Path, source: str) -> Generator[int, None, None]:
        """Take in a pack of summaries (JSON by title, with `extract` and `description`). Yields the
        number of articles left after each step, and goes on where it once was left."""
        read = stamp(file)
        known, _, count = (self._known(source) or "").rpartition(" ")
        if known == read and count == "all":
            return
        articles = [a for a in json.loads(file.read_text("utf-8")).values() if a["extract"]]
        if known != read:
            self._forget(source)
        done = int(count) if known == read else 0
        while done < len(articles):
            part = [article(a, source) for a in articles[done : done + STEP]]
            done += len(part)
            left = len(articles) - done
            self._add(source, f"{read} {done if left else 'all'}", part)
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
            read = stamp(file)
            if self._known(name) != read:
                text = file.read_text(encoding="utf-8", errors="replace")
                self._forget(name)
                self._add(name, read, note(file.stem, text, name))

    def _known(self, source: str) -> str | None:
        rows = self._db.execute("SELECT stamp FROM source WHERE name=?", (source,)).fetchall()
        return rows[0][0] if rows else None

    def _forget(self, source: str) -> None:
        with self._db:
            old = "SELECT id FROM passage WHERE source=?"
            texts = f"SELECT title || ' ' || about || ' ' || text FROM found WHERE rowid IN ({old})"  # noqa: S608
            gone = Counter(
                t for (row,) in self._db.execute(texts, (source,)) for t in {*row.split()}
            )
            self._db.executemany(
                "UPDATE frequency SET passages = passages - ? WHERE term = ?",
                [(count, term) for term, count in gone.items()],
            )
            self._db.execute(f"DELETE FROM found WHERE rowid IN ({old})", (source,))  # noqa: S608
            self._db.execute("DELETE FROM passage WHERE source=?", (source,))
            self._db.execute("DELETE FROM source WHERE name=?", (source,))
        self._recount()

    def _add(self, source: str, read: str, passages: Iterable[Passage]) -> None:
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
            self._db.execute("INSERT OR REPLACE INTO source VALUES (?, ?)", (source, read))
        self._recount()

    def _insert(self, passage: Passage, frequency: Counter[str]) -> None:
        title, about, text = (terms(t) for t in (passage.title, passage.about, passage.text))
        frequency.update({*title, *about, *text})
        row = self._db.execute(
            "INSERT INTO passage (source, title, about, text, key) VALUES (?, ?, ?, ?, ?)",
            (passage.source, passage.title, passage.about, passage.text, title_key(passage.title)),
        )
        self._db.execute(
            "INSERT INTO found (rowid, title, about, text) VALUES (?, ?, ?, ?)",
            (row.lastrowid, *(" ".join(t) for t in (title, about, text))),
        )

    def _recount(self) -> None:
        self._count = self._db.execute("SELECT count(*) FROM passage").fetchone()[0]
        read = self._db.execute(
            "SELECT id FROM passage JOIN source ON source.name = passage.source"
            " WHERE source.stamp LIKE ? ORDER BY id",
            (f"{READ} {SIZE} % all",),
        )
        self._articles = [number for (number,) in read]

    # --- finding --------------------------------------------------------------------------------

    def answer(self, text: str, language: str) -> Finding | None:
        """The best answer to a question, or None where none is surely one."""
        question = Question.of(text, language)
        judge, best = Judge(question, self._rarity(question.terms)), None
        for passage, judged in self._candidates(question):
            if not (passage.source.startswith("note:") or _may_say(passage, question)):
                continue
            evidence = judge.judge(judged)
            least = NEAR if judged.near else SURE
            if evidence.sure >= (best.sure if best else least):
                best = Finding(passage=passage, answer=evidence.answer, sure=evidence.sure)
        return best

    def candidates(self, text: str, language: str) -> tuple[Judge, list[Text]]:
        """What is judged to answer a question, and by whom; for fitting the judge's weights."""
        question = Question.of(text, language)
        texts = [judged for _, judged in self._candidates(question)]
        return Judge(question, self._rarity(question.terms)), texts

    def _candidates(self, question: Question) -> Iterator[tuple[Passage, Text]]:
        """The passages that the index ranks first, those that stand nearest to the question, and
        those of which it has the title or that are the most of something; each as it is judged."""
        if not question.terms or not self._count:
            return
        ranked = self._ranked(" OR ".join(self._sought(question.terms)), CANDIDATES)
        ranks = sorted((rank for _, rank in ranked.values()), reverse=True) or [1.0]
        others = self._with("key", [*question.title_keys()])
        if question.most:
            most, kind = question.most.term, question.most.kind
            for query in (f'"{most} {kind}"', f'NEAR("{most}" "{kind}", 8)'):
                others |= {i: passage for i, (passage, _) in self._ranked(query, MOSTS).items()}
        english = question.language == "en"
        near = nearness(question.text, self._articles) if english and self._articles else None
        if near:
            others |= self._with("id", near.best(NEAREST))
        for i, passage in others.items():
            ranked.setdefault(i, (passage, ranks[-1]))
        lead = 1 - ranks[1] / ranks[0] if len(ranks) > 1 else 1.0
        for i, (passage, rank) in ranked.items():
            first = rank == ranks[0]
            yield (
                passage,
                Text(
                    title=passage.title,
                    about=passage.about,
                    text=passage.text,
                    rank=rank / ranks[0],
                    lead=lead if first else 0.0,
                    near=near.of(i) if near else (),
                    near_lead=near.lead(i) if near else 0.0,
                ),
            )

    def _sought(self, wanted: Sequence[str]) -> Iterator[str]:
        """What the index is asked for: terms, and for one that nothing holds, what begins so."""
        known = self._frequency(wanted)
        for term in wanted:
            whole = known.get(term) or len(term) < BEGINNING
            yield f'"{term}"' if whole else f'"{term}" *'

    def _ranked(self, query: str, limit: int) -> dict[int, tuple[Passage, float]]:
        """The passages that fit a query best, by number."""
        rows = self._db.execute(
            f"SELECT id, -bm25(found, 6.0, 3.0, 1.0) AS rank, {_COLUMNS}"  # noqa: S608
            " FROM found JOIN passage ON passage.id = found.rowid"
            " WHERE found MATCH ? ORDER BY rank DESC LIMIT ?",
            (query, limit),
        )
        return {row[0]: (_passage(row[2:]), row[1]) for row in rows}

    def _with(self, column: str, values: Sequence[object]) -> dict[int, Passage]:
        """The passages with one of these values, by number."""
        marks = ",".join("?" * len(values))
        rows = self._db.execute(
            f"SELECT id, {_COLUMNS} FROM passage WHERE {column} IN ({marks})",  # noqa: S608
            values,
        )
        return {row[0]: _passage(row[1:]) for row in rows}

    def _frequency(self, wanted: Sequence[str]) -> dict[str, int]:
        """In how many passages each of these terms is."""
        marks = ",".join("?" * len(wanted))
        return dict(
            self._db.execute(
                f"SELECT term, passages FROM frequency WHERE term IN ({marks})",  # noqa: S608
                list(wanted),
            ).fetchall()
        )

    def _rarity(self, wanted: Sequence[str]) -> dict[str, float]:
        """How telling a term is, from 0 to 1: the rarer, the more."""
        known = self._frequency(wanted)
        most = math.log(1 + self._count)
        return {
            t: math.log(1 + self._count / (1 + known.get(t, 0))) / most if most else 1.0
            for t in wanted
        }


def _may_say(passage: Passage, question: Question) -> bool:
    """Whether an encyclopaedia may answer: not what only the household knows, and not in another
    language (of Chinese questions an English one holds single characters)."""
    return not question.of_now and question.language == language_of(
        passage.title, question.language
    )


def _passage(row: tuple[str, ...]) -> Passage:
    source, title, about, text = row
    return Passage(source=source, title=title, about=about, text=text)
