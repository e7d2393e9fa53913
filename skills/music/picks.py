"""Which tracks suit a mood, an activity or a tempo, in an order that is pleasant to hear."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voice_assistant.texts import read_yaml

from .library import Track


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What music suits a mood or an activity."""

    genres: tuple[str, ...]
    """Parts of genre names that suit."""
    tempo: tuple[float, float] = (0, 400)
    """Beats a minute that suit, where a track's tempo is known."""

    def suits(self, track: Track) -> float:
        """How well a track suits: 0 not at all, 1 by genre, more where the tempo fits too."""
        by_genre = any(genre in track.genre for genre in self.genres)
        if not track.tempo:
            return float(by_genre)
        low, high = self.tempo
        # A runner's feet take half and double time alike.
        fits = any(low <= track.tempo * factor <= high for factor in (0.5, 1, 2))
        return 0.0 if not fits else 1.5 if by_genre else 0.75


def occasions() -> dict[str, Occasion]:
    """The occasions of data/occasions.yaml, by name."""
    file = Path(__file__).parent / "data" / "occasions.yaml"
    data: Mapping[str, Any] = read_yaml(file.read_text(encoding="utf-8"))
    return {
        name: Occasion(genres=tuple(entry["genres"]), tempo=tuple(entry.get("tempo", (0, 400))))
        for name, entry in data.items()
    }


def pick(tracks: Sequence[Track], occasion: Occasion, never: Sequence[str] = ()) -> list[Track]:
    """The tracks that suit, the best first, shuffled among equals, no artist twice in a row."""
    suited = [(occasion.suits(track), track) for track in tracks if track.path not in never]
    found = [(score, random.random(), track) for score, track in suited if score > 0]
    ranked = [track for _, _, track in sorted(found, key=lambda each: (-each[0], each[1]))]
    return apart(ranked)


def apart(tracks: Sequence[Track]) -> list[Track]:
    """The same tracks, moved as little as needed so that no artist follows himself."""
    waiting = list(tracks)
    row: list[Track] = []
    while waiting:
        last = row[-1].artist if row else None
        at = next((i for i, each in enumerate(waiting) if each.artist != last or not last), 0)
        row.append(waiting.pop(at))
    return row
