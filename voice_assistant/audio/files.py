"""Sound files: anything ffmpeg reads comes in as our frames, clips go out as WAV."""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from voice_assistant.audio.frames import FRAME, RATE, Clip, Frame, Samples
from voice_assistant.errors import VoiceAssistantError


def read_frames(path: Path) -> Iterator[Frame]:
    """The sound of a file as a microphone would have given it; the last frame ends in silence."""
    rest = np.zeros(0, np.int16)
    for block in _blocks(path, RATE):
        samples = np.concatenate((rest, block))
        whole = len(samples) // FRAME * FRAME
        yield from samples[:whole].reshape(-1, FRAME)
        rest = samples[whole:]
    if len(rest):
        yield np.pad(rest, (0, FRAME - len(rest)))


def read_samples(path: Path, rate: int = RATE) -> NDArray[np.int16]:
    """The whole sound of a file, mono, at `rate` samples a second."""
    return np.concatenate([np.zeros(0, np.int16), *_blocks(path, rate)])


def duration(path: Path) -> float | None:
    """Seconds of sound in a file as its header says, where it does."""
    try:
        with av.open(str(path)) as container:
            return container.duration / av.time_base if container.duration else None
    except (FFmpegError, OSError):
        return None


def write_wav(path: Path, clips: Iterable[Clip]) -> None:
    """Write clips one after the other as 16-bit mono WAV, at the rate of the first."""
    import soxr

    rate, parts = 0, []
    for clip in clips:
        rate = rate or clip.rate
        mono = clip.samples if clip.samples.ndim == 1 else clip.samples.mean(axis=1)
        parts.append(soxr.resample(mono, clip.rate, rate))
    samples = np.concatenate([np.zeros(0, np.float32), *parts])
    with wav_writer(path, rate or RATE) as write:
        write(samples)


@contextmanager
def wav_writer(path: Path, rate: int) -> Iterator[Callable[[Samples], None]]:
    """A new 16-bit mono WAV file, and what appends samples of -1 to 1 to it."""
    with path.open("wb") as file, wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        yield lambda mono: out.writeframes((mono.clip(-1, 1) * 32767).astype("<i2").tobytes())


def _blocks(path: Path, rate: int) -> Iterator[NDArray[np.int16]]:
    """Decoded and resampled pieces of a file, of whatever length the file has them in."""
    resampler = av.AudioResampler(format="s16", layout="mono", rate=rate)
    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise VoiceAssistantError(f"There is no sound in {path}.")
            for decoded in container.decode(container.streams.audio[0]):
                for block in resampler.resample(decoded):
                    yield block.to_ndarray()[0]
            for block in resampler.resample(None):
                yield block.to_ndarray()[0]
    except FileNotFoundError:
        raise VoiceAssistantError(f"There is no file {path}.") from None
    except (FFmpegError, OSError) as problem:
        raise VoiceAssistantError(f"{path} cannot be read as sound: {problem.strerror}.") from None
