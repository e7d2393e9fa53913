"""How a story is spoken: manners, pauses that breathe, sounds, and a calm for bedtime."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from voice_assistant.skill import Piece, Prosody

from . import sounds
from .story import Character, Story

NARRATION = 0.92
"""The narrator's pace, of the voice's own."""

MANNERS = {
    "high": Prosody(pitch=3.0),
    "low": Prosody(pitch=-3.0),
    "slow": Prosody(pace=0.88),
    "quick": Prosody(pace=1.1),
    "soft": Prosody(gain=-3.0),
    "loud": Prosody(gain=2.0),
}
"""What the words that describe a voice do to it."""

BEDTIME_PACE, BEDTIME_GAIN, BEDTIME_REST = 0.9, -2.0, 1.6
"""At the beginning of a bedtime story: of the narrator's pace, dB, times the usual pauses."""
CALMER_PACE, CALMER_GAIN = 0.02, -1.0
"""What each further chapter takes from the pace and adds in dB."""
SLOWEST, QUIETEST = 0.78, -8.0
LULLABY_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in a story: a line of a scene."""

    scene: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How the whole story is told."""

    bedtime: bool = False
    plain: bool = False
    """One voice and no sounds."""


def pieces(story: Story, scene: int, manner: Manner, start: int = 0) -> Iterator[Piece]:
    """A scene from its line `start` on, ready to be spoken. Each mark is the place that follows."""
    told = story.scenes[scene]
    for number, line in enumerate(told.lines):
        if number < start or (line.question and manner.bedtime):
            continue
        under = told.sound if line.paragraph == 0 and not manner.plain else ""
        yield Piece(
            text=line.text,
            language=line.language or None,
            prosody=prosody(story.cast.get(line.speaker), scene, manner),
            sound=sounds.effect(line.sound) if line.sound and not manner.plain else None,
            under=sounds.bed(under) if under else None,
            pause=line.pause * (BEDTIME_REST if manner.bedtime else 1.0),
            mark=Place(scene=scene, line=number + 1),
        )


def prosody(who: Character | None, chapter: int, manner: Manner) -> Prosody:
    """The manner of a character (None: the narrator) in a chapter."""
    pace, pitch, gain = NARRATION, 0.0, 0.0
    for word in who.voice.split() if who and not manner.plain else ():
        pace *= MANNERS[word].pace
        pitch += MANNERS[word].pitch
        gain += MANNERS[word].gain
    if manner.bedtime:
        pace = max(SLOWEST, pace * (BEDTIME_PACE - CALMER_PACE * chapter))
        gain = max(QUIETEST, gain + BEDTIME_GAIN + CALMER_GAIN * chapter)
        pitch /= 2
    return Prosody(pace=round(pace, 3), pitch=pitch, gain=gain)


def goodnight(story: Story) -> Piece:
    """The soft sound a bedtime story ends in."""
    beds = [scene.sound for scene in story.scenes if scene.sound in ("rain", "sea", "crickets")]
    return Piece(sound=sounds.lullaby(beds[-1] if beds else "sea", LULLABY_SECONDS))


def back(story: Story, place: Place, lines: int) -> Place:
    """The place so many spoken lines before this one."""
    scene, line = min(place.scene, len(story.scenes)), place.line
    while lines and (scene, line) > (0, 0):
        if line == 0:
            scene -= 1
            line = len(story.scenes[scene].lines)
        else:
            line -= 1
            lines -= 1
    return replace(place, scene=scene, line=line)
