"""Minutes and transcripts as files: Markdown, HTML, JSON and WebVTT."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import cache
from typing import Any

import yaml

from .cues import DATA
from .meeting import Meeting, clock
from .minutes import Line, Minutes, Todo

PARTS = ("people", "chapters", "summary", "decisions", "todos", "questions", "figures", "marked")


def headings(language: str) -> dict[str, str]:
    """The words of the paper itself."""
    return _paper()["zh" if language == "zh" else "en"]


def parts(minutes: Minutes) -> list[str]:
    """The parts of the minutes that are shown: all, but marked moments only where there are some."""
    return [part for part in PARTS if part != "marked" or minutes.marked]


def markdown(minutes: Minutes) -> str:
    """The minutes to read and to edit."""
    word = headings(minutes.language)
    lines = [f"# {minutes.title}", "", f"{word['minutes']} · {word['date']}: {minutes.day}"]
    for part in parts(minutes):
        lines += ["", f"## {word[part]}", ""]
        lines += list(_items(part, getattr(minutes, part), word)) or [word["nothing"]]
    return "\n".join([*lines, "", f"*{word['made']}*", ""])


def page(minutes: Minutes) -> str:
    """The minutes as a page that needs nothing beside itself."""
    word = headings(minutes.language)
    title = html.escape(minutes.title)
    shown = []
    for part in parts(minutes):
        items = [
            item.removeprefix("- ").replace("[ ]", "☐")
            for item in _items(part, getattr(minutes, part), word)
        ]
        listed = "".join(f"<li>{html.escape(item)}</li>" for item in items)
        body = f"<ul>{listed}</ul>" if items else f"<p>{html.escape(word['nothing'])}</p>"
        shown.append(f"<h2>{html.escape(word[part])}</h2>{body}")
    day = f"{word['minutes']} · {word['date']}: {minutes.day}"
    return (
        f'<!doctype html><html lang="{minutes.language}"><meta charset="utf-8">'
        f"<title>{title}</title><h1>{title}</h1><p>{day}</p>{''.join(shown)}"
        f"<p><em>{html.escape(word['made'])}</em></p></html>\n"
    )


def record(minutes: Minutes) -> dict[str, Any]:
    """The minutes as plain data; every line has its `evidence`."""
    return asdict(minutes)


def spoken(meeting: Meeting) -> dict[str, Any]:
    """The transcript as plain data."""
    return {
        "id": meeting.id,
        "title": meeting.title,
        "day": meeting.day,
        "segments": [asdict(each) for each in meeting.segments],
    }


def plain(data: Any) -> str:
    """Data as a JSON file."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def webvtt(meeting: Meeting) -> str:
    """The transcript as captions for a player."""
    cues = [
        f"{each.id}\n{_stamp(each.start)} --> {_stamp(each.end)}\n{_voice(each.speaker)}"
        f"{html.escape(each.text, quote=False)}\n"
        for each in meeting.segments
    ]
    return "\n".join(["WEBVTT\n", *cues])


def transcript(meeting: Meeting) -> str:
    """The transcript to read."""
    lines = [
        f"[{clock(each.start)}] {each.speaker + ': ' if each.speaker else ''}{each.text}"
        for each in meeting.segments
    ]
    return "\n".join([f"# {meeting.title}", "", *lines, ""])


def item(line: Line, language: str) -> str:
    """One line of the minutes, a to-do with its owner and date where its words do not name them."""
    if not isinstance(line, Todo):
        return line.text
    word, colon = headings(language), "：" if language == "zh" else ": "
    begin, end = "（）" if language == "zh" else (" (", ")")
    due = (
        f"{begin}{word['due']}{colon}{line.due}{end}"
        if line.due and line.due not in line.text
        else ""
    )
    named = line.owner and line.text.startswith(line.owner)
    owner = "" if named else f"{line.owner or word['nobody']}{colon}"
    return f"{owner}{line.text}{due}"


def _items(part: str, lines: Iterable[Line], word: dict[str, str]) -> Iterator[str]:
    language = "zh" if word is headings("zh") else "en"
    for line in lines:
        box = "[ ] " if part == "todos" else ""
        yield f"- {box}{item(line, language)} [{clock(line.start)}]"


def _stamp(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minute = divmod(int(minutes), 60)
    return f"{hours:02}:{minute:02}:{rest:06.3f}"


def _voice(speaker: str) -> str:
    return f"<v {html.escape(speaker)}>" if speaker else ""


@cache
def _paper() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load((DATA / "paper.yaml").read_text("utf-8"))
    return loaded
