"""Engines run over sound files, without ears or loop: what `transcribe` and `wake` print."""

from __future__ import annotations

from pathlib import Path

from voice_assistant.audio.files import read_frames
from voice_assistant.audio.frames import FRAME_SECONDS
from voice_assistant.engines import Recognizer, Transcript, WakeWord


def transcribe_file(recognizer: Recognizer, path: Path) -> tuple[Transcript, float]:
    """What is said in a file, taken as one utterance, and the seconds of sound in it."""
    recognition = recognizer.start()
    frames = 0
    for frame in read_frames(path):
        recognition.feed(frame)
        frames += 1
    return recognition.finish(), frames * FRAME_SECONDS


def detect_in_file(wakeword: WakeWord, path: Path) -> tuple[list[float], float]:
    """The seconds at which a wake word ends in a file, and the seconds of sound in it."""
    wakeword.reset()
    detections = []
    frames = 0
    for frame in read_frames(path):
        frames += 1
        if wakeword.feed(frame) is not None:
            detections.append(round(frames * FRAME_SECONDS, 2))
    return detections, frames * FRAME_SECONDS
