"""The README's commands exist: every line after `$` in a ```console block is parsed, and those
that only look or answer are run."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from voice_assistant.cli import parser

ROOT = Path(__file__).parents[2]

RUN = {"ask", "route", "skills", "models", "say"}
"""Commands that need no device and end by themselves."""

CHANGES = {"pull", "remove", "new", "reload"}
"""Words that make one of them change or fetch something: these are only parsed."""


def commands():
    """The words of each command in the README, without `$`."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                yield shlex.split(line[2:], comments=True)


def ours(words):
    """The words for our own parser, or None if it is another program's command."""
    program, *rest = words
    return rest if Path(program).name in {"voice-assistant", "start"} else None


ALL = [pytest.param(words, id=" ".join(words)) for words in commands()]


@pytest.mark.parametrize("words", ALL)
def test_every_command_is_understood(words):
    mine = ours(words)
    if mine is None:
        script = ROOT / words[0]
        known = {"git", "cd", "sudo", "pip", "brew", "export", ".venv/bin/pytest"}
        assert script.is_file() or words[0] in known
    else:
        parser().parse_args(mine)


@pytest.mark.engine
@pytest.mark.parametrize("words", ALL)
def test_every_harmless_command_runs(words, tmp_path):
    mine = ours(words)
    if not mine or mine[0] not in RUN or CHANGES & set(mine):
        pytest.skip("it needs a device, waits for somebody, or changes something")
    environment = {"VOICE_ASSISTANT_HOME": str(tmp_path), "PATH": "/usr/bin:/bin:/usr/local/bin"}
    done = subprocess.run(
        [sys.executable, "-m", "voice_assistant", *mine],
        cwd=tmp_path,
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_two_scripts_are_executable():
    for name in ("start", "check", ".ci/run"):
        assert (ROOT / name).stat().st_mode & 0o111
        subprocess.run(["bash", "-n", ROOT / name], check=True)
