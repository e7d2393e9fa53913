"""The smart home through Home Assistant: over real sockets on loopback, through the socket guard."""

from __future__ import annotations

import pytest
from voice_assistant_skills.smart_home.skill import SmartHome

from tests.skills.online import online
from tests.skills.sentences import sentences_of
from tests.skills.smart_home.house import TOKEN, state
from voice_assistant import http

pytestmark = pytest.mark.anyio
test_sentences = sentences_of("smart_home")


def connected(folder, settings, *, allowed=("127.0.0.1",)):
    """The skill behind the socket guard, as in the assistant."""
    return online(SmartHome, folder, settings=settings, allowed=allowed)


@pytest.mark.parametrize(
    ("language", "intent", "slots", "called", "said"),
    [
        ("en", "on", {"device": "kitchen lights"}, {"light.kitchen_1", "light.kitchen_2"}, "on."),
        ("zh", "on", {"device": "厨房的灯"}, {"light.kitchen_1", "light.kitchen_2"}, "打开了"),
        ("en", "off", {"device": "living room light"}, {"light.living"}, "Chandelier off"),
        ("zh", "off", {"device": "客厅灯"}, {"light.living"}, "客厅吊灯关掉了"),
        ("en", "on", {"device": "desk lamp"}, {"light.desk"}, "Desk lamp on"),
        ("zh", "on", {"device": "写字灯"}, {"light.desk"}, "写字灯打开了"),
        ("en", "on", {"device": "worktop"}, {"light.kitchen_2"}, "Worktop on"),
        ("en", "on", {"device": "coffee machine"}, {"switch.coffee"}, "Coffee machine on"),
        ("en", "on", {"device": "bedroom curtains"}, {"cover.bedroom"}, "opening"),
        ("zh", "off", {"device": "卧室窗帘"}, {"cover.bedroom"}, "正在关上"),
        ("en", "lock", {"device": "front door"}, {"lock.front"}, "locked"),
        ("en", "scene", {"scene": "movie night"}, {"scene.movie"}, "Movie night is set"),
        ("en", "on", {"device": "vacuum cleaner"}, {"vacuum.robot"}, "Robby started"),
    ],
)
async def test_devices_are_found_in_either_language(
    server, house, language, intent, slots, called, said
):
    outcome = await house.ask(intent, language, **slots)
    assert {data["entity_id"] for _, data in server.calls} == called
    assert said in outcome.text
    assert set(outcome.receipts[0].result["devices"]) == called


async def test_a_room_in_a_template_does_not_switch_everything_in_it(server, house):
    await house.ask("on", text="open the kitchen curtains", device="kitchen")
    assert server.calls == []
    await house.ask("on", text="open the bedroom curtains", device="bedroom")
    assert [data["entity_id"] for _, data in server.calls] == ["cover.bedroom"]


async def test_a_request_that_names_no_device_is_searched_for_one(server, house):
    await house.ask("on", text="could you make some coffee")
    assert server.calls == [("switch.turn_on", {"entity_id": "switch.coffee"})]
    await house.ask("on", "zh", text="屋里太黑了", answers=["写字灯"])
    assert server.calls[-1][1]["entity_id"] == "light.desk"


async def test_a_bare_light_is_the_one_in_the_room_where_the_speaker_stands(server, tmp_path):
    settings = {"url": server.url, "token": TOKEN, "room": "kitchen"}
    with connected(tmp_path, settings) as house:
        await house.ask("on", device="light")
    assert {d["entity_id"] for _, d in server.calls} == {"light.kitchen_1", "light.kitchen_2"}


@pytest.mark.parametrize(
    ("language", "act", "device", "service", "said"),
    [
        ("en", "pause", "telly", "media_pause", "Living room TV paused."),
        (
            "en",
            "next_track",
            "living room tv",
            "media_next_track",
            "On to the next on Living room TV.",
        ),
        ("zh", "play", "电视", "media_play", "继续放了"),
    ],
)
async def test_what_plays_on_the_television_is_paused(
    server, house, language, act, device, service, said
):
    server.states["media_player.tv"] = state("media_player.tv", "Living room TV", "playing")
    outcome = await house.ask("media", language, act=act, device=device)
    assert server.calls == [(f"media_player.{service}", {"entity_id": "media_player.tv"})]
    assert said in outcome.text


async def test_levels_colours_and_degrees(server, house):
    await house.ask("brightness", percent=30.0, device="desk lamp")
    assert server.calls[-1] == ("light.turn_on", {"entity_id": "light.desk", "brightness_pct": 30})
    await house.ask("brightness", percent=50.0, device="bedroom curtain")
    assert server.calls[-1][0] == "cover.set_cover_position"
    said = await house.ask("colour", colour="blue", device="desk lamp")
    assert server.calls[-1][1]["color_name"] == "blue"
    assert "set to blue" in said.text
    await house.ask("colour", "zh", colour="warm white", device="写字灯")
    assert server.calls[-1][1]["color_temp_kelvin"] == 2700
    said = await house.ask("temperature", degrees=21.5)
    assert server.calls[-1][1] == {"entity_id": "climate.living", "temperature": 21.5}
    assert "21.5 degrees" in said.text
    said = await house.ask("warmer")
    assert server.calls[-1][1]["temperature"] == 22.5
    await house.ask("dimmer", device="chandelier")
    assert server.calls[-1][1]["brightness_pct"] == 30


async def test_states_are_told(house):
    assert "Garage door is closed" in (await house.ask("state", device="garage door")).text
    said = (await house.ask("state", device="living room heating")).text
    assert "18.5 degrees there and set to 20" in said
    assert "客厅吊灯开着，亮度百分之五十" in (await house.ask("state", "zh", device="客厅灯")).text
    assert (await house.ask("which", device="lights", wanted="active")).text == "Chandelier."
    assert (await house.ask("which", device="windows", wanted="active")).text == "Bathroom window."
    assert "None" in (await house.ask("which", device="doors", wanted="unlocked")).text
    assert "19.3 degrees" in (await house.ask("measure", room="bedroom")).text
    assert "18.5 degrees" in (await house.ask("measure", room="living room")).text
    assert "measures" in (await house.ask("measure", room="bedroom", quantity="humidity")).text


async def test_what_opens_the_house_is_asked_about_first(server, house):
    refused = await house.ask("unlock", device="front door", answers=["no"])
    assert server.calls == []
    assert "left everything" in refused.text
    await house.ask("on", device="garage door", answers=["yes"])
    assert server.calls == [("cover.open_cover", {"entity_id": "cover.garage"})]


async def test_nothing_is_claimed_that_did_not_happen(server, house):
    assert "no device called" in (await house.ask("on", device="swimming pool")).text
    assert "does not answer" in (await house.ask("on", device="cellar light")).text
    assert server.calls == []
    said = await house.ask("brighter", device="cellar light")
    assert said.receipts == []
    server.broken = 500
    said = await house.ask("on", device="desk lamp")
    assert (said.text, said.receipts) == ("Your smart home refused that.", [])


async def test_each_failure_has_its_sentence(server, tmp_path, monkeypatch):
    with connected(tmp_path, {"url": server.url, "token": "wrong"}) as house:
        assert "check the token" in (await house.ask("on", device="desk lamp")).text
    monkeypatch.setattr(http, "SECONDS", 0.2)
    server.delay = 1.0
    with connected(tmp_path, {"url": server.url, "token": TOKEN}) as house:
        assert "does not answer" in (await house.ask("on", device="desk lamp")).text
    with connected(tmp_path, {"url": "http://127.0.0.1:9", "token": TOKEN}) as house:
        assert "没有回应" in (await house.ask("on", "zh", device="写字灯")).text


async def test_rooms_are_asked_for_once_and_may_be_missing(server, house, tmp_path):
    for _ in range(3):
        await house.ask("on", device="kitchen lights")
    assert server.conversations == 1
    server.websocket = False
    with connected(tmp_path, {"url": server.url, "token": TOKEN}) as other:
        said = await other.ask("on", device="kitchen ceiling light")
    assert "Kitchen ceiling light on" in said.text


async def test_without_leave_or_set_up_one_sentence_says_how_to(server, tmp_path):
    with connected(tmp_path, {"url": server.url, "token": TOKEN}, allowed=()) as house:
        said = await house.ask("on", device="desk lamp")
        assert 'smart_home = ["127.0.0.1"]' in said.text
        assert house.network.refusals == []  # not even tried
    assert server.conversations == 0
    with connected(tmp_path, {}) as house:
        assert "not connected" in (await house.ask("on", device="desk lamp")).text
        assert "还没有接上" in (await house.ask("off", "zh", device="灯")).text
