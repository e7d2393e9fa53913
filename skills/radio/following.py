"""Podcasts by voice: which one, which episode, and on from where it was left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, ClassVar
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process, utils

from voice_assistant.http import Http, Unreachable
from voice_assistant.skill import Answer, Cue, Home, NotAllowed, Receipt, Reply, Skill, Turn, intent
from voice_assistant.sounds import Entries
from voice_assistant.speaking import say_list

from .podcasts import Bookmarks, Episode, episodes

ALIKE = 80
"""How alike (rapidfuzz, 0 to 100) a name said and a station's are that is meant."""
TOLD = 6
"""Stations that are read out."""

KEEP_EVERY = 15
"""Seconds of an episode between two bookmarks: each is a write to the disk."""


class Following(Skill):
    """The half of the skill that follows podcasts."""

    settings: ClassVar[Mapping[str, Any]] = dict.fromkeys(
        ("stations", "podcasts"), Mapping[str, str]
    )

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._episode: Episode | None = None
        self._bookmarks = Bookmarks(home.store)
        self._sounded = 0
        """Seconds that were heard since the stream was opened."""

    async def stop(self) -> None:
        """Remember the place."""
        self._keep_place()

    @intent("podcast")
    async def podcast(self, turn: Turn, podcast: str | None = None) -> Answer:
        """Go on in a podcast: with the episode that was begun, else the newest that is new."""
        return await self._podcast(turn, podcast, latest=False)

    @intent("latest")
    async def latest(self, turn: Turn, podcast: str | None = None) -> Answer:
        """The newest episode of a podcast."""
        return await self._podcast(turn, podcast, latest=True)

    @intent("podcasts")
    async def list_podcasts(self, turn: Turn) -> Answer:
        """What is in the settings."""
        names = list(self._named("podcasts"))
        if not names:
            return turn.phrase("no_podcasts")
        return turn.phrase("podcasts", list=say_list(names[:TOLD], turn.language))

    async def _podcast(self, turn: Turn, said: str | None, *, latest: bool) -> Answer:
        if self.home.media is None:
            return turn.phrase("no_loudspeaker")
        feeds = self._named("podcasts")
        if not feeds:
            return turn.phrase("no_podcasts")
        usual = str(self.home.store.get("podcast") or next(iter(feeds)))
        name = nearest(said, feeds) if said else usual
        if name is None or name not in feeds:
            return turn.phrase("unknown_podcast", podcast=said)
        http: Http = self.home.services["http"]
        try:
            found = episodes(await http.text(feeds[name]), feeds[name])
        except NotAllowed:
            return turn.phrase("not_allowed", station=name, host=urlsplit(feeds[name]).hostname)
        except (Unreachable, ValueError):
            return turn.phrase("no_feed", podcast=name)
        episode = found[0] if latest and found else self._bookmarks.next(found)
        if episode is None:
            return turn.phrase("all_heard" if found else "no_feed", podcast=name)
        self.home.store.set("podcast", name)
        return self._open_episode(turn, name, episode)

    def _open_episode(self, turn: Turn, podcast: str, episode: Episode) -> Answer:
        place = max(self._bookmarks.place(episode), 0.0)
        if refusal := self._refusal(turn, podcast, episode.url):
            return refusal
        assert self.home.media is not None
        self._keep_place()
        self._episode, self._sounded = episode, 0
        self.home.media.play_media(
            Cue(
                self.home.services["open_track"](episode.url, place),
                ended=partial(self._episode_ended, episode),
                passing=partial(self._episode_passes, episode),
                dropped=partial(self._episode_dropped, episode),
            )
        )
        receipt = Receipt(action="radio.podcast", result={"title": episode.title, "from": place})
        key = "goes_on" if place else "episode"
        say = turn.phrase(key, podcast=podcast, title=episode.title)
        return Reply(say=say, receipts=(receipt,))

    def _episode_passes(self, episode: Episode) -> None:
        self._sounded += 1
        if self._episode is episode and self._sounded % KEEP_EVERY == 0:
            self._keep_place()

    def _episode_ended(self, episode: Episode) -> None:
        if self._episode is episode:
            self._episode = None
            if self._sounded:  # a host that does not answer ends at once, too
                self._bookmarks.heard(episode)

    def _keep_place(self) -> None:
        if self._episode and self._sounded and self.home.media:
            self._bookmarks.keep(self._episode, self.home.media.media_seconds)

    def _named(self, kind: str) -> Mapping[str, str]:
        named: Mapping[str, str] = self.home.settings.get(kind, {})
        return named

    def _refusal(self, turn: Turn, name: str, url: str) -> str:
        """The sentence that says that a host may not be talked to; empty if it may."""
        host = urlsplit(url).hostname or ""
        try:
            self.home.network(host)
        except NotAllowed:
            return turn.phrase("not_allowed", station=name, host=host)
        return ""

    def _episode_dropped(self, episode: Episode) -> None:
        """Somebody else plays now."""
        if self._episode is episode:
            self._episode = None


def nearest(said: str, names: Iterable[str]) -> str | None:
    """The name most like what was said, by letters or by sound."""
    found = process.extractOne(
        said, list(names), scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=ALIKE
    )
    if found:
        return str(found[0])
    heard = Entries({name.lower(): name for name in names}).sounding(said.lower())
    return heard[0] if heard else None
