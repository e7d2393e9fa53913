"""How each language puts a wish for music: data/words_*.yaml, and the lists of the sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from voice_assistant.normal import normalise
from voice_assistant.texts import read_yaml

from .occasions import DATA


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How one language puts it: data/words_*.yaml, and the lists of the skill's sentences."""

    language: str
    framed: re.Pattern[str]
    """What comes before the wish itself; `behind`: after it."""
    behind: re.Pattern[str]
    asked: re.Pattern[str]
    """Something that is `told`, and then the `wish`."""
    about: re.Pattern[str]
    """Words that carry no name."""
    looped: re.Pattern[str]
    """That it is to be played again and again."""
    listed: re.Pattern[str]
    """A playlist, whose name is the first group."""
    aliases: Mapping[str, str]
    """How names are written in tags that are said otherwise: 贝多芬 is Beethoven."""
    whole: re.Pattern[str]
    unnamed: re.Pattern[str]
    """What comes after "song" where no name does."""
    named: Mapping[str, re.Pattern[str]]
    filters: Mapping[str, re.Pattern[str]]
    like: re.Pattern[str]
    """Its first group that is not empty names what shall be alike."""
    which_album: re.Pattern[str]
    ordinals: Mapping[str, int]
    level: Mapping[str, re.Pattern[str]]
    instrumental: re.Pattern[str]
    daytime: re.Pattern[str]
    weather: re.Pattern[str]
    beats: re.Pattern[str]
    """What follows a number that is a tempo; `each_minute`: what may come before it."""
    each_minute: re.Pattern[str]
    bounds: Mapping[str, re.Pattern[str]]
    years_said: Mapping[str, int]
    since: re.Pattern[str]
    until: re.Pattern[str]
    decade: re.Pattern[str]
    decades: Mapping[str, int]
    terms: re.Pattern[str]
    meanings: Mapping[str, tuple[str, str]]


@cache
def words_of(language: str) -> Words:
    """The words of a language."""
    data = read_yaml((DATA / f"words_{language}.yaml").read_text(encoding="utf-8"))
    lists = read_yaml((DATA.parent / f"{language}.yaml").read_text(encoding="utf-8"))["lists"]
    edge = r"\b" if language == "en" else ""

    def within(pattern: str) -> re.Pattern[str]:
        return re.compile(f"{edge}{pattern}{edge}")

    frame = "|".join(data["frame"])
    meanings = dict(_meanings(lists, data["tongues"], language))
    said = "|".join(re.escape(each) for each in sorted(meanings, key=len, reverse=True))
    names = "|".join(sorted(data["decades"], key=len, reverse=True))
    return Words(
        language=language,
        framed=re.compile(rf"^(?:{frame})" + (r"(?:\s+|$)" if language == "en" else "")),
        behind=re.compile(f"{edge}(?:{'|'.join(data['behind'])})$"),
        asked=re.compile(rf"^(?P<told>.+?){edge}(?:{data['asked']}){edge}(?P<wish>.+)$"),
        about=within(data["about"]),
        looped=within(f"(?:{data['looped']})"),
        listed=re.compile(data["listed"]),
        aliases=data["aliases"],
        whole=within(f"(?:{data['whole']})"),
        unnamed=within(data["unnamed"]),
        named={kind: within(pattern) for kind, pattern in data["named"].items()},
        filters={name: within(f"(?:{pattern})") for name, pattern in data["filters"].items()},
        like=re.compile(data["like"]),
        which_album=within(data["which_album"].format(which="|".join(data["ordinals"]))),
        ordinals=data["ordinals"],
        level={name: within(f"(?:{pattern})") for name, pattern in data["level"].items()},
        instrumental=within(data["instrumental"]),
        daytime=within(data["daytime"]),
        weather=within(data["weather"]),
        beats=re.compile(data["beats"]),
        each_minute=re.compile(f"(?:{data['each_minute']})$"),
        bounds={name: within(f"(?:{pattern})") for name, pattern in data["bounds"].items()},
        years_said=data["years_said"],
        since=within(data["since"]),
        until=within(data["until"]),
        decade=re.compile(_DECADE[language].format(names=names)),
        decades=data["decades"],
        terms=within(f"(?:{said})"),
        meanings=meanings,
    )


def bare(text: str, language: str) -> str:
    """A text without words that carry no name."""
    words = words_of(language)
    return " ".join(words.about.sub(" ", words.whole.sub(" ", text)).split())


_DECADE = {
    "en": (
        r"\b(?P<two>(?:{names}) (?:and|or) (?:the )?)?(?:the )?(?:nineteen |twenty )?"
        r"(?:(?P<digits>(?:19|20)?\d0)'?s|(?P<name>{names}))\b"
    ),
    "zh": (
        r"(?:上世纪|上个世纪|二十世纪|19)?(?P<two>[五六七八])?"
        r"(?:(?P<digits>(?:19|20)?\d0)|(?P<name>{names}))(?:年代|后)"
    ),
}


def _meanings(
    lists: Mapping[str, Any], tongues: Mapping[str, list[str]], language: str
) -> Iterator[tuple[str, tuple[str, str]]]:
    tables = {"occasion": lists["occasion"], "genre": lists["genre"], "tongue": tongues}
    for kind, table in tables.items():
        for meaning, said in table.items():
            for each in said:
                text = normalise(each, language)
                yield re.sub(r"^(?:a|the|my) (?=.)", "", text), (kind, str(meaning))
