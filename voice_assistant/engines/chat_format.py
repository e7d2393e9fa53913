"""How a chat is written for a model: our own rendering, in the place of the template in its file.

A GGUF file carries its chat template as a Jinja program, which whoever made the file wrote
(CVE-2024-34359 is what running one led to). It is never run: it only tells the family, whose format
stands in data/chat_templates.yaml. One that does more than format is reason to refuse the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from voice_assistant.engines import Message
from voice_assistant.errors import ModelError
from voice_assistant.texts import load

_MORE_THAN_FORMAT = re.compile(
    r"__\w+__|\b(?:import|include|extends|attr|lipsum|cycler|joiner|self|config|request|globals"
    r"|getattr|popen|eval|exec|subprocess|builtins)\b(?!['\"])",
)
_JINJA = re.compile(r"\{[{%](.*?)[%}]\}", re.S)
_LITERAL = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", re.S)


class Part(NamedTuple):
    """A stretch of a prompt. Only markup may become special tokens: what people, documents or the
    model wrote cannot forge a role."""

    text: str
    markup: bool


@dataclass(frozen=True, slots=True)
class ChatFormat:
    """The way one family of models writes a chat."""

    before: str
    after: str
    roles: dict[str, str]
    has_system: bool

    def render(self, chat: Sequence[Message], *, opens: str) -> Iterator[Part]:
        """The parts of the prompt; at the end the turn of `opens`, a role, is opened."""
        for message in chat if self.has_system else _without_system(chat):
            yield Part(self._before(message.role), markup=True)
            yield Part(message.content, markup=False)
            yield Part(self.after, markup=True)
        yield Part(self._before(opens), markup=True)

    def _before(self, role: str) -> str:
        return self.before.format(role=self.roles.get(role, role))


def recognise(template: str, file: str) -> ChatFormat:
    """The format of the family whose template this is; refuses what is unknown or unsafe."""
    if any(_MORE_THAN_FORMAT.search(_code(block)) for block in _JINJA.findall(template)):
        raise ModelError(
            f"The chat template in {file} does more than format a chat, so the file is not used:"
            " take a model of the catalogue ('voice-assistant models list')."
        )
    for family in load("chat_templates").values():
        if all(mark in template for mark in family["marks"]):
            before, after = family["turn"]
            return ChatFormat(
                before=before,
                after=after,
                roles=family.get("roles", {}),
                has_system=family.get("system", True),
            )
    raise ModelError(
        f"The chat format of {file} is not known here: take a model of the catalogue"
        " ('voice-assistant models list')."
    )


def _code(block: str) -> str:
    """A block of a template without its string literals, save those that are subscripts."""
    subscripts = " ".join(re.findall(r"\[\s*['\"](\w+)['\"]", block))
    return f"{_LITERAL.sub('', block)} {subscripts}"


def _without_system(chat: Sequence[Message]) -> list[Message]:
    """The system's words put in front of the first user message."""
    system = "\n".join(m.content for m in chat if m.role == "system")
    rest = [m for m in chat if m.role != "system"]
    if system and rest:
        rest[0] = Message(role=rest[0].role, content=f"{system}\n\n{rest[0].content}")
    return rest
