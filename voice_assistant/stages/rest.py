"""What is for no skill of its own: questions about the world, and talk."""

from __future__ import annotations

import re

from voice_assistant.stages.heard import Heard
from voice_assistant.turn import Route

_QUESTION = {
    "en": re.compile(
        r"^(?:(?:and|but|so) )?"
        r"(?:(?:at|in|on|to|from|by|for|with|of) (?=what|which|whose|whom))?"
        r"(?:who|what|when|where|why|how|which|whose|whom|is|are|was|were|do|does|did|has|have|can|could|"
        r"tell me (?:about|who|what|when|where|why|how)|explain|what's|who's|where's|how's)\b"
        r"|^.+ (?:in|of|on|at|to|from|by) (?:which|what) \w+$"
    ),
    "zh": re.compile(
        r"谁|什么|哪|几|多少|怎么|为什么|为何|如何|吗$|是不是|介绍|解释|多[大高远长久]"
    ),
}

_NAMED = re.compile(
    r"^(?:the )?(?:(?:(?:second|third|fourth|fifth) )?(?:first|last|\w{2,}(?:est|most)|most \w+)"
    r"(?: [\w'’-]+){1,3} (?:of|in|on|to)"
    r"|(?:capital|population|currency|flag|president|king|queen|founder|inventor|author|composer"
    r"|height|length|depth|area|speed) of) (?:[\w'’-]+ ?){1,6}$"
)
"""What is asked for by its name: "capital of Mongolia", "the highest mountain in Africa"."""


async def knowledge(heard: Heard) -> Route | None:
    """Questions about the world."""
    language = heard.utterance.language
    if "knowledge" not in heard.lexicon.known:
        return None
    if _QUESTION[language].search(heard.text):
        intent = "answer"
    elif language == "en" and _NAMED.fullmatch(heard.text):
        intent = "named"
    else:
        return None
    return Route(skill="knowledge", intent=intent, text=heard.text, stage="knowledge")


async def chat(heard: Heard) -> Route | None:
    """Everything else that has words."""
    if "chat" not in heard.lexicon.known or not heard.text:
        return None
    return Route(skill="chat", intent="talk", text=heard.text, stage="chat")


async def unknown(heard: Heard) -> Route | None:
    """An honest "I don't know"."""
    return Route(skill=None, intent=None, text=heard.text, stage="unknown")
