"""Engines for meetings without models: loud is speech, and every segment is the next point."""

from __future__ import annotations

import numpy as np
from voice_assistant_skills.meetings.importing import Engines

from voice_assistant.engines import Transcript
from voice_assistant.errors import VoiceAssistantError


class Loud:
    """A detector for which loud is speech."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def reset(self):
        pass

    def feed(self, frame):
        return float(np.abs(frame).max() > 1000)


class Counting:
    """A recogniser that says how many frames it was given; it may break down."""

    languages = ("en",)

    def __init__(self, fail_after: int = 1000) -> None:
        self.left = fail_after
        self.heard: list[int] = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    hinted: tuple[str, ...] = ()
    """What any of them was given last."""

    def start(self, hints=(), language=None):
        Counting.hinted = tuple(hints)
        self.frames = 0
        return self

    def feed(self, frame):
        self.frames += 1

    def finish(self):
        if self.left == 0:
            raise VoiceAssistantError("The power went.")
        self.left -= 1
        self.heard.append(self.frames)
        return Transcript(text=f"We agreed on point {len(self.heard)}.", language="en")


def engines() -> Engines:
    """The two of them."""
    return Engines(recognizer=Counting, detector=Loud)
