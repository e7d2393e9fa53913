"""Which devices are meant, in either language, whatever language they were named in.

What was said and what a device is called are both taken apart the same way: the rooms, kinds and
things of data/words.yaml that occur in it, and what is left. A device is meant when it has every
part of what was said, and its names have what is left.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from rapidfuzz import fuzz

from voice_assistant.normal import normalise
from voice_assistant.sounds import key
from voice_assistant.texts import read_yaml

from .device import Device

NEAR = 85
"""How alike (rapidfuzz ratio) what is left must sound to a word of the device's names."""

HINT = 4
"""Letters a word of a device's name must have to stand for the device."""

ALL = "everything"
"""The part that stands for everything that can be switched."""

FLOORS = frozenset({"upstairs", "downstairs"})
"""The rooms of data/words.yaml that are whole floors."""

EVERYDAY = frozenset({"light", "switch", "fan", "media_player", "humidifier"})
"""What "everything" means: neither doors nor the heating."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a name is made of."""

    known: frozenset[str]
    """Rooms, kinds and things."""
    left: str
    """The rest, normalised; empty when everything is known."""


@cache
def words() -> dict[str, Any]:
    """data/words.yaml."""
    text = (files(__package__) / "data" / "words.yaml").read_text("utf-8")
    found: dict[str, Any] = read_yaml(text)
    return found


@cache
def _terms() -> tuple[re.Pattern[str], re.Pattern[str], Mapping[str, str]]:
    """Patterns of everything known, English and Chinese, and what each term stands for."""
    means: dict[str, str] = {}
    for section in ("kinds", "rooms", "things"):
        for name, entry in words()[section].items():
            means |= dict.fromkeys([*entry["en"], *entry["zh"]], name)
    longest = sorted(means, key=len, reverse=True)
    english = "|".join(re.escape(each) for each in longest if each.isascii())
    chinese = "|".join(each for each in longest if not each.isascii())
    return re.compile(rf"\b(?:{english})\b"), re.compile(chinese), means


@cache
def _filler() -> re.Pattern[str]:
    filler = words()["filler"]
    return re.compile(rf"\b(?:{'|'.join(filler['en'])})\b|{'|'.join(filler['zh'])}")


def parts(text: str) -> Parts:
    """Take a name apart."""
    text = normalise(text, "en" if text.isascii() else "zh")
    known = set()
    english, chinese, means = _terms()
    for pattern in (english, chinese):
        known |= {means[found] for found in pattern.findall(text)}
        text = pattern.sub(" ", text)
    return Parts(frozenset(known), " ".join(_filler().sub(" ", text).split()))


def meant(said: str, devices: Sequence[Device], *, room: str = "") -> list[Device]:
    """The devices that a name means: one by its own name, or all that it describes ("the kitchen
    lights"). `room` is where the user is: a bare kind means those there, if there are any."""
    if exact := exactly(said, devices):
        return exact
    sought = parts(said)
    if not (sought.known or sought.left):
        return []
    if ALL in sought.known:
        sought = Parts(sought.known - {ALL}, "")
        devices = [each for each in devices if each.domain in EVERYDAY]
    fitting = [each for each in devices if _fits(sought, each)]
    # "The garage" is its door, not the light in it.
    fitting = [each for each in fitting if sought.known & kinds(each)] or fitting
    here = parts(room).known if room else frozenset()
    if here and not sought.left and not sought.known & set(words()["rooms"]):
        return [each for each in fitting if here <= known(each)] or fitting
    return fitting


def exactly(said: str, devices: Sequence[Device]) -> list[Device]:
    """The devices that are called just this."""
    wanted = _plain(said)
    return [each for each in devices if wanted in map(_plain, (each.name, *each.aliases))]


def mentioned(text: str, devices: Sequence[Device]) -> list[Device]:
    """The devices that a sentence speaks of: by a whole name, by room and kind, or by a word."""
    plain = _plain(text)
    named = [
        each
        for each in devices
        if any(name in plain for name in map(_plain, (each.name, *each.aliases)) if name)
    ]
    found = parts(text).known
    if not named and found & set(words()["kinds"]):
        # "Vacuum the floor": a thing that is done something to is no part of the name.
        told = found & {*words()["kinds"], *words()["rooms"]}
        named = [each for each in devices if found <= known(each)]
        named = named or [each for each in devices if told <= known(each)]
    return named or [each for each in devices if _hinted(each, plain)]


def known(device: Device) -> frozenset[str]:
    """The rooms, kinds and things of a device's names, its room and its nature."""
    named = frozenset[str]().union(
        *(parts(name).known for name in (device.name, *device.aliases, *device.rooms))
    )
    return named | kinds(device)


def kinds(device: Device) -> frozenset[str]:
    """The kinds of data/words.yaml that a device is: by its class, else by its domain. A garage
    door is no blind, though both are covers."""
    found = {
        what: frozenset(name for name, entry in words()["kinds"].items() if what in entry["is"])
        for what in (device.kind, device.domain)
    }
    return found[device.kind] or found[device.domain]


def of_kind(sentence: str, name: str, device: Device) -> bool:
    """Whether a device is of a kind that a sentence names, if its name tells none."""
    told = {*words()["kinds"], ALL}
    wanted = frozenset() if parts(name).known & told else parts(sentence).known & told
    return not wanted or bool(wanted & known(device))


def in_rooms(sentence: str, name: str, found: list[Device]) -> list[Device]:
    """Those of the devices that are in the rooms that a sentence tells besides their name: "are
    all the lights off downstairs". All of them where none is there."""
    told = (parts(sentence).known - parts(name).known) & set(words()["rooms"])
    return [each for each in found if told <= known(each)] or found


def without_floors(sentence: str, devices: Sequence[Device]) -> bool:
    """Whether a sentence speaks of a floor, and nothing of the house tells what is there."""
    told = parts(sentence).known & FLOORS
    return bool(told) and not any(told & known(each) for each in devices)


def rgb(colour: str) -> Sequence[int]:
    """A colour in red, green and blue, 0 to 255."""
    found: Sequence[int] = words()["colours"][colour]
    return found


def _fits(sought: Parts, device: Device) -> bool:
    if not sought.known <= known(device):
        return False
    rest = [parts(name).left for name in (device.name, *device.aliases, *device.rooms)]
    return not sought.left or any(_sounds_like(sought.left, each) for each in rest if each)


def _hinted(device: Device, plain: str) -> bool:
    """Whether a part of a device's name is in a sentence: "make coffee", and the coffee machine."""
    rest = [parts(name).left for name in (device.name, *device.aliases)]
    english = {word for name in rest for word in name.split() if len(word) >= HINT}
    chinese = {
        name[at : at + 2] for name in rest if not name.isascii() for at in range(len(name) - 1)
    }
    return bool(english & set(plain.split())) or any(pair in plain for pair in chinese)


def _sounds_like(said: str, name: str) -> bool:
    if not said.isascii():
        return fuzz.partial_ratio(key(said), key(name)) >= NEAR and len(said) <= len(name) + 1
    return all(
        any(fuzz.ratio(word, each) >= NEAR or key(word) == key(each) for each in name.split())
        for word in said.split()
    )


def _plain(name: str) -> str:
    return " ".join(_filler().sub(" ", normalise(name, "en" if name.isascii() else "zh")).split())
