"""Voice activity by Silero's ONNX model, on onnxruntime alone (no torch): 0.6 % of a core."""

from __future__ import annotations

from pathlib import Path
from typing import Self

import numpy as np

from voice_assistant.audio.frames import Frame
from voice_assistant.errors import ModelError

WINDOW = 512
"""Samples the model judges at a time, at 16 kHz: 32 ms, fixed by its training."""

CONTEXT = 64
"""Samples of the window before that it sees again."""


class SileroDetector:
    """Speech or not, decided every 32 ms and held in between."""

    def __init__(self, model: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.inter_op_num_threads = 1
        options.intra_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 4
        try:
            self._session = onnxruntime.InferenceSession(
                str(model), sess_options=options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's exceptions have no common class
            raise ModelError(
                f"The voice activity model {model} is damaged: run ./start once more."
            ) from error
        self._h = self._c = np.zeros((1, 1, 128), np.float32)
        self._pending = np.zeros(CONTEXT, np.float32)
        self._probability = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        del self._session

    def feed(self, frame: Frame) -> float:
        """The probability, 0 to 1, that somebody speaks; that of the last whole window."""
        self._pending = np.concatenate((self._pending, frame.astype(np.float32) / 32768))
        while len(self._pending) >= CONTEXT + WINDOW:
            window = self._pending[None, : CONTEXT + WINDOW]
            output, self._h, self._c = self._session.run(
                None, {"input": window, "h": self._h, "c": self._c}
            )
            self._probability = float(output.item())
            self._pending = self._pending[WINDOW:]
        return self._probability

    def reset(self) -> None:
        """Forget the sound so far."""
        self._h = self._c = np.zeros_like(self._h)
        self._pending = np.zeros(CONTEXT, np.float32)
        self._probability = 0.0
