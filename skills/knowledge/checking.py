"""Where the library is not sure, the language model says whether what was found answers.

It never answers itself. It is asked about one passage, with yes or no for an answer, behind a prompt
that is read once: about eighty tokens. (Of 34 findings between 0.03 and 0.5, Qwen2.5-Coder-1.5B
affirmed 14 of the 16 of the right article and 2 of the 18 others, of which one did answer; the
library's own probability does not part these.)
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing
from functools import cache
from pathlib import Path

from voice_assistant.engines import Message
from voice_assistant.errors import ModelError
from voice_assistant.knowledge import SURE, Finding
from voice_assistant.mind import Mind
from voice_assistant.texts import read_yaml

UNSURE, CLEAR = 0.03, 0.5
"""How likely a finding answers for the model to be asked about it; where it is likelier, it is
said as it is, where it is less likely, it is not looked at."""

TOO_SMALL = frozenset({"smollm2-135m"})
"""Models of the catalogue that are not asked: nobody measured whether they can tell."""

_GRAMMAR = 'root ::= "Yes" | "No"'


def least(mind: Mind, language: str) -> float:
    """How likely a finding must answer to be looked at."""
    return UNSURE if _can_tell(mind, language) else SURE


async def holds(mind: Mind, language: str, asked: str, finding: Finding) -> bool:
    """Whether a finding is to be said."""
    if finding.sure >= CLEAR or not _can_tell(mind, language):
        return finding.sure >= SURE
    chat = [*prefix(language), _question(finding.answer, asked)]
    try:
        async with aclosing(mind.think(chat, limit=2, grammar=_GRAMMAR)) as pieces:
            return "".join([piece async for piece in pieces]).startswith("Yes")
    except ModelError:
        return finding.sure >= SURE


def _can_tell(mind: Mind, language: str) -> bool:
    return mind.ready and mind.name not in TOO_SMALL and bool(prefix(language))


@cache
def prefix(language: str) -> Sequence[Message]:
    """The unchanging start of what the model is asked; empty in a language it is not asked in."""
    data = read_yaml((Path(__file__).parent / "data" / "checking.yaml").read_text("utf-8"))
    if not (prompt := data.get(language)):
        return ()
    messages = [Message(role="system", content=prompt["system"])]
    for text, question, answer in prompt["examples"]:
        messages += [_question(text, question), Message(role="assistant", content=answer)]
    return messages


def _question(text: str, asked: str) -> Message:
    asked = asked.strip().rstrip("?？.。! ").lower()
    return Message(role="user", content=f"Text: {text}\nQuestion: {asked}?")
