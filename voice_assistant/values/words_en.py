"""The words of English points in time."""

from __future__ import annotations

from voice_assistant.values import durations, numbers_en

DAYS = {
    word: day
    for day, words in enumerate(
        (
            "monday mondays mon",
            "tuesday tuesdays tue tues",
            "wednesday wednesdays wed",
            "thursday thursdays thu thurs",
            "friday fridays fri",
            "saturday saturdays sat",
            "sunday sundays sun",
        )
    )
    for word in words.split()
}
MONTHS = {
    word: month
    for month, words in enumerate(
        (
            "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|"
            "september sep sept|october oct|november nov|december dec"
        ).split("|"),
        start=1,
    )
    for word in words.split()
}
FEASTS = {
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "new year's": (1, 1),
    "new year": (1, 1),
    "halloween": (10, 31),
    "valentine's day": (2, 14),
    "valentine's": (2, 14),
}
PART_WORDS = {
    "morning": "morning",
    "mornings": "morning",
    "afternoon": "afternoon",
    "afternoons": "afternoon",
    "evening": "evening",
    "evenings": "evening",
    "night": "night",
    "nights": "night",
    "lunchtime": "noon",
    "dinnertime": "evening",
    "bedtime": "night",
}
NEAR = {
    "day after tomorrow": 2,
    "overmorrow": 2,
    "day before yesterday": -2,
    "tomorrow": 1,
    "today": 0,
    "yesterday": -1,
}
POSSESSIVE = {f"{day}'s" for day in (*DAYS, "today", "tomorrow")}
SPANS = {"week", "weekend", "month", "year"}
FILLERS = {"at", "on", "by", "around", "about", "the", "of", "in", "for", "this", "and", "sharp"}
FILLERS |= {
    "exactly",
    "starting",
    "from",
    "time",
    "day",
    "ish",
    "o'clock",
    "oclock",
    "coming",
    "before",
}
WORDS = sorted(
    {*DAYS, *MONTHS, *PART_WORDS, *FILLERS, *durations.WORDS_EN, *numbers_en.WORDS}
    | {"am", "pm", "a", "p", "noon", "midnight", "midday", "past", "to", "after", "till", "quarter"}
    | {"today", "tomorrow", "tonight", "yesterday", "now", "next", "last", "every", "each", "other"}
    | {
        "daily",
        "weekly",
        "monthly",
        "yearly",
        "nightly",
        "hourly",
        "weekday",
        "weekdays",
        "hundred",
    }
    | {"weekend", "weekends", "half", "ago", "later", "end", "first", "eve", "boxing", "hence"}
    | {word for feast in FEASTS for word in feast.split()}
    | {*numbers_en.ORDINALS, *POSSESSIVE}
    | {
        "everyday",
        "through",
        "except",
        "excluding",
        "but",
        "not",
        "workday",
        "workdays",
        "school",
        "work",
        "working",
        "days",
        "single",
        "thing",
        "week",
        "month",
        "year",
        "date",
    }
)
NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
"""Which such weekday of a month."""
