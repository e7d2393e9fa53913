"""What the words of an utterance say about the answer they want: its length, its tone, what it asks
back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from voice_assistant.texts import read_yaml

_BRIEF = re.compile(
    r"\b(?:brief(?:ly)?|in (?:short|a word|one sentence)|quick(?:ly)?)\b|简短|一句话|简单说"
)
_LONG = re.compile(
    r"\b(?:in (?:more )?detail|at length|everything about|long answer)\b|详细|仔细|多说"
)
TIME = re.compile(
    r"\b(?:today|tonight|tomorrow|yesterday|now|morning|evening|week(?:end)?|day|date|year|month)\b"
    r"|今天|明天|昨天|今晚|现在|早上|晚上|周末|星期|几点|今年"
)

QUESTION = re.compile(
    r"^(?:what|who|whom|whose|which|when|where|why|how|is|are|was|were|do|does|did|can|could|will"
    r"|would|should|shall|may|have|has)\b|[吗呢么？?]$|什么|怎么|怎样|为什么|谁|哪|几|多少|([\u4e00-\u9fff])[不没]\1"
)
"""What is asked; all else is told."""

RECALL = re.compile(
    r"\b(?:do|can) you (?:still )?(?:remember|recall|know) (?:what|who|where|when|how|which|my|our|if)"
    r"|\b(?:what|who|where|when) did i (?:tell|say)|\bdid i (?:tell|say|mention)"
    r"|^(?:and |so )?(?:what|who|where|when|which|how)\b.*\bagain\b"
    r"|^what(?:'s| is| was) (?:my|our)\b|^(?:and )?(?:who|where)(?:'s| is| was) (?:my|our)\b"
    r"|记得.*[吗么嘛]?$|来着|说过[吧吗没]"
    r"|我(?:跟|和|对)你(?:说|讲|提)过|我告诉过你|我(?:刚刚?|刚才|之前|前面)(?:跟你|和你)?(?:说|讲|提).*(?:谁|哪|什么|几|多)"
    r"|^我(?:们)?的?.{1,8}(?:是什么|叫什么|是谁)"
)
"""Questions about what the household told: a fact that was kept answers, no model."""


def tone(text: str, language: str) -> str:
    """The phrases that answer a text where there is no model."""
    for tone, words in _tones()[language].items():
        if re.search(words, text):
            return f"lost_{tone}"
    return "lost_question" if QUESTION.search(text) else "lost"


@cache
def _tones() -> Mapping[str, Mapping[str, str]]:
    file = Path(__file__).parent / "data" / "tones.yaml"
    data: Mapping[str, Mapping[str, str]] = read_yaml(file.read_text(encoding="utf-8"))
    return data


def length(text: str) -> str:
    """How long a reply is asked for."""
    low = text.lower()
    return "brief" if _BRIEF.search(low) else "long" if _LONG.search(low) else "normal"
