"""`bench own_voice`: the assistant in one room with its own loudspeaker.

Its own voice says the wake word and tells stories, and must neither wake nor answer itself; and a
person who calls it over its speech and music must be heard. The loudspeaker's sound reaches the
microphone through a simulated room, and everything runs at the speed of the machine.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, cycle, islice

import numpy as np
import soxr

from voice_assistant import app, catalog
from voice_assistant.audio.frames import RATE, Samples
from voice_assistant.bench import Row
from voice_assistant.benches._room import Monologue, chords, echo_of, heard, monologue, rms
from voice_assistant.benches._speech import frames, person, row, said, share
from voice_assistant.ears import Ears
from voice_assistant.engines import Recognizer, Synthesizer
from voice_assistant.engines.espeak import RATE as ESPEAK_RATE
from voice_assistant.engines.espeak import Espeak
from voice_assistant.events import Heard, Woken
from voice_assistant.sentences import Splitter
from voice_assistant.settings import Listening, Settings, Sound

WAKE_WORD = "hey jarvis"

CARRIERS = (
    "You can call me by saying hey jarvis.",
    "Hey Jarvis!",
    "Say hey jarvis, and I will listen.",
    "I was asked: hey jarvis, what time is it?",
    "My name is not Alexa, it is hey jarvis.",
)
TIMES = 200
STORY_SECONDS = 600.0
STORIES = ("a fox", "a lighthouse", "two brothers", "a dragon", "a baker", "the moon", "a whale")

WARM_SECONDS = 10.0
"""Of its own sound, in which the echo canceller learns the room."""

TALE = (
    "Once there was a lighthouse at the edge of the sea, and in it lived a woman who collected "
    "songs. Every evening she wrote them down in a long blue book, and the whales listened. "
)

CALLS = 24
EVERY_SECONDS = 3.0
NOTICED_SECONDS = 1.5
"""After a call's beginning: later it is no answer to it."""


def run() -> Iterator[Row]:
    """All rows, where a recogniser and a voice are installed."""
    settings, models, voice = Settings(), catalog.load(), person()
    if voice is None or models.best("recognizer", "en") is None:
        return
    with app.recognizer(settings, models) as recognizer:
        yield named(voice, recognizer, TIMES)
        yield from told(voice, recognizer, _stories(), STORY_SECONDS)
        yield from called(voice, recognizer, CALLS)


def listening(recognizer: Recognizer) -> Ears:
    """Ears that wait for the wake word beside a loudspeaker."""
    settings = Settings(listening=Listening(wake_words=(WAKE_WORD,)), sound=Sound(echo_cancel="on"))
    return app.ears(settings, catalog.load(), recognizer)


def named(voice: Synthesizer, recognizer: Recognizer, times: int) -> Row:
    """The assistant says its own name; how often it wakes, beside a wake word that hears it all."""
    pieces = [(text, said(voice, text)) for text in islice(cycle(CARRIERS), times)]
    speech = monologue(pieces)
    woken = sum(isinstance(event, Woken) for event in heard(listening(recognizer), speech))
    bare = app.wake_word(
        Settings(listening=Listening(wake_words=(WAKE_WORD,))), catalog.load(), recognizer
    )
    assert bare is not None
    alone = echo_of(speech.sound, 0.0).astype(np.float32)
    with bare:
        fired = sum(bare.feed(frame) is not None for frame in frames(0.3 * alone))
    return Row(f"own voice says the wake word {times} times: wakes", woken, "", fired, goal="0")


def told(
    voice: Synthesizer, recognizer: Recognizer, texts: Sequence[str], seconds: float
) -> Iterator[Row]:
    """The assistant tells stories; how often it wakes, and takes itself for a person."""
    pieces: list[tuple[str, Samples]] = []
    length = 0.0
    for text in chain.from_iterable(map(_sentences, texts)):
        if length >= seconds:
            break
        pieces.append((text, said(voice, text)))
        length += len(pieces[-1][1]) / RATE
    found = list(heard(listening(recognizer), monologue(pieces)))
    minutes = f"{length / 60:.1f} minutes of own stories"
    yield Row(f"{minutes}: wakes", sum(isinstance(e, Woken) for e in found), "", goal="0")
    answered = sum(isinstance(event, Heard) and bool(event.text) for event in found)
    yield Row(f"{minutes}: taken for a request", answered, "", goal="0")


def _sentences(text: str) -> list[str]:
    splitter = Splitter(early=False)
    return [*splitter.feed(text), *splitter.finish()]


def _stories() -> list[str]:
    """What the installed skill tells."""
    asked = "".join(f"tell me a long story about {hero}\n" for hero in STORIES)
    command = [sys.executable, "-m", "voice_assistant", "chat", "--json", "--no-llm"]
    done = subprocess.run(command, input=asked, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line)["reply"] for line in done.stdout.splitlines()]


def called(voice: Synthesizer, recognizer: Recognizer, calls: int) -> Iterator[Row]:
    """A person calls in a quiet room, and over the assistant's speech and music at 0 dB."""
    shouts = [0.5 * said(voice, f"{WAKE_WORD}!") for _ in range(calls)]
    seconds = WARM_SECONDS + calls * EVERY_SECONDS
    silence = Monologue(row(seconds), {})
    quiet = _missed(recognizer, shouts, silence)
    yield Row("wake word missed in a quiet room", quiet, "%", goal="<= 5")
    tale, music = Monologue(_tale(seconds), {0: TALE}), Monologue(chords(seconds), {})
    for name, own in (("speech", tale), ("music", music)):
        missed, goal = _missed(recognizer, shouts, own), "at most 5 above quiet"
        yield Row(f"wake word missed over own {name} at 0 dB", missed, "%", quiet, goal=goal)


def _tale(seconds: float) -> Samples:
    """Speech of another voice than the person's."""
    spoken = soxr.resample(Espeak().speak(TALE, "en-gb"), ESPEAK_RATE, RATE)
    tale: Samples = np.resize(0.5 * spoken / np.abs(spoken).max(), round(seconds * RATE))
    return tale


def _missed(recognizer: Recognizer, shouts: Sequence[Samples], own: Monologue) -> float:
    """Percent of the calls that nothing answered in time."""
    voice = np.zeros_like(own.sound)
    starts = [round((WARM_SECONDS + at * EVERY_SECONDS) * RATE) for at in range(len(shouts))]
    for start, shout in zip(starts, shouts, strict=True):
        voice[start : start + len(shout)] += shout
    echo = rms(np.concatenate(shouts)) / max(rms(echo_of(own.sound, 0.0)), 1e-6)
    found = heard(listening(recognizer), own, echo=echo, person=voice)
    woken = [event.at * RATE for event in found if isinstance(event, Woken)]
    late = NOTICED_SECONDS * RATE
    return 100 - share([any(start < at < start + late for at in woken) for start in starts])
