"""Chinese words in English, English ones in Chinese."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from voice_assistant.skill import Answer, Home, Piece, Pieces, Reply, Turn, intent

from . import letters
from .cedict import Cedict, Entry, readable
from .words import SLOWLY, Words

T = TypeVar("T")


class Chinese(Words):
    """The part of `dictionary` that knows both languages."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._chinese: Cedict | None = None

    def offers(self) -> Mapping[str, object]:
        """`words`: an English word in Chinese, a Chinese one in English; None where unknown."""
        return {"words": self._word_for}

    async def _word_for(self, word: str) -> str | None:
        if word.isascii():
            entries = await self._ask_cedict(lambda cedict: cedict.english(word.lower()))
            return entries[0].word if entries else None
        entries = await self._ask_cedict(lambda cedict: cedict.chinese(word))
        return spoken(entries[0].senses[0]) if entries else None

    async def start(self) -> None:
        """Have the Chinese index made before somebody asks: that takes a while."""
        if (background := self.home.services.get("background")) and self._installed("cc-cedict"):
            background.post(self._cedict)

    async def stop(self) -> None:
        """Close the index."""
        if self._chinese:
            self._chinese.close()

    @intent("translate")
    async def translate(self, turn: Turn, word: str | None = None) -> Answer:
        """An English word in Chinese, a Chinese one in English."""
        word = await self._word(turn, word)
        return await (self._into_chinese if word.isascii() else self._define_chinese)(turn, word)

    @intent("idiom")
    async def idiom(self, turn: Turn) -> Answer:
        """Any idiom."""
        found = await self._ask_cedict(lambda cedict: cedict.idiom(random.randrange(1 << 30)))
        if found is None:
            return turn.phrase("pull", data="cc-cedict")
        return await self._define_chinese(turn, found.word)

    async def _define_chinese(self, turn: Turn, word: str) -> Answer:
        entries = await self._ask_cedict(lambda cedict: cedict.chinese(word))
        if entries is None:
            return turn.phrase("pull", data="cc-cedict")
        if not entries:
            return turn.phrase("unknown", word=word)
        return Reply(say=_in_english(turn, entries[0]), display=_chinese_card(entries))

    async def _into_chinese(self, turn: Turn, word: str) -> Answer:
        entries = await self._ask_cedict(lambda cedict: cedict.english(word.lower()))
        if entries is None:
            return turn.phrase("pull", data="cc-cedict")
        if not entries:
            return turn.phrase("unknown", word=word)
        return Reply(say=_in_chinese(turn, word, entries[:2]), display=_chinese_card(entries))

    def _cedict(self) -> Cedict:
        if self._chinese is None:
            packed = self.home.services["catalog"].path("cc-cedict")
            self._chinese = Cedict(packed, self.home.cache)
        return self._chinese

    async def _ask_cedict(self, question: Callable[[Cedict], T]) -> T | None:
        """An answer of the Chinese dictionary; None while it is not installed."""
        if not self._installed("cc-cedict"):
            return None
        worker = self.home.services.get("background")
        if worker is None:
            return question(self._cedict())
        answer: T = await worker.call(lambda: question(self._cedict()))
        return answer


async def _in_english(turn: Turn, entry: Entry) -> Pieces:
    senses = [s for s in map(readable, entry.senses) if s and not s.startswith("CL:")][:3]
    tongue = "en" if turn.language == "zh" else None
    yield Piece(text=turn.phrase("chinese_word"))
    yield Piece(text=f"{entry.word}。", language="zh", prosody=SLOWLY)
    yield Piece(text=turn.phrase("idiom" if entry.idiom else "in_english"))
    yield Piece(text="; ".join(senses) + ".", language=tongue)


async def _in_chinese(turn: Turn, word: str, entries: Sequence[Entry]) -> Pieces:
    yield Piece(text=turn.phrase("in_chinese", word=word))
    for at, entry in enumerate(entries):
        if at:
            yield Piece(text=turn.phrase("or"))
        yield Piece(text=f"{entry.word}。", language="zh", prosody=SLOWLY)


def spoken(gloss: str) -> str:
    """A gloss as it is said: its first part, without a full stop."""
    return readable(gloss).split("; ")[0].rstrip(".") or gloss


def _chinese_card(entries: Sequence[Entry]) -> str:
    rows = [
        f"- **{entry.word}** {letters.marked(entry.pinyin)} {'; '.join(map(readable, entry.senses))}"
        for entry in entries
    ]
    return "\n".join([*rows, "", "CC-CEDICT, CC BY-SA 4.0"])
