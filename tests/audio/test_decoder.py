"""Files decoded ahead: whole, gapless, from anywhere, and never fatal."""

from __future__ import annotations

import wave

import av
import numpy as np
import pytest

from voice_assistant.audio.decoder import AHEAD_SECONDS, DecodedFile
from voice_assistant.audio.media import Cue, MediaChannel
from voice_assistant.workers import InlineWorker

RATE = 48_000


def wav(path, samples):
    with wave.open(str(path), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(np.repeat(samples.astype("<i2")[:, None], 2, axis=1).tobytes())
    return path


def ramp(seconds, first=0):
    """Every sample differs from its neighbours, so that a join can be checked."""
    return (np.arange(first, first + round(seconds * RATE)) * 7 % 30_000).astype(np.int16)


def read_all(source, n=480):
    parts = []
    while source.left != 0:
        parts.append(source.read(n))
    return np.round(np.concatenate(parts)[:, 0] * 32768).astype(np.int16)


def test_a_file_comes_out_whole(tmp_path):
    samples = ramp(20.0)
    source = DecodedFile(wav(tmp_path / "a.wav", samples), RATE, InlineWorker())
    assert np.array_equal(read_all(source), samples)
    assert source.position == pytest.approx(20.0)


def test_only_some_seconds_are_held(tmp_path):
    source = DecodedFile(wav(tmp_path / "a.wav", ramp(60.0)), RATE, InlineWorker())
    assert source._ahead.ready < (AHEAD_SECONDS + 1) * RATE
    assert source.left is None


@pytest.mark.parametrize("start", [0.5, 7.25, 19.9])
def test_it_starts_anywhere_to_the_sample(tmp_path, start):
    samples = ramp(20.0)
    source = DecodedFile(wav(tmp_path / "a.wav", samples), RATE, InlineWorker(), start=start)
    assert np.array_equal(read_all(source), samples[round(start * RATE) :])
    source.seek(1.0)
    assert source.position == 1.0
    assert np.array_equal(read_all(source), samples[RATE:])


def test_two_files_join_on_the_very_next_sample(tmp_path):
    whole = ramp(3.0)
    cut = 61_234
    channel, worker = MediaChannel(RATE), InlineWorker()
    channel.play(Cue(DecodedFile(wav(tmp_path / "a.wav", whole[:cut]), RATE, worker)))
    channel.queue(Cue(DecodedFile(wav(tmp_path / "b.wav", whole[cut:]), RATE, worker)))
    out = np.concatenate([channel.read(480)[:, 0] for _ in range(300)])
    assert np.array_equal(np.round(out * 32768).astype(np.int16), whole)


def test_another_rate_and_format(tmp_path):
    path = tmp_path / "a.flac"
    t = np.arange(44_100 * 2) / 44_100
    tone = (16_000 * np.sin(2 * np.pi * 440 * t)).astype(np.int16)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("flac", rate=44_100, layout="mono")
        frame = av.AudioFrame.from_ndarray(tone[None, :], format="s16", layout="mono")
        frame.sample_rate = 44_100
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    out = read_all(DecodedFile(path, RATE, InlineWorker())).astype(float)
    assert len(out) == pytest.approx(2 * RATE, rel=0.03)
    assert np.argmax(np.abs(np.fft.rfft(out))) * RATE / len(out) == pytest.approx(440, abs=2)


@pytest.mark.parametrize("content", [b"", b"this is no music", bytes(4000)])
def test_a_broken_file_ends_and_says_why(tmp_path, content):
    path = tmp_path / "broken.mp3"
    path.write_bytes(content)
    source = DecodedFile(path, RATE, InlineWorker())
    assert source.left == 0
    assert source.failed.startswith("broken.mp3 cannot be played: ")


def test_a_missing_file_too(tmp_path):
    assert DecodedFile(tmp_path / "none.mp3", RATE, InlineWorker()).failed
