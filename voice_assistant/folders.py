"""Files in the user's folder: names that stay inside it, and writing that survives a power cut."""

from __future__ import annotations

import os
import re
import unicodedata
from contextlib import suppress
from pathlib import Path

from voice_assistant.errors import StoreError

_LONGEST = 80
"""Characters of a file's name: Chinese ones take three bytes of the 255 that file systems allow."""


def file_name(title: str) -> str:
    """A spoken title as the name of a file: nothing in it can leave a folder or trouble a system.

    Raises ValueError when nothing of the title is left.
    """
    text = unicodedata.normalize("NFC", title)
    text = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*]', " ", text)
    name = re.sub(r"\s+", " ", text).strip(" .")[:_LONGEST].strip(" .")
    if not name or re.fullmatch(r"(?i)con|prn|aux|nul|(com|lpt)\d", name):
        raise ValueError(f"{title!r} cannot name a file")
    return name


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all; it is on disk when this returns."""
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)  # on a full disk it is in the way
        raise StoreError(f"{path.name} cannot be written ({error.strerror}).") from error


def _sync_folder(folder: Path) -> None:
    """Make the new name durable too; Windows does that by itself and has no way to ask."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
