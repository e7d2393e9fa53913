"""How words are spelled and said."""

from __future__ import annotations

from voice_assistant.normal import normalise
from voice_assistant.skill import Answer, Piece, Pieces, Reply, Turn, intent
from voice_assistant.speaking import say_count, say_list

from . import asked, letters
from .chinese import Chinese
from .wordnet import Sense, WordNet
from .words import SLOWLY


class Spelling(Chinese):
    """The part of `dictionary` that spells."""

    def _senses(self, word: str) -> list[Sense] | None:
        """The senses of a word; None while WordNet is not installed."""
        if not self._installed("wordnet-en"):
            return None
        return WordNet(self.home.services["catalog"].path("wordnet-en")).senses(word)

    @intent("spell")
    async def spell(self, turn: Turn, word: str | None = None) -> Answer:
        """Letter by letter; a Chinese word by its sounds and by words it is in."""
        text = normalise(turn.asked, turn.language)
        if inside := asked.vowels(text):
            count = sum(each in "aeiou" for each in inside.lower())
            return turn.phrase("vowels", word=inside, count=count)
        if counted := asked.letter_count(text):
            letter, inside = counted
            times = say_count(letters.count_letter(letter, inside), letter.upper(), turn.language)
            return turn.phrase("count", times=times, word=inside)
        if inside := asked.length(text):
            inside = (asked.points_back(inside, text) and self._last) or inside
            size = sum(each.isalnum() for each in inside)
            return turn.phrase("length", word=inside, count=size)
        if pair := asked.either(text):
            return self._either(turn, pair)
        word = await self._word(turn, word)
        if not word.isascii():
            return await self._read_out(turn, word)
        return Reply(say=_slowly(word, turn.language), display=f"# {word}")

    @intent("pronounce")
    async def pronounce(self, turn: Turn, word: str | None = None) -> Answer:
        """A word, said slowly; a Chinese one by its sounds."""
        word = await self._word(turn, word)
        if not word.isascii():
            return await self._read_out(turn, word)
        return Reply(say=_said_twice(word), display=f"# {word}")

    def _either(self, turn: Turn, pair: tuple[str, str]) -> Answer:
        known = [each for each in pair if self._senses(each)]
        if len(known) != 1:
            data = turn.phrase("pull", data="wordnet-en")
            return turn.phrase("both") if len(known) == 2 else data
        return Reply(say=_slowly(known[0], turn.language), display=f"# {known[0]}")

    async def _read_out(self, turn: Turn, word: str) -> Answer:
        said = [turn.phrase("no_strokes")] if asked.strokes(turn.asked) else []
        for char, reading, tone in letters.syllables(word):
            like = letters.sounds_like(char, reading)
            key = "sounds_like" if like else "sounds"
            said.append(turn.phrase(key, char=char, pinyin=reading, tone=tone, like=like))
        inside = None
        if len(word) == 1:
            inside = await self._ask_cedict(lambda cedict: cedict.containing(word))
        if inside:
            said.append(turn.phrase("as_in", words=say_list(inside, turn.language), char=word))
        card = " ".join(reading for _, reading, _ in letters.syllables(word))
        return Reply(say="".join(said), display=f"# {word}\n\n{card}")


async def _slowly(word: str, language: str) -> Pieces:
    yield Piece(text=f"{word}.", language="en", pause=0.3)
    yield Piece(text=f"{letters.letters(word)}.", language="en", prosody=SLOWLY)


async def _said_twice(word: str) -> Pieces:
    yield Piece(text=f"{word}.", language="en", prosody=SLOWLY, pause=0.5)
    yield Piece(text=f"{word}.", language="en")
