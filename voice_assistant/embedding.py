"""What a sentence is like: Google's multilingual Universal Sentence Encoder in plain numpy (32 MB,
English and Chinese), and its results kept on disk, so that a sentence is embedded once only."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from voice_assistant.encoder import Encoder, Floats

__all__ = ["Floats", "Kept", "embed", "encoder", "near"]

TOGETHER = 512
"""Sentences embedded in one go."""


@cache
def encoder() -> Encoder:
    """The encoder; its weights are read when it first encodes."""
    return Encoder()


def embed(texts: Sequence[str]) -> Floats:
    """One row of unit length for each sentence."""
    return np.asarray(encoder().encode(texts), np.float32)


def near(views: Floats, others: Floats) -> Floats:
    """How near sentences stand, a row each, to others (a Gaussian): 1 for the same, 0 for the farthest."""
    squares = (views**2).sum(1)[:, None] + (others**2).sum(1) - 2 * views @ others.T
    made: Floats = np.exp(-np.maximum(squares, 0))
    return made


class Kept:
    """Embeddings of the sentences of the last training. A new skill embeds but its own."""

    def __init__(self, path: Path | None) -> None:
        """`path`: the file (.npz) they are kept in; None keeps nothing."""
        self._path = path

    def embed(self, texts: Sequence[str]) -> Floats:
        """Embed sentences, as far as that is not done yet, and keep just these."""
        known = self._read()
        keys = [_key(text) for text in texts]
        new = [at for at, key in enumerate(keys) if key not in known]
        for start in range(0, len(new), TOGETHER):
            batch = new[start : start + TOGETHER]
            for at, row in zip(batch, embed([texts[at] for at in batch]), strict=True):
                known[keys[at]] = row
        rows = np.stack([known[key] for key in keys]).astype(np.float32)
        if new and self._path is not None:
            self._write(self._path, keys, rows)
        return rows

    def _read(self) -> dict[int, npt.NDArray[Any]]:
        if self._path is None:
            return {}
        try:
            with np.load(self._path, allow_pickle=False) as kept:
                return dict(zip(kept["keys"].tolist(), kept["rows"], strict=True))
        except (OSError, ValueError, KeyError):
            return {}

    def _write(self, path: Path, keys: Sequence[int], rows: Floats) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new.npz")
        np.savez(fresh, keys=np.array(keys, np.uint64), rows=rows.astype(np.float16))
        fresh.replace(path)


def _key(text: str) -> int:
    """64 bits that stand for a sentence."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
