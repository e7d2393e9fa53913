"""Sentences with gaps, one for each way a request may be worded: what may have been said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

from voice_assistant.expand import Outliner
from voice_assistant.intents import Sentences
from voice_assistant.normal import core, normalise
from voice_assistant.suggestions import GAP
from voice_assistant.templates import Pattern, Templates
from voice_assistant.values import KINDS

OUTLINES = 40
"""Times a sentence is drawn from each template for what may have been said, and so often fewer
from an example, which has few alternatives."""
FEWER = 8


def outlines(known: Mapping[str, Sentences], templates: Templates) -> Iterator[tuple[str, Pattern]]:
    """Sentences of all templates and examples, with gaps for slots. Those with free text are
    left out: it takes whatever was heard. Templates come last: they read more slots."""
    language = templates.language
    outliners = {
        skill: Outliner(language, sentences.rules, Random(skill), {*KINDS, *templates.lists[skill]})
        for skill, sentences in known.items()
    }
    for pattern in sorted(templates.patterns, key=lambda each: not each.example):
        times = OUTLINES // FEWER if pattern.example else OUTLINES
        outliner = outliners[pattern.skill]
        for drawn in outliner.several(pattern.template, times):
            text = normalise(drawn, language)
            if Outliner.free not in text and text == core(text, language):
                yield text.replace(Outliner.gap, GAP), pattern
