"""The starts of prompts as a model has read them, kept on disk across restarts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

KEPT = 12
"""Files left in the folder; about 30 KB a token for a model of 1.5 billion weights."""


class PrefixFiles:
    """Files that are named after what they are of and what is in them: llama.cpp crashes over one
    that a power cut left damaged. Without a folder nothing is kept."""

    def __init__(self, folder: Path | None, about: str) -> None:
        """`about`: the model and its context; a file is good for no other."""
        self._folder = folder
        self._about = about

    def find(self, tokens: list[int]) -> Path | None:
        """The whole file of these tokens; damaged ones are removed."""
        for file in self._folder.glob(f"{self._label(tokens)}-*.prefix") if self._folder else ():
            if file.stem.endswith(_digest(file.read_bytes())):
                return file
            file.unlink(missing_ok=True)
        return None

    def write(self, tokens: list[int], save: Callable[[Path], object]) -> None:
        """Have `save` write the file of these tokens."""
        if not self._folder:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        part = self._folder / "prefix.part"
        save(part)
        part.replace(self._folder / f"{self._label(tokens)}-{_digest(part.read_bytes())}.prefix")
        files = sorted(self._folder.glob("*.prefix"), key=lambda f: f.stat().st_mtime)
        for old in files[:-KEPT]:
            old.unlink(missing_ok=True)

    def _label(self, tokens: list[int]) -> str:
        return _digest(f"{self._about} {tokens}".encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:24]
