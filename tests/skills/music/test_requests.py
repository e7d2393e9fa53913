"""Asking for music: what is said and done, what is learned, and why a track plays."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from voice_assistant_skills.music import judging
from voice_assistant_skills.music.choose import choose
from voice_assistant_skills.music.circumstances import Circumstances
from voice_assistant_skills.music.levels import crossfade, gain
from voice_assistant_skills.music.measure import Measured
from voice_assistant_skills.music.reading import read
from voice_assistant_skills.music.shelf import Shelf
from voice_assistant_skills.music.taste import Known
from voice_assistant_skills.music.track import Track

from tests.skills.music.house import RATE, House, steady
from voice_assistant.audio.fader import gain as factor

pytestmark = pytest.mark.anyio

FAST = Measured(tempo=170, energy=0.8, brightness=0.5, loudness=-12, speech=False, key="C major")
SLOW = Measured(tempo=62, energy=0.1, brightness=0.3, loudness=-24, speech=False, key="A minor")


@pytest.fixture
async def house(tmp_path):
    kinds = {"Dash": ("rock", FAST), "Sprint": ("electronic", FAST), "Hush": ("ambient", SLOW)}
    for title, (genre, _) in kinds.items():
        steady(
            tmp_path / "Music" / f"{title}.flac", 0.1, 20.0, title=title, artist=f"The {title}es",
            genre=genre, date="1994",
        )  # fmt: skip
    house = await House(tmp_path).begin()
    library = house.skill._indexer._library
    for track in library.tracks():
        library.keep(track.path, kinds[track.title][1])
    house.skill._indexer._show()
    return house


def titles(house):
    return {track.title for track in house.skill.deck.row.tracks}


async def test_music_for_running_is_what_the_feet_want(house):
    said = await house.ask("occasion", text="play music for running", occasion="running")
    assert "running" in said.text
    assert {"Dash", "Sprint"} == titles(house)
    assert said.display.startswith("1. ")
    await house.ask("occasion", text="play music to fall asleep", occasion="sleep")
    assert titles(house) == {"Hush"}


async def test_it_explains_itself(house):
    await house.ask("occasion", text="play music for running", occasion="running")
    await house.hear(1.0)
    said = (await house.ask("why")).text
    assert "170 beats a minute" in said
    assert "lively" in said
    assert "每分钟一百七十拍" in (await house.ask("why", "zh")).text
    await house.ask("like")
    assert "you like it" in (await house.ask("why")).text
    await house.ask("play", music="hush")
    await house.hear(1.0)
    assert "asked for Hush" in (await house.ask("why")).text
    await house.halt()
    assert "Nothing" in (await house.ask("why")).text


async def test_what_was_heard_long_ago_is_said(house):
    path = house.skill.shelf.tracks[0].path
    long_ago = house.clock.now() - timedelta(days=90)
    house.skill.taste.began("", path, long_ago)
    await house.ask("play", music=house.skill.shelf.tracks[0].title.lower())
    await house.hear(1.0)
    assert "you last heard it" in (await house.ask("why")).text


async def test_never_is_never_and_can_be_taken_back(house):
    await house.ask("occasion", text="play music for running", occasion="running")
    await house.hear(1.0)
    gone = house.title
    said = await house.ask("never")
    assert f"never play {gone}" in said.text
    await house.hear(1.0)
    assert house.title not in (gone, None)
    for _ in range(5):
        await house.ask("occasion", text="play music for running", occasion="running")
        assert gone not in titles(house)
    assert await said.receipts[0].undo() == "Forgotten."
    found = set()
    for _ in range(5):
        await house.ask("occasion", text="play music for running", occasion="running")
        found |= titles(house)
    assert gone in found


async def test_skips_and_finishes_are_learned(house):
    await house.ask("occasion", text="play music for running", occasion="running")
    await house.hear(2.0)
    skipped = house.skill.track.path
    await house.ask("next")
    await house.hear(1.0)
    assert house.skill.taste.of("")[skipped].skips == 1
    finished = house.skill.track.path
    await house.hear(21.0)
    known = house.skill.taste.of("")
    assert known[finished].finishes == 1
    assert known[finished].fondness > known[skipped].fondness


async def test_what_is_liked_comes_before_what_is_skipped():
    tracks = judging.described()
    wish = read("play some jazz", "en")
    shelf = Shelf(tracks)
    jazz = [track.path for track in tracks if "jazz" in track.genre]
    known = {
        **{path: Known(skips=4) for path in jazz[::2]},
        **{path: Known(finishes=4, liked=True) for path in jazz[1::2]},
    }
    row = choose(
        read("play ten minutes of jazz", "en"), shelf, Circumstances(now=judging.NOW, known=known)
    )
    assert all(known[track.path].liked for track in row.tracks)
    assert len(choose(wish, shelf, Circumstances(now=judging.NOW, known=known)).tracks) == len(jazz)


async def test_everybody_has_a_taste_of_their_own(house):
    who = ["Ada"]
    house.skill.home.services["speaking"] = lambda: who[0]
    await house.ask("play", music="dash")
    await house.hear(1.0)
    await house.ask("never")
    who[0] = "Ben"
    await house.ask("occasion", text="play music for running", occasion="running")
    assert "Dash" in titles(house)
    who[0] = "Ada"
    await house.ask("occasion", text="play music for running", occasion="running")
    assert "Dash" not in titles(house)


@pytest.mark.parametrize(
    ("said", "language", "genres", "not_by"),
    [
        ("play songs like copper rain", "en", ("electronic", "house", "techno"), ""),
        ("give me something in the style of leo castellan", "en", ("classical",), "Leo Castellan"),
        ("music that sounds like sable crown", "en", ("metal", "punk", "rock"), "Sable Crown"),
        ("来点跟旧车票差不多的歌", "zh", ("流行", "抒情", "民谣"), ""),
        ("有没有类似铁皮鼓乐队的歌手", "zh", ("摇滚", "rock"), "铁皮鼓乐队"),
    ],
)
def test_what_is_like_a_name_shares_tags_and_what_was_heard(said, language, genres, not_by):
    shelf = Shelf(judging.described())
    wish = read(said, language)
    choice = choose(wish, shelf, Circumstances(now=judging.NOW))
    row = choice.tracks[:10]
    assert choice.like
    meant = shelf.of(choice.like)
    assert not {track.path for track in row} & {track.path for track in meant}
    near = [
        track
        for track in row
        if any(g in track.genre for g in genres)
        or min(abs(track.energy - each.energy) for each in meant) < 0.1
    ]
    assert len(near) == len(row) >= 5
    assert all(track.artist != not_by for track in row)


def test_a_description_or_a_title_is_not_taken_for_a_likeness():
    shelf = Shelf(judging.described())
    jazz = choose(read("play something like jazz", "en"), shelf, Circumstances(now=judging.NOW))
    assert jazz.like is None
    assert all("jazz" in track.genre for track in jazz.tracks)
    nobody = choose(read("songs like zzyzx quartet", "en"), shelf, Circumstances(now=judging.NOW))
    assert nobody.problem == "not_found"


async def test_the_weather_is_a_ground_where_it_is_known(house):
    sky = ["rainy"]
    house.skill.home.services["sky"] = lambda: sky[0]
    said = await house.ask("describe", text="play something that fits the weather")
    assert "calm" in said.text
    assert house.skill.track.title == "Hush"
    assert "raining" in (await house.ask("why")).text
    assert "在下雨" in (await house.ask("why", "zh")).text
    sky[0] = ""
    said = await house.ask("describe", text="play something that fits the weather")
    assert "don't know the weather" in said.text


def test_fine_weather_tilts_a_wish_that_leaves_all_open():
    shelf = Shelf(judging.described())

    def energy(sky):
        given = Circumstances(now=judging.NOW, weather=sky, dice=Random(1))
        row = choose(read("play some music", "en"), shelf, given).tracks
        return sum(track.energy for track in row) / len(row)

    assert energy("clear") > energy("") > energy("rainy")


async def test_more_like_this_and_more_when_the_row_runs_out(house):
    assert "Nothing" in (await house.ask("similar")).text
    await house.ask("play", music="dash")
    await house.hear(1.0)
    await house.ask("similar")
    await house.hear(1.0)
    assert house.title == "Sprint"
    before = len(house.skill.deck.row.tracks)
    await house.hear(25.0)  # it goes on with what is alike
    assert not house.skill.deck.idle
    assert len(house.skill.deck.row.tracks) > before


async def test_what_is_not_there_is_said(house):
    assert "can't find polka kings" in (await house.ask("play", text="play polka kings")).text
    assert "no jazz" in (await house.ask("genre", text="play some jazz", genre="jazz")).text
    said = await house.ask("tempo", text="play something at 101 bpm", tempo=101)
    assert "101 beats" in said.text
    assert "没有找到" in (await house.ask("play", "zh", text="播放无名氏的歌")).text
    assert house.skill.deck.idle


async def test_an_empty_library_says_how_to_add_music_and_still_has_sounds(tmp_path):
    house = await House(tmp_path).begin()
    assert str(tmp_path / "Music") in (await house.ask("play")).text
    assert "rain" in (await house.ask("sound", sound="rain")).text
    heard = await house.hear(3.0)
    assert float((heard[RATE:] ** 2).mean()) > 1e-4
    assert "rain" in (await house.ask("what")).text
    assert (await house.ask("never_on", text="i don't like it")).text == ""
    assert house.skill.deck.idle


async def test_it_says_that_it_still_looks_through_the_folders(tmp_path):
    for number in range(60):
        (tmp_path / "Music").mkdir(exist_ok=True)
        (tmp_path / "Music" / f"{number}.mp3").write_bytes(b"no music")
    house = House(tmp_path)
    await house.skill.start()
    house.worker.work(most=3)
    assert "50 files" in (await house.ask("play")).text
    house.worker.work()
    assert "no music yet" in (await house.ask("play")).text


async def test_the_shelf_is_counted(house):
    assert (await house.ask("shelf")).text == "You have 3 tracks by 3 artists."


async def test_a_sound_that_played_when_it_was_killed_goes_on(tmp_path):
    house = await House(tmp_path).begin()
    await house.ask("sound", sound="sea")
    again = await House(tmp_path, database=house.database).begin()
    await again.ask("resume")
    assert "the sea" in (await again.ask("what")).text


# --- levels and fades ---------------------------------------------------------------------


def track(number, **known):
    return Track(path=f"{number}", title=f"{number}", number=number, seconds=200, **known)


async def test_records_of_any_loudness_are_played_alike(tmp_path):
    for title, level in (("Loud", 0.4), ("Soft", 0.1)):
        wanted = {"Loud": "-6 dB", "Soft": "+6 dB"}[title]
        steady(
            tmp_path / "Music" / f"{title}.flac", level, 50.0, title=title, artist="Any",
            replaygain_track_gain=wanted,
        )  # fmt: skip
    house = await House(tmp_path, settings={"crossfade": 4.0}).begin()
    await house.ask("play", music="any")
    heard = await house.hear(60.0)
    assert heard[10 * RATE] == pytest.approx(0.2, abs=0.005)
    assert heard[-1] == pytest.approx(0.2, abs=0.005)
    # Two equal levels, crossed at equal power over four seconds before the first one's end.
    crossing = heard[round(45.9 * RATE) : 50 * RATE]
    assert crossing.max() == pytest.approx(0.2 * 2**0.5, rel=0.03)
    begins = next(at for at, each in enumerate(heard) if each > 0.205)
    assert begins / RATE == pytest.approx(46.0, abs=0.2)


def test_an_album_keeps_its_loud_and_soft_tracks_apart():
    album = [track(1, album="A", loudness=-10.0), track(2, album="A", loudness=-20.0)]
    assert gain(album[0], album) == gain(album[1], album)
    mixed = [track(1, loudness=-10.0), track(2, loudness=-20.0)]
    assert [gain(each, mixed) for each in mixed] == [-8.0, 2.0]
    assert gain(track(1), mixed) < 0  # unheard: most records are loud
    assert factor(gain(track(1, loudness=-60.0), mixed)) < 3


def test_no_fade_within_an_album_nor_into_short_pieces():
    album = [track(1, album="A"), track(2, album="A")]
    assert crossfade(*album, album, 3.0) == 0
    assert crossfade(track(1), track(2), [track(1), track(2)], 3.0) == 3.0
    short = Track(path="s", title="s", seconds=20)
    assert crossfade(track(1), short, [], 3.0) == 0


async def test_an_alarm_may_wake_with_music(house):
    wake = house.skill.offers()["play_music"]
    assert await wake("hush", "en") == "Hush"
    await house.hear(1.0)
    assert house.title == "Hush"
    assert await wake("polka kings", "en") is None
    assert await wake("", "en")
