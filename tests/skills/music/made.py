"""Music made for the tests: clicks and chords of a known tempo, in files with tags."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np

RATE = 22_050


def hit(seconds=0.12, *, low=False, seed=0):
    """A drum: noise, or a falling tone."""
    t = np.arange(round(seconds * RATE)) / RATE
    if low:
        return np.sin(2 * np.pi * (50 * t + 30 * np.exp(-t * 30) / 30)) * np.exp(-t * 25)
    return np.random.default_rng(seed).normal(0, 0.5, len(t)) * np.exp(-t * 40)


def chord(root, seconds, *, minor=False):
    t = np.arange(round(seconds * RATE)) / RATE
    notes = (0, 3 if minor else 4, 7, 12)
    tone = sum(np.sin(2 * np.pi * root * 2 ** (n / 12) * t) / (1 + i) for i, n in enumerate(notes))
    return tone * np.minimum(1, t * 80) * np.exp(-t * 1.5) * 0.3


def piece(bpm, *, seconds=30.0, swing=0.0, syncopation=0.0, noise=0.0, seed=0, level=0.3):
    """Kick and snare, a hi-hat that may swing, chords that may come early; shape (n, 2)."""
    rng = np.random.default_rng(seed)
    beat = 60.0 / bpm
    out = np.zeros(round((seconds + 4) * RATE))

    def put(sound, at, gain):
        begin = round(max(at, 0.0) * RATE)
        part = out[begin : begin + len(sound)]
        part += gain * sound[: len(part)]

    roots = rng.choice([220.0, 261.6, 293.7, 196.0], 4)
    for number in range(int(seconds / beat)):
        at = number * beat
        put(hit(low=True), at, 0.9 if number % 2 == 0 else 0.25)
        if number % 2:
            put(hit(seed=number), at, 0.7)
        put(hit(0.05, seed=number + 7), at, 0.25)
        put(hit(0.05, seed=number + 9), at + beat * (0.5 + swing), 0.3)
        if number % 4 == 0:
            early = beat / 2 if rng.random() < syncopation else 0.0
            put(chord(roots[number // 4 % 4], beat * 3.5), at - early, 0.8)
        if rng.random() < syncopation:
            put(hit(seed=number + 3), at + beat * 0.75, 0.5)
    out = out[: round(seconds * RATE)]
    out += rng.normal(0, noise, len(out))
    out *= level / np.abs(out).max()
    return np.repeat(out[:, None], 2, axis=1).astype(np.float32)


def write(path: Path, sound, *, rate=RATE, codec=None, **tags) -> Path:
    """Sound as a file of the format its name ends in, with tags."""
    import mutagen

    codec = (
        codec
        or {".opus": "libopus", ".mp3": "libmp3lame", ".flac": "flac", ".m4a": "aac"}[path.suffix]
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as container:
        native = 48_000 if codec == "libopus" else rate
        stream = container.add_stream(codec, rate=native, layout="stereo")
        to_codec = av.AudioResampler(format=stream.format, layout="stereo", rate=native)
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(sound.reshape(1, -1)), format="flt", layout="stereo"
        )
        frame.sample_rate = rate
        for out in [*to_codec.resample(frame), *to_codec.resample(None)]:
            for packet in stream.encode(out):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    if tags:
        file = mutagen.File(path, easy=True)
        if file.tags is None:
            file.add_tags()
        for name, value in tags.items():
            file[name] = str(value)
        file.save()
    return path
