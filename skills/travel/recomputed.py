"""Whether answers of the bench hold only what is in the data or follows from it, by formulas other
than the skill's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from math import acos, cos, degrees, radians, sin

from voice_assistant.speaking import say_date, say_duration, say_number, say_ordinal, say_time
from voice_assistant.turn import Route

from . import atlas, countries
from .atlas import Place
from .grounding import invented as not_in_data
from .grounding import numbers, places_in
from .judging import Case
from .naming import Where

DEGREE = 111.2
"""Kilometres of a degree of a great circle."""


def invented(case: Case, route: Route, text: str, language: str) -> str:
    """What of an answer is neither in the data nor follows from it."""
    about = [*case.about, *places_in(text, language)]
    return not_in_data(text, language, about, set(_computed(case, route, language)))


def _computed(case: Case, route: Route, language: str) -> Iterator[str]:
    """What may be said that is worked out: by kind of question."""
    yield from (str(value) for value in route.slots.values() if isinstance(value, str))
    yield from map(str.title, (str(value) for value in route.slots.values()))
    counts = {"plan": 11, "pack": 61, "trip": 31, "day_plan": 11, "countdown": 366}
    for number in range(1, counts.get(route.intent or "", 1)):
        yield from numbers(number, language)
        yield say_ordinal(number, language)
    if route.intent in ("holidays", "countdown", "trip", "leave"):
        yield from _days(case, language)
    if route.intent == "distance" and len(case.about) == 2:
        yield from _between(case.about, language)
    if route.intent == "daylight":
        yield from _light(case, route, language)
    if route.intent in ("known", "elsewhere", "tips") or not case.about:
        for count in (len(atlas.places()), len(countries.countries())):
            yield from numbers(count, language)
    yield from {"en": ("2026", "2027"), "zh": ("二〇二六年", "二〇二七年", "2026", "2027")}[
        language
    ]
    yield from ("Berlin", "柏林", "Aachen", "亚琛", "atlantis", "亚特兰蒂斯", "Johannesburg")


def _days(case: Case, language: str) -> Iterator[str]:
    first = date(2026, 11, 22)
    for number in range(500):
        day = first + timedelta(days=number)
        yield say_date(day, language, today=first, full=True)
    from holidays import country_holidays

    for where in case.about:
        code = where.country if isinstance(where, Place) else where.key
        tongue = {"zh": "zh_CN"}.get(language, "en_US")
        yield from country_holidays(code, years=(2026, 2027), language=tongue).values()
    if language == "zh":
        yield from countries.load("holidays").values()


def _between(about: Sequence[Where], language: str) -> Iterator[str]:
    """The distance by the law of cosines (the skill: haversine), and the flight."""
    (a, b), (c, d) = (tuple(map(radians, place.at)) for place in about)  # type: ignore[union-attr]
    angle = acos(sin(a) * sin(c) + cos(a) * cos(c) * cos(b - d))
    kilometres = degrees(angle) * DEGREE
    step = 50 if kilometres >= 1000 else 10
    for number in (kilometres - step / 2, kilometres, kilometres + step / 2):
        yield say_number(round(number / step) * step, language)
    for minutes in (-15, 0, 15):
        flown = 30 + kilometres / 850 * 60 + minutes
        yield say_duration(timedelta(minutes=round(flown / 15) * 15), language)


def _light(case: Case, route: Route, language: str) -> Iterator[str]:
    """The day's length by the sunrise equation with 50 minutes of arc of refraction and radius,
    within a quarter of an hour."""
    place = case.about[0]
    assert isinstance(place, Place)
    month = int(route.slots["month"])
    declination = radians(23.44 * sin(radians(360 / 365 * (284 + 30.4 * (month - 1) + 15))))
    latitude = radians(place.at[0])
    below = sin(radians(-0.833)) - sin(latitude) * sin(declination)
    angle = acos(max(-1.0, min(1.0, below / (cos(latitude) * cos(declination)))))
    half = degrees(angle) * 4
    for extra in (-15, 0, 15):
        minutes = round((2 * half + extra) / 15) * 15
        yield say_duration(timedelta(minutes=minutes), language)
    noon = _noon(place, month)
    for around in range(-15, 20, 5):
        for away in (-half, half):
            time = noon + timedelta(minutes=away + around)
            nearest = datetime.fromtimestamp(round(time.timestamp() / 300) * 300, place.timezone)
            yield say_time(nearest, language)


def _noon(place: Place, month: int) -> datetime:
    """When the sun stands highest in the middle of a month, by the equation of time."""
    turn = radians(360 / 365 * (30.4 * (month - 1) + 15 - 81))
    early = 9.87 * sin(2 * turn) - 7.53 * cos(turn) - 1.5 * sin(turn)
    return datetime(2026, month, 15, 12, tzinfo=UTC) - timedelta(minutes=4 * place.at[1] + early)
