"""The small mark-up that tales and the kit are written in.

A blank line ends a paragraph; a line `***` ends a scene.
{hero} {hero's} {turtle}   names from the cast; {he} {him} {his} {He} ... the hero's pronouns
@turtle"Slow down."        spoken by the turtle; other quotations are the narrator's
[sound bell]               a sound by its name, after the words before it
[pause 1.5]                a rest of so many seconds
[under rain]               beneath the first paragraph of the scene
[why Because ...]          why the hero does what the scene tells
+ at the start             a paragraph that the story can do without
? at the start             a question to the listener
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from .story import (
    LINE_PAUSE,
    NARRATOR,
    PARAGRAPH_PAUSE,
    QUESTION_PAUSE,
    SCENE_PAUSE,
    Character,
    Line,
    Scene,
)

PRONOUNS = {
    "he": ("he", "him", "his", "himself"),
    "she": ("she", "her", "her", "herself"),
    "it": ("it", "it", "its", "itself"),
}
"""Subject, object, possessive and reflexive."""

NOTHING: Mapping[str, str] = MappingProxyType({})

_SCENE = re.compile(r"^\s*\*\*\*\s*$", re.M)
_MARK = re.compile(r"\[(sound|pause|under|why) ([^\]]+)\]")
_QUOTE = re.compile(r"@(\w+)([“\"][^”\"]*[”\"])")
_PLACEHOLDER = re.compile(r"\{(\w+)('s)?\}")
_SENTENCE = re.compile(r"[^.!?。！？…]+(?:[.!?。！？…]+[”\"’』」]*|$)\s*")


def scenes(text: str, cast: Mapping[str, Character]) -> tuple[Scene, ...]:
    """The scenes that a marked-up text tells of a cast."""
    found = [scene(part, cast) for part in _SCENE.split(text) if part.strip()]
    return tuple(scene for scene in found if scene.lines)


def scene(text: str, cast: Mapping[str, Character], facts: Mapping[str, str] = NOTHING) -> Scene:
    """One scene."""
    marks = {key: value.strip() for key, value in _MARK.findall(text) if key in ("under", "why")}
    lines: list[Line] = []
    for number, paragraph in enumerate(re.split(r"\n\s*\n", text.strip())):
        words = filled(_without(paragraph, ("under", "why")).strip(), cast, facts)
        told = list(_paragraph(words, number))
        if told:
            rest = QUESTION_PAUSE if told[-1].question else PARAGRAPH_PAUSE
            lines += [*told[:-1], replace(told[-1], pause=max(told[-1].pause, rest))]
    if lines:
        lines[-1] = replace(lines[-1], pause=max(lines[-1].pause, SCENE_PAUSE))
    return Scene(
        lines=tuple(lines),
        why=filled(marks.get("why", ""), cast, facts),
        sound=marks.get("under", ""),
    )


def _without(text: str, kinds: tuple[str, ...]) -> str:
    return _MARK.sub(lambda mark: "" if mark[1] in kinds else mark[0], text)


def _paragraph(text: str, number: int) -> Iterator[Line]:
    head = re.match(r"[+? ]*", text)
    assert head is not None
    place = Line(text="", paragraph=number, spare=head[0].count("+"), question="?" in head[0])
    text = text[head.end() :].replace("\n", _joint(text))
    pending: Line | None = None
    for line in _marked(text, place):
        if line.text:
            if pending:
                yield pending
            pending = line
        elif pending:
            pending = replace(pending, sound=line.sound, pause=pending.pause + line.pause)
        else:
            yield line
    if pending:
        yield pending


def _joint(text: str) -> str:
    return "" if re.search(r"[㐀-鿿]", text) else " "


def _marked(text: str, place: Line) -> Iterator[Line]:
    """Lines of words, and lines without words for sounds and pauses."""
    at = 0
    for mark in _MARK.finditer(text):
        yield from _spoken(text[at : mark.start()], place)
        if mark[1] == "sound":
            yield replace(place, sound=mark[2].strip(), pause=0.0)
        else:
            yield replace(place, pause=float(mark[2]))
        at = mark.end()
    yield from _spoken(text[at:], place)


def _spoken(text: str, place: Line) -> Iterator[Line]:
    """The text in runs of one speaker; the narrator's in sentences."""
    at = 0
    for quote in _QUOTE.finditer(text):
        yield from _sentences(text[at : quote.start()], place, NARRATOR)
        yield replace(place, text=quote[2].strip(), speaker=quote[1], pause=LINE_PAUSE)
        at = quote.end()
    yield from _sentences(text[at:], place, NARRATOR)


def _sentences(text: str, place: Line, speaker: str) -> Iterator[Line]:
    for sentence in split(text):
        yield replace(place, text=sentence, speaker=speaker, pause=LINE_PAUSE)


def split(text: str) -> list[str]:
    """The sentences of a text; a quotation stays with the words that say who spoke."""
    found: list[str] = []
    for match in _SENTENCE.finditer(text):
        piece = match[0].strip()
        if not piece:
            continue
        open_quote = found and (
            found[-1].count("“") > found[-1].count("”") or found[-1].count('"') % 2
        )
        if found and (open_quote or (not piece[0].isupper() and piece[0].isascii())):
            found[-1] = f"{found[-1]} {piece}" if piece[0].isascii() else found[-1] + piece
        else:
            found.append(piece)
    return found


def filled(text: str, cast: Mapping[str, Character], facts: Mapping[str, str] = NOTHING) -> str:
    """The text with names, pronouns and facts in place of {placeholders}."""

    def value(match: re.Match[str]) -> str:
        key, possessive = match[1].lower(), match[2] or ""
        if key in cast:
            word = cast[key].name
        else:
            word = facts[key] if key in facts else _pronoun(key, cast)
        before = match.string[: match.start()].rstrip()
        begins = not before or before[-1] in ".!?]" or before.endswith('."')
        return (
            word[0].upper() + word[1:] if match[1][0].isupper() or begins else word
        ) + possessive

    for _ in range(2):  # a fact may itself hold a name
        text = _PLACEHOLDER.sub(value, text)
    return text


def _pronoun(key: str, cast: Mapping[str, Character]) -> str:
    forms = PRONOUNS["he"]
    for prefix, role in (("", "hero"), ("c", "companion"), ("e", "elder")):
        form = key.removeprefix(prefix)
        if prefix + form != key or role not in cast:
            continue
        if form in forms:
            return PRONOUNS.get(cast[role].pronoun, PRONOUNS["it"])[forms.index(form)]
        if form == "ta":
            return cast[role].pronoun
    raise KeyError(f"the placeholder {{{key}}} is no member of the cast")
