"""A story asked for aloud, its program killed while it is told, and gone on with in a new one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest
from voice_assistant_skills.stories.kept import Kept

from tests.engines.conftest import model
from voice_assistant.store import Database, Store

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL"),
]

COMMAND = [sys.executable, "-m", "voice_assistant"]
SETTINGS = "--json --no-llm --language en --set recognition.model=whisper-tiny-en".split()
LINES = 4
TWICE = 400
"""Letters that may be heard twice: the bookmark is on disk after each paragraph."""


def test_continue_the_story_after_a_kill(tmp_path):
    model("whisper-tiny-en")
    wish = tmp_path / "wish.wav"
    words = "Tell me a story."
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "140", "-w", wish, words], check=True)
    house = {**os.environ, "VOICE_ASSISTANT_HOME": str(tmp_path)}

    hear = [*COMMAND, "hear", str(wish), "--no-wake", "--pace", "fast", *SETTINGS]
    with subprocess.Popen(hear, stdout=subprocess.PIPE, text=True, env=house) as program:
        said = []
        for line in program.stdout:
            event = json.loads(line)
            said += [event["text"]] if event["event"] == "said" else []
            if len(said) == LINES:
                break
        program.send_signal(signal.SIGKILL)
    assert program.returncode == -signal.SIGKILL
    assert len(said) == LINES

    chat = [*COMMAND, "chat", *SETTINGS]
    answer = subprocess.run(
        chat, input="continue the story\n", capture_output=True, text=True, env=house, check=True
    )
    went_on = json.loads(answer.stdout)
    assert (went_on["skill"], went_on["intent"], went_on["error"]) == ("stories", "continue", None)
    story = told(tmp_path)
    before = squeezed(said)
    before = before[before.index(story[:12]) :]
    after = squeezed([went_on["reply"]])
    begins = next(at for at in range(len(story)) if after.endswith(story[at:]))
    assert story.startswith(before)
    assert len(before) - TWICE <= begins <= len(before)


def told(home):
    """The story at the bookmark, as it is written."""
    database = Database(next(home.rglob("assistant.db")))
    lines = Kept(Store(database, "stories")).bookmark().story.lines
    database.close()
    return squeezed(line.text for line in lines)


def squeezed(lines):
    """The text without spaces: the mouth takes lines apart into sentences."""
    return "".join("".join(lines).split())
