"""How near somebody's own try came to a phrase, as the recogniser of that language heard it."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import fuzz

from voice_assistant.sounds import syllables

from .phrasebook import Phrase

GOOD = 85.0
"""Percent from which there is nothing to repeat."""

MARKS = (("very_good", 95.0), ("good", GOOD), ("nearly", 60.0), ("once_more", 0.0))
"""What is said from which percent on, best first."""


def likeness(heard: str, phrase: Phrase) -> float:
    """Percent. Chinese is compared by its syllables: a homophone was said rightly."""
    if phrase.tongue == "zh":
        said = (" ".join(syllables(_letters(text))) for text in (heard, phrase.said))
    else:
        said = (_letters(text) for text in (heard, phrase.said))
    return float(fuzz.ratio(*said))


def _letters(text: str) -> str:
    """Without accents, capitals and punctuation."""
    bare = unicodedata.normalize("NFKD", text.lower())
    kept = "".join(char for char in bare if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w\s]", " ", kept).split())
