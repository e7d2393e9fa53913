"""What is asked about a place that was spoken of: "weather in Rome" - "what time is it there"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from voice_assistant.session import UNTAKEN
from voice_assistant.stages.heard import Heard, last_named
from voice_assistant.stages.own import own
from voice_assistant.turn import Route


async def there(heard: Heard) -> Route | None:
    """A request with the place that was named last in the place of "there"."""
    carry, language = own("carry"), heard.utterance.language
    place = last_named(heard, _place)
    if heard.again is None or place is None:
        return None
    for text in heard.readings[: heard.plain]:
        said = carry["said"][language].format(place=place)
        named, found = re.subn(carry["there"][language], said, text, count=1)
        route = await heard.again(named) if found else None
        if route and route.skill and route.stage not in UNTAKEN:
            return replace(route, slots=_placed(heard, route, place), stage="carried")
    return None


def _placed(heard: Heard, route: Route, place: str) -> Mapping[str, Any]:
    """The slots of a request, with the place that its words have no slot for."""
    known = heard.lexicon.known[route.skill or ""].intents.get(route.intent or "")
    slots = heard.lexicon.templates.slots(route.skill or "", known) if known else {}
    names = [name for name in own("carry")["places"] if name in slots]
    if not names or any(name in route.slots for name in names):
        return route.slots
    return {**route.slots, names[0]: place}


def _place(name: str, value: object) -> str | None:
    """The place in a slot, where it is one."""
    return value if name in own("carry")["places"] and isinstance(value, str) else None
