"""Reading a wish from what was said.

A reader peels off what it understands and keeps the rest, which may be a name. Whether it is one is
decided where the shelves are known (shelf.py): a title may be made of any words.
"""

from __future__ import annotations

from dataclasses import replace

from voice_assistant.normal import core, normalise

from .peel import PEELERS
from .wish import Wish
from .words import bare, words_of


def read(said: str, language: str) -> Wish:
    """The wish in an utterance. What is told before it counts where the wish itself leaves open
    what for: "i'm off to the gym, play something loud"."""
    words = words_of(language)
    text = core(normalise(said, language), language)
    for name, written in words.aliases.items():
        text = text.replace(name, written)
    text = words.framed.sub("", text, count=1)
    text = words.behind.sub("", text).strip()
    asked = words.asked.search(text)
    if asked is None:
        return _read(text, text, language)
    wish = _read(text, words.behind.sub("", asked["wish"]).strip(), language)
    if not (wish.described or wish.rest or wish.like):  # "do you know yesterday, play it"
        return _read(text, asked["told"].strip(), language)
    told = _read(text, asked["told"].strip(), language)
    return replace(
        wish,
        occasion=wish.occasion or told.occasion,
        levels=wish.levels or told.levels,
        minutes=wish.minutes or told.minutes,
    )


def _read(said: str, text: str, language: str) -> Wish:
    words = words_of(language)
    wish = Wish(language=language, said=said, text=text, whole=bool(words.whole.search(text)))
    rest = text
    for peel in PEELERS:
        wish, rest = peel(wish, rest, words)
    return replace(wish, rest=bare(rest, language))
