"""Recording: the buttons, the file, and what is left when the power goes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import wave
from pathlib import Path

import numpy as np
import pytest
from voice_assistant_skills.meetings.archive import SOUND, Archive
from voice_assistant_skills.meetings.importing import Engines, Importer
from voice_assistant_skills.meetings.live import Keys, Live
from voice_assistant_skills.meetings.recorder import (
    BYTES_SECOND,
    RESERVE,
    SYNC_SECONDS,
    Recording,
    mend,
    recorded,
    require_room,
)
from voice_assistant_skills.meetings.sitting import Writing
from voice_assistant_skills.meetings.skill import Meetings

from tests.fakes import NOW, TryOut
from tests.skills.meetings.fakes import Counting, Loud, engines
from voice_assistant.audio.files import duration, read_samples
from voice_assistant.audio.frames import FRAME, RATE
from voice_assistant.audio.tap import Tap
from voice_assistant.errors import VoiceAssistantError
from voice_assistant.settings import Listening
from voice_assistant.workers import InlineWorker

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    """The recorder has a thread of its own."""
    return "asyncio"


LOUD, QUIET = np.full(FRAME, 8000, np.int16), np.zeros(FRAME, np.int16)


def plenty(folder: Path) -> int:
    return 1 << 40


def talk(seconds: float, frame=LOUD):
    return [frame] * round(seconds * RATE / FRAME)


# --- the file ----------------------------------------------------------------------------


def test_a_recording_is_a_wav_file(tmp_path):
    recording = Recording(tmp_path / SOUND, plenty)
    recording.run(talk(3.0))
    assert recording.seconds == pytest.approx(3.0)
    with wave.open(str(tmp_path / SOUND)) as sound:
        assert sound.getnframes() == 3 * RATE


def test_a_pause_is_not_in_it(tmp_path):
    recording = Recording(tmp_path / SOUND, plenty)
    for frame in talk(1.0):
        recording.take(frame)
    recording.paused = True
    for frame in talk(5.0):
        recording.take(frame)
    recording.paused = False
    recording.run(talk(1.0))
    assert len(read_samples(tmp_path / SOUND)) == 2 * RATE


def test_a_file_that_was_cut_off_is_read_mended_and_gone_on_with(tmp_path):
    path = tmp_path / SOUND
    recording = Recording(path, plenty)
    for frame in talk(2 * SYNC_SECONDS):
        recording.take(frame)
    cut = path.read_bytes()
    recording.close()
    path.write_bytes(cut[:-7])
    assert len(read_samples(path)) / RATE == pytest.approx(2 * SYNC_SECONDS, abs=0.1)
    assert len(list(recorded(path))) == round(2 * SYNC_SECONDS * RATE / FRAME) - 1
    mend(path)
    assert duration(path) == pytest.approx(2 * SYNC_SECONDS, abs=0.1)
    Recording(path, plenty).run(talk(1.0))
    assert duration(path) == pytest.approx(2 * SYNC_SECONDS + 1, abs=0.1)


def test_it_ends_before_the_disk_is_full(tmp_path):
    recording = Recording(tmp_path / SOUND, lambda folder: RESERVE - 1)
    recording.run(talk(60.0))
    assert recording.full
    assert recording.seconds == pytest.approx(SYNC_SECONDS)
    with wave.open(str(tmp_path / SOUND)) as sound:
        assert sound.getnframes() == round(SYNC_SECONDS * RATE)


def test_a_recording_does_not_begin_without_room(tmp_path):
    with pytest.raises(VoiceAssistantError, match="room for 10 minutes"):
        require_room(tmp_path, lambda folder: RESERVE + 10 * 60 * BYTES_SECOND)


KILLED = """
import sys, time
from pathlib import Path
import numpy as np
from voice_assistant_skills.meetings.recorder import Recording
recording = Recording(Path(sys.argv[1]))
frame = np.full(320, 8000, np.int16)
while True:
    recording.take(frame)
    print(recording.seconds, flush=True)
    time.sleep(0.0004)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a kill without a last word")
def test_a_killed_recording_loses_a_few_seconds_at_most(tmp_path):
    path = tmp_path / SOUND
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True
    ) as child:
        taken = 0.0
        while taken < 11.0:
            taken = float(child.stdout.readline())
        os.kill(child.pid, signal.SIGKILL)
        taken = float((child.stdout.read().split() or [taken])[-1])
    assert child.returncode == -signal.SIGKILL
    mend(path)
    kept = duration(path)
    assert taken - SYNC_SECONDS - 0.1 <= kept <= taken + 0.1
    assert (read_samples(path) == 8000).all()


class Rolling(Recording):
    """Gives back the disk what it wrote: three hours are 345 MB."""

    def _sync(self):
        self._file.flush()
        self._file.truncate(44)
        self._file.seek(44)
        self._unsynced = 0


def test_three_hours_take_no_more_memory_than_three_minutes(tmp_path):
    """Accelerated: the same object, measured by the blocks that Python holds on to."""
    recording = Rolling(tmp_path / SOUND, plenty)
    blocks = []
    for minutes in (3, 177):
        for _ in range(minutes * 60 * RATE // FRAME):
            recording.take(LOUD)
        blocks.append(sys.getallocatedblocks())
    recording.close()
    assert recording.seconds == pytest.approx(3 * 3600)
    assert blocks[1] - blocks[0] < 500


# --- captions ----------------------------------------------------------------------------


def test_captions_follow_the_file_and_the_rest_is_written_later(tmp_path):
    archive = Archive(tmp_path)
    meeting = archive.begin("Talk", NOW.date())
    recording = Recording(tmp_path / meeting.id / SOUND, plenty)
    live = Live(archive, meeting, engines())
    assert live.step() == []
    for frame in [*talk(1, QUIET), *talk(2), *talk(2, QUIET), *talk(2)]:
        recording.take(frame)
    recording.close()
    assert [each.id for each in live.step()] == [1]
    live.close()
    kept = archive.load(meeting.id)
    assert len(kept.segments) == 1
    *_, whole = importer(archive).go_on(kept)
    assert [each.id for each in whole.segments] == [1, 2]
    assert whole.done


def importer(archive):
    return Importer(archive, engines())


def test_keys():
    done = []
    keys = Keys(done.append, lambda: 12.0, lambda: done.append("end"))
    assert "p goes on" in keys.typed("p\n")
    assert "again" in keys.typed("P\n")
    assert "12 s" in keys.typed("m\n")
    assert "none of" in keys.typed("quit\n")
    keys.typed("\n")
    assert done == [True, False, "end"]


# --- by voice ----------------------------------------------------------------------------


@pytest.fixture
def room(tmp_path):
    signs, captions = [], []
    services = {
        "scribe": Counting,
        "detector": Loud,
        "voice_encoder": lambda: None,
        "background": InlineWorker(),
        "tap": Tap(),
        "listening": Listening(),
        "sign": signs.append,
        "caption": captions.append,
    }
    room = TryOut(Meetings, tmp_path / "meetings", services=services)
    room.tap, room.signs, room.captions = services["tap"], signs, captions
    return room


async def said_into(room, seconds: float, frame=LOUD):
    """Let sound pass, and wait until the recorder has taken it."""
    taken = threading.Event()

    class Last(np.ndarray):
        def tobytes(self, *_):
            taken.set()
            return np.asarray(self).tobytes()

    *frames, last = talk(seconds, frame)
    for each in frames:
        room.tap.take(each)
    room.tap.take(last.view(Last))
    assert taken.wait(10)


async def test_a_meeting_is_recorded_and_written_down(room, tmp_path):
    begun = await room.ask("start", title="budget")
    assert "Budget" in begun.text
    assert begun.receipts[0].action == "meetings.record"
    assert begun.replies[0].listen is False
    assert begun.pieces[0].sound is not None
    assert room.signs == ["recording: Budget"]
    await said_into(room, 1.0, QUIET)
    await said_into(room, 2.0)
    assert "Marked, at 0:03" in (await room.ask("mark")).text
    await said_into(room, 1.0, QUIET)
    assert (
        "3 seconds" in (await room.ask("progress")).text
        or "4 seconds" in (await room.ask("progress")).text
    )
    ended = await room.ask("stop")
    assert "recorded 4 seconds of Budget" in ended.text
    assert room.signs[-1] == ""
    meeting = room.skill.archive.find("budget")
    assert (meeting.done, len(meeting.segments), meeting.marks) == (True, 1, (3.0,))
    assert "is written down" in (await room.ask("progress")).text
    folder = tmp_path / "meetings" / meeting.id
    assert "## Marked moments" in (folder / "minutes.md").read_text()
    assert (folder / "minutes.docx").read_bytes().startswith(b"PK")
    assert (folder / SOUND).exists()
    assert "recording is deleted" in (await room.ask("confirm")).text
    assert not (folder / SOUND).exists()


async def test_captions_show_what_is_said_while_it_is_recorded(room):
    await room.ask("start")
    await room.ask("hints", names="anna and bluebird")
    await said_into(room, 1.0, QUIET)
    await said_into(room, 3.0)
    await said_into(room, 2.5, QUIET)
    await said_into(room, 2.0)
    meeting = await room.skill.sitting.end()
    assert room.captions == ["[0:00] We agreed on point 1."]
    assert Counting.hinted == ("Anna", "Bluebird")
    assert len(room.skill.archive.load(meeting.id).segments) == 1
    room.skill.writing.add(meeting)
    written = room.skill.archive.load(meeting.id)
    assert [each.id for each in written.segments] == [1, 2]
    assert written.done


async def test_a_recording_goes_on_without_captions(room, monkeypatch):
    monkeypatch.setattr(Counting, "finish", Counting(fail_after=0).finish)
    await room.ask("start")
    await said_into(room, 1.0, QUIET)
    await said_into(room, 3.0)
    await said_into(room, 4.0, QUIET)
    meeting = await room.skill.sitting.end()
    assert room.captions == []
    assert duration(room.skill.archive.sound(meeting)) == pytest.approx(8.0, abs=0.1)


async def test_nothing_is_recorded_while_paused(room):
    await room.ask("start")
    await said_into(room, 1.0)
    await room.ask("pause")
    assert room.signs[-1] == "recording paused"
    for each in talk(3.0):
        room.tap.take(each)
    while not room.tap._held.empty():
        os.sched_yield()
    await room.ask("resume_recording")
    await said_into(room, 1.0)
    meeting = await room.skill.sitting.end()
    # The very frame that is taken as the pause begins or ends may be on either side of it.
    kept = duration(room.skill.archive.sound(meeting))
    assert kept == pytest.approx(2.0, abs=0.05)


async def test_what_is_said_while_it_records_is_about_the_recording(room):
    await room.ask("start")
    assert room.session.active == ["meetings"]
    assert "Paused" in (await room.ask("pause_it")).text
    assert room.signs[-1] == "recording paused"
    await room.ask("resume_it")
    assert room.signs[-1].startswith("recording: ")
    await said_into(room, 1.0)
    await room.ask("end_it")
    assert room.signs[-1] == ""
    assert not room.session.active


async def test_hints_are_kept_for_the_recogniser(room):
    await room.ask("start")
    outcome = await room.ask("hints", names="anna, ben and bluebird")
    assert "Anna, Ben and Bluebird" in outcome.text
    meeting = await room.skill.sitting.end()
    assert room.skill.archive.load(meeting.id).hints == ("Anna", "Ben", "Bluebird")


async def test_everybody_can_be_told(room):
    assert "being recorded" in (await room.ask("consent")).text
    assert "正在录音" in (await room.ask("consent", "zh")).text


async def test_there_is_one_recording_at_a_time(room):
    await room.ask("start", title="one")
    assert "already" in (await room.ask("start", title="two")).text
    assert "not over yet" in (await room.ask("delete")).text
    assert "not over yet" in (await room.ask("summary")).text
    await room.skill.stop()
    assert len(room.skill.archive.ids()) == 1


async def test_nothing_is_claimed_without_a_recording(room):
    for button in ("stop", "pause", "resume_recording", "mark", "hints"):
        outcome = await room.ask(button)
        assert "not recording" in outcome.text
        assert not outcome.receipts


async def test_without_a_wake_word_it_would_answer_the_meeting(tmp_path):
    services = {
        "scribe": Counting,
        "detector": Loud,
        "voice_encoder": lambda: None,
        "background": InlineWorker(),
        "tap": Tap(),
        "listening": Listening(mode="open"),
    }
    room = TryOut(Meetings, tmp_path, services=services)
    assert "wake word" in (await room.ask("start")).text
    assert room.skill.archive.ids() == []


async def test_what_a_crash_left_is_written_down_at_the_next_start(room, tmp_path):
    archive = Archive(tmp_path / "meetings")
    meeting = archive.begin("Cut off", NOW.date())
    recording = Recording(archive.folder / meeting.id / SOUND, plenty)
    for frame in [*talk(1, QUIET), *talk(4)]:
        recording.take(frame)
    recording._sync()
    await room.skill.start()
    recording._file.close()
    assert archive.load(meeting.id).done
    assert len(archive.load(meeting.id).segments) == 1


class Queue(InlineWorker):
    """Does what was posted when it is told to."""

    def __init__(self):
        super().__init__()
        self.jobs = []

    def _put(self, job):
        self.jobs.append(job)

    def work(self):
        while self.jobs:
            self.jobs.pop(0)()


def kept_recording(archive, title):
    meeting = archive.begin(title, NOW.date())
    Recording(archive.folder / meeting.id / SOUND, plenty).run([*talk(1, QUIET), *talk(2)])
    return meeting


def test_one_that_fails_or_is_gone_does_not_hold_up_the_next(tmp_path):
    class Broken(Counting):
        def finish(self):
            raise RuntimeError("the engine broke")

    archive, worker = Archive(tmp_path), Queue()
    recognizers = [Broken(), Counting()]
    importer = Importer(archive, Engines(recognizer=lambda: recognizers.pop(0), detector=Loud))
    writing = Writing(archive, importer, worker, lambda: 0.0)
    broken, gone, good = (kept_recording(archive, each) for each in ("one", "two", "three"))
    for each in (broken, gone, good):
        writing.add(each)
    archive.delete(gone)
    worker.work()
    assert not archive.load(broken.id).done
    assert archive.load(good.id).done
    assert writing.left(good) is None


def test_the_time_left_follows_the_pace(tmp_path):
    archive, worker, clock = Archive(tmp_path), Queue(), [0.0]
    meeting = archive.begin("Talk", NOW.date())
    parts = [*talk(1, QUIET), *talk(4), *talk(1, QUIET), *talk(4), *talk(2, QUIET)]
    Recording(archive.folder / meeting.id / SOUND, plenty).run(parts)
    writing = Writing(archive, Importer(archive, engines()), worker, lambda: clock[0])
    writing.add(meeting)
    clock[0] = 0.0
    worker.jobs.pop(0)()
    clock[0] = 3.0
    done = writing.current.seconds
    assert writing.left(meeting) == pytest.approx((12 - done) * 3.0 / done, rel=0.01)
