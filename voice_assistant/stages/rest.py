"""What is for no skill of its own: questions about the world, and talk."""

from __future__ import annotations

import re

from voice_assistant.stages.heard import Heard
from voice_assistant.turn import Route

_QUESTION = {
    "en": re.compile(
        r"^(?:(?:and|but|so) )?(?:who|what|when|where|why|how|which|whose|is|are|was|were|do|does|did|has|"
        r"have|can|could|tell me (?:about|who|what|when|where|why|how)|explain|what's|who's|where's|how's)\b"
    ),
    "zh": re.compile(
        r"谁|什么|哪|几|多少|怎么|为什么|为何|如何|吗$|是不是|介绍|解释|多[大高远长久]"
    ),
}


async def knowledge(heard: Heard) -> Route | None:
    """Questions about the world."""
    language = heard.utterance.language
    if "knowledge" not in heard.lexicon.known or not _QUESTION[language].search(heard.text):
        return None
    return Route(skill="knowledge", intent="answer", text=heard.text, stage="knowledge")


async def chat(heard: Heard) -> Route | None:
    """Everything else that has words."""
    if "chat" not in heard.lexicon.known or not heard.text:
        return None
    return Route(skill="chat", intent="talk", text=heard.text, stage="chat")


async def unknown(heard: Heard) -> Route | None:
    """An honest "I don't know"."""
    return Route(skill=None, intent=None, text=heard.text, stage="unknown")
