"""`wake`: the wake word alone, over files."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path

from voice_assistant import app, catalog
from voice_assistant.commands.common import put, settings_of, tell
from voice_assistant.errors import SettingsError
from voice_assistant.offline import detect_in_file


def wake(arguments: argparse.Namespace) -> None:
    """Print when the wake word is said in each file."""
    settings, models = settings_of(arguments), catalog.load()
    if settings.listening.mode != "wake":
        raise SettingsError("'listening.mode' is not 'wake': there is no wake word to look for.")
    with ExitStack() as stack:
        recognizer = stack.enter_context(app.recognizer(settings, models))
        detector = app.wake_word(settings, models, recognizer)
        assert detector is not None
        stack.enter_context(detector)
        for file in arguments.files:
            found, seconds = detect_in_file(detector, Path(file))
            if "json" in arguments:
                put({"file": file, "detections": found, "audio_seconds": round(seconds, 2)})
            else:
                tell(f"{file}: {', '.join(f'{at:.2f} s' for at in found) or 'nothing'}")
