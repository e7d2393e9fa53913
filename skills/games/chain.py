"""Word chain: a word that begins as the last one ended; 成语接龙 with idioms in Chinese."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import ClassVar

from voice_assistant_skills.games.game import DATA, Step, data

from voice_assistant.normal import normalise
from voice_assistant.sounds import syllables

MISTAKES = 3
"""Words that do not fit before the game is over."""

_IDIOM = re.compile(r"^\S+ ([\u4e00-\u9fff]{4}) .*\(idiom\)")


@cache
def words(language: str) -> frozenset[str]:
    """Our own words (idioms in Chinese)."""
    return frozenset((DATA / f"words_{language}.txt").read_text(encoding="utf-8").split())


def idioms(packed: Path) -> frozenset[str]:
    """The idioms of CC-CEDICT. Takes about a second: use it behind a worker."""
    with gzip.open(packed, "rt", encoding="utf-8") as lines:
        return frozenset(found[1] for line in lines if (found := _IDIOM.match(line)))


class Chain:
    """One word each, in turn."""

    name: ClassVar[str] = "chain"

    def __init__(self, talk: Callable[..., str], language: str, more: Iterable[str] = ()) -> None:
        self._talk, self._language = talk, language
        self._own = words(language)
        self._known = self._own | frozenset(more)
        self._mistakes = self._points = 0
        following = {self._head(word) for word in self._own}
        firsts = sorted(word for word in self._own if self._tail(word) in following)
        self._last = random.choice(firsts)
        self._used = {self._last}

    def begin(self) -> str:
        """The rule, and our first word."""
        return self._talk("chain_open", word=self._last, next=self._ending)

    def question(self) -> str:
        """Our last word, and what the next must begin with."""
        return self._talk("chain_ask", word=self._last, next=self._ending)

    def answer(self, heard: str) -> Step:
        """Our next word, or why theirs does not count."""
        said = normalise(heard, self._language)
        first = re.search(data("controls")[self._language]["opens"], said)
        word = self._word(said[first.end() :] if first else said)
        opens = bool(first) and not self._points and (word in self._known or word.isascii())
        if not opens and (problem := self._problem(word)):
            self._mistakes += 1
            if self._mistakes == MISTAKES:
                return self.give_up()
            return Step(say=f"{problem} {self.question()}")
        self._used.add(word)
        self._points += 1
        fitting = [each for each in sorted(self._own) if self._follows(each, word)]
        fitting = fitting or [each for each in sorted(self._known) if self._follows(each, word)]
        if not fitting:
            return Step(say=self._talk("chain_won"), over=True, points=self._points)
        self._last = random.choice(fitting)
        self._used.add(self._last)
        return Step(say=self._talk("chain_next", word=self._last, next=self._ending))

    def hint(self) -> str:
        """How a word begins that would do."""
        fitting = [each for each in sorted(self._own) if self._follows(each, self._last)]
        if not fitting:
            return self._talk("no_hint")
        return self._talk("chain_hint", letters=fitting[0][:2], word=fitting[0][-1])

    def standing(self) -> str:
        """How many words were found."""
        return self._talk("chain_so_far", points=self._points)

    def give_up(self) -> Step:
        """What could have come, if we know it."""
        fitting = [each for each in sorted(self._known) if self._follows(each, self._last)]
        key = "chain_could" if fitting else "chain_end"
        found = self._talk("chain_found", points=self._points) if self._points else ""
        said = self._talk(key, word=next(iter(fitting), ""), found=found).strip()
        return Step(say=said, over=True, points=self._points)

    def _problem(self, word: str) -> str:
        if word in self._used:
            return self._talk("chain_used", word=word)
        if self._language == "zh" and word not in self._known:
            return self._talk("chain_unknown", word=word)
        if self._head(word) != self._tail(self._last):
            return self._talk("chain_misfit", word=word, next=self._ending)
        return ""

    def _follows(self, word: str, before: str) -> bool:
        return word not in self._used and self._head(word) == self._tail(before)

    @property
    def _ending(self) -> str:
        return self._last[-1] if self._language == "zh" else self._last[-1].upper()

    def _word(self, heard: str) -> str:
        """The word that was said; an idiom that only sounds like one we know is that one."""
        said = normalise(heard, self._language)
        if self._language != "zh":
            return (said.split() or [""])[-1]
        if said in self._known:
            return said
        inside = [said[at : at + 4] for at in range(len(said) - 3)]
        sounds = syllables(said)
        alike = (each for each in self._own if syllables(each) == sounds)
        return next((each for each in inside if each in self._known), None) or next(alike, said)

    def _head(self, word: str) -> str:
        return syllables(word[:1] or " ")[0] if self._language == "zh" else word[:1]

    def _tail(self, word: str) -> str:
        return syllables(word[-1:] or " ")[0] if self._language == "zh" else word[-1:]
