"""Lists and notes over several turns, as the handlers see them."""

from __future__ import annotations

import pytest
from voice_assistant_skills.lists.skill import Lists

from tests.fakes import TryOut

pytestmark = pytest.mark.anyio


@pytest.fixture
def kitchen(tmp_path):
    return TryOut(Lists, tmp_path)


async def test_what_follows_goes_on_the_list_that_was_spoken_of(kitchen):
    await kitchen.ask(
        "add", text="add socks to the packing list", item="socks", list_name="packing"
    )
    await kitchen.ask("more", text="and two toothbrushes", count=2, goods="toothbrushes")
    assert "socks and 2 toothbrushes" in (await kitchen.ask("back")).text
    await kitchen.ask("less", text="remove the socks", item="socks")
    assert (
        "1 item" in (await kitchen.ask("count_it")).text
        or "one" in (await kitchen.ask("count_it")).text
    )


async def test_goods_come_with_their_amounts(kitchen):
    text = "要买三斤苹果和两个橘子"
    await kitchen.ask(
        "add", "zh", text=text, count=3, measure="斤", goods="苹果", count2=2, goods2="橘子"
    )
    assert "3斤苹果和2个橘子" in (await kitchen.ask("read", "zh")).text


async def test_goods_that_only_sound_so_are_asked_about(kitchen):
    outcome = await kitchen.ask("add", text="we need money", goods="mince", answers=["no"])
    assert "mince" in outcome.asked[0]
    assert (
        "nothing" in (await kitchen.ask("read")).text.lower()
        or "empty" in (await kitchen.ask("read")).text
    )


async def test_a_note_is_found_by_its_words_and_deleted(kitchen):
    for note in ("i parked on level three", "the key is in the blue box"):
        await kitchen.ask("note", note=note)
    assert "level three" in (await kitchen.ask("read_notes", note="park")).text
    assert "blue box" in (await kitchen.ask("read_notes", note="key")).text
    assert "no note about" in (await kitchen.ask("read_notes", note="the garden")).text
    assert "blue box" in (await kitchen.ask("last_note")).text
    await kitchen.ask("delete_note")
    assert "level three" in (await kitchen.ask("last_note")).text
    await kitchen.ask("clear_notes", answers=["yes"])
    assert "no notes" in (await kitchen.ask("read_notes")).text
