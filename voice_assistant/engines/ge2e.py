"""What a voice is like, as 256 numbers: the GE2E encoder of Resemblyzer, run with numpy alone.

Wan and others, "Generalized end-to-end loss for speaker verification" (2018): mel spectrum, three
LSTM layers, one projection. The weights come as a PyTorch file, which is a pickle; nothing is
unpickled here. The catalogue pins the file's checksum, so each array is read from where it lies.
"""

from __future__ import annotations

from pathlib import Path
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from voice_assistant.audio.frames import RATE
from voice_assistant.errors import ModelError

Array: TypeAlias = NDArray[np.float32]

UNITS, CHANNELS = 256, 40
"""Width of each LSTM layer, and bands of the mel spectrum, as trained."""

WINDOW, HOP = 400, 160
"""Samples of one spectrum and between two: 25 and 10 ms."""

SECONDS = 1.6
"""Sound that one embedding is of; the encoder was trained on this length."""

LOUDNESS = 10 ** (-30 / 20)
"""Root mean square that quieter sound is raised to, as in training."""

BATCH = 32
"""Windows that go through together: about 5 MB."""

_INPUT = (269_883, 1_482_299, 3_579_451)
_RECURRENT = (433_723, 2_530_875, 4_628_027)
_BIASES = 5_676_603
_LINEAR, _LINEAR_BIAS = 7_731, 6_699
"""Bytes into the file at which arrays begin: the weights of the layers, then all biases in a row
(of the input and of the state, layer by layer), and the projection."""


class Ge2e:
    """A loaded encoder."""

    seconds = SECONDS

    def __init__(self, path: Path) -> None:
        from threadpoolctl import ThreadpoolController

        self._threads = ThreadpoolController()
        try:
            self._read(path.read_bytes())
        except ValueError as error:
            raise ModelError(
                f"The voice model {path} cannot be read: type 'voice-assistant models verify'."
            ) from error
        self._mel = mel_filters()
        self._hann = np.hanning(WINDOW + 1)[:-1].astype(np.float32)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._layers.clear()

    def _read(self, data: bytes) -> None:
        def array(at: int, *shape: int) -> Array:
            count = int(np.prod(shape))
            return np.frombuffer(data, "<f4", count, at).reshape(shape).astype(np.float32)

        gates = 4 * UNITS
        biases = array(_BIASES, 3, 2, gates).sum(axis=1)
        widths = (CHANNELS, UNITS, UNITS)
        self._layers: list[tuple[Array, Array, Array]] = [
            (array(_INPUT[n], gates, widths[n]).T, array(_RECURRENT[n], gates, UNITS).T, biases[n])
            for n in range(3)
        ]
        self._linear = array(_LINEAR, UNITS, UNITS).T, array(_LINEAR_BIAS, UNITS)

    def embed(self, samples: NDArray[np.int16], starts: NDArray[np.int64]) -> Array:
        """A unit vector for each stretch of SECONDS that begins at one of `starts` (in samples);
        silence follows where the sound is over. The product of two is their likeness, 0 to 1."""
        mel = self._spectrum(samples, round(SECONDS * RATE))
        length = round(SECONDS * RATE) // HOP
        windows = [mel[at // HOP : at // HOP + length] for at in starts]
        # The matrices of a step are too small to share: threads would only wait for each other.
        with self._threads.limit(limits=1, user_api="blas"):
            rows = [
                self._run(np.stack(windows[at : at + BATCH]))
                for at in range(0, len(windows), BATCH)
            ]
        return np.concatenate([np.zeros((0, UNITS), np.float32), *rows])

    def _spectrum(self, samples: NDArray[np.int16], more: int) -> Array:
        """Power in the mel bands every 10 ms, with `more` samples of silence behind."""
        sound = samples.astype(np.float32) / 32768
        loud = float(np.sqrt(np.mean(sound**2))) if len(sound) else 0.0
        if 0 < loud < LOUDNESS:
            sound = sound * (LOUDNESS / loud)
        padded = np.pad(sound, (WINDOW // 2, WINDOW // 2 + more))
        frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
        power = np.abs(np.fft.rfft(frames * self._hann)) ** 2
        return (power @ self._mel).astype(np.float32)

    def _run(self, batch: Array) -> Array:
        """The unit vectors of windows of shape (n, time, CHANNELS)."""
        steps = batch.transpose(1, 0, 2)
        for inner, recurrent, bias in self._layers:
            given = steps @ inner + bias
            state = cell = np.zeros((batch.shape[0], UNITS), np.float32)
            out = np.empty((*given.shape[:2], UNITS), np.float32)
            for at, row in enumerate(given):
                i, f, g, o = np.split(row + state @ recurrent, 4, axis=1)
                cell = _sigmoid(f) * cell + _sigmoid(i) * np.tanh(g)
                state = out[at] = _sigmoid(o) * np.tanh(cell)
            steps = out
        raw = np.maximum(steps[-1] @ self._linear[0] + self._linear[1], 0)
        unit: Array = raw / np.maximum(np.linalg.norm(raw, axis=1, keepdims=True), 1e-6)
        return unit


def mel_filters() -> Array:
    """Slaney's mel bands over the bins of a WINDOW, shape (bins, CHANNELS), each of unit area."""
    mels = np.linspace(0, _mel(RATE / 2), CHANNELS + 2)
    edges = np.where(mels < 15, mels * 200 / 3, 1000 * np.exp((mels - 15) * np.log(6.4) / 27))
    bins = np.arange(WINDOW // 2 + 1) * RATE / WINDOW
    rising = (bins[:, None] - edges[:-2]) / np.diff(edges)[:-1]
    falling = (edges[2:] - bins[:, None]) / np.diff(edges)[1:]
    area = 2 / (edges[2:] - edges[:-2])
    return (np.maximum(np.minimum(rising, falling), 0) * area).astype(np.float32)


def _mel(hertz: float) -> float:
    """Slaney's scale: even up to 1 kHz, by ratios above."""
    return float(15 + np.log(hertz / 1000) * 27 / np.log(6.4))


def _sigmoid(x: Array) -> Array:
    result: Array = 0.5 * np.tanh(0.5 * x) + 0.5
    return result
