"""What an order is about, as it is said: one name, several, all but some, the same as before.

"The lights in the kitchen and the hallway", "everything except the bedroom", "it": names are taken
apart here, and `naming` finds the devices of each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from .device import Device
from .naming import exactly, known, meant, parts, words


@cache
def _said(section: str) -> re.Pattern[str]:
    """A section of `saying` in data/words.yaml as one pattern; English words stand alone."""
    return re.compile("|".join(words()["saying"][section]))


def is_same(said: str) -> bool:
    """Whether this only points at what was spoken of before, or at nothing: "it", "here"."""
    return not _bare(said) or _said("same").fullmatch(_bare(said)) is not None


def is_whole(sentence: str) -> bool:
    """Whether all that was spoken of is meant, and not the last of it alone: "turn them all off"."""
    return _said("whole").search(sentence.lower()) is not None


def with_exception(name: str | None, sentence: str) -> str | None:
    """A name with what its sentence takes out of it, where only the name was read."""
    _, without = _apart(sentence.lower())
    if name is None or not without or _apart(name)[1] or not _several_names(without):
        return name
    return f"{name} except {without}" if without not in name else name


def without_exception(sentence: str) -> str:
    """A sentence without what it takes out."""
    return _apart(sentence.lower())[0]


def _several_names(said: str) -> bool:
    """Whether something that can be found is named: a room, a kind, a thing."""
    return bool(parts(said).known)


def resolve(said: str, devices: Sequence[Device], *, room: str = "") -> list[Device]:
    """The devices that are meant; `room` is where the user is. Empty where one of the names is of
    nothing in the house."""
    if exact := exactly(said, devices):
        return exact
    said, without = _apart(said)
    if without:
        spared = {each.id for name in _names(without) for each in meant(name, devices)}
        if not spared:
            return []
        devices = [each for each in devices if each.id not in spared]
    said = _bare(said)
    return meant(said, devices, room=room) or _several(_names(said), devices)


def _several(names: Sequence[str], devices: Sequence[Device]) -> list[Device]:
    """The devices of each name, of the kind that one of them tells: "kitchen and hall lights"."""
    kinds = frozenset(words()["kinds"])
    told = [parts(name).known & kinds for name in names]
    shared = frozenset[str]().union(*told)
    found: dict[str, Device] = {}
    for name, own in zip(names, told, strict=True):
        mine = meant(name, devices)
        if not own and shared:
            narrowed = [each for each in mine if shared & known(each)]
            mine = narrowed or ([] if is_room(name) else mine)
        if not mine:
            return []
        found |= {each.id: each for each in mine}
    return list(found.values()) if len(names) > 1 else []


def is_room(said: str) -> bool:
    """Whether this tells a room or several, and nothing in it."""
    taken = parts(_bare(said))
    return bool(taken.known) and not taken.left and taken.known <= frozenset(words()["rooms"])


def _apart(said: str) -> tuple[str, str]:
    """What is meant, and what is left out of it."""
    for pattern in words()["saying"]["except"]:
        if match := re.fullmatch(pattern, said):
            return match["all"].strip(), match["but"].strip()
    return said, ""


def _names(said: str) -> list[str]:
    return [each for each in map(str.strip, _said("and").split(said)) if each]


def _bare(said: str) -> str:
    """A name without the little words that a template left in it."""
    before = ""
    while before != said:
        before, said = said, _said("aside").sub(" ", said).strip()
    return said
