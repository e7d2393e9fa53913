"""Echo: how much goes, what happens to a voice over it, and that quiet costs nothing."""

from __future__ import annotations

import numpy as np
import pytest

from tests.audio.room import babble, cancelled, chords, decibels, echo_of, pcm, rms
from voice_assistant.audio.echo import EchoFilter, NoEcho, canceller
from voice_assistant.audio.frames import FRAME, RATE
from voice_assistant.audio.reference import Reference

FAR = {"speech": babble, "music": chords}


@pytest.mark.parametrize("delay", [0.0, 0.06, 0.15, 0.25])
@pytest.mark.parametrize(("far", "least"), [("speech", 25), ("music", 15)])
def test_the_echo_return_loss_after_ten_seconds(far, least, delay):
    played = FAR[far](16)
    heard = 0.3 * echo_of(played, delay)
    echo = EchoFilter()
    left = cancelled(echo, pcm(heard), pcm(played))
    late = slice(10 * RATE, 15 * RATE)
    assert decibels(rms(pcm(heard)[late]) / rms(left[late])) > least
    assert echo.trusted


@pytest.mark.parametrize("level", [0, -6])
@pytest.mark.parametrize("far", ["speech", "music"])
def test_a_voice_over_the_echo_comes_out_as_it_was(far, level):
    played = FAR[far](16)
    heard = 0.1 * echo_of(played, 0.08)
    voice = babble(16, seed=9)
    voice[: 10 * RATE] = 0
    both = slice(11 * RATE, 15 * RATE)
    voice *= rms(heard[both]) / rms(voice[both]) * 10 ** (level / 20)
    left = cancelled(EchoFilter(), pcm(heard + voice), pcm(played))
    said, got = pcm(voice)[both].astype(float), left[both].astype(float)
    before = decibels(rms(said) / rms(pcm(heard)[both]))
    after = decibels(rms(said) / rms(got - said))
    assert after - before > 10  # dB by which the voice stands out more
    assert np.corrcoef(said, got)[0, 1] > 0.9


def test_it_is_not_trusted_before_it_knows_the_room_nor_after_the_room_changed():
    played = babble(24)
    heard = 0.3 * np.where(
        np.arange(24 * RATE) < 12 * RATE,
        echo_of(played, 0.06, seed=1),
        echo_of(played, 0.11, seed=2),
    )
    echo, trusted = EchoFilter(), []
    for at in range(0, len(heard) - FRAME + 1, FRAME):
        echo.process(pcm(heard[at : at + FRAME]), pcm(played[at : at + FRAME]))
        trusted.append(echo.trusted)
    assert not trusted[25]
    assert trusted[50 * 11]
    assert not all(trusted[50 * 12 : 50 * 18])
    assert trusted[-1]


def test_in_silence_a_frame_is_left_alone():
    echo, silence = EchoFilter(), np.zeros(FRAME, np.int16)
    frame = pcm(babble(1)[:FRAME])
    assert echo.process(frame, silence) is frame
    assert NoEcho().process(frame, frame) is frame


@pytest.mark.parametrize(
    ("setting", "microphone", "kind"),
    [
        ("auto", "USB PnP Audio", EchoFilter),
        ("auto", "Jabra Headset Mono", NoEcho),
        ("auto", "alsa_input.pci.echo-cancel", NoEcho),
        ("on", "Jabra Headset Mono", EchoFilter),
        ("off", "USB PnP Audio", NoEcho),
    ],
)
def test_headsets_and_systems_that_cancel_echo_themselves_are_left_alone(setting, microphone, kind):
    assert type(canceller(setting, microphone)) is kind


# --- the reference ------------------------------------------------------------------------


def test_the_reference_does_not_slip_when_both_sides_come_in_bursts():
    rng = np.random.default_rng(3)
    reference = Reference(RATE)
    ramp = (np.arange(60 * RATE) % 20_000 / 32_767).astype(np.float32)
    written = taken = 0
    offsets = set()
    for tick in range(1, 2900):
        if rng.random() < 0.4 or tick % 4 == 0:  # catches up in a burst
            while written < tick * FRAME:
                part = ramp[written : written + FRAME // 2]
                reference.write(np.stack((part, part), axis=1))
                written += len(part)
        if rng.random() < 0.4 or tick % 3 == 0:
            while taken < tick:
                frame = reference.take()
                taken += 1
                if tick > 500 and frame.any():
                    offsets.add((int(frame[10]) - taken * FRAME) % 20_000)
    assert len(offsets) <= 4, offsets


def test_a_reference_that_is_too_far_ahead_is_dropped():
    reference = Reference(RATE)
    for _ in range(20):
        reference.write(np.full((FRAME, 2), 0.5, np.float32))
    for _ in range(300):
        reference.write(np.full((FRAME, 2), 0.5, np.float32))
        reference.take()
    assert len(reference._frames) <= 3
