"""Several devices at once, all but some, the same as before, and orders for later."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.fakes import NOW
from voice_assistant.values.kinds import When

pytestmark = pytest.mark.anyio

LIGHTS = {"light.kitchen_1", "light.kitchen_2", "light.living", "light.desk"}


def called(server):
    found = {data["entity_id"] for _, data in server.calls}
    server.calls.clear()
    return found


@pytest.mark.parametrize(
    ("language", "device", "meant"),
    [
        ("en", "lights in the kitchen and the living room", LIGHTS - {"light.desk"}),
        ("en", "kitchen and living room lights", LIGHTS - {"light.desk"}),
        ("en", "desk lamp and the coffee machine", {"light.desk", "switch.coffee"}),
        ("en", "lights except the kitchen", {"light.living", "light.desk"}),
        ("en", "lights except the desk lamp and the worktop", {"light.kitchen_1", "light.living"}),
        ("zh", "写字灯和厨房的灯", {"light.desk", "light.kitchen_1", "light.kitchen_2"}),
        ("zh", "除了厨房其他的灯", {"light.living", "light.desk"}),
        ("zh", "客厅灯都", {"light.living"}),
    ],
)
async def test_several_and_all_but_some(server, house, language, device, meant):
    await house.ask("off", language, device=device)
    assert called(server) == meant


async def test_one_unknown_name_among_several_switches_nothing(server, house):
    said = await house.ask("off", device="desk lamp and the aquarium")
    assert called(server) == set()
    assert "aquarium" in said.text


async def test_it_and_brighter_mean_what_was_spoken_of_for_five_minutes(server, house):
    await house.ask("on", device="desk lamp")
    await house.ask("dimmer", device="it")
    await house.ask("brighter")
    await house.ask("off", "zh", device="它")
    assert called(server) == {"light.desk"}
    house.clock.jump(timedelta(minutes=6))
    await house.ask("off", device="it", answers=["the worktop"])
    assert called(server) == {"light.kitchen_2"}


async def test_brighter_alone_lights_no_dark_room(server, house):
    await house.ask("brighter")
    assert called(server) == {"light.living"}


async def test_a_garage_door_is_no_blind(server, house):
    await house.ask("on", text="open the blinds", device="blinds")
    assert called(server) == {"cover.bedroom"}
    await house.ask("off", device="garage")
    assert called(server) == {"cover.garage"}


async def test_what_is_asked_for_later_is_done_then(server, house):
    said = await house.ask("later", device="desk lamp", way="on", duration=timedelta(minutes=10))
    assert said.text == "I'll switch on Desk lamp in 10 minutes."
    assert called(server) == set()
    (job,) = house.scheduler.jobs()
    house.clock.jump(timedelta(minutes=10))
    assert (await house.due(job)).text == "Desk lamp on."
    assert called(server) == {"light.desk"}


async def test_at_a_time_and_taken_back(house):
    ten = When(moment=NOW.replace(hour=22), clock=datetime(2026, 1, 1, 22).time())
    said = await house.ask("later", "zh", device="厨房的灯", way="off", time=ten)
    assert "晚上十点" in said.text
    assert await said.receipts[0].undo()
    assert house.scheduler.jobs() == []


async def test_on_for_a_while_goes_off_again(server, house):
    said = await house.ask("awhile", device="coffee machine", duration=timedelta(minutes=20))
    assert said.text == "Coffee machine on. Off again in 20 minutes."
    (job,) = house.scheduler.jobs()
    await house.due(job)
    assert [service for service, _ in server.calls] == ["switch.turn_on", "switch.turn_off"]


async def test_nobody_is_let_in_by_the_clock(server, house):
    said = await house.ask("later", device="garage door", way="on", duration=timedelta(hours=1))
    assert "confirm" in said.text
    assert house.scheduler.jobs() == []


async def test_what_was_missed_is_told_and_left(server, house):
    await house.ask("later", device="desk lamp", way="on", duration=timedelta(minutes=10))
    said = await house.missed(house.scheduler.jobs())
    assert "10:10 AM" in said.text
    assert called(server) == set()


async def test_the_devices_are_told(house):
    said = await house.ask("devices")
    assert "Kitchen ceiling light" in said.text
    assert "Worktop" in (await house.ask("devices", room="kitchen")).text
