"""The router's stages. Each takes what was heard and returns a route, or None: not mine.

Deterministic first: a wrong match that sounds sure is worse than a question.
"""

from __future__ import annotations

from voice_assistant.stages.carried import carried
from voice_assistant.stages.choosing import model
from voice_assistant.stages.earlier import earlier
from voice_assistant.stages.heard import Heard, Stage
from voice_assistant.stages.likely import clarify, match
from voice_assistant.stages.own import is_control, is_halt
from voice_assistant.stages.rest import chat, knowledge, unknown
from voice_assistant.stages.sounding import misheard
from voice_assistant.stages.strict import JOINT, compound, templates
from voice_assistant.stages.talk import active, halt, question
from voice_assistant.stages.there import there
from voice_assistant.stages.words import alias, correction, quoting

STAGES: tuple[Stage, ...] = (
    halt,
    question,
    alias,
    active,
    correction,
    carried,
    there,
    quoting,
    compound,
    templates,
    earlier,
    misheard,
    match,
    clarify,
    model,
    knowledge,
    chat,
    unknown,
)

__all__ = ["JOINT", "STAGES", "Heard", "is_control", "is_halt"]
