"""The way to the devices of the house, and to those that a sentence means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, ClassVar

from voice_assistant.errors import NotAllowed
from voice_assistant.http import Http, Rejected, Unreachable
from voice_assistant.skill import Home, NeverMind, Skill, Turn
from voice_assistant.speaking import say_count, say_list

from .device import Device, Hub
from .home_assistant import HomeAssistant
from .mqtt import PREFIX, Mqtt
from .naming import in_rooms, meant, mentioned, of_kind, without_floors
from .orders import SCENES, WAYS
from .states import is_so
from .targets import is_room, is_same, is_whole, resolve, with_exception, without_exception

NAMED = 3
"""Devices that are named one by one; more are counted."""

RECENT = timedelta(minutes=5)
"""How long "it" and "brighter" mean the devices spoken of last."""


class Reach(Skill):
    """The part of `smart_home` that finds devices."""

    settings: ClassVar[Mapping[str, Any]] = dict.fromkeys(
        ("url", "token", "broker", "prefix", "room"), str
    )

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.hub = _hub(home)
        self._recent: tuple[datetime, frozenset[str]] | None = None
        """When devices were spoken of last, and which."""
        self._talk: frozenset[str] = frozenset()
        """All that were spoken of since a request of its own about something of another kind: "turn
        them all off"."""
        self._domains: frozenset[str] = frozenset()
        """Of what kind the devices were that were spoken of last."""

    async def start(self) -> None:
        """Ask the house once for its names, so that they are understood from the first word on;
        later they are learned by the way."""
        if self.hub is not None and not self.home.store.get("names"):
            with suppress(NotAllowed, Unreachable, Rejected):
                self._learn(await self.hub.devices())

    def vocabulary(self, language: str) -> Mapping[str, Iterable[str]]:
        """The names of the house's devices, scenes and rooms, as they were when it was last
        asked."""
        names: Mapping[str, list[str]] = self.home.store.get("names") or {}
        return names

    def _learn(self, devices: Sequence[Device]) -> None:
        able = [each for each in devices if each.domain in (*WAYS, "binary_sensor") and each.name]
        sensors = [each for each in devices if each.domain in ("sensor", "climate") and each.name]
        names = {
            "thing": [name for each in able for name in (each.name, *each.aliases)],
            "named_scene": [each.name for each in able if each.domain in SCENES],
            "player": [each.name for each in able if each.domain == "media_player"],
            "thermometer": [each.name for each in sensors if each.domain == "climate"],
            "sensor": [each.name for each in sensors],
            "room": sorted({room for each in able for room in each.rooms}),
        }
        if names != self.home.store.get("names"):
            self.home.store.set("names", names)
            self.home.renamed()

    async def _all(self, turn: Turn) -> Sequence[Device] | str:
        """Every device of the house, or the sentence that says why it cannot be reached."""
        if self.hub is None:
            return turn.phrase("not_set_up")
        try:
            devices = await self.hub.devices()
        except (NotAllowed, Unreachable) as error:
            return self._failure(turn, error)
        self._learn(devices)
        return devices

    async def _found(
        self,
        turn: Turn,
        name: str | None,
        domains: Sequence[str],
        *,
        default: str | None = None,
        everything: bool = False,
    ) -> list[Device] | str:
        """The devices that are meant, or the sentence that says why there are none."""
        there = await self._all(turn)
        if isinstance(there, str):
            return there
        able = [each for each in there if each.domain in domains and each.name]
        if everything:
            return able or turn.phrase("not_measured")
        name = with_exception(name, turn.text)
        found = self._named(turn, name, able, default)
        if not found and not default and (name is None or is_same(name)):
            try:
                name = str(await turn.ask(turn.phrase("which_device")))
            except NeverMind:
                return turn.phrase("left")
            found = resolve(name, able, room=self._room)
        # "Open the bedroom curtains" may have come in as the bedroom alone.
        sentence = without_exception(turn.text)
        found = [each for each in found if of_kind(sentence, name or "", each)]
        if found:
            return in_rooms(sentence, name or "", found)
        key = "no_floors" if without_floors(turn.text, there) else "unknown"
        return turn.phrase(key, name=name or default)

    def _named(
        self, turn: Turn, name: str | None, able: Sequence[Device], default: str | None
    ) -> list[Device]:
        """The devices of a name; without one those that the sentence mentions, those spoken of
        before, or those of the kind that goes without saying (`default`)."""
        if name is not None and not is_same(name):
            return resolve(name, able, room=self._room)
        found = [] if name else mentioned(turn.text, able)
        if name or default:
            found = found or self._spoken_of(able, whole=is_whole(turn.text))
        if found or not default:
            return found
        usual = meant(default, able, room=self._room)
        return [each for each in usual if is_so(each, "active")] or usual

    def _alike(self, turn: Turn, name: str | None, found: list[Device]) -> list[Device]:
        """Of a room's devices, where it is told alone and goes on with the turn before, those like
        the ones spoken of: "the kitchen light off" - "the bedroom too"."""
        before = turn.session.context
        ours = before and before.route and before.route.skill == self.home.name
        goes_on = (ours or turn.route.stage == "follow") and self._is_fresh
        if not goes_on or not is_room(name or "") or is_whole(turn.text):
            return found
        return [each for each in found if each.domain in self._domains] or found

    def _speak_of(self, turn: Turn, devices: Sequence[Device]) -> None:
        ids = frozenset(each.id for each in devices)
        domains = frozenset(each.domain for each in devices)
        goes_on = turn.route.stage in ("carried", "follow") or domains == self._domains
        self._talk = ids | self._talk if goes_on and self._is_fresh else ids
        self._domains = domains
        self._recent = self.now(), ids

    def _spoken_of(self, able: Sequence[Device], *, whole: bool = False) -> list[Device]:
        """Those of the devices that were spoken of a moment ago; the `whole` talk long."""
        if self._recent is None or not self._is_fresh:
            return []
        ids = self._talk if whole else self._recent[1]
        return [each for each in able if each.id in ids]

    @property
    def _is_fresh(self) -> bool:
        return self._recent is not None and timedelta() <= self.now() - self._recent[0] < RECENT

    @property
    def _room(self) -> str:
        """Where the assistant stands."""
        return str(self.home.settings.get("room", ""))

    def _failure(self, turn: Turn, error: Exception) -> str:
        """Why the house cannot be reached, and what to do."""
        host = self.hub.host if self.hub else ""
        if isinstance(error, NotAllowed):
            return turn.phrase("not_allowed", host=host)
        if isinstance(error, Rejected) and error.status in (401, 403):
            return turn.phrase("wrong_token")
        return turn.phrase("refused" if isinstance(error, Rejected) else "unreachable")

    def _names(self, turn: Turn, devices: Sequence[Device]) -> str:
        if len(devices) > NAMED:
            noun = {"zh": "个设备"}.get(turn.language, "device")
            return say_count(len(devices), noun, turn.language)
        return say_list([each.called(turn.language) for each in devices], turn.language)


def _hub(home: Home) -> Hub | None:
    """The way to the devices that the settings name."""
    http: Http | None = home.services.get("http")
    url, broker = home.settings.get("url"), home.settings.get("broker")
    if http is None or not (url or broker):
        return None
    if url:
        return HomeAssistant(http, home.clock, str(url), str(home.settings.get("token", "")))
    return Mqtt(http, str(broker), str(home.settings.get("prefix", PREFIX)))
