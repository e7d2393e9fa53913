"""Which of several things are meant: "the second one", "the first two", "all but the last"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from voice_assistant.values import numbers_en, numbers_zh
from voice_assistant.values.kinds import Those

T = TypeVar("T")

_ONES = r" (?:ones?|timers?|alarms?|reminders?|appointments?|meetings?|events?|items?|things?)"
_NOUN = rf"(?:{_ONES})?(?: of (?:them|those|these))?"
_ALL = r"(?:all|everything|every one|them all|all the (?:rest|others))"
_BUT_EN = re.compile(
    rf"{_ALL}{_NOUN} (?:but|except|except for|apart from|besides|other than) (?:for )?(.+)"
)
_EVERY_EN = re.compile(
    rf"(?:all|both|them all|the lot|everything|all (?:two|three|four|five)){_NOUN}"
)
_OTHER_EN = re.compile(
    rf"(?:the |all the |that |my )?(?:(?:other|others|remaining)(?: two| three)?|rest){_NOUN}"
)
_FIRST_EN = re.compile(rf"(?:the |my )?(first|last|latest) (\w+){_NOUN}")
_PLACE_EN = re.compile(rf"(?:the |my )(?:very )?(.+?){_NOUN}|(.+?){_ONES}")
"""A bare "second" is none: "for a second"."""

_BUT_ZH = re.compile(
    r"(?:除了|除去|除)(.+?)(?:以外|之外|外)?(?:其他的?|别的|剩下的|其余的?|全部|所有的?)?"
)
_EVERY_ZH = re.compile(r"[这那]?(?:[两三四五几][个样项条件]|俩)|全部|所有的?|它们|这些|那些")
_OTHER_ZH = re.compile(
    r"另一个|另外(?:那|一|两)?个|另外的|(?:其他|其它|其余|剩下|别|剩)的?(?:那|一|几|两|这)*个?|还有一个|还有那个"
)
_FIRST_ZH = re.compile(r"(前|头|后|最后|末)(?:面)?([一两二三四五六七八九十])[个样项条件]")
_LAST_ZH = re.compile(r"最后(?:那|一|的)?(?:一)?[个样项条件]?")

WORDS_EN = (
    "the my that number very all both them lot rest other others remaining everything every but "
    "except apart from besides than for of those these and first last latest one ones two three "
    "four five timer timers alarm alarms reminder reminders appointment appointments meeting "
    "meetings event events item items thing things"
).split() + list(numbers_en.ORDINALS)
CHARS_ZH = (
    numbers_zh.CHARS
    + "第个样项条件除了去以之外其他它余剩下的别另那最后前头末面俩这些们全部所有都还和跟"
)


def those_en(text: str) -> Those | None:
    """What an English text picks, where it does nothing else."""
    if but := _BUT_EN.fullmatch(text):
        kept = those_en(but[1])
        return Those(places=kept.places, but=True) if kept and kept.places else None
    if _EVERY_EN.fullmatch(text):
        return Those(but=True)
    if _OTHER_EN.fullmatch(text):
        return Those(other=True)
    some = _FIRST_EN.fullmatch(text)
    count = numbers_en.number(some[2]) if some else None
    if some and isinstance(count, int) and count in range(2, 10):
        return Those(places=_run(count, last=some[1] != "first"))
    one = _PLACE_EN.fullmatch(text)
    if one is None:
        return None
    places = [_place_en(part) for part in re.split(r" and (?:the )?", one[1] or one[2])]
    return Those(places=tuple(filter(None, places))) if all(places) else None


def _place_en(text: str) -> int | None:
    if text in ("last", "latest"):
        return -1
    place = numbers_en.ordinal(re.sub(r" one$", "", text))
    return place if place and place < 100 else None


def those_zh(text: str) -> Those | None:
    """What a Chinese text picks, where it does nothing else."""
    text = re.sub(r"(?<=.)(?:全都|都|全)$", "", text)
    if but := _BUT_ZH.fullmatch(text):
        kept = those_zh(but[1])
        return Those(places=kept.places, but=True) if kept and kept.places else None
    if _EVERY_ZH.fullmatch(text):
        return Those(but=True)
    if _OTHER_ZH.fullmatch(text):
        return Those(other=True)
    if some := _FIRST_ZH.fullmatch(text):
        count = numbers_zh.whole(some[2]) or 0
        return Those(places=_run(count, last=some[1] not in "前头")) if count > 0 else None
    places = [_place_zh(part) for part in re.split(r"和|跟", text)]
    return Those(places=tuple(filter(None, places))) if all(places) else None


def _place_zh(text: str) -> int | None:
    if _LAST_ZH.fullmatch(text):
        return -1
    return numbers_zh.ordinal(re.sub(r"[样项件]?的?(?:那|那个)?$", "", text)) if text else None


def _run(count: int, *, last: bool) -> tuple[int, ...]:
    return tuple(range(-count, 0)) if last else tuple(range(1, count + 1))


def picked(those: Those, things: Sequence[T], it: Iterable[T]) -> list[T]:
    """What is meant among things in their order, where `it` is what was spoken of before."""
    spoken = list(it)
    if those.other:
        return [each for each in things if each not in spoken]
    count = len(things)
    at = {place - 1 if place > 0 else count + place for place in those.places}
    return [each for number, each in enumerate(things) if (number in at) != those.but]
