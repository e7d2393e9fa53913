"""Minutes by rules: what was decided, who does what by when, and nothing that was not said."""

from __future__ import annotations

import pytest
from voice_assistant_skills.meetings import bench, briefs, drafts, paper
from voice_assistant_skills.meetings.asking import answer
from voice_assistant_skills.meetings.meeting import Meeting, Segment, with_speaker
from voice_assistant_skills.meetings.minutes import Line, Minutes, checked, minutes
from voice_assistant_skills.meetings.traces import unsupported


def meeting(*lines: str, title: str = "Launch") -> Meeting:
    segments = tuple(
        with_speaker(Segment(id=n, start=n * 10.0, end=n * 10.0 + 8, text=text))
        for n, text in enumerate(lines, 1)
    )
    return Meeting(id=f"2026-11-25 {title}", title=title, day="2026-11-25", segments=segments)


@pytest.mark.parametrize(
    "text",
    [
        "Okay, let's go with the blue one.",
        "We've decided to postpone the launch.",
        "The decision is nineteen euros.",
        "那就定在下周三吧。",
        "会议决定把预算增加到五十万元。",
    ],
)
def test_decisions(text):
    found = minutes(meeting(text)).decisions
    assert [line.evidence for line in found] == [(1,)]


@pytest.mark.parametrize(
    "text",
    [
        "Have we decided on the colours?",
        "We haven't decided yet.",
        "Let's move on to the next point.",
        "我们要不要决定一下？",
        "这件事还没有决定。",
    ],
)
def test_what_is_no_decision(text):
    assert minutes(meeting(text)).decisions == ()


@pytest.mark.parametrize(
    ("text", "owner", "due"),
    [
        ("Ben: I'll send the draft by Friday.", "Ben", "by Friday"),
        ("Ben: Anna will book the hall before the end of the month.", "Anna",
         "before the end of the month"),
        ("Ben: Tom, could you call the printer tomorrow?", "Tom", "tomorrow"),
        ("Ben: Somebody has to check the insurance.", "", ""),
        ("李强：请张伟负责装修，月底前完成。", "张伟", "月底前"),
        ("李强：我来联系媒体，周五之前把名单发给大家。", "李强", "周五之前"),
        ("李强：小刘，你周三之前把合同整理好。", "小刘", "周三之前"),
    ],
)  # fmt: skip
def test_todos_have_their_owner_and_date_as_said(text, owner, due):
    (todo,) = minutes(meeting(text)).todos
    assert (todo.owner, todo.due, todo.evidence) == (owner, due, (1,))


@pytest.mark.parametrize(
    ("lines", "owner", "due", "evidence"),
    [
        (("A: Somebody has to feed the cat.", "B: I'll do it on Friday."), "B", "on Friday", (1, 2)),
        (("A: It's wet.", "B: Shall I mop it up?", "A: Yes please."), "B", "", (2, 3)),
        (("A: It's wet.", "A: Bruno, you're nearest. Mop it up.", "Bruno: Fine."), "Bruno", "", (2,)),
        (("A: The form is due by the 9th.", "A: Ann, could you do that?", "Ann: Yes."),
         "Ann", "by the 9th", (2, 1)),
        (("A: Who drives?", "B: I'll fetch them at six on Sunday."), "B", "at six on Sunday", (2,)),
        (("A: Will this hold?", "A: Perfect. And Ida, don't forget to lock the shed."), "Ida", "", (2,)),
        (("A: Ben, can you book it?", "Ben: Sure, I'll do it before we open."),
         "Ben", "before we open", (1, 2)),
        (("A: Who closes on Saturday? I did it twice.", "B: I'll close the shop."),
         "B", "on Saturday", (2, 1)),
        (("甲先生：小赵，单子你来写吧？", "小赵：可以，二十五号之前给你。"), "小赵", "二十五号之前", (1, 2)),
        (("甲先生：猫得有人喂。", "乙先生：我来喂，礼拜五开始。"), "乙先生", "礼拜五", (2,)),
        (("甲先生：地上湿了。", "乙先生：要我拖一下吗？", "甲先生：麻烦你。"), "乙先生", "", (2, 3)),
        (("甲先生：阿宝，您周三之前能不能把钥匙送来？", "阿宝：可以。"), "阿宝", "周三之前", (1,)),
        (("甲先生：谁去接？", "乙先生：周日早上六点我去接他们。"), "乙先生", "周日早上六点", (2,)),
    ],
)  # fmt: skip
def test_who_takes_on_what_is_seen_from_the_talk(lines, owner, due, evidence):
    (todo,) = minutes(meeting(*lines)).todos
    assert (todo.owner, todo.due, todo.evidence) == (owner, due, evidence)


@pytest.mark.parametrize(
    "lines",
    [
        ("A: Hello.", "B: Hello.", "A: The green one, everybody happy with that?", "B: Yep."),
        ("A: Hello.", "B: Hello.", "A: Dogs stay outside. Hands up? That's six, carried."),
        ("A: Hello.", "B: Hello.", "C: My aunt could.", "A: Right, your aunt does the flowers."),
        ("A: Hello.", "B: Hello.", "A: From now on the key hangs by the door."),
        ("甲先生：早。", "乙先生：早。", "甲先生：绿的，大家都同意吧？", "乙先生：同意。"),
        ("甲先生：早。", "乙先生：早。", "丙先生：修不修？", "甲先生：师傅有空，修。"),
        ("甲先生：早。", "乙先生：早。", "甲先生：以后钥匙挂门边，谁都不许带走。"),
    ],
)
def test_what_all_agree_to_is_settled(lines):
    made = minutes(meeting(*lines))
    assert len(made.decisions) == 1
    assert len(lines) in made.decisions[0].evidence


@pytest.mark.parametrize(
    "text", ["Ben: I think we will grow.", "The weather will be nice on Friday.", "谁来负责宣传？"]
)
def test_what_is_no_todo(text):
    assert minutes(meeting(text)).todos == ()


def test_a_question_is_open_when_nobody_could_answer():
    made = minutes(
        meeting("A: Who pays?", "B: Marketing does.", "A: Where do we park?", "B: I don't know.")
    )
    assert [line.text for line in made.questions] == ["Where do we park?"]


def test_two_languages_in_one_meeting_and_in_one_sentence():
    made = minutes(
        meeting(
            "Kevin: 这个 feature 我们下周一 launch。",
            "Amy: OK，那 landing page 我来 update，周五之前发给大家。",
            "Kevin: Amy，你跟 design team sync 一下。",
            "Kevin: I'll send the deck to 李强 by Thursday.",
            "Amy: 那个 vendor 的 contract 谁来 follow？",
            "李强：不知道，要问 legal。",
        )
    )
    assert [line.evidence for line in made.decisions] == [(1,)]
    given = [(each.owner, each.due) for each in made.todos]
    assert given == [("Amy", "周五之前"), ("Amy", ""), ("Kevin", "by Thursday")]
    assert [line.text for line in made.questions] == ["那个 vendor 的 contract 谁来 follow？"]


def test_a_lecture_settles_nothing_by_the_way():
    told = ("So the Romans build a road to the sea.", "Then we take the second example.")
    alone = minutes(meeting(*(f"Livia: {each}" for each in told)))
    assert alone.decisions == ()
    assert minutes(meeting("Livia: We decided to stop at noon.")).decisions


def test_figures():
    made = minutes(meeting("It grew by 15 percent.", "营业额是二十三万元。", "One more thing."))
    assert [line.evidence for line in made.figures] == [(1,), (2,)]


def test_a_line_that_says_more_than_its_evidence_is_left_out():
    held = meeting("We sold twelve bikes in May.", "We agreed to stop.")
    lines = (
        Line(text="We sold 12 bikes in May.", evidence=(1,), start=0),
        Line(text="We sold 20 bikes in May.", evidence=(1,), start=0),
        Line(text="Susan sold twelve bikes.", evidence=(1,), start=0),
        Line(text="We sold twelve bikes in June.", evidence=(1,), start=0),
        Line(text="We agreed to stop.", evidence=(), start=0),
    )
    drafted = Minutes(title="", day="", language="en", decisions=lines)
    assert checked(drafted, held).decisions == lines[:1]


@pytest.mark.parametrize(
    ("text", "evidence", "wrong"),
    [
        ("It costs 3,500 euros.", "it costs three thousand five hundred euros", []),
        ("It costs 3,600 euros.", "It costs 3,500 euros.", ["3,600"]),
        ("Ten came.", "They often came.", ["ten"]),
        ("Ann paid.", "Anna paid.", ["Ann"]),
        ("三成", "两成", ["三"]),
        ("请张伟负责。", "请李强负责。", ["张伟"]),
        ("周五交。", "周四交。", ["周五"]),
    ],
)
def test_facts_are_compared(text, evidence, wrong):
    found = unsupported(text, evidence)
    assert bool(found) == bool(wrong)
    assert set(wrong) <= set(found)


def test_paper_names_every_moment():
    made = minutes(meeting("Ben: I'll send the draft by Friday.", "Anna: Agreed, we stop at five."))
    text = paper.markdown(made)
    assert "- [ ] Ben: I'll send the draft by Friday. [0:10]" in text
    assert "Agreed, we stop at five." in paper.page(made)


@pytest.mark.parametrize("kind", drafts.KINDS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_draft_from_nothing_is_all_blanks(kind, language):
    brief = {"en": "Our new tea.", "zh": "我们的新茶。"}[language]
    made = drafts.draft(kind, briefs.from_brief(brief, "2026-11-25"), brief=brief)
    assert made.blanks >= 1
    assert not any(sign.isdigit() for sign in made.text)


def test_a_campaign_keeps_the_budget_that_was_said():
    brief = "Launch our tea for students in May. The budget is 5,000 euros."
    made = drafts.draft("campaign", briefs.from_brief(brief, "2026-11-25"), brief=brief)
    budget = made.text.split("## Budget")[1].split("##")[0]
    assert "5,000 euros" in budget
    message = made.text.split("## Message")[1].split("##")[0]
    assert message.strip() == "________"


def test_each_part_of_a_plan_gets_only_its_clause():
    brief = "We launch our tea for students on 12 May, posters and Instagram, the budget is 5,000 euros."
    made = drafts.draft("campaign", briefs.from_brief(brief, "2026-11-25"), brief=brief)
    parts = dict(part.split("\n\n", 1) for part in made.text.split("## ")[1:])
    assert parts["Channels"].strip() == "- Posters and Instagram."
    assert parts["Budget"].strip() == "- The budget is 5,000 euros."
    assert "12 May" in parts["Calendar"]
    assert parts["How we will know that it worked"].strip() == "________"


@pytest.mark.parametrize(
    ("brief", "to", "said"),
    [
        ("an email to the members saying that we close at five", "To: the members", "We close at"),
        (
            "给老客户发一封邮件，告诉他们六月一号开始周一休息。",
            "收件人：老客户",
            "六月一号开始周一休息。",
        ),
    ],
)
def test_a_mail_goes_to_whom_the_brief_names(brief, to, said):
    text = drafts.draft("email", briefs.from_brief(brief, "2026-11-25"), brief=brief).text
    assert to in text
    assert said in text
    assert "email to" not in text
    assert "告诉他们" not in text


def test_answers_are_what_was_said():
    held = meeting("Anna: Let's go with June for the launch.", "Ben: The press release is ready.")
    (found, *_) = answer("what did we decide about the launch", [held])
    assert found.line.text == "Let's go with June for the launch."
    assert answer("what did we say about penguins", [held]) == []


def test_what_was_decided_soon_after_a_matter_came_up_answers_for_it():
    held = meeting(
        "Anna: Mill Lane is far above the budget.",
        "Ben: I like Park Street, too.",
        "Anna: Okay, let's go with Park Street.",
    )
    (found, *_) = answer("what did we decide about the budget", [held], topic="budget")
    assert found.line.text == "Let's go with Park Street."


def test_one_person_is_asked_about():
    held = meeting("Anna: The rent is too high.", "Ben: The rent is fine with me.")
    (found,) = answer("what did ben say about the rent", [held], topic="rent", by="ben")
    assert found.line.text == "The rent is fine with me."


@pytest.mark.parametrize("name", ["en", "zh"])
def test_goals_of_the_bench(name):
    for row in bench.found_in(bench.scripts(name), name, ">= 60"):
        if row.goal == "0":
            assert row.value == 0, row.name
        elif row.goal:
            assert row.value >= 60, row.name


@pytest.mark.parametrize(("sentences", "lines"), [(80, 5), (540, 15)])
def test_a_summary_has_five_lines_or_one_for_six_minutes(sentences, lines):
    held = meeting(*[f"Point {n} is about the garden and the fence." for n in range(sentences)])
    assert len(minutes(held).summary) <= lines
