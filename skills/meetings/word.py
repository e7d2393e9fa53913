"""Minutes for a word processor: DOCX, through python-docx."""

from __future__ import annotations

import io

from .meeting import clock
from .minutes import Minutes
from .paper import headings, item, parts

EAST_ASIAN = "Noto Sans CJK SC"
"""A face that has Chinese; a word processor without it takes its own."""


def document(minutes: Minutes) -> bytes:
    """The minutes as a DOCX file, in the styles of Word's own template."""
    from docx import Document
    from docx.oxml.ns import qn

    word = headings(minutes.language)
    made = Document()
    made.core_properties.title = minutes.title
    made.core_properties.author = ""
    if minutes.language == "zh":
        fonts = made.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), EAST_ASIAN)
    made.add_heading(minutes.title, level=0)
    made.add_paragraph(f"{word['minutes']} · {word['date']}: {minutes.day}")
    for part in parts(minutes):
        made.add_heading(word[part], level=1)
        lines = getattr(minutes, part)
        for line in lines:
            row = made.add_paragraph(style="List Bullet")
            row.add_run("☐ " if part == "todos" else "")
            row.add_run(item(line, minutes.language))
            row.add_run(f" [{clock(line.start)}]").italic = True
        if not lines:
            made.add_paragraph(word["nothing"])
    made.add_paragraph().add_run(word["made"]).italic = True
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()
