"""Phrases that are likely now, and how they change what is taken as heard.

A recogniser with hints listens twice: freely, and as if only words of the hints existed; and the
hints that sound like what it heard are tried too. Such a reading wins when the sound fits it nearly
as well as the free one; so "turn bad light on" becomes
"turn bed light on" where a bed light is known, and speech that is no hint stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from rapidfuzz import process

from voice_assistant.engines.readings import Reading, distinct, plain, sound_of

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WORDS_MARGIN = 1.0
"""How much less probable (natural logarithm) a text of hinted words may be and still win. On 73
home commands the right ones lay within 0.9; other speech in hinted words lost 1.2 and more."""

PHRASE_MARGIN = 6.0
"""The same for a text that is a hinted phrase as a whole, which chance does not produce."""


NEAREST = 3
LIKENESS = 50
"""So many phrases, at least so like the text (percent), are tried against the sound itself."""


class Hints:
    """A set of phrases, in the tokens of one model."""

    def __init__(self, phrases: tuple[str, ...], tokens: Tokenizer) -> None:
        self.phrases = phrases
        self._tokens = tokens
        self._plain = {plain(phrase) for phrase in phrases}

    def __contains__(self, text: str) -> bool:
        """Whether a text is one of the phrases, whatever its numbers, case and punctuation."""
        return plain(text) in self._plain

    @cached_property
    def other_tokens(self) -> list[int]:
        """All tokens that no hint, number or punctuation mark needs; also those for languages and
        times, which the decoder takes where it may take no word."""
        spoken = [*".,?!%", "。", ",", "?", *(f" {number}" for number in range(101))]
        for phrase in self.phrases:
            for form in {phrase, phrase.lower(), phrase.capitalize(), phrase.title()}:
                spoken += [f" {form}", *(f" {word}" for word in form.split())]
                if not form.isascii():
                    spoken += [form, *form]
        encoded = self._tokens.encode_batch(spoken, add_special_tokens=False)
        needed = {token for encoding in encoded for token in encoding.ids}
        end = self._tokens.token_to_id("<|endoftext|>")
        every = range(self._tokens.get_vocab_size())
        return [token for token in every if token != end and token not in needed]

    def nearest(self, text: str) -> list[Reading]:
        """The phrases that sound most like a text, still to be scored. Those with a number are
        left out: which number was said is for the recogniser."""
        found = process.extract(sound_of(text), self._sounds, limit=NEAREST, score_cutoff=LIKENESS)
        return [self._as_reading(phrase) for _, _, phrase in found]

    @cached_property
    def _sounds(self) -> dict[str, str]:
        return {phrase: sound_of(phrase) for phrase in self.phrases if "#" not in plain(phrase)}

    def _as_reading(self, phrase: str) -> Reading:
        """A phrase as Whisper would write it."""
        usual = f" {phrase[:1].upper()}{phrase[1:]}." if phrase.isascii() else phrase
        tokens = self._tokens.encode(usual, add_special_tokens=False).ids
        return Reading(usual.strip(), tuple(tokens), 0.0)

    def choose(self, free: Sequence[Reading], bound: Sequence[Reading]) -> list[Reading]:
        """All readings, the one to take first. `free` and `bound` are best first."""

        def worth(reading: Reading) -> float:
            if reading.text in self:
                return reading.log_probability + PHRASE_MARGIN
            return reading.log_probability + (0 if reading is free[0] else WORDS_MARGIN)

        best = max([free[0], *bound], key=worth)
        return distinct([best, *free, *bound])
