"""The talk so far, as the model sees it."""

from __future__ import annotations

from datetime import datetime, timedelta

from voice_assistant.skill import Message

FORGOTTEN = timedelta(minutes=10)
"""After this long without talk a new one begins."""
MOST = 32
"""Messages kept. When there are more, the older half goes at once: a window that slides with every
turn would have the model read everything again with every turn."""

LATELY = 1
"""Turns that even a small model has in mind."""


class Conversation:
    """Messages of the user and of the assistant, taken in turn."""

    def __init__(self) -> None:
        self._messages: list[Message] = []
        self._language = ""
        self._last: datetime | None = None

    @property
    def messages(self) -> tuple[Message, ...]:
        """Those of the talk so far."""
        return tuple(self._messages)

    def with_new(self, message: Message, language: str, now: datetime) -> list[Message]:
        """The messages to answer, `message` the last; the talk itself is not changed yet."""
        if language != self._language or self._last is None or now - self._last > FORGOTTEN:
            return [message]
        return [*self._messages, message]

    def keep(self, messages: list[Message], reply: str, language: str, now: datetime) -> None:
        """The reply (as far as it was heard) to these messages; the talk goes on from there."""
        self._messages = [*messages, Message(role="assistant", content=reply)]
        if len(self._messages) > MOST:
            del self._messages[: MOST // 2]
        self._language, self._last = language, now

    def holds(self, word: str) -> bool:
        """Whether a word was said in the part of the talk that is still known."""
        return any(word.lower() in m.content.lower() for m in self._messages)

    def lately(self, text: str) -> bool:
        """Whether a text was among the last that were said: nobody needs reminding of it."""
        return any(m.content.startswith(text) for m in self._messages[-2 * LATELY :])

    def clear(self) -> None:
        """A new talk."""
        self._messages.clear()
        self._last = None
