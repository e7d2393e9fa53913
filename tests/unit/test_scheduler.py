"""Jobs come at the right wall time, once, whatever the clock does; what was missed is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import anyio
import pytest

from tests.fakes import NOW, FakeClock
from voice_assistant import values
from voice_assistant.clock import unset
from voice_assistant.recurrence import first_time, following, localise, repeat_of, rule
from voice_assistant.scheduler import Scheduler
from voice_assistant.store import Database
from voice_assistant.values.kinds import Repeat

pytestmark = pytest.mark.anyio
BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Sydney")
SHIFTS = {
    "Europe/Berlin": ((2026, 3, 29), (2026, 10, 25)),
    "America/New_York": ((2026, 3, 8), (2026, 11, 1)),
    "Australia/Sydney": ((2026, 10, 4), (2026, 4, 5)),
}
"""The days on which the clocks go forward, and back."""


@pytest.fixture(autouse=True)
def seldom_looks(monkeypatch, request):
    """Days pass in few looks, except where the looks matter."""
    if not {"clock", "process"} & set(request.node.originalname.split("_")):
        monkeypatch.setattr("voice_assistant.scheduler.LOOK", 3600.0)


class House:
    """A scheduler on the virtual clock, and what became of its jobs."""

    def __init__(self, moment, database=None, ring=0.0):
        self.clock = FakeClock(moment)
        self.database = database or Database(":memory:")
        self.all = Scheduler(self.database, self.clock)
        self.jobs = self.all.owned_by("alarms")
        self.ring = ring
        self.fired, self.missed = [], []

    async def fire(self, job):
        self.fired.append((self.clock.now(), job))
        await anyio.sleep(self.ring)

    async def tell(self, jobs):
        self.missed.extend(jobs)

    async def run(self, seconds):
        with anyio.move_on_after(seconds):
            await self.all.run(self.fire, self.tell)


async def test_jobs_fire_at_their_moment_in_their_order():
    house = House(datetime(2026, 11, 25, 10, tzinfo=BERLIN))
    start = house.clock.now()
    for seconds in (300, 1.5, 60):
        house.jobs.add(start + timedelta(seconds=seconds), {"n": seconds}, steady=True)
    await house.run(400)
    assert [job.data["n"] for _, job in house.fired] == [1.5, 60, 300]
    assert all(abs((at - job.due).total_seconds()) < 0.01 for at, job in house.fired)
    assert house.jobs.jobs() == house.jobs.ringing() == []


async def test_a_job_added_while_waiting_is_noticed_at_once():
    house = House(datetime(2026, 11, 25, 10, tzinfo=BERLIN))
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(house.run, 10)
        await anyio.sleep(1.1)
        house.jobs.add(house.clock.now() + timedelta(seconds=0.4))
    assert house.fired[0][0] - house.fired[0][1].due < timedelta(milliseconds=10)


async def test_a_job_that_comes_due_while_another_rings_goes_first_and_the_other_rings_on():
    house = House(datetime(2026, 11, 25, 10, tzinfo=BERLIN), ring=600)
    now = house.clock.now()
    house.jobs.add(now + timedelta(seconds=10), {"name": "alarm"})
    house.jobs.add(now + timedelta(seconds=40), {"name": "egg"})
    await house.run(2000)
    assert [(job.data["name"], (at - now).seconds) for at, job in house.fired] == [
        ("alarm", 10),
        ("egg", 40),
        ("alarm", 640),
    ]
    assert house.jobs.ringing() == []


async def test_two_at_the_same_moment_both_ring():
    house = House(datetime(2026, 11, 25, 10, tzinfo=BERLIN), ring=3)
    due = house.clock.now() + timedelta(seconds=10)
    house.jobs.add(due, {"n": 1})
    house.jobs.add(due, {"n": 2})
    await house.run(60)
    assert [job.data["n"] for _, job in house.fired] == [1, 2]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("shift", [0, 1])
async def test_a_daily_alarm_rings_at_seven_across_a_summer_time_shift(zone, shift):
    day = datetime(*SHIFTS[zone][shift], 12, tzinfo=ZoneInfo(zone)) - timedelta(days=2)
    house = House(day)
    first = (day + timedelta(days=1)).replace(hour=7)
    house.jobs.add(first, repeat=rule(Repeat(every="day"), first))
    await house.run(4 * 86400)
    assert [at.strftime("%H:%M") for at, _ in house.fired] == ["07:00"] * 4
    assert len({at.date() for at, _ in house.fired}) == 4
    assert len({at.utcoffset() for at, _ in house.fired}) == 2


@pytest.mark.parametrize("zone", ZONES)
async def test_an_alarm_in_the_hour_that_spring_leaves_out_rings_once_and_then_again_at_its_time(
    zone,
):
    day = datetime(*SHIFTS[zone][0], 12, tzinfo=ZoneInfo(zone)) - timedelta(days=2)
    house = House(day)
    first = (day + timedelta(days=1)).replace(hour=2, minute=30)
    house.jobs.add(first, repeat=rule(Repeat(every="day"), first))
    await house.run(3 * 86400)
    assert [at.strftime("%H:%M") for at, _ in house.fired] == ["02:30", "03:30", "02:30"]


@pytest.mark.parametrize("zone", ZONES)
async def test_an_alarm_in_the_hour_that_autumn_repeats_rings_once(zone):
    day = datetime(*SHIFTS[zone][1], 12, tzinfo=ZoneInfo(zone)) - timedelta(days=1)
    house = House(day)
    due = localise(datetime(*SHIFTS[zone][1], 2, 30), ZoneInfo(zone))
    house.jobs.add(due, repeat=rule(Repeat(every="day"), due))
    await house.run(2 * 86400)
    assert [at.strftime("%H:%M") for at, _ in house.fired] == ["02:30", "02:30"]


async def test_a_timer_over_the_shift_runs_its_length():
    house = House(datetime(2026, 3, 29, 1, 50, tzinfo=BERLIN))
    utc = house.clock.now().timestamp()
    house.jobs.add(datetime.fromtimestamp(utc + 1200, BERLIN), {"kind": "timer"}, steady=True)
    await house.run(1500)
    assert house.fired[0][0].timestamp() - utc == pytest.approx(1200, abs=0.01)
    assert house.fired[0][0].strftime("%H:%M") == "03:10"


@pytest.mark.parametrize("hours", [5, -5])
async def test_setting_the_clock_does_not_change_how_long_a_timer_runs(hours):
    house = House(datetime(2026, 11, 25, 10, tzinfo=BERLIN))
    house.jobs.add(house.clock.now() + timedelta(minutes=10), steady=True)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(house.run, 700)
        await anyio.sleep(100)
        house.clock.jump(timedelta(hours=hours))
        await anyio.sleep(495)
        assert house.fired == []
        await anyio.sleep(10)
    assert len(house.fired) == 1
    assert house.missed == []


async def test_an_alarm_that_the_clock_jumps_over_is_told_and_one_it_jumps_back_before_waits():
    house = House(datetime(2026, 11, 25, 10, tzinfo=BERLIN))
    house.jobs.add(house.clock.now() + timedelta(hours=1), {"n": 1})
    house.jobs.add(house.clock.now() + timedelta(hours=8), {"n": 8})
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(house.run, 12 * 3600)
        await anyio.sleep(60)
        house.clock.jump(timedelta(hours=3))
        await anyio.sleep(10)
        house.clock.jump(timedelta(hours=-2))
    assert [job.data["n"] for job in house.missed] == [1]
    assert [(job.data["n"], at.strftime("%H:%M")) for at, job in house.fired] == [(8, "18:00")]


async def test_what_fell_due_while_off_is_told_at_the_start_and_a_repetition_goes_on():
    database = Database(":memory:")
    house = House(datetime(2026, 11, 25, 6, tzinfo=BERLIN), database)
    seven = house.clock.now().replace(hour=7)
    house.jobs.add(seven, {"name": "every day"}, repeat="FREQ=DAILY")
    house.jobs.add(seven.replace(hour=9), {"name": "once"})
    later = House(datetime(2026, 11, 27, 12, tzinfo=BERLIN), database)
    await later.run(86400)
    assert [job.data["name"] for job in later.missed] == ["every day", "once"]
    assert [at.strftime("%d %H:%M") for at, _ in later.fired] == ["28 07:00"]


async def test_what_rang_at_a_crash_is_told_at_the_next_start_and_does_not_ring_again():
    database = Database(":memory:")
    house = House(datetime(2026, 11, 25, 6, tzinfo=BERLIN), database, ring=600)
    house.jobs.add(house.clock.now() + timedelta(minutes=1), {"n": 1}, repeat="FREQ=DAILY")
    await house.run(65)  # ended in the middle of the ring
    assert len(house.fired) == 1
    later = House(datetime(2026, 11, 25, 6, 1, 20, tzinfo=BERLIN), database)
    await later.run(3600)
    assert [job.data["n"] for job in later.missed] == [1]
    assert later.fired == []
    assert [job.due.day for job in later.jobs.jobs()] == [26]


async def test_a_late_job_within_the_grace_still_rings():
    database = Database(":memory:")
    house = House(datetime(2026, 11, 25, 6, tzinfo=BERLIN), database)
    house.jobs.add(house.clock.now() + timedelta(seconds=10))
    later = House(datetime(2026, 11, 25, 6, 1, tzinfo=BERLIN), database)
    await later.run(5)
    assert len(later.fired) == 1


async def test_seven_stays_seven_when_the_household_moves():
    database = Database(":memory:")
    house = House(datetime(2026, 11, 25, 6, tzinfo=BERLIN), database)
    house.jobs.add(house.clock.now().replace(day=26, hour=7), repeat="FREQ=DAILY")
    moved = House(datetime(2026, 11, 25, 6, tzinfo=ZoneInfo("America/New_York")), database)
    await moved.run(86400 * 2.5)
    assert [at.strftime("%d %H:%M") for at, _ in moved.fired] == ["26 07:00", "27 07:00"]


async def test_a_clock_that_fell_behind_is_noticed():
    database = Database(":memory:")
    house = House(datetime(2026, 11, 25, 6, tzinfo=BERLIN), database)
    await house.run(5)
    assert not house.all.behind
    assert House(datetime(2026, 11, 25, 4, tzinfo=BERLIN), database).all.behind


async def test_only_one_process_fires(tmp_path):
    house = House(datetime(2026, 11, 25, 6, tzinfo=BERLIN), Database(tmp_path / "data.sqlite"))
    other = House(datetime(2026, 11, 25, 6, tzinfo=BERLIN), Database(tmp_path / "data.sqlite"))
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(house.run, 100)
        await anyio.sleep(1)
        tasks.start_soon(other.run, 100)
        other.jobs.add(house.clock.now() + timedelta(seconds=20))
    assert (len(house.fired), len(other.fired)) == (1, 0)
    house.database.close()
    assert other.database.claim("scheduler")
    other.database.close()


def times(text, first, count):
    moments = [first]
    while len(moments) < count:
        moments.append(following(text, first, moments[-1]))
    return [f"{moment:%m-%d}" for moment in moments]


def test_monthly_on_the_31st_is_the_last_day_of_shorter_months():
    first = datetime(2026, 10, 31, 9)
    text = rule(Repeat(every="month"), first)
    assert times(text, first, 5) == ["10-31", "11-30", "12-31", "01-31", "02-28"]


def test_the_29th_of_february_every_year():
    first = datetime(2028, 2, 29, 9)
    text = rule(Repeat(every="year"), first)
    assert times(text, first, 5) == ["02-29", "02-28", "02-28", "02-28", "02-29"]


def test_every_second_saturday_over_the_end_of_the_year():
    first = datetime(2026, 12, 19, 9)
    text = rule(Repeat(every="week", days=(5,), interval=2), first)
    assert times(text, first, 3) == ["12-19", "01-02", "01-16"]
    assert repeat_of(text) == Repeat(every="week", days=(5,), interval=2)


@pytest.mark.parametrize(
    ("said", "language", "moments", "back"),
    [
        ("on the thirty first of every month at eight am", "en", ["11-30", "12-31", "01-31", "02-28"],
         Repeat(every="month", monthday=31)),
        ("the last day of every month at eight pm", "en", ["11-30", "12-31", "01-31", "02-28"],
         Repeat(every="month", monthday=31)),
        ("每个月三十一号上午八点", "zh", ["11-30", "12-31", "01-31", "02-28"],
         Repeat(every="month", monthday=31)),
        ("the first monday of every month at nine am", "en", ["12-07", "01-04", "02-01", "03-01"],
         Repeat(every="month", days=(0,), nth=1)),
        ("每个月最后一个周五上午九点", "zh", ["11-27", "12-25", "01-29", "02-26"],
         Repeat(every="month", days=(4,), nth=-1)),
        ("隔一个星期的周六九点", "zh", ["11-28", "12-12", "12-26", "01-09"],
         Repeat(every="week", days=(5,), interval=2)),
        ("工作日每天早上七点一刻", "zh", ["11-26", "11-27", "11-30", "12-01"],
         Repeat(every="week", days=(0, 1, 2, 3, 4))),
        ("monday to friday at seven am", "en", ["11-26", "11-27", "11-30", "12-01"],
         Repeat(every="week", days=(0, 1, 2, 3, 4))),
    ],
)  # fmt: skip
def test_repetitions_as_they_are_said(said, language, moments, back):
    when = values.parse("time", said, language, NOW)
    first = first_time(when.repeat, when.moment.replace(tzinfo=None), NOW.replace(tzinfo=None))
    text = rule(when.repeat, first)
    assert times(text, first, len(moments)) == moments
    assert repeat_of(text) == back


def test_weekdays():
    first = datetime(2026, 11, 26, 7)
    text = rule(Repeat(every="week", days=(0, 1, 2, 3, 4)), first)
    assert times(text, first, 4) == ["11-26", "11-27", "11-30", "12-01"]


def test_a_machine_without_a_battery_for_its_clock_doubts_it_until_it_hears_the_time(tmp_path):
    assert not unset(tmp_path)  # not a system of systemd's: nothing is known
    (tmp_path / "run/systemd/system").mkdir(parents=True)
    (tmp_path / "dev").mkdir()
    assert unset(tmp_path)
    jobs = Scheduler(Database(":memory:"), FakeClock(), unset=lambda: unset(tmp_path))
    assert jobs.owned_by("alarms").behind
    (tmp_path / "run/systemd/timesync").mkdir()
    (tmp_path / "run/systemd/timesync/synchronized").touch()
    assert not unset(tmp_path)
    (tmp_path / "run/systemd/timesync/synchronized").unlink()
    (tmp_path / "dev/rtc0").touch()
    assert not unset(tmp_path)
    assert not jobs.behind


async def test_a_day_that_is_left_out_does_not_ring_over_a_shift_of_the_clock():
    """Daily at seven from Friday; Sunday, when the clocks go back, is left out."""
    first = datetime(2026, 10, 23, 7, tzinfo=BERLIN)
    house = House(first - timedelta(hours=1))
    job = house.jobs.add(first, repeat="FREQ=DAILY")
    assert house.jobs.on(job, first.date() + timedelta(days=2)) == first + timedelta(days=2)
    house.jobs.leave_out(job, first.date() + timedelta(days=2))
    assert house.jobs.on(house.jobs.jobs()[0], first.date() + timedelta(days=2)) is None
    await house.run(4 * 86400)
    assert [f"{moment:%a %H:%M}" for moment, _ in house.fired] == [
        "Fri 07:00",
        "Sat 07:00",
        "Mon 07:00",
    ]


def test_the_next_day_that_is_left_out_moves_the_job_and_a_single_one_stays():
    house = House(NOW)
    job = house.jobs.add(NOW + timedelta(days=1), repeat="FREQ=DAILY")
    later = house.jobs.leave_out(job, job.due.date())
    assert later.due == NOW + timedelta(days=2)
    single = house.jobs.add(NOW + timedelta(days=1))
    assert house.jobs.leave_out(single, single.due.date()) is None
