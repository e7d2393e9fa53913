"""What goes on with the request before: "what time is it" - "and in Paris?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import takewhile

from voice_assistant import values
from voice_assistant.corrections import amended, is_value
from voice_assistant.intents import Intent
from voice_assistant.normal import joined, parts
from voice_assistant.session import UNTAKEN
from voice_assistant.stages.heard import Heard, always, as_route, only
from voice_assistant.stages.own import own, rests
from voice_assistant.stages.strict import STRICT, contradicted, supported
from voice_assistant.stages.telling import is_told
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
        led = tuple(_led(text, language))
        if led and previous.receipts:  # "in Spanish" names something else, "in the hall" adds to it
            return renamed(heard, root_of(heard, before), _split(text, language)[1])
        for part in (*rests("carry", text, language), *led):
            if len(parts(part, language)) > LONGEST[language] or part not in heard.text:
                continue  # (of "and thank you", politeness is no part)
            if is_told(part, language):
                continue
            if found := await once_more(heard, before, part):
                return found
    return None


async def once_more(heard: Heard, before: Route, part: str) -> Route | None:
    """The request before with `part` in it, in the first way that makes sense to its skill; unless
    `part` is a request of its own and in the place of nothing that is known."""
    root = root_of(heard, before)
    roots = (before,) if root is before else (before, root)
    return (
        _in_plain_words(heard, before, [part])
        or await _exchanging(heard, roots, part)
        or _in_plain_words(heard, before, _led_in(heard, part))
        or _naming(heard, root, part)
    )


async def _exchanging(heard: Heard, roots: Iterable[Route], part: str) -> Route | None:
    """One of the requests before with another value of the same kind."""
    assert heard.again is not None
    for root in roots:
        for text in _exchanged(heard, root, part):
            route = await heard.again(text)
            if _goes_on(heard, root, route):
                return _brought_up(heard, root, replace(route, stage="carried"))
    return None


def _naming(heard: Heard, before: Route, part: str) -> Route | None:
    """The request before with another name in it, or with something added."""
    word, bare = _split(part, heard.utterance.language)
    value = is_value(bare, heard.utterance.language, heard.now())
    request, put = _read(heard, part), _put(heard, before, bare, word)
    known = put is not None and not value and not put.free
    alone = request is not None and bare in request.slots.values()  # a name: "and Cinderella?"
    if request and not known and not (put and alone) and _plain(heard, request):
        return as_route(request, "template")
    if put and not value:
        return _brought_up(heard, before, as_route(put.reading, "carried"))
    if before.skill == "knowledge" and (asked := _about(before.text, part, heard)):
        return replace(before, text=asked, stage="carried")
    for text in _added(before.text, word, bare, heard.utterance.language):
        found = _read(heard, text)
        if found and found.skill == before.skill and _more(heard, before, found, free=bool(word)):
            return as_route(found, "carried")
    return as_route(put.reading, "carried") if put else None


def _plain(heard: Heard, request: Reading) -> bool:
    """Whether a part is a request of its own. (No small talk: "thank you in Greek" - "and goodbye?")"""
    own_skill = request.skill not in UNTAKEN
    return request.literal >= STRICT and own_skill and not contradicted(heard, request)


def root_of(heard: Heard, before: Route) -> Route:
    """The request that one went on with, the last that stands by itself: of "weather in Rome" - "and
    on Sunday", the first. What something was done with went on with none where nothing was."""
    turns = [(each.route, bool(each.receipts)) for each in heard.session.recent if each.route]
    done = next((done for route, done in turns if route is before), False)
    like = (route for route, each in turns if route.skill == before.skill and each == done)
    return next((route for route in like if _stands(heard, route)), before)


def _stands(heard: Heard, route: Route) -> bool:
    skill = heard.lexicon.known.get(route.skill or "")
    intent = skill.intents.get(route.intent or "") if skill else None
    return intent is not None and intent.when == "always"


def _brought_up(heard: Heard, root: Route, route: Route) -> Route:
    """A request made of an earlier one, with what was said of its slots since."""
    slots = dict(route.slots)
    turns = (each.route for each in heard.session.recent)
    since = [turn for turn in takewhile(lambda each: each is not root, turns) if turn]
    for turn in reversed(since):
        for name in slots.keys() & turn.slots.keys() if turn.skill == root.skill else ():
            if slots[name] == root.slots.get(name):
                slots[name] = turn.slots[name]
    return replace(route, slots=slots)


def _in_plain_words(heard: Heard, before: Route, ways: Iterable[str]) -> Route | None:
    """What goes on with the turn before once "and" stands before it: "what about at noon". Any text
    is believed in a slot that was filled before: London's weather and "the same for Dublin"."""
    plainly = own("carry")["plainly"][heard.utterance.language]
    routes = [each.route for each in heard.session.recent if each.route]
    said = {slot for route in routes if route.skill == before.skill for slot in route.slots}
    for way in ways:
        found = _read(heard, plainly.format(rest=way), only(before.skill or "", "follow"))
        if found and not any(_is_free(heard, found, slot) for slot in found.slots.keys() - said):
            return as_route(found, "follow")
    return None


def renamed(heard: Heard, before: Route, name: str) -> Route | None:
    """The request before with another known name in the place of one: "rain" - "waves instead"."""
    put = _put(heard, before, name)
    if put is None or put.free:
        return None
    return _brought_up(heard, before, as_route(put.reading, "carried"))


def _goes_on(heard: Heard, before: Route, route: Route) -> bool:
    """Whether it is the same request once more; or, where that was a question, another of its skill
    word for word: "what day is it" - "and in ten days?"."""
    if route.intent == before.intent and route.skill == before.skill:
        return route.stage in ("template", "match", "knowledge")
    context = heard.session.context
    if context is None or context.route is None or context.receipts:
        return False
    asked = before in (context.route, root_of(heard, context.route))
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


def _put(heard: Heard, before: Route, bare: str, word: str = "") -> _Put | None:
    """The best way to have `bare` in the place of just one name: behind the same little `word`, where
    one was said and the request has it."""
    language = heard.utterance.language
    words, found = parts(before.text, language), list[_Put]()
    same = partial(_is_same, before)
    led = [at for at in range(len(words)) if joined(words[:at], language).endswith(word)]
    for start in led if word and led else range(len(words)):
        for length in range(1, min(REPLACED[language], len(words) - start) + 1):
            old = joined(words[start : start + length], language)
            text = joined([*words[:start], bare, *words[start + length :]], language)
            if reading := _read(heard, text, same):
                if (kind := _change(heard, before, reading, old, bare)) is not None:
                    found.append(_Put(*kind, start, length, reading))
    return min(found, default=None)


def _is_same(before: Route, skill: str, intent: Intent) -> bool:
    return (skill, intent.name) == (before.skill, before.intent)


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


def _read(
    heard: Heard, text: str, open_to: Callable[[str, Intent], bool] = always
) -> Reading | None:
    found = heard.lexicon.templates.match(text, heard.now, open_to)
    return found[0] if found else None


def _is_free(heard: Heard, found: Reading, slot: str) -> bool:
    if _kind(heard, found, slot) in values.KINDS:
        return False
    return not heard.lexicon.templates.knows(found.skill, found.slots[slot])


def _kind(heard: Heard, found: Reading, slot: str) -> str:
    return heard.lexicon.templates.slots(found.skill, found.intent)[slot]


def _led_in(heard: Heard, part: str) -> Iterator[str]:
    """A part behind each little word, where it has none; no bare number: "by two" divides."""
    language = heard.utterance.language
    number = values.parse("number", part, language, heard.now()) is not None
    if not _split(part, language)[0] and not number:
        yield from (joined((each, part), language) for each in own("carry")["between"][language])


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
