"""A listener for the bench who hears a story aloud, in the time that it takes, and notes silences.

The real mouth speaks with an installed voice; the loudspeaker takes as long for a clip as it sounds.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast

import anyio

from voice_assistant.audio.frames import Clip
from voice_assistant.audio.mute import MutePlayer
from voice_assistant.catalog import Catalog
from voice_assistant.engines import Synthesizer
from voice_assistant.mind import Mind
from voice_assistant.mouth import Mouth
from voice_assistant.voice import Voice
from voice_assistant.workers import Worker

from . import choose
from .audience import Audience

GREETING = {"en": "Hello.", "zh": "你好。"}
"""Said unheard before: a voice that was never used loads first."""


@dataclass(frozen=True, kw_only=True)
class Silences:
    """What was not to be heard, in seconds."""

    first: float
    """From the request to the first sound."""
    between: list[float]
    """Before each further clip, beyond the pauses that belong to the story."""


class _Loudspeaker(MutePlayer):
    """Takes its time, and remembers when it had something to play."""

    def __init__(self) -> None:
        self.spans: list[tuple[float, float]] = []

    async def play(self, clip: Clip, *, started: Callable[[], object] = lambda: None) -> None:
        """Return when the clip would have been heard."""
        began = anyio.current_time()
        started()
        await anyio.sleep(clip.seconds)
        self.spans.append((began, anyio.current_time()))


class _NoEars:
    """Hears nothing of what is said."""

    def attend(self, speaking: bool, saying: str = "") -> None:
        """Nothing listens."""


def silences(
    text: str, language: str, mind: Mind, catalog: Catalog, synthesizer: Synthesizer
) -> Silences:
    """Tell the story that is asked for, and listen to the end."""
    return anyio.run(_listen, text, Audience(language, mind, catalog), synthesizer)


async def _listen(text: str, audience: Audience, synthesizer: Synthesizer) -> Silences:
    player = _Loudspeaker()
    with ExitStack() as stack:
        worker = stack.enter_context(Worker("bench voice"))
        voice = Voice([stack.enter_context(synthesizer)], worker)
        mouth = Mouth(
            voice=voice,
            player=player,
            ears=cast(Any, _NoEars()),
            emit=lambda event: None,
            now=anyio.current_time,
        )
        choose.ready(audience.language)  # as a household that waits has it
        await voice.rehearse([GREETING[audience.language]], audience.language)
        asked = anyio.current_time()
        await audience.skill.tell(audience.turn(text, mouth.say))
    audience.close()
    return Silences(
        first=player.spans[0][0] - asked,
        between=[later[0] - earlier[1] for earlier, later in pairwise(player.spans)],
    )
