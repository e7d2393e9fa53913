"""Which timer is meant by its name, however it is inflected; and the lengths of several that are
asked for at once."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache

from voice_assistant import values
from voice_assistant.answers import NEVER

_FOR = {
    "en": re.compile(r"\bfor (?:the|my) ([a-z]+(?: [a-z]+)?)$"),
    "zh": re.compile(
        r"(?:^|[煮烤蒸炖泡焖炒煎])([^煮烤蒸炖泡焖炒煎个一]{1,4}?)的?(?:定个时|计个时|定时|计时)$"
    ),
}
"""A name at the end of a request that no template reads: "set one going for the lentil soup"."""


_APART = {
    "en": re.compile(r"(?:^| )(?:and|then|(?:an)?other|the other|one(?= for| of)|for|of)(?= |$)"),
    "zh": re.compile(r"(?:另外?)?一个(?!半|小时|钟头)|(?<=分钟)|(?<=秒钟)|和|跟|还有|分别是?|的"),
}
"""What stands between the lengths of several timers."""


def lengths_in(text: str, language: str) -> list[timedelta]:
    """The lengths of several timers: "one for ten minutes and one for twenty"; a bare number is of
    minutes."""
    found = []
    for piece in filter(None, map(str.strip, _APART[language].split(text))):
        length = values.parse("duration", piece, language, NEVER)
        number = values.parse("number", piece, language, NEVER)
        if isinstance(length, timedelta):
            found.append(length)
        elif isinstance(number, int | float) and number > 0:
            found.append(timedelta(minutes=number))
        elif language == "en":  # "five ten and fifteen minutes"
            bare = [each.value for each in values.find("number", piece, language, NEVER)]
            found += [timedelta(minutes=n) for n in bare if isinstance(n, int) and n > 0]
    whole = [each.value for each in values.find("duration", text, language, NEVER)]
    return found if len(found) >= len(whole) else [v for v in whole if isinstance(v, timedelta)]


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """A name without its plural: "eggs" and "egg" are one."""
    return re.sub(r"(?<=[a-z]{2})(?:(?<=[sxzo])es|(?<=ch|sh)es|(?<!s)s)$", "", name.lower())


def same_name(wanted: str, name: str) -> bool:
    """Whether a timer's name is the one that was said, or a part of it."""
    one, other = bare(wanted), bare(name)
    return bool(other) and (one in other or other in one)


def names(text: str, name: str, language: str) -> bool:
    """Whether a request (normalised) names a timer."""
    if not name:
        return False
    if language == "zh":
        return name in text
    short = bare(name)  # looked for first: of a thousand names most are not there
    return short in text and re.search(rf"\b{re.escape(short)}(?:e?s)?\b", text) is not None


def named_in(text: str, language: str) -> str | None:
    """The name that a request (normalised) ends in."""
    found = _FOR[language].search(text)
    return found[1] if found and not values.find("duration", found[1], language, NEVER) else None
