"""The weather, where the settings allow the network; kept, and told with its age when it is away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from voice_assistant.errors import NotAllowed
from voice_assistant.http import Http, Rejected, Unreachable
from voice_assistant.skill import Answer, Skill, Turn, intent
from voice_assistant.speaking import say_date, say_list, say_moment, say_number

from .forecasts import Forecast, Spot, find, home_assistant, open_meteo

FRESH = timedelta(minutes=30)
"""How long a forecast is not fetched anew."""

STALE = timedelta(hours=24)
"""How old a forecast may be told, with its age, when nothing newer can be had."""

OUTSIDE = timedelta(hours=3)
"""How long the sky that was told is taken for the one outside."""

LIKELY, UNLIKELY = 55, 25
"""Percent from which rain is a yes, and below which it is a no."""

COLD, MILD = 10, 19
"""Degrees Celsius at most by day below which one wears something warm, and a jacket."""

WET = frozenset({"rainy", "snowy", "storm"})

IMPERIAL = frozenset({"US", "LR", "MM"})
"""Countries that think in degrees Fahrenheit and miles."""


class Weather(Skill):
    """Tells the weather of now and of the days to come."""

    permissions = frozenset({"network"})

    @intent("now")
    async def now_(self, turn: Turn, place: str | None = None) -> Answer:
        """The weather of this moment."""
        return await self._tell(turn, place, self._moment)

    @intent("forecast")
    async def forecast(
        self, turn: Turn, date: date | None = None, place: str | None = None
    ) -> Answer:
        """The weather of a day."""
        return await self._tell(turn, place, self._day, date)

    @intent("week")
    async def week(self, turn: Turn, place: str | None = None) -> Answer:
        """The days to come."""
        return await self._tell(turn, place, self._days)

    @intent("weekend")
    async def weekend(self, turn: Turn, place: str | None = None) -> Answer:
        """Saturday and Sunday."""
        return await self._tell(turn, place, self._weekend)

    @intent("rain")
    async def rain(self, turn: Turn, date: date | None = None, place: str | None = None) -> Answer:
        """Whether it will rain or snow."""
        return await self._tell(turn, place, self._rain, date)

    @intent("wet_days")
    async def wet_days(self, turn: Turn, place: str | None = None) -> Answer:
        """On which of the days to come it will rain or snow."""
        return await self._tell(turn, place, self._wet_days)

    @intent("wear")
    async def wear(self, turn: Turn, date: date | None = None, place: str | None = None) -> Answer:
        """What to put on."""
        return await self._tell(turn, place, self._clothes, date)

    @intent("elsewhere")
    async def elsewhere(self, turn: Turn, place: str) -> Answer:
        """The same somewhere else."""
        return await self._tell(turn, place, self._day)

    @intent("another_day")
    async def another_day(self, turn: Turn, date: date) -> Answer:
        """The same on another day."""
        return await self._tell(turn, None, self._day, date)

    def offers(self) -> Mapping[str, object]:
        """`sky`: what it is like outside, for music that fits."""
        return {"sky": self.sky}

    def sky(self) -> str:
        """The sky where the household is, as it was last told; empty if that is long ago. Asks
        nobody."""
        kept = self.home.store.get(self.home.store.get("outside", ""))
        if not kept or self.now() - datetime.fromisoformat(kept["at"]) > OUTSIDE:
            return ""
        return str(kept["data"]["now"]["sky"])

    # --- saying it -----------------------------------------------------------------------

    async def _tell(
        self, turn: Turn, place: str | None, words: Any, day: date | None = None
    ) -> str:
        """The words for a forecast, with the place they are about and their age."""
        try:
            name, data, fetched = await self._forecast(turn, place)
        except NotAllowed:
            return turn.phrase("not_allowed")
        except Rejected as error:
            return turn.phrase("wrong_token" if error.status in (401, 403) else "unreachable")
        except Unreachable:
            return turn.phrase("unreachable")
        if data is None:
            return turn.phrase("which_place" if name is None else "unknown_place", place=name)
        said = words(turn, data, day or self.now().date())
        if said is None:
            return turn.phrase("too_far")
        said = turn.phrase("answer", place=name, words=said)
        if self.now() - fetched > FRESH:
            said += turn.phrase("as_of", time=say_moment(fetched, turn.language, self.now()))
        return said

    def _moment(self, turn: Turn, data: Forecast, day: date) -> str:
        now = data["now"]
        return turn.phrase(
            "moment_miles" if self._imperial else "moment",
            sky=turn.phrase(now["sky"]),
            degrees=_number(now["degrees"], turn),
            wind=_number(now["wind"], turn),
        )

    def _day(self, turn: Turn, data: Forecast, day: date) -> str | None:
        found = _of(data, day)
        if found is None:
            return None
        said = turn.phrase(
            "day",
            day=self._name(day, turn),
            sky=turn.phrase(found["sky"]),
            low=_number(found["low"], turn),
            high=_number(found["high"], turn),
        )
        if found["chance"] is not None:
            said += turn.phrase("chance", chance=_number(found["chance"], turn))
        return said + turn.phrase("end")

    def _rain(self, turn: Turn, data: Forecast, day: date) -> str | None:
        found = _of(data, day)
        if found is None:
            return None
        if _asks_for_snow(turn.text) and found["sky"] != "snowy":
            return turn.phrase(
                "no_snow",
                day=self._name(day, turn),
                sky=turn.phrase(found["sky"]),
                low=_number(found["low"], turn),
                high=_number(found["high"], turn),
            )
        chance = _chance(found)
        key = "yes" if chance >= LIKELY else "maybe" if chance >= UNLIKELY else "no"
        wet = found["sky"] if found["sky"] in WET else "rainy"
        return turn.phrase(
            f"rain_{key}",
            wet=turn.phrase(f"{wet}_noun"),
            day=self._name(day, turn),
            chance=_number(chance, turn),
        )

    def _wet_days(self, turn: Turn, data: Forecast, day: date) -> str | None:
        snow = _asks_for_snow(turn.text)
        days = [each for each in data["days"] if each["date"] >= day.isoformat()]
        wet = [
            self._name(date.fromisoformat(each["date"]), turn)
            for each in days
            if (each["sky"] == "snowy" if snow else _chance(each) >= LIKELY)
        ]
        noun = turn.phrase("snowy_noun" if snow else "rainy_noun")
        if wet:
            return turn.phrase("wet_on", wet=noun, days=say_list(wet, turn.language))
        return turn.phrase("wet_never", wet=noun, count=_number(len(days), turn)) if days else None

    def _clothes(self, turn: Turn, data: Forecast, day: date) -> str | None:
        found, said = _of(data, day), self._day(turn, data, day)
        if found is None or said is None:
            return None
        high = found["high"] if not self._imperial else (found["high"] - 32) / 1.8
        clothes = "coat" if high < COLD else "jacket" if high < MILD else "light"
        return turn.phrase(
            "wear_wet" if _chance(found) >= LIKELY else "wear_dry",
            clothes=turn.phrase(f"wear_{clothes}"),
            day=said,
        )

    def _weekend(self, turn: Turn, data: Forecast, day: date) -> str | None:
        saturday = day + timedelta(days=(5 - day.weekday()) % 7 if day.weekday() < 6 else 0)
        days = [saturday, saturday + timedelta(days=1)] if day.weekday() < 6 else [day]
        said = [each for at in days if (each := self._day(turn, data, at)) is not None]
        return " ".join(said) or None

    def _days(self, turn: Turn, data: Forecast, day: date) -> str | None:
        days = [each for each in data["days"] if each["date"] >= day.isoformat()]
        if not days:
            return None
        wet = [
            self._name(date.fromisoformat(each["date"]), turn)
            for each in days
            if each["sky"] in WET and (each["chance"] is None or each["chance"] >= UNLIKELY)
        ]
        said = turn.phrase(
            "week",
            low=_number(min(each["low"] for each in days), turn),
            high=_number(max(each["high"] for each in days), turn),
        )
        return said + (
            turn.phrase("week_wet", days=say_list(wet, turn.language))
            if wet
            else turn.phrase("week_dry")
        )

    def _name(self, day: date, turn: Turn) -> str:
        return say_date(day, turn.language, today=self.now().date())

    # --- having it -----------------------------------------------------------------------

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


def _of(data: Forecast, day: date) -> dict[str, Any] | None:
    """A day of a forecast."""
    return next((each for each in data["days"] if each["date"] == day.isoformat()), None)


def _chance(day: Mapping[str, Any]) -> float:
    """The chance of rain or snow on a day, in percent, told or not."""
    told = day["chance"]
    return float(told) if told is not None else 100.0 if day["sky"] in WET else 0.0


def _asks_for_snow(text: str) -> bool:
    return "snow" in text.lower() or "雪" in text


def _number(value: float, turn: Turn) -> str:
    return say_number(round(value), turn.language)
