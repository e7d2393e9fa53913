"""What a language model found in a meeting, by the number of the sentence: never its own words,
but for the summary, which says what it is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """As far as the model has read. Sentences are counted from 0 within their meeting."""

    read: int = 0
    """Sentences read so far: a run that was cut off goes on from there."""
    decisions: frozenset[int] = frozenset()
    todos: Mapping[int, str] = field(default_factory=dict)
    """The owner by the sentence; empty where nobody is named."""
    summary: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """Sentences, and those of the meeting that they are made from."""

    def record(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "read": self.read,
            "decisions": sorted(self.decisions),
            "todos": {str(number): owner for number, owner in self.todos.items()},
            "summary": [[text, list(numbers)] for text, numbers in self.summary],
        }

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Findings:
        """From plain data."""
        return cls(
            read=record["read"],
            decisions=frozenset(record["decisions"]),
            todos={int(number): owner for number, owner in record["todos"].items()},
            summary=tuple((text, tuple(numbers)) for text, numbers in record["summary"]),
        )
