"""`transcribe`: the recogniser alone, over files."""

from __future__ import annotations

import argparse
from pathlib import Path
from time import perf_counter

from voice_assistant import app, catalog
from voice_assistant.commands.common import put, settings_of, tell
from voice_assistant.offline import transcribe_file


def transcribe(arguments: argparse.Namespace) -> None:
    """Print what each file says."""
    settings, models = settings_of(arguments), catalog.load()
    engine = app.recognizer_model(settings, models).name
    with app.recognizer(settings, models) as recognizer:
        for file in arguments.files:
            began = perf_counter()
            transcript, seconds = transcribe_file(recognizer, Path(file))
            if "json" not in arguments:
                tell(transcript.text)
                continue
            put(
                {
                    "file": file,
                    "text": transcript.text,
                    "language": transcript.language,
                    "alternatives": transcript.alternatives,
                    "confidence": round(transcript.confidence, 3),
                    "audio_seconds": round(seconds, 2),
                    "seconds": round(perf_counter() - began, 3),
                    "engine": engine,
                }
            )
