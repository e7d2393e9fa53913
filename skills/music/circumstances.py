"""What else counts for a choice: who asks, when, and what plays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from .taste import NOTHING, Known
from .track import Track


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What else counts: who asks, when, and what plays."""

    now: datetime
    known: Mapping[str, Known] = field(default_factory=dict)
    """What is known of tracks and the one who asks, by path."""
    weather: str = ""
    """The sky outside, where it is known: a key of data/occasions.yaml."""
    playing: Track | None = None
    recent: frozenset[str] = frozenset()
    """Paths that were just heard, and do not come again so soon."""
    dice: Random = field(default_factory=Random)

    def of(self, track: Track) -> Known:
        """What is known of one track."""
        return self.known.get(track.path, NOTHING)
