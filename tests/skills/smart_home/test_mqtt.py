"""The smart home straight over MQTT, with a real broker (mosquitto) and devices behind it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from contextlib import closing

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion
from voice_assistant_skills.smart_home.discovery import described

from tests.skills.smart_home.test_smart_home import connected

MOSQUITTO = shutil.which("mosquitto", path=f"{os.environ['PATH']}:/usr/sbin")
pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(not MOSQUITTO, reason="apt-get install mosquitto"),
]

DEVICES = {
    "homeassistant/light/0x01/light/config": {  # as zigbee2mqtt
        "schema": "json",
        "name": None,
        "brightness": True,
        "command_topic": "zigbee/kitchen/set",
        "state_topic": "zigbee/kitchen",
        "availability": [{"topic": "zigbee/kitchen/availability", "value_template": "{{ x }}"}],
        "device": {"name": "Kitchen lamp", "suggested_area": "Kitchen"},
    },
    "homeassistant/switch/plug/config": {  # as Tasmota, abbreviated
        "~": "tasmota/plug/",
        "name": "Coffee machine",
        "cmd_t": "~cmd",
        "stat_t": "~stat",
        "pl_on": "EIN",
        "pl_off": "AUS",
    },
    "homeassistant/light/strip/config": {
        "name": "Strip",
        "command_topic": "strip/power",
        "brightness_command_topic": "strip/dim",
        "brightness_scale": 100,
        "rgb_command_topic": "strip/rgb",
    },
    "homeassistant/climate/bath/config": {
        "name": "Bathroom heating",
        "temp_cmd_t": "bath/set",
        "temp_stat_t": "bath/goal",
        "curr_temp_t": "bath/now",
        "mode_stat_t": "bath/mode",
        "mode_cmd_t": "bath/mode/set",
    },
    "homeassistant/device/window/config": {  # a device with two parts
        "dev": {"name": "Attic", "sa": "Attic"},
        "o": {"name": "esp"},
        "stat_t": "attic/state",
        "cmps": {
            "open": {
                "p": "binary_sensor",
                "name": "Window",
                "dev_cla": "window",
                "val_tpl": "{{ value_json.contact }}",
            },
            "warm": {
                "p": "sensor",
                "name": "Temperature",
                "dev_cla": "temperature",
                "unit_of_meas": "°C",
                "val_tpl": "{{ value_json['climate'].degrees | round(1) }}",
            },
        },
    },
    "homeassistant/cover/dead/config": {
        "name": "Blinds",
        "command_topic": "blinds/set",
        "state_topic": "blinds",
        "avty_t": "blinds/alive",
    },
}
STATES = {
    "zigbee/kitchen": '{"state": "OFF", "brightness": 51}',
    "zigbee/kitchen/availability": '{"state": "online"}',
    "tasmota/plug/stat": "AUS",
    "bath/goal": "21",
    "bath/now": "19.5",
    "bath/mode": "heat",
    "attic/state": '{"contact": "ON", "climate": {"degrees": 12.25}}',
    "blinds": "closed",
    "blinds/alive": "offline",
}


@pytest.fixture(scope="module")
def broker(tmp_path_factory):
    """mosquitto with a user and a password, on loopback."""
    folder = tmp_path_factory.mktemp("mosquitto")
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    passwords, conf = folder / "passwords", folder / "mosquitto.conf"
    passwords.touch(mode=0o600)
    (tool,) = [shutil.which("mosquitto_passwd", path=f"{os.environ['PATH']}:/usr/sbin")]
    subprocess.run([tool, "-b", passwords, "speaker", "p@ss word"], check=True)
    conf.write_text(
        f"listener {port} 127.0.0.1\nuser root\nallow_anonymous false\npassword_file {passwords}\n"
    )
    process = subprocess.Popen(
        [MOSQUITTO, "-c", conf], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(100):
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)  # noqa: TID251 - another process starts
        yield f"mqtt://speaker:p%40ss%20word@127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(5)


class House:
    """The devices' own end: retained descriptions and states, and answers to what they are told."""

    def __init__(self, url):
        host, _, port = url.rpartition("@")[2].partition(":")
        self.told = []
        self.obedient = {"zigbee/kitchen/set": "zigbee/kitchen", "tasmota/plug/cmd": None}
        self.client = Client(CallbackAPIVersion.VERSION2)
        self.client.username_pw_set("speaker", "p@ss word")
        self.client.on_message = self._told
        self.client.connect(host, int(port))
        topics = ["zigbee/kitchen/set", "tasmota/plug/cmd", "strip/+", "bath/set", "blinds/set"]
        self.client.subscribe([(topic, 1) for topic in topics])
        self.client.loop_start()
        for topic, config in DEVICES.items():
            self.keep(topic, json.dumps(config))
        for topic, state in STATES.items():
            self.keep(topic, state)

    def keep(self, topic, text):
        self.client.publish(topic, text, qos=1, retain=True).wait_for_publish(5)

    def _told(self, client, data, message):
        text = message.payload.decode()
        self.told.append((message.topic, text))
        if answer := self.obedient.get(message.topic):
            client.publish(answer, text, qos=1, retain=True)

    def hears(self, count):
        """What it was told, once that is `count` orders."""
        for _ in range(100):
            if len(self.told) >= count:
                break
            time.sleep(0.02)  # noqa: TID251 - a real broker passes it on
        return self.told

    def close(self):
        self.client.disconnect()
        self.client.loop_stop()


@pytest.fixture
def devices(broker):
    house = House(broker)
    yield house
    house.close()


@pytest.fixture
def house(broker, devices, tmp_path):
    with connected(tmp_path, {"broker": broker}) as house:
        yield house


async def test_a_light_is_switched_and_says_so(house, devices):
    said = await house.ask("on", device="kitchen light")
    assert said.text == "Kitchen lamp on."
    assert devices.hears(1) == [("zigbee/kitchen/set", '{"state": "ON"}')]
    said = await house.ask("brightness", "zh", percent=40.0, device="厨房的灯")
    assert json.loads(devices.told[-1][1])["brightness"] == 102
    assert "百分之四十" in said.text
    assert "at 40 percent" in (await house.ask("state", device="kitchen lamp")).text


async def test_a_device_that_does_not_answer_is_not_said_to_have_done_it(house, devices):
    said = await house.ask("on", device="coffee machine")
    assert devices.hears(1) == [("tasmota/plug/cmd", "EIN")]
    assert said.text == "I sent it to Coffee machine, but got no confirmation."
    assert said.receipts == []
    said = await house.ask("on", device="blinds")  # its last will says that it is gone
    assert "does not answer" in said.text
    assert len(devices.told) == 1


async def test_levels_colours_and_degrees_go_to_their_topics(house, devices):
    await house.ask("brightness", percent=50.0, device="strip")
    await house.ask("colour", colour="orange", device="strip")
    await house.ask("temperature", degrees=22.0)
    await house.ask("warmer")
    expected = [("strip/dim", "50"), ("strip/rgb", "255,165,0"), ("bath/set", "22")]
    assert devices.hears(4) == [*expected, ("bath/set", "22")]


async def test_states_are_told(house):
    said = await house.ask("state", device="bathroom heating")
    assert said.text == "Bathroom heating is heating; it is 19.5 degrees there and set to 21."
    assert (await house.ask("which", device="windows", wanted="active")).text == "Attic Window."
    assert "12.2 degrees" in (await house.ask("measure", room="attic")).text


async def test_a_house_of_three_hundred_devices_is_seen_whole(house, devices):
    for number in range(300):
        topic = f"homeassistant/switch/many{number}/config"
        config = {"name": f"Plug {number}", "command_topic": "many", "state_topic": f"m/{number}"}
        devices.client.publish(topic, json.dumps(config), retain=True)
        devices.client.publish(f"m/{number}", "OFF", retain=True)
    devices.keep("m/last", "")
    try:
        found = await house.skill.hub.devices()
        many = [each for each in found if each.name.startswith("Plug")]
        assert len(many) == 300
        assert {each.state for each in many} == {"off"}
    finally:
        for number in range(300):
            devices.client.publish(f"homeassistant/switch/many{number}/config", "", retain=True)
        devices.keep("m/last", "")


async def test_each_failure_has_its_sentence(broker, devices, tmp_path):
    with connected(tmp_path, {"broker": broker.replace("speaker", "stranger")}) as house:
        assert "check the token or the password" in (await house.ask("on", device="strip")).text
    with connected(tmp_path, {"broker": "mqtt://127.0.0.1:9"}) as house:
        assert "does not answer" in (await house.ask("on", device="strip")).text
    with connected(tmp_path, {"broker": broker}, allowed=()) as house:
        said = await house.ask("on", "zh", device="灯")
        assert 'smart_home = ["127.0.0.1"]' in said.text
        assert house.network.refusals == []


@pytest.mark.parametrize(
    ("topic", "payload"),
    [
        ("homeassistant/light/a/config", "not json"),
        ("homeassistant/light/a/config", '["a list"]'),
        ("homeassistant/status", "online"),
        ("homeassistant/device/a/config", '{"cmps": {"x": {"name": "without a platform"}}}'),
    ],
)
def test_what_is_no_description_is_passed_over(topic, payload):
    assert list(described(topic, payload, "homeassistant")) == []
