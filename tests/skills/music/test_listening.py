"""What is heard in music: tempo, loudness, key, speech; and the process that listens."""

from __future__ import annotations

import os
from pathlib import Path
from time import process_time

import numpy as np
import pytest
from voice_assistant_skills.music.library import Library
from voice_assistant_skills.music.listening import Child, listen
from voice_assistant_skills.music.measure import RATE, Listener
from voice_assistant_skills.music.reading import read
from voice_assistant_skills.music.shelf import Shelf
from voice_assistant_skills.music.tags import read_tags

from tests.skills.music.house import RATE as HOUSE_RATE
from tests.skills.music.house import House
from tests.skills.music.made import chord, piece, write

WESNOTH = Path("/usr/share/games/wesnoth/1.16/data/core/music")


def heard(sound):
    listener = Listener()
    for at in range(0, len(sound), 7 * RATE):
        listener.feed(sound[at : at + 7 * RATE])
    return listener.told()


def stereo(mono):
    return np.repeat(np.asarray(mono, np.float32)[:, None], 2, axis=1)


def sine(hertz, decibels, seconds=10):
    time = np.arange(seconds * RATE) / RATE
    return 10 ** (decibels / 20) * np.sin(2 * np.pi * hertz * time)


def test_the_tempo_of_nine_in_ten_with_swing_syncopation_and_noise():
    dice = np.random.default_rng(11)
    right = 0
    for number in range(40):
        bpm = dice.uniform(58, 205)
        sound = piece(
            bpm,
            seconds=24.0,
            swing=dice.choice([0.0, 0.08, 0.16]),
            syncopation=dice.choice([0.0, 0.4, 0.8]),
            noise=dice.choice([0.0, 0.03, 0.15]),
            seed=100 + number,
        )
        found = heard(sound).tempo / bpm
        right += any(abs(found / factor - 1) <= 0.04 for factor in (0.5, 1, 2))
    assert right >= 36


def test_what_has_no_beat_has_no_tempo_or_says_so_softly():
    noise = np.random.default_rng(1).normal(0, 0.1, 20 * RATE)
    assert heard(stereo(noise)).energy is not None
    with pytest.raises(ValueError, match="silent"):
        heard(np.zeros((RATE, 2), np.float32))


@pytest.mark.parametrize("decibels", [-33.0, -23.0, -13.0])
def test_loudness_is_that_of_ebu_tech_3341(decibels):
    """A stereo sine of 1 kHz at so many dBFS has as many LUFS (test signals 1 and 2)."""
    assert heard(stereo(sine(997, decibels))).loudness == pytest.approx(decibels, abs=0.1)


def test_silence_between_does_not_make_it_softer():
    """The gates of BS.1770: test signal 3 of EBU Tech 3341."""
    parts = [sine(997, -36), sine(997, -23, 60), sine(997, -36)]
    assert heard(stereo(np.concatenate(parts))).loudness == pytest.approx(-23.0, abs=0.1)


def test_one_channel_alone_is_three_decibels_softer():
    sound = stereo(sine(997, -20))
    sound[:, 1] = 0
    assert heard(sound).loudness == pytest.approx(-23.0, abs=0.2)


@pytest.mark.parametrize(("minor", "mode"), [(False, "major"), (True, "minor")])
def test_the_key(minor, mode):
    a = 220.0
    steps = (0, 5, 7, 0)
    shade = [minor, minor, False, minor]
    chords = [chord(a * 2 ** (s / 12), 2.0, minor=m) for s, m in zip(steps, shade, strict=True)]
    assert heard(stereo(np.tile(np.concatenate(chords), 3))).key == f"A {mode}"


def test_loud_and_busy_is_more_energetic_than_soft_and_sparse():
    wild = piece(170, noise=0.05, syncopation=0.8, level=0.95)
    mild = 0.05 * stereo(np.concatenate([chord(110, 6.0)] * 5))
    assert heard(wild).energy > heard(mild).energy + 0.25
    assert heard(stereo(sine(3000, -20))).brightness > heard(stereo(sine(150, -20))).brightness


def test_talk_is_told_from_music():
    dice = np.random.default_rng(2)
    words = []
    while sum(map(len, words)) < 30 * RATE:
        length = round(dice.uniform(0.12, 0.4) * RATE)
        time = np.arange(length) / RATE
        voice = np.sign(np.sin(2 * np.pi * dice.uniform(90, 180) * time)) * np.hanning(length)
        words += [0.3 * voice, np.zeros(round(dice.exponential(0.18) * RATE))]
    assert heard(stereo(np.concatenate(words))).speech
    assert not heard(piece(100, seconds=30)).speech


def test_pieces_of_any_length_are_heard_the_same():
    sound = piece(120, seconds=20)
    listener = Listener()
    dice = np.random.default_rng(3)
    at = 0
    while at < len(sound):
        size = int(dice.integers(1, 60_000))
        listener.feed(sound[at : at + size])
        at += size
    assert listener.told() == heard(sound)


def test_the_child_listens_survives_broken_files_and_its_own_death(tmp_path):
    good = write(tmp_path / "good.flac", piece(128, seconds=12))
    bad = tmp_path / "bad.mp3"
    bad.write_bytes(b"no music" * 99)
    with Child() as child:
        assert child.ask(str(good)).tempo == pytest.approx(128, rel=0.02)
        with pytest.raises(ValueError, match=r"\w"):
            child.ask(str(bad))
        if hasattr(os, "getpriority"):
            assert os.getpriority(os.PRIO_PROCESS, child._child.pid) == 19
        child._child.kill()
        child._child.wait()
        assert child.ask(str(good)).loudness < -5  # a new one was started


@pytest.fixture(scope="module")
def orchestra(tmp_path_factory):
    """A library of a real orchestra; where that is not installed, one that was made, with a soft
    slow piece, a loud fast one, and nothing."""
    if WESNOTH.is_dir():
        return WESNOTH
    folder = tmp_path_factory.mktemp("orchestra")
    tags = {"artist": "Nobody", "album": "Made", "genre": "game", "date": "2004"}
    soft = 0.2 * stereo(np.concatenate([chord(110, 6.0)] * 5))
    write(folder / "sad.ogg", soft, codec="libopus", title="Sad", **tags)
    write(
        folder / "frantic-old.ogg",
        piece(150, noise=0.05),
        codec="libopus",
        title="Frantic",
        **tags,
    )
    nothing = np.random.default_rng(1).normal(0, 1e-5, (10 * RATE, 2)).astype(np.float32)
    write(folder / "silence.ogg", nothing, codec="libopus")
    return folder


def test_a_real_library_is_scanned_and_named(orchestra):
    library = Library(":memory:")
    for _ in library.scan([orchestra]):
        pass
    tracks = library.tracks()
    assert not library.broken()
    assert len(tracks) == len(list(orchestra.glob("*.ogg")))
    assert sum(bool(track.artist and track.album and track.year) for track in tracks) >= (
        len(tracks) - 2
    )
    assert all(track.title and track.seconds for track in tracks)
    hit, _ = Shelf(tracks).named(read("play frantick", "en"))
    assert hit is not None
    assert hit.name == "Frantic"


def test_a_real_orchestra_is_heard_at_twenty_times_its_speed(orchestra):
    began = process_time()
    frantic, sad = (listen(str(orchestra / f"{name}.ogg")) for name in ("frantic-old", "sad"))
    cost = process_time() - began
    seconds = sum(read_tags(orchestra / f"{name}.ogg").seconds for name in ("frantic-old", "sad"))
    assert seconds / cost >= 20  # decoding and all, one core
    assert frantic.energy > sad.energy + 0.15
    assert not frantic.speech
    assert not sad.speech
    assert all(-40 < each.loudness < -5 for each in (frantic, sad))
    with pytest.raises(ValueError, match="silent"):
        listen(str(orchestra / "silence.ogg"))


async def test_a_real_track_plays_levelled(orchestra, tmp_path):
    house = await House(tmp_path, settings={"folders": [str(orchestra)]}).begin()
    said = await house.ask("play", music="frantic", text="play frantic")
    assert "Frantic" in said.text
    heard = await house.hear(8.0)
    power = float((heard[2 * HOUSE_RATE :] ** 2).mean())
    assert 1e-4 < power < 0.2
    assert np.abs(heard).max() <= 1.0
