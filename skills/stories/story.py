"""A story as data: what is told, by whom, where, and why people in it do what they do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

NARRATOR = "narrator"

LETTERS_A_SECOND = {"en": 16.2, "zh": 3.9}
"""Letters and signs of English, or characters of Chinese, that are told in a second at the
narrator's pace. English: measured with the joe voice (within 5 % over a tale). Chinese: the usual
pace of a human reader; espeak-ng by way of pinyin is slower, 2.4."""

LINE_PAUSE, PARAGRAPH_PAUSE, SCENE_PAUSE, QUESTION_PAUSE = 0.1, 0.5, 1.1, 3.0
"""Seconds of silence after a line, a paragraph, a scene, and a question to the listener."""

_UNSPOKEN = re.compile(r"[\s“”\"'‘’《》，。！？、；：…—]")


@dataclass(frozen=True, kw_only=True)
class Character:
    """Somebody in a story."""

    name: str
    kind: str = ""
    """What they are, with its article or measure word: "an old turtle", "一只老乌龟"."""
    pronoun: str = "it"
    """he, she, it or they; 他, 她 or 它."""
    voice: str = ""
    """How they speak, in words: high, low, slow, quick, soft, loud."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """Words spoken in one breath by one speaker."""

    text: str
    speaker: str = NARRATOR
    pause: float = LINE_PAUSE
    """Seconds of silence afterwards."""
    sound: str = ""
    """A sound heard after the words."""
    paragraph: int = 0
    """Which paragraph of its scene it is in."""
    spare: int = 0
    """0: the story needs its paragraph; 1: it can do without; 2: it is left out first."""
    question: bool = False
    """Whether it asks the listener something; left out at bedtime."""
    language: str = ""
    """When it is not the story's."""


@dataclass(frozen=True, kw_only=True)
class Option:
    """One way a story may go on."""

    label: str
    """What the hero would do: "take the little boat"."""
    words: tuple[str, ...] = ()
    """Other words a listener may use for it: boat, river."""
    change: Mapping[str, Any] = field(default_factory=dict)
    """What it changes in the plan of the story."""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What happens in one place, with the reason for what the hero does in it."""

    lines: tuple[Line, ...]
    name: str = ""
    """Its part in the plan: open, problem, way, try, turn, end."""
    why: str = ""
    place: str = ""
    sound: str = ""
    """What is heard softly beneath its first paragraph."""
    question: str = ""
    """What the listener is asked at its end."""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Story:
    """A story ready to be told."""

    title: str
    language: str
    cast: Mapping[str, Character]
    """By role; `hero` is always there."""
    scenes: tuple[Scene, ...]
    place: str = ""
    lesson: str = ""
    """What it teaches, in words that can be spoken."""
    deed: str = ""
    """What the hero did in it, for the next story of the series: "who found the moon's bell"."""
    parts: tuple[str, ...] = ()
    """Where it comes from: a tale's file name, or the parts of the kit it is made of."""
    plan: Mapping[str, Any] | None = None
    """The plan it was woven from, as plain data; None for a tale."""

    @property
    def hero(self) -> Character:
        """Whom it is about."""
        return self.cast["hero"]

    @property
    def lines(self) -> list[Line]:
        """Every line, in order."""
        return [line for scene in self.scenes for line in scene.lines]

    @property
    def seconds(self) -> float:
        """How long the telling takes at the narrator's own pace."""
        return sum(spoken_seconds(line, self.language) for line in self.lines)

    def to_json(self) -> dict[str, Any]:
        """Plain data, for a bookmark or the shelf."""
        return asdict(self)


def spoken_seconds(line: Line, language: str) -> float:
    """How long a line sounds, with the pause after it, at the narrator's pace."""
    tongue = line.language or language
    text = _UNSPOKEN.sub("", line.text) if tongue == "zh" else line.text
    return len(text) / LETTERS_A_SECOND[tongue] + line.pause


def from_json(data: Mapping[str, Any]) -> Story:
    """The story kept as `data`."""
    fields = dict(data)
    fields["cast"] = {role: Character(**each) for role, each in data["cast"].items()}
    fields["scenes"] = tuple(map(_scene, data["scenes"]))
    fields["parts"] = tuple(data["parts"])
    return Story(**fields)


def _scene(data: Mapping[str, Any]) -> Scene:
    fields = dict(data)
    fields["lines"] = tuple(Line(**line) for line in data["lines"])
    fields["options"] = tuple(
        Option(**{**each, "words": tuple(each["words"])}) for each in data["options"]
    )
    return Scene(**fields)
