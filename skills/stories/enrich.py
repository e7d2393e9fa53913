"""The language model's part: a few words more of what can be seen and heard, while a scene is told.

The story stands without it. The model ends sentences that are begun for it, one for a scene, with
what suits it best of what is offered; one that is not whole, or not ready, is left out. What it may
write for a whole story is counted: a slow model must not keep the machine from speaking.
"""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import replace

from voice_assistant.skill import Message, Mind, VoiceAssistantError

from . import check
from .endings import Ending, asks, endings
from .story import PARAGRAPH_PAUSE, Line, Scene, Story, spoken_seconds

SHARE = 0.06
"""Of the story's length that may be added."""
SENTENCE_TOKENS = 32
STORY_TOKENS = 100
"""What the model may write for a sentence and for a story: about six seconds at 16 tokens a second,
as Qwen2.5 1.5B writes on two cores."""
SCENES = ("way", "low")
"""Scenes with room for description; what must not be touched is left alone."""
CONTEXT_LINES = 2
"""Lines of the scene that the model reads before it writes."""


class Enricher:
    """Asks for additions to the scenes ahead, one after the other."""

    def __init__(self, mind: Mind, story: Story) -> None:
        self._mind = mind
        self._story = story
        self._seconds = story.seconds * SHARE
        self._tokens = STORY_TOKENS
        self._written: dict[str, str] = {}

    async def run(self, start: int) -> None:
        """Write for the scenes from number `start` on, as long as there is room."""
        if not self._mind.ready or self._story.plan is None:
            return
        scenes = [each for each in self._story.scenes[start:] if each.name.startswith(SCENES)]
        for scene, ending in zip(scenes, endings(self._story), strict=False):
            if self._tokens < SENTENCE_TOKENS or self._seconds <= 0:
                return
            try:
                text = await self._sentence(scene, ending)
            except VoiceAssistantError:
                return
            if text and not check.told(text, self._story):
                self._seconds -= spoken_seconds(Line(text=text), self._story.language)
                self._written[scene.name] = text

    async def _sentence(self, scene: Scene, ending: Ending) -> str:
        """What the model makes of a sentence's beginning; empty when it is of no use."""
        ask = asks(self._story.language)
        told = " ".join(line.text for line in scene.lines[:CONTEXT_LINES])
        asked = ask["question"].format(place=self._story.place, text=told, begun=ending.begun)
        chat = [
            Message(role="system", content=ask["system"]),
            Message(role="user", content=asked),
        ]
        written: list[str] = []
        thought = self._mind.think(chat, limit=SENTENCE_TOKENS, grammar=ending.grammar)
        async with aclosing(thought) as pieces:
            async for piece in pieces:
                written.append(piece)
                self._tokens -= 1
        return ending.whole("".join(written).strip())

    def scene(self, scene: Scene) -> Scene | None:
        """The scene with what was written for it; None when there is nothing (yet)."""
        text = self._written.pop(scene.name, "")
        if not text:
            return None
        first = [line for line in scene.lines if line.paragraph == scene.lines[0].paragraph]
        added = Line(text=text, pause=PARAGRAPH_PAUSE, paragraph=first[0].paragraph, spare=2)
        rest = scene.lines[len(first) :]
        return replace(scene, lines=(*first, added, *rest))
