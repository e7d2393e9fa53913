"""What goes on with the request before: "what time is it" - "and in Paris?"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from voice_assistant import values
from voice_assistant.corrections import amended, is_value
from voice_assistant.normal import joined, parts
from voice_assistant.session import UNTAKEN
from voice_assistant.stages.heard import Heard, always, as_route
from voice_assistant.stages.own import own, rests
from voice_assistant.stages.strict import STRICT, supported
from voice_assistant.templates import Reading
from voice_assistant.turn import Route

LONGEST = {"en": 6, "zh": 10}
"""Words (of Chinese, characters) of a part; what is longer is a request of its own."""

REPLACED = {"en": 4, "zh": 6}
"""Words (characters) of the request before that a part may take the place of."""


async def carried(heard: Heard) -> Route | None:
    """The request before once more, with a part of it exchanged or added."""
    previous, language = heard.session.context, heard.utterance.language
    before = previous.route if previous else None
    if heard.again is None or previous is None or before is None or before.skill is None:
        return None
    for text in heard.readings[: heard.plain]:
        led = () if previous.receipts else _led(text, language)
        for part in (*rests("carry", text, language), *led):
            if len(parts(part, language)) > LONGEST[language]:
                continue
            if found := await once_more(heard, before, part):
                return found
    return None


async def once_more(heard: Heard, before: Route, part: str) -> Route | None:
    """The request before with `part` in it, in the first way that makes sense to its skill; unless
    `part` is a request of its own and in the place of nothing that is known."""
    assert heard.again is not None
    word, bare = _split(part, heard.utterance.language)
    for text in _exchanged(heard, before, part):
        route = await heard.again(text)
        if _goes_on(heard, before, route):
            return replace(route, stage="carried")
    value = is_value(bare, heard.utterance.language, heard.now())
    request, put = _read(heard, part), _put(heard, before, bare)
    if put and not value and not put.free:
        return as_route(put.reading, "carried")
    if request and request.literal >= STRICT and request.skill not in UNTAKEN:
        # (no small talk: "thank you in Greek" - "and goodbye?")
        return as_route(request, "template")
    if put and not value:
        return as_route(put.reading, "carried")
    if before.skill == "knowledge" and (asked := _about(before.text, part, heard)):
        return replace(before, text=asked, stage="carried")
    for text in _added(before.text, word, bare, heard.utterance.language):
        found = _read(heard, text)
        if found and found.skill == before.skill and _more(heard, before, found, free=bool(word)):
            return as_route(found, "carried")
    return as_route(put.reading, "carried") if put else None


def renamed(heard: Heard, before: Route, name: str) -> Route | None:
    """The request before with another known name in the place of one: "rain" - "waves instead"."""
    put = _put(heard, before, name)
    return as_route(put.reading, "carried") if put and not put.free else None


def _goes_on(heard: Heard, before: Route, route: Route) -> bool:
    """Whether it is the same request once more; or, where that was a question, another of its skill
    word for word: "what day is it" - "and in ten days?"."""
    if route.intent == before.intent and route.skill == before.skill:
        return route.stage in ("template", "match", "knowledge")
    context = heard.session.context
    asked = context is not None and context.route is before and not context.receipts
    return asked and (route.skill, route.stage) == (before.skill, "template")


def _exchanged(heard: Heard, before: Route, part: str) -> Iterator[str]:
    """With `part` in the place of the value of its kind, or of what stood behind the same little
    word: "songs by Queen" - "and by Abba"."""
    language = heard.utterance.language
    word, bare = _split(part, language)
    head, found, _ = before.text.rpartition(f" {word} ")
    if word and found:
        yield f"{head} {part}"
        yield f"{head} {word} {bare}"
    for said in (part, bare) if word else (bare,):  # "in two weeks" is a day, "two weeks" is none
        yield from amended(before.text, (), said, language, heard.now())


@dataclass(frozen=True, slots=True, order=True)
class _Put:
    """The request before with a part in the place of one name; the least is the best."""

    free: bool
    """Whether the name is any text, and not one that is known."""
    partly: bool
    """Whether only a piece of the name gave way."""
    start: int
    length: int
    reading: Reading = field(compare=False)


def _put(heard: Heard, before: Route, bare: str) -> _Put | None:
    """The best way to have `bare` in the place of just one name."""
    language = heard.utterance.language
    words, found = parts(before.text, language), list[_Put]()
    for start in range(len(words)):
        for length in range(1, min(REPLACED[language], len(words) - start) + 1):
            old = joined(words[start : start + length], language)
            text = joined([*words[:start], bare, *words[start + length :]], language)
            reading = _read(heard, text)
            if reading and (reading.skill, reading.intent.name) == (before.skill, before.intent):
                if (kind := _change(heard, before, reading, old, bare)) is not None:
                    found.append(_Put(*kind, start, length, reading))
    return min(found, default=None)


def _change(
    heard: Heard, before: Route, reading: Reading, old: str, bare: str
) -> tuple[bool, bool] | None:
    """Whether the one slot that is not as before is free text, and whether only a piece of it is
    another; None where it is not just that one."""
    was, now = dict(before.slots), dict(reading.slots)
    changed = [name for name in now if name not in was or was[name] != now[name]]
    gone = [name for name in was if name not in now or name in changed]
    if len(changed) != 1 or len(gone) != 1:
        return None
    if _kind(heard, reading, changed[0]) in values.KINDS:  # it gives way to a value of its kind
        return None
    if not _is_free(heard, reading, changed[0]):
        return False, False
    if now[changed[0]] == bare:
        return True, False
    even = len(old) == len(bare) or heard.utterance.language == "en"
    pieces = str(was[gone[0]]).replace(old, bare, 1) == now[changed[0]]
    return (True, True) if even and pieces else None


def _about(text: str, part: str, heard: Heard) -> str | None:
    """A question about the world, of something else: "how big is Jupiter" - "and Mars?"."""
    found = re.fullmatch(own("carry")["topic"][heard.utterance.language], text)
    if found is None:
        return None
    return text[: found.start("topic")] + part + text[found.end("topic") :]


def _added(text: str, word: str, bare: str, language: str) -> Iterator[str]:
    """With a part added: behind it in English, before it in Chinese."""
    if language == "zh":
        yield from (between + bare + text for between in ("", "在"))
        return
    for between in [word] if word else ["", *own("carry")["between"][language]]:
        yield joined(filter(None, (text, between, bare)), language)


def _more(heard: Heard, before: Route, found: Reading, *, free: bool) -> bool:
    """Whether a reading says all that was said before, and something besides. Free text takes
    anything, so that it is believed only behind a little word that was said."""
    kept = {name: value for name, value in found.slots.items() if name in before.slots}
    new = [name for name in found.slots if name not in before.slots]
    if kept != dict(before.slots) or len(new) > 1:
        return False
    if new and not _is_free(heard, found, new[0]):
        return True
    return (free or not new) and (found.literal >= STRICT or supported(heard, found))


def _read(heard: Heard, text: str) -> Reading | None:
    found = heard.lexicon.templates.match(text, heard.now, always)
    return found[0] if found else None


def _is_free(heard: Heard, found: Reading, slot: str) -> bool:
    kind = _kind(heard, found, slot)
    return not kind.startswith("list:") and kind not in values.KINDS


def _kind(heard: Heard, found: Reading, slot: str) -> str:
    return heard.lexicon.templates.slots(found.skill, found.intent)[slot]


def _led(text: str, language: str) -> Iterator[str]:
    """A text that such a little word begins: "in Madrid"."""
    word, bare = _split(text, language)
    if word and bare and language == "en":
        yield text


def _split(part: str, language: str) -> tuple[str, str]:
    """The little word that a part begins with, or none, and the rest without its article (of
    Chinese, without the particle at its end)."""
    between = "|".join(own("carry")["between"][language])
    joint = "" if language == "zh" else " "
    match = re.fullmatch(
        f"(?:({between}){joint})?(?:{own('carry')['articles'][language]})?(.+)", part
    )
    assert match is not None
    return match[1] or "", match[2].removesuffix("的") or match[2]
