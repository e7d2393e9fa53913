"""What was said in other words: the statistical match, and a question where it wavers."""

from __future__ import annotations

from voice_assistant.intents import Intent
from voice_assistant.matcher import OTHER
from voice_assistant.slots import fill
from voice_assistant.stages.heard import Heard, length, listened_for
from voice_assistant.stages.telling import is_told
from voice_assistant.turn import Route

SURE = 0.4
"""Probability of a skill from which the statistical match decides."""

PLAIN = 0.1
"""Probability that its likeliest intent must have: a skill that is likely only as the sum of many
unlikely intents was not meant."""

TALKING = 0.7
"""The same as SURE right after talk, where most of what is said is talk."""

OPEN = 0.3
"""The same as SURE for the skill in the middle of something, in front of all others: what is said
while a story is told is likelier about the story."""

SURER = 0.6
"""The same for a reading that the recogniser held less likely."""

LONGEST = 45
"""Words; a longer speech is no request."""

EITHER = 0.3
"""Probability that the second of two skills must have for both to be offered."""


async def match(heard: Heard) -> Route | None:
    """What was said in other words, and asks for something. Another reading than the first must be
    surer."""
    for rank, text in enumerate(heard.cores):
        if route := match_of(heard, text, SURER if rank else None):
            return route
    return None


def match_of(heard: Heard, text: str, sure: float | None = None) -> Route | None:
    """The route to what a text likely means, where that is as likely as `sure`; None: as what was
    heard must be."""
    plain = heard.readings[: heard.plain]
    if length(text) > LONGEST or all(is_told(each, heard.utterance.language) for each in plain):
        return None
    open_skills = heard.session.active
    chances = heard.chances(text)
    skill = max(chances, key=lambda name: chances[name])
    if sure is None:
        usual = TALKING if heard.in_talk else SURE
        sure = OPEN if skill in open_skills[:1] else usual
    if skill == OTHER or chances[skill] < sure:
        return None
    for name, chance in heard.scores(text):
        if name.partition(".")[0] != skill or chance < PLAIN:
            continue
        _, intent = heard.lexicon.intent(name)
        if listened_for(heard.session, skill, intent):
            return likely(heard, skill, intent, text, chances[skill])
    return None


def likely(heard: Heard, skill: str, intent: Intent, text: str, chance: float) -> Route:
    """The route to an intent that a text likely means, with the slots that can be told."""
    return Route(
        skill=skill,
        intent=intent.name,
        text=text,
        slots=fill(heard.lexicon.templates, skill, intent, text, heard.now),
        stage="match",
        confidence=chance,
    )


async def clarify(heard: Heard) -> Route | None:
    """Two skills that are as likely, and nobody else: ask which."""
    if heard.asking or not heard.text or length(heard.text) > LONGEST:
        return None
    scores = heard.scores(heard.text)
    chances = heard.chances(heard.text)
    near = [skill for skill, chance in chances.items() if chance >= EITHER]
    if len(near) < 2 or OTHER in near:
        return None
    first, second, *_ = sorted(near, key=lambda skill: -chances[skill])
    choices = []
    for skill in (first, second):
        name, _ = next(pair for pair in scores if pair[0].partition(".")[0] == skill)
        _, intent = heard.lexicon.intent(name)
        if intent.when != "always" or not intent.title:
            return None
        choices.append(likely(heard, skill, intent, heard.text, chances[skill]))
    if len({heard.lexicon.title(each.skill or "", each.intent or "") for each in choices}) < len(
        choices
    ):
        return None
    return Route(
        skill=None, intent="clarify", text=heard.text, stage="clarify", choices=tuple(choices)
    )
