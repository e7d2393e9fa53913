"""Make a story as long as was asked."""

from __future__ import annotations

from dataclasses import replace

from .story import Scene, Story, spoken_seconds


def fitted(story: Story, seconds: float) -> Story:
    """The story with as many of the paragraphs it can do without as the time allows.

    Of equal ones those late in the story go first, so that a long evening's chapters grow shorter.
    """
    left = story.seconds - seconds
    scenes = list(story.scenes)
    spares = [
        (spare, at, paragraph)
        for at, scene in enumerate(scenes)
        for paragraph, spare in {line.paragraph: line.spare for line in scene.lines}.items()
        if spare
    ]
    for _, at, paragraph in sorted(spares, reverse=True):
        saved = _seconds(scenes[at], paragraph, story.language)
        if left > saved / 2:
            left -= saved
            scenes[at] = _without(scenes[at], paragraph)
    return replace(story, scenes=tuple(scene for scene in scenes if scene.lines))


def _seconds(scene: Scene, paragraph: int, language: str) -> float:
    return sum(
        spoken_seconds(each, language) for each in scene.lines if each.paragraph == paragraph
    )


def _without(scene: Scene, paragraph: int) -> Scene:
    return replace(scene, lines=tuple(each for each in scene.lines if each.paragraph != paragraph))
