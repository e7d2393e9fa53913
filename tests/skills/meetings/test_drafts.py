"""Drafts from briefs as people speak them: without full stops, with the request in front."""

from __future__ import annotations

import re

import pytest
from voice_assistant_skills.meetings.briefs import from_brief, read_brief
from voice_assistant_skills.meetings.drafts import KINDS, draft
from voice_assistant_skills.meetings.traces import unsupported


def written(kind: str, brief: str, tone: str = "plain") -> str:
    return draft(kind, from_brief(brief, "2026-11-25"), brief=brief, tone=tone).text


def parts(text: str) -> dict[str, str]:
    """What stands under each heading."""
    found = (part.split("\n", 1) for part in text.split("## ")[1:])
    return {head: body.strip() for head, body in found}


def test_a_letter_is_addressed_and_speaks_to_its_reader():
    text = written(
        "email",
        "write a formal letter to mr odoya that we got his order but the green paint is sold out and he"
        " should tell us by friday if blue is fine",
        "formal",
    )
    assert "To: Mr Odoya" in text
    assert "Dear Mr Odoya," in text
    assert "We got your order" in text
    assert "Please tell us by Friday if blue is fine." in text
    assert text.count("write a formal") == 0


def test_a_question_to_somebody_is_asked():
    text = written("email", "email petra i missed the bus ask if we can start at half past nine")
    assert "Hello Petra," in text
    assert "I missed the bus. Can we start at half past nine?" in text


def test_a_chinese_letter_is_addressed_and_speaks_to_its_reader():
    text = written("email", "给钱老师写封信 孩子发烧了 明天去不了学校 请她把作业发给我", "formal")
    assert "收件人：钱老师" in text
    assert "尊敬的钱老师：您好！" in text
    assert "请您把作业发给我。" in text
    assert "她" not in text


def test_talk_without_stops_falls_into_the_parts_of_a_plan():
    found = parts(
        written(
            "campaign",
            "a marketing plan for our repair café aimed at students flyers and instagram starting in"
            " march budget 600 euros we hope for 40 visitors",
        )
    )
    assert found["Audience"] == "- Aimed at students."
    assert found["Channels"] == "- Flyers and instagram."
    assert found["Calendar"] == "- Starting in March."
    assert found["Budget"] == "- Budget 600 euros."
    assert found["How we will know that it worked"] == "- We hope for 40 visitors."
    assert found["Message"] == "________"


def test_chinese_talk_falls_into_the_parts_of_a_plan():
    found = parts(
        written("campaign", "修理咖啡馆的营销计划 针对学生 发传单 三月开始 预算六百 希望来四十个人")
    )
    assert found["目标"] == "- 修理咖啡馆。"
    assert found["目标人群"] == "- 针对学生。"
    assert found["渠道"] == "- 发传单。"
    assert found["日程"] == "- 三月开始。"
    assert found["预算"] == "- 预算六百。"
    assert found["怎样衡量效果"] == "- 希望来四十个人。"


def test_a_report_keeps_what_is_open_apart():
    found = parts(
        written(
            "report",
            "a report about the burst pipe the cellar was full of water we still don't know who pays"
            " next week the plumber is going to replace it",
        )
    )
    assert found["Purpose"] == "- Burst pipe."
    assert found["Summary"] == "The cellar was full of water."
    assert "who pays" in found["Open questions"]
    assert "replace it" in found["Next steps"]


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("tell the caretaker that the lamp is broken", "the caretaker"),
        ("an e-mail to all tenants saying that the water is off on monday", "all tenants"),
        ("帮我写封邮件给租客们 周一停水", "租客们"),
        ("跟物业说一声楼道灯坏了", "物业"),
        ("停水的通知", ""),
    ],
)
def test_whom_a_brief_is_for(text, to):
    assert read_brief(text).to == to


BRIEFS = (
    "tell the choir we sing at 7 on may 3rd bring black folders and 12 chairs are missing",
    "proposal to rent the barn for 350 a month because the cellar is damp and ivo knows the owner",
    "a report on the flea market 61 stalls 4 hundred euros for the club rain from two o'clock",
    "跟合唱团说五月三号晚上七点唱 带黑夹子 还差十二把椅子",
    "建议租老谷仓 一个月三千五 因为地下室太潮 老谢认识房东",
    "写个报告 跳蚤市场六十一个摊位 俱乐部收了四百块 两点开始下雨",
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("brief", BRIEFS)
def test_nothing_is_invented_and_nothing_lost(kind, brief):
    text = written(kind, brief)
    body = re.sub(r"^(?:#.*|[^\n]*[:：][ ]?)$", "", text, flags=re.MULTILINE)
    lines = [
        each for each in body.splitlines() if each.startswith("- ") or each.endswith((".", "。"))
    ]
    assert [wrong for each in lines for wrong in unsupported(each.removeprefix("- "), brief)] == []
    for number in re.findall(r"\d+|[一二三四五六七八九十百千]{2,}", brief):
        assert number in text
