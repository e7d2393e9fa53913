"""English points in time: "half past six on weekdays", "the day after tomorrow at noon"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta

from voice_assistant.values import durations
from voice_assistant.values.clocks_en import clock
from voice_assistant.values.days_en import dated, day_named, nth_of, part, phrase
from voice_assistant.values.kinds import When
from voice_assistant.values.moments import Said, resolve
from voice_assistant.values.repeats_en import excepted, repeat
from voice_assistant.values.words_en import DAYS, FILLERS, PART_WORDS, POSSESSIVE, SPANS


def read(text: str, now: datetime) -> When | None:
    """A text that is a point in time and nothing else."""
    if FILLERS.issuperset(text.split()):  # most that is looked at
        return None
    words = _words(text)
    if words[:1] and words[0] in PART_WORDS and words[1:2] == ["for"]:
        return None  # "movie night for friday": the night is part of a name
    if words[:1] == ["coming"] and words[1:2] and words[1] not in {*DAYS, *SPANS}:
        return None  # "grandma is coming at four"
    said = Said()
    at = 0
    while at < len(words):
        for reader in (excepted, repeat, _after, nth_of, phrase, day_named, dated, part, clock):
            end = reader(words, at, said, now)
            if end is not None:
                at = end
                break
        else:
            if words[at] not in FILLERS:
                return None
            at += 1
    return resolve(said, now)


def _words(text: str) -> list[str]:
    text = re.sub(r"\b([ap]) m\b", r"\1m", text.replace("o clock", "o'clock"))
    text = re.sub(r"\b(\d{1,2}) (\d{2})(?= ?[ap]m\b)", r"\1:\2", text)
    text = re.sub(r"\b(?:school|work|working) day(s?)\b", r"weekday\1", text)
    text = re.sub(r"\b(?:every|each) (\w+) of the month\b", r"the \1 of every month", text)
    return [
        word.removesuffix("'s") if word in POSSESSIVE else word for word in durations.tokens(text)
    ]


def _after(words: Sequence[str], at: int, said: Said, now: datetime) -> int | None:
    if words[at] == "now":
        said.after = timedelta(0)
        return at + 1
    leads = words[at] in {"in", "after", "within"}
    start = at + 1 if leads else at
    found = durations.read(words, start)
    if found is None:
        return None
    length, end = found
    tail = words[end : end + 2]
    if tail == ["from", "now"] or tail[:1] in (["later"], ["hence"]):
        end += 2 if tail == ["from", "now"] else 1
    elif tail[:1] == ["from"] and tail[1:] and tail[1] in {"today", "tomorrow", *DAYS}:
        inner = Said()
        behind = phrase(words, end + 1, inner, now) or day_named(words, end + 1, inner, now)
        when = resolve(inner, now) if behind else None
        if when and when.day:
            said.day = when.day + length
            return behind
        return None
    elif tail[:1] in (["before"], ["to"], ["past"]) or not leads:
        return None
    units = {word.rstrip("s") for word in words[start:end]}
    if units & {"month", "year"} and length.days >= 28:
        whole = "year" if "year" in units else "month"
        count = length.days // (365 if whole == "year" else 30)
        step = relativedelta(years=count) if whole == "year" else relativedelta(months=count)
        said.day = (now + step).date()
    elif length.seconds == 0:
        said.day = (now + length).date()
        said.after = length
    else:
        said.after = length
    return end
