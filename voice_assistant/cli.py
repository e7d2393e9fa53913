"""The command line, thin: words in, one function of `commands/` called, an exit status out.

Exit status: 0 done, 1 a stated failure in one line on standard error, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, TypeAlias

from voice_assistant import __version__, log
from voice_assistant.errors import UsageError, VoiceAssistantError
from voice_assistant.words import Parser
from voice_assistant.workers import first_error, hanging

BLAS = "OPENBLAS_NUM_THREADS"
"""Read when numpy is loaded. Its threads wait in a loop for a tenth of a second after each product
of matrices: while somebody is being understood, that takes a core from the recogniser."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    os.environ.setdefault(BLAS, "1")
    arguments = parser().parse_args(words)
    log.set_up(debug="debug" in arguments)
    command = importlib.import_module(f"voice_assistant.commands.{arguments.module}")
    try:
        with first_error():
            status: int = getattr(command, arguments.function)(arguments) or 0
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has gone
        return 0
    except (VoiceAssistantError, OSError) as error:
        if "debug" in arguments:
            raise
        sys.stderr.write(f"{_stated(error)}\n")
        status = 2 if isinstance(error, UsageError) else 1
    except KeyboardInterrupt:
        _leave(130)
    finally:
        gc.unfreeze()  # soxr complains of resamplers that are left for the interpreter's end
        gc.collect()
    if hanging():
        _leave(status)
    return status


def _leave(status: int) -> NoReturn:
    """End at once: a thread in the middle of a read, or of a model, would have Python complain."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _stated(error: Exception) -> str:
    """One line for what went wrong; of what the system refused, which file it was about."""
    if isinstance(error, FileNotFoundError) and error.filename:
        path = Path(error.filename)
        missing = f"folder {path.parent}" if not path.parent.is_dir() else f"file {path}"
        return f"There is no {missing}."
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}." if error.filename else f"{error.strerror}."
    return str(error)


def parser() -> argparse.ArgumentParser:
    """All words the command line knows."""
    top = Parser(
        prog="voice-assistant",
        description="An offline smart speaker. Without a command it listens to the microphone.",
        parents=[_common()],
    )
    top.add_argument("--version", action="version", version=__version__)
    _listening(top)
    top.set_defaults(module="run", function="run")
    commands: _Commands = top.add_subparsers(
        title="commands", metavar="COMMAND", parser_class=Parser
    )
    _talking(commands)
    _engines(commands)
    _looking_after(commands)
    return top


_Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 - it has no other name


def _common() -> Parser:
    """Options of every command, before or after its name."""
    common = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--json", action="store_true", help="print JSON Lines")
    common.add_argument("--debug", action="store_true", help="log much, and show tracebacks")
    common.add_argument(
        "--set", action="append", metavar="KEY=VALUE", help="a setting, for this run"
    )
    common.add_argument(
        "--language",
        choices=("en", "zh", "auto"),
        help="English, Mandarin, or whichever is spoken (auto)",
    )
    common.add_argument("--no-llm", action="store_true", help="without the language model")
    return common


def _add(
    commands: _Commands, name: str, help_: str, function: str = "", *, helps: bool = True
) -> argparse.ArgumentParser:
    """A command; `helps`: it tells by itself what words it takes."""
    command = commands.add_parser(
        name, help=help_, description=help_, parents=[_common()], add_help=helps
    )
    command.set_defaults(module=name, function=function or name)
    return command


def _listening(command: argparse.ArgumentParser) -> None:
    _devices(command)
    _wake_words(command)
    command.add_argument("--push-to-talk", action="store_true", help="Enter instead of a wake word")


def _devices(command: argparse.ArgumentParser) -> None:
    command.add_argument("--mic", metavar="NAME", help="a part of the microphone's name")
    _speaker(command)


def _speaker(command: argparse.ArgumentParser) -> None:
    command.add_argument("--speaker", metavar="NAME", help="a part of the loudspeaker's name")


def _wake_words(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--wake-word",
        action="append",
        metavar="W",
        help="such as hey_jarvis or alexa, or any phrase of your own; again for another",
    )


def _files(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "files", nargs="+", metavar="FILE", help="sound: WAV, FLAC, MP3, anything ffmpeg reads"
    )


def _talking(commands: _Commands) -> None:
    _listening(_add(commands, "run", "Listen to the microphone and answer (the default)."))
    hear = _add(commands, "hear", "Answer sound files as if they came from the microphone.")
    _files(hear)
    _wake_words(hear)
    hear.add_argument("--no-wake", action="store_true", help="take each file as already woken")
    hear.add_argument("--reply-audio", metavar="OUT.wav", help="what the loudspeaker would play")
    hear.add_argument(
        "--pace",
        choices=("realtime", "fast"),
        default="fast",
        help="as a microphone would give it, or as fast as this machine can (the default)",
    )
    ask = _add(commands, "ask", "Answer one request in text.")
    ask.add_argument("text", nargs="+", metavar="TEXT", help="what you would say")
    ask.add_argument("--speak", action="store_true", help="say the answer aloud too")
    chat = _add(commands, "chat", "Answer requests in text, one a line, in one session.")
    chat.set_defaults(module="ask")
    say = _add(commands, "say", "Speak a text.")
    say.add_argument("text", nargs="+", metavar="TEXT", help="what is to be spoken")
    say.add_argument("--out", metavar="FILE.wav", help="into a file instead of the loudspeaker")
    _speaker(say)


def _engines(commands: _Commands) -> None:
    route = _add(commands, "route", "Tell which skill would answer, doing nothing.")
    route.add_argument("text", nargs="*", metavar="TEXT", help="what you would say")
    route.add_argument("--file", metavar="F", help="one utterance a line; - is standard input")
    _files(_add(commands, "transcribe", "Write down what sound files say."))
    wake = _add(commands, "wake", "Find a wake word in sound files.")
    _files(wake)
    _wake_words(wake)


def _looking_after(commands: _Commands) -> None:
    skills = _add(commands, "skills", "List, make, check or reload skills.")
    _action(
        skills,
        ("list", "new", "check", "reload", "learn"),
        "new: a skeleton; check: its sentences against all others; reload: whether it loads; "
        "learn: train what is shipped",
    )
    skills.add_argument("name", nargs="?", metavar="NAME", help="a skill; without it all of them")
    models = _add(commands, "models", "List, fetch, verify or remove models.")
    _action(
        models,
        ("list", "pull", "verify", "remove"),
        "pull: fetch and check; verify: check what is installed",
    )
    models.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="of the list; without it, pull fetches what a newcomer needs and verify reads all",
    )
    devices = _add(commands, "devices", "List or test microphones and loudspeakers.")
    _action(devices, ("list", "test"), "test: record for three seconds and play it back")
    _devices(devices)
    doctor = _add(commands, "doctor", "Find out what is wrong, and what to do about it.")
    doctor.add_argument("--offline", action="store_true", help="converse with the network refused")
    bench = _add(commands, "bench", "Measure this machine against the project's goals.")
    bench.add_argument("names", nargs="*", metavar="NAME", help="without one they are listed")
    _of_skills(commands)


def _action(command: argparse.ArgumentParser, actions: tuple[str, ...], help_: str) -> None:
    """What a command does; `list` where nothing is said."""
    command.add_argument(
        "action", nargs="?", default="list", choices=actions, help=f"{help_} (default: list)"
    )


def _of_skills(commands: _Commands) -> None:
    """Commands that a skill brings, which knows its own words."""
    for name, skill, help_ in (
        ("meeting", "meetings", "Record, import, list, summarise or delete meetings."),
        ("recipes", "recipes", "Import your own recipes."),
    ):
        own = _add(commands, name, help_, "own", helps=False)
        own.add_argument("-h", "--help", action="store_true", help=argparse.SUPPRESS)
        own.add_argument("words", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
        own.set_defaults(module="own", skill=skill, options=_common())
