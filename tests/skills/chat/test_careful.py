"""Hand-written answers where a language model had better not speak, found by meaning."""

from __future__ import annotations

import re

import pytest
from voice_assistant_skills.chat import meant
from voice_assistant_skills.chat.careful import STAYS, Careful

SORROWS = meant.HEAVY


def test_what_was_learned_is_of_these_sentences():
    assert meant.learned_from() == meant.digest(), "python -m voice_assistant_skills.chat.meant"


def test_both_languages_know_the_same_kinds_and_have_answers_in_their_own_script():
    en, zh = (meant.wordings(language)["kinds"] for language in meant.LANGUAGES)
    assert set(en) == set(zh)
    assert {*SORROWS, *meant.LIGHT, *meant.ASKED, meant.OWN} <= set(en)
    for language, kinds in (("en", en), ("zh", zh)):
        for name in set(kinds) - {meant.OWN}:
            texts = [*meant.replies(name, language), *meant.listening(language)]
            texts += [t for t in meant.replies(name, language, child=True) if t not in texts]
            assert len(set(texts)) == len(texts)
            assert ("child" in en[name]) == ("child" in zh[name])
            assert all(bool(re.search("[一-鿿]", text)) == (language == "zh") for text in texts)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("our neighbour passed away on Thursday", {"death"}),
        ("I still keep his slippers by the bed", {"missing"}),
        ("I ought to have visited him more often", {"guilt"}),
        ("I'm so scared of the operation", {"afraid"}),
        ("have you got a mother", {"its_family"}),
        ("what did you eat this morning", {"its_body"}),
        ("when does the ferry leave", {"cannot_see"}),
        ("where does my brother work", {meant.OWN}),
        ("邻居张大爷前天走了", {"death", "missing"}),
        ("他的拖鞋我还放在床边", {"missing"}),
        ("我真该多去看看他", {"guilt"}),
        ("我怕打针", {"afraid"}),
        ("你有妹妹吗", {"its_family"}),
        ("轮船几点开", {"cannot_see"}),
        ("我哥在哪儿上班", {meant.OWN}),
    ],
)
def test_other_words_are_found_by_their_meaning(text, kinds):
    assert meant.kind(text) in kinds


@pytest.mark.parametrize(
    "text",
    [
        "my cousin plays the trumpet",
        "should I paint it blue or white",
        "do you think I should see her again",
        "why do leaves fall",
        "we had pancakes for lunch",
        "我表弟吹小号",
        "刷成蓝的好还是白的好",
        "你说我还要不要理她",
        "树叶为什么会落",
        "中午吃的煎饼",
    ],
)
def test_ordinary_talk_is_left_to_the_model(text):
    assert meant.kind(text) == meant.PLAIN
    assert Careful().answer(text, "zh" if text[0] > "~" else "en") is None


@pytest.mark.parametrize("text", ["I finally passed my maths exam", "驾照终于拿到手了"])
def test_good_news_is_no_bad_news(text):
    assert meant.kind(text) not in SORROWS


@pytest.mark.parametrize(
    "text", ["what is heart surgery like", "is your mother's illness serious", "手术是怎么做的？"]
)
def test_a_question_about_something_hard_is_no_news(text):
    assert meant.kind(text) not in SORROWS - meant.ASKED


def test_nobody_is_congratulated_on_a_loss():
    light = meant.LIGHT
    for text in (
        "they picked somebody else",
        "they laughed at my drawing",
        "we lost the cup final",
        "我们又输了",
        "我们队又输了球",
        "面试没过",
        "没选上我",
    ):
        assert meant.kind(text) not in light


@pytest.mark.parametrize(
    ("language", "news", "more", "other"),
    [
        ("en", "my old friend has died", "she lived by the sea", "why is the sky blue"),
        ("zh", "我老朋友去世了", "她家住在海边", "天为什么是蓝的"),
    ],
)
def test_after_a_loss_it_is_listened_to_for_a_while(language, news, more, other):
    careful = Careful()
    assert careful.answer(more, language) is None
    assert careful.answer(news, language) in meant.replies("death", language)
    assert careful.answer(other, language) is None, "what is asked is answered"
    said = [careful.answer(more, language) for _ in range(STAYS + 1)]
    assert said == [*meant.listening(language)[:STAYS], None]


def test_the_answers_take_turns():
    careful = Careful()
    said = [careful.answer("do you sleep?", "en") for _ in meant.replies("its_body", "en")]
    assert said == list(meant.replies("its_body", "en"))
