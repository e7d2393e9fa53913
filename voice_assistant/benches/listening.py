"""`bench listening`: the ears alone. Whisper without its padding beside Whisper with it; pauses in
the middle of a sentence and waits at its end; wake words in a quiet room and in noise; and what is
heard where nobody speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from rapidfuzz import fuzz

from voice_assistant import app, catalog
from voice_assistant.audio.frames import RATE, Samples
from voice_assistant.bench import Row
from voice_assistant.benches._speech import frames, in_room, person, row, said, share
from voice_assistant.benches.routing import NOW, our_skills
from voice_assistant.ears import Ears
from voice_assistant.engines import Recognizer, Synthesizer, WakeWord
from voice_assistant.engines.whisper import WhisperRecognizer
from voice_assistant.events import Heard
from voice_assistant.router import Router
from voice_assistant.settings import Listening, Settings

_DATA = Path(__file__).parents[1] / "data"

PAUSES = (0.3, 0.5, 0.7)
"""Seconds inside a sentence."""

QUIET_DB, NOISY_DB = 60, 10

ENDING = 0.5
"""Seconds at most between the last speech and the end of a voice's sentence."""

PHRASES = ("hey jarvis", "alexa", "okay nabu")
ROUNDS = 8
"""Times that each wake word is said; a voice never says it twice alike."""


def run() -> Iterator[Row]:
    """All rows, where a recogniser and a voice are installed."""
    models = catalog.load()
    best, voice = models.best("recognizer", "en"), person()
    if best is None or best.engine != "whisper" or voice is None:
        return
    folder = models.path(best.name)
    with (
        WhisperRecognizer(folder, languages=("en",)) as quick,
        WhisperRecognizer(folder, languages=("en",), padded=True) as padded,
    ):
        yield from _recognition(voice, quick, padded)
        yield from _endpointing(voice, quick)
        yield _one_breath(voice, quick)
        yield from _waking(voice, quick)
        yield _ghosts(quick)


def _lines(name: str) -> list[str]:
    return (_DATA / name).read_text(encoding="utf-8").splitlines()


def _text_of(recognizer: Recognizer, sound: Samples) -> str:
    recognition = recognizer.start()
    for frame in frames(sound):
        recognition.feed(frame)
    return recognition.finish().text


def _recognition(voice: Synthesizer, quick: Recognizer, padded: Recognizer) -> Iterator[Row]:
    texts = _lines("bench_spoken_en.txt")
    times: dict[str, list[float]] = {"quick": [], "padded": []}
    alike: dict[str, list[float]] = {"quick": [], "padded": []}
    for text in texts:
        sound = in_room(row(0.2, said(voice, text), 0.3), QUIET_DB)
        for name, recognizer in (("quick", quick), ("padded", padded)):
            began = perf_counter()
            heard = _text_of(recognizer, sound)
            times[name].append(perf_counter() - began)
            alike[name].append(fuzz.ratio(_plain(heard), _plain(text)))
    faster = [b / a for a, b in zip(times["quick"], times["padded"], strict=True)]
    mean = {name: 1000 * sum(each) / len(each) for name, each in times.items()}
    yield Row(
        "Whisper without padding, a request of 1-3 s",
        mean["quick"],
        "ms",
        mean["padded"],
        median(faster),
        ">= 3 times as fast",
    )
    likeness = {name: sum(each) / len(each) for name, each in alike.items()}
    yield Row(
        "likeness of what it hears to what was said",
        likeness["quick"],
        "%",
        likeness["padded"],
        goal="at most 0.5 below padded",
    )


def _plain(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum() or char == " ")


def _endpointing(voice: Synthesizer, recognizer: Recognizer) -> Iterator[Row]:
    router = Router(our_skills("en"), now=lambda: NOW)

    def is_whole(text: str) -> bool:
        return router.is_complete(text, "en")

    early: dict[str, list[bool]] = {"at first": [], "for good": []}
    for line in _lines("bench_pauses_en.txt"):
        first, last = (said(voice, part) for part in line.split("|"))
        for pause in PAUSES:
            sound = row(0.3, first, pause, last, 2.0)
            ends = len(sound) / RATE - 2.0 - ENDING
            taken = [h for h in _listen(recognizer, sound, is_whole) if h.text]
            early["at first"].append(taken[0].speech_ended < ends)
            early["for good"].append(taken[-1].speech_ended < ends)
    yield Row("answered in a pause of 0.3-0.7 s", share(early["at first"]), "%")
    cut = share(early["for good"])
    yield Row("cut off there, and not taken up again", cut, "%", goal="<= 2")
    waits = [
        heard[0].at - heard[0].speech_ended
        for text in _lines("bench_spoken_en.txt")[:10]
        if (heard := _listen(recognizer, row(0.3, said(voice, text), 2.0), lambda text: True))
    ]
    yield Row(
        "wait after a whole command", 1000 * max(waits), "ms of sound, at most", goal="<= 250"
    )


def _listen(recognizer: Recognizer, sound: Samples, whole: Callable[[str], bool]) -> list[Heard]:
    """What the ears take for utterances."""
    settings, models = Settings(listening=Listening(mode="push")), catalog.load()
    ears = app.ears(settings, models, recognizer)
    ears.whole = lambda text, language: whole(text)
    ears.listen(5, woken=True)
    heard = (event for frame in frames(in_room(sound, QUIET_DB)) for event in ears.feed(frame))
    return [event for event in heard if isinstance(event, Heard)]


def _one_breath(voice: Synthesizer, recognizer: Recognizer) -> Row:
    """A command in one breath with the wake word, beside the same words heard from the start."""
    alike: dict[str, list[float]] = {"one": [], "alone": []}
    for text in _lines("bench_spoken_en.txt")[:10]:
        ears = app.ears(Settings(), catalog.load(), recognizer)
        ears.whole = lambda text, language: True
        sound = row(1.0, said(voice, f"Hey Jarvis, {text}."), 2.0)
        found = (event for frame in frames(in_room(sound, QUIET_DB)) for event in ears.feed(frame))
        heard = next((event.text for event in found if isinstance(event, Heard)), "")
        (first, *_) = _listen(recognizer, row(0.3, said(voice, text), 2.0), lambda text: True)
        alike["one"].append(fuzz.ratio(_plain(heard), _plain(text)))
        alike["alone"].append(fuzz.ratio(_plain(first.text), _plain(text)))
    one, other = (sum(each) / len(each) for each in alike.values())
    name = "likeness of a command in one breath with the wake word"
    return Row(name, one, "%", other, goal="that of the command alone")


def _waking(voice: Synthesizer, recognizer: Recognizer) -> Iterator[Row]:
    for where, noise in (("a quiet room", QUIET_DB), ("noise at 10 dB", NOISY_DB)):
        woken = [
            _wakes(phrase, in_room(row(1.0, said(voice, f"{phrase}!"), 1.0), noise, at), recognizer)
            for phrase in PHRASES
            for at in range(ROUNDS)
        ]
        yield Row(f"wake word missed in {where}", 100 - share(woken), "%", goal="<= 3")
    others = [
        _wakes(phrase, in_room(row(0.5, said(voice, text), 0.5), QUIET_DB), recognizer)
        for text in _lines("bench_spoken_en.txt")
        for phrase in PHRASES
    ]
    yield Row("other sentences that wake it", share(others), "%", goal="0")


def _wakes(phrase: str, sound: Samples, recognizer: Recognizer) -> bool:
    settings = Settings(listening=Listening(wake_words=(phrase,)))
    wake: WakeWord | None = app.wake_word(settings, catalog.load(), recognizer)
    assert wake is not None
    with wake:
        return any(wake.feed(frame) for frame in frames(sound))


def _ghosts(recognizer: Recognizer) -> Row:
    """Texts out of silence, hiss, hum and knocks, always listening."""
    dice = np.random.default_rng(3)
    seconds = np.arange(5 * RATE) / RATE
    knocks = (seconds % 0.8 < 0.02) * dice.standard_normal(len(seconds)) * 0.3
    sounds = [
        0 * seconds,
        0.1 * dice.standard_normal(len(seconds)),
        0.3 * np.sin(2 * np.pi * 100 * seconds),
        knocks,
    ]
    settings, models = Settings(listening=Listening(mode="open")), catalog.load()
    texts: list[str] = []
    for sound in sounds:
        ears: Ears = app.ears(settings, models, recognizer)
        for frame in frames(sound.astype(np.float32)):
            texts += [e.text for e in ears.feed(frame) if isinstance(e, Heard) and e.text]
    return Row("texts heard in silence, hiss, hum and knocks", len(texts), "of 4", goal="0")
