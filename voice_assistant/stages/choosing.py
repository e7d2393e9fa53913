"""The language model, where nothing else decides."""

from __future__ import annotations

import json
from contextlib import aclosing
from dataclasses import replace

from voice_assistant.engines import Message
from voice_assistant.matcher import OTHER
from voice_assistant.stages.heard import Heard
from voice_assistant.stages.likely import likely
from voice_assistant.turn import Route

POSSIBLE = 0.2
"""Probability of the likeliest intent from which the language model is asked."""

CHOICES = 6
"""Intents that the language model chooses among."""

_CHOOSE = {
    "en": "Which of these does the request mean? Answer with one line of the list. Choose none "
    "unless it is plainly that.",
    "zh": "下面的请求是哪一项?只回答列表中的一行。不能确定就回答 none。",
}


async def model(heard: Heard) -> Route | None:
    """The language model chooses among the intents that are likeliest, or none, under a grammar:
    it can name only what exists. Not asked where nothing is likely."""
    if heard.mind is None or not heard.mind.ready or not heard.text:
        return None
    scores = [
        (name, chance)
        for name, chance in heard.lexicon.scores(heard.text)[:CHOICES]
        if name != OTHER and heard.lexicon.intent(name)[1].when == "always"
    ]
    if not scores or scores[0][1] < POSSIBLE:
        return None
    titles = {heard.lexicon.title(*name.split(".", 1)): name for name, _ in scores}
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
    return replace(likely(heard, skill, intent, heard.text, dict(scores)[name]), stage="model")
