"""`models`: the catalogue, and what of it is installed."""

from __future__ import annotations

import argparse

from voice_assistant import catalog, models_command
from voice_assistant.errors import VoiceAssistantError


def models(arguments: argparse.Namespace) -> None:
    """List, pull, verify or remove."""
    known = catalog.load()
    if arguments.action == "list":
        models_command.list_models(known, as_json="json" in arguments)
    elif arguments.action == "verify":
        models_command.verify(known, arguments.names)
    elif not arguments.names:
        raise VoiceAssistantError(f"Which model shall I {arguments.action}? See 'models list'.")
    elif arguments.action == "pull":
        models_command.pull(known, arguments.names)
    else:
        for name in arguments.names:
            models_command.remove(known, name)
