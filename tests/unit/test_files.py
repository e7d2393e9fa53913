"""Sound files in and out."""

import numpy as np
import pytest

from voice_assistant.audio.files import read_frames, read_samples, write_wav
from voice_assistant.audio.frames import FRAME, RATE, Clip, silence
from voice_assistant.errors import VoiceAssistantError


def tone(seconds, rate, hertz=440):
    return Clip(
        (0.5 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)).astype(
            np.float32
        ),
        rate,
    )


def test_a_clip_comes_back_as_it_was_written(tmp_path):
    clip = tone(0.5, RATE)
    write_wav(tmp_path / "a.wav", [clip])
    assert np.abs(read_samples(tmp_path / "a.wav") / 32768 - clip.samples).max() < 0.001


def test_frames_are_whole_and_the_last_ends_in_silence(tmp_path):
    write_wav(tmp_path / "a.wav", [Clip(np.full(FRAME + 10, 0.5, np.float32), RATE)])
    frames = list(read_frames(tmp_path / "a.wav"))
    assert [frame.shape for frame in frames] == [(FRAME,), (FRAME,)]
    assert frames[1][9] > 0
    assert not frames[1][10:].any()


def test_another_rate_and_stereo_are_read_as_mono_at_ours(tmp_path):
    left = tone(1, 44_100)
    stereo = Clip(np.stack([left.samples, left.samples], axis=1), 44_100)
    write_wav(tmp_path / "a.wav", [stereo])
    assert len(read_samples(tmp_path / "a.wav")) == pytest.approx(RATE, abs=50)
    assert len(read_samples(tmp_path / "a.wav", 44_100)) == 44_100


def test_clips_of_several_rates_are_joined_at_the_first(tmp_path):
    write_wav(tmp_path / "a.wav", [silence(0.5, 22_050), silence(0.5, 16_000)])
    assert len(read_samples(tmp_path / "a.wav", 22_050)) == 22_050


@pytest.mark.parametrize("content", [b"", b"not sound at all", b"RIFF\x00\x00\x00\x00WAVEfmt "])
def test_a_file_that_is_no_sound_says_so_in_one_line(tmp_path, content):
    (tmp_path / "a.wav").write_bytes(content)
    with pytest.raises(VoiceAssistantError, match=r"a\.wav") as problem:
        list(read_frames(tmp_path / "a.wav"))
    assert "\n" not in str(problem.value)


def test_a_missing_file_and_a_folder_are_stated_failures(tmp_path):
    for path in (tmp_path / "gone.wav", tmp_path):
        with pytest.raises(VoiceAssistantError, match=path.name):
            list(read_frames(path))
