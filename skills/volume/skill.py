"""The volumes: said in percent, kept, and set on the loudspeaker's channels in decibels."""

from __future__ import annotations

from fractions import Fraction
from math import log10

from voice_assistant import answers
from voice_assistant.audio.mixer import ChannelName
from voice_assistant.skill import Answer, Receipt, Reply, Skill, Turn, intent
from voice_assistant.speaking import say_number

CHANNELS: tuple[ChannelName, ...] = ("voice", "media", "alarms")
STEP = 10
"""Percent of a step up or down."""

USUAL = 70
"""Percent before anybody said anything."""

SILENCE = -96.0
"""dB, below anything a loudspeaker shows."""


def decibels(percent: int) -> float:
    """A percentage as gain: every halving is 12 dB, which sounds about half as loud."""
    return SILENCE if percent <= 0 else max(SILENCE, 40 * log10(percent / 100))


class Volume(Skill):
    """Louder, softer, silent."""

    _last: tuple[str, int] = ("all", 1)
    """What was changed last, and whether up (1) or down (-1)."""

    async def start(self) -> None:
        """Bring the channels to what was said last."""
        for channel in CHANNELS:
            if f"level.{channel}" in self.home.store.keys("level."):
                self._apply(channel)

    @intent("up")
    @intent("up_again")
    async def up(
        self, turn: Turn, channel: str = "all", percent: Fraction | float | None = None
    ) -> Answer:
        """Louder."""
        return self._step(turn, channel, percent, 1)

    @intent("down")
    @intent("down_again")
    async def down(
        self, turn: Turn, channel: str = "all", percent: Fraction | float | None = None
    ) -> Answer:
        """Softer."""
        return self._step(turn, channel, percent, -1)

    @intent("night")
    async def night(self, turn: Turn) -> Answer:
        """How it becomes softer by itself in the night."""
        return turn.phrase("night")

    @intent("halve")
    async def halve(self, turn: Turn, channel: str = "all") -> Answer:
        """Half as loud as now."""
        return self._change(turn, channel, self._level(_channels(channel)[0]) // 2)

    @intent("set")
    @intent("set_other")
    async def set_to(
        self,
        turn: Turn,
        channel: str = "all",
        percent: Fraction | float | None = None,
        number: Fraction | float | None = None,
    ) -> Answer:
        """To a percentage, or a step of ten."""
        wanted = percent if percent is not None else number
        if wanted is None:
            wanted = await turn.ask(turn.phrase("how_loud"), answers.number)
        value = _percent(float(wanted), said_percent=percent is not None)
        if value is None:
            return turn.phrase("range")
        return self._change(turn, channel, value)

    @intent("more")
    async def more(self, turn: Turn) -> Answer:
        """Another step in the same direction, of the same channel."""
        channel, sign = self._last
        return self._step(turn, channel, None, sign)

    @intent("less")
    async def less(self, turn: Turn) -> Answer:
        """A step back."""
        channel, sign = self._last
        return self._step(turn, channel, None, -sign)

    @intent("back")
    @intent("before")
    async def back(self, turn: Turn, channel: str = "all") -> Answer:
        """As it was before the last change, or heard again."""
        if self.home.store.get("muted", False):
            return await self.unmute(turn)
        before: dict[ChannelName, int] = self.home.store.get("before") or {}
        if not before:
            return await self.ask(turn)
        return self._change_to(turn, before)

    @intent("maximum")
    async def maximum(self, turn: Turn, channel: str = "all") -> Answer:
        """As loud as it goes."""
        return self._change(turn, channel, 100)

    @intent("minimum")
    async def minimum(self, turn: Turn, channel: str = "all") -> Answer:
        """As soft as can be heard."""
        return self._change(turn, channel, STEP)

    @intent("mute")
    async def mute(self, turn: Turn, channel: str = "all") -> Answer:
        """Silent until unmuted."""
        was = self.home.store.get("muted", False)
        self._mute(on=True)

        async def undo() -> str:
            self._mute(on=bool(was))
            return turn.phrase("unmuted")

        return Reply(say=turn.phrase("muted"), receipts=(Receipt(action="volume.mute", undo=undo),))

    @intent("unmute")
    async def unmute(self, turn: Turn, channel: str = "all") -> Answer:
        """Sound again."""
        self._mute(on=False)
        return Reply(say=turn.phrase("unmuted"), receipts=(Receipt(action="volume.unmute"),))

    @intent("ask")
    async def ask(self, turn: Turn, channel: str = "all") -> Answer:
        """How loud it is."""
        if self.home.store.get("muted", False):
            return turn.phrase("is_muted")
        level = self._level(_channels(channel)[0])
        return turn.phrase("level", percent=say_number(level, turn.language))

    # --- levels --------------------------------------------------------------------------

    def _step(
        self, turn: Turn, channel: str, percent: Fraction | float | None, sign: int
    ) -> Answer:
        by = round(float(percent)) if percent is not None and percent > 1 else STEP
        if percent is not None and 0 < percent <= 1:
            by = round(float(percent) * 100)
        self._last = channel, sign
        level = self._level(_channels(channel)[0])
        if level == (100 if sign > 0 else 0) and not self.home.store.get("muted", False):
            return turn.phrase("loudest" if sign > 0 else "softest")
        return self._change(turn, channel, max(0, min(100, level + sign * by)))

    def _change(self, turn: Turn, channel: str, percent: int) -> Reply:
        return self._change_to(turn, dict.fromkeys(_channels(channel), percent))

    def _change_to(self, turn: Turn, levels: dict[ChannelName, int]) -> Reply:
        before = {name: self._level(name) for name in levels}
        self._mute(on=False)
        self._set(levels)
        self.home.store.set("before", before)

        async def undo() -> str:
            self._set(before)
            level = say_number(next(iter(before.values())), turn.language)
            return turn.phrase("level", percent=level)

        percent = next(iter(levels.values()))
        receipt = Receipt(
            action="volume.set",
            result={"channel": _said(levels), "percent": percent},
            undo=undo,
        )
        said = turn.phrase("set", percent=say_number(percent, turn.language))
        return Reply(say=said, receipts=(receipt,))

    def _level(self, channel: ChannelName) -> int:
        return int(self.home.store.get(f"level.{channel}", USUAL))

    def _set(self, levels: dict[ChannelName, int]) -> None:
        with self.home.store.database.transaction():
            for channel, percent in levels.items():
                self.home.store.set(f"level.{channel}", percent)
        for channel in levels:
            self._apply(channel)

    def _mute(self, *, on: bool) -> None:
        if self.home.store.get("muted", False) != on:
            self.home.store.set("muted", on)
            for channel in CHANNELS:
                self._apply(channel)

    def _apply(self, channel: ChannelName) -> None:
        """Alarms ring even when all else is mute."""
        muted = channel != "alarms" and self.home.store.get("muted", False)
        if self.home.media is not None:
            level = SILENCE if muted else decibels(self._level(channel))
            self.home.media.set_volume(channel, level)


def _channels(channel: str) -> tuple[ChannelName, ...]:
    return tuple(name for name in CHANNELS if name == channel) or ("voice", "media")


def _said(levels: dict[ChannelName, int]) -> str:
    """What channels are called together: the name of one, or all."""
    return next(iter(levels)) if len(levels) == 1 else "all"


def _percent(value: float, *, said_percent: bool) -> int | None:
    """ "40 percent", "level 4", "half" and "volume 40" in percent; None outside 0 to 100."""
    if 0 < value < 1 or (said_percent and value == 1):
        value *= 100
    elif not said_percent and 0 < value <= 10:
        value *= 10
    return round(value) if 0 <= value <= 100 else None
