"""Music that is asked for by a playlist's name, on another tempo, or past the end of a row."""

import pytest

from tests.skills.music.house import House, steady

pytestmark = pytest.mark.anyio


@pytest.fixture
async def house(tmp_path):
    music = tmp_path / "Music"
    for number, (title, tempo) in enumerate((("Slow", 80), ("Middle", 110), ("Quick", 150)), 1):
        steady(music / f"{number}.flac", 0.1 * number, 2, title=title, artist="Us", bpm=tempo)
    (music / "party.m3u").write_text("2.flac\n1.flac\n")
    return await House(tmp_path).begin()


async def test_a_playlist_is_known_by_its_name_before_the_word(house):
    await house.ask("occasion", text="play my party playlist", occasion="party")
    assert house.title == "Middle"


async def test_faster_and_slower_than_what_plays(house):
    await house.ask("play", music="middle", text="play middle")
    await house.ask("pace", text="a bit faster")
    assert house.title == "Quick"
    await house.ask("pace", text="slower please")
    assert house.title in ("Slow", "Middle")


async def test_after_the_last_of_a_row_comes_more_and_back_leads_home(house):
    await house.ask("play", music="middle", text="play middle")
    await house.ask("next")
    assert house.title != "Middle"
    await house.ask("back")
    assert house.title == "Middle"


async def test_whose_music_there_is(house):
    assert "Us" in (await house.ask("artists")).text
    assert "party" in (await house.ask("playlists")).text
