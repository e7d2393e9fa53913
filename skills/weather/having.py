"""Having a forecast: kept for a while, fetched anew where that is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

from voice_assistant.errors import NotAllowed
from voice_assistant.http import Http, Unreachable
from voice_assistant.skill import Skill, Turn

from .forecasts import Forecast, Spot, find, home_assistant, open_meteo

FRESH = timedelta(minutes=30)
"""How long a forecast is not fetched anew."""

STALE = timedelta(hours=24)
"""How old a forecast may be told, with its age, when nothing newer can be had."""

IMPERIAL = frozenset({"US", "LR", "MM"})
"""Countries that think in degrees Fahrenheit and miles."""


class Having(Skill):
    """The part of `weather` that gets forecasts."""

    settings: ClassVar[Mapping[str, Any]] = dict.fromkeys(("entity", "url", "token"), str)

    async def _forecast(
        self, turn: Turn, place: str | None
    ) -> tuple[str | None, Forecast | None, datetime]:
        """The name of a place, its forecast and when that was fetched; no forecast where the place
        is not known."""
        entity = self.home.settings.get("entity")
        if entity and place is None:
            name = self.home.place.get("city") or turn.phrase("here")
            data, fetched = await self._kept(f"forecast.{entity}", None)
            self.home.store.set("outside", f"forecast.{entity}")
            return name, data, fetched
        spot = await self._where(turn, place)
        if spot is None:
            return place or self.home.place.get("city") or None, None, self.now()
        data, fetched = await self._kept(spot.key, spot)
        if place is None:
            self.home.store.set("outside", spot.key)
        return spot.name, data, fetched

    async def _where(self, turn: Turn, place: str | None) -> Spot | None:
        """A place by name; without one, where the household is."""
        home = self.home.place
        if place is None and home.get("latitude") is not None:
            name = home.get("city") or turn.phrase("here")
            return Spot(name=name, latitude=home["latitude"], longitude=home["longitude"])
        place = place or home.get("city") or None
        if place is None:
            return None
        key = f"place.{turn.language}.{place.lower()}"
        if known := self.home.store.get(key):
            return Spot(**known)
        spot = await find(self._http, place, turn.language)
        if spot is not None:
            found = {"name": spot.name, "latitude": spot.latitude, "longitude": spot.longitude}
            self.home.store.set(key, found)
        return spot

    async def _kept(self, key: str, spot: Spot | None) -> tuple[Forecast, datetime]:
        """The forecast kept under a key, fetched anew where it is old and that can be done."""
        kept = self.home.store.get(key)
        fetched = datetime.fromisoformat(kept["at"]) if kept else None
        if fetched and timedelta() <= self.now() - fetched < FRESH:
            return kept["data"], fetched
        try:
            data = await self._fetch(spot)
        except (NotAllowed, Unreachable):
            if fetched and timedelta() <= self.now() - fetched < STALE:
                return kept["data"], fetched
            raise
        self.home.store.set(key, {"at": self.now().isoformat(), "data": data})
        return data, self.now()

    async def _fetch(self, spot: Spot | None) -> Forecast:
        if spot is not None:
            return await open_meteo(self._http, spot, imperial=self._imperial)
        settings = self.home.settings
        url, token = str(settings.get("url", "")).rstrip("/"), str(settings.get("token", ""))
        return await home_assistant(self._http, url, token, str(settings["entity"]))

    @property
    def _http(self) -> Http:
        http: Http = self.home.services["http"]
        return http

    @property
    def _imperial(self) -> bool:
        return self.home.place.get("country") in IMPERIAL
