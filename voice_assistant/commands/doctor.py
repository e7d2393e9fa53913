"""`doctor`: a diagnosis, and a conversation with the network cut to prove that none is needed."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from rich.console import Console

from voice_assistant import app, catalog
from voice_assistant.commands.common import put, settings_of
from voice_assistant.doctor import Finding, broken_settings, diagnose
from voice_assistant.errors import SettingsError

CONVERSATION = (
    "what time is it",
    "set a timer for ten minutes",
    "how long is left",
    "what is seven times eight",
    "现在几点了",
)
"""What is said offline: each needs an answer of a skill."""

_MARKS = {"good": "[green]✓[/]", "note": "[yellow]•[/]", "bad": "[red]✗[/]"}


def doctor(arguments: argparse.Namespace) -> int:
    """Show every finding; 1 if something is broken."""
    findings = _offline() if arguments.offline else _diagnosis(arguments)
    console = Console(highlight=False)
    bad = False
    for finding in findings:
        bad |= finding.state == "bad"
        if "json" in arguments:
            put(dataclasses.asdict(finding))
            continue
        console.print(f"{_MARKS[finding.state]} [bold]{finding.name}[/]: {finding.found}")
        if finding.todo:
            console.print(f"    → {finding.todo}")
    return int(bad)


def _diagnosis(arguments: argparse.Namespace) -> Iterator[Finding]:
    try:
        settings = settings_of(arguments)
    except SettingsError as error:
        yield broken_settings(error)
        return
    models = catalog.load()
    yield from diagnose(settings, models, lambda: app.synthesizers(settings, models))


def _offline() -> Iterator[Finding]:
    """Converse in a process of its own that has no network, on data that is thrown away."""
    cut = _without_network()
    how = "by the system (a network namespace of its own)" if cut else "by the assistant itself"
    yield Finding(name="network", state="good", found=f"cut {how}")
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {
            "VOICE_ASSISTANT_HOME": home,
            "VOICE_ASSISTANT_MODELS": str(catalog.models_folder()),
        }
        talk = subprocess.run(
            [*cut, sys.executable, "-m", "voice_assistant", "chat", "--json"],
            input="\n".join(CONVERSATION),
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    turns = [json.loads(line) for line in talk.stdout.splitlines()]
    for said, turn in zip(CONVERSATION, turns, strict=False):
        answered = bool(turn["skill"] and turn["reply"]) and not turn["error"]
        yield Finding(
            name=said,
            state="good" if answered else "bad",
            found=turn["reply"] or turn["error"] or "no answer",
        )
    if len(turns) < len(CONVERSATION):
        last = (talk.stderr.strip().splitlines() or ["no reason given"])[-1]
        yield Finding(name="conversation", state="bad", found=f"it broke off: {last}")


def _without_network() -> list[str]:
    """The command that cuts another's network, where the system allows it."""
    program = shutil.which("unshare")
    if program is None:
        return []
    command = [program, "--net", "--map-root-user"]
    tried = subprocess.run([*command, "true"], capture_output=True, check=False)
    return command if tried.returncode == 0 else []
