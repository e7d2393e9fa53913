"""A room for the echo canceller: a small loudspeaker, walls, and devices that take their time."""

from __future__ import annotations

import numpy as np

from voice_assistant.audio.frames import FRAME, RATE


def echo_of(played, delay, *, seed=0):
    """What a microphone hears of `played` (floats at RATE) after `delay` seconds: bent a little by
    the loudspeaker, without its bass, and with a room's reverberation of 0.2 s."""
    rng = np.random.default_rng(seed)
    length = round(0.15 * RATE)
    walls = rng.normal(size=length) * np.exp(-np.arange(length) / (0.03 * RATE))
    walls[0] = 3.0
    response = np.convolve(walls, [1, -0.6])[:length]
    bent = np.tanh(1.2 * played) / 1.2
    size = len(played) + length
    echo = np.fft.irfft(np.fft.rfft(bent, size) * np.fft.rfft(response, size), size)
    return np.concatenate((np.zeros(round(delay * RATE)), echo))[: len(played)]


def chords(seconds, rate=RATE):
    """Music: a chord every two seconds, with a beat on it."""
    rng = np.random.default_rng(5)
    out = np.zeros(round(seconds * rate))
    for bar in range(int(seconds / 2)):
        root = (220.0, 261.6, 174.6, 196.0)[bar % 4]
        start = 2 * bar * rate
        t = np.arange(min(2 * rate, len(out) - start)) / rate
        for ratio in (1, 1.26, 1.5, 2):
            for overtone in range(1, 5):
                tone = np.sin(2 * np.pi * root * ratio * overtone * t)
                out[start : start + len(t)] += 0.1 / overtone * tone * np.exp(-0.8 * t)
        for beat in range(4):
            at = start + beat * rate // 2
            t = np.arange(round(0.3 * rate)) / rate
            drum = 0.5 * np.sin(np.pi / 2 * root * t) * np.exp(-8 * t)
            hat = 0.15 * rng.normal(size=len(t)) * np.exp(-40 * t)
            out[at : at + len(t)] += (drum + hat)[: len(out) - at]
    return 0.5 * out / np.abs(out).max()


def babble(seconds, seed=1):
    """Speech-like noise: coloured, in syllables and pauses."""
    rng = np.random.default_rng(seed)
    noise = np.convolve(rng.normal(size=round(seconds * RATE)), [1, 1.6, 1.1, 0.3], "same")
    syllables = rng.uniform(0, 1, round(seconds * 6)) ** 2
    times = np.linspace(0, len(syllables) - 1, len(noise))
    loud = noise * np.interp(times, np.arange(len(syllables)), syllables)
    return 0.5 * loud / np.abs(loud).max()


def rms(samples):
    return float(np.sqrt(np.mean(np.square(samples.astype(float)))))


def decibels(ratio):
    return 20 * np.log10(max(ratio, 1e-6))


def pcm(samples):
    return (samples * 32767).clip(-32768, 32767).astype(np.int16)


def cancelled(canceller, heard, played):
    """Both int16 at RATE; what is left."""
    return np.concatenate(
        [
            canceller.process(heard[at : at + FRAME], played[at : at + FRAME])
            for at in range(0, len(heard) - FRAME + 1, FRAME)
        ]
    )
