"""WordNet as it lies on the disk: sorted index files are searched, nothing is held in memory.

The format is that of wndb(5WN): an index line is `lemma pos n_senses n_pointers [pointer...]
n_senses n_tagged offset...`, a data line at that offset is `offset file type n_words (word id)...
n_pointers (symbol offset pos source/target)... | gloss`. Senses come most frequent first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

KINDS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}

_FILES = {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}
_OPPOSITE, _SIMILAR = "!", "&"
_ENDINGS = {
    "noun": [("ses", "s"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("ies", "y"), ("s", "")],
    "verb": [("ies", "y"), ("es", "e"), ("es", ""), ("s", ""), ("ed", "e"), ("ed", ""), ("ing", "e"),
             ("ing", "")],
    "adj": [("iest", "y"), ("ier", "y"), ("er", "e"), ("er", ""), ("est", "e"), ("est", "")],
    "adv": [],
}  # fmt: skip
"""Rules of morphy(7WN): how an inflected form ends, and the form in the index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """One meaning of a word."""

    kind: str
    """noun, verb, adj or adv."""
    words: tuple[str, ...]
    """All words that mean this."""
    gloss: str
    examples: tuple[str, ...]
    tagged: bool
    """Whether it was met in the texts that the senses were counted in: not an oddity."""
    opposites: tuple[str, ...]
    alike: tuple[str, ...]
    """Words close to it, which only adjectives have."""


@dataclass(frozen=True, slots=True)
class _Line:
    words: list[str]
    pointers: list[tuple[str, int, str, str]]
    gloss: str


@cache
def _irregular() -> dict[str, str]:
    text = (Path(__file__).parent / "data" / "irregular.txt").read_text(encoding="utf-8")
    return dict(line.split() for line in text.splitlines())


class WordNet:
    """The dictionary in a folder of `index.*` and `data.*` files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def senses(self, word: str) -> list[Sense]:
        """What a word means: as it was said first, then the usual kind of word; [] if not known."""
        found: list[tuple[bool, int, Sense]] = []
        lemma = word.lower().replace(" ", "_")
        for kind in KINDS:
            for form in _forms(lemma, kind):
                if entry := self._index(form, kind):
                    offsets, tagged = entry
                    found += [
                        (form != lemma, -tagged, self._sense(kind, offset, form, tagged > at))
                        for at, offset in enumerate(offsets)
                    ]
                    break
        found.sort(key=lambda row: row[:2])
        return [sense for *_, sense in found]

    def _index(self, lemma: str, kind: str) -> tuple[list[int], int] | None:
        """Where the senses of a lemma are, and how many of them were met in texts."""
        line = _find((self._folder / f"index.{kind}"), lemma)
        if line is None:
            return None
        fields = line.split()
        count, pointers = int(fields[2]), int(fields[3])
        return [int(offset) for offset in fields[-count:]], int(fields[5 + pointers])

    def _sense(self, kind: str, offset: int, lemma: str, tagged: bool) -> Sense:
        line = self._line(kind, offset)
        gloss, *examples = re.split(r'; (?=")', line.gloss)
        return Sense(
            kind=kind,
            words=tuple(_plain(word) for word in line.words),
            gloss=gloss.strip(" ;"),
            examples=tuple(re.sub(r'^"|"$', "", example.strip(" ;")) for example in examples),
            tagged=tagged,
            opposites=tuple(dict.fromkeys(self._opposites(line, lemma))),
            alike=tuple(
                _plain(self._line(_FILES[pos], there).words[0])
                for symbol, there, pos, _ in line.pointers
                if symbol == _SIMILAR
            ),
        )

    def _opposites(self, line: _Line, lemma: str) -> Iterator[str]:
        """The lemma's own, else (of an adjective) those of the adjectives it is like."""
        own = [word.lower() for word in line.words]
        at = own.index(lemma) + 1 if lemma in own else 0
        pointers = [each for each in line.pointers if each[0] == _OPPOSITE]
        for _, offset, pos, ends in pointers:
            if int(ends[:2], 16) in (0, at):
                words = self._line(_FILES[pos], offset).words
                yield _plain(words[max(int(ends[2:], 16), 1) - 1])
        if pointers:
            return
        for symbol, offset, pos, _ in line.pointers:
            if symbol == _SIMILAR:
                like = self._line(_FILES[pos], offset)
                for other, there, its, ends in like.pointers:
                    if other == _OPPOSITE:
                        words = self._line(_FILES[its], there).words
                        yield _plain(words[max(int(ends[2:], 16), 1) - 1])

    def _line(self, kind: str, offset: int) -> _Line:
        with (self._folder / f"data.{kind}").open("rb") as file:
            file.seek(offset)
            data, _, gloss = file.readline().decode("utf-8").partition(" | ")
        fields = data.split()
        count = int(fields[3], 16)
        words = [re.sub(r"\(.*\)$", "", word) for word in fields[4 : 4 + 2 * count : 2]]
        at = 4 + 2 * count
        rows = (fields[at + 1 + 4 * n : at + 5 + 4 * n] for n in range(int(fields[at])))
        pointers = [(symbol, int(there), pos, ends) for symbol, there, pos, ends in rows]
        return _Line(words, pointers, gloss.strip())


def _forms(word: str, kind: str) -> Iterator[str]:
    yield word
    if word in _irregular():
        yield _irregular()[word]
    for ending, base in _ENDINGS[kind]:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            yield (stem := word.removesuffix(ending) + base)
            if base == "" and len(stem) > 3 and stem[-1] == stem[-2]:
                yield stem[:-1]


def _find(path: Path, lemma: str) -> str | None:
    """The line of a sorted file that begins with a lemma."""
    key = lemma.encode() + b" "
    with path.open("rb") as file:
        low, high = 0, path.stat().st_size
        while low < high:
            middle = (low + high) // 2
            file.seek(middle)
            if middle:
                file.readline()
            line = file.readline()
            if line.startswith(b" ") or (line and line < key):
                low = middle + 1
            else:
                high = middle
        file.seek(low)
        if low:
            file.readline()
        line = file.readline()
    return line.decode("utf-8") if line.startswith(key) else None


def _plain(word: str) -> str:
    return word.replace("_", " ")
