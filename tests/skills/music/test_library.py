"""The index: tags of every format, changes, playlists, broken files, listening that is resumed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from voice_assistant_skills.music.indexer import Indexer
from voice_assistant_skills.music.library import Library
from voice_assistant_skills.music.measure import Measured
from voice_assistant_skills.music.names import Names
from voice_assistant_skills.music.playlists import read_playlist
from voice_assistant_skills.music.shelf import Shelf
from voice_assistant_skills.music.tags import read_tags
from voice_assistant_skills.music.track import Track

from tests.skills.music.house import Later, steady
from tests.skills.music.made import piece, write

HEARD = Measured(
    tempo=120.0, energy=0.5, brightness=0.4, loudness=-12.0, speech=False, key="C major"
)
TAGS = {
    "title": "Räder",
    "artist": "周杰伦",
    "album": "叶惠美",
    "genre": "Pop/Rock",
    "date": "2003-07-31",
    "tracknumber": "3/12",
}


def scan(library, folder):
    for _ in library.scan([folder]):
        pass
    return library.changed


@pytest.mark.parametrize("ending", [".flac", ".mp3", ".m4a", ".opus"])
def test_tags_of_every_format(tmp_path, ending):
    track = read_tags(write(tmp_path / f"x{ending}", piece(120, seconds=1), **TAGS))
    assert (track.title, track.artist, track.album) == ("Räder", "周杰伦", "叶惠美")
    assert (track.genre, track.year, track.number) == ("pop;rock", 2003, 3)
    assert track.seconds == pytest.approx(1.0, abs=0.15)
    assert track.language == "zh"


def test_a_file_without_tags_speaks_by_its_name(tmp_path):
    track = read_tags(steady(tmp_path / "07 - Mara Quill - Low_Tide.flac", 0.1, 1.0))
    assert (track.artist, track.title) == ("Mara Quill", "Low Tide")


def test_replay_gain_and_tempo_tags(tmp_path):
    file = steady(tmp_path / "a.flac", 0.1, 1.0, replaygain_track_gain="-6.50 dB", bpm="172")
    track = read_tags(file)
    assert track.loudness == pytest.approx(-11.5)
    assert track.tempo == 172


def test_a_scan_finds_what_is_new_changed_and_gone(tmp_path):
    library = Library(tmp_path / "index.db")
    folder = tmp_path / "Music"
    one = steady(folder / "a" / "one.flac", 0.1, 1.0, title="One")
    steady(folder / "b" / "two.flac", 0.1, 1.0, title="Two")
    (folder / "notes.txt").write_text("no music")
    assert scan(library, folder)
    assert [track.title for track in library.tracks()] == ["One", "Two"]
    assert not scan(library, folder)
    steady(one, 0.1, 2.0, title="Another")
    os.utime(one, (1, 1))
    (folder / "b" / "two.flac").unlink()
    assert scan(library, folder)
    assert [track.title for track in library.tracks()] == ["Another"]


def test_a_folder_that_is_away_keeps_its_tracks(tmp_path):
    library = Library(":memory:")
    folder = tmp_path / "usb"
    steady(folder / "one.flac", 0.1, 1.0, title="One")
    scan(library, folder)
    folder.rename(tmp_path / "elsewhere")
    assert not scan(library, folder)
    assert len(library.tracks()) == 1


def test_broken_files_are_reported_and_cost_themselves_only(tmp_path):
    library = Library(":memory:")
    steady(tmp_path / "good.flac", 0.1, 1.0, title="Good")
    (tmp_path / "bad.mp3").write_bytes(b"nonsense" * 100)
    (tmp_path / "empty.ogg").write_bytes(b"")
    (tmp_path / "list.xspf").write_text("<not xml")
    scan(library, tmp_path)
    assert [track.title for track in library.tracks()] == ["Good"]
    assert {Path(path).name for path in library.broken()} == {"bad.mp3", "empty.ogg", "list.xspf"}
    assert not scan(library, tmp_path)  # and are not tried again and again


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.m3u", "#EXTM3U\n#EXTINF:1,x\none.flac\nsub/two.flac\nhttp://example.org/live\n"),
        ("b.pls", "[playlist]\nFile2=sub/two.flac\nFile1=one.flac\nNumberOfEntries=2\n"),
        (
            "c.xspf",
            '<playlist xmlns="http://xspf.org/ns/0/"><trackList>'
            "<track><location>one.flac</location></track>"
            "<track><location>sub/two%2Eflac</location></track></trackList></playlist>",
        ),
    ],
)
def test_playlists(tmp_path, name, text):
    for each in ("one.flac", "sub/two.flac"):
        steady(tmp_path / each, 0.1, 1.0, title=Path(each).stem)
    (tmp_path / name).write_text(text)
    expected = [str(tmp_path / "one.flac"), str(tmp_path / "sub/two.flac")]
    assert read_playlist(tmp_path / name) == expected
    library = Library(":memory:")
    scan(library, tmp_path)
    hit = Shelf(library.tracks(), library.playlists()).names.find(Path(name).stem, ("playlist",))
    assert hit is None or len(hit.tracks) == 2


def test_tags_win_over_what_was_heard(tmp_path):
    library = Library(":memory:")
    steady(tmp_path / "a.flac", 0.1, 1.0, title="A", bpm="90", replaygain_track_gain="0 dB")
    steady(tmp_path / "b.flac", 0.1, 1.0, title="B")
    scan(library, tmp_path)
    while path := library.unheard():
        library.keep(path, HEARD)
    tagged, bare = library.tracks()
    assert (tagged.tempo, tagged.loudness, tagged.energy) == (90, -18.0, 0.5)
    assert (bare.tempo, bare.loudness, bare.key) == (120, -12.0, "C major")


def test_listening_goes_on_where_it_was_cut_off(tmp_path):
    for number in range(4):
        write(tmp_path / "Music" / f"{number}.flac", piece(100, seconds=4), title=str(number))
    (tmp_path / "Music" / "x.mp3").write_bytes(b"ID3" + b"nonsense" * 200)
    index = tmp_path / "index.db"
    worker = Later()
    indexer = Indexer(index, [tmp_path / "Music"], worker, listens=True)
    indexer.start(None)
    worker.work(most=6)  # opened, scanned, two heard; then the power goes
    library = Library(index)
    before = library.counts()[1]
    assert 0 < before < 4
    library.close()
    indexer.stop()
    again = Indexer(index, [tmp_path / "Music"], Later(), listens=True)
    again.start(None)
    again._worker.work()
    assert again.heard == again._library.counts()[1] == 4
    assert all(track.tempo for track in again.shelf.tracks)
    again.stop()
    again._worker.work()


def test_folders_are_watched(tmp_path):
    import threading

    folder = tmp_path / "Music"
    folder.mkdir()
    posted = threading.Event()

    class Noting:
        def post(self, fn):
            posted.set()

    indexer = Indexer(":memory:", [folder], Noting(), listens=False)
    thread = threading.Thread(target=indexer._watch)  # noqa: TID251 - the watcher's own
    thread.start()
    for _ in range(60):
        steady(folder / "new.flac", 0.1, 0.1)
        if posted.wait(0.5):
            break
    indexer._stopped = True
    thread.join(10)
    assert posted.is_set()
    assert not thread.is_alive()


# --- names --------------------------------------------------------------------------------


def names(*artists):
    return Names([Track(path=name, title="x", artist=name) for name in artists])


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("beatles", "The Beatles"),
        ("the beetles", "The Beatles"),
        ("mozart", "Wolfgang Amadeus Mozart"),
        ("bjork", "Björk"),
        ("simon and garfunkel", "Simon & Garfunkel"),
        ("tchaikovski", "Tchaikovsky"),
        ("周杰輪", "周杰伦"),
        ("周结轮", "周杰伦"),
        ("zhou jie lun", "周杰伦"),
        ("zhoujielun", "周杰伦"),
        ("邓丽军", "鄧麗君"),
        ("teng li chun", None),
        ("nobody at all", None),
    ],
)
def test_names_are_found_misspelt_misheard_and_in_pinyin(said, meant):
    shelf = names(
        "The Beatles", "Wolfgang Amadeus Mozart", "Björk", "Simon & Garfunkel", "Tchaikovsky",
        "周杰伦", "鄧麗君", "Queen",
    )  # fmt: skip
    hit = shelf.find(said, ("artist",))
    assert (hit.name if hit else None) == meant
