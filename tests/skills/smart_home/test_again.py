"""What goes on with the devices that were spoken of, floors, names at once, and an order undone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.skills.smart_home.house import state

pytestmark = pytest.mark.anyio


def called(server):
    found = {data["entity_id"] for _, data in server.calls}
    server.calls.clear()
    return found


async def test_it_is_switched_back_and_told(server, house):
    await house.ask("on", device="desk lamp")
    await house.ask("off_it", text="turn it off again")
    assert [name for name, _ in server.calls] == ["light.turn_on", "light.turn_off"]
    said = await house.ask("state_it", text="is it off now")
    assert "off" in said.text
    await house.ask("on_it", text="switch it on again")
    assert server.calls[-1][0] == "light.turn_on"


async def test_a_bit_more_goes_on_in_the_same_direction(server, house):
    await house.ask("warmer")
    await house.ask("more", text="a bit more")
    await house.ask("set_it", text="back to twenty", number=20)
    goals = [data["temperature"] for _, data in server.calls]
    assert goals == [21, 22, 20]


async def test_a_fan_blows_harder_and_says_so(server, house):
    server.states["fan.hall"] = state("fan.hall", "Hall fan", "on", percentage=40)
    await house.ask("on", device="hall fan")
    said = await house.ask("higher", text="a bit harder")
    assert server.calls[-1][1] == {"entity_id": "fan.hall", "percentage": 60.0}
    assert "60 percent" in said.text


async def test_an_order_is_undone_to_what_it_was(server, house):
    said = await house.ask("off", device="living room light")
    (receipt,) = said.receipts
    server.calls.clear()
    assert "as before" in await receipt.undo()
    assert server.calls[0][1] == {"entity_id": "light.living", "brightness_pct": 50}


async def test_no_undo_opens_the_house(server, house):
    server.states["cover.garage"]["state"] = "open"
    said = await house.ask("off", device="garage door")
    assert called(server) == {"cover.garage"}
    assert [each.undo for each in said.receipts] == [None]


async def test_a_floor_is_the_rooms_on_it(server, house):
    await house.ask("off", device="lights", room="downstairs")
    assert called(server) == {"light.kitchen_1", "light.kitchen_2", "light.living"}
    said = await house.ask("off", "zh", device="灯", room="楼上")
    assert called(server) == set()
    assert said.text


async def test_without_floors_it_says_what_to_do(server, house, monkeypatch):
    monkeypatch.setattr("tests.skills.smart_home.house.FLOORS", [])
    said = await house.ask("off", text="turn off the lights upstairs", device="lights upstairs")
    assert "Home Assistant" in said.text
    assert called(server) == set()


async def test_all_of_them_are_those_of_one_talk(server, house):
    await house.ask("on", device="coffee machine")
    outcome = house.turn(text="and the kitchen light", intent="on")
    await house.ask("on", device="desk lamp")
    outcome.turn.route = replace(outcome.turn.route, stage="carried")
    await house.run(outcome, house.skill.on(outcome.turn, device="kitchen ceiling light"))
    server.calls.clear()
    await house.ask("off_it", text="turn them all off")
    assert called(server) == {"light.desk", "light.kitchen_1"}


async def test_the_other_one_is_asked_for_where_there_are_several(server, house):
    await house.ask("on", device="worktop")
    said = await house.ask("other", text="the other one")
    assert called(server) == {"light.kitchen_2", "light.kitchen_1"}
    assert not said.asked


async def test_all_but_the_television_does_not_mean_the_television(server, house):
    await house.ask(
        "off", text="turn off everything but the lamps", device="everything", but="lamps"
    )
    assert called(server) == {"switch.coffee"}


async def test_an_exception_that_only_the_sentence_tells_is_heeded(server, house):
    await house.ask(
        "off", text="turn off all the lights except the kitchen", device="all the lights"
    )
    assert called(server) == {"light.living", "light.desk"}


async def test_names_are_known_from_the_first_start_and_learned_by_the_way(server, house):
    renamed = []
    object.__setattr__(house.skill.home, "renamed", lambda: renamed.append(1))
    await house.skill.start()
    assert "Robby" in house.skill.vocabulary("en")["thing"]
    assert house.skill.vocabulary("en")["named_scene"] == ["Movie night"]
    assert "厨房" in house.skill.vocabulary("zh")["room"]
    server.states["light.desk"]["attributes"]["friendly_name"] = "Wilma"
    await house.ask("on", device="worktop")
    assert "Wilma" in house.skill.vocabulary("en")["thing"]
    assert len(renamed) == 2
    await house.ask("on", device="worktop")
    assert len(renamed) == 2


async def test_another_room_is_told_of_what_was_done_last_and_of_its_kind(server, house):
    """Not of its lights alone: "open the living room curtains" - "the bedroom too"."""
    await house.then(
        "temperature", "zh", text="客厅空调调到二十三度", degrees=23, device="living room"
    )
    await house.then("measure", "zh", text="客厅多少度", room="living room")
    said = await house.then("also", "zh", text="卧室呢", room="bedroom")
    assert "十九点三" in said.text
    called(server)
    await house.then("on", "zh", text="打开客厅的灯", device="living room light")
    called(server)
    await house.then("also", "zh", text="厨房呢", room="厨房")
    assert called(server) == {"light.kitchen_1", "light.kitchen_2"}


async def test_a_room_alone_means_what_is_like_the_devices_spoken_of(server, house):
    await house.ask("off", "zh", text="关掉卧室的", device="卧室")
    assert called(server) == {"cover.bedroom"}
    await house.then("off", "zh", text="关掉客厅的灯", device="客厅的灯")
    called(server)
    await house.then("off", "zh", text="客厅也关了", device="客厅也")
    assert called(server) == {"light.living"}
    await house.then("off", "zh", text="客厅都关了", device="客厅")
    assert called(server) == {"light.living", "climate.living"}
