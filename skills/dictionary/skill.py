"""The dictionary: spelling always; meanings, synonyms and Chinese where their data are installed."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from voice_assistant.normal import normalise
from voice_assistant.skill import Answer, Home, Piece, Pieces, Prosody, Reply, Skill, Turn, intent
from voice_assistant.speaking import say_count, say_list

from . import alike, asked, inflecting, letters
from .cedict import Cedict, Entry, readable
from .wordnet import Sense, WordNet

T = TypeVar("T")

SLOWLY = Prosody(pace=0.75)
MANY = 5
"""Synonyms that are told."""


class Dictionary(Skill):
    """Tells how words are spelled and what they mean."""

    _last: str | None = None
    """The word that was asked about before, for "and its opposite?"."""

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
        return _spoken(entries[0].senses[0]) if entries else None

    async def start(self) -> None:
        """Have the Chinese index made before somebody asks: that takes a while."""
        if (background := self.home.services.get("background")) and self._installed("cc-cedict"):
            background.post(self._cedict)

    async def stop(self) -> None:
        """Close the index."""
        if self._chinese:
            self._chinese.close()

    # --- English -------------------------------------------------------------------------

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
            "means", word=word, kind=turn.phrase(first.kind), gloss=_spoken(first.gloss)
        )
        other = next((sense for sense in others if sense.tagged), None)
        if other:
            said += " " + turn.phrase(
                "also", kind=turn.phrase(other.kind), gloss=_spoken(other.gloss)
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

    def _senses(self, word: str) -> list[Sense] | None:
        """The senses of a word; None while WordNet is not installed."""
        if not self._installed("wordnet-en"):
            return None
        return WordNet(self.home.services["catalog"].path("wordnet-en")).senses(word)

    # --- spelling ------------------------------------------------------------------------

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

    # --- Chinese -------------------------------------------------------------------------

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

    # --- both ----------------------------------------------------------------------------

    async def _word(self, turn: Turn, word: str | None) -> str:
        """The word that is meant; asked for where it was not said."""
        text = normalise(turn.asked, turn.language)
        word = word or asked.word_in(text, turn.language)
        if self._last and asked.points_back(word, text):
            word = self._last
        if word is None:
            word = normalise(await turn.ask(turn.phrase("which")), turn.language)
        self._last = tidied = asked.tidy(word, turn.language)
        return tidied

    def _installed(self, name: str) -> bool:
        catalog: Any = self.home.services.get("catalog")
        return catalog is not None and bool(catalog.installed(name))


async def _slowly(word: str, language: str) -> Pieces:
    yield Piece(text=f"{word}.", language="en", pause=0.3)
    yield Piece(text=f"{letters.letters(word)}.", language="en", prosody=SLOWLY)


async def _said_twice(word: str) -> Pieces:
    yield Piece(text=f"{word}.", language="en", prosody=SLOWLY, pause=0.5)
    yield Piece(text=f"{word}.", language="en")


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


def _spoken(gloss: str) -> str:
    return readable(gloss).split("; ")[0].rstrip(".") or gloss


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text[-1:] in ".!?" else ".")


def _card(word: str, senses: Sequence[Sense]) -> str:
    rows = [f"{n}. *{sense.kind}* {sense.gloss}" for n, sense in enumerate(senses[:8], 1)]
    return "\n".join([f"# {word}", "", *rows, "", "WordNet 3.1, © Princeton University"])


def _chinese_card(entries: Sequence[Entry]) -> str:
    rows = [
        f"- **{entry.word}** {letters.marked(entry.pinyin)} {'; '.join(map(readable, entry.senses))}"
        for entry in entries
    ]
    return "\n".join([*rows, "", "CC-CEDICT, CC BY-SA 4.0"])
