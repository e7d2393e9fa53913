"""The weather: over real sockets from servers on loopback that answer as the real ones do."""

from __future__ import annotations

import json
import threading
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

import pytest
from voice_assistant_skills.weather import forecasts
from voice_assistant_skills.weather.skill import Weather

from tests.fakes import NOW, TryOut
from tests.skills.online import Server, online
from tests.skills.sentences import sentences_of
from voice_assistant import http
from voice_assistant.errors import NotAllowed

pytestmark = pytest.mark.anyio
test_sentences = sentences_of("weather")

BERLIN = {"city": "Berlin", "country": "DE", "latitude": 52.52, "longitude": 13.41}
CODES = [61, 0, 2, 75, 95, 45, 3]
CHANCES = [80, 5, 30, 60, 70, 10, None]
KNOWN = {"paris": ("Paris", 48.85341, 2.3488), "上海": ("上海", 31.22222, 121.45806)}
TODAY = NOW.date()


HOURLY = ("weather_code", "temperature_2m", "precipitation_probability", "wind_speed_10m")


def hourly():
    """A week of hours: rain until two in the afternoon of each day and dry after it, colder by the
    hour; of the last one nothing is computed yet."""
    at = [f"{TODAY + timedelta(days=day)}T{hour:02}:00" for day in range(7) for hour in range(24)]
    wet = [int(time[11:13]) < 14 for time in at]
    return {
        "time": at,
        "weather_code": [61 if each else 1 for each in wet[:-1]] + [None],
        "temperature_2m": [20.4 - int(time[11:13]) / 2 for time in at],
        "precipitation_probability": [90 if each else 10 for each in wet],
        "wind_speed_10m": [12.3] * len(at),
    }


class OpenMeteo(BaseHTTPRequestHandler):
    """Both APIs of Open-Meteo, with its way of saying no, and one entity of Home Assistant."""

    def log_message(self, *_): ...

    def do_GET(self):
        where = urlsplit(self.path)
        asked = {key: values[0] for key, values in parse_qs(where.query).items()}
        self.server.asked.append(where.path)
        self.server.asleep.wait(self.server.delay)
        if self.server.answer is not None:
            self.answer(200, self.server.answer)
        elif where.path == "/v1/search":
            self.search(asked)
        elif where.path == "/v1/forecast":
            self.forecast(asked)
        else:
            self.home()

    def do_POST(self):
        data = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        forecast = [
            {
                "datetime": f"{TODAY + timedelta(days=n)}T12:00:00+00:00",
                "condition": "pouring" if n == 1 else "sunny",
                "temperature": 8.2,
                "templow": 1.4,
                "precipitation_probability": 90 if n == 1 else 0,
            }
            for n in range(3)
        ]
        self.answer(200, {"service_response": {data["entity_id"]: {"forecast": forecast}}})

    def home(self):
        if self.headers.get("Authorization") != "Bearer right":
            self.answer(401, {"message": "401: Unauthorized"})
            return
        about = {"temperature": 6.6, "wind_speed": 5.0, "wind_speed_unit": "m/s"}
        self.answer(200, {"state": "partlycloudy", "attributes": about})

    def search(self, asked):
        found = KNOWN.get(asked["name"].lower())
        answer = {"generationtime_ms": 0.5}
        if found:
            name, latitude, longitude = found
            each = {"id": 1, "name": name, "latitude": latitude, "longitude": longitude}
            answer["results"] = [each]
        self.answer(200, answer)

    def forecast(self, asked):
        if not -90 <= float(asked["latitude"]) <= 90:
            reason = "Latitude must be in range of -90 to 90°."
            self.answer(400, {"error": True, "reason": reason})
            return
        hot = 50 if asked.get("temperature_unit") == "fahrenheit" else 0
        assert asked["timezone"] == "auto"
        current = dict.fromkeys(asked["current"].split(","), 0)
        current |= {"temperature_2m": 4.4 + hot, "weather_code": 61, "wind_speed_10m": 17.6}
        days = range(len(CODES))
        daily = {
            "time": [str(TODAY + timedelta(days=n)) for n in days],
            "weather_code": CODES,
            "temperature_2m_max": [9.4 + n for n in days],
            "temperature_2m_min": [2.6 - n for n in days],
            "precipitation_probability_max": CHANCES,
            "wind_speed_10m_max": [30.2 + n for n in days],
        }
        assert set(asked["hourly"].split(",")) == set(HOURLY)
        answer = {"current": current, "daily": daily, "timezone": "Europe/Berlin"}
        self.answer(200, answer | {"hourly": hourly()})

    def answer(self, status, data):
        body = data if isinstance(data, bytes) else json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Sky(Server):
    def __init__(self):
        super().__init__(OpenMeteo)
        self.asked, self.answer, self.delay, self.asleep = [], None, 0.0, threading.Event()


@pytest.fixture
def anyio_backend():
    """Real sockets need a real clock."""
    return "asyncio"


@pytest.fixture
def server(monkeypatch):
    with Sky() as sky:
        monkeypatch.setattr(forecasts, "FORECAST", f"{sky.url}/v1/forecast")
        monkeypatch.setattr(forecasts, "PLACES", f"{sky.url}/v1/search")
        yield sky


@pytest.fixture
def house(server, tmp_path):
    with online(Weather, tmp_path, place=BERLIN) as house:
        yield house


async def test_now_a_day_and_the_days_to_come(server, house):
    said = await house.ask("now")
    assert said.text == "In Berlin: rainy, 4 degrees, wind 18 kilometres an hour."
    said = await house.ask("forecast", date=TODAY + timedelta(days=1))
    assert said.text == ("In Berlin: tomorrow clear, 2 to 10 degrees, 5 percent chance of rain.")
    said = await house.ask("forecast", "zh", date=TODAY + timedelta(days=1))
    assert said.text == "Berlin：明天晴，二到十度，降水概率百分之五。"
    said = await house.ask("week")
    assert said.text == (
        "In Berlin: over the coming days -3 to 15 degrees, wet on today, Saturday and Sunday."
    )
    said = await house.ask("weekend")
    assert "Saturday snowy" in said.text
    assert "Sunday thunderstorms" in said.text
    assert server.asked == ["/v1/forecast"]  # fetched once


async def test_the_sky_outside_is_told_to_others_without_asking_anybody(server, house):
    sky = house.skill.offers()["sky"]
    assert sky() == ""
    await house.ask("now", place="paris")  # not where the household is
    assert sky() == ""
    await house.ask("now")
    asked = len(server.asked)
    assert sky() == "rainy"
    house.clock.jump(timedelta(hours=4))
    assert sky() == ""
    assert len(server.asked) == asked


@pytest.mark.parametrize(
    ("days", "language", "said"),
    [
        (0, "en", "yes, rain today"),
        (1, "en", "probably no rain tomorrow"),
        (2, "en", "maybe; the chance of rain Friday is 30"),
        (3, "en", "yes, snow Saturday"),
        (4, "zh", "会有雷雨，概率百分之七十"),
        (1, "zh", "明天应该没有雨"),
    ],
)
async def test_whether_it_rains_is_answered_first(house, days, language, said):
    assert said in (await house.ask("rain", language, date=TODAY + timedelta(days=days))).text


async def test_other_places_are_looked_up_once(server, house):
    assert "In Paris:" in (await house.ask("now", place="paris")).text
    assert "In Paris:" in (await house.ask("forecast", place="Paris")).text
    assert "上海：" in (await house.ask("now", "zh", place="上海")).text
    assert server.asked.count("/v1/search") == 2
    assert "can't find a place called atlantis" in (await house.ask("now", place="atlantis")).text
    assert "week ahead" in (await house.ask("forecast", date=date(2027, 3, 1))).text


async def test_americans_hear_fahrenheit(server, tmp_path):
    with online(Weather, tmp_path, place={**BERLIN, "country": "US"}) as house:
        assert "54 degrees, wind 18 miles" in (await house.ask("now")).text


async def test_an_old_forecast_is_told_with_its_age_and_a_very_old_one_is_not(server, house):
    house.clock.set(NOW)
    await house.ask("now")
    server.shutdown()
    server.server_close()
    house.clock.jump(timedelta(minutes=20))
    assert "as of" not in (await house.ask("now")).text
    house.clock.jump(timedelta(hours=2))
    assert "That is as of 10 AM" in (await house.ask("now")).text
    assert "这是今天上午十点的数据" in (await house.ask("now", "zh")).text
    house.clock.jump(timedelta(hours=23))
    assert (await house.ask("now")).text == "The weather service does not answer right now."


async def test_an_answer_of_another_shape_is_no_weather(server, house, monkeypatch):
    for answer in ({}, {"current": None, "daily": {}}, [], b"<html>", {"current": {}, "daily": 3}):
        server.answer = answer
        assert "does not answer" in (await house.ask("now")).text
    server.answer = None
    monkeypatch.setattr(http, "SECONDS", 0.2)
    server.delay = 1.0
    assert "没有回应" in (await house.ask("now", "zh")).text


async def test_without_leave_no_socket_is_opened(server, tmp_path):
    with online(Weather, tmp_path, place=BERLIN, allowed=()) as house:
        for intent in ("now", "forecast", "week", "rain"):
            said = await house.ask(intent)
            assert "under [network] in the settings" in said.text
        assert "没有得到允许" in (await house.ask("now", "zh", place="上海")).text
        assert house.network.refusals == []
        assert house.network.contacts(NOW - timedelta(days=1)) == []
    assert server.asked == []


async def test_a_household_without_a_place_is_asked_for_one(server, tmp_path):
    with online(Weather, tmp_path) as house:
        assert "which town" in (await house.ask("now")).text


async def test_the_house_s_own_weather_station(server, tmp_path):
    settings = {"url": server.url, "entity": "weather.home", "token": "right"}
    with online(Weather, tmp_path, place=BERLIN, settings=settings) as house:
        said = await house.ask("now")
        assert said.text == "In Berlin: fair, 7 degrees, wind 18 kilometres an hour."
        assert (
            "yes, rain tomorrow" in (await house.ask("rain", date=TODAY + timedelta(days=1))).text
        )
    settings["token"] = "wrong"
    with online(Weather, tmp_path, place=BERLIN, settings=settings) as house:
        assert "check the token" in (await house.ask("now")).text


async def test_the_guard_refuses_what_nobody_asked_leave_for(server, tmp_path):
    """The same request with the permission taken away beneath the skill."""

    def refuse(host):
        raise NotAllowed(host)

    house = TryOut(Weather, tmp_path, place=BERLIN, network=refuse, services={"http": None})
    with online(Weather, tmp_path, place=BERLIN, allowed=()) as guarded:
        house.skill.home.services["http"] = http.Http(
            lambda host: None, guarded.skill._http._worker
        )
        assert "does not answer" in (await house.ask("now")).text
        assert guarded.network.refusals == ["127.0.0.1"]
    assert server.asked == []


@pytest.mark.parametrize(
    ("intent", "text", "days", "language", "said"),
    [
        ("wear", "", 0, "en", "Put on something warm, and take an umbrella"),
        ("wear", "", 1, "en", "A jacket will do: tomorrow clear"),
        ("wear", "", 1, "zh", "穿件薄外套就行，明天晴"),
        ("rain", "will it snow today", 0, "en", "no snow today: rainy, 3 to 9 degrees"),
        ("rain", "星期六下雪吗", 3, "zh", "会有雪"),
    ],
)
async def test_clothes_and_snow(house, intent, text, days, language, said):
    day = TODAY + timedelta(days=days)
    assert said in (await house.ask(intent, language, text=text, date=day)).text


async def test_the_days_on_which_it_rains_or_snows(house):
    said = await house.ask("wet_days", text="when will it rain")
    assert said.text == "In Berlin: rain on today, Saturday and Sunday."
    assert "snow on Saturday" in (await house.ask("wet_days", text="when will it snow")).text
