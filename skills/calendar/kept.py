"""The appointments there are, in files and on a server, and how they are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from rapidfuzz import fuzz

from voice_assistant.errors import NotAllowed
from voice_assistant.http import Http, Rejected, Unreachable
from voice_assistant.mentions import daytime
from voice_assistant.skill import Home, Skill, Turn
from voice_assistant.speaking import say_date, say_moment, say_time
from voice_assistant.values.kinds import When

from .caldav import CalDav
from .diary import Appointment, Diary
from .mirror import Mirror

AHEAD = timedelta(days=365)
"""How far "my next appointment" looks."""

ALIKE = 75
"""How alike (rapidfuzz, 0 to 100) a title must be to what was said."""


_WEEKEND = re.compile(r"\b(?:the|this) weekend\b|^(?!.*下).*周末")

PARTS = {
    "morning": (timedelta(hours=0), timedelta(hours=12)),
    "afternoon": (timedelta(hours=12), timedelta(hours=18)),
    "evening": (timedelta(hours=17), timedelta(hours=24)),
}
"""Where the parts of a day begin and end."""


class Kept(Skill):
    """The ground that the parts of the skill stand on."""

    settings: ClassVar[Mapping[str, Any]] = {
        "files": tuple[str, ...],
        "caldav": str,
        "user": str,
        "password": str,
    }

    _it: str = ""
    """The appointment (its `uid`) that was spoken of last: what "it" means."""

    _day: date | None = None
    """The day that was spoken of last: what "then" means."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        others = [Path(each).expanduser() for each in home.settings.get("files", ())]
        self.mirror = _mirror(home)
        if self.mirror is not None:
            others.append(self.mirror.folder)
        zone = home.clock.now().tzinfo
        assert zone is not None
        self.diary = Diary(home.folder, zone, tuple(others))

    def vocabulary(self, language: str) -> Mapping[str, Iterable[str]]:
        """What the coming appointments are called: a request may name any of them."""
        titles = {each.title.lower() for each in self._coming()}
        return {"entry": sorted(t for t in titles if t and t.isascii() == (language == "en"))}

    # --- the server ----------------------------------------------------------------------

    async def _refresh(self, turn: Turn) -> str:
        """Ask the server what is new; what to add to an answer where that failed."""
        if self.mirror is None:
            return ""
        try:
            await self.mirror.refresh()
        except (NotAllowed, Unreachable) as error:
            fetched = self.mirror.fetched
            if isinstance(error, NotAllowed) or fetched is None:
                return " " + self._failure(turn, error)
            return " " + turn.phrase("as_of", time=say_moment(fetched, turn.language, self.now()))
        return ""

    def _failure(self, turn: Turn, error: Exception) -> str:
        """Why the server's calendar is not to be had, and what to do."""
        host = self.mirror.host if self.mirror else ""
        if isinstance(error, NotAllowed):
            return turn.phrase("not_allowed", host=host)
        if isinstance(error, Rejected):
            return turn.phrase("wrong_password")
        return turn.phrase("unreachable")

    # --- when -------------------------------------------------------------------------

    def _stretch(self, turn: Turn, time: When | None, span: str) -> tuple[datetime, datetime, str]:
        now = self.now()
        if time and not (span or time.clock or time.part) and _WEEKEND.search(turn.text.lower()):
            span = "weekend" if time.day and time.day - now.date() < timedelta(days=7) else span
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        monday = today - timedelta(days=today.weekday())
        if span == "week":
            left = monday + timedelta(days=7)
            sunday = left - today <= timedelta(days=1)
            last_day = sunday and turn.language == "en"  # the week to come; 这周 ends with today
            return now, left + timedelta(days=7 * last_day), turn.phrase("this_week")
        if span == "next_week":
            start = monday + timedelta(days=7)
            return start, start + timedelta(days=7), turn.phrase("next_week")
        if span == "weekend":
            start = monday + timedelta(days=5)
            return start, start + timedelta(days=2), turn.phrase("weekend")
        if span == "month":
            start = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
            return now, start, turn.phrase("this_month")
        day = (time.day if time else None) or (time.moment.date() if time else today.date())
        start = datetime.combine(day, datetime.min.time(), now.tzinfo)
        name = say_date(day, turn.language, today=now)
        begin = now if day == now.date() else start
        if time and time.clock:
            begin = daytime(time)
        elif time and time.part in PARTS:
            first, last = PARTS[time.part]
            return max(begin, start + first), start + last, name
        return begin, start + timedelta(days=1), name

    # --- which one -----------------------------------------------------------------------

    def _coming(self) -> list[Appointment]:
        now = self.now()
        return [e for e in self.diary.between(now, now + AHEAD) if e.start >= now or e.whole_day]

    def _named(self, title: str) -> list[Appointment]:
        wanted = title.lower()
        return [
            each
            for each in self._coming()
            if wanted in each.title.lower()
            or fuzz.token_set_ratio(wanted, each.title.lower()) > ALIKE
        ]

    def _say(self, each: Appointment, turn: Turn, *, with_day: bool) -> str:
        """An appointment in a sentence: "dentist at 3 PM tomorrow"."""
        day: date = each.start.date()
        if each.whole_day:
            when = say_date(day, turn.language, today=self.now())
            return turn.phrase("item_day", title=each.title, day=when) if with_day else each.title
        if with_day:
            when = say_moment(each.start, turn.language, self.now())
        else:
            when = say_time(each.start, turn.language)
        return turn.phrase("item", title=each.title, time=when)


def _mirror(home: Home) -> Mirror | None:
    """The server's calendar that the settings name."""
    url, http = home.settings.get("caldav"), home.services.get("http")
    if not url or http is None:
        return None
    user, password = (str(home.settings.get(key, "")) for key in ("user", "password"))
    server = CalDav(url=f"{str(url).rstrip('/')}/", user=user, password=password)
    folder = (home.cache or home.folder) / "caldav"
    assert isinstance(http, Http)
    return Mirror(server, http, home.store, home.clock, folder)
