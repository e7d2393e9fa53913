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
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote, urlsplit

from voice_assistant.http import Http, Unreachable
from voice_assistant.skill import Answer, Cue, Home, NotAllowed, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_list

from .following import TOLD, Following, nearest

NEWS = re.compile("news|info|npr|world service|radio four|radio 4|新闻|中国之声", re.IGNORECASE)
"""What a station is called that tells the news."""

DIRECTORY = "https://all.api.radio-browser.info"

TRIES = 5
"""Times that a stream that broke off is opened again before it is given up."""
PATIENCE = 2.0
"""Seconds before the first of them; each waits twice as long as the one before."""
STEADY = 60
"""Seconds of sound after which a stream counts as well again."""


@dataclass(frozen=True, slots=True)
class Station:
    """A name and the address of its stream."""

    name: str
    url: str


class Radio(Following):
    """Plays radio stations and podcasts."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._playing: Station | None = None
        self._failures = 0

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

    @intent("news")
    async def news(self, turn: Turn) -> Answer:
        """A station of the settings that is for news."""
        if self.home.media is None:
            return turn.phrase("no_loudspeaker")
        found = next((each for each in self._stations() if NEWS.search(each.name)), None)
        return self._tune(turn, found) if found else turn.phrase("no_news")

    @intent("what")
    async def what(self, turn: Turn) -> Answer:
        """What is heard now."""
        if self._playing is not None:
            return turn.phrase("this_is", station=self._playing.name)
        if self._episode is not None:
            return turn.phrase("this_is", station=self._episode.title)
        return turn.phrase("not_playing")

    def vocabulary(self, language: str) -> Mapping[str, Iterable[str]]:
        """The names of the settings."""
        return {
            "tuned": [each.name for each in self._stations()],
            "followed": list(self._named("podcasts")),
        }

    @intent("stop")
    @intent("stop_it")
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

    def offers(self) -> Mapping[str, object]:
        """`play_radio`: a station of the settings, or the usual one; for an alarm that wakes."""
        return {"play_radio": self.wake}

    async def wake(self, station: str, language: str) -> str | None:
        """Play a station of the settings; its name, or None where there is none. Raises NotAllowed
        where the network is."""
        found = self._known(station) if station else self._usual()
        if found is None or self.home.media is None:
            return None
        self.home.network(urlsplit(found.url).hostname or "")
        self._failures = 0
        self._open(found)
        return found.name

    # --- what is known by name -----------------------------------------------------------

    def _stations(self) -> list[Station]:
        return [Station(name, url) for name, url in self._named("stations").items()]

    def _usual(self) -> Station | None:
        last = self.home.store.get("last")
        return Station(*last) if last else next(iter(self._stations()), None)

    def _known(self, name: str) -> Station | None:
        """The station of the settings whose name was said."""
        urls = self._named("stations")
        found = nearest(name, urls)
        return Station(found, urls[found]) if found else None

    async def _look_up(self, name: str) -> Station | None:
        """The most heard station of that name in the directory."""
        http: Http = self.home.services["http"]
        query = "limit=1&hidebroken=true&order=clickcount&reverse=true"
        rows = await http.json(f"{DIRECTORY}/json/stations/byname/{quote(name)}?{query}")
        return Station(rows[0]["name"].strip(), rows[0]["url_resolved"]) if rows else None

    # --- streams -------------------------------------------------------------------------

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
            Cue(
                self.home.services["open_track"](station.url),
                ended=partial(self._broke_off, station),
                passing=partial(self._sounds, station),
                dropped=partial(self._dropped, station),
            )
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

    def _dropped(self, station: Station) -> None:
        """Somebody else plays now; it may be a podcast of ours."""
        if self._playing is station:
            self._playing = None
