"""The questions of the bench, and that it would notice what is invented."""

import pytest
from voice_assistant_skills.travel import atlas, bench, countries, judging
from voice_assistant_skills.travel.grounding import invented

from tests.skills.travel.house import TRAINED


@pytest.mark.parametrize("language", ["en", "zh"])
def test_questions_are_answered_and_nothing_is_invented(language):
    answers = bench.asked(language, TRAINED)
    assert len(answers) >= 150
    wrong = [answer.wrong for answer in answers if answer.wrong]
    assert len(wrong) <= 0.05 * len(answers), wrong
    assert [answer.invented for answer in answers if answer.invented] == []


def test_every_question_is_asked_once():
    for language in ("en", "zh"):
        asked = [case.say for case in judging.cases(language)]
        assert len(asked) == len(set(asked))


LISBON = atlas.places()["lisbon"]


@pytest.mark.parametrize(
    ("text", "language", "left"),
    [
        (
            "Lisbon in July is warm: 28 degrees by day and 18 at night, with 1 day of rain.",
            "en",
            "",
        ),
        (
            "Lisbon in July is warm: 34 degrees by day and 18 at night, with 1 day of rain.",
            "en",
            "34",
        ),
        ("Lisbon: Visit the Golden Palace.", "en", "Visit Golden"),
        ("In Portugal you pay in escudos.", "en", "escudos"),
        ("In Portugal dial 1 1 2 for police, ambulance and fire.", "en", ""),
        ("In Portugal dial 9 1 1 for police, ambulance and fire.", "en", "911"),
        ("里斯本七月暖和，白天二十八度，夜里十八度，有一天下雨。", "zh", ""),
        ("里斯本七月暖和，白天三十四度，夜里十八度，有一天下雨。", "zh", "三十四"),
        ("里斯本：水晶宫。", "zh", "水晶宫"),
        ("葡萄牙用埃斯库多。", "zh", "埃斯库多"),
    ],
)
def test_what_is_invented_is_seen(text, language, left):
    found = invented(text, language, [LISBON, countries.countries()["PT"]])
    assert set(left.split()) <= set(found.split())
    assert bool(found) == bool(left)
