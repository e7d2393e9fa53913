"""Facts of every country: complete, well formed, and as CLDR has them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from babel import Locale
from babel.numbers import get_territory_currencies

DATA = Path(__file__).parents[3] / "skills" / "travel" / "data"
TODAY = date(2026, 11, 1)

UN = (
    "AF AL DZ AD AO AG AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI CV KH CM "
    "CA CF TD CL CN CO KM CG CD CR CI HR CU CY CZ DK DJ DM DO EC EG SV GQ ER EE SZ ET FJ FI FR GA "
    "GM GE DE GH GR GD GT GN GW GY HT HN HU IS IN ID IR IQ IE IL IT JM JP JO KZ KE KI KP KR KW KG "
    "LA LV LB LS LR LY LI LT LU MG MW MY MV ML MT MH MR MU MX FM MD MC MN ME MA MZ MM NA NR NP NL "
    "NZ NI NE NG MK NO OM PK PW PA PG PY PE PH PL PT QA RO RU RW KN LC VC WS SM ST SA SN RS SC SL "
    "SG SK SI SB SO ZA SS ES LK SD SR SE CH SY TJ TZ TH TL TG TO TT TN TR TM TV UG UA AE GB US UY "
    "UZ VU VE VN YE ZM ZW"
).split()

EURO_SINCE_2026 = "BG"
"""CLDR 48 was published before Bulgaria took the euro."""


@pytest.fixture(scope="module")
def countries():
    return yaml.safe_load((DATA / "countries.yaml").read_text(encoding="utf-8"))


def test_every_member_of_the_united_nations_is_there(countries):
    assert len(UN) == len(set(UN)) == 193
    assert not set(UN) - set(countries)
    assert {"HK", "MO", "TW", "PS", "VA", "XK"} < set(countries)


def test_every_country_is_complete_and_well_formed(countries):
    for code, facts in countries.items():
        assert set(facts) == {
            "currency", "plugs", "volts", "drives", "tip", "emergency", "languages", "en", "zh",
        }, code  # fmt: skip
        assert set(facts["plugs"]) <= set("ABCDEFGHIJKLMNO"), code
        assert facts["volts"] in (100, 110, 115, 120, 127, 220, 230, 240), code
        assert facts["drives"] in ("left", "right"), code
        assert facts["plugs"], code
        assert facts["languages"], code
        assert re.fullmatch(r"\d+(-\d+)?", facts["tip"]), code
        assert set(facts["emergency"]) <= {"police", "ambulance", "fire"}, code
        assert all(re.fullmatch(r"\d{2,5}", n) for n in facts["emergency"].values()), code


def test_currencies_and_languages_are_those_of_cldr(countries):
    known = Locale("en").languages
    for code, facts in countries.items():
        if code != EURO_SINCE_2026:
            assert facts["currency"] in get_territory_currencies(code, TODAY, TODAY), code
        assert set(facts["languages"]) <= set(known), code


def test_only_where_traffic_keeps_left(countries):
    left = {code for code, facts in countries.items() if facts["drives"] == "left"}
    assert {"GB", "IE", "MT", "CY", "JP", "HK", "MO", "TH", "IN", "AU", "ZA", "SR", "TL"} < left
    assert not left & {"FR", "US", "CN", "TW", "KR", "PH", "VN", "MM", "NG", "EG", "BR"}


def test_manners_are_a_sentence_of_their_own_in_both_languages(countries):
    for language, ends in (("en", "."), ("zh", "。")):
        said = [facts[language]["manners"] for facts in countries.values()]
        assert len(set(said)) == len(said)
        assert all(each.endswith(ends) for each in said)
        names = [facts[language]["name"] for facts in countries.values()]
        assert len(set(names)) == len(names)
    for facts in countries.values():
        assert not re.search(r"[\u4e00-\u9fff]", facts["en"]["manners"] + facts["en"]["name"])
        assert re.search(r"[\u4e00-\u9fff]", facts["zh"]["manners"])
