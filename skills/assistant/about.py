"""What this skill needs of the assistant: the service `assistant`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol


class About(Protocol):
    """The assistant, as far as it answers about itself and can be told to change."""

    def examples(self, language: str) -> Sequence[str]:
        """Sentences that the installed skills answer, from their own tests, some of each."""
        ...

    def every_example(self, language: str) -> Sequence[str]:
        """All such sentences."""
        ...

    def title(self, skill: str, intent: str, language: str) -> str:
        """A few words for what an intent does, as they are said; empty where it has none."""
        ...

    def get(self, key: str) -> Any:
        """A setting, such as `speaking.pace`."""
        ...

    def change(self, key: str, value: Any) -> None:
        """Change a setting, now and for good."""
        ...

    def forget(self, since: datetime) -> int:
        """Delete what was said from then on, wherever it is kept; how many turns it was."""
        ...

    def privacy(self, on: bool) -> None:
        """Close or open the microphone."""
        ...
