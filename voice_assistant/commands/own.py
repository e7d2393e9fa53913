"""Commands that a skill brings itself: `meeting ...`, `recipes ...`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import Any

import anyio

from voice_assistant.app.household import household
from voice_assistant.commands.common import put, settings_of, tell
from voice_assistant.errors import VoiceAssistantError


def own(arguments: argparse.Namespace) -> int:
    """Hand the words to the skill; print what it yields. Options of every command may stand among
    them, anywhere."""
    _, words = arguments.options.parse_known_args(arguments.words, arguments)
    if arguments.help:
        words = ["--help", *words]
    return anyio.run(_own, arguments, words)


async def _own(arguments: argparse.Namespace, words: list[str]) -> int:
    async with household(settings_of(arguments)) as home:
        each = home.skills.loaded.get(arguments.skill)
        if each is None or each.skill is None:
            reason = each.error if each else "it is not installed"
            raise VoiceAssistantError(f"The skill '{arguments.skill}' does not work: {reason}.")
        record: Mapping[str, Any] | None = None
        async for record in each.skill.command(words):
            if "json" in arguments:
                put(record)
            else:
                tell(str(record.get("text", record)))
        if record is None:
            sys.stderr.write("There is none yet.\n")
    return 0
