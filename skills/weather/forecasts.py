"""Where forecasts come from: Open-Meteo, or a weather entity of the house's Home Assistant.

Both are read into the same plain form, which is what is kept on disk:

    {"now": {"sky": "rainy", "degrees": 7.4, "wind": 18.0},
     "days": [{"date": "2026-11-25", "sky": "fair", "low": 2.1, "high": 9.0, "chance": 20,
               "wind": 25.0}, ...],
     "hours": {"time": ["2026-11-25T00:00", ...], "sky": [...], "degrees": [...], "chance": [...],
               "wind": [...]}}

`chance` is the probability of rain or snow in percent, or None where nobody told; so is a day's
`wind`, the strongest of it. Times are those of the place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

from voice_assistant.http import Http, Unreachable

FORECAST = "https://api.open-meteo.com/v1/forecast"
PLACES = "https://geocoding-api.open-meteo.com/v1/search"

_NOW = "temperature_2m,weather_code,wind_speed_10m"
_DAILY = (
    "weather_code,temperature_2m_max,temperature_2m_min,precipitation_probability_max,"
    "wind_speed_10m_max"
)
_HOURLY = "weather_code,temperature_2m,precipitation_probability,wind_speed_10m"
_IMPERIAL = "&temperature_unit=fahrenheit&wind_speed_unit=mph"

_RAIN = frozenset({51, 53, 55, 56, 57, 61, 63, 65, 66, 67, 80, 81, 82})
_SNOW = frozenset({71, 73, 75, 77, 85, 86})
_STORM = frozenset({95, 96, 99})

_CONDITIONS = {
    "clear-night": "clear",
    "sunny": "clear",
    "partlycloudy": "fair",
    "windy": "fair",
    "windy-variant": "cloudy",
    "cloudy": "cloudy",
    "fog": "foggy",
    "rainy": "rainy",
    "pouring": "rainy",
    "hail": "rainy",
    "lightning": "storm",
    "lightning-rainy": "storm",
    "snowy": "snowy",
    "snowy-rainy": "snowy",
}
"""Home Assistant's conditions."""

Forecast = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place that a forecast is for."""

    name: str
    latitude: float
    longitude: float

    @property
    def key(self) -> str:
        """What its forecast is kept under: a kilometre more or less is the same weather."""
        return f"forecast.{self.latitude:.2f},{self.longitude:.2f}"


async def find(http: Http, name: str, language: str) -> Spot | None:
    """The largest place of a name. Raises NotAllowed or Unreachable."""
    url = f"{PLACES}?count=1&language={language}&name={quote(name)}"
    answer = await http.json(url)

    def read() -> Spot | None:
        for each in answer.get("results") or ():
            return Spot(
                name=str(each["name"]), latitude=each["latitude"], longitude=each["longitude"]
            )
        return None

    return _read(read, "geocoding-api.open-meteo.com")


async def open_meteo(http: Http, spot: Spot, *, imperial: bool = False) -> Forecast:
    """A week's forecast. Raises NotAllowed or Unreachable."""
    where = f"latitude={spot.latitude}&longitude={spot.longitude}"
    units = _IMPERIAL if imperial else ""
    url = f"{FORECAST}?{where}&timezone=auto&current={_NOW}&daily={_DAILY}&hourly={_HOURLY}{units}"
    data = await http.json(url)

    def read() -> Forecast:
        now, daily = data["current"], data["daily"]
        keys = ("time", *_DAILY.split(","))
        days = [
            {
                "date": day,
                "sky": sky(code),
                "low": low,
                "high": high,
                "chance": chance,
                "wind": wind,
            }
            for day, code, high, low, chance, wind in zip(
                *(daily[key] for key in keys), strict=True
            )
            if None not in (code, high, low)  # the last day may not be computed yet
        ]
        moment = {"sky": sky(now["weather_code"]), "degrees": float(now["temperature_2m"])}
        moment |= {"wind": float(now["wind_speed_10m"])}
        return {"now": moment, "days": days, "hours": _hours(data["hourly"])}

    return _read(read, "api.open-meteo.com")


def _hours(hourly: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The hours that were computed, of all that were asked for."""
    keys = ("time", *_HOURLY.split(","))
    rows = [
        (at, sky(code), float(degrees), chance, float(wind))
        for at, code, degrees, chance, wind in zip(*(hourly[key] for key in keys), strict=True)
        if None not in (code, degrees, wind)
    ]
    names = ("time", "sky", "degrees", "chance", "wind")
    return {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


async def home_assistant(http: Http, url: str, token: str, entity: str) -> Forecast:
    """What a weather entity of the house knows. Raises NotAllowed or Unreachable."""
    headers = {"Authorization": f"Bearer {token}"}
    state = await http.json(f"{url}/api/states/{entity}", headers=headers)
    coming = await http.json(
        f"{url}/api/services/weather/get_forecasts?return_response",
        headers=headers,
        data={"entity_id": entity, "type": "daily"},
    )

    def read() -> Forecast:
        about = state["attributes"]
        days = [
            {
                "date": each["datetime"][:10],
                "sky": _CONDITIONS.get(each["condition"], "cloudy"),
                "low": each.get("templow", each["temperature"]),
                "high": each["temperature"],
                "chance": each.get("precipitation_probability"),
            }
            for each in coming["service_response"][entity]["forecast"]
        ]
        wind = float(about.get("wind_speed") or 0)
        wind *= 3.6 if about.get("wind_speed_unit") == "m/s" else 1
        moment = {"sky": _CONDITIONS.get(state["state"], "cloudy"), "wind": wind}
        return {"now": moment | {"degrees": float(about["temperature"])}, "days": days}

    return _read(read, entity)


def sky(code: int) -> str:
    """The word for a WMO weather code (4677, as Open-Meteo documents it)."""
    for codes, word in ((_RAIN, "rainy"), (_SNOW, "snowy"), (_STORM, "storm")):
        if code in codes:
            return word
    return {0: "clear", 1: "fair", 2: "fair", 3: "cloudy"}.get(code, "foggy")


def _read(read: Callable[[], T], who: str) -> T:
    """What was read of an answer; an answer of another shape is as good as none."""
    try:
        return read()
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise Unreachable(f"{who} answers something else than expected.") from error
