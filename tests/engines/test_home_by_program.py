"""The smart home through the whole program: typed requests, the router, the socket guard, and what
arrives at a Home Assistant or at the devices behind a real broker."""

from __future__ import annotations

import json

import pytest

from tests.engines.test_faults import type_in
from tests.skills.smart_home.house import TOKEN, FakeHomeAssistant
from tests.skills.smart_home.test_mqtt import MOSQUITTO, House, broker  # noqa: F401 - a fixture

pytestmark = pytest.mark.engine

CHAT = ("chat", "--json", "--no-llm")


def talk(home, settings, *requests, language):
    """What was answered to typed requests, one object each."""
    (home / "settings.toml").write_text(settings)
    status, printed, lines = type_in(
        home, *CHAT, "--language", language, said="\n".join(requests) + "\n"
    )
    assert (status, lines) == (0, [])
    return [json.loads(line) for line in printed.splitlines()]


def settings(connection, allowed='smart_home = ["127.0.0.1"]'):
    return f"[skills.smart_home]\n{connection}\n[network]\n{allowed}\n"


@pytest.mark.parametrize(
    ("language", "requests"),
    [
        (
            "en",
            {
                "turn the lights off in the kitchen": "off",
                "switch on the desk lamp": "Desk lamp on",
                "open the bedroom curtains": "opening",
                "set the living room heating to 21 degrees": "21",
                "is the front door locked": "locked",
                "start the movie night scene": "Movie night",
                "unlock the front door": "Front door",
                "yes": "unlocked",
                "have you sent anything today": "127.0.0.1",
            },
        ),
        (
            "zh",
            {"把厨房的灯打开": "打开了", "写字灯开着吗": "写字灯", "把客厅吊灯关掉": "客厅吊灯"},
        ),
    ],
)
def test_home_assistant_by_typed_requests(tmp_path, language, requests):
    with FakeHomeAssistant() as house:
        connection = f'url = "{house.url}"\ntoken = "{TOKEN}"'
        told = talk(tmp_path, settings(connection), *requests, language=language)
        called = [(service, data["entity_id"]) for service, data in house.calls]
    for request, expected in requests.items():
        said = " ".join(each["reply"] for each in told if each["text"] == request)
        assert expected in said, f"{request}: {said}"
    if language == "en":
        assert ("light.turn_off", "light.kitchen_1") in called
        assert ("light.turn_on", "light.desk") in called
        assert ("cover.open_cover", "cover.bedroom") in called
        assert ("climate.set_temperature", "climate.living") in called
        assert ("scene.turn_on", "scene.movie") in called
        assert ("lock.unlock", "lock.front") in called
    else:
        assert ("light.turn_on", "light.kitchen_1") in called
        assert ("light.turn_off", "light.living") in called


def test_without_permission_nothing_is_called_and_it_says_what_to_do(tmp_path):
    with FakeHomeAssistant() as house:
        connection = f'url = "{house.url}"\ntoken = "{TOKEN}"'
        (answer,) = talk(
            tmp_path, settings(connection, ""), "switch on the desk lamp", language="en"
        )
        assert house.calls == []
    assert answer["skill"] == "smart_home"
    assert "[network]" in answer["reply"]


@pytest.mark.skipif(not MOSQUITTO, reason="apt-get install mosquitto")
def test_devices_behind_a_real_broker_by_typed_requests(tmp_path, broker):  # noqa: F811
    devices = House(broker)
    try:
        kitchen, coffee, window = talk(
            tmp_path,
            settings(f'broker = "{broker}"'),
            "turn on the kitchen lamp",
            "turn on the coffee machine",
            "is the attic window open",
            language="en",
        )
        told = dict(devices.hears(2))
    finally:
        devices.close()
    assert json.loads(told["zigbee/kitchen/set"])["state"] == "ON"
    assert told["tasmota/plug/cmd"] == "EIN"
    assert "on" in kitchen["reply"]
    assert "Coffee machine" in coffee["reply"]
    assert "open" in window["reply"]
