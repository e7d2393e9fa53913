"""Places outside our data, told from the household's own Wikivoyage, where it has one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from voice_assistant.http import Unreachable
from voice_assistant.kiwix import Article, Kiwix
from voice_assistant.normal import joined
from voice_assistant.sentences import Splitter
from voice_assistant.skill import Home, NotAllowed, Turn
from voice_assistant.texts import read_yaml

from . import atlas

TOLD = 3
"""Sentences that are told."""

ENOUGH = 300
"""Characters behind which no further sentence is begun: about twenty seconds of speech."""

_ASIDE = re.compile(r"\s*[(（][^()（）]*[)）]")


async def told(home: Home, turn: Turn, place: str) -> str | None:
    """What its article answers to the question; None where there is nothing. Raises NotAllowed or
    Unreachable."""
    kiwix, data = Kiwix.of(home), _data()[turn.language]
    headings = data["sections"].get(turn.route.intent)
    if kiwix is None or headings is None:
        return None
    article = await _about(kiwix, place, turn.language)
    if article is None:
        return None
    text = article.lead if headings == [""] else article.section(headings)
    said = _opening(text, re.compile(data["never"], re.IGNORECASE), turn.language)
    return str(data["found"]).format(book=article.book, text=said) if said else None


def trouble(error: NotAllowed | Unreachable, language: str) -> str:
    """Why nothing could be looked up."""
    key = "not_allowed" if isinstance(error, NotAllowed) else "away"
    return str(_data()[language][key])


async def _about(kiwix: Kiwix, place: str, language: str) -> Article | None:
    """The article of that very name: one that merely mentions the place is not about it."""
    for hit in await kiwix.search(place, language):
        if atlas.plain(_ASIDE.sub("", hit.title)) == atlas.plain(place):
            return await kiwix.article(hit)
    return None


def _opening(text: str, never: re.Pattern[str], language: str) -> str:
    """Its first sentences, as one would say them."""
    splitter = Splitter(early=False)
    said: list[str] = []
    for sentence in (*splitter.feed(_ASIDE.sub("", text)), *splitter.finish()):
        if len(said) == TOLD or sum(map(len, said)) > ENOUGH:
            break
        if not never.search(sentence):
            said.append(sentence.strip())
    return joined(said, language)


@cache
def _data() -> Mapping[str, Any]:
    text = (atlas.DATA / "kiwix.yaml").read_text(encoding="utf-8")
    data: Mapping[str, Any] = read_yaml(text)
    return data
