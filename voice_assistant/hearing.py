"""One utterance while it is heard: what was said so far, whether that is a whole request, and
whether it went on.

It is fed by the ears, which own the time: nothing here looks at a clock or waits.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from voice_assistant.audio.frames import FRAME_SECONDS, Frame
from voice_assistant.endpointing import SPEECH, Endpointing, Pause, Text, looks
from voice_assistant.engines import Recognition, Transcript
from voice_assistant.events import Heard

PRE_ROLL = 0.5
"""Seconds kept from before speech was noticed: the first consonant is never lost."""

STARTS = 4
"""Frames of speech in a row that begin an utterance: a click is shorter."""

OTHERS = 3
"""Alternatives of the recogniser that may show that a request is whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What a household makes of the texts it hears."""

    clean: Callable[[str], str]
    """Takes a left-over wake word off a text."""
    whole: Callable[[str, str], bool]
    """Whether a text in a language is a whole command."""
    suggest: Callable[[Transcript], Sequence[str]]
    """Requests that may have been said in place of what was heard."""

    def is_whole(self, transcript: Transcript) -> bool:
        """Whether the text, or what the recogniser nearly wrote in its place, is a whole request."""
        said = self.clean(transcript.text)
        others = map(self.clean, transcript.alternatives[:OTHERS])
        likely = [said, *(other for other in others if len(other) >= len(said))]
        return any(self.whole(each, transcript.language) for each in likely)

    def says_more(self, told: Transcript, all_of_it: Transcript) -> bool:
        """Whether an utterance that went on is another request now: where it was a whole one
        before and stands unchanged, what came after it may have been said to somebody else."""
        texts = (self.clean(each.text).lower() for each in (told, all_of_it))
        before, now = ("".join(filter(str.isalnum, text)) for text in texts)
        if len(now) <= len(before):
            return False
        unchanged = now.startswith(before)
        return self.is_whole(all_of_it) or not (unchanged and self.is_whole(told))


@dataclass(eq=False, kw_only=True)
class Hearing:
    """An utterance that is being heard."""

    recognition: Recognition
    language: str
    """Of partial texts: recognisers that give them hear one language."""
    texts: Texts
    ending: Endpointing
    deadline: float
    """Seconds of audio until which speech must have begun."""
    woken: bool
    expected: bool = False
    """Heard by the recogniser that a question asked for."""
    aside: bool = False
    """Heard beside music, without the wake word: only "pause", "louder" and the like count."""
    spoke: bool = False
    speech_ended: float = 0.0
    """Seconds of audio."""
    _run: int = 0
    """Frames of speech in a row."""
    _partial: str = ""
    """The text so far, from a recogniser that tells while somebody speaks."""
    _transcript: Transcript | None = None
    """The text as of this pause."""
    _roll: deque[Frame] = field(
        default_factory=lambda: deque(maxlen=round(PRE_ROLL / FRAME_SECONDS))
    )
    _told: Transcript | None = None
    """What was handed over already, when the utterance seemed to be at its end."""

    def hear(self, recognition: Recognition, language: str, *, expected: bool) -> None:
        """Nothing was said yet: another recogniser is to hear it."""
        self.recognition, self.language, self.expected = recognition, language, expected

    def begins(self, frame: Frame, speech: float, now: float) -> bool:
        """Take a frame before anybody spoke; whether somebody does now. `speech` is its
        probability."""
        if self.woken:
            self.recognition.feed(frame)
        else:
            self._roll.append(frame)
        if not self._speaks(speech):
            return False
        self.spoke, self.speech_ended = True, now
        self.ending.talking = True
        for kept in self._roll:
            self.recognition.feed(kept)
        self._roll.clear()
        return True

    def feed(self, frame: Frame, speech: float, now: float) -> tuple[str, Pause]:
        """Take a frame; the text so far where it changed, and what to do."""
        if partial := self.recognition.feed(frame):
            partial = self._partial = self.texts.clean(partial)
        pause = self.ending.feed(speech)
        if self.ending.quiet == 0.0:
            self.speech_ended, self._transcript = now, None
        return partial or "", pause

    def look(self) -> Transcript | None:
        """Decode in the pause, while it may still be one inside the sentence; later, where the words
        so far show that it is."""
        if self._partial and looks(self._partial, self.language, whole=False) is Text.UNFINISHED:
            self.ending.saw(Text.UNFINISHED)
            return None
        transcript = self._transcript = self._decoded()
        text = self.texts.clean(transcript.text)
        whole = bool(text) and not self.expected and self.texts.is_whole(transcript)
        self.ending.saw(looks(text, transcript.language, whole))
        return transcript

    def end(self, now: float) -> Heard:
        """All of it; no text where nothing more was asked than had been handed over before."""
        transcript = self._transcript or self._decoded()
        text = self.texts.clean(transcript.text)
        told, self._told = self._told, transcript
        if told and not self.texts.says_more(told, transcript):
            text = ""
        return Heard(
            at=now,
            text=text,
            language=transcript.language,
            alternatives=tuple(filter(None, map(self.texts.clean, transcript.alternatives))),
            confidence=transcript.confidence,
            expected=self.expected,
            continues=told is not None,
            speech_ended=self.speech_ended,
        )

    def goes_on(self, frame: Frame, speech: float, now: float) -> bool:
        """Take a frame after it seemed to be at its end; whether somebody speaks on."""
        self.recognition.feed(frame)
        if not self._speaks(speech):
            return False
        self.ending.go_on()
        self._transcript, self.speech_ended = None, now
        return True

    def _speaks(self, speech: float) -> bool:
        """Whether somebody has spoken for long enough to begin or to go on."""
        self._run = self._run + 1 if speech >= SPEECH else 0
        return self._run >= STARTS

    def _decoded(self) -> Transcript:
        """The text so far: a request that sounds like it in its place, where the sound allows."""
        transcript = self.recognition.finish()
        if self.expected or not transcript.text or not (likely := self.texts.suggest(transcript)):
            return transcript
        return self.recognition.weigh(likely)
