"""How an alarm sounds: a ring that grows, softly where that was asked for, or music."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import anyio
import numpy as np

from voice_assistant.audio import earcons
from voice_assistant.skill import Clip, Home, Reply, Turn, VoiceAssistantError

RING_SECONDS = 600.0
"""Ten minutes of ringing wake whoever can be woken; then it is told as missed."""

MUSIC_SECONDS = 1800.0
"""The same for music, which is easier to bear."""

SETTLING = 6.0
"""Seconds in which music must have begun: a stream of the radio may take that long to open."""

LOOK = 2.0

GENTLE = 0.6
"""The loudness of a gentle ring, as a share of the usual, when it has grown."""

MINUTE = 15
"""Rings (of four seconds) in one step of a gentle ring's growth: the mouth makes a ring louder each
of the first five times, so that it takes four minutes."""

Play = Callable[[str, str], Awaitable[str | None]]
"""The services `play_music` and `play_radio`, which other skills offer: play what is named (anything
where the name is empty) in a language's household; what now plays, or None if there is nothing."""


def ring(job: Mapping[str, Any]) -> Clip:
    """The ring of an alarm."""
    clip = earcons.alarm()
    if not job.get("gentle"):
        return clip
    rising = np.linspace(0.5, 1.0, MINUTE * len(clip.samples), dtype=np.float32)
    return Clip(np.tile(clip.samples, MINUTE) * rising * np.float32(GENTLE), clip.rate)


async def wake(home: Home, turn: Turn, job: Mapping[str, Any]) -> None:
    """Sound until somebody stops it; `turn.rang_out` tells that nobody did."""
    if job.get("music") is not None and await _music(home, turn, job):
        turn.rang_out = True
        return
    await turn.say(Reply(ring=ring(job), ring_seconds=RING_SECONDS))


async def _music(home: Home, turn: Turn, job: Mapping[str, Any]) -> bool:
    """Play the alarm's music until it was long enough (then it ends, and True is returned); False
    where it does not play or is over: a ring must follow, for an alarm has to wake."""
    play: Play | None = home.services.get("play_radio" if job.get("radio") else "play_music")
    if play is None or home.media is None:
        return False
    try:
        if await play(str(job["music"]), turn.language) is None:
            return False
    except VoiceAssistantError:
        return False
    turn.touch(SETTLING)
    await anyio.sleep(SETTLING)
    begun = anyio.current_time()
    while not home.media.media_idle:
        if anyio.current_time() - begun > MUSIC_SECONDS:
            home.media.stop_media()
            return True
        turn.touch(LOOK)
        await anyio.sleep(LOOK)
    return False
