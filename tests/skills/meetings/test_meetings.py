"""Importing, keeping, resuming, asking and deleting meetings."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tracemalloc
import wave

import numpy as np
import pytest
from voice_assistant_skills.meetings.archive import Archive
from voice_assistant_skills.meetings.importing import Engines, Importer, read_transcript
from voice_assistant_skills.meetings.listening import Scribe, spans, transcribe
from voice_assistant_skills.meetings.skill import Meetings

from tests.fakes import NOW, TryOut
from tests.skills.meetings.fakes import Counting, Loud
from tests.skills.sentences import sentences_of
from voice_assistant.audio.frames import FRAME, RATE
from voice_assistant.errors import VoiceAssistantError
from voice_assistant.workers import InlineWorker

pytestmark = pytest.mark.anyio
test_sentences = sentences_of("meetings")

TALK = """Anna: Let's go with the second of June.
Ben: I'll send the press release to Clara by Friday.
Clara: Who pays for the photos?
Anna: I don't know.
"""


def recording(path, *seconds: float):
    """Speech and silence in turn, beginning with silence."""
    parts = [
        np.full(round(length * RATE), 8000 if at % 2 else 0, np.int16)
        for at, length in enumerate(seconds)
    ]
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(np.concatenate(parts).tobytes())
    return path


@pytest.fixture
def room(tmp_path):
    services = {
        "scribe": Counting,
        "detector": Loud,
        "voice_encoder": lambda: None,
        "background": InlineWorker(),
    }
    return TryOut(Meetings, tmp_path / "meetings", services=services)


async def run(room, *words):
    return [record async for record in room.skill.command(words)]


def frames(*seconds: float):
    for at, length in enumerate(seconds):
        for _ in range(round(length * RATE / FRAME)):
            yield np.full(FRAME, 8000 if at % 2 else 0, np.int16)


def test_speech_is_cut_at_pauses():
    found = list(spans(frames(1, 2, 1, 3, 1), Loud()))
    assert len(found) == 2
    assert found[0].first * FRAME / RATE == pytest.approx(0.8, abs=0.1)
    assert found[1].first * FRAME / RATE == pytest.approx(3.8, abs=0.1)


def test_endless_speech_is_cut_before_the_recogniser_is_full():
    assert all(span.seconds <= 28.1 for span in spans(frames(0.5, 100), Loud()))


def test_a_longer_recording_takes_no_more_memory_to_write_down():
    """Accelerated: what three hours add is measured on minutes, one stretch of speech being held."""
    peaks = []
    for minutes in (1, 5):
        tracemalloc.start()
        parts = [2.0, 8.0] * (minutes * 6)
        for _ in transcribe(frames(*parts), Loud(), Scribe(Counting())):
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.1 * peaks[0]


def test_a_cough_is_no_segment():
    assert list(spans(frames(1, 0.1, 2), Loud())) == []


async def test_a_recording_becomes_minutes_on_disk(room, tmp_path):
    talk = recording(tmp_path / "talk.wav", 1, 2, 1, 2, 1)
    (record,) = await run(room, "import", str(talk))
    assert [each["text"] for each in record["segments"]] == [
        "We agreed on point 1.",
        "We agreed on point 2.",
    ]
    assert {each["segment"] for each in record["evidence"]} == {1, 2}
    folder = tmp_path / "meetings" / record["id"]
    assert (folder / "transcript.vtt").read_text().startswith("WEBVTT")
    assert json.loads((folder / "minutes.json").read_text())["decisions"][0]["evidence"] == [1]
    assert not list(folder.glob("*.wav"))


def brought_in(archive, recognizer, path, **options):
    """The meeting of a file, written down to its end."""
    importer = Importer(archive, Engines(recognizer=lambda: recognizer, detector=Loud))
    *_, meeting = importer.go_on(importer.meeting_of(path, NOW.date(), **options))
    return meeting


def test_an_import_goes_on_where_it_was_stopped(tmp_path):
    talk = recording(tmp_path / "talk.wav", 1, 2, 1, 2, 1, 2, 1)
    archive = Archive(tmp_path / "kept")
    breaking, whole = Counting(fail_after=2), Counting()
    with pytest.raises(VoiceAssistantError):
        brought_in(archive, breaking, talk)
    half = archive.find()
    assert half is not None
    assert (half.done, len(half.segments)) == (False, 2)
    meeting = brought_in(archive, whole, talk, hints=("Bluebird",))
    assert meeting.done
    assert [each.id for each in meeting.segments] == [1, 2, 3]
    assert len(whole.heard) == 1
    assert archive.ids() == [meeting.id]


KILLED = """
import sys, time
from datetime import date
from pathlib import Path
from tests.skills.meetings.fakes import Counting, Loud
from voice_assistant_skills.meetings.archive import Archive
from voice_assistant_skills.meetings.importing import Engines, Importer

class Slow(Counting):
    def finish(self):
        time.sleep(0.05)
        return super().finish()

importer = Importer(Archive(Path(sys.argv[1])), Engines(recognizer=Slow, detector=Loud))
for meeting in importer.go_on(importer.meeting_of(Path(sys.argv[2]), date(2026, 11, 25))):
    print(len(meeting.segments), flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a kill without a last word")
def test_a_killed_transcription_loses_nothing_that_was_told(tmp_path):
    talk = recording(tmp_path / "talk.wav", *[1.0] * 41)
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path / "kept"), str(talk)],
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        told = [child.stdout.readline() for _ in range(3)]
        os.kill(child.pid, signal.SIGKILL)
        told += child.stdout.read().splitlines()
    assert child.returncode == -signal.SIGKILL
    archive = Archive(tmp_path / "kept")
    half = archive.find()
    assert int(told[-1]) <= len(half.segments) < 20
    whole = Counting()
    meeting = brought_in(archive, whole, talk)
    assert meeting.done
    assert [each.id for each in meeting.segments] == list(range(1, 21))
    assert len(whole.heard) == 20 - len(half.segments)
    starts = [each.start for each in meeting.segments]
    assert starts == pytest.approx([1 + 2 * n - 0.24 for n in range(20)], abs=0.3)


def test_half_a_line_costs_only_itself(tmp_path):
    archive = Archive(tmp_path)
    meeting = archive.begin("Talk", NOW.date())
    for segment in read_transcript(_file(tmp_path, TALK)):
        archive.add(meeting, segment)
    lines = tmp_path / meeting.id / "segments.jsonl"
    lines.write_bytes(lines.read_bytes()[:-20])
    kept = archive.load(meeting.id)
    assert len(kept.segments) == 3
    archive.add(kept, read_transcript(_file(tmp_path, TALK))[3])
    assert [each.id for each in archive.load(meeting.id).segments] == [1, 2, 3, 4]


def test_the_latest_of_a_day_is_the_last_brought_in(tmp_path):
    archive = Archive(tmp_path)
    for title in ("Zebra", "Apple"):
        archive.begin(title, NOW.date())
    assert archive.find().title == "Apple"
    assert archive.find("zebra").title == "Zebra"


def test_our_own_captions_are_read_back(tmp_path):
    path = tmp_path / "talk.vtt"
    path.write_text("WEBVTT\n\n1\n00:00:01.500 --> 00:00:03.000\n<v Anna>We stop.\n")
    (segment,) = read_transcript(path)
    assert (segment.start, segment.speaker, segment.text) == (1.5, "Anna", "We stop.")


def test_a_title_cannot_leave_the_folder(tmp_path):
    meeting = Archive(tmp_path / "kept").begin("../../etc/passwd", NOW.date())
    assert (tmp_path / "kept" / meeting.id).is_dir()
    assert "/" not in meeting.id


async def test_the_command(room, tmp_path):
    await run(room, "import", str(_file(tmp_path, TALK)), "--title", "Launch")
    (listed,) = await run(room, "list")
    assert listed["id"] == "2026-11-25 Launch"
    (found, *_) = await run(room, "ask", "what", "did", "we", "decide")
    assert found["answer"] == "Let's go with the second of June."
    assert found["evidence"][0]["segment"] == 1
    (drafted,) = await run(room, "draft", "email", "launch")
    assert "press release to Clara" in drafted["draft"]
    assert drafted["blanks"] == 1
    with pytest.raises(VoiceAssistantError, match="no meeting"):
        await run(room, "delete", "launch")
    await run(room, "delete", *listed["id"].split())
    assert not (tmp_path / "meetings" / listed["id"]).exists()
    with pytest.raises(SystemExit, match="2"):
        await run(room, "dance")


async def test_by_voice(room, tmp_path):
    assert "no meetings" in (await room.ask("summary")).text
    await run(room, "import", str(_file(tmp_path, TALK)), "--title", "Launch")
    assert "second of June" in (await room.ask("decisions")).text
    assert "Ben: I'll send" in (await room.ask("todos")).text
    assert "I found no to-dos for Tom" in (await room.ask("todos", person="Tom")).text
    assert "photos" in (await room.ask("questions")).text
    assert "At 0:03" in (await room.ask("when", topic="the press release")).text
    assert "nothing about that" in (await room.ask("ask", topic="penguins")).text
    assert "About Launch." in (await room.ask("summary", topic="launch")).text
    assert "no such meeting" in (await room.ask("summary", topic="budget")).text
    assert "关于Launch" in (await room.ask("summary", "zh")).text


async def test_deleting_is_confirmed(room, tmp_path):
    await run(room, "import", str(_file(tmp_path, TALK)), "--title", "Launch")
    assert "kept" in (await room.ask("delete", answers=["no"])).text
    assert room.skill.archive.ids()
    assert "deleted" in (await room.ask("delete", answers=["yes"])).text
    assert room.skill.archive.ids() == []


async def test_a_draft_from_a_spoken_brief(room):
    outcome = await room.ask("draft", kind="campaign", answers=["a new tea for students"])
    assert "A new tea for students." in outcome.display
    assert "blanks" in outcome.text


def _file(folder, text):
    path = folder / "talk.txt"
    path.write_text(text, encoding="utf-8")
    return path
