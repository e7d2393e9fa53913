"""Which of two ways the listener means: by its place, its words, or a hint of them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from voice_assistant import answers
from voice_assistant.normal import normalise

from .story import Option

_YOU_CHOOSE = {
    "en": re.compile(
        r"\b(?:you (?:choose|decide|pick)|don't (?:know|mind|care)|either|whatever)\b"
    ),
    "zh": re.compile(r"随便|你(?:来)?(?:选|定|决定)|都行|都可以|不知道"),
}
_EMPTY = frozenset("the a an to of in on at and it one that this go take with".split())


def understand(options: Sequence[Option], dice: random.Random) -> Callable[[str, str], int | None]:
    """A reader of answers for `turn.ask`: the number of the option that is meant."""
    by_name = answers.choice({option.label: str(n) for n, option in enumerate(options)})

    def read(text: str, language: str) -> int | None:
        text = normalise(text, language)
        if _YOU_CHOOSE[language].search(text):
            return dice.randrange(len(options))
        scores = [_score(text, option, language) for option in options]
        best = max(scores)
        if best > 0 and scores.count(best) == 1:
            return scores.index(best)
        place = by_name(text, language)
        return int(place) if place is not None else None

    return read


def _score(text: str, option: Option, language: str) -> int:
    """How many telling words of the option are in the text; the option's own words count most."""
    if language == "zh":
        label = sum(1 for pair in _pairs(option.label) if pair in text)
        return label + 3 * sum(word in text for word in option.words)
    said = set(text.split()) - _EMPTY
    label = len(said & (set(normalise(option.label, language).split()) - _EMPTY))
    return label + 3 * len(said & set(option.words))


def _pairs(text: str) -> list[str]:
    return [text[n : n + 2] for n in range(len(text) - 1)]
