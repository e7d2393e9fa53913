"""What is told to somebody else is no request, whatever it is about."""

from __future__ import annotations

import pytest

from voice_assistant.stages.telling import is_told


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "he forgot to set the alarm"),
        ("en", "the music at the wedding was lovely"),
        ("en", "we played cards all evening"),
        ("en", "my uncle used to listen to this station"),
        ("zh", "她昨天把闹钟忘了"),
        ("zh", "我们在海边的时候天天下雨"),
        ("zh", "那个笑话太冷了"),
        ("zh", "听说后天要下雪"),
        ("zh", "新闻里说路上结冰了"),
        ("zh", "他讲的段子就这个好笑大家都笑了"),
        ("en", "nobody laughed at his joke"),
        ("en", "the recipe said two eggs but i only had one"),
        ("en", "she drove me mad with that radio"),
    ],
)
def test_it_is_told(language: str, said: str) -> None:
    assert is_told(said, language)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "we ran out of milk"),
        ("en", "i bought the eggs"),
        ("en", "that was too loud"),
        ("en", "the last story was lovely tell me another"),
        ("en", "what did we decide in the meeting yesterday"),
        ("en", "when was rome founded"),
        ("en", "my daughter is allergic to nuts"),
        ("zh", "我们家没有牛奶了"),
        ("zh", "昨天的故事接着讲"),
        ("zh", "他是谁"),
        ("zh", "牛奶买好了"),
        ("zh", "我妈对花生过敏"),
        ("zh", "爸爸在说话"),
        ("zh", "卧室太冷了"),
        ("zh", "妈妈的房间太暗了"),
        ("zh", "我们应该带什么去日本"),
        ("en", "he can't eat nuts"),
        ("zh", "他最喜欢恐龙"),
        ("zh", "牛奶买到了"),
        ("zh", "他多大了"),
        ("zh", "可以说话了"),
        ("zh", "会议开完了"),
        ("zh", "定时器全撤掉了"),
        ("zh", "是不是静音了"),
    ],
)
def test_it_may_be_asked(language: str, said: str) -> None:
    assert not is_told(said, language)
