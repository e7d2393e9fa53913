"""Texts as a poor recogniser writes them: mistakes as they were counted, on a share of the words.

English: our own test sentences were spoken by four synthesised voices in noise and written down by
Whisper tiny.en; `data/bench_misheard_en.tsv` holds what it wrote for each word, how often, where at
least half of a sentence was right. A word is misheard here the more often, the more often it was
there (all of them so that the share of mistakes is as wished): written as one of the words that it
was written as, left out, or with another behind it. Few words were misheard often enough to tell:
each counts as if it had also been met `BEFORE` times with mistakes like everybody's. Those are words
that the recogniser writes, as unlike what was said as its mistakes are (half of them have less than
two thirds of the sound in common).

Chinese: another character of the same sound, whatever its tone. No Mandarin voice that Whisper
reads can be installed from a package, so nothing could be counted.

Held against the truth: of 255 of those sentences as they were really written, a tenth of the words
wrong, the router lost 11.0 points; made this way, 9 to 11.

`Plain` makes mistakes of one kind, on every word as often, as others who seed errors do: a wrong
letter, a word of our sentences that sounds like it, a word left out, or one of these at random.

A recogniser tells what else it may have been; here it does not, so that repair stands alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.resources import files
from random import Random

from rapidfuzz import fuzz, process

from voice_assistant.normal import joined, normalise, parts
from voice_assistant.sounds import is_chinese, key, pinyin

BEFORE = 3
"""Times that a word counts as met before any was counted."""

ALIKE = 3
"""Words that sound most like one: any of them may be heard in its place."""

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class English:
    """Mishears a share of the words of texts."""

    def __init__(self, texts: Iterable[str], share: float) -> None:
        """`texts`: what the share is of."""
        self._written: dict[str, Counter[str]] = defaultdict(Counter)
        table = files("voice_assistant").joinpath("data/bench_misheard_en.tsv")
        for line in table.read_text("utf-8").splitlines():
            if not line.startswith("#"):
                said, written, times = line.split("\t")
                self._written[said][written] += int(times)
        self._put_in = self._written.pop("")
        met = sum(map(Counter.total, self._written.values()))
        self._others = {word: self._mistakes(word) for word in self._written}
        mistaken = sum(map(Counter.total, self._others.values()))
        self._usual = mistaken / met
        self._left_out = sum(each[""] for each in self._others.values()) / mistaken
        self._likeness = sorted(
            fuzz.ratio(key(said), key(other))
            for said, others in self._others.items()
            for other in filter(None, others.elements())
        )
        self._words = Counter[str]()
        for each in self._written.values():
            self._words.update(each)
        del self._words[""]
        self._putting = self._put_in.total() / met
        words = [word for text in texts for word in normalise(text, "en").split()]
        rates = sum(self._rate(word) + self._putting for word in words)
        self._scale = share * len(words) / rates

    def mishear(self, text: str, random: Random) -> str:
        """A text as it may be written."""
        return " ".join(self._heard(normalise(text, "en").split(), random))

    def _heard(self, said: Iterable[str], random: Random) -> Iterator[str]:
        for word in said:
            mistaken = random.random() < self._scale * self._rate(word)
            if written := self._mistaken(word, random) if mistaken else word:
                yield written
            if random.random() < self._scale * self._putting:
                yield _drawn(self._put_in, random)

    def _mistakes(self, word: str) -> Counter[str]:
        """What else a word was written as."""
        return Counter({other: n for other, n in self._written[word].items() if other != word})

    def _rate(self, word: str) -> float:
        """How often a word is mistaken."""
        met = self._written[word].total() if word in self._written else 0
        mistaken = self._others[word].total() if met else 0
        return (mistaken + BEFORE * self._usual) / (met + BEFORE)

    def _mistaken(self, word: str, random: Random) -> str:
        """What a word is written as, empty where it is left out."""
        others = self._others.get(word, Counter[str]())
        if random.random() * (others.total() + BEFORE * self._usual) < others.total():
            return _drawn(others, random)
        if random.random() < self._left_out:
            return ""
        likeness = random.choice(self._likeness)
        near = {
            other: abs(alike - likeness)
            for other, alike, _ in process.extract(
                key(word), list(self._words), processor=key, scorer=fuzz.ratio, limit=None
            )
            if other != word
        }
        nearest = min(near.values())
        return _drawn(Counter({w: self._words[w] for w in near if near[w] == nearest}), random)


class Chinese:
    """Mishears a share of the characters of texts."""

    def __init__(self, texts: Iterable[str], share: float) -> None:
        """`texts`: where the characters that are written are from."""
        self._share = share
        self._alike = _homophones(texts)

    def mishear(self, text: str, random: Random) -> str:
        """A text as it may be written."""
        return "".join(
            random.choice(others) if others and random.random() < self._share else char
            for char in text
            for others in [[other for other in self._alike.get(char, ()) if other != char]]
        )


class Plain:
    """Mistakes of one kind on a share of the words, or characters, of texts."""

    KINDS: Mapping[str, tuple[str, ...]] = {
        "en": ("wrong letter", "like sound", "left out", "mixed"),
        "zh": ("like sound", "left out", "mixed"),
    }

    def __init__(self, kind: str, language: str, texts: Iterable[str], share: float) -> None:
        """`texts`: where the words that are written in place of others are from."""
        self._language = language
        self._share = share
        words = {word for text in texts for word in parts(normalise(text, language), language)}
        self._sounds = {word: key(word) for word in sorted(words)} if language == "en" else {}
        self._alike = _homophones(texts) if language == "zh" else {}
        make: dict[str, Callable[[str, Random], str]] = {
            "like sound": self._like_sound,
            "left out": lambda word, random: "",
        }
        if language == "en":
            make["wrong letter"] = _wrong_letter
        self._makers = list(make.values()) if kind == "mixed" else [make[kind]]

    def mishear(self, text: str, random: Random) -> str:
        """A text as it may be written."""
        said = parts(normalise(text, self._language), self._language)
        heard = (
            random.choice(self._makers)(word, random) if random.random() < self._share else word
            for word in said
        )
        return joined([word for word in heard if word], self._language)

    def _like_sound(self, word: str, random: Random) -> str:
        if self._language == "zh":
            others = [other for other in self._alike.get(word, ()) if other != word]
        else:
            sounds = {other: sound for other, sound in self._sounds.items() if other != word}
            near = process.extract(key(word), sounds, scorer=fuzz.ratio, limit=ALIKE)
            others = [other for _, _, other in near]
        return random.choice(others) if others else word


def _wrong_letter(word: str, random: Random) -> str:
    at = random.randrange(len(word))
    return word[:at] + random.choice(LETTERS.replace(word[at], "")) + word[at + 1 :]


def _homophones(texts: Iterable[str]) -> dict[str, list[str]]:
    """Characters, each with all of the same sound."""
    by_sound: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for char in sorted(set("".join(texts))):
        if is_chinese(char):
            by_sound[pinyin(char)].append(char)
    return {char: alike for alike in by_sound.values() for char in alike}


def _drawn(times: Counter[str], random: Random) -> str:
    return random.choices(list(times), list(times.values()))[0]
