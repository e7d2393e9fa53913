"""What the assistant says itself must not wake it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

LATE = 0.6
"""Seconds for which a sentence still counts as being said: the room returns it late, and the wake
word in it is noticed later."""


@dataclass(eq=False)
class OwnWords:
    """The sentence that sounds now, and the one before while its echo may still come."""

    _said: str = ""
    _before: str = ""
    _until: float = 0.0
    """Seconds of audio."""

    def say(self, text: str, now: float) -> None:
        """From now on this sounds, or nothing where it is empty."""
        if text != self._said:
            self._before, self._until = self._said, now + LATE
        self._said = text

    def any(self, mentions: Callable[[str], bool], now: float) -> bool:
        """Whether one that may be heard now mentions something."""
        return mentions(self._said) or (now < self._until and mentions(self._before))
