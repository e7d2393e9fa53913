"""Radio and podcasts: those of the settings, and stations of the Radio Browser directory where the
network is allowed.

[skills.radio.stations]
"Jazz Corner" = "https://stream.example.org/jazz.mp3"

[skills.radio.podcasts]
"Deep Sea Diaries" = "https://feeds.example.org/sea.xml"

[network]
radio = ["stream.example.org", "feeds.example.org", "all.api.radio-browser.info"]
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote, urlsplit

from rapidfuzz import fuzz, process, utils

from voice_assistant.http import Http, Unreachable
from voice_assistant.skill import Answer, Home, NotAllowed, Receipt, Reply, Skill, Turn, intent
from voice_assistant.sounds import Entries
from voice_assistant.speaking import say_list

from .podcasts import Bookmarks, Episode, episodes

DIRECTORY = "https://all.api.radio-browser.info"
ALIKE = 80
"""How alike (rapidfuzz, 0 to 100) a name said and a station's are that is meant."""
TOLD = 6
"""Stations that are read out."""

TRIES = 5
"""Times that a stream that broke off is opened again before it is given up."""
PATIENCE = 2.0
"""Seconds before the first of them; each waits twice as long as the one before."""
STEADY = 60
"""Seconds of sound after which a stream counts as well again."""

KEEP_EVERY = 15
"""Seconds of an episode between two bookmarks: each is a write to the disk."""


@dataclass(frozen=True, slots=True)
class Station:
    """A name and the address of its stream."""

    name: str
    url: str


class Radio(Skill):
    """Plays radio stations and podcasts."""

    permissions = frozenset({"network"})

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._playing: Station | None = None
        self._episode: Episode | None = None
        self._bookmarks = Bookmarks(home.store)
        self._failures = 0
        self._sounded = 0
        """Seconds that were heard since the stream was opened."""

    def vocabulary(self, language: str) -> Mapping[str, Iterable[str]]:
        """The names of the settings."""
        return {"station_here": [*self._named("stations")], "podcast": [*self._named("podcasts")]}

    # --- radio ---------------------------------------------------------------------------

    @intent("play")
    async def play(self, turn: Turn, station: str | None = None) -> Answer:
        """A station by name; without one the last, or the first of the settings."""
        if self.home.media is None:
            return turn.phrase("no_loudspeaker")
        if station is None:
            usual = self._usual()
            return self._tune(turn, usual) if usual else turn.phrase("no_stations")
        try:
            found = self._known(station) or await self._look_up(station)
        except NotAllowed:
            return turn.phrase("no_directory", station=station, host=urlsplit(DIRECTORY).hostname)
        except Unreachable:
            return turn.phrase("unreachable")
        return self._tune(turn, found) if found else turn.phrase("unknown", station=station)

    @intent("next")
    async def next(self, turn: Turn) -> Answer:
        """The station after this one in the settings."""
        if self.home.media is None:
            return turn.phrase("no_loudspeaker")
        stations = self._stations()
        if not stations:
            return turn.phrase("no_stations")
        names = [each.name for each in stations]
        at = names.index(self._playing.name) if self._playing in stations and self._playing else -1
        return self._tune(turn, stations[(at + 1) % len(stations)])

    @intent("list")
    async def list_stations(self, turn: Turn) -> Answer:
        """What is in the settings."""
        names = [each.name for each in self._stations()]
        if not names:
            return turn.phrase("no_stations")
        return turn.phrase("stations", list=say_list(names[:TOLD], turn.language))

    @intent("stop")
    async def stop_radio(self, turn: Turn) -> Answer:
        """Silence."""
        return turn.phrase("stopped" if await self.halt(turn) else "not_playing")

    async def halt(self, turn: Turn) -> bool:
        """Stop ends the radio."""
        if self.home.media is None or not (self._playing or self._episode):
            return False
        self._keep_place()
        self._playing = self._episode = None
        self.home.media.stop_media()
        return True

    async def stop(self) -> None:
        """Remember the place in a podcast."""
        self._keep_place()

    # --- podcasts ------------------------------------------------------------------------

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
        name = _nearest(said, feeds) if said else usual
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
        self._playing, self._episode, self._sounded = None, episode, 0
        self.home.media.play_media(
            self.home.services["open_track"](episode.url, place),
            ended=partial(self._episode_ended, episode),
            passing=partial(self._episode_passes, episode),
            dropped=partial(self._dropped, episode),
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

    # --- what is known by name -----------------------------------------------------------

    def _named(self, kind: str) -> Mapping[str, str]:
        named: Mapping[str, str] = self.home.settings.get(kind, {})
        return named

    def _stations(self) -> list[Station]:
        return [Station(name, url) for name, url in self._named("stations").items()]

    def _usual(self) -> Station | None:
        last = self.home.store.get("last")
        return Station(*last) if last else next(iter(self._stations()), None)

    def _known(self, name: str) -> Station | None:
        """The station of the settings whose name was said."""
        urls = self._named("stations")
        found = _nearest(name, urls)
        return Station(found, urls[found]) if found else None

    async def _look_up(self, name: str) -> Station | None:
        """The most heard station of that name in the directory."""
        http: Http = self.home.services["http"]
        query = "limit=1&hidebroken=true&order=clickcount&reverse=true"
        rows = await http.json(f"{DIRECTORY}/json/stations/byname/{quote(name)}?{query}")
        return Station(rows[0]["name"].strip(), rows[0]["url_resolved"]) if rows else None

    # --- streams -------------------------------------------------------------------------

    def _refusal(self, turn: Turn, name: str, url: str) -> str:
        """The sentence that says that a host may not be talked to; empty if it may."""
        host = urlsplit(url).hostname or ""
        try:
            self.home.network(host)
        except NotAllowed:
            return turn.phrase("not_allowed", station=name, host=host)
        return ""

    def _tune(self, turn: Turn, station: Station) -> Answer:
        """Open the stream, if the settings allow its host."""
        if refusal := self._refusal(turn, station.name, station.url):
            return refusal
        self._keep_place()
        self._failures = 0
        self._open(station)
        self.home.store.set("last", [station.name, station.url])
        receipt = Receipt(action="radio.play", result={"station": station.name})
        return Reply(say=turn.phrase("tuned", station=station.name), receipts=(receipt,))

    def _open(self, station: Station) -> None:
        assert self.home.media is not None
        self._playing, self._episode, self._sounded = station, None, 0
        self.home.media.play_media(
            self.home.services["open_track"](station.url),
            ended=partial(self._broke_off, station),
            passing=partial(self._sounds, station),
            dropped=partial(self._dropped, station),
        )

    def _sounds(self, station: Station) -> None:
        self._sounded += 1
        if self._sounded > STEADY:
            self._failures = 0

    def _broke_off(self, station: Station) -> None:
        """A station does not end: the network did. Open it again, more and more patiently."""
        if self._playing is not station:
            return
        self._failures += 1
        if self._failures > TRIES:
            self._playing = None
            return
        wait = PATIENCE * 2 ** (self._failures - 1)
        asyncio.get_running_loop().call_later(wait, self._again, station)

    def _again(self, station: Station) -> None:
        if self._playing is station and self.home.media and self.home.media.media_idle:
            self._open(station)

    def _dropped(self, what: Station | Episode) -> None:
        """Somebody else plays now."""
        if self._playing is what:
            self._playing = None
        if self._episode is what:
            self._episode = None


def _nearest(said: str, names: Iterable[str]) -> str | None:
    """The name most like what was said, by letters or by sound."""
    found = process.extractOne(
        said, list(names), scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=ALIKE
    )
    if found:
        return str(found[0])
    heard = Entries({name.lower(): name for name in names}).sounding(said.lower())
    return heard[0] if heard else None
