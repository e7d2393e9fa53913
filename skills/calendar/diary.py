"""Appointments in ICS files: read with their repetitions, added and removed one by one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Any

from dateutil.rrule import rruleset, rrulestr
from dateutil.tz import tzlocal
from icalendar import Calendar, Event, vRecur

from voice_assistant.folders import write_text

OWN = "appointments.ics"
"""The file that new appointments go to."""

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """Something on a day."""

    uid: str
    title: str
    start: datetime
    end: datetime
    whole_day: bool = False
    place: str = ""
    file: Path = Path()

    def meets(self, other: Appointment) -> bool:
        """Whether both are at the same time."""
        return (
            not (self.whole_day or other.whole_day)
            and self.start < other.end
            and other.start < self.end
        )


class Diary:
    """All ICS files of some folders or files."""

    def __init__(self, folder: Path, zone: tzinfo, others: tuple[Path, ...] = ()) -> None:
        self.own = folder / OWN
        self.zone = zone
        self.others = others

    def between(self, start: datetime, end: datetime) -> list[Appointment]:
        """The appointments that begin before `end` and are not over at `start`, in order."""
        found = [
            each
            for path in self._files()
            for event, overridden in _events(path)
            for each in self._occurrences(path, event, overridden, start, end)
        ]
        return sorted(found, key=lambda each: (each.start, each.title))

    def add(self, new: Appointment, *, rule: str = "") -> None:
        """Keep an appointment; it is on disk when this returns."""
        calendar = _read(self.own) if self.own.exists() else _new()
        calendar.add_component(_event(new, rule))
        self._write(self.own, calendar)

    def remove(self, appointment: Appointment) -> str:
        """Take an appointment (with all its repetitions) away; its text, to put it back."""
        calendar = _read(appointment.file)
        before = str(calendar.to_ical().decode("utf-8"))
        calendar.subcomponents = [
            part for part in calendar.subcomponents if str(part.get("uid", "")) != appointment.uid
        ]
        self._write(appointment.file, calendar)
        return before

    def restore(self, file: Path, text: str) -> None:
        """Put a file back as it was."""
        write_text(file, text.replace("\r\n", "\n"))

    def _write(self, path: Path, calendar: Any) -> None:
        write_text(path, calendar.to_ical().decode("utf-8").replace("\r\n", "\n"))

    def _files(self) -> Iterator[Path]:
        if self.own.exists():
            yield self.own
        for other in (self.own.parent, *self.others):
            paths = sorted(other.glob("*.ics")) if other.is_dir() else [other]
            yield from (path for path in paths if path != self.own and path.exists())

    def _occurrences(
        self, path: Path, event: Any, overridden: set[datetime], start: datetime, end: datetime
    ) -> Iterator[Appointment]:
        first = event["dtstart"].dt
        whole_day = not isinstance(first, datetime)
        begin = self._moment(first)
        length = self._moment(event["dtend"].dt) - begin if "dtend" in event else None
        length = length or (event["duration"].dt if "duration" in event else None)
        length = length or (timedelta(days=1) if whole_day else HOUR)
        for moment in self._starts(event, begin, start - length, end):
            if moment + length > start and moment not in overridden:
                yield Appointment(
                    uid=str(event.get("uid", "")),
                    title=str(event.get("summary", "")),
                    start=moment,
                    end=moment + length,
                    whole_day=whole_day,
                    place=str(event.get("location", "")),
                    file=path,
                )

    def _starts(
        self, event: Any, begin: datetime, start: datetime, end: datetime
    ) -> Iterator[datetime]:
        """When it begins, in a stretch of time; repetitions are on the wall clock."""
        if "rrule" not in event:
            yield from [begin] if start <= begin < end else []
            return
        rules = rruleset()
        text = event["rrule"].to_ical().decode().replace("Z", "")
        rules.rrule(rrulestr(text, dtstart=begin.replace(tzinfo=None)))  # type: ignore[arg-type]
        exceptions = event.get("exdate", [])
        for group in exceptions if isinstance(exceptions, list) else [exceptions]:
            for each in group.dts:
                rules.exdate(self._moment(each.dt).replace(tzinfo=None))
        for wall in rules.between(start.replace(tzinfo=None), end.replace(tzinfo=None), inc=True):
            if wall.replace(tzinfo=self.zone) < end:
                yield wall.replace(tzinfo=self.zone)

    def _moment(self, value: date | datetime) -> datetime:
        if not isinstance(value, datetime):
            return datetime.combine(value, time(), self.zone)
        return value.astimezone(self.zone) if value.tzinfo else value.replace(tzinfo=self.zone)


def new(
    title: str, start: datetime, length: timedelta, *, whole_day: bool, file: Path = Path()
) -> Appointment:
    """An appointment that is in no file yet."""
    return Appointment(
        uid=str(uuid.uuid4()),
        title=title,
        start=start,
        end=start + length,
        whole_day=whole_day,
        file=file,
    )


def alone(appointment: Appointment, rule: str = "") -> str:
    """The text of a calendar with one appointment in it, as a server wants it."""
    calendar = _new()
    calendar.add_component(_event(appointment, rule))
    calendar.add_missing_timezones()
    return str(calendar.to_ical().decode("utf-8"))


def _event(each: Appointment, rule: str) -> Event:
    event = Event()
    event.add("uid", each.uid)
    event.add("dtstamp", each.start.astimezone(UTC))
    event.add("summary", each.title)
    begin, end = _written(each.start, rule), _written(each.end, rule)
    event.add("dtstart", each.start.date() if each.whole_day else begin)
    event.add("dtend", each.end.date() if each.whole_day else end)
    if rule:
        event.add("rrule", vRecur.from_ical(rule))
    return event


def _written(moment: datetime, rule: str) -> datetime:
    """A moment as other programs read it aright. The machine's own zone has no name to write: once
    is written in UTC, and what repeats as the wall clock shows it."""
    if not isinstance(moment.tzinfo, tzlocal):
        return moment
    return moment.replace(tzinfo=None) if rule else moment.astimezone(UTC)


def _events(path: Path) -> Iterator[tuple[Any, set[datetime]]]:
    """The events of a file, each with the moments at which another one stands in for it."""
    try:
        calendar = _read(path)
    except (ValueError, OSError):
        return
    events = list(calendar.walk("VEVENT"))
    moved: dict[str, set[datetime]] = {}
    for event in events:
        if "recurrence-id" in event and isinstance(event["recurrence-id"].dt, datetime):
            moved.setdefault(str(event["uid"]), set()).add(event["recurrence-id"].dt)
    for event in events:
        if "dtstart" in event:
            stands_in = "recurrence-id" in event
            yield event, set() if stands_in else moved.get(str(event.get("uid", "")), set())


def _read(path: Path) -> Any:
    return Calendar.from_ical(path.read_bytes())


def _new() -> Any:
    calendar = Calendar()
    calendar.add("prodid", "-//voice-assistant//calendar//EN")
    calendar.add("version", "2.0")
    return calendar
