"""The tap: what the ears hear, handed to a recording without ever waiting."""

from __future__ import annotations

import numpy as np

from voice_assistant.audio.frames import FRAME, FRAME_SECONDS
from voice_assistant.audio.tap import HELD_SECONDS, Tap
from voice_assistant.workers import Worker


def frame(number: int):
    return np.full(FRAME, number, np.int16)


def test_a_closed_tap_holds_nothing():
    tap = Tap()
    tap.take(frame(1))
    with tap.open():
        tap.take(frame(2))
    assert [each[0] for each in tap.frames()] == [2]


def test_a_slow_listener_costs_frames_and_not_memory():
    tap = Tap()
    with tap.open():
        for number in range(2 * round(HELD_SECONDS / FRAME_SECONDS)):
            tap.take(frame(number))
        assert tap.lost == round(HELD_SECONDS / FRAME_SECONDS)
    assert len(list(tap.frames())) == round(HELD_SECONDS / FRAME_SECONDS)


def test_closing_ends_a_listener_that_waits():
    tap = Tap()
    tap.open()
    with Worker() as worker:
        listening = worker.submit(lambda: len(list(tap.frames())))
        tap.take(frame(1))
        tap.close()
        assert listening.result(timeout=5) == 1


def test_it_can_be_opened_again():
    tap = Tap()
    for number in (1, 2):
        with tap.open():
            tap.take(frame(number))
        assert [each[0] for each in tap.frames()] == [number]
