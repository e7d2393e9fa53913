"""`bench music`: the right music for requests, what a library of 50,000 tracks costs, and how fast
sound is listened to."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import tracemalloc
import wave
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from time import process_time

import numpy as np

from voice_assistant.bench import Row

from .arrange import jump
from .choose import choose
from .circumstances import Circumstances
from .judging import NOW, Answer, answers, large
from .library import Library
from .measure import RATE, Listener
from .reading import read
from .shelf import Shelf
from .sounds import sound
from .track import Track

FILES = 1000
HOURS = 3
MISHEARD = "play rusty rain by copper fox 17"


def run() -> Iterator[Row]:
    """The figures of the skill."""
    for language in ("en", "zh"):
        found = answers(language)
        right = sum(answer.right for answer in found)
        share = 100 * right / len(found)
        yield Row(f"right music, {language}", share, f"% of {len(found)}", goal=">= 95")
        yield from _order(found, language)
    yield from _listening()
    yield from _scanning()
    yield from _large()
    yield from _endless()


def _order(found: list[Answer], language: str) -> Iterator[Row]:
    banned = sum(a.given.of(t).never for a in found for t in a.choice.tracks if not a.choice.hit)
    yield Row(f"banned tracks played, {language}", banned, "", goal="0")
    runs = [t for a in found if "steps=150" in a.wanted for t in a.choice.tracks]
    within = sum(150 <= track.cadence <= 185 for track in runs)
    share = 100 * within / len(runs)
    yield Row(f"running, within the cadence band, {language}", share, "%", goal=">= 95")
    rows = [a.choice.tracks for a in found if not a.choice.hit and len(a.choice.tracks) > 2]
    twice = sum(avoidable(row) for row in rows)
    yield Row(f"artist twice in a row though avoidable, {language}", twice, "", goal="0")
    steps = [jump(one, other) for row in rows for one, other in pairwise(row)]
    dice = Random(1)
    mixed = [dice.sample(list(row), len(row)) for row in rows]
    rough = [jump(one, other) for row in mixed for one, other in pairwise(row)]
    ratio = sum(steps) / sum(rough)
    yield Row(
        f"roughness from track to track, {language}",
        sum(steps) / len(steps),
        "",
        baseline=sum(rough) / len(rough),
        ratio=ratio,
        goal="<= 0.7 of a shuffled row",
    )


def avoidable(tracks: Sequence[Track]) -> int:
    """How often an artist follows himself where another order would not have it."""
    artists = [track.artist for track in tracks]
    most = max(artists.count(artist) for artist in set(artists))
    must = max(0, 2 * most - len(artists) - 1)
    return max(0, sum(one == other for one, other in pairwise(artists)) - must)


def _listening() -> Iterator[Row]:
    dice = np.random.default_rng(1)
    seconds = 120
    sound = dice.normal(0, 0.1, (seconds * RATE, 2)).astype(np.float32)
    listener = Listener()
    began = process_time()
    for at in range(0, len(sound), 10 * RATE):
        listener.feed(sound[at : at + 10 * RATE])
    listener.told()
    speed = seconds / (process_time() - began)
    yield Row("listening, without decoding", speed, "x real time of one core", goal=">= 20")


def _scanning() -> Iterator[Row]:
    """Small WAV files, which cost what any file costs but for its tags."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(FILES):
            file = Path(folder) / f"{number % 20}" / f"{number} - Somebody - Something.wav"
            file.parent.mkdir(exist_ok=True)
            with wave.open(str(file), "wb") as out:
                out.setparams((1, 2, 8000, 0, "NONE", ""))
                out.writeframes(bytes(1600))
        library = Library(":memory:")
        for name in ("scanning new files", "scanning known files"):
            began = process_time()
            for _ in library.scan([Path(folder)]):
                pass
            yield Row(name, FILES / (process_time() - began), "files a second of one core")
        library.close()


def _endless() -> Iterator[Row]:
    """Hours of a generated piece, at few samples a second: what is kept depends on the time."""
    source = sound("piece", 4000, seed=1)
    sizes = []
    tracemalloc.start()
    for _ in range(3):
        for _ in range(HOURS * 3600 // 30):
            source.read(40_000)
        sizes.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    growth = (sizes[-1] - sizes[0]) / 2**20
    yield Row(f"{HOURS} hours of a generated piece: growth", growth, "MB", goal="< 3")


def _large() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder) / "music.db")
        for track in large():
            library.add(track)
        library.commit()
        library.close()
        command = [sys.executable, "-m", __name__, f"{folder}/music.db"]
        told = subprocess.run(command, check=True, capture_output=True, text=True)
    found = json.loads(told.stdout)
    yield Row("50,000 tracks: shown after a start", found["shown"], "s of one core")
    yield Row("50,000 tracks: memory", found["memory"], "MB", goal="< 120")
    yield Row("50,000 tracks: choosing", found["choosing"], "ms of one core", goal="< 300")


def _measured(index: str) -> dict[str, float]:
    """What a library costs in a process that does nothing else; but for what the assistant has
    loaded anyway: the words of a wish, pinyin and the two ways of writing Chinese."""
    read("放点音乐", "zh")
    Shelf([Track(path="", title="你好")])
    before, began = _resident(), process_time()
    library = Library(index)
    shelf = Shelf(library.tracks(), library.playlists())
    shown = process_time() - began
    choose(read("play some music", "en"), shelf, Circumstances(now=NOW))
    memory = _resident() - before
    slowest = 0.0
    for said in ("play music for running", "play songs like moth parade 9", MISHEARD):
        began = process_time()
        choose(read(said, "en"), shelf, Circumstances(now=NOW))
        slowest = max(slowest, 1000 * (process_time() - began))
    return {"shown": shown, "memory": memory, "choosing": slowest}


def _resident() -> float:
    """Megabytes of this process in memory, where Linux tells."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measured(sys.argv[1])))
