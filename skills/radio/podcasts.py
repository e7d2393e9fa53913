"""Podcasts: the episodes of a feed, and where one was left."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from voice_assistant.skill import Store

NEAR_END = 60.0
"""Seconds before the end from which an episode counts as heard."""

KEPT = 200
"""Episodes whose place is remembered; the oldest is forgotten first."""


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode of a podcast."""

    title: str
    url: str
    published: float
    """A POSIX time."""
    seconds: float
    """How long; 0 is unknown."""


def episodes(feed: str, url: str) -> list[Episode]:
    """The episodes of a feed with sound, the newest first. Raises ValueError for what is no feed."""
    import podcastparser

    try:
        found: dict[str, Any] = podcastparser.parse(url, io.BytesIO(feed.encode()))
    except podcastparser.FeedParseError as error:
        raise ValueError(f"{url} is no podcast feed: {error}") from error
    made = [
        Episode(
            title=str(entry.get("title", "")).strip(),
            url=enclosure["url"],
            published=float(entry.get("published") or 0.0),
            seconds=float(entry.get("total_time") or 0.0),
        )
        for entry in found["episodes"]
        for enclosure in entry.get("enclosures", [])[:1]
        if str(enclosure.get("mime_type", "audio/")).startswith(("audio/", "video/"))
    ]
    return sorted(made, key=lambda episode: -episode.published)


class Bookmarks:
    """Where each episode was left."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def place(self, episode: Episode) -> float:
        """The second at which it was left; 0 where it was not begun."""
        return float(self._all().get(episode.url, 0.0))

    def keep(self, episode: Episode, seconds: float) -> None:
        """It has come so far; at its end it was heard."""
        if episode.seconds and seconds > episode.seconds - NEAR_END:
            return self.heard(episode)
        return self._set(episode, seconds)

    def heard(self, episode: Episode) -> None:
        """It was heard to its end."""
        self._set(episode, -1.0)

    def next(self, found: Sequence[Episode]) -> Episode | None:
        """The one that was begun last and not heard out; else the newest that was not heard."""
        places = self._all()
        begun = [episode for episode in found if places.get(episode.url, 0.0) > 0]
        if begun:
            order = list(places)
            return max(begun, key=lambda episode: order.index(episode.url))
        return next((each for each in found if places.get(each.url, 0.0) == 0), None)

    def _all(self) -> dict[str, float]:
        places: dict[str, float] = self._store.get("podcasts", {})
        return places

    def _set(self, episode: Episode, seconds: float) -> None:
        places = self._all()
        places.pop(episode.url, None)
        places[episode.url] = round(seconds, 1)
        self._store.set("podcasts", dict(list(places.items())[-KEPT:]))
