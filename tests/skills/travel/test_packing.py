"""The packing list over all places, months, days and companies."""

from hypothesis import given, settings
from hypothesis import strategies as st
from voice_assistant_skills.travel import atlas
from voice_assistant_skills.travel.countries import countries
from voice_assistant_skills.travel.geo import noon_sun
from voice_assistant_skills.travel.packing import GROUPS, Stay, packing

ACTIVITIES = ("beach", "business", "diving", "hiking", "photography", "skiing", "wildlife")
WARM = {"jumper", "jacket", "coat", "thermals"}

stays = st.builds(
    Stay,
    place=st.sampled_from(sorted(atlas.places().values(), key=lambda place: place.key)),
    month=st.integers(1, 12),
    days=st.integers(1, 60),
    people=st.integers(1, 6),
    children=st.integers(0, 3),
    activities=st.frozensets(st.sampled_from(ACTIVITIES), max_size=2),
    laundry=st.booleans(),
)


@given(stays)
@settings(max_examples=600, deadline=None)
def test_the_list_fits_the_weather_and_the_company(stay):
    items = {item.key: item for item in packing(stay)}
    low, high = stay.place.low[stay.month - 1], stay.place.high[stay.month - 1]
    if low < 10:
        assert WARM & set(items), "warm clothes below ten degrees"
    if low < -2:
        assert {"gloves", "hat", "coat"} <= set(items)
    if low > 20:
        assert not {"coat", "gloves", "thermals"} & set(items)
    if stay.place.rain[stay.month - 1] > 8:
        assert {"rain_jacket", "umbrella"} & set(items), "rain gear above eight wet days"
    if noon_sun(stay.place.at[0], stay.month) >= 40:
        assert {"sunscreen", "sunglasses"} <= set(items), "sun protection under a high sun"
    else:
        assert "sunscreen" not in items
    if high < 18:
        assert not {"shorts", "t_shirts"} & set(items)


@given(stays)
@settings(max_examples=600, deadline=None)
def test_counts_are_plausible(stay):
    items = packing(stay)
    assert len({item.key for item in items}) == len(items), "nothing stands twice"
    assert [GROUPS.index(item.group) for item in items] == sorted(
        GROUPS.index(item.group) for item in items
    )
    counts = {item.key: item.count for item in items}
    assert all(1 <= count <= 9 * stay.people for count in counts.values())
    assert min(stay.days, 4) + 1 <= counts["underwear"] / stay.people <= min(stay.days, 7) + 1
    assert counts["trousers"] <= counts["socks"]
    if stay.laundry:
        assert counts["socks"] / stay.people <= 5
    assert ("toy" in counts) == (stay.children > 0)


@given(stays)
@settings(max_examples=200, deadline=None)
def test_longer_stays_and_more_people_need_no_less(stay):
    def total(**changed):
        fields = {name: getattr(stay, name) for name in Stay.__dataclass_fields__}
        return sum(item.count for item in packing(Stay(**{**fields, **changed})))

    assert total(days=stay.days + 1) >= total()
    assert total(people=stay.people + 1) > total()
    assert total(laundry=False) >= total(laundry=True) - 1, "the detergent itself"


def test_every_place_has_plugs_for_its_adapter():
    assert all(countries()[place.country].plugs for place in atlas.places().values())


def test_sun_needs_no_protection_in_a_northern_winter():
    helsinki = next(p for p in atlas.places().values() if p.at[0] > 58)
    keys = {item.key for item in packing(Stay(place=helsinki, month=12, days=3))}
    assert "sunscreen" not in keys


def test_activities_bring_their_gear():
    place = atlas.places()["lisbon"]
    keys = {
        item.key
        for item in packing(
            Stay(place=place, month=5, days=3, activities=frozenset({"hiking", "business"}))
        )
    }
    assert {"hiking_boots", "daypack", "suit", "dress_shoes"} <= keys
