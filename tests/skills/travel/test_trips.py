"""A trip: kept on disk, written down whole, counted down to, read day by day, taken back."""

from datetime import date, timedelta

import pytest
from voice_assistant_skills.travel import atlas
from voice_assistant_skills.travel.guide import Guide
from voice_assistant_skills.travel.skill import Travel

from tests.fakes import TryOut
from voice_assistant.store import Database

FIVE = timedelta(days=5)


@pytest.fixture
def house(tmp_path):
    return TryOut(Travel, tmp_path)


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_dossier_holds_everything(tmp_path, language):
    house = TryOut(Travel, tmp_path)
    outcome = await house.ask("trip", language, destination="chengdu", stay=FIVE, month="7")
    pages = {path.suffix: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert set(pages) == {".md", ".html"}
    guide = Guide(atlas.places()["chengdu"], language)
    for page in pages.values():
        told = page.replace("&#x27;", "'")
        for sight in guide.sights:
            assert sight.name in told
            assert sight.text in told
        for text in (guide.text("arrive"), guide.text("scams"), guide.food[0].text, "110", "220"):
            assert text in told
    assert pages[".md"].count("- [ ] ") > 15
    assert pages[".html"].count("☐") > 15
    assert pages[".html"].startswith("<!doctype html>")
    assert "http" not in pages[".html"], "nothing to fetch"
    assert ("check the official source" in pages[".md"]) == (language == "en")
    assert outcome.receipts[0].action == "travel.trip"


async def test_a_trip_survives_a_restart(tmp_path):
    database = Database(":memory:")
    first = TryOut(Travel, tmp_path, database=database)
    await first.ask("trip", destination="rome", stay=FIVE, start=date(2026, 12, 5))
    again = TryOut(Travel, tmp_path, database=database)
    outcome = await again.ask("countdown", destination="rome")
    assert "10 days until Rome" in outcome.text


async def test_tomorrow_on_the_way(house):
    await house.ask("trip", destination="rome", stay=FIVE, start=date(2026, 11, 24))
    days = house.skill.planned(house.turn().turn, house.skill.next_trip())
    tomorrow = (await house.ask("day_plan", ahead="1")).text
    assert all(sight.name in tomorrow for sight in days[2].sights)
    assert "The 3rd day of Rome" in tomorrow
    assert "has begun" in (await house.ask("countdown")).text
    assert "not among them" in (await house.ask("day_plan", number=9)).text


async def test_a_trip_that_is_over_is_not_told(house):
    await house.ask("trip", destination="rome", stay=FIVE, start=date(2026, 11, 26))
    house.clock.jump(timedelta(days=8))
    assert "no such trip" in (await house.ask("trips")).text


async def test_the_month_is_the_next_such_month(house):
    await house.ask("trip", destination="rome", stay=FIVE, month="3")
    assert house.skill.next_trip()["year"] == 2027
    await house.ask("trip", destination="rome", stay=FIVE, month="12")
    assert house.skill.next_trip()["year"] == 2026


async def test_noting_and_forgetting_can_be_undone(house):
    outcome = await house.ask("trip", destination="rome", stay=FIVE, month="5")
    assert "forgotten" in await outcome.receipts[0].undo()
    assert house.skill.next_trip() is None
    await house.ask("trip", destination="rome", stay=FIVE, month="5")
    outcome = await house.ask("forget_trip", destination="rome")
    assert house.skill.next_trip() is None
    await outcome.receipts[0].undo()
    assert house.skill.next_trip()["place"] == "rome"


async def test_a_trip_is_noted_only_when_its_month_and_days_are_known(house):
    outcome = await house.ask("trip", destination="rome")
    assert "month" in outcome.text
    assert house.skill.next_trip() is None


async def test_ticks_are_in_the_dossier(house, tmp_path):
    await house.ask("trip", destination="rome", stay=FIVE, month="5")
    await house.ask("pack", destination="rome")
    await house.ask("pack_tick", item="socks")
    await house.ask("write_down")
    page = next(tmp_path.glob("*.md")).read_text(encoding="utf-8")
    assert page.count("- [x] ") == 1
    assert "- [x] **Clothes**: 6 pairs of socks" in page


async def test_a_winter_in_the_south_is_cold_in_july(house):
    south = next(place for place in atlas.places().values() if place.at[0] < -30)
    outcome = await house.ask("climate", destination=south.name("en"), month="winter")
    assert "July" in outcome.text
