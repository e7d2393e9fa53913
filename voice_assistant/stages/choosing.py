"""The language model, where nothing else decides."""

from __future__ import annotations

import json
from contextlib import aclosing
from dataclasses import replace

from voice_assistant.engines import Message
from voice_assistant.matcher import OTHER
from voice_assistant.stages.heard import Heard
from voice_assistant.stages.likely import likely
from voice_assistant.stages.telling import is_told
from voice_assistant.turn import Route

LIKELY, NOBODY = 0.3, 0.1
"""Probability of the likeliest intent from which the model is asked, and that it is for nobody up
to which it is. Small models name one of any list: where talk comes through, they take it (measured
on other people's sentences: below, more talk was taken than requests were found)."""

CHOICES = 6
"""Intents that the language model chooses among."""

_CHOOSE = {
    "en": "Which of these does the request mean? Answer with one line of the list. Choose none "
    "unless it is plainly that.",
    "zh": "下面的请求是哪一项?只回答列表中的一行。不能确定就回答 none。",
}


async def model(heard: Heard) -> Route | None:
    """The language model chooses among the intents that are likeliest, or none, under a grammar:
    it can name only what exists. Not asked where nothing is likely, or where nobody may be."""
    if heard.mind is None or not heard.mind.ready or not heard.text:
        return None
    if is_told(heard.text, heard.utterance.language):
        return None
    scores = _possible(heard)
    if not scores:
        return None
    titles = {heard.lexicon.title(*name.split(".", 1)): name for name in scores}
    chat = [
        Message(role="system", content=_CHOOSE[heard.utterance.language]),
        Message(role="user", content="\n".join([*titles, "none", "", heard.text])),
    ]
    grammar = "root ::= " + " | ".join(json.dumps(title) for title in [*titles, "none"])
    said = ""
    async with aclosing(heard.mind.think(chat, limit=24, grammar=grammar)) as pieces:
        async for piece in pieces:
            said += piece
    if said.strip() not in titles:
        return None
    name = titles[said.strip()]
    skill, intent = heard.lexicon.intent(name)
    return replace(likely(heard, skill, intent, heard.text, scores[name]), stage="model")


def _possible(heard: Heard) -> dict[str, float]:
    """The intents that may be meant, the likeliest first; none where it may well be for nobody."""
    scores = heard.lexicon.scores(heard.text)
    found = {
        name: chance
        for name, chance in scores[:CHOICES]
        if name != OTHER and heard.lexicon.intent(name)[1].when == "always"
    }
    likely_one = max(found.values(), default=0.0) >= LIKELY
    return found if likely_one and dict(scores).get(OTHER, 0.0) <= NOBODY else {}
