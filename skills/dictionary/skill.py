"""The dictionary: spelling always; meanings, synonyms and Chinese where their data are installed."""

from __future__ import annotations

from collections.abc import Sequence

from voice_assistant.skill import Answer, Reply, Turn, intent
from voice_assistant.speaking import say_list

from . import alike, asked, inflecting
from .chinese import spoken
from .spelling import Spelling
from .wordnet import Sense

MANY = 5
"""Synonyms that are told."""


class Dictionary(Spelling):
    """Tells how words are spelled and what they mean."""

    @intent("define")
    async def define(self, turn: Turn, word: str | None = None) -> Answer:
        """What a word means."""
        word = await self._word(turn, word)
        if not word.isascii():
            return await self._define_chinese(turn, word)
        if turn.language == "zh":
            return await self._into_chinese(turn, word)
        senses = self._senses(word)
        if senses is None:
            return turn.phrase("pull", data="wordnet-en")
        if not senses:
            return turn.phrase("unknown", word=word)
        first, *others = senses
        said = turn.phrase(
            "means", word=word, kind=turn.phrase(first.kind), gloss=spoken(first.gloss)
        )
        other = next((sense for sense in others if sense.tagged), None)
        if other:
            said += " " + turn.phrase(
                "also", kind=turn.phrase(other.kind), gloss=spoken(other.gloss)
            )
        return Reply(say=said, display=_card(word, senses))

    @intent("synonyms")
    async def synonyms(self, turn: Turn, word: str | None = None) -> Answer:
        """Words that mean the same."""
        word = await self._word(turn, word)
        if not word.isascii():
            return self._list(turn, "synonyms", word, alike.synonyms(word))
        senses = self._senses(word)
        if senses is None:
            return turn.phrase("pull", data="wordnet-en")
        usual = [sense for sense in senses if sense.tagged] or senses
        first = [each for sense in usual[:1] for each in (*sense.words, *sense.alike)]
        rest = [each for sense in usual[1:3] for each in sense.words]
        return self._list(turn, "synonyms", word, first + rest)

    @intent("opposites")
    async def opposites(self, turn: Turn, word: str | None = None) -> Answer:
        """Words that mean the contrary."""
        word = await self._word(turn, word)
        if not word.isascii():
            return self._list(turn, "opposites", word, alike.opposites(word))
        senses = self._senses(word)
        if senses is None:
            return turn.phrase("pull", data="wordnet-en")
        return self._list(turn, "opposites", word, [o for s in senses for o in s.opposites])

    def _list(self, turn: Turn, key: str, word: str, found: Sequence[str]) -> str:
        others = [each for each in dict.fromkeys(found) if each.lower() != word.lower()]
        if not others:
            return turn.phrase(f"no_{key}", word=word)
        listed = say_list(others[:MANY], turn.language)
        return turn.phrase(key, word=word, list=listed)

    @intent("example")
    async def example(self, turn: Turn, word: str | None = None) -> Answer:
        """A word in a sentence."""
        word = await self._word(turn, word)
        senses = self._senses(word) if word.isascii() else []
        if senses is None:
            return turn.phrase("pull", data="wordnet-en")
        found = [
            each for sense in senses for each in sense.examples if word.lower() in each.lower()
        ]
        if not found:
            return turn.phrase("no_example", word=word)
        return turn.phrase("example", sentence=_sentence(max(found[:6], key=len)))

    @intent("plural")
    async def plural(self, turn: Turn, word: str) -> Answer:
        """The plural of an English noun."""
        self._last = inflecting.plural(asked.tidy(word, turn.language))
        return Reply(say=turn.phrase("plural", word=self._last), display=f"# {self._last}")

    @intent("past")
    async def past(self, turn: Turn, word: str) -> Answer:
        """The past tense of an English verb."""
        tense, participle = inflecting.past(asked.tidy(word, turn.language).removeprefix("to "))
        key = "past" if tense == participle else "past_two"
        return turn.phrase(key, tense=tense, participle=participle)

    @intent("exists")
    async def exists(self, turn: Turn, word: str | None = None) -> Answer:
        """Whether there is such a word."""
        word = await self._word(turn, word)
        senses = self._senses(word)
        if senses is None:
            return turn.phrase("pull", data="wordnet-en")
        return turn.phrase("is_word" if senses else "is_none", word=word)

    @intent("rhyme")
    async def rhyme(self, turn: Turn, word: str) -> Answer:
        """Sounds are no part of our dictionary: that is said."""
        return turn.phrase("no_rhymes")

    @intent("of_it")
    async def of_it(self, turn: Turn, what: str) -> Answer:
        """Something else about the word that was asked about before."""
        answer: Answer = await {
            "synonyms": self.synonyms,
            "opposites": self.opposites,
            "example": self.example,
            "spell": self.spell,
            "translate": self.translate,
            "pronounce": self.pronounce,
            "define": self.define,
        }[what](turn, self._last)
        return answer


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text[-1:] in ".!?" else ".")


def _card(word: str, senses: Sequence[Sense]) -> str:
    rows = [f"{n}. *{sense.kind}* {sense.gloss}" for n, sense in enumerate(senses[:8], 1)]
    return "\n".join([f"# {word}", "", *rows, "", "WordNet 3.1, © Princeton University"])
