"""The language model, where nothing else decides."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import replace

from voice_assistant.engines import Message
from voice_assistant.matcher import OTHER
from voice_assistant.stages.heard import Heard
from voice_assistant.stages.likely import likely
from voice_assistant.stages.telling import is_told
from voice_assistant.turn import Route

LIKELY, NOBODY = 0.2, 0.1
"""Probability of an intent from which the model is asked about it, and that it is for nobody up to
which it is asked at all: beyond, small models say yes to more of what is talk than of what is a
request (measured with Qwen2.5-Coder-1.5B in both languages)."""

_ASK = {
    "en": "Somebody in the room said this to a voice assistant or to another person. "
    "Does the sentence ask the assistant to {title}? Answer yes or no.",
    "zh": "屋里有人说了下面这句话，可能是对语音助手说的，也可能是对别人说的。"
    "这句话是不是要助手做这件事：{title}？只回答“是”或“否”。",
}
_YES = {"en": "yes", "zh": "是"}
_ANSWER = {"en": 'root ::= "yes" | "no"', "zh": 'root ::= "是" | "否"'}
"""The grammar of its answer."""


async def model(heard: Heard) -> Route | None:
    """The language model chooses among the intents that are likely: it is asked about one after the
    other, the likeliest first, and the first that it affirms is meant. It is not given the list:
    of any list, small models name one (measured: the right one for three of eight requests, where
    they affirm five; and the alarm of a car is "set an alarm")."""
    language = heard.utterance.language
    if heard.mind is None or not heard.mind.ready or not heard.text:
        return None
    if is_told(heard.text, language) or heard.in_talk:
        return None  # asked in a talk, the model would lose all that it has in mind of it
    for name, chance in _likely(heard):
        skill, intent = heard.lexicon.intent(name)
        if await _affirms(heard, heard.lexicon.title(skill, intent.name)):
            return replace(likely(heard, skill, intent, heard.text, chance), stage="model")
    return None


async def _affirms(heard: Heard, title: str) -> bool:
    language = heard.utterance.language
    chat = [
        Message(role="system", content=_ASK[language].format(title=title)),
        Message(role="user", content=heard.text),
    ]
    said = ""
    async with aclosing(heard.mind.think(chat, limit=4, grammar=_ANSWER[language])) as pieces:
        async for piece in pieces:
            said += piece
    return said.strip() == _YES[language]


def _likely(heard: Heard) -> list[tuple[str, float]]:
    """The intents that may be meant, the likeliest first; none where it may well be for nobody."""
    scores = heard.lexicon.scores(heard.text)
    if dict(scores).get(OTHER, 0.0) > NOBODY:
        return []
    return [
        (name, chance)
        for name, chance in scores
        if chance >= LIKELY and name != OTHER and heard.lexicon.intent(name)[1].when == "always"
    ]
