"""The weather, from Open-Meteo, where the settings allow the network; kept for when it is away."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from voice_assistant.errors import NotAllowed
from voice_assistant.http import Http, Unreachable
from voice_assistant.skill import Answer, Skill, Turn, intent
from voice_assistant.speaking import say_date, say_number, say_time

FORECAST = "https://api.open-meteo.com/v1/forecast"
PLACES = "https://geocoding-api.open-meteo.com/v1/search"
FRESH = timedelta(minutes=30)
"""How long a forecast is not fetched anew."""
STALE = timedelta(hours=24)
"""How old a forecast may be told, with its age, when nothing newer can be had."""

_RAIN = frozenset({51, 53, 55, 56, 57, 61, 63, 65, 66, 67, 80, 81, 82, 95, 96, 99})
_SNOW = frozenset({71, 73, 75, 77, 85, 86})
_DAILY = "weather_code,temperature_2m_max,temperature_2m_min,precipitation_probability_max"
_NOW = "temperature_2m,weather_code,wind_speed_10m"


class Weather(Skill):
    """Tells the weather of now and of the days to come."""

    permissions = frozenset({"network"})

    @intent("now")
    async def now_(self, turn: Turn, place: str | None = None) -> Answer:
        """The weather of this moment."""
        return await self._tell(turn, place, self.now().date(), whole_day=False)

    @intent("forecast")
    async def forecast(
        self, turn: Turn, date: date | None = None, place: str | None = None
    ) -> Answer:
        """The weather of a day."""
        return await self._tell(turn, place, date or self.now().date(), whole_day=True)

    @intent("rain")
    async def rain(self, turn: Turn, date: date | None = None, place: str | None = None) -> Answer:
        """Whether it will rain or snow."""
        return await self.forecast(turn, date, place)

    @intent("elsewhere")
    async def elsewhere(self, turn: Turn, place: str) -> Answer:
        """The same somewhere else."""
        return await self._tell(turn, place, self.now().date(), whole_day=True)

    @intent("another_day")
    async def another_day(self, turn: Turn, date: date) -> Answer:
        """The same on another day."""
        return await self._tell(turn, None, date, whole_day=True)

    async def _tell(self, turn: Turn, place: str | None, day: date, *, whole_day: bool) -> Answer:
        try:
            where = await self._where(turn, place)
            if where is None:
                return turn.phrase("which_place" if place is None else "unknown_place", place=place)
            data, fetched = await self._data(where)
        except NotAllowed:
            return turn.phrase("not_allowed")
        except Unreachable:
            return turn.phrase("unreachable")
        words = self._day(turn, data, day) if whole_day else self._moment(turn, data)
        if words is None:
            return turn.phrase("too_far")
        age = turn.phrase("as_of", time=say_time(fetched, turn.language))
        stale = self.now() - fetched > FRESH
        return turn.phrase("answer", place=where["name"], words=words) + (age if stale else "")

    async def _where(self, turn: Turn, place: str | None) -> dict[str, Any] | None:
        """Name and coordinates of a place; of the household without one."""
        home = self.home.place
        if place is None:
            if home.get("latitude") is None:
                place = home.get("city") or None
            else:
                name = home.get("city") or turn.phrase("here")
                return {"name": name, **{k: home[k] for k in ("latitude", "longitude")}}
        if place is None:
            return None
        known = self.home.store.get(f"place.{place}")
        if known is None:
            url = f"{PLACES}?count=1&language={turn.language}&name={quote(place)}"
            found = (await self._http().json(url)).get("results") or [None]
            known = found[0] and {k: found[0][k] for k in ("name", "latitude", "longitude")}
            self.home.store.set(f"place.{place}", known)
        return dict(known) if known else None

    async def _data(self, where: dict[str, Any]) -> tuple[dict[str, Any], datetime]:
        """The forecast of a place and when it was fetched."""
        key = f"forecast.{where['latitude']:.2f},{where['longitude']:.2f}"
        kept = self.home.store.get(key)
        fetched = datetime.fromisoformat(kept["at"]) if kept else None
        if fetched and self.now() - fetched < FRESH:
            return kept["data"], fetched
        url = (
            f"{FORECAST}?latitude={where['latitude']}&longitude={where['longitude']}"
            f"&timezone=auto&current={_NOW}&daily={_DAILY}"
        )
        try:
            data = await self._http().json(url)
        except (NotAllowed, Unreachable):
            if fetched and self.now() - fetched < STALE:
                return kept["data"], fetched
            raise
        self.home.store.set(key, {"at": self.now().isoformat(), "data": data})
        return data, self.now()

    def _http(self) -> Http:
        http: Http = self.home.services["http"]
        return http

    def _moment(self, turn: Turn, data: dict[str, Any]) -> str:
        now = data["current"]
        return turn.phrase(
            "moment",
            sky=turn.phrase(_sky(now["weather_code"])),
            degrees=say_number(round(now["temperature_2m"]), turn.language),
            wind=say_number(round(now["wind_speed_10m"]), turn.language),
        )

    def _day(self, turn: Turn, data: dict[str, Any], day: date) -> str | None:
        daily = data["daily"]
        if day.isoformat() not in daily["time"]:
            return None
        at = daily["time"].index(day.isoformat())
        return turn.phrase(
            "day",
            day=say_date(day, turn.language, today=self.now().date()),
            sky=turn.phrase(_sky(daily["weather_code"][at])),
            low=say_number(round(daily["temperature_2m_min"][at]), turn.language),
            high=say_number(round(daily["temperature_2m_max"][at]), turn.language),
            chance=say_number(daily["precipitation_probability_max"][at] or 0, turn.language),
        )


def _sky(code: int) -> str:
    """The phrase for a WMO weather code (4677, as Open-Meteo documents it)."""
    if code in _RAIN:
        return "storm" if code >= 95 else "rainy"
    if code in _SNOW:
        return "snowy"
    return {0: "clear", 1: "fair", 2: "fair", 3: "cloudy"}.get(code, "foggy")
