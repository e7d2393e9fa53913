"""Time and date, here and anywhere; days with names; the sun, the moon and the Chinese calendar."""

from __future__ import annotations

import re
from calendar import isleap, month_name, monthrange
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from voice_assistant.skill import Answer, Skill, Turn, intent
from voice_assistant.speaking import (
    say_count,
    say_date,
    say_duration,
    say_list,
    say_number,
    say_ordinal,
    say_time,
    say_weekday,
    say_year,
)
from voice_assistant.values.kinds import When

from . import days, lunar, places, sky
from .places import Place

_NEXT_LEAP = re.compile("next leap|下(?:一?个|一?次)闰年|哪一?年是闰年")
_SINCE = re.compile(r"\bsince\b|\bago\b|\bpassed\b|过去(?:了|多少|几)|到现在|到今天")
_WHOLE_YEAR = re.compile("year|今年有|一年")


class ClockSkill(Skill):
    """Tells the time."""

    # --- time ----------------------------------------------------------------------------

    @intent("time")
    async def what_time(self, turn: Turn, place: str | None = None) -> Answer:
        """What time it is, here or elsewhere."""
        now = self.now()
        if place is None:
            key = "clock_wrong" if self.home.scheduler.behind else "time"
            return turn.phrase(key, time=say_time(now, turn.language))
        found = places.find(place)
        if found is None:
            return turn.phrase("unknown_place", place=place)
        there = now.astimezone(found.zone)
        return turn.phrase(
            "time_there",
            place=found.called(turn.language),
            time=say_time(there, turn.language),
            day=self._day_shift(turn, there, now),
        )

    @intent("time_when")
    async def time_when(
        self, turn: Turn, time: When, place: str | None = None, other: str | None = None
    ) -> Answer:
        """What time it is in one place when it is some time in another; either may be here."""
        zones, called = [], ""
        for name in (other, place):
            found = places.find(name) if name else None
            if name and found is None:
                return turn.phrase("unknown_place", place=name)
            zones.append(found.zone if found else self.now().tzinfo)
            called = found.called(turn.language) if found else ""
        there = time.moment.replace(tzinfo=zones[0])
        here = there.astimezone(zones[1])
        return turn.phrase(
            "then_there" if place else "then_here",
            place=called,
            time=say_time(here, turn.language),
            day=self._day_shift(turn, here, there),
        )

    def _day_shift(self, turn: Turn, there: datetime, here: datetime) -> str:
        """The weekday there, where it is another day already."""
        if there.date() == here.date():
            return ""
        return turn.phrase("other_day", day=say_weekday(there, turn.language))

    @intent("difference")
    async def difference(self, turn: Turn, place: str, other: str | None = None) -> Answer:
        """How far the clocks of two places are apart."""
        first, second = places.find(place), places.find(other) if other else None
        if first is None or (other and second is None):
            return turn.phrase("unknown_place", place=place if first is None else other)
        now = self.now()
        base = now.astimezone(second.zone) if second else now
        ahead = (now.astimezone(first.zone).utcoffset() or timedelta()) - (
            base.utcoffset() or timedelta()
        )
        key = "same_time" if not ahead else "ahead" if ahead > timedelta() else "behind"
        return turn.phrase(
            key,
            place=first.called(turn.language),
            other=second.called(turn.language) if second else turn.phrase("here"),
            length=say_duration(abs(ahead), turn.language),
        )

    @intent("timezone")
    async def timezone(self, turn: Turn, place: str | None = None) -> Answer:
        """Which time zone a place keeps."""
        found = places.find(place) if place else None
        if place and found is None:
            return turn.phrase("unknown_place", place=place)
        there = self.now().astimezone(found.zone) if found else self.now()
        offset = there.utcoffset() or timedelta()
        return turn.phrase(
            "zone" if offset else "zone_utc",
            place=found.called(turn.language) if found else turn.phrase("our_time"),
            length=say_duration(abs(offset), turn.language),
            side=turn.phrase("east" if offset > timedelta() else "west"),
            time=say_time(there, turn.language),
        )

    # --- dates ---------------------------------------------------------------------------

    @intent("date")
    async def what_date(self, turn: Turn, date: date | None = None) -> Answer:
        """Which date it is, or a day has."""
        today = self.now().date()
        if date is None or date == today:
            return turn.phrase(
                "today",
                date=say_date(today, turn.language, full=True),
                year=say_year(today.year, turn.language),
            )
        return turn.phrase("that_day", date=say_date(date, turn.language, today=today, full=True))

    @intent("year")
    async def year(self, turn: Turn) -> Answer:
        """Which year it is."""
        return turn.phrase("year", year=say_year(self.now().year, turn.language))

    @intent("in_days")
    async def in_days(self, turn: Turn, duration: timedelta) -> Answer:
        """Which date it will be after some days."""
        day = self.now().date() + duration
        return turn.phrase(
            "that_day", date=say_date(day, turn.language, today=self.now(), full=True)
        )

    @intent("in_hours")
    async def in_hours(self, turn: Turn, duration: timedelta) -> Answer:
        """What time it will be after some hours."""
        then = self.now() + duration
        return turn.phrase(
            "time_then",
            time=say_time(then, turn.language),
            day=self._day_shift(turn, then, self.now()),
        )

    @intent("year_left")
    async def year_left(self, turn: Turn) -> Answer:
        """How much of the year is over, and how much is left."""
        today = self.now().date()
        gone = today.timetuple().tm_yday
        left = 365 + isleap(today.year) - gone
        noun = turn.phrase("noun_day")
        return turn.phrase(
            "year_left",
            gone=say_count(gone, noun, turn.language),
            left=say_count(left, noun, turn.language),
        )

    @intent("weekday")
    async def weekday(self, turn: Turn, date: date, who: str | None = None) -> Answer:
        """Which day of the week a date is."""
        past = date < self.now().date()
        return turn.phrase(
            "weekday_past" if past else "weekday",
            date=_dated(date, turn.language, self.now().date()),
            weekday=say_weekday(date, turn.language),
        )

    @intent("until")
    async def until(
        self,
        turn: Turn,
        date: date | None = None,
        day: str | None = None,
        span: str = "day",
        event: str | None = None,
    ) -> Answer:
        """How many days, weeks or months until (or since) a date."""
        named = days.find(day) if day else None
        if day and named is None:
            return turn.phrase("unknown_day", day=day)
        today = self.now().date()
        target = named.after(today) if named else date
        if target and target > today and _SINCE.search(turn.asked.lower()):
            target = named.of(today.year) if named else target.replace(year=today.year)
            target = target if target <= today else target - relativedelta(years=1)
        if target is None:
            return turn.phrase("which_day")
        name = named.called(turn.language) if named else _dated(target, turn.language, today)
        if target == today:
            return turn.phrase("is_today", day=name)
        return turn.phrase(
            "until" if target > today else "since",
            count=_apart(turn, today, target, span),
            day=name,
            date=say_date(target, turn.language, today=today, full=True),
        )

    @intent("named_day")
    async def named_day(self, turn: Turn, day: str) -> Answer:
        """When a named day is."""
        named = days.find(day)
        if named is None:
            return turn.phrase("unknown_day", day=day)
        today = self.now().date()
        year = _year_said(turn.asked, today)
        date = named.of(year) if year else named.after(today)
        key = "is_today" if date == today else "named_day" if date > today else "named_day_past"
        return turn.phrase(
            key,
            day=named.called(turn.language),
            date=say_date(date, turn.language, today=today, full=True),
        )

    @intent("leap")
    async def leap(self, turn: Turn, date: date | None = None, year: int | None = None) -> Answer:
        """Whether a year is a leap year, and which is next."""
        now = self.now().year
        asked = int(year) if year else date.year if date else None
        following = next(
            each for each in range(max(asked or now, now) + 1, now + 9999) if isleap(each)
        )
        said = {"following": say_year(following, turn.language)}
        if asked is None and _NEXT_LEAP.search(turn.asked.lower()):
            return turn.phrase("next_leap", **said)
        asked = asked or _year_said(turn.asked, self.now().date()) or now
        key = "leap_year" if isleap(asked) else "no_leap"
        return turn.phrase(key, year=say_year(asked, turn.language), **said)

    @intent("length")
    async def length(self, turn: Turn, month: str | None = None) -> Answer:
        """How many days a month or this year has."""
        today = self.now().date()
        year = _year_said(turn.asked, today) or today.year
        if month is None and _WHOLE_YEAR.search(turn.asked.lower()):
            days, name = 365 + isleap(year), say_year(year, turn.language)
        else:
            first = date(year, int(month or today.month), 1)
            days, name = monthrange(first.year, first.month)[1], _month(first.month, turn.language)
        count = say_count(days, turn.phrase("noun_day"), turn.language)
        return turn.phrase("length", month=name, count=count)

    @intent("week")
    async def week(self, turn: Turn, date: date | None = None) -> Answer:
        """The number of the week (ISO 8601: weeks begin on Monday)."""
        number = (date or self.now().date()).isocalendar().week
        said = say_ordinal(number, "zh") if turn.language == "zh" else number
        return turn.phrase("week", week=said)

    @intent("holiday")
    async def holiday(self, turn: Turn, date: date | None = None) -> Answer:
        """The next public holidays, or whether a day is one."""
        country = str(self.home.place.get("country") or "")
        if not country:
            return turn.phrase("no_country")
        today = self.now().date()
        free = _holidays(country, (today.year, today.year + 1), turn.language)
        if date is not None:
            key = "is_holiday" if date in free else "no_holiday"
            said = say_date(date, turn.language, today=today)
            return turn.phrase(key, date=said, holiday=free.get(date, ""))
        coming = sorted(day for day in free if day >= today)[:2]
        said = say_list(
            [
                turn.phrase(
                    "holiday_item",
                    holiday=free[day],
                    date=say_date(day, turn.language, today=today, full=True),
                )
                for day in coming
            ],
            turn.language,
        )
        return turn.phrase("holidays", holidays=said)

    # --- sky -----------------------------------------------------------------------------

    @intent("sunrise")
    async def sunrise(
        self, turn: Turn, place: str | None = None, date: date | None = None
    ) -> Answer:
        """When the sun rises."""
        return self._sun(turn, place, date, "sunrise")

    @intent("sunset")
    async def sunset(
        self, turn: Turn, place: str | None = None, date: date | None = None
    ) -> Answer:
        """When the sun sets."""
        return self._sun(turn, place, date, "sunset")

    @intent("daylight")
    async def daylight(
        self, turn: Turn, place: str | None = None, date: date | None = None
    ) -> Answer:
        """How long it is light."""
        return self._sun(turn, place, date, "daylight")

    def _sun(self, turn: Turn, place: str | None, date: date | None, what: str) -> str:
        found = places.find(place) if place else self._home()
        if found is None:
            return turn.phrase("unknown_place" if place else "no_home", place=place)
        now = self.now()
        day = date or now.astimezone(found.zone).date()
        times = sky.rise_and_set(found.latitude, found.longitude, day, found.zone)
        if times is None:
            return turn.phrase("no_sun", place=found.called(turn.language))
        moment = times[what == "sunset"]
        tense = "_past" if moment < now and what != "daylight" else ""
        return turn.phrase(
            what + tense,
            place=found.called(turn.language),
            date=say_date(day, turn.language, today=now.astimezone(found.zone)),
            time=say_time(moment, turn.language),
            length=say_duration(
                timedelta(minutes=round((times[1] - times[0]).total_seconds() / 60)), turn.language
            ),
        )

    def _home(self) -> Place | None:
        home = self.home.place
        city = places.find(str(home.get("city") or ""))
        if home.get("latitude") is None or home.get("longitude") is None:
            return city
        zone = city.zone if city else self.now().tzinfo or UTC
        return Place(
            name=str(home.get("city") or "home"),
            chinese=city.chinese if city else str(home.get("city") or "家"),
            country=str(home.get("country") or "-"),
            zone=zone,
            latitude=float(home["latitude"]),
            longitude=float(home["longitude"]),
        )

    @intent("moon")
    async def moon(self, turn: Turn, date: date | None = None) -> Answer:
        """The phase of the moon."""
        today = self.now().date()
        full = sky.next_phase("full", today)
        return turn.phrase(
            "moon",
            phase=turn.phrase("moon_" + sky.phase(date or today)),
            full=say_date(full, turn.language, today=today),
        )

    @intent("next_moon")
    async def next_moon(self, turn: Turn, phase: str = "full") -> Answer:
        """When the moon is full or new next."""
        today = self.now().date()
        day = sky.next_phase(phase, today)
        return turn.phrase(
            "next_moon",
            phase=turn.phrase("moon_" + phase),
            date=say_date(day, turn.language, today=today, full=True),
        )

    # --- the Chinese calendar ------------------------------------------------------------

    @intent("lunar")
    async def lunar(self, turn: Turn, date: date | None = None) -> Answer:
        """The date in the Chinese calendar."""
        today = self.now().date()
        moon = lunar.lunar(date or today)
        return turn.phrase(
            "lunar",
            date=say_date(date or today, turn.language, today=today),
            chinese=moon.chinese,
            day=say_ordinal(moon.day, turn.language),
            month=say_ordinal(abs(moon.month), turn.language),
            leap=turn.phrase("leap") if moon.month < 0 else "",
            term=turn.phrase("and_term", term=moon.term) if moon.term else "",
        )

    @intent("zodiac")
    async def zodiac(self, turn: Turn, year: int | None = None) -> Answer:
        """The animal of a year."""
        today = self.now().date()
        day = today if year is None else today.replace(year=int(year), month=7, day=1)
        moon = lunar.lunar(day)
        animal = moon.animal if turn.language == "zh" else lunar.ANIMALS[moon.animal]
        return turn.phrase(
            "zodiac", animal=animal, name=moon.year, year=say_year(day.year, turn.language)
        )

    @intent("term")
    async def term(self, turn: Turn) -> Answer:
        """The solar term of now and the next."""
        moon = lunar.lunar(self.now().date())
        return turn.phrase(
            "term_today" if moon.term else "term",
            term=moon.term,
            following=moon.next_term,
            date=say_date(moon.next_term_date, turn.language, today=self.now(), full=True),
        )

    @intent("change")
    async def change(self, turn: Turn, place: str | None = None) -> Answer:
        """When the clocks go forward or back next."""
        there = places.find(place) if place else None
        now = self.now().astimezone(there.zone) if there else self.now()
        changes = sky.next_change(now)
        if changes is None:
            return turn.phrase("no_change")
        day, ahead = changes
        said = say_date(day, turn.language, today=self.now(), full=True)
        return turn.phrase("forward" if ahead else "backward", date=said)

    def offers(self) -> Mapping[str, object]:
        """`gazetteer`: where towns and countries lie, by their names."""
        return {"gazetteer": places}

    def vocabulary(self, language: str) -> Mapping[str, Iterable[str]]:
        """Places and named days."""
        chinese = language == "zh"
        named = sorted(name for name in days.known() if (not name.isascii()) == chinese)
        return {"place": places.names(language), "day": named}


def _year_said(text: str, today: date) -> int | None:
    """The year, where it is said: "next year", 今年."""
    years = {"last year": -1, "去年": -1, "this year": 0, "今年": 0, "next year": 1, "明年": 1}
    return next((today.year + step for said, step in years.items() if said in text.lower()), None)


def _month(month: int, language: str) -> str:
    return f"{say_number(month, 'zh')}月" if language == "zh" else month_name[month]


def _apart(turn: Turn, today: date, target: date, span: str) -> str:
    """The time between two days in days, or in whole weeks or months and the days left over."""
    start, end = sorted((today, target))
    parts = [((end - start).days, "day")]
    if span == "week":
        parts = [(parts[0][0] // 7, "week"), (parts[0][0] % 7, "day")]
    elif span == "month":
        between = relativedelta(end, start)
        parts = [(between.years * 12 + between.months, "month"), (between.days, "day")]
    told = [
        say_count(count, turn.phrase(f"noun_{noun}"), turn.language)
        for count, noun in parts
        if count
    ]
    return "零".join(told) if turn.language == "zh" else say_list(told, turn.language)


def _dated(day: date, language: str, today: date) -> str:
    """A date as the subject of a sentence: "Friday, December 25", without the weekday."""
    full = say_date(day, language, today=today, full=True)
    if language == "zh":
        return full.replace(say_weekday(day, language), "")
    return full.partition(", ")[2]


def _holidays(country: str, years: Iterable[int], language: str) -> Mapping[date, str]:
    from holidays import country_holidays

    tongue = {"zh": "zh_CN"}.get(language, "en_US")
    try:
        return dict(country_holidays(country, years=list(years), language=tongue))
    except NotImplementedError:
        return {}
