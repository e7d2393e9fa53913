"""Day plans: every name is in the data, quarters stay together, nothing is seen twice."""

import pytest
from voice_assistant_skills.travel import atlas, plans
from voice_assistant_skills.travel.guide import Guide

PLACES = sorted(atlas.places())


@pytest.mark.parametrize("key", PLACES)
def test_plans_of_every_place_and_length(key):
    guide = Guide(atlas.places()[key], "en")
    for days in (1, 2, 3, 5, 7, 14):
        planned = plans.plan(guide, days)
        assert 1 <= len(planned) <= min(days, plans.LONGEST)
        seen = [sight.id for day in planned for sight in day.sights]
        assert len(seen) == len(set(seen))
        for day in planned:
            assert all(sight in guide.sights for sight in day.sights)
            assert bool(day.sights) != bool(day.trip)
            assert day.meal in guide.food
            assert day.wet is not None
            assert day.wet.indoors
            hours = sum(sight.hours for sight in day.sights)
            assert hours <= plans.HOURS or len(day.sights) <= 2
        assert all(day.trip is None or day.trip in guide.trips for day in planned)


@pytest.mark.parametrize("key", PLACES[::5])
def test_a_quarter_is_visited_in_one_go(key):
    guide = Guide(atlas.places()[key], "en")
    for day in plans.plan(guide, 3):
        quarters = [sight.quarter for sight in (*day.morning, *day.afternoon)]
        runs = [q for at, q in enumerate(quarters) if at == 0 or quarters[at - 1] != q]
        assert len(runs) == len(set(runs))


@pytest.mark.parametrize("key", PLACES[::5])
def test_with_children_the_first_day_suits_them(key):
    guide = Guide(atlas.places()[key], "zh")
    first = plans.plan(guide, 2, children=True)[0]
    assert any(sight.children for sight in first.sights)


@pytest.mark.parametrize("key", PLACES[::5])
def test_a_wet_plan_stays_indoors(key):
    guide = Guide(atlas.places()[key], "en")
    for day in plans.plan(guide, 2, wet=True):
        assert all(sight.indoors for sight in day.sights)
