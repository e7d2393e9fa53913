"""The word that is asked about, in requests that no template took apart."""

from __future__ import annotations

import re

_WORD = r"(?:the )?(?:word |term |phrase )?"
_EN = [
    re.compile(pattern)
    for pattern in (
        rf"(?:synonyms?|antonyms?|opposites?|contrary|words?|meaning|definition|spelling|thesaurus|entry) "
        rf"(?:for|of|to|as) {_WORD}(?P<word>.+)$",
        rf"(?:say|said) about {_WORD}(?P<word>.+)$",
        rf"what {_WORD}(?P<word>.+?) (?:means|is|stands for)$",
        rf"(?:does|do|did|is|by) {_WORD}(?P<word>[\w' -]+?) (?:mean|means|spelled|spelt|written)\b",
        rf"(?:define|describe|explain|look up|use|spell|spelling|spell out|write|understand) "
        rf"(?:what )?(?:an? )?{_WORD}(?P<word>.+?)(?: in .+| is| means)?$",
        rf"(?:say|word) {_WORD}(?P<word>[\w-]+)(?: come from)?$",
        rf"(?:in|part of speech is|meant by) {_WORD}(?P<word>[\w' -]+)$",
    )
]
_ZH = [
    re.compile(pattern)
    for pattern in (
        r"(?:解释一下|解释|什么叫做|什么叫|查一下|查查|讲讲|说说|拼写一下|拼写|拼一下)(?P<word>.+?)"
        r"(?:这个.*|的.*|是.*)?$",
        r"^(?:字典里怎么解释)(?P<word>.+)$",
        r"^(?P<word>.)字",
        r"^(?:成语|词语|单词|英语单词|英文单词)(?P<word>.+?)(?:的.*|怎么.*|是.*|什么.*)?$",
        r"^用(?P<word>.+?)(?:这个词)?(?:造|组)",
        r"^(?P<word>.+?)(?:这个[字词]|这个成语)?(?:的(?:意思|含义|近义|反义|同义|典故|拼音|读音|英)"
        r"|是什么|什么意思|(?:用)?(?:英[语文])?怎么|用英)",
    )
]
_STROKES = re.compile("几画|多少画|笔画|部首|偏旁|笔顺")
_EMPTY = {
    *("it", "that", "this", "that thing", "that word", "this word", "the word", "that one"),
    *(
        "呢",
        "是什么",
        "有哪些",
        "它",
        "这",
        "这个",
        "那个",
        "这个字",
        "这个词",
        "这个成语",
        "那个词",
        "那个字",
        "这个单词",
    ),
}
_NEITHER = re.compile(r"^is it (\w+) or (\w+)$")
_LENGTH = re.compile(
    r"how many letters (?:are|is)?(?: there)? ?(?:in|does) (?:the word )?(.+?)(?: have)?$"
)
_VOWELS = re.compile(
    r"how many vowels (?:are|is)?(?: there)? ?(?:in|does) (?:the word )?(.+?)(?: have)?$"
)
_BACK = re.compile(r"\b(?:it|that|this word)\b|[它这那]")
_COUNT = re.compile(r"how many (\w)(?:'s|s)? (?:are|is)(?: there)? in (?:the word )?(.+)$")


def word_in(text: str, language: str) -> str | None:
    """The word of a request, or None."""
    for pattern in _ZH if language == "zh" else _EN:
        if (found := pattern.search(text)) and found["word"].strip() not in _EMPTY:
            return found["word"].strip()
    return None


def letter_count(text: str) -> tuple[str, str] | None:
    """The letter and the word of "how many l's are in parallel"."""
    found = _COUNT.search(text)
    return (found[1], found[2]) if found else None


def length(text: str) -> str | None:
    """The word of "how many letters are in Mississippi"."""
    found = _LENGTH.search(text)
    return found[1] if found else None


def vowels(text: str) -> str | None:
    """The word of "how many vowels are in education"."""
    found = _VOWELS.search(text)
    return found[1] if found else None


def points_back(word: str | None, text: str) -> bool:
    """Whether the word of a request only stands for the one before: it, 这个字."""
    return word in _EMPTY if word else bool(_BACK.search(text))


def strokes(text: str) -> bool:
    """Whether strokes or radicals of a character are asked for."""
    return bool(_STROKES.search(text))


def either(text: str) -> tuple[str, str] | None:
    """The two spellings of "is it receive or recieve"."""
    found = _NEITHER.search(text)
    return (found[1], found[2]) if found else None


def tidy(word: str, language: str) -> str:
    """A word without what people put around it."""
    if language == "zh":
        tidied = re.sub(
            r"^(?:这个|那个)(?=.字?$)|^(?:成语|词语|英语单词|英文单词|单词|英文|英语)|(?:这个[字词]|这个成语|这个单词|这两个字)$",
            "",
            word,
        ).strip()
        of = re.search(r"^.+的(.)字?$", tidied)  # 尴尬的尬: the character meant
        tidied = of[1] if of else tidied
        return tidied.removesuffix("字") if len(tidied) > 1 else tidied
    return re.sub(r"^(?:the (?:word|term|phrase) |the |an? )(?=.)", "", word.strip())
