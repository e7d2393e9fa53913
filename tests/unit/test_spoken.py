import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_assistant.spoken import spoken

ENGLISH = {
    "at 7:30 pm.": "at seven thirty PM.",
    "at 19:05": "at seven oh five PM",
    "at 7:00": "at seven o'clock",
    "We leave at 5 p.m. Then we eat.": "We leave at five PM. Then we eat.",
    "on 2026-11-22": "on November twenty-second, twenty twenty-six",
    "born 12 March 1905": "born March twelfth, nineteen oh five",
    "In 1969, 1,969 people": "In nineteen sixty-nine, one thousand nine hundred sixty-nine people",
    "World War II (1939–1945)": "World War Two (nineteen thirty-nine to nineteen forty-five)",
    "Louis XIV in the 1990s": "Louis the Fourteenth in the nineteen nineties",
    "$5.50 or £3 million": "five dollars and fifty cents or three million pounds",
    "20–25°C, not -5 °C": "twenty to twenty-five degrees Celsius, not minus five degrees Celsius",
    "1 km at 6 km/h": "one kilometre at six kilometres per hour",
    "1 1/2 cups, ½ tsp, 3/4 cup": "one and a half cups, half a teaspoon, three quarters cup",
    "10-15 minutes": "ten to fifteen minutes",
    "50% of 3.14": "fifty percent of three point one four",
    "the 21st": "the twenty-first",
    "apples, e.g. red ones, etc.": "apples, for example red ones, and so on.",
    "Dr. Hall of Baker St.": "Doctor Hall of Baker Street.",
    "3 + 4 = 7": "three plus four equals seven",
    "5 - 3 = 2": "five minus three equals two",
    "AT&T, C# and and/or": "AT and T, C sharp and and or",
    "call 555-1234": "call five five five one two three four",
    "version 2.0.1": "version two point zero point one",
    "well - really": "well, really",
}
CHINESE = {
    "今天是2026-11-22": "今天是二零二六年十一月二十二日",
    "他生于1969年11月2日": "他生于一九六九年十一月二日",
    "1914-1918年": "一九一四到一九一八年",
    "现在下午3:30": "现在下午三点半",
    "早上8:05": "早上八点零五分",
    "2:00开会": "两点开会",
    "-5°C到20℃": "零下五摄氏度到二十摄氏度",
    "2个鸡蛋、12个人": "两个鸡蛋、十二个人",
    "1/2杯水、1½杯面粉": "半杯水、一又二分之一杯面粉",
    "3/4的人": "四分之三的人",
    "200 g糖": "二百克糖",
    "大约50%": "大约百分之五十",
    "10-15分钟": "十到十五分钟",
    "第2名": "第二名",
    "2年级": "二年级",
    "比分3:2": "比分三比二",
    "电话13812345678": "电话幺三八幺二三四五六七八",
    "¥5.5和$3.2万": "五点五元和三点二万美元",
    "速度100 km/h": "速度每小时一百公里",
    "10005个": "一万零五个",
    "5 + 3 = 8": "五加三等于八",
}
MARKUP = {
    "**Bold** and *it* and `code`": "Bold and it and code",
    "See [the page](https://x.org/y) or https://a.b/c?d=1 now": "See the page or now",
    "## A heading": "A heading",
    "- one\n- two\n- three": "one. two. three",
    "1. Peel.\n2. Cut.": "Peel. Cut.",
    "| a | b |\n|---|---|\n| c | d |": "a, b. c, d",
    "Hi 😀👍🏽!": "Hi!",
    "Assistant: *smiles* Hello! (laughs)": "Hello!",
    "```python\nprint(1)\n```": "",
    "<b>Hi</b> &amp; bye<br/>": "Hi and bye",
    "<think>hmm</think>Yes.": "Yes.",
    "Paris[1] is big.[citation needed]": "Paris is big.",
    "---": "",
    "snake_case": "snake case",
}


@pytest.mark.parametrize(("written", "said"), ENGLISH.items())
def test_english(written, said):
    assert spoken(written, "en") == said


@pytest.mark.parametrize(("written", "said"), CHINESE.items())
def test_chinese(written, said):
    assert spoken(written, "zh") == said


@pytest.mark.parametrize(("written", "said"), MARKUP.items())
def test_nothing_for_the_eye_is_left(written, said):
    assert spoken(written, "en") == said


def test_chinese_markup():
    assert spoken("- 洗菜\n- 切菜", "zh") == "洗菜。切菜"
    assert spoken("助手：（微笑）**你好**😀", "zh") == "你好"


@given(
    st.text(st.sampled_from("ab C.5,0:/-–%°$€ ½²*_#`[](){}|<>~\\n😀中二个年月日点１"), max_size=40)
)
def test_whatever_comes_only_the_sayable_leaves(text):
    for language in ("en", "zh"):
        assert not re.search(r"[\d*#`|<>~\\^{}😀]", spoken(text, language))


@pytest.mark.parametrize("text", ["Plain words, nothing else.", "It's a fine day, isn't it?"])
def test_plain_words_are_left_alone(text):
    assert spoken(text, "en") == text
    assert spoken(spoken(text, "en"), "en") == text
