"""`bench listening`: the ears alone. Whisper without its padding beside Whisper with it; pauses in
the middle of a sentence and waits at its end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from rapidfuzz import fuzz

from voice_assistant import app, catalog
from voice_assistant.audio.frames import RATE, Samples
from voice_assistant.bench import Row
from voice_assistant.benches._speech import frames, in_room, person, row, said, share
from voice_assistant.benches.routing import NOW, our_skills
from voice_assistant.engines import Recognizer, Synthesizer
from voice_assistant.engines.whisper import WhisperRecognizer
from voice_assistant.events import Heard
from voice_assistant.router import Router
from voice_assistant.settings import Listening, Settings

_DATA = Path(__file__).parents[1] / "data"

PAUSES = (0.3, 0.5, 0.7)
"""Seconds inside a sentence."""

QUIET_DB = 60

WAIT = 250
"""Milliseconds after a whole command."""

ENDING = 0.5
"""Seconds at most between the last speech and the end of a voice's sentence."""

PACES = (0.85, 1.0, 1.2)
"""Of a slow speaker, a usual one and a quick one."""


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
        router = Router(our_skills("en"), now=lambda: NOW)
        yield from _pauses(voice, quick, router)
        yield from _waits(voice, quick, router)
        yield _one_breath(voice, quick, router)


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


def _pauses(voice: Synthesizer, recognizer: Recognizer, router: Router) -> Iterator[Row]:
    """Sentences with a pause in the middle."""
    early: dict[str, list[bool]] = {"at first": [], "for good": []}
    for line in _lines("bench_pauses_en.txt"):
        first, last = (said(voice, part) for part in line.split("|"))
        for pause in PAUSES:
            sound = row(0.3, first, pause, last, 2.0)
            ends = len(sound) / RATE - 2.0 - ENDING
            taken = [h for h in _listen(recognizer, sound, router) if h.text]
            early["at first"].append(taken[0].speech_ended < ends)
            early["for good"].append(taken[-1].speech_ended < ends)
    yield Row("answered in a pause of 0.3-0.7 s", share(early["at first"]), "%")
    cut = share(early["for good"])
    yield Row("cut off there, and not taken up again", cut, "%", goal="<= 2")


def _waits(voice: Synthesizer, recognizer: Recognizer, router: Router) -> Iterator[Row]:
    """Whole commands, by quick and slow speakers: those that are misheard wait longer."""
    waits = [
        1000 * (heard[0].at - heard[0].speech_ended)
        for pace in PACES
        for text in _lines("bench_spoken_en.txt")
        if router.is_complete(text, "en")  # what the world is asked may go on
        and (heard := _listen(recognizer, row(0.3, said(voice, f"{text}.", pace), 2.0), router))
    ]
    name, goal = "wait after a whole command", f"<= {WAIT}"
    yield Row(f"{name}, 90 % of {len(waits)}", quantiles(waits, n=10)[-1], "ms of sound", goal=goal)
    misheard = share([wait > WAIT for wait in waits])
    yield Row("commands that wait longer, being misheard", misheard, "%")


def _listen(recognizer: Recognizer, sound: Samples, router: Router) -> list[Heard]:
    """What the ears take for utterances."""
    settings, models = Settings(listening=Listening(mode="push")), catalog.load()
    ears = app.ears(settings, models, recognizer)
    ears.whole, ears.suggest = router.is_complete, router.suggest
    ears.listen(5, woken=True)
    heard = (event for frame in frames(in_room(sound, QUIET_DB)) for event in ears.feed(frame))
    return [event for event in heard if isinstance(event, Heard)]


def _one_breath(voice: Synthesizer, recognizer: Recognizer, router: Router) -> Row:
    """A command in one breath with the wake word, beside the same words heard from the start."""
    alike: dict[str, list[float]] = {"one": [], "alone": []}
    for text in _lines("bench_spoken_en.txt"):
        ears = app.ears(Settings(), catalog.load(), recognizer)
        ears.whole, ears.suggest = router.is_complete, router.suggest
        sound = row(1.0, said(voice, f"Hey Jarvis, {text}."), 2.0)
        found = (event for frame in frames(in_room(sound, QUIET_DB)) for event in ears.feed(frame))
        heard = next((event.text for event in found if isinstance(event, Heard)), "")
        (first, *_) = _listen(recognizer, row(0.3, said(voice, f"{text}."), 2.0), router)
        alike["one"].append(fuzz.ratio(_plain(heard), _plain(text)))
        alike["alone"].append(fuzz.ratio(_plain(first.text), _plain(text)))
    one, other = (sum(each) / len(each) for each in alike.values())
    name = "likeness of a command in one breath with the wake word"
    return Row(name, one, "%", other, goal="that of the command alone")
