"""Voices: cut where they change, grouped, named by the user, and then forgotten."""

from __future__ import annotations

import json

import numpy as np
import pytest
from voice_assistant_skills.meetings.archive import VOICES, Archive
from voice_assistant_skills.meetings.composed import Spoken, error_of_labels
from voice_assistant_skills.meetings.importing import Engines, Importer
from voice_assistant_skills.meetings.meeting import Segment
from voice_assistant_skills.meetings.terms import repaired
from voice_assistant_skills.meetings.voices import grouped, turns, unit

from tests.fakes import NOW
from tests.skills.meetings.fakes import Counting, Loud
from voice_assistant.audio.files import write_wav
from voice_assistant.audio.frames import RATE, Clip


class Pitch:
    """An encoder for which a voice is its level: 8000 is one person, 16000 another."""

    seconds = 1.6

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def embed(self, samples, starts):
        look = round(self.seconds * RATE)
        windows = [samples[at : at + look].astype(float) for at in starts]
        rows = [np.abs(each[each != 0]).mean() for each in windows]
        return np.array([unit(np.array([r - 7000, 17000 - r, 0])) for r in rows], np.float32)


def tone(*parts: tuple[float, int]):
    return np.concatenate([np.full(round(s * RATE), level, np.int16) for s, level in parts])


def test_a_stretch_is_cut_where_the_voice_changes():
    found = list(turns(tone((4, 8000), (0.1, 0), (5, 16000)), Pitch()))
    assert len(found) == 2
    assert found[0].end / RATE == pytest.approx(4.05, abs=0.1)
    assert found[-1].end == round(9.1 * RATE)
    (whole,) = turns(tone((8, 8000)), Pitch())
    assert whole.end == 8 * RATE


def test_voices_are_grouped_in_the_order_of_their_first_word():
    chance = np.random.default_rng(3)
    people = np.eye(3, 64)
    said = [2, 0, 2, 1, 0, 2, 1, 0]
    voices = [unit((people[who] + chance.normal(0, 0.03, 64)).astype(np.float32)) for who in said]
    assert grouped(voices, [3.0] * 8) == [0, 1, 0, 2, 1, 0, 2, 1]
    assert grouped([], []) == []
    assert grouped(voices[:1], [0.5]) == [0]


def test_a_short_word_joins_the_nearest_voice():
    a, b = np.eye(2, dtype=np.float32)
    between = unit(a + 0.4 * b)
    assert grouped([a, b, between], [4.0, 4.0, 0.6]) == [0, 1, 0]


def test_labels_are_judged_by_the_time_they_are_wrong():
    truth = [Spoken(0, 6, "Ann"), Spoken(6, 8, "Bob"), Spoken(8, 10, "Ann")]

    def labelled(*parts):
        return [
            Segment(id=n, start=a, end=b, text="x", speaker=who)
            for n, (a, b, who) in enumerate(parts, 1)
        ]

    assert error_of_labels(truth, labelled((0, 6, "1"), (6, 8, "2"), (8, 10, "1"))) == 0
    assert error_of_labels(truth, labelled((0, 10, "1"))) == pytest.approx(0.2, abs=0.02)
    assert error_of_labels(truth, []) == 1


def test_a_meeting_gets_speakers_that_can_be_named(tmp_path):
    path = tmp_path / "talk.wav"
    sound = tone((1, 0), (4, 8000), (1, 0), (4, 16000), (1, 0), (4, 8000), (1, 0))
    write_wav(path, [Clip(sound.astype(np.float32) / 32768, RATE)])
    archive = Archive(tmp_path / "kept")
    engines = Engines(recognizer=Counting, detector=Loud, encoder=Pitch)
    importer = Importer(archive, engines)
    *_, meeting = importer.go_on(importer.meeting_of(path, NOW.date()))
    assert [each.speaker for each in meeting.segments] == ["Speaker 1", "Speaker 2", "Speaker 1"]
    assert not (archive.folder / meeting.id / VOICES).exists()
    meeting = archive.rename(meeting, "Speaker 1", "Anna")
    meeting = archive.rename(meeting, "Anna", "Anne")
    assert archive.load(meeting.id).speakers == ("Anne", "Speaker 2")
    header = json.loads((archive.folder / meeting.id / "meeting.json").read_text())
    assert header["names"] == {"Speaker 1": "Anne"}


@pytest.mark.parametrize(
    ("heard", "terms", "right"),
    [
        ("I asked Nadja about it.", ["Nadia"], "I asked Nadia about it."),
        ("The blue bird is late.", ["Bluebird"], "The blue bird is late."),
        ("We met bluebird there.", ["Bluebird"], "We met Bluebird there."),
        ("I found a banana.", ["Anna"], "I found a banana."),
        ("请章伟负责。", ["张伟"], "请张伟负责。"),
        ("天气很好。", ["张伟"], "天气很好。"),
    ],
)
def test_names_given_beforehand_are_put_right(heard, terms, right):
    assert repaired(heard, terms) == right
