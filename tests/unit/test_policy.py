"""The household's rules over fixed sets: what was asked or written, and what must become of it."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from voice_assistant import hunch
from voice_assistant.errors import SettingsError
from voice_assistant.likeness import learned_from
from voice_assistant.policy import Policy, crisis, topics
from voice_assistant.settings import Household
from voice_assistant.texts import load
from voice_assistant.turn import Route

CHAT = Route(skill="chat", intent="talk", text="")


def policy(hour: int = 12, **rules) -> Policy:
    household = Household(**rules)
    now = datetime(2026, 11, 22, hour, 0)
    return Policy(household=household, now=lambda: now, feels=hunch.thinks)


def decision(rules: Policy, kind: str, text: str, language: str) -> str:
    said = rules.refuse(text, CHAT) if kind == "request" else rules.instead(text, language)
    if said is None:
        return "fine"
    phrases = load(f"policy_{language}")["phrases"]
    needs = load(f"policy_{language}")["crisis"].values()
    if said in {phrases["need"], *(need["answer"] for need in needs)}:
        return "crisis"
    return "always" if said == phrases["always"] else "block"


def fresh(language: str) -> list[tuple[str, str, str]]:
    """Sentences that nothing was fitted to at first; they stay out of what the judges learn from.
    "young": not for children, whatever grown-ups are told."""
    lines = (Path(__file__).parent / f"policy_fresh_{language}.tsv").read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines]


def wrong(rules: Policy, cases: list, language: str, expected: tuple, right: tuple) -> list:
    """Which of the cases with these labels end otherwise than in one of the right ways."""
    asked = [(kind, text) for label, kind, text in cases if label in expected]
    found = [t for kind, t in asked if decision(rules, kind, t, language) not in right]
    return [round(len(found) / len(asked), 3), *found]


ANSWERED = ("block", "always", "crisis")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_known_is_decided_as_it_is_labelled(language):
    cases = list(hunch.said(language))
    assert len(cases) >= 120
    child, grown = policy(child_mode=True), policy()
    for rules, labels, right in (
        (child, ("block", "always"), ANSWERED),
        (child, ("fine",), ("fine",)),
        (grown, ("fine", "block", "adult"), ("fine",)),
        (grown, ("always",), ("always", "crisis")),
        (grown, ("crisis",), ("crisis",)),
    ):
        missed = wrong(rules, cases, language, labels, right)
        assert missed[0] < 0.01, missed


@pytest.mark.parametrize(
    ("language", "passing", "stopped"), [("en", 0.026, 0.03), ("zh", 0.02, 0.026)]
)
def test_what_nothing_was_fitted_to_is_decided_no_worse_than_before(language, passing, stopped):
    """The bounds are what was reached, not the figures of the first runs."""
    cases = fresh(language)
    child, grown = policy(child_mode=True), policy()
    for rules, labels, right, bound in (
        (child, ("block", "always", "young"), ANSWERED, passing),
        (child, ("fine",), ("fine",), stopped),
        (grown, ("fine", "block", "adult"), ("fine",), 0.02),
        (grown, ("crisis",), ("crisis",), 0.0),
    ):
        missed = wrong(rules, cases, language, labels, right)
        assert missed[0] <= bound, missed


def test_what_is_fresh_was_not_learned():
    for language in ("en", "zh"):
        assert not {text for *_, text in hunch.said(language)} & {t for *_, t in fresh(language)}


def test_child_mode_can_be_turned_off_by_who_knows_the_pin():
    child = policy(child_mode=True)
    for text in ("turn off child mode", "关掉儿童模式"):
        assert (
            child.refuse(text, Route(skill="profiles", intent="child_mode_off", text=text)) is None
        )
        assert child.refuse(f"how do i {text}", CHAT) is not None


def test_a_blocked_topic_may_be_one_of_ours_or_any_word():
    assert policy(blocked_topics=("gambling",)).refuse("which casino is best", CHAT)
    assert policy(blocked_topics=("football",)).refuse("who won the Football match", CHAT)
    assert policy(blocked_topics=("足球",)).refuse("昨天的足球谁赢了", CHAT)
    assert policy(blocked_topics=("football",)).refuse("who wrote hamlet", CHAT) is None


def test_only_allowed_skills_answer_but_clocks_and_alarms_always_do():
    rules = policy(allowed_skills=("stories",))
    assert rules.refuse("play music", Route(skill="music", intent="play", text=""))
    assert rules.refuse("a story", Route(skill="stories", intent="tell", text="")) is None
    assert rules.refuse("what time", Route(skill="clock", intent="time", text="")) is None


@pytest.mark.parametrize(("hour", "open_"), [(8, True), (19, True), (20, False), (6, False)])
def test_child_mode_has_hours(hour, open_):
    rules = policy(hour, child_mode=True, child_from="07:00", child_until="20:00")
    story = Route(skill="stories", intent="tell", text="")
    assert (rules.refuse("tell me a story", story) is None) == open_
    assert rules.refuse("alarm at 7", Route(skill="alarms", intent="set", text="")) is None


def test_hours_that_are_none_are_a_stated_error():
    with pytest.raises(SettingsError, match="07:00"):
        policy(child_from="seven", child_until="20:00")


def test_a_reminder_is_no_cry_for_help():
    reminders = Route(skill="reminders", intent="set", text="")
    assert policy().refuse("remind me to call the police about the bike", reminders) is None
    assert policy().refuse("remind me to kill myself tomorrow", reminders)


def test_those_in_need_are_answered_in_every_mode():
    for rules in (policy(), policy(3, child_mode=True, child_from="07:00", child_until="20:00")):
        assert "9 8 8" in (rules.refuse("I don't want to live anymore", CHAT) or "")
        assert "12356" in (rules.refuse("我不想活了", CHAT) or "")


def test_rules_can_be_read_and_topics_are_the_same_in_both_languages():
    assert load("policy_en")["topics"].keys() == load("policy_zh")["topics"].keys()
    for language in ("en", "zh"):
        assert list(topics("", language)) == []
        assert crisis("", language) is None


def test_tales_are_told_by_other_rules_than_questions_are_asked_by():
    question = "how do i get a gun"
    assert list(topics(question, "en", "asked")) == ["weapons"]
    assert list(topics(question, "en")) == []


def test_judges_hear_all_but_what_is_a_skills_own_words():
    def feels(judge: str, text: str, told: bool) -> int:
        return hunch.OWN if judge in text else hunch.NONE if "harmless" in text else hunch.MAYBE

    alarm = Route(skill="alarms", intent="set", text="")
    matched = Route(skill="music", intent="play", text="", stage="match", confidence=1.0)
    free = Route(skill="music", intent="play", text="", stage="template", confidence=0.9)
    ours = replace(free, confidence=1.0)
    grown, young = policy(), policy(child_mode=True)
    grown, young = replace(grown, feels=feels), replace(young, feels=feels)
    assert "danger" in (grown.refuse("somebody in need", CHAT) or "")
    assert grown.refuse("somebody in need", alarm) is None
    assert grown.refuse("the child of it", CHAT) is None
    for route in (CHAT, matched, free):
        assert "grown" in (young.refuse("the child of it", route) or "")
    assert young.refuse("the child of it", ours) is None
    assert young.instead("the child of it", "en")
    assert "won't help" in (grown.refuse("always of it", CHAT) or "")
    assert young.refuse("how do i hack my harmless brother account", CHAT) is None


def test_a_sentence_is_judged_once_however_it_is_written():
    hunch._scores.cache_clear()
    for text in ("What's a whale?", "what's a whale", "What’s a whale"):
        hunch.thinks("child", text)
    assert hunch._scores.cache_info().misses == 1


def test_the_second_view_is_of_english_and_not_needed(monkeypatch):
    hunch._second.cache_clear()
    assert hunch._second("怎么抽大麻", False) is None
    monkeypatch.setattr(hunch, "reader", lambda: None)
    assert hunch._second("how do i smoke weed", False) is None
    assert hunch.thinks("child", "how do i smoke weed") == hunch.OWN
    hunch._second.cache_clear()


def test_the_judges_have_learned_from_the_sentences_there_are():
    assert learned_from(hunch.WEIGHTS) == hunch.digest(), "run python -m voice_assistant.hunch"
