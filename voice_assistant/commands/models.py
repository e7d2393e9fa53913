"""`models`: the catalogue, and what of it is installed."""

from __future__ import annotations

import argparse

from voice_assistant import catalog, models_command
from voice_assistant.errors import UsageError


def models(arguments: argparse.Namespace) -> None:
    """List, pull (without a name what a newcomer needs), verify or remove."""
    known = catalog.load()
    if arguments.action == "list":
        models_command.list_models(known, as_json="json" in arguments)
    elif arguments.action == "verify":
        models_command.verify(known, arguments.names)
    elif arguments.action == "pull":
        models_command.pull(known, arguments.names or models_command.starters(known))
    elif not arguments.names:
        raise UsageError("Which model shall I remove? See 'models list'.")
    else:
        for name in arguments.names:
            models_command.remove(known, name)
