"""Devices by name, and one clear sentence for each thing that can be wrong with them."""

from __future__ import annotations

import pytest

from voice_assistant.audio import devices
from voice_assistant.audio.line import Line
from voice_assistant.errors import DeviceError


class FakeSound:
    """sounddevice with cards that can be pulled out."""

    class PortAudioError(Exception):
        pass

    class Default:
        device = (0, 1)

    default = Default()

    def __init__(self, *cards):
        self.cards = list(cards)
        self.restarts = 0

    def query_hostapis(self):
        return [{"name": "ALSA"}]

    def query_devices(self):
        return [
            {
                "name": name,
                "hostapi": 0,
                "max_input_channels": inputs,
                "max_output_channels": outputs,
                "default_samplerate": 44_100.0,
            }
            for name, inputs, outputs in self.cards
        ]

    def _terminate(self):
        self.restarts += 1

    def _initialize(self): ...


class FakeStream:
    def __init__(self, error=None):
        self.error, self.closed = error, False

    def start(self):
        if self.error:
            raise self.error

    def abort(self, ignore_errors):
        assert ignore_errors

    def close(self, ignore_errors):
        self.closed = True


@pytest.fixture
def sound(monkeypatch):
    sound = FakeSound(("Built-in Audio", 2, 0), ("HDMI", 0, 8), ("USB Microphone", 1, 0))
    monkeypatch.setattr(devices, "sounddevice", lambda: sound)
    monkeypatch.setattr(devices, "_open", set())
    return sound


def test_the_default_or_a_part_of_the_name(sound):
    assert devices.choose("input").name == "Built-in Audio"
    assert devices.choose("input", "").name == "Built-in Audio"
    assert devices.choose("input", "usb mic").name == "USB Microphone"
    assert devices.choose("output", "hdmi").channels == 8
    assert devices.choose("input").rate == 44_100


def test_no_microphone_and_no_loudspeaker(sound):
    sound.cards = []
    with pytest.raises(DeviceError, match=r"^No microphone was found: plug one in\.$"):
        devices.choose("input")
    with pytest.raises(DeviceError, match=r"^No loudspeaker was found"):
        devices.choose("output")


def test_a_name_that_nobody_has(sound):
    with pytest.raises(DeviceError, match="'Hi-Fi': there are 'Built-in Audio', 'USB Microphone'"):
        devices.choose("input", "Hi-Fi")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        ("Device unavailable [PaErrorCode -9985]", "another program is using it"),
        ("Invalid sample rate [PaErrorCode -9997]", "does not run at 44100 samples a second"),
        ("Invalid number of channels", "does not offer 2 channels"),
        ("Unanticipated host error", "the sound system says 'Unanticipated host error'"),
    ],
)
def test_a_device_that_cannot_be_opened(sound, error, sentence):
    stream = FakeStream(sound.PortAudioError(error))
    line = Line("input", None, lambda sd, device: stream)
    with pytest.raises(DeviceError, match=sentence) as raised:
        line.open()
    assert str(raised.value).count("\n") == 0
    assert stream.closed


def test_the_preferred_device_is_taken_back(sound, monkeypatch, tmp_path):
    cards = tmp_path / "cards"
    cards.write_text("0 [PCH]\n1 [USB]")
    monkeypatch.setattr(devices, "CARDS", cards)
    line = Line("input", "usb", lambda sd, device: FakeStream())
    line.open()
    usb = sound.cards.pop()
    assert not line.reopen()
    assert line.stream is None
    sound.cards.append(usb)
    cards.write_text("0 [PCH]")
    assert line.reopen()
    assert line.device.name == "USB Microphone"
    assert sound.restarts == 1  # PortAudio looked again because the cards changed


def test_looking_again_never_ends_an_open_stream(sound):
    line = Line("output", None, lambda sd, device: FakeStream())
    line.open()
    devices.look_again()
    assert sound.restarts == 0
    line.close()
    devices.look_again()
    assert sound.restarts == 1
