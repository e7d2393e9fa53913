"""How dates are said, and years heard."""

from __future__ import annotations

from datetime import date

from voice_assistant.speaking import say_date, say_weekday


def year_said(text: str, today: date) -> int | None:
    """The year, where it is said: "next year", 今年."""
    years = {"last year": -1, "去年": -1, "this year": 0, "今年": 0, "next year": 1, "明年": 1}
    return next((today.year + step for said, step in years.items() if said in text.lower()), None)


def dated(day: date, language: str, today: date) -> str:
    """A date as the subject of a sentence: "Friday, December 25", without the weekday."""
    full = say_date(day, language, today=today, full=True)
    if language == "zh":
        return full.replace(say_weekday(day, language), "")
    return full.partition(", ")[2]
