"""The player without a device: what a turn waits for, on the virtual clock."""

from __future__ import annotations

import anyio
import numpy as np
import pytest

from voice_assistant.audio.frames import FRAME, FRAME_SECONDS, Clip
from voice_assistant.audio.tape import TapePlayer

RATE = 48_000


def level(value, seconds, *, last=True):
    return Clip(np.full(round(seconds * RATE), value, np.float32), RATE, last=last)


class Tape:
    """A tape that runs by itself, a frame every 20 ms."""

    def __init__(self):
        self.parts = []
        self.player = TapePlayer(RATE, sink=self.parts.append)

    async def run(self):
        while True:
            await anyio.sleep(FRAME_SECONDS)
            self.player.advance()

    @property
    def left(self):
        return np.concatenate(self.parts)[:, 0]


@pytest.fixture
async def tape():
    tape = Tape()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(tape.run)
        yield tape
        tasks.cancel_scope.cancel()


async def test_play_returns_when_the_clip_was_heard(tape):
    began, told = anyio.current_time(), []
    await tape.player.play(level(0.5, 1.0), started=lambda: told.append(anyio.current_time()))
    assert anyio.current_time() - began == pytest.approx(1.0, abs=0.021)
    assert told[0] - began <= 0.021
    assert (tape.left == 0.5).sum() == RATE


async def test_a_sentence_in_pieces_has_no_gap(tape):
    for number in range(5):
        await tape.player.play(level(0.5, 0.131, last=number == 4))
    sounding = np.flatnonzero(tape.left)
    assert len(sounding) == 5 * round(0.131 * RATE)
    assert sounding[-1] - sounding[0] == len(sounding) - 1


async def test_the_gap_between_sentences_is_a_frame_at_most(tape):
    for _ in range(3):
        await tape.player.play(level(0.5, 0.5))
    sounding = np.flatnonzero(tape.left)
    assert np.diff(sounding).max() <= FRAME_SECONDS * RATE + 1


@pytest.mark.parametrize("after", [0.0, 0.01, 0.333, 0.99])
async def test_interrupted_it_is_silent_and_the_old_play_never_returns(tape, after):
    returned = []

    async def turn(scope):
        with scope:
            await tape.player.play(level(0.5, 1.0))
            returned.append(True)

    scope = anyio.CancelScope()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(turn, scope)
        await anyio.sleep(after + 0.001)
        seconds = tape.player.flush()
        scope.cancel()
    played = len(np.concatenate(tape.parts)) if tape.parts else 0
    await anyio.sleep(0.3)
    assert seconds == pytest.approx(after, abs=0.021)
    assert returned == []
    assert np.count_nonzero(tape.left[played:]) <= 0.005 * RATE


async def test_flushed_without_a_cancel_play_returns(tape):
    async def hush():
        await anyio.sleep(0.1)
        tape.player.flush()

    began = anyio.current_time()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(hush)
        await tape.player.play(level(0.5, 10.0))
    assert anyio.current_time() - began < 0.2


async def test_cancelled_without_a_flush_it_falls_silent_too(tape):
    with anyio.move_on_after(0.1):
        await tape.player.play(level(0.5, 10.0))
    await anyio.sleep(0.1)
    assert np.count_nonzero(tape.left) <= (0.1 + 0.021 + 0.005) * RATE


async def test_a_held_voice_is_silent_until_released(tape):
    async def cough():
        await anyio.sleep(0.3)
        tape.player.hold()
        await anyio.sleep(1.0)
        tape.player.release()

    began = anyio.current_time()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(cough)
        await tape.player.play(level(0.5, 1.0))
    assert anyio.current_time() - began == pytest.approx(2.0, abs=0.045)


async def test_a_ring_that_is_stopped_is_silent(tape):
    with anyio.move_on_after(0.5):
        await tape.player.ring(level(0.5, 10.0))
    played = len(tape.left)
    await anyio.sleep(0.2)
    assert np.count_nonzero(tape.left[played:]) <= 0.005 * RATE


async def test_a_chime_sounds_over_the_voice_and_nobody_waits(tape):
    tape.player.chime(level(0.1, 0.1))
    await tape.player.play(level(0.5, 0.2))
    assert (np.isclose(tape.left, 0.6)).sum() == round(0.1 * RATE)


async def test_the_reference_is_what_was_heard_a_frame_for_a_frame(tape):
    t = np.arange(RATE) / RATE
    tone = (0.5 * np.sin(2 * np.pi * 300 * t)).astype(np.float32)
    frames = []
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(tape.player.play, Clip(tone, RATE))
        for _ in range(60):
            await anyio.sleep(FRAME_SECONDS)
            frames.append(tape.player.reference.take())
    heard = np.concatenate(frames)
    assert len(heard) == 60 * FRAME
    assert np.sqrt((heard[4000:14000].astype(float) ** 2).mean()) == pytest.approx(
        32767 * 0.5 / np.sqrt(2), rel=0.01
    )
