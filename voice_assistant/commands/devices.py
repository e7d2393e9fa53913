"""`devices`: microphones and loudspeakers by name, and a test of both."""

from __future__ import annotations

import argparse
import dataclasses
from contextlib import ExitStack
from itertools import islice

import anyio
import numpy as np

from voice_assistant.audio import devices as cards
from voice_assistant.audio.frames import FRAME_SECONDS, RATE, Clip, Frame
from voice_assistant.audio.microphone import Microphone
from voice_assistant.audio.speaker import Speaker
from voice_assistant.commands.common import put, settings_of, tell
from voice_assistant.ears import level
from voice_assistant.terminal import meter

TEST_SECONDS = 3.0
"""How long the test records before it plays back."""


def devices(arguments: argparse.Namespace) -> None:
    """List the devices, or record and play back."""
    if arguments.action == "test":
        anyio.run(_test, arguments)
        return
    found = cards.find_all()
    if not found and "json" not in arguments:
        tell("No microphone and no loudspeaker was found: plug one in, or type your requests.")
    for device in found:
        if "json" in arguments:
            put(dataclasses.asdict(device))
        else:
            mark = "*" if device.default else " "
            tell(f"{mark} {device.direction:6}  {device.name}  ({device.rate} Hz)")


async def _test(arguments: argparse.Namespace) -> None:
    settings = settings_of(arguments)
    with ExitStack() as stack:
        microphone = stack.enter_context(Microphone(settings.sound.microphone))
        speaker = stack.enter_context(Speaker(settings.sound.speaker))
        tell(f"Say something: I listen for {TEST_SECONDS:g} seconds and play it back.")
        frames: list[Frame] = []
        for frame in islice(microphone.frames(), round(TEST_SECONDS / FRAME_SECONDS)):
            frames.append(frame)
            if len(frames) % 10 == 0:
                tell(f"{meter(level(frame))} {level(frame):.0f} dB")
        sound = np.concatenate(frames).astype(np.float32) / np.float32(32768)
        await speaker.play(Clip(sound, RATE))
        loudest = max(map(level, frames))
        if loudest < -50:
            tell("The microphone is there but silent: is it muted, or is it the wrong one?")
        else:
            tell(f"The loudest moment was {loudest:.0f} dB: that is enough.")
