"""`bench waking`: wake words in a quiet room, in noise and beside music, what else wakes it, and what
is heard where nobody speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import numpy as np

from voice_assistant import app, catalog
from voice_assistant.audio.frames import RATE, Samples
from voice_assistant.bench import Row
from voice_assistant.benches._room import chords, rms
from voice_assistant.benches._speech import AUDIBLE, frames, in_room, person, row, said, share
from voice_assistant.engines import Recognizer, Synthesizer, WakeWord
from voice_assistant.events import Heard, Woken
from voice_assistant.settings import Listening, Settings

_REQUESTS = Path(__file__).parents[1] / "data" / "bench_spoken_en.txt"

PHRASES = ("hey jarvis", "alexa", "okay nabu")
PACES = (0.85, 1.0, 1.2)
"""Of a slow speaker, a usual one and a quick one."""

ROUNDS = {"a quiet room": 4, "hiss at 10 dB": 12, "music at 10 dB": 12}
"""Times that each wake word is said at each pace; a voice never says it twice alike. Nine in all a
round: 108 tell 3 % from 8, no less."""

QUIET_DB, NOISY_DB = 60, 10

SECONDS = 20.0
"""Of each sound in which nobody speaks."""

KEYS = 8
"""Strokes on a keyboard a second."""


def run() -> Iterator[Row]:
    """All rows, where a recogniser and a voice are installed."""
    models, voice = catalog.load(), person()
    if voice is None or models.best("recognizer", "en") is None:
        return
    settings = Settings(listening=Listening(wake_words=PHRASES))
    with app.recognizer(settings, models) as recognizer:
        wake = app.wake_word(settings, models, recognizer)
        assert wake is not None
        with wake:
            yield from _called(voice, wake)
            yield _others(voice, wake)
        yield from _nobody(recognizer)


def _called(voice: Synthesizer, wake: WakeWord) -> Iterator[Row]:
    beside: dict[str, Callable[[Samples, int], Samples]] = {
        "a quiet room": lambda sound, seed: in_room(sound, QUIET_DB, seed),
        "hiss at 10 dB": lambda sound, seed: in_room(sound, NOISY_DB, seed),
        "music at 10 dB": _over_music,
    }
    for where, place in beside.items():
        noticed = [
            phrase in _woken(wake, place(row(1.0, said(voice, f"{phrase}!", pace), 1.0), at))
            for at in range(ROUNDS[where])
            for phrase, pace in product(PHRASES, PACES)
        ]
        name = f"wake word missed in {where}, of {len(noticed)}"
        yield Row(name, 100 - share(noticed), "%", goal="<= 3")


def _over_music(sound: Samples, seed: int) -> Samples:
    """The sound with music so many dB below its speech, another part of it each time."""
    music = np.roll(chords(8.0), seed * RATE // 2)[: len(sound)]
    level = rms(sound[np.abs(sound) > AUDIBLE]) * 10 ** (-NOISY_DB / 20) / rms(music)
    both: Samples = (sound + level * music).astype(np.float32)
    return both


def _woken(wake: WakeWord, sound: Samples) -> list[str]:
    """What is noticed in a sound."""
    wake.reset()
    return [phrase for frame in frames(sound) if (phrase := wake.feed(frame)) is not None]


def _others(voice: Synthesizer, wake: WakeWord) -> Row:
    woken = [
        bool(_woken(wake, in_room(row(0.5, said(voice, text, pace), 0.5), QUIET_DB)))
        for text in _REQUESTS.read_text(encoding="utf-8").splitlines()
        for pace in PACES
    ]
    return Row(f"other sentences that wake it, of {len(woken)}", sum(woken), "", goal="0")


def _nobody(recognizer: Recognizer) -> Iterator[Row]:
    """Wakes, and texts heard by ears that always listen, out of sounds that are no speech."""
    sounds = _sounds()
    waiting = Settings(listening=Listening(wake_words=PHRASES))
    always = Settings(listening=Listening(mode="open"))
    texts, wakes = (
        sum(_events(recognizer, settings, sound) for sound in sounds.values())
        for settings in (always, waiting)
    )
    where = f"{', '.join(sounds)}, {SECONDS:.0f} s each"
    yield Row(f"texts heard in {where}", texts, f"of {len(sounds)}", goal="0")
    yield Row("wakes in them", wakes, f"of {len(sounds)}", goal="0")


def _sounds() -> dict[str, Samples]:
    dice = np.random.default_rng(3)
    seconds = np.arange(round(SECONDS * RATE)) / RATE
    hiss = dice.standard_normal(len(seconds))
    keys = np.zeros(len(seconds))
    for at in dice.integers(0, len(keys) - RATE // 20, round(KEYS * SECONDS)):
        stroke = np.arange(RATE // 20) / RATE
        keys[at : at + len(stroke)] += hiss[: len(stroke)] * np.exp(-200 * stroke)
    made = {
        "silence": 0 * seconds,
        "hiss": 0.1 * hiss,
        "hum": 0.3 * np.sin(2 * np.pi * 100 * seconds),
        "knocks": 0.3 * (seconds % 0.8 < 0.02) * hiss,
        "typing": 0.1 * keys,
        "music": chords(SECONDS),
    }
    return {name: np.asarray(sound, np.float32) for name, sound in made.items()}


def _events(recognizer: Recognizer, settings: Settings, sound: Samples) -> int:
    """How often the ears wake, or hear a text."""
    ears = app.ears(settings, catalog.load(), recognizer)
    found = (event for frame in frames(sound) for event in ears.feed(frame))
    return sum(isinstance(e, Woken) or (isinstance(e, Heard) and bool(e.text)) for e in found)
