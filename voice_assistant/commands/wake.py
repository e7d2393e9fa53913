"""`wake`: the wake word alone, over files."""

from __future__ import annotations

import argparse
from pathlib import Path

from voice_assistant import app
from voice_assistant.commands.common import put, settings_of, tell
from voice_assistant.errors import SettingsError
from voice_assistant.offline import detect_in_file


def wake(arguments: argparse.Namespace) -> None:
    """Print when the wake word is said in each file."""
    detector = app.wake_word(settings_of(arguments))
    if detector is None:
        raise SettingsError("'listening.mode' is not 'wake': there is no wake word to look for.")
    with detector:
        for file in arguments.files:
            found, seconds = detect_in_file(detector, Path(file))
            if "json" in arguments:
                put({"file": file, "detections": found, "audio_seconds": round(seconds, 2)})
            else:
                tell(f"{file}: {', '.join(f'{at:.2f} s' for at in found) or 'nothing'}")
