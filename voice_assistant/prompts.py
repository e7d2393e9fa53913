"""Prompts, laid out so that a model reads each word once.

What never changes comes first: instructions, then examples. What changes (the time, what the
household wants remembered) comes last, inside the newest message, and stays there when that message
becomes history: the key-value cache of all that went before holds from turn to turn.
"""

from __future__ import annotations

from collections.abc import Sequence

from voice_assistant.engines import Message
from voice_assistant.texts import load


def chat_prefix(language: str, *, persona: str = "", child: bool = False) -> list[Message]:
    """The unchanging start of every talk in a language."""
    prompt = load("prompts")[language]["chat"]
    parts = [prompt["system"]]
    if persona:
        parts.append(prompt["persona"].format(persona=persona))
    if child:
        parts.append(prompt["child"])
    messages = [Message(role="system", content=" ".join(parts))]
    for asked, answered, *notes in prompt["child_examples" if child else "examples"]:
        messages.append(user_message(asked, language, notes))
        messages.append(Message(role="assistant", content=answered))
    return messages


def user_message(text: str, language: str, notes: Sequence[str] = ()) -> Message:
    """What the user says now, with what is good to know about it behind it."""
    if not notes:
        return Message(role="user", content=text)
    known = ("；" if language == "zh" else "; ").join(notes)
    said = load("prompts")[language]["notes"].format(notes=known)
    return Message(role="user", content=f"{text} {said}")
