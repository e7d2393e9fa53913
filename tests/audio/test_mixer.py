"""The mixer, pulled by hand: joins, volumes, ducking, flush, taking back what was mixed ahead."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_assistant.audio.fader import gain, limited
from voice_assistant.audio.frames import Clip
from voice_assistant.audio.media import Cue, MediaChannel
from voice_assistant.audio.mixer import DUCK_DB, Mixer

RATE = 48_000
BLOCK = 480


def tone(seconds: float, *, hz: float = 440.0, level: float = 0.3, rate: int = RATE) -> np.ndarray:
    t = np.arange(round(seconds * rate)) / rate
    return (level * np.sin(2 * np.pi * hz * t)).astype(np.float32)


class Endless:
    """A media source that plays a steady level, for as long as it is told."""

    def __init__(self, level=0.5, samples=None):
        self.level, self.total, self.read_so_far, self.closed = level, samples, 0, False

    def read(self, n):
        n = n if self.total is None else min(n, self.total - self.read_so_far)
        self.read_so_far += n
        return np.full((n, 2), self.level, np.float32)

    @property
    def left(self):
        return None if self.total is None else self.total - self.read_so_far

    @property
    def position(self):
        return self.read_so_far / RATE

    def seek(self, seconds):
        self.read_so_far = round(seconds * RATE)

    def close(self):
        self.closed = True


def pull(mixer, seconds):
    """Pull and hear; the left channel."""
    out = []
    for _ in range(round(seconds * RATE / BLOCK)):
        block = mixer.pull(BLOCK)
        mixer.heard(block)
        out.append(block.samples[:, 0])
    return np.concatenate(out)


def steps(samples):
    return float(np.abs(np.diff(samples)).max())


def test_clips_join_on_the_very_next_sample():
    mixer, whole = Mixer(RATE), tone(1.0)
    for part in np.split(whole, [777, 5000, 31234]):
        mixer.voice.add(Clip(part, RATE))
    assert np.array_equal(pull(mixer, 1.0), whole)


def test_a_sentence_in_pieces_is_resampled_as_one():
    mixer, whole = Mixer(RATE), tone(1.0, rate=22_050)
    parts = np.split(whole, [3000, 9999])
    for number, part in enumerate(parts):
        mixer.voice.add(Clip(part, 22_050, last=number == len(parts) - 1))
    out = pull(mixer, 1.1)[:RATE]
    expected = tone(1.0)
    middle = slice(500, -500)
    assert np.abs(out[middle] - expected[middle]).max() < 0.003


def test_nothing_to_say_is_silence_and_moves_nothing():
    mixer = Mixer(RATE)
    assert not pull(mixer, 0.1).any()
    mixer.voice.add(Clip(tone(0.02), RATE))
    assert np.array_equal(pull(mixer, 0.02), tone(0.02))


def test_started_and_ended_are_told_when_heard_not_when_mixed():
    mixer, told = Mixer(RATE), []
    mixer.voice.add(
        Clip(tone(0.015), RATE), started=lambda: told.append("s"), ended=lambda: told.append("e")
    )
    blocks = [mixer.pull(BLOCK) for _ in range(3)]
    assert told == []
    mixer.heard(blocks[0])
    assert told == ["s"]
    mixer.heard(blocks[1])
    assert told == ["s", "e"]


@given(
    heard=st.integers(0, 60),
    ahead=st.integers(0, 20),
    lengths=st.lists(st.integers(1, 20_000), min_size=1, max_size=4),
)
def test_after_a_flush_nothing_of_the_old_sounds_and_the_heard_seconds_are_exact(
    heard, ahead, lengths
):
    mixer = Mixer(RATE)
    ended = []
    for number, length in enumerate(lengths):
        mixer.voice.add(
            Clip(np.full(length, 0.5, np.float32), RATE), ended=lambda n=number: ended.append(n)
        )
    for _ in range(heard):
        mixer.heard(mixer.pull(BLOCK))
    taken_back = [mixer.pull(BLOCK) for _ in range(ahead)]
    if taken_back:
        mixer.rewind(taken_back[0])
    seconds = mixer.voice.flush()
    assert ended == list(range(len(lengths)))  # every waiting play is let go
    mixer.voice.add(Clip(np.full(BLOCK, -0.25, np.float32), RATE))
    after = pull(mixer, 0.03)
    assert (after > 0).sum() <= 0.005 * RATE  # the fade of what was sounding, and no more
    assert (after == -0.25).sum() == BLOCK  # the new clip is whole
    played, expected = heard * BLOCK, 0.0
    for length in lengths:
        if 0 < played < length:
            expected = played / RATE
        played -= length
    assert seconds == pytest.approx(expected)


def test_a_flush_does_not_click():
    mixer = Mixer(RATE)
    mixer.voice.add(Clip(np.full(RATE, 0.5, np.float32), RATE))
    before = pull(mixer, 0.1)
    mixer.voice.flush()
    assert steps(np.concatenate((before[-1:], pull(mixer, 0.02)))) < 0.01


def test_ducking_reaches_the_ear_within_150_ms_and_so_does_the_return():
    mixer = Mixer(RATE)
    mixer.media.play(Cue(Endless()))
    pull(mixer, 0.2)
    mixer.duck(ducked=True)
    down = pull(mixer, 0.15)
    assert down[-1] == pytest.approx(0.5 * gain(DUCK_DB), rel=0.01)
    mixer.duck(ducked=False)
    up = pull(mixer, 0.15)
    assert up[-1] == pytest.approx(0.5, rel=0.01)
    assert max(steps(down), steps(up)) < 0.001  # a ramp, not a step


def test_what_was_mixed_ahead_is_taken_back_and_mixed_again_ducked():
    mixer = Mixer(RATE)
    mixer.media.play(Cue(Endless()))
    mixer.voice.add(Clip(tone(1.0), RATE))
    mixer.heard(mixer.pull(BLOCK))
    ahead = [mixer.pull(BLOCK) for _ in range(8)]
    mixer.rewind(ahead[0])
    again = [mixer.pull(BLOCK) for _ in range(8)]
    for one, other in zip(ahead, again, strict=True):
        assert np.array_equal(one.samples, other.samples)
    mixer.rewind(again[0])
    mixer.duck(ducked=True)
    ducked = np.concatenate([mixer.pull(BLOCK).samples[:, 0] for _ in range(8)])
    assert np.allclose(ducked[-1] - tone(1.0)[9 * BLOCK - 1], 0.5 * gain(DUCK_DB), atol=0.001)


def test_a_held_voice_goes_on_where_it_was():
    mixer, ramp = Mixer(RATE), np.linspace(0.1, 0.9, RATE, dtype=np.float32)
    mixer.voice.add(Clip(ramp, RATE))
    before = pull(mixer, 0.3)
    mixer.hold("voice", held=True)
    pause = pull(mixer, 0.5)
    mixer.hold("voice", held=False)
    after = pull(mixer, 0.5)
    assert not pause[BLOCK:].any()
    assert before[-1] <= after[BLOCK] <= before[-1] + 0.02


def test_volumes_are_separate():
    mixer = Mixer(RATE)
    mixer.set_volume("voice", -6.0)
    mixer.set_volume("earcons", -20.0)
    pull(mixer, 0.1)
    mixer.voice.add(Clip(np.full(RATE, 0.5, np.float32), RATE))
    assert pull(mixer, 0.1)[-1] == pytest.approx(0.5 * gain(-6), rel=1e-3)
    mixer.voice.flush()
    pull(mixer, 0.1)
    mixer.earcons.add(Clip(np.full(RATE, 0.5, np.float32), RATE))
    assert pull(mixer, 0.1)[-1] == pytest.approx(0.05, rel=1e-3)


def test_a_loud_sum_is_bent_and_never_clipped():
    loud = np.linspace(-4, 4, 1001, dtype=np.float32)[:, None]
    bent = limited(loud)
    assert np.abs(bent).max() <= 1.0
    assert (np.diff(bent[:, 0]) >= 0).all()
    quiet = loud[np.abs(loud[:, 0]) < 0.8]
    assert np.array_equal(limited(quiet), quiet)


# --- media --------------------------------------------------------------------------------


class Counting(Endless):
    """Plays its own sample numbers, so that a join can be checked sample by sample."""

    def __init__(self, samples, first=0):
        super().__init__(samples=samples)
        self.first = first

    def read(self, n):
        start = self.first + self.read_so_far
        n = len(super().read(n))
        return np.repeat(np.arange(start, start + n, dtype=np.float32)[:, None], 2, axis=1)


def test_queued_tracks_are_gapless_to_the_sample():
    channel = MediaChannel(RATE)
    channel.play(Cue(Counting(12_345)))
    channel.queue(Cue(Counting(7_777, first=12_345)))
    out = np.concatenate([channel.read(BLOCK)[:, 0] for _ in range(41)])
    assert np.array_equal(out, np.arange(41 * BLOCK))


def test_the_end_is_told_when_heard_and_the_source_closed():
    mixer, told, source = Mixer(RATE), [], Endless(samples=1000)
    mixer.media.play(Cue(source, started=lambda: told.append("s"), ended=lambda: told.append("e")))
    blocks = [mixer.pull(BLOCK) for _ in range(4)]
    assert told == []
    for block in blocks:
        mixer.heard(block)
    assert told == ["s", "e"]
    assert source.closed
    assert mixer.media.idle


def test_a_crossfade_keeps_the_power():
    mixer = Mixer(RATE)
    rng = np.random.default_rng(1)

    class Noise(Endless):
        def read(self, n):
            n = len(super().read(n))
            return rng.normal(0, 0.1, (n, 2)).astype(np.float32)

    mixer.media.play(Cue(Noise(samples=2 * RATE)))
    mixer.media.queue(Cue(Noise(samples=2 * RATE), crossfade=1.0))
    out = pull(mixer, 3.0)
    power = [float(np.sqrt((part**2).mean())) for part in np.split(out[: 3 * RATE], 30)]
    assert max(power[:-1]) / min(power[:-1]) < 1.1


def test_play_replaces_without_a_click_and_the_old_end_is_not_told():
    mixer, told = Mixer(RATE), []
    old = Endless(0.5)
    mixer.media.play(Cue(old, ended=lambda: told.append("old ended")))
    before = pull(mixer, 0.1)
    mixer.media.play(Cue(Endless(0.0)))
    after = pull(mixer, 0.2)
    assert steps(np.concatenate((before[-1:], after))) < 0.001
    assert not after[round(0.06 * RATE) :].any()
    assert old.closed
    assert told == []


def test_a_gain_per_track():
    mixer = Mixer(RATE)
    mixer.media.play(Cue(Endless(0.5), gain_db=-6.0))
    assert pull(mixer, 0.1)[-1] == pytest.approx(0.5 * gain(-6), rel=1e-3)


def test_seek_lands_where_it_should_after_a_short_fade():
    mixer, source = Mixer(RATE), Counting(100 * RATE)
    mixer.media.play(Cue(source))
    pull(mixer, 0.1)
    mixer.media.seek(60.0)
    pull(mixer, 1.0)
    assert mixer.media.seconds == pytest.approx(60.95, abs=0.02)


def test_a_source_that_is_not_ready_is_silence_and_goes_on_later():
    class Slow(Endless):
        ready = False

        def read(self, n):
            return super().read(n) if self.ready else np.zeros((0, 2), np.float32)

    mixer, source = Mixer(RATE), Slow()
    mixer.media.play(Cue(source))
    assert not pull(mixer, 0.1).any()
    source.ready = True
    assert (pull(mixer, 0.1) == 0.5).all()


def test_passing_is_told_every_second_that_was_heard():
    mixer, told = Mixer(RATE), []
    mixer.media.play(Cue(Endless(), passing=lambda: told.append(mixer.media.seconds)))
    ahead = [mixer.pull(BLOCK) for _ in range(120)]
    assert told == []  # mixed, not heard
    for block in ahead:
        mixer.heard(block)
    pull(mixer, 2.3)
    assert len(told) == 3


def test_who_is_replaced_or_stopped_is_told_and_who_ends_is_not():
    mixer, told = Mixer(RATE), []
    for name, length in (("ends", 1000), ("replaced", None), ("stopped", None), ("waits", None)):
        given = {"dropped": lambda name=name: told.append(name)}
        if name == "waits":
            mixer.media.queue(Cue(Endless(), **given))
        else:
            mixer.media.play(Cue(Endless(samples=length), **given))
            pull(mixer, 0.1)
    assert told == ["replaced"]
    mixer.media.stop()
    assert told == ["replaced", "waits", "stopped"]


def test_what_was_begun_is_not_forgotten_with_the_queue():
    mixer = Mixer(RATE)
    mixer.media.play(Cue(Endless(0.5)))
    mixer.media.queue(Cue(Endless(0.25)))
    mixer.media.forget_queue()
    assert (pull(mixer, 0.1) == 0.5).all()
