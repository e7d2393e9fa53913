"""A story of three minutes as it sounds, with its voices and noises, is understood by a listener."""

from __future__ import annotations

import random
import re
from contextlib import aclosing
from difflib import SequenceMatcher

import anyio
import pytest
from voice_assistant_skills.stories import perform
from voice_assistant_skills.stories.perform import Manner
from voice_assistant_skills.stories.plan import plan
from voice_assistant_skills.stories.request import Figure, Request
from voice_assistant_skills.stories.weave import weave

from tests.engines.conftest import model, room
from voice_assistant.audio.files import read_frames, write_wav
from voice_assistant.engines.piper import PiperVoice
from voice_assistant.engines.whisper import WhisperRecognizer
from voice_assistant.spoken import spoken
from voice_assistant.voice import Voice, lines
from voice_assistant.workers import InlineWorker

pytestmark = pytest.mark.engine

HEARD_SECONDS = 18.0
"""Sound that is handed to the recogniser at once; it takes up to thirty seconds."""


def story():
    hero = Figure(kind="brave rabbit", noun="rabbit", trait="brave")
    request = Request(language="en", hero=hero, place="sea", lesson="patience")
    return weave(plan(request, [], 3.0, random.Random(7)))


async def rendered(told):
    """The clips of each line, with what it says."""
    with PiperVoice(model("piper-joe-en") / "en_US-joe-medium.onnx") as piper:
        voice = Voice([piper], InlineWorker("voice"))

        async def pieces():
            for number, _ in enumerate(told.scenes):
                for piece in perform.pieces(told, number, Manner()):
                    yield piece

        async with aclosing(lines(pieces())) as stream:
            return [(line.text, [clip async for clip in voice.clips(line, "en")])
                    async for line in stream]  # fmt: skip


def words(text):
    return re.findall(r"[a-z']+", spoken(text, "en").lower().replace("-", " "))


def portions(spoken_lines):
    """Lines in runs of so much sound."""
    run, seconds = [], 0.0
    for text, clips in spoken_lines:
        run.append((text, clips))
        seconds += sum(clip.seconds for clip in clips)
        if seconds > HEARD_SECONDS:
            yield run
            run, seconds = [], 0.0
    if run:
        yield run


def test_a_spoken_story_is_understood(tmp_path):
    told = story()
    spoken_lines = anyio.run(rendered, told)
    clips = [clip for _, made in spoken_lines for clip in made]
    write_wav(tmp_path / "story.wav", clips)
    assert sum(clip.seconds for clip in clips) == pytest.approx(180, rel=0.2)
    recovered = total = 0
    with WhisperRecognizer(model("whisper-tiny-en")) as recognizer:
        for number, run in enumerate(portions(spoken_lines)):
            part = tmp_path / f"part{number}.wav"
            write_wav(part, [clip for _, made in run for clip in made])
            recognition = recognizer.start()
            for frame in [*room(0.3), *read_frames(part), *room(0.3)]:
                recognition.feed(frame)
            said = words(" ".join(text for text, _ in run))
            heard = words(recognition.finish().text)
            matched = SequenceMatcher(None, said, heard, autojunk=False).get_matching_blocks()
            got = sum(block.size for block in matched)
            recovered, total = recovered + got, total + len(said)
    assert recovered / total >= 0.9
