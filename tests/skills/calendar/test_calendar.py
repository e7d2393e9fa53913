"""The calendar: the user's own ICS files, repetitions and exceptions, conflicts, undo."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from dateutil.tz import tzlocal
from icalendar import Calendar
from voice_assistant_skills.calendar.skill import CalendarSkill

from tests.fakes import NOW, TryOut, at
from tests.skills.sentences import sentences_of
from voice_assistant import values

pytestmark = pytest.mark.anyio
test_sentences = sentences_of("calendar")
FOREIGN = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//x//EN
BEGIN:VEVENT
UID:choir
SUMMARY:Choir
DTSTART;TZID=Europe/Berlin:20250102T193000
DTEND;TZID=Europe/Berlin:20250102T210000
RRULE:FREQ=WEEKLY;BYDAY=TH
EXDATE;TZID=Europe/Berlin:20261203T193000
END:VEVENT
BEGIN:VEVENT
UID:anna
SUMMARY:Anna's birthday
DTSTART;VALUE=DATE:20001127
RRULE:FREQ=YEARLY
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def desk(tmp_path):
    return TryOut(CalendarSkill, tmp_path)


async def test_adding_and_asking(desk, tmp_path):
    outcome = await desk.ask("add", title="dentist", time=at("friday at three"))
    assert "dentist at 3 PM on Friday" in outcome.text
    assert "dentist at 3 PM" in (await desk.ask("agenda", time=at("friday"))).text
    assert "nothing" in (await desk.ask("agenda", time=at("tomorrow"))).text.lower()
    assert "dentist" in (await desk.ask("next")).text
    (event,) = Calendar.from_ical((tmp_path / "appointments.ics").read_text()).walk("VEVENT")
    assert event["dtstart"].dt.hour == 15
    await outcome.receipts[0].undo()
    assert "nothing" in (await desk.ask("next")).text


async def test_chinese(desk):
    outcome = await desk.ask("add", "zh", title="看牙医", time=at("明天下午三点", "zh"))
    assert "明天下午三点看牙医" in outcome.text
    assert "一个安排" in (await desk.ask("agenda", "zh", time=at("明天", "zh"))).text


async def test_conflicts_are_told(desk):
    await desk.ask("add", title="dentist", time=at("friday at three"))
    outcome = await desk.ask("add", title="lunch with tom", time=at("friday at half past three"))
    assert "overlaps with dentist" in outcome.text
    assert "dentist" in (await desk.ask("free", time=at("friday at three"))).text
    assert "free" in (await desk.ask("free", time=at("friday at 9 am"))).text


async def test_it_asks_for_what_is_missing(desk):
    outcome = await desk.ask("add", answers=["haircut", "tomorrow at ten"])
    assert "haircut at 10 AM tomorrow" in outcome.text


async def test_the_users_other_files_are_read_with_repetitions_and_exceptions(tmp_path):
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "family.ics").write_text(FOREIGN)
    desk = TryOut(CalendarSkill, tmp_path / "own", settings={"files": [str(theirs)]})
    assert "Choir at 7:30 PM" in (await desk.ask("agenda", time=at("tomorrow"))).text
    assert "Anna's birthday" in (await desk.ask("agenda", time=at("friday"))).text
    week = await desk.ask("agenda", span="next_week")
    assert "Choir" not in week.text
    found = desk.skill.diary.between(NOW, NOW + timedelta(days=20))
    assert [f"{each.start:%m-%d %H:%M}" for each in found] == [
        "11-26 19:30",
        "11-27 00:00",
        "12-10 19:30",
    ]


async def test_a_broken_file_costs_only_itself(tmp_path):
    (tmp_path / "broken.ics").write_text("BEGIN:VCALENDAR\nnonsense")
    desk = TryOut(CalendarSkill, tmp_path)
    await desk.ask("add", title="dentist", time=at("friday at three"))
    assert "dentist" in (await desk.ask("next")).text


async def test_removing_is_confirmed_and_can_be_undone(desk):
    await desk.ask("add", title="dentist", time=at("friday at three"))
    await desk.ask("remove", title="dentist", answers=["no"])
    assert "dentist" in (await desk.ask("next")).text
    outcome = await desk.ask("remove", title="the dentist", answers=["yes"])
    assert "nothing" in (await desk.ask("next")).text
    await outcome.receipts[0].undo()
    assert "dentist" in (await desk.ask("next", title="dentist")).text


async def test_a_repeating_appointment_over_the_shift_of_the_clock(desk):
    await desk.ask("add", title="gym", time=at("every monday at six pm"))
    found = desk.skill.diary.between(NOW + timedelta(days=100), NOW + timedelta(days=140))
    assert {each.start.hour for each in found} == {18}


async def test_what_collides_is_told(desk):
    assert "Nothing collides this week" in (await desk.ask("conflicts")).text
    await desk.ask("add", title="dentist", time=at("friday at three"))
    await desk.ask("add", title="haircut", time=at("friday at half past three"))
    said = (await desk.ask("conflicts", span="week")).text
    assert "dentist at 3 PM on Friday and haircut at 3:30 PM on Friday" in said
    assert "撞在一起" in (await desk.ask("conflicts", "zh", span="week")).text


async def test_what_the_machine_s_own_zone_writes_is_read_aright_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        now = NOW.replace(tzinfo=tzlocal())
        desk = TryOut(CalendarSkill, tmp_path, now=now)
        await desk.ask(
            "add", title="dentist", time=values.parse("time", "friday at three", "en", now)
        )
        await desk.ask(
            "add", title="bins", time=values.parse("time", "every monday at seven am", "en", now)
        )
        dentist, bins = Calendar.from_ical((tmp_path / "appointments.ics").read_text()).walk(
            "VEVENT"
        )
        assert dentist["dtstart"].dt == (NOW + timedelta(days=2)).replace(hour=15)
        assert bins["dtstart"].dt.hour == 7
        assert bins["dtstart"].dt.tzinfo is None
        assert "7 AM on Monday" in (await desk.ask("next", title="bins")).text
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("title", "said", "hour"),
    [("movie night", "friday at eight", 20), ("breakfast", "friday at eight", 8),
     ("dinner with tom", "tomorrow at seven", 19), ("movie night", "friday at eight am", 8)],
)  # fmt: skip
async def test_what_is_in_the_evening_is_put_there(desk, title, said, hour):
    await desk.ask("add", title=title, time=at(said))
    assert [each.start.hour for each in desk.skill._coming()] == [hour]


async def test_an_appointment_is_moved_and_moved_back(desk):
    await desk.ask("add", title="dentist", time=at("friday at three pm"), end=at("four thirty"))
    outcome = await desk.ask("move", title="dentist", time=at("eleven am"))
    assert "dentist at 11 AM on Friday" in outcome.text
    (moved,) = desk.skill.diary.between(NOW, NOW + timedelta(days=9))
    assert moved.end - moved.start == timedelta(minutes=90)
    await outcome.receipts[0].undo()
    (back,) = desk.skill.diary.between(NOW, NOW + timedelta(days=9))
    assert f"{back.start:%a %H:%M}" == "Fri 15:00"


async def test_what_repeats_is_not_moved(desk):
    await desk.ask("add", title="choir", time=at("every monday at eight pm"))
    assert "repeats" in (await desk.ask("move", title="choir", time=at("tuesday"))).text


async def test_a_meal_with_somebody_has_an_end(desk):
    said = await desk.ask(
        "add", title="lunch", who="Priya", time=at("thursday one pm"), end=at("two thirty")
    )
    assert "lunch with Priya at 1 PM" in said.text
    (lunch,) = desk.skill.diary.between(NOW, NOW + timedelta(days=9))
    assert f"{lunch.end:%H:%M}" == "14:30"


@pytest.mark.parametrize(("part", "there"), [("morning", True), ("afternoon", False)])
async def test_a_part_of_a_day_is_asked_about(desk, part, there):
    await desk.ask("add", title="dentist", time=at("tuesday at ten am"))
    said = (await desk.ask("agenda", time=at(f"tuesday {part}"))).text
    assert ("dentist" in said) is there
