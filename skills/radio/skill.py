"""Radio: stations of the settings, and of the Radio Browser directory where the network is allowed.

[skills.radio.stations]
"Jazz Corner" = "https://stream.example.org/jazz.mp3"

[network]
radio = ["stream.example.org", "all.api.radio-browser.info"]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from rapidfuzz import fuzz, process, utils

from voice_assistant.http import Http, Unreachable
from voice_assistant.skill import Answer, NotAllowed, Receipt, Reply, Skill, Turn, intent
from voice_assistant.speaking import say_list

DIRECTORY = "https://all.api.radio-browser.info"
ALIKE = 80
"""How alike (rapidfuzz, 0 to 100) a name said and a station's are that is meant."""
TOLD = 6
"""Stations that are read out."""


@dataclass(frozen=True, slots=True)
class Station:
    """A name and the address of its stream."""

    name: str
    url: str


class Radio(Skill):
    """Plays radio stations."""

    permissions = frozenset({"network"})
    _playing: Station | None = None

    @intent("play")
    async def play(self, turn: Turn, station: str | None = None) -> Answer:
        """A station by name; without one the last, or the first of the settings."""
        if self.home.media is None:
            return turn.phrase("no_loudspeaker")
        if station is None:
            found = self._usual()
            return self._tune(turn, found) if found else turn.phrase("no_stations")
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

    @intent("stop")
    async def stop_radio(self, turn: Turn) -> Answer:
        """Silence."""
        return turn.phrase("stopped" if await self.halt(turn) else "not_playing")

    @intent("list")
    async def list_stations(self, turn: Turn) -> Answer:
        """What is in the settings."""
        names = [each.name for each in self._stations()]
        if not names:
            return turn.phrase("no_stations")
        return turn.phrase("stations", list=say_list(names[:TOLD], turn.language))

    def offers(self) -> Mapping[str, object]:
        """`play_radio`: a station by name, the usual one without; for an alarm that wakes with it."""
        return {"play_radio": self.wake}

    async def wake(self, name: str, language: str) -> str | None:
        """Play a station; its name, or None where there is none such. Raises NotAllowed."""
        station = (self._known(name) or await self._look_up(name)) if name else self._usual()
        if station is None or self.home.media is None:
            return None
        self._open(station)
        return station.name

    async def halt(self, turn: Turn) -> bool:
        """Stop ends the radio."""
        if self._playing is None or self.home.media is None:
            return False
        self._playing = None
        self.home.media.stop_media()
        return True

    def _stations(self) -> list[Station]:
        chosen = self.home.settings.get("stations", {})
        return [Station(name, url) for name, url in chosen.items()]

    def _usual(self) -> Station | None:
        stations = self._stations()
        last = self.home.store.get("last")
        return Station(*last) if last else next(iter(stations), None)

    def _known(self, name: str) -> Station | None:
        """The station of the settings whose name was said."""
        stations = {each.name: each for each in self._stations()}
        found = process.extractOne(
            name,
            list(stations),
            scorer=fuzz.WRatio,
            processor=utils.default_process,
            score_cutoff=ALIKE,
        )
        return stations[found[0]] if found else None

    async def _look_up(self, name: str) -> Station | None:
        """The most heard station of that name in the directory."""
        http: Http = self.home.services["http"]
        query = "limit=1&hidebroken=true&order=clickcount&reverse=true"
        rows = await http.json(f"{DIRECTORY}/json/stations/byname/{quote(name)}?{query}")
        return Station(rows[0]["name"].strip(), rows[0]["url_resolved"]) if rows else None

    def _tune(self, turn: Turn, station: Station) -> Answer:
        """Open the stream, if the settings allow its host, and say so."""
        try:
            self._open(station)
        except NotAllowed:
            host = urlsplit(station.url).hostname
            return turn.phrase("not_allowed", station=station.name, host=host)
        receipt = Receipt(action="radio.play", result={"station": station.name})
        return Reply(say=turn.phrase("tuned", station=station.name), receipts=(receipt,))

    def _open(self, station: Station) -> None:
        """Play a station. Raises NotAllowed."""
        media = self.home.media
        assert media is not None
        self.home.network(urlsplit(station.url).hostname or "")

        def ended() -> None:
            if self._playing is station:
                self._playing = None

        media.play_media(self.home.services["open_track"](station.url), ended=ended)
        self._playing = station
        self.home.store.set("last", [station.name, station.url])
