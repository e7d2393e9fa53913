"""Appointments as they are spoken of: it, the first of a day, all of a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from voice_assistant_skills.calendar.skill import CalendarSkill
from voice_assistant_skills.reminders.skill import Reminders

from tests.fakes import NOW, TryOut, at
from voice_assistant import values
from voice_assistant.session import Exchange
from voice_assistant.turn import Route

pytestmark = pytest.mark.anyio


@pytest.fixture
def diary(tmp_path):
    return TryOut(CalendarSkill, tmp_path)


async def test_what_was_just_added_is_moved_and_taken_out_as_it(diary):
    await diary.ask("add", title="dentist", time=at("friday at ten"))
    await diary.ask("add", title="haircut", time=at("friday at three"))
    assert "haircut at 4 PM" in (await diary.ask("move_it", duration=timedelta(hours=1))).text
    assert "haircut at 4 PM on Saturday" in (await diary.ask("move_it", time=at("saturday"))).text
    said = (
        await diary.ask("move_it", text="bring it forward an hour", duration=timedelta(hours=1))
    ).text
    assert "3 PM" in said
    assert "haircut" in (await diary.ask("remove_it", answers=["yes"])).text
    assert "dentist" in (await diary.ask("agenda", time=at("friday"))).text


async def test_the_first_and_the_last_of_a_day(diary):
    for title, time in (("dentist", "friday at ten"), ("lunch", "friday at noon")):
        await diary.ask("add", title=title, time=at(time))
    assert "dentist" in (await diary.ask("first", time=at("friday"))).text
    assert "lunch" in (await diary.ask("last", time=at("friday"))).text
    assert "dentist" not in (await diary.ask("first", time=at("saturday"))).text


async def test_a_day_is_cleared_once_that_is_confirmed_and_can_be_put_back(diary):
    for title in ("dentist", "lunch"):
        await diary.ask("add", title=title, time=at("friday at noon"))
    await diary.ask("add", title="choir", time=at("every friday at seven"))
    assert "leave" in (await diary.ask("clear", time=at("friday"), answers=["no"])).text
    outcome = await diary.ask("clear", time=at("friday"), answers=["yes"])
    assert "2 appointments" in outcome.asked[0]
    assert "1 appointment" in (await diary.ask("agenda", time=at("friday"))).text
    await outcome.receipts[0].undo()
    assert "3 appointments" in (await diary.ask("agenda", time=at("friday"))).text


@pytest.mark.parametrize(
    ("language", "time", "said"),
    [
        ("en", "every tuesday and friday at five", "every Tuesday and Friday, at 5 PM"),
        ("zh", "每周二五点", "每周二下午五点"),
        ("zh", "每周二和周五下午五点", "每周二和周五下午五点"),
    ],
)
async def test_what_repeats_says_how_often(diary, language, time, said):
    outcome = await diary.ask("add", language, title="x", time=at(time, language))
    assert said in outcome.text


async def test_from_two_to_four_on_a_day_said_last(diary):
    await diary.ask("add", title="studying", time=at("two"), end=at("four on friday"))
    (each,) = diary.skill.diary.between(NOW, NOW + timedelta(days=7))
    assert (each.start.hour, each.end.hour, each.start.weekday()) == (14, 16, 4)


async def test_the_day_after_and_then(diary):
    await diary.ask("add", title="dentist", time=at("friday at ten"))
    await diary.ask("agenda", time=at("thursday"))
    assert "dentist" in (await diary.ask("agenda_next", by="1")).text
    assert "dentist" in (await diary.ask("agenda_then")).text


async def test_it_moves_to_the_day_after(diary):
    await diary.ask("add", title="dentist", time=at("friday at ten"))
    assert "dentist at 10 AM on Saturday" in (await diary.ask("move_it", by="1")).text


async def test_it_is_called_something_else_and_takes_longer(diary):
    await diary.ask("add", title="lunch", who="peter", time=at("friday at noon"))
    assert "with paul" in (await diary.ask("rename_it", new="paul", old="peter")).text
    said = (await diary.ask("length_it", duration=timedelta(hours=2))).text
    assert "until 2 PM" in said
    assert "1 appointment" in (await diary.ask("agenda", time=at("friday"))).text


@pytest.mark.parametrize("hour", [7, 13, 22])
async def test_it_ends_in_the_half_of_the_day_it_begins_in(diary, hour):
    diary.clock.set(diary.clock.now().replace(hour=hour))
    end = values.parse("time", "eleven", "en", diary.clock.now())
    said = (await diary.ask("add", title="plumber", time=at("friday at nine"), end=end)).text
    assert "9 AM on Friday until 11 AM" in said


async def test_appointments_are_known_by_their_names(diary):
    await diary.ask("add", title="Physio", time=at("friday at ten"))
    await diary.ask("add", "zh", title="理疗", time=at("周五十一点", "zh"))
    assert diary.skill.vocabulary("en") == {"entry": ["physio"]}
    assert diary.skill.vocabulary("zh") == {"entry": ["理疗"]}


@pytest.mark.parametrize(
    ("title", "kept"),
    [("是米娅生日", "米娅生日"), ("一整天搬家", "搬家"), ("我们去度假", "去度假")],
)
async def test_what_leads_to_a_name_is_no_part_of_it(diary, title, kept):
    said = (await diary.ask("add", "zh", title=title, time=at("周五", "zh"))).text
    assert said.rstrip("。").endswith(f"全天{kept}")


async def test_the_day_that_was_asked_about_is_meant(diary):
    diary.clock.set(diary.clock.now().replace(hour=22))
    asked = await diary.ask("agenda", time=at("saturday"))
    route = Route(skill="calendar", intent="agenda", text="what's on saturday")
    when = diary.clock.now()
    diary.session.turns.append(Exchange(when=when, text=route.text, route=route, said=asked.said))
    text = "put brunch at eleven"
    said = (await diary.ask("add", text=text, title="brunch", time=at("eleven"))).text
    assert "brunch at 11 AM on Saturday" in said


async def test_whole_days_begin_in_the_month_they_end_in(diary):
    times = {"time": at("the second"), "end": at("the ninth of august")}
    said = (await diary.ask("add", title="holiday", **times)).text
    assert "August 2" in said
    assert "until Monday, August 9" in said


async def test_it_is_reminded_of_before(tmp_path):
    kept = []

    class Keeper:
        def add(self, task, due):
            kept.append((task, f"{due:%a %H:%M}"))
            return kept.clear

    diary = TryOut(CalendarSkill, tmp_path, services={"reminders": Keeper()})
    await diary.ask("add", title="vet", time=at("friday at five"))
    outcome = await diary.ask("remind_it", duration=timedelta(hours=1))
    assert "4 PM on Friday" in outcome.text
    assert kept == [("vet", "Fri 16:00")]
    await outcome.receipts[0].undo()
    assert kept == []


async def test_it_is_made_to_repeat(diary):
    await diary.ask("add", title="dinner", time=at("friday at seven pm"))
    assert "every week" in (await diary.ask("move_it", time=at("every week"))).text
    assert "dinner" in (await diary.ask("agenda", time=at("friday in two weeks"))).text


async def test_a_weekday_after_another_is_the_one_that_comes_after_it(diary):
    await diary.ask("add", title="dentist", time=at("next wednesday at ten"))
    await diary.ask("agenda", time=at("sunday"))
    said = await diary.ask("agenda_it", text="and wednesday", time=at("wednesday"))
    assert "dentist" in said.text
    today = await diary.ask("agenda_it", text="and today", time=at("today"))
    assert "dentist" not in today.text


async def test_what_is_to_be_reminded_of_is_on_that_day_too(diary, tmp_path):
    reminders = TryOut(Reminders, tmp_path, database=diary.database)
    diary.skill.home.services["reminders"] = reminders.skill.offers()["reminders"]
    await reminders.ask("set", task="water the plants", time=at("saturday at ten"))
    await reminders.ask("set", task="stretch", time=at("every hour"))
    said = (await diary.ask("agenda", time=at("saturday"))).text
    assert said == "You asked to be reminded: water the plants, 10 AM on Saturday."
    assert "nothing" in (await diary.ask("agenda", time=at("friday"))).text.lower()
    await diary.ask("add", title="choir", time=at("saturday at noon"))
    said = (await diary.ask("agenda", time=at("saturday"))).text
    assert "choir" in said
    assert "water the plants" in said


async def test_a_weekday_alone_is_of_the_week_of_what_is_moved(diary):
    """It is Wednesday; "next Wednesday" that goes to Thursday is not tomorrow."""
    await diary.ask("add", title="dentist", time=at("next wednesday at ten"))
    said = await diary.ask("move_it", text="make that thursday", time=at("thursday"))
    assert "3 December" in said.text or "December 3" in said.text, said.text


async def test_a_part_of_the_day_is_of_the_day_that_was_asked_about(diary):
    """It is Wednesday: "anything on Sunday" - "put a hike in the morning"."""
    await diary.then("agenda", "zh", text="周日有安排吗", time=at("sunday"))
    said = await diary.ask("add", "zh", text="上午加个爬山", title="爬山", time=at("morning"))
    assert "周日" in said.text, said.text
