"""A child process that listens to files: a path a line comes in, what was heard goes out as JSON.

In a process of its own, at the lowest priority: it takes days on a small machine, must never make
the assistant stutter, and a file that crashes a decoder costs itself only.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import Any, Self, TextIO

from .measure import RATE, Listener, Measured

LONGEST = 600
"""Seconds of a track that are listened to; more says nothing new."""

STRETCH = 10
"""Seconds that are measured at a time: 2 MB."""


def listen(path: str) -> Measured:
    """What is heard in a file. Raises OSError or ValueError where there is nothing to hear."""
    import av
    import numpy as np

    listener = Listener()
    parts: list[Any] = []
    held = heard = 0
    with av.open(path) as container:
        if not container.streams.audio:
            raise ValueError("there is no sound in it")
        resampler = av.AudioResampler(format="flt", layout="stereo", rate=RATE)
        for frame in container.decode(container.streams.audio[0]):
            for out in resampler.resample(frame):
                parts.append(out.to_ndarray().reshape(-1, 2))
                held += len(parts[-1])
            if held >= STRETCH * RATE:
                listener.feed(np.concatenate(parts))
                heard, held, parts = heard + held, 0, []
            if heard >= LONGEST * RATE:
                break
    if parts:
        listener.feed(np.concatenate(parts))
    return listener.told()


class Child:
    """The process, as its owner sees it; started by the first question, started anew if it dies."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[str] | None = None

    def ask(self, path: str) -> Measured:
        """What is heard in a file; waits for it. Raises ValueError where it cannot be listened to."""
        child = self._running()
        assert child.stdin
        assert child.stdout
        try:
            child.stdin.write(json.dumps(path) + "\n")
            child.stdin.flush()
            line = child.stdout.readline()
        except (OSError, ValueError):  # it died, or was closed meanwhile
            line = ""
        if not line:
            self.close()
            raise ValueError("its decoder crashed")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise ValueError(str(answer["error"]))
        return Measured(**answer)

    def _running(self) -> subprocess.Popen[str]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = subprocess.Popen(
                [sys.executable, "-m", __name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                env=os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            )
        return self._child

    def close(self) -> None:
        """End it, in the middle of a track if need be; any thread may."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                with suppress(OSError):
                    if pipe:
                        pipe.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def main(asked: TextIO, answers: TextIO) -> None:
    """Answer until the input ends."""
    if hasattr(os, "nice"):
        os.nice(19)
    for line in asked:
        try:
            answer: dict[str, Any] = asdict(listen(json.loads(line)))
        except Exception as error:  # noqa: BLE001 - a broken file may fail in any way, and costs itself only
            answer = {"error": str(error) or repr(error)}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main(sys.stdin, sys.stdout)
