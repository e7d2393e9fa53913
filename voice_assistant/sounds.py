"""Words that a recogniser confuses: English ones by a phonetic key, Chinese ones by pinyin."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

ALIKE = 88
"""How alike (rapidfuzz ratio of the sound keys) two texts must sound to be taken for each other."""

WRITTEN = 45
"""How alike (rapidfuzz ratio, 0 to 100) names must be written, too: keys are alike by chance, those of
short ones ("tense", "tahini") as those of long ones ("morel mushrooms", "Marshall Islands")."""

SYLLABLES = 3
"""Of so many Chinese syllables one may be another: of two, none ("月亮" is not "越南")."""

LONGEST = 40
"""Characters of a name that was misheard; more is no name."""

_RULES = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:kn|gn|pn|wr)", lambda m: m[0][-1]),
        (r"ough|augh", "o"),
        (r"igh", "i"),
        (r"ph|gh(?=t)|v", "f"),
        (r"sch|tch|ch|sh|ti(?=on)|j|dg(?=e)|z|c(?=[eiy])|x", "s"),
        (r"ck|q|c|g|k", "k"),
        (r"th|d|t", "t"),
        (r"b|p", "p"),
        (r"m|n", "n"),
        (r"h|w|y(?=[aeiou])", ""),
        (r"r|l", "r"),
        (r"[aeiouy]+", "a"),
    )
]
"""A coarse phonetic key: consonants by their place of articulation, any vowels as one."""


@lru_cache(maxsize=20000)
def key(text: str) -> str:
    """How a text sounds, roughly; equal for most pairs that a recogniser confuses."""
    if is_chinese(text):
        return " ".join(pinyin(text))
    return " ".join(_word(word) for word in text.split())


def is_chinese(text: str) -> bool:
    """Whether there is a Chinese character in a text."""
    return any("㐀" <= char <= "鿿" for char in text)


def _word(word: str) -> str:
    for pattern, sound in _RULES:
        word = pattern.sub(sound, word)
    return re.sub(r"(.)\1+", r"\1", word)


@lru_cache(maxsize=20000)
def pinyin(text: str) -> tuple[str, ...]:
    """Syllables without tones; zh/z, ch/c, sh/s, n/l, -ng/-n count as the same."""
    return tuple(map(_blurred, syllables(text)))


def syllables(text: str) -> list[str]:
    """Syllables without tones, as they are written."""
    from pypinyin import lazy_pinyin  # its dictionaries take a while, and not everybody's Chinese

    return lazy_pinyin(text)


def readings(char: str) -> set[str]:
    """All the ways a character may be read, blurred as in `pinyin`: 乐 is "le" and "yue"."""
    from pypinyin import Style
    from pypinyin import pinyin as every

    return {_blurred(read) for read in every(char, Style.NORMAL, heteronym=True)[0]}


def _blurred(syllable: str) -> str:
    syllable = re.sub(r"^([zcs])h", r"\1", syllable)
    syllable = re.sub(r"^l", "n", syllable)
    return re.sub(r"(?<=[aei])ng$", "n", syllable)


class Entries(dict[str, str]):
    """A list of names as they are said -> what they stand for, which can be looked up by sound."""

    @cached_property
    def _latin(self) -> dict[str, str]:
        return {entry: key(entry) for entry in self if not is_chinese(entry)}

    @cached_property
    def _chinese(self) -> dict[str, str]:
        """Apart: who speaks English needs no pinyin, and its dictionaries are large."""
        return {entry: key(entry) for entry in self if is_chinese(entry)}

    def prepare(self, language: str) -> None:
        """Find out how the names of a language sound, before one is looked up."""
        _ = self._chinese if language == "zh" else self._latin

    def sounding(self, said: str) -> tuple[str, float] | None:
        """The entry that sounds like what was said, and how alike (0 to 100); None where two do."""
        if not (4 if said.isascii() else 2) <= len(said) <= LONGEST:
            return None
        known = self._chinese if is_chinese(said) else self._latin
        near = process.extract(key(said), known, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=3)
        found = [(entry, alike) for _, alike, entry in near if _resembles(said, entry)]
        if not found or (len(found) > 1 and found[0][1] == found[1][1]):
            return None
        return self[found[0][0]], found[0][1] - 5


def _resembles(said: str, entry: str) -> bool:
    """Whether two names whose keys are alike may be the same one."""
    if is_chinese(said):
        apart = Levenshtein.distance(pinyin(said), pinyin(entry))
        return apart <= min(len(said), len(entry)) // SYLLABLES
    return fuzz.ratio(said.replace(" ", ""), entry.replace(" ", "")) >= WRITTEN
