"""The storyteller heard through the real mouth, on the virtual clock: fake voice, fake sound."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterator
from typing import Any

import anyio
import numpy as np
from voice_assistant_skills.stories.skill import Stories

from tests.fakes import TryOut
from tests.scenario.theatre import FakeEars, FakePlayer, FakeVoice
from voice_assistant.audio.frames import Clip
from voice_assistant.engines import Prosody
from voice_assistant.engines.clauses import batches, clauses
from voice_assistant.engines.piper import BATCH_LETTERS, FIRST_LETTERS
from voice_assistant.events import Event, Said
from voice_assistant.mouth import Mouth
from voice_assistant.voice import Voice
from voice_assistant.workers import InlineWorker

LETTERS_A_SECOND = {"en": 15.0, "zh": 4.0}


class Reader(FakeVoice):
    """Speaks for as long as a reader takes, in the clips that our voices make."""

    def synthesize(
        self, text: str, *, language: str, prosody: Prosody = Prosody()
    ) -> Iterator[Clip]:
        groups = list(batches(clauses(text), first=FIRST_LETTERS, rest=BATCH_LETTERS))
        for number, group in enumerate(groups):
            letters = sum(len(words) for words, _ in group)
            seconds = letters / LETTERS_A_SECOND[language] / prosody.pace
            last = number == len(groups) - 1
            yield Clip(np.zeros(round(seconds * 16000), np.float32), 16000, last=last)


class Laborious(InlineWorker):
    """Takes virtual time for each clip: `effort` seconds for a second of sound."""

    def __init__(self, effort: float) -> None:
        super().__init__("laborious")
        self._effort = effort

    async def iterate(self, items: Iterator[Clip]) -> AsyncGenerator[Clip, None]:
        for clip in items:
            await anyio.sleep(clip.seconds * self._effort)
            yield clip


class Stage(TryOut):
    """Stories, told through the mouth. `said` is called with each line that was heard."""

    def __init__(
        self, *args: Any, said: Callable[[str], None] = lambda text: None, effort: float = 0.0,
        **home: Any,
    ) -> None:  # fmt: skip
        super().__init__(Stories, *args, **home)
        self.player = FakePlayer()
        self._said = said
        self._mouth = Mouth(
            voice=Voice([Reader()], Laborious(effort)),
            player=self.player,
            ears=FakeEars(),
            emit=self._notice,
            now=anyio.current_time,
        )

    def _notice(self, event: Event) -> None:
        if isinstance(event, Said):
            self._said(event.text)

    async def listen(self, intent: str, language: str, text: str = "") -> None:
        """Ask for something, and hear it to its end."""
        turn = self.turn(language, text=text, intent=intent).turn
        turn.speak = self._mouth.say
        await self._mouth.say(turn, await self.handler(intent)(turn))
