"""Real PortAudio streams against a private sound server."""

from __future__ import annotations

import os
import threading
import time

import anyio
import numpy as np
import pytest

from tests.audio.room import babble, decibels, rms
from voice_assistant.audio import devices
from voice_assistant.audio.echo import EchoFilter
from voice_assistant.audio.frames import FRAME, RATE, Clip
from voice_assistant.audio.microphone import Microphone
from voice_assistant.audio.speaker import BLOCK_SECONDS, Speaker
from voice_assistant.benches import barge_in
from voice_assistant.errors import DeviceError

pytestmark = pytest.mark.loopback


@pytest.fixture
def anyio_backend():
    return "asyncio"


def tone(seconds, *, hz=440.0, rate=48_000, level=0.3):
    t = np.arange(round(seconds * rate)) / rate
    return (level * np.sin(2 * np.pi * hz * t)).astype(np.float32)


async def until(condition, seconds=20.0):
    """Wait for something that a busy machine does late."""
    with anyio.fail_after(seconds):
        while not condition():  # noqa: ASYNC110 - nothing tells
            await anyio.sleep(0.05)


def pitch(samples, rate):
    """The strongest frequency."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return np.argmax(spectrum) * rate / len(samples)


class Listening:
    """Takes frames on a thread, as the ears would."""

    def __init__(self, microphone):
        self.frames, self.microphone = [], microphone
        self.thread = threading.Thread(target=self.run)  # noqa: TID251
        self.thread.start()

    def run(self):
        for frame in self.microphone.frames():
            self.frames.append(frame)

    def wait_for(self, frames, seconds=10.0):
        until = time.perf_counter() + seconds
        while len(self.frames) < frames and time.perf_counter() < until:
            time.sleep(0.01)  # noqa: TID251
        return np.concatenate(self.frames) if self.frames else np.zeros(0)

    def stop(self):
        self.microphone.close()
        self.thread.join(5)
        assert not self.thread.is_alive()


def test_the_devices_have_names(server):
    names = {device.name for device in devices.find_all()}
    assert {"pulse", "default"} <= names
    assert devices.choose("input").default
    assert devices.choose("output", "PUL").name == "pulse"
    with pytest.raises(DeviceError, match=r"No loudspeaker is called 'hi-fi': there are .*'pulse'"):
        devices.choose("output", "hi-fi")


def test_a_tone_in_the_room_arrives_as_frames(server):
    with Microphone() as microphone:
        listening = Listening(microphone)
        listening.wait_for(1)
        server.speak((tone(2.0, level=0.5) * 32767).astype(np.int16))
        heard = listening.wait_for(150)
        listening.stop()
    loud = np.flatnonzero(np.abs(heard.astype(int)) > 1000)
    middle = heard[loud[0] + 3200 : loud[-1] - 3200]
    assert all(frame.shape == (FRAME,) and frame.dtype == np.int16 for frame in listening.frames)
    assert len(middle) > RATE
    assert pitch(middle, RATE) == pytest.approx(440, abs=2)
    loudness = np.sqrt(np.mean(np.square(middle.astype(float))))
    assert loudness == pytest.approx(0.5 * 32767 / np.sqrt(2), rel=0.02)
    assert microphone.overruns == 0


async def test_a_clip_comes_out_of_the_loudspeaker(server):
    with server.record() as recording, Speaker() as speaker:
        await anyio.sleep(0.5)
        began = anyio.current_time()
        await speaker.play(Clip(tone(1.0, rate=22_050), 22_050))
        took = anyio.current_time() - began
        await anyio.sleep(0.5)
    samples = recording.samples
    loud = np.flatnonzero(np.abs(samples.astype(int)) > 300)
    assert 0.9 < took < 2.0
    assert loud[-1] - loud[0] == pytest.approx(48_000, rel=0.01)
    assert pitch(samples[loud[0] : loud[-1]], 48_000) == pytest.approx(440, abs=2)


async def test_flushed_it_is_silent_within_150_ms(server):
    times = []
    with server.record() as recording, Speaker() as speaker:
        await anyio.sleep(0.5)
        for _ in range(8):
            with anyio.move_on_after(0.4):
                await speaker.play(Clip(tone(10.0), 48_000))
            speaker.flush()
            at = time.perf_counter()
            await anyio.sleep(0.6)
            times.append(recording.last_sound() - at)
    assert max(times) < 0.15, times


async def test_the_bench_of_barge_in_finds_the_same(server):
    took = await barge_in.silences(5)
    assert 0 < min(took) <= max(took) < 0.15, took


async def test_a_microphone_that_is_unplugged_is_taken_back(server):
    told = []
    with Microphone(notify=told.append) as microphone:
        listening = Listening(microphone)
        listening.wait_for(25)
        server.unplug("mic_feed")
        await anyio.sleep(3)
        server.plug("mic_feed")
        stopped = len(listening.frames)
        await until(lambda: len(listening.frames) > stopped + 25)
        frames = len(listening.frames)
        server.speak((tone(1.0, level=0.5) * 32767).astype(np.int16))
        heard = listening.wait_for(frames + 75)
        listening.stop()
    assert len(told) in (0, 2), told  # a server may bridge the gap by itself
    assert np.abs(heard[frames * FRAME :].astype(int)).max() > 10_000


async def test_a_loudspeaker_that_is_unplugged_is_taken_back(server):
    told = []
    with Speaker(notify=told.append) as speaker:
        server.unplug("speaker")
        with anyio.fail_after(5):
            await speaker.play(Clip(tone(1.0), 48_000))  # unheard, but no turn hangs on it
        server.plug("speaker")
        with anyio.move_on_after(5):  # a server may bridge the gap by itself, and nothing is told
            await until(lambda: len(told) == 2)
        with server.record() as recording:
            await anyio.sleep(0.3)
            await speaker.play(Clip(tone(1.0), 48_000))
            await anyio.sleep(0.3)
    assert len(told) in (0, 2), told
    assert np.abs(recording.samples.astype(int)).max() > 3000


async def test_ten_busy_seconds_lose_nothing(server):
    with Speaker() as speaker, Microphone() as microphone:
        listening = Listening(microphone)
        began = time.perf_counter()
        for _ in range(10):
            await speaker.play(Clip(tone(1.0), 48_000))
        took = time.perf_counter() - began
        frames = len(listening.frames)
        listening.stop()
    assert frames == pytest.approx(50 * took, rel=0.02)
    assert microphone.overruns == 0
    assert speaker.underruns <= 0.02 * took / BLOCK_SECONDS  # 0 on a machine without other work


async def test_a_gap_is_counted(server):
    with Speaker() as speaker:
        await anyio.sleep(0.5)
        before = speaker.underruns
        speaker._fill = lambda: None  # the feeder is held up
        await anyio.sleep(0.3)
        assert speaker.underruns > before


async def test_a_silent_loudspeaker_rests_and_is_quick_to_return(server, monkeypatch):
    monkeypatch.setattr("voice_assistant.audio.speaker.REST_BLOCKS", 50)
    with server.record() as recording, Speaker() as speaker:
        await until(lambda: not speaker._line.stream.active)
        at = time.perf_counter()
        await speaker.play(Clip(tone(0.5), 48_000))
        await anyio.sleep(0.3)
        first = next(when for when, piece in recording.pieces if np.abs(piece).max() > 100)
    assert first - at < 0.6


async def test_real_streams_stay_aligned_so_that_the_echo_goes(server):
    heard, left = [], []
    echo = EchoFilter()
    with server.echo(), Speaker() as speaker, Microphone() as microphone:

        def ears():
            for frame in microphone.frames():
                heard.append(frame)
                left.append(echo.process(frame, speaker.reference.take()))

        thread = threading.Thread(target=ears)  # noqa: TID251
        thread.start()
        await anyio.sleep(1)
        await speaker.play(Clip(babble(12).astype(np.float32), RATE))
        await anyio.sleep(3)  # a pause must not shift the two against each other
        before = len(heard)
        await speaker.play(Clip(babble(3, seed=4).astype(np.float32), RATE))
        microphone.close()
        thread.join(5)
    again = slice(before + 10, before + 140)
    loss = decibels(rms(np.concatenate(heard[again])) / rms(np.concatenate(left[again])))
    assert loss > 20  # next to nothing once they slip
    assert echo.trusted


def test_a_model_that_writes_lets_the_loudspeaker_play_on(server):
    """It plays on for three seconds; `bench underruns` counts the gaps of a minute."""
    from tests.engines.conftest import model
    from voice_assistant.benches.underruns import gaps_while

    pytest.importorskip("llama_cpp")
    file = next(model("smollm2-135m").glob("*.gguf"))
    with Speaker() as speaker:
        gaps, tokens = gaps_while(speaker, file, 3.0)
    assert tokens > 0
    if os.getloadavg()[0] <= (os.cpu_count() or 1):  # otherwise others make gaps
        assert gaps <= 0.2 * 3.0 / BLOCK_SECONDS
