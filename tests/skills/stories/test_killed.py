"""A process killed in the middle of a story: the next one goes on at the bookmark."""

from __future__ import annotations

import os
import signal
import sys

import anyio
import pytest

from tests.skills.stories.stage import Stage
from tests.vloop import VirtualLoop
from voice_assistant.store import Database

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")

WISH = {"en": "tell me a story about a brave rabbit", "zh": "讲一个勇敢的小兔子的故事"}
TWICE = {"en": 400, "zh": 120}
"""Letters that may be heard twice: the bookmark is on disk after each paragraph."""


def told_until_killed(folder, language, lines):
    """What was heard until the process that told it was killed."""
    telling, told = os.pipe()
    going_on, go_on = os.pipe()

    def said(text):
        os.write(told, text.encode() + b"\n")
        os.read(going_on, 1)  # until it is heard, or the process is no more

    child = os.fork()
    if child == 0:
        try:
            tell(folder, "tell", language, WISH[language], said)
        finally:
            os._exit(1)
    os.close(told)
    heard = []
    with os.fdopen(telling) as pipe:
        for line in pipe:
            heard.append(line)
            if len(heard) == lines:
                break
            os.write(go_on, b".")
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    for end in (going_on, go_on):
        os.close(end)
    assert os.WTERMSIG(status) == signal.SIGKILL
    return squeezed(heard)


def tell(folder, intent, language, text, said):
    """Ask for something, and hear it to its end; the whole story as it is written."""

    async def main():
        database = Database(folder / "data.sqlite")
        stage = Stage(folder, database=database, said=said)
        await stage.listen(intent, language, text)
        database.close()
        return squeezed(line.text for line in stage.skill.teller.bookmark.story.lines)

    return anyio.run(main, backend_options={"loop_factory": VirtualLoop})


def squeezed(lines):
    """The text without spaces: the mouth takes lines apart into sentences."""
    return "".join("".join(lines).split())


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("lines", [5, 11, 24])
def test_a_story_goes_on_after_a_kill_at_any_line(tmp_path, language, lines):
    before = told_until_killed(tmp_path, language, lines)
    heard = []
    story = tell(tmp_path, "continue", language, "", heard.append)
    after = squeezed(heard)
    before = before[before.index(story[:12]) :]
    begins = next(at for at in range(len(story)) if after.endswith(story[at:]))
    assert story.startswith(before)
    assert 0 < begins <= len(before), "nothing is left out"
    assert begins >= len(before) - TWICE[language], "hardly anything is told twice"
