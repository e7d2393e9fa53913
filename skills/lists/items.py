"""Items as they are said: several in one breath, with amounts that add up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

from voice_assistant.normal import normalise
from voice_assistant.values import numbers_en, numbers_zh

_LARGER = {"kg": ("g", 1000), "l": ("ml", 1000), "公斤": ("克", 1000), "升": ("毫升", 1000)}
_UNITS = {
    "en": {
        "g": "g gram grams",
        "kg": "kg kilo kilos kilogram kilograms",
        "ml": "ml milliliter milliliters millilitre millilitres",
        "l": "l liter liters litre litres",
        "bag": "bag bags",
        "bottle": "bottle bottles",
        "box": "box boxes",
        "can": "can cans tin tins",
        "pack": "pack packs packet packets package packages",
        "jar": "jar jars",
        "bunch": "bunch bunches",
        "loaf": "loaf loaves",
        "carton": "carton cartons",
        "pound": "pound pounds lb lbs",
        "ounce": "ounce ounces oz",
        "dozen": "dozen",
    },
    "zh": {
        unit: unit
        for unit in "克 公斤 毫升 升 斤 两 个 只 瓶 盒 袋 包 罐 根 条 颗 把 块 片 箱 桶 打".split()
    },
}
_UNIT_OF = {
    language: {word: unit for unit, words in units.items() for word in words.split()}
    for language, units in _UNITS.items()
}
_ZH = re.compile(
    rf"^([{numbers_zh.CHARS}]+?)({'|'.join(sorted(_UNITS['zh'], key=len, reverse=True))})(.+)$"
)


_BEGINS = re.compile(
    r"(?<!half)(?<!such)(?<! of)(?<!^of)(?<! with)(?<! for)(?<! in) "
    r"(?=(?:a|an|some|my|our) (?!few\b|bit\b|little\b)\w)|"
    rf" (?=(?:\d+|{'|'.join(sorted(numbers_en.ONES, key=len, reverse=True))}) "
    rf"(?:{'|'.join(_UNIT_OF['en'])})\b)"
)
_THING = re.compile(rf"(?:a|an|some|my|our|the|\d+|{'|'.join(numbers_en.ONES)})\b")
_BEGINS_ZH = re.compile(
    rf"(?<=[^{numbers_zh.CHARS}第大小])(?=[{numbers_zh.CHARS}]+(?:{'|'.join(_UNITS['zh'])}))"
)
"""Where another thing begins."""

_WISH = re.compile(
    r"^(?:please )?(?:(?:i|we)(?: (?:still|also|really))? (?:need|want|have|ought|got)(?: to (?:buy|get))? "
    r"|(?:i|we)(?:'ll| will) need |(?:add|put) (?=\w))"
)
_WISH_ZH = re.compile("^(?:我|我们)?(?:还)?(?:要|得|想|需要|该)?(?:去)?买(?:点|些)?")
"""What is said before an item by those who tell why."""

_PARTS = ("count", "measure", "goods")
"""Slots that make an item, as they stand in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item with its amount, where one was said."""

    name: str
    amount: Fraction | None = None
    unit: str = ""

    def plus(self, other: Item) -> Item | None:
        """Both together; None where the amounts do not add up."""
        if singular(self.name) != singular(other.name):
            return None
        if self.amount is None and other.amount is None:
            return self
        if self.amount is None or other.amount is None:
            return None
        mine, yours = self._small(), other._small()
        if mine.unit != yours.unit or mine.amount is None or yours.amount is None:
            return None
        more = other.name if mine.amount == 1 else self.name
        return Item(name=more, amount=mine.amount + yours.amount, unit=mine.unit).rounded()

    def _small(self) -> Item:
        if self.unit in _LARGER and self.amount is not None:
            unit, times = _LARGER[self.unit]
            return Item(name=self.name, amount=self.amount * times, unit=unit)
        return self

    def rounded(self) -> Item:
        """In the larger unit where there is enough of it."""
        for large, (small, times) in _LARGER.items():
            if self.unit == small and self.amount is not None and self.amount >= times:
                return Item(name=self.name, amount=self.amount / times, unit=large)
        return self

    def __str__(self) -> str:
        if self.amount is None:
            return self.name
        amount = f"{float(self.amount):.10g}"
        if not self.name.isascii():
            return f"{amount}{self.unit}{self.name}"
        if not self.unit:
            return f"{amount} {self.name}"
        if len(self.unit) < 3:
            return f"{amount} {self.unit} {self.name}"
        many = "" if self.amount == 1 or self.unit == "dozen" else "s"
        unit = {"boxs": "boxes", "bunchs": "bunches", "loafs": "loaves"}.get(self.unit + many)
        return f"{amount} {unit or self.unit + many} of {self.name}"


def read(text: str, language: str) -> Item:
    """An item from its words: "two bottles of milk", 三斤苹果."""
    if language == "zh":
        match = _ZH.match(text)
        amount = numbers_zh.number(match[1]) if match else None
        if match and amount is not None:
            return Item(name=match[3].removeprefix("的"), amount=Fraction(amount), unit=match[2])
        return Item(name=text)
    words = text.split()
    if words[:1] in (["a"], ["an"], ["some"], ["the"], ["more"], ["another"]) and len(words) > 1:
        if _UNIT_OF["en"].get(words[1]) is None:
            return Item(name=" ".join(words[1:]))
        words[0] = "1"
    found = numbers_en.read(words)
    if found is None or found[1] >= len(words):
        return Item(name=text)
    rest = words[found[1] :]
    rest = rest[1:] if rest[0] in ("a", "an") and len(rest) > 1 else rest
    unit = _UNIT_OF["en"].get(rest[0], "") if len(rest) > 1 else ""
    rest = rest[1:] if unit else rest
    return Item(name=" ".join(rest).removeprefix("of "), amount=Fraction(found[0]), unit=unit)


def split(said: str, heard: str, language: str) -> list[str]:
    """The items in `said`, a part of the normalised utterance. Its commas are gone; `heard`, the
    utterance as it came, still has them."""
    gap = "" if language == "zh" else " "
    whole, edges = "", set()
    for segment in re.split(r"[,，、;；]", heard):
        part = normalise(segment, language)
        whole += (gap if whole else "") + part
        edges.add(len(whole))
    start = whole.find(said)
    cuts = sorted(edge - start for edge in edges if start >= 0 and 0 < edge - start < len(said))
    parts = [said[a:b] for a, b in zip([0, *cuts], [*cuts, len(said)], strict=True)]
    joints = r"和|跟|还有|以及|加上|与" if language == "zh" else r"\b(?:and|plus|as well as|also)\b"
    items = [_tidy(item.strip(), language) for part in parts for item in re.split(joints, part)]
    return [each for item in items if item for each in _apart(item, language)]


def _tidy(item: str, language: str) -> str:
    """An item without the wish for it: "i need some soap"; 买 stays where what is bought is unknown,
    as in 买票."""
    if language == "en":
        return _WISH.sub("", item)
    if item not in goods("zh"):
        item = re.sub("^(?:点儿?|些|一些|一点儿?|一[条项](?=..))", "", item)
    bare = _WISH_ZH.sub("", item)
    return bare if _goods_in(bare, "zh") or _ZH.match(bare) else item


def joined(slots: Mapping[str, object], language: str) -> str:
    """The things in the slots `goods` and `goods2`, with `count` and `measure` of each."""
    said = []
    for at in ("", "2"):
        count, measure, name = (slots.get(f"{part}{at}") for part in _PARTS)
        if name is None:
            continue
        if (count is None) != (measure is None):
            count, measure = count or 1, measure or ("个" if language == "zh" else None)
        said.append(" ".join(str(part) for part in (count, measure, name) if part is not None))
    return "和".join(said).replace(" ", "") if language == "zh" else " and ".join(said)


def _apart(text: str, language: str) -> list[str]:
    """The things that follow one another without a pause: "milk eggs", "socks a toothbrush"."""
    if language == "zh":
        return [each for item in _BEGINS_ZH.split(text) for each in _goods_in(item, "zh") or [item]]
    parts = _BEGINS.split(text)
    if not _THING.match(parts[0]) and not _goods_in(parts[0], "en"):
        parts = [text]  # "book a haircut" is one thing to do
    return [each for item in parts for each in _goods_in(item, "en") or [item]]


def _goods_in(text: str, language: str) -> list[str]:
    """The goods that a text is made of and nothing else, the longest names first; none where it
    is one thing, or holds what we don't know."""
    known, gap = goods(language), "" if language == "zh" else " "
    words, found = list(text) if language == "zh" else text.split(), []
    while words:
        ends = range(len(words), 1 if language == "zh" else 0, -1)
        end = next((end for end in ends if gap.join(words[:end]) in known), 0)
        if not end:
            return []
        found.append(gap.join(words[:end]))
        words = words[end:]
    return found


@cache
def goods(language: str) -> frozenset[str]:
    """What people buy, with all that consists of two words of them: cream cheese is no cream."""
    file = Path(__file__).parent / "data" / f"goods_{language}.txt"
    return frozenset(file.read_text("utf-8").splitlines())


def singular(name: str) -> str:
    """A name by which "egg" and "eggs" are one thing."""
    word = name.lower().strip()
    if word.endswith("oes"):
        return word[:-2]
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
