"""What is played for requests over a library of 300 described tracks, and whether it is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from .choose import Choice, choose
from .circumstances import Circumstances
from .occasions import DATA
from .reading import read
from .shelf import Shelf
from .taste import Known
from .track import Track

BENCH = DATA / "bench"
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)

JUDGED = 10
"""Tracks of a row that are judged."""

LARGE = 50_000


def described() -> list[Track]:
    """The 300 tracks. Loudness follows energy, as it does on records."""
    tracks = []
    for line in (BENCH / "library.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        artist, album, year, genre, language, titles = (each.strip() for each in line.split("|"))
        for number, entry in enumerate(titles.split(";"), 1):
            title, tempo, energy = entry.strip().rsplit(" ", 2)
            tracks.append(
                Track(
                    path=f"{artist}/{album}/{number}",
                    title=title,
                    artist=artist,
                    album=album,
                    genre=genre,
                    language=language,
                    year=int(year),
                    number=number,
                    seconds=150.0 + 37 * number,
                    tempo=float(tempo),
                    energy=int(energy) / 100,
                    brightness=0.5,
                    loudness=-22.0 + int(energy) / 8,
                    added=(NOW - timedelta(days=1 if int(year) > 2018 else 900)).timestamp(),
                )
            )
    return tracks


def large(count: int = LARGE) -> Iterator[Track]:
    """A large library: the described tracks, again and again under other names."""
    tracks = described()
    for at in range(count):
        one, copy = tracks[at % len(tracks)], at // len(tracks)
        yield replace(
            one,
            path=f"/home/somebody/Music/{one.artist} {copy}/{one.album}/{at:05d}.flac",
            title=f"{one.title} {copy}",
            artist=f"{one.artist} {copy}",
            album=f"{one.album} {copy}",
        )


def known(tracks: list[Track]) -> dict[str, Known]:
    """What one listener did: every tenth track liked, the next heard much, the next banned."""
    recently, long_ago = (NOW - timedelta(days=n) for n in (3, 200))
    kinds = (
        Known(plays=4, finishes=3, liked=True, last=recently.timestamp()),
        Known(plays=30, finishes=20, last=recently.timestamp()),
        Known(plays=2, never=True, last=long_ago.timestamp()),
        Known(plays=3, skips=3, last=long_ago.timestamp()),
    )
    return {track.path: kinds[at % 10] for at, track in enumerate(tracks) if at % 10 < len(kinds)}


def requests(language: str) -> list[tuple[str, str]]:
    """What is said, and what must hold."""
    lines = (BENCH / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.partition(" | ") for line in lines if not line.startswith("#")]
    return [(said, wanted) for said, _, wanted in rows]


@dataclass(frozen=True, slots=True)
class Answer:
    """A request and what came of it."""

    said: str
    wanted: str
    choice: Choice
    given: Circumstances

    @property
    def right(self) -> bool:
        """Whether all that was wanted holds of all that is judged."""
        tracks = list(self.choice.tracks[:JUDGED])
        if self.wanted == "none":
            return not tracks
        return bool(tracks) and all(
            self._holds(test, track) for test in _tests(self.wanted) for track in tracks
        )

    def _holds(self, test: str, track: Track) -> bool:
        known = self.given.of(track)
        if test in ("liked", "new", "often", "forgotten"):
            days = (NOW.timestamp() - known.last) / 86_400
            return {
                "liked": known.liked or known.fondness > 0.5,
                "new": track.year > 2018,
                "often": known.plays > 0,
                "forgotten": days > 45,
            }[test]
        name, sign, value = (test.partition(s) for s in "=<>~" if s in test).__next__()
        if sign == "~":
            return any(part in track.genre for part in value.split(","))
        if name == "energy":
            assert track.energy is not None
            return track.energy < float(value) if sign == "<" else track.energy > float(value)
        if name in ("year", "tempo", "steps"):
            low, high = map(float, value.split("-"))
            of = {"year": (track.year,), "steps": (track.cadence,)}
            tempos = (track.tempo, track.tempo / 2, track.tempo * 2)
            return any(low <= each <= high for each in of.get(name, tempos))
        return str(getattr(track, {"tongue": "language"}.get(name, name))) == value


def _tests(wanted: str) -> list[str]:
    """Conditions, parted by spaces before a name and a sign: values may have spaces."""
    found: list[str] = []
    for word in wanted.split(" "):
        if not found or any(sign in word for sign in "=<>~"):
            found.append(word)
        else:
            found[-1] += f" {word}"
    return found


def answers(language: str, seed: int = 1) -> list[Answer]:
    """What comes of every request of a language."""
    tracks = described()
    shelf = Shelf(tracks)
    given = Circumstances(now=NOW, known=known(tracks), dice=Random(seed))
    return [
        Answer(said, wanted, choose(read(said, language), shelf, given), given)
        for said, wanted in requests(language)
    ]
