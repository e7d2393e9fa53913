"""CC-CEDICT in an SQLite file, made once from the packed text.

A line of it is `traditional simplified [pin1 yin1] /sense/sense/`.
"""

from __future__ import annotations

import gzip
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_LINE = re.compile(r"^(\S+) (\S+) \[([^\]]*)\] /(.*)/\s*$")
_ASIDE = re.compile(r"\s*\([^)]*\)\s*")
_HANZI = re.compile(r"([\u3400-\u9fff]+)\|?([\u3400-\u9fff]*)(?:\[[^\]]*\])?")
_SHORT = {
    r"lit\.": "literally",
    r"fig\.": "figuratively",
    "sb": "somebody",
    "sth": "something",
    r"esp\.": "especially",
}
_RARE = re.compile(r"^(?:variant|old variant|Japanese variant|surname|see |abbr\.|used in|CL:)")
_SCHEMA = """
CREATE TABLE word (simplified TEXT, pinyin TEXT, senses TEXT);
CREATE TABLE gloss (english TEXT, simplified TEXT, pinyin TEXT, worth INTEGER);
CREATE INDEX word_simplified ON word (simplified);
CREATE INDEX gloss_english ON gloss (english);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A Chinese word with one pronunciation."""

    word: str
    pinyin: str
    """With numbers for tones: `ping2 guo3`."""
    senses: tuple[str, ...]

    @property
    def idiom(self) -> bool:
        """Whether it is a 成语."""
        return len(self.word) == 4 and any("(idiom)" in sense for sense in self.senses)


class Cedict:
    """The dictionary. Blocking, and slow the first time: use it behind a worker."""

    def __init__(self, packed: Path, cache: Path | None) -> None:
        """`cache` is the folder that keeps the index; without one it is made in memory."""
        if cache:
            cache.mkdir(parents=True, exist_ok=True)
        where = str(cache / f"cedict-{packed.stat().st_size}.db") if cache else ":memory:"
        self._db = sqlite3.connect(where, check_same_thread=False)
        if not self._db.execute("SELECT name FROM sqlite_master WHERE name = 'word'").fetchone():
            self._fill(packed)

    def close(self) -> None:
        """Close the index."""
        self._db.close()

    def chinese(self, word: str) -> list[Entry]:
        """What a Chinese word is in English; common readings first, surnames last."""
        rows = self._db.execute("SELECT * FROM word WHERE simplified = ?", (word,))
        entries = [Entry(word, pinyin, tuple(senses.split("/"))) for word, pinyin, senses in rows]
        return sorted(
            entries, key=lambda e: (e.pinyin[:1].isupper(), bool(_RARE.match(e.senses[0])))
        )

    def english(self, word: str) -> list[Entry]:
        """Chinese words for an English one, the likeliest first, and those about as likely."""
        names = [word, "to " + word] if not word.startswith("to ") else [word]
        marks = ",".join("?" * len(names))
        rows = self._db.execute(
            f"SELECT simplified, pinyin, MAX(worth) FROM gloss WHERE english IN ({marks})"  # noqa: S608
            " GROUP BY simplified ORDER BY 3 DESC, LENGTH(simplified) LIMIT 5",
            names,
        ).fetchall()
        return [Entry(found, pinyin, ()) for found, pinyin, worth in rows if worth > rows[0][2] - 4]

    def containing(self, character: str, limit: int = 2) -> list[str]:
        """Common two-character words with a character, to tell it from those that sound alike."""
        rows = self._db.execute(
            "SELECT simplified, LENGTH(senses) FROM word WHERE LENGTH(simplified) = 2"
            " AND (simplified LIKE ? OR simplified LIKE ?) AND senses NOT LIKE 'variant%'"
            " AND pinyin = LOWER(pinyin) GROUP BY simplified ORDER BY 2 DESC LIMIT ?",
            (character + "_", "_" + character, limit),
        )
        return [word for word, _ in rows]

    def idiom(self, at: int) -> Entry:
        """One of the idioms (成语), by any number."""
        rows = self._db.execute(
            "SELECT * FROM word WHERE senses LIKE '%(idiom)%' AND LENGTH(simplified) = 4"
        ).fetchall()
        word, pinyin, senses = rows[at % len(rows)]
        return Entry(word, pinyin, tuple(senses.split("/")))

    def _fill(self, packed: Path) -> None:
        entries = list(_entries(packed))
        known = Counter(char for entry in entries for char in set(entry.word))
        with self._db:
            self._db.execute("BEGIN")
            for statement in filter(str.strip, _SCHEMA.split(";")):
                self._db.execute(statement)
            self._db.executemany(
                "INSERT INTO word VALUES (?, ?, ?)",
                ((entry.word, entry.pinyin, "/".join(entry.senses)) for entry in entries),
            )
            self._db.executemany(
                "INSERT INTO gloss VALUES (?, ?, ?, ?)",
                (row for entry in entries for row in _glosses(entry, known)),
            )


def _entries(packed: Path) -> Iterator[Entry]:
    with gzip.open(packed, "rt", encoding="utf-8") as lines:
        for line in lines:
            if found := _LINE.match(line):
                _, simplified, pinyin, senses = found.groups()
                yield Entry(simplified, pinyin, tuple(senses.split("/")))


def _glosses(entry: Entry, known: Counter[str]) -> Iterator[tuple[str, str, str, int]]:
    """English words for an entry, with what speaks for it: that it comes early, among many senses
    (usual words have many), has a measure word (CL), and that its characters make many words."""
    if any(_RARE.match(sense) for sense in entry.senses[:1]):
        return
    usual = min(len(entry.senses), 6) + 4 * any(sense.startswith("CL:") for sense in entry.senses)
    usual += 2 * min(known[char] for char in entry.word).bit_length()
    for at, sense in enumerate(entry.senses):
        worth = usual - 3 * min(at, 4) - 4 * ("(" in sense)
        for part in re.split("[;,]", _ASIDE.sub(" ", sense)):
            if english := part.strip().lower().removeprefix("the "):
                yield english, entry.word, entry.pinyin, worth


def readable(sense: str) -> str:
    """A sense as it is spoken: without asides and without the traditional twin of a word."""
    sense = _ASIDE.sub(" ", _HANZI.sub(lambda m: m[2] or m[1], sense))
    for short, long in _SHORT.items():
        sense = re.sub(rf"\b{short}(?!\w)", long, sense)
    return re.sub(r"\s+(;)?", lambda m: m[1] or " ", sense).strip()
