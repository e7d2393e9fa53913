"""The data is complete and can be right; and the check finds what is not."""

import copy

import pytest
from voice_assistant_skills.travel import atlas, check, countries

LISBON = countries.load("places/lisbon")


def test_nothing_is_wrong_with_the_data():
    assert list(check.everything()) == []


def test_every_file_is_a_place_and_says_its_source():
    assert all(countries.load(f"places/{key}")["source"] for key in atlas.places())


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (("zone",), "Europe/Lissabon", "zone: there is no time zone Europe/Lissabon"),
        (("country",), "XX", "country: XX"),
        (("at",), [91, 0], "nowhere on earth"),
        (("tags",), ["coast", "fun"], "tags: fun"),
        (("rain",), [40] * 12, "rain: 40 days in month 1"),
        (("high",), [29, 28, 26, 23, 20, 16, 15, 16, 18, 21, 24, 27], "summer is not warmer"),
        (("low",), [30] * 12, "low, high: 30 and 15 in month 1"),
        (("best",), [13], "best: months are numbers"),
        (("sights", 0, "quarter"), "mayfair", "quarter: there is no mayfair"),
        (("sights", 0, "kind"), "thing", "kind: thing is unknown"),
        (("en", "scams"), "", "en.scams: missing"),
        (("zh", "best"), "见https://example.org", "which nobody can say"),
        (("food",), [], "food: there are 0, at least 4"),
        (("cost",), 9, "cost: 9"),
    ],
)
def test_the_check_names_the_field(path, value, problem):
    data = copy.deepcopy(LISBON)
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert any(problem in line for line in check.place(data))


def test_a_missing_field_is_named():
    data = {key: value for key, value in LISBON.items() if key != "trips"}
    assert list(check.place(data)) == ["trips: missing"]


def test_the_check_looks_at_countries():
    portugal = {**countries.load("countries")["PT"], "currency": "ESC", "plugs": ["Z"]}
    lines = list(check.all_countries({"PT": portugal}))
    assert any("PT.currency: ESC" in line for line in lines)
    assert any("PT.plugs" in line for line in lines)


def test_the_check_looks_at_regions():
    assert list(check.regions({"x": {"names": ["x"], "places": ["nowhere"]}})) == [
        "x.places: there is no nowhere"
    ]


def test_a_place_in_the_south_has_its_summer_in_january():
    south = [place for place in atlas.places().values() if place.at[0] < -30]
    assert south
    assert all(place.high[0] > place.high[6] for place in south)


def test_names_mean_one_place():
    known = {}
    for place in atlas.places().values():
        for language in ("en", "zh"):
            name = place.names[language][0]
            assert known.setdefault(name, place.key) == place.key, name
            assert atlas.find(name) == place
