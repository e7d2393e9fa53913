"""A trip on paper: the same pages in Markdown and as a clean page to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from voice_assistant.folders import file_name, write_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with sentences and points."""

    title: str
    text: Sequence[str] = ()
    points: Sequence[tuple[str, str]] = ()
    """Each a name and a sentence; either may be empty."""
    ticked: Sequence[bool] | None = None
    """Of a list to tick: whether each point is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All of a trip."""

    title: str
    language: str
    line: str
    sections: Sequence[Section] = field(default_factory=tuple)


def markdown(dossier: Dossier) -> str:
    """In Markdown."""
    lines = [f"# {dossier.title}", "", f"*{dossier.line}*"]
    for section in dossier.sections:
        lines += ["", f"## {section.title}", ""]
        for text in section.text:
            lines += [text, ""]
        lines += [
            f"- {box}" + ": ".join(filter(None, (name and f"**{name}**", text)))
            for box, (name, text) in zip(_boxes(section), section.points, strict=True)
        ]
    return "\n".join(lines).rstrip() + "\n"


def _boxes(section: Section) -> list[str]:
    if section.ticked is None:
        return [""] * len(section.points)
    return ["[x] " if done else "[ ] " for done in section.ticked]


_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<style>
body {{ font: 12pt/1.5 Georgia, "Noto Serif CJK SC", serif }}
body {{ max-width: 42rem; margin: 2rem auto; padding: 0 1rem }}
h1 {{ margin-bottom: 0 }} .line {{ color: #444 }} li {{ margin: .2rem 0 }}
ul.ticks {{ list-style: none; padding: 0; columns: 2 }}
@media print {{ body {{ margin: 0 }} section {{ break-inside: avoid }} }}
</style></head><body>
<h1>{title}</h1><p class="line">{line}</p>
{sections}
</body></html>
"""


def html(dossier: Dossier) -> str:
    """As a page of its own, without anything to fetch."""
    return _PAGE.format(
        language=dossier.language,
        title=escape(dossier.title),
        line=escape(dossier.line),
        sections="\n".join(map(_section, dossier.sections)),
    )


def _section(section: Section) -> str:
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in section.text)
    boxes = (box.replace("[x] ", "☑ ").replace("[ ] ", "☐ ") for box in _boxes(section))
    points = "".join(
        f"<li>{box}{f'<b>{escape(name)}</b> ' if name else ''}{escape(text)}</li>"
        for box, (name, text) in zip(boxes, section.points, strict=True)
    )
    kind = ' class="ticks"' if section.ticked is not None else ""
    listed = f"<ul{kind}>{points}</ul>" if points else ""
    return f"<section><h2>{escape(section.title)}</h2>{paragraphs}{listed}</section>"


def write(dossier: Dossier, folder: Path) -> Path:
    """Keep both in a folder; the path of the Markdown one."""
    path = folder / f"{file_name(dossier.title)}.md"
    write_text(path, markdown(dossier))
    write_text(path.with_suffix(".html"), html(dossier))
    return path
