"""How near somebody's own try came to a phrase, as the recogniser of that language heard it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz import fuzz

from voice_assistant.sounds import syllables

from . import kana
from .phrasebook import Phrase

GOOD = 85.0
"""Percent from which there is nothing to repeat."""

MARKS = (("very_good", 95.0), ("good", GOOD), ("nearly", 60.0), ("once_more", 0.0))
"""What is said from which percent on, best first."""

BY_SYLLABLES = ("ja", "zh")
"""Languages whose sound is known here, by their readings."""

_NUMERALS = str.maketrans("123456789", "一二三四五六七八九")
"""A recogniser may write figures for words; of other languages espeak-ng says them."""


def likeness(heard: str, phrase: Phrase, sounds: Sequence[str] = ()) -> float:
    """Percent, by how both are written or by how they sound, whichever is nearer: a homophone was
    said rightly. `sounds` is the IPA of what was heard and of the phrase, where somebody knows it;
    Chinese and Japanese are compared by their syllables."""
    if phrase.tongue in BY_SYLLABLES:
        heard = heard.translate(_NUMERALS)
    said, known = _letters(heard), _letters(phrase.said)
    pairs = [(said, known)]
    if phrase.tongue == "zh":
        pairs = [(" ".join(syllables(said)), " ".join(syllables(known)))]
    elif phrase.tongue == "ja":
        pairs.append((kana.sound(heard), kana.sound(kana.read(phrase.roman))))
    elif sounds:
        pairs.append((_segments(sounds[0]), _segments(sounds[1])))
    return max(float(fuzz.ratio(*pair)) for pair in pairs)


def _letters(text: str) -> str:
    """Without accents, capitals and punctuation; of Korean the letters of each syllable."""
    bare = unicodedata.normalize("NFKD", text.lower())
    kept = "".join(char for char in bare if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w\s]", " ", kept).split())


def _segments(ipa: str) -> str:
    """Without stress, length, tones and pauses: a recogniser hears words, not their melody."""
    return re.sub(r"[ˈˌːˑ\s\d˥˦˧˨˩_.|-]", "", ipa)
