"""A turn's answer becomes sound: composed ahead of the loudspeaker, played, counted as said."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from itertools import chain, repeat

import anyio
import numpy as np
from anyio.abc import ObjectSendStream

from voice_assistant.audio.frames import Clip
from voice_assistant.events import Event, FirstSound, Said
from voice_assistant.ports import Attention, Loudspeaker
from voice_assistant.skill import Answer, Piece, Reply
from voice_assistant.turn import Turn
from voice_assistant.voice import Voice, lines

AHEAD = 12
"""Clips composed ahead of the loudspeaker: pauses, first clauses and stretches of a sentence are
clips too, and behind two of them a voice that takes 0.3 s for a second of speech left silences of
1.8 s before a long sentence."""

RING_GAINS = (0.25, 0.4, 0.6, 0.8)
"""A ring begins softly and is at its full level from the fifth time on."""

_Ready = tuple[Piece, Clip | None]
"""A line, and a clip of it; None when it was the last."""


@dataclass(eq=False, kw_only=True)
class Mouth:
    """Says answers. Lives on the event loop; all its queues die with the turn."""

    voice: Voice
    player: Loudspeaker
    ears: Attention
    emit: Callable[[Event], None]
    now: Callable[[], float]
    """Seconds of audio since the microphone opened."""

    async def say(self, turn: Turn, answer: Answer) -> None:
        """Speak an answer to its end; return when it was heard."""
        turn.touch()
        reply = answer if isinstance(answer, Reply) else Reply(say=answer or "")
        turn.receipts.extend(reply.receipts)
        turn.display = reply.display or turn.display
        turn.listen = reply.listen
        failures: list[Exception] = []
        async with anyio.create_task_group() as stages:
            ready, clips = anyio.create_memory_object_stream[_Ready](AHEAD)
            stages.start_soon(self._compose, turn, reply, ready, failures)
            async with clips:
                async for line, clip in clips:
                    if clip is None:
                        self._said(turn, reply, line)
                        continue
                    self.ears.attend(True, line.text)
                    await self._play(turn, clip)
            stages.cancel_scope.cancel()  # what is likely next need not be ready before it is asked
        if failures:
            raise failures[0]
        if reply.ring is not None:
            turn.rang_out = await self._ring(turn, reply.ring, reply.ring_seconds)

    async def _compose(
        self,
        turn: Turn,
        reply: Reply,
        ready: ObjectSendStream[_Ready],
        failures: list[Exception],
    ) -> None:
        """Make clips until the reply ends or fails; what came before a failure is still said."""
        async with ready:
            try:
                await self._compose_lines(turn, reply, ready)
            except Exception as error:  # noqa: BLE001 - raised again when the rest was said
                failures.append(error)
        if reply.likely and not failures:
            await self.voice.make_ready(reply.likely, turn.language)

    async def _compose_lines(
        self, turn: Turn, reply: Reply, ready: ObjectSendStream[_Ready]
    ) -> None:
        async with aclosing(lines(reply.say)) as stream:
            async for line in stream:
                turn.touch()
                async with aclosing(self.voice.clips(line, turn.language)) as clips:
                    async for clip in clips:
                        if len(clip.samples):
                            await ready.send((line, clip))
                await ready.send((line, None))

    async def _play(self, turn: Turn, clip: Clip) -> None:
        turn.touch(clip.seconds)
        if turn.sounded:
            await self.player.play(clip)
        else:
            turn.sounded = True
            await self.player.play(clip, started=lambda: self._first_sound(turn))

    def _first_sound(self, turn: Turn) -> None:
        if turn.speech_ended is not None:
            now = self.now()
            self.emit(FirstSound(at=now, ms=round(1000 * (now - turn.speech_ended))))

    def _said(self, turn: Turn, reply: Reply, line: Piece) -> None:
        if line.text:
            turn.said.append(line.text)
            self.emit(Said(at=self.now(), text=line.text))
        if reply.reached and line.mark is not None:
            reply.reached(line.mark)

    async def _ring(self, turn: Turn, ring: Clip, seconds: float) -> bool:
        """Ring until stopped, for `seconds` at most; True if nobody stopped it."""
        turn.touch(seconds)
        self.ears.attend(True)
        with anyio.move_on_after(seconds) as limit:
            for gain in chain(RING_GAINS, repeat(1.0)):
                await self.player.ring(replace(ring, samples=ring.samples * np.float32(gain)))
        return limit.cancelled_caught
