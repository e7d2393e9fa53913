"""The language model's part: a few words more of what can be seen and heard, while a scene is told.

The story stands without it. Each addition is checked, and left out when it is not fit or not ready.
"""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import replace

from voice_assistant.skill import Message, Mind, VoiceAssistantError

from . import check
from .story import (
    PARAGRAPH_PAUSE,
    Line,
    Scene,
    Story,
    spoken_seconds,
)

SHARE = 0.06
"""Of the story's length that may be added."""
TOKENS = 60
SCENES = ("way", "low")
"""Scenes with room for description; what must not be touched is left alone."""

_ASK = {
    "en": (
        "You help to tell a children's story. Answer with one or two short sentences in the past "
        "tense that describe what can be seen, heard or smelled there. No speech, no new people, "
        "nothing happens. For example: {example}",
        "The grass was still wet, and somewhere a bell rang.",
        "Where: {place}. Who: {hero}. So far: {text}\nWhat could be seen, heard or smelled there?",
    ),
    "zh": (
        "你在帮忙讲一个儿童故事。请用一两个短句，写写那里看得见、听得见、闻得到的东西。"
        "不要对话，不要新人物，不要发生新的事。比如：{example}",
        "草还湿着，远处有一口钟在响。",
        "地点：{place}。人物：{hero}。讲到：{text}\n那里看得见、听得见、闻得到什么？",
    ),
}


class Enricher:
    """Asks for additions to the scenes ahead, one after the other."""

    def __init__(self, mind: Mind, story: Story) -> None:
        self._mind = mind
        self._story = story
        self._left = story.seconds * SHARE
        self._written: dict[str, str] = {}
        self._ever = [_ASK[story.language][1]]

    async def run(self, start: int) -> None:
        """Write for the scenes from number `start` on, as long as there is room."""
        if not self._mind.ready or self._story.plan is None:
            return
        for scene in self._story.scenes[start:]:
            if scene.name.startswith(SCENES) and self._left > 0:
                try:
                    text = check.addition(await self._ask(scene), self._story, self._ever)
                except VoiceAssistantError:
                    return
                if text:
                    self._left -= spoken_seconds(Line(text=text), self._story.language)
                    self._written[scene.name] = text
                    self._ever.append(text)

    async def _ask(self, scene: Scene) -> str:
        system, example, question = _ASK[self._story.language]
        told = " ".join(line.text for line in scene.lines[:4])
        asked = question.format(place=self._story.place, hero=self._story.hero.name, text=told)
        chat = [
            Message(role="system", content=system.format(example=example)),
            Message(role="user", content=asked),
        ]
        async with aclosing(self._mind.think(chat, limit=TOKENS)) as pieces:
            return "".join([piece async for piece in pieces])

    def scene(self, scene: Scene) -> Scene | None:
        """The scene with what was written for it; None when there is nothing (yet)."""
        text = self._written.pop(scene.name, "")
        if not text:
            return None
        first = [line for line in scene.lines if line.paragraph == scene.lines[0].paragraph]
        added = Line(text=text, pause=PARAGRAPH_PAUSE, paragraph=first[0].paragraph, spare=2)
        rest = scene.lines[len(first) :]
        return replace(scene, lines=(*first, added, *rest))
