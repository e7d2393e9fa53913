"""Free text and the words it may not cut in two."""

from __future__ import annotations

import pytest

from voice_assistant.cuts import Words

WORDS = Words(["记录", "开始", "会议", "播放", "放大", "扫地", "我要", "买菜", "提醒我"])


@pytest.mark.parametrize(
    ("text", "part"),
    [("帮我记录会议", "录会议"), ("机器人开始扫地", "始扫地"), ("机器人开始扫地", "机器人开")],
)
def test_a_part_that_begins_or_ends_within_a_word_cuts_it(text: str, part: str) -> None:
    first = text.index(part)
    assert WORDS.cut(text, first, first + len(part))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("播放大海的声音", "大海的声音"),  # between two words
        ("提醒我要交作业", "要交作业"),  # little words stand beside any other
        ("记得买菜", "菜"),  # the whole of it, not the middle
        ("开始扫地", "扫地"),
        ("会议", "会议"),
    ],
)
def test_a_part_between_words_cuts_none(text: str, part: str) -> None:
    first = text.index(part)
    assert not WORDS.cut(text, first, first + len(part))
