"""What music suits a mood or an activity: data/occasions.yaml, and how well a track fits it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from voice_assistant.texts import read_yaml

from .track import Track

DATA = Path(__file__).parent / "data"

Band: TypeAlias = tuple[float, float]

MARGIN = 0.06
"""Energy that a track may lie outside its band, and still fit a little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A mood or an activity; the file says what the fields mean."""

    genres: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    only: bool = False
    """Whether nothing but the genres will do."""
    steps: Band | None = None
    tempo: Band | None = None
    energy: Band | None = None
    mode: str = ""
    words: tuple[str, ...] = ()

    def fits(self, track: Track) -> float:
        """How well a track suits: 0 not at all. By what is known of it; a tempo for the feet must
        be right, and nothing may contradict."""
        genre = self.by_genre(track.genre)
        if genre < 0 or (self.only and not genre) or (self.steps and not track.tempo and not genre):
            return 0.0
        beat = self._by_beat(track)
        energy = _inside(track.energy, self.energy, MARGIN)
        if beat < 0 or energy < 0:
            return 0.0
        score = genre + beat + energy
        if score and self.mode and track.key:
            score += 0.3 if track.key.endswith(self.mode) else -0.3
        if score and self.words:
            title = f"{track.title} {track.album}".lower()
            score += 0.5 * any(word in title for word in self.words)
        return max(score, 0.0)

    def by_genre(self, genre: str) -> float:
        """1 for a genre that suits, -1 for one that never does, 0 for others."""
        if any(each in genre for each in self.never):
            return -1.0
        return float(any(each in genre for each in self.genres))

    def _by_beat(self, track: Track) -> float:
        if self.steps:
            return _inside(track.cadence or None, self.steps, 0.0)
        return _inside(track.tempo or None, self.tempo, 4.0)


def _inside(value: float | None, band: Band | None, margin: float) -> float:
    """1 inside a band, less on its margin, -1 outside; 0 where nothing is known."""
    if value is None or band is None:
        return 0.0
    low, high = band
    if low <= value <= high:
        return 1.0
    return 0.3 if low - margin <= value <= high + margin else -1.0


@cache
def occasions() -> Mapping[str, Occasion]:
    """Every occasion, by name."""
    data: Mapping[str, Any] = read_yaml((DATA / "occasions.yaml").read_text(encoding="utf-8"))
    return {name: _occasion(entry) for name, entry in data.items()}


def _occasion(entry: Mapping[str, Any]) -> Occasion:
    bands = {key: tuple(entry[key]) for key in ("steps", "tempo", "energy") if key in entry}
    return Occasion(
        genres=tuple(entry["genres"]),
        never=tuple(entry.get("not", ())),
        only=entry.get("only", False),
        mode=entry.get("mode", ""),
        words=tuple(entry.get("words", ())),
        **bands,
    )


def of_the_hour(hour: int) -> str:
    """The occasion that an hour of the day is by itself."""
    if 5 <= hour < 10:
        return "waking"
    if 10 <= hour < 18:
        return "focused"
    return "dinner" if hour < 22 and hour >= 18 else "sleep"


def of_the_weather(sky: str, hour: int) -> str:
    """The occasion that the sky outside is by itself; empty for one that is none, as a clear one is
    at night."""
    if sky in ("clear", "fair"):
        return "happy" if 7 <= hour < 20 else ""
    return {"rainy": "calm", "foggy": "calm", "snowy": "calm", "storm": "focused"}.get(sky, "")
