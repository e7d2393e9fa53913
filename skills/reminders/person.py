"""What one says to be reminded of, as it is said back: "call my mom" becomes "call your mom"."""

from __future__ import annotations

import re

_EN = {
    "i": "you",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "myself": "yourself",
    "i'm": "you're",
    "i've": "you've",
    "i'll": "you'll",
    "am": "are",
    "our": "your",
    "we": "you",
}


def turned(text: str, language: str) -> str:
    """The text with "I" turned to "you"."""
    if language == "zh":
        return text.replace("我们", "你们").replace("我", "你")
    return re.sub(r"[a-z']+", lambda word: _EN.get(word[0], word[0]), text)


_PLAIN = set("the a an your you to and of for in on at with my me i it that this some".split())


def telling(task: str) -> set[str]:
    """The words of a task that tell it from others; pairs of characters in Chinese."""
    if not task.isascii():
        return {task[at : at + 2] for at in range(len(task) - 1)}
    return {word for word in re.findall(r"[a-z']+", task.lower()) if word not in _PLAIN}
