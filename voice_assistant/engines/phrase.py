"""Any phrase as a wake word, with no training: short speech is recognised and compared by sound.

It costs a recognition for every stretch of speech, so the trained wake words stay the default.
Those it helps where a phrase was said alone, which their models now and then do not notice.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Self

from rapidfuzz import fuzz

from voice_assistant.audio.frames import FRAME_SECONDS, Frame
from voice_assistant.engines import Recognizer, VoiceDetector
from voice_assistant.engines.readings import sound_of

SPEECH = 0.5
"""Probability of speech from which a frame belongs to a phrase."""

PRE_ROLL_SECONDS = 0.4
PAUSE_SECONDS = 0.25
"""Silence that ends a stretch of speech."""

SURE_PAUSE_SECONDS = 0.55
"""Silence after which what was said alone is looked at once more: the soft end of a word is in it,
and the noise around shows what is noise."""

LONGEST_SECONDS = 1.8
"""Of a stretch only the beginning is looked at: a wake word comes first. A command in the same
breath does not delay it further."""

RARELY_SECONDS = 5.0
"""As a help it looks at most so often: a room full of short words must not cost a core."""

NEARLY_ALONE = 4.5
"""How much less probable (natural logarithm) a phrase said alone may be than what was read, at
sensitivity 0.5; one more at 1. Of hardly audible recordings of "alexa" most lay within 4.4, of 49
other short sounds (words, sneezes, barks, rain) each at 5.1 or more."""

DOUBTFUL = 0.4
"""Confidence below which what was read is held against the phrase at all: a clear "Alexis" is one."""

LIKENESS = 80
"""Percent of likeness in sound at sensitivity 0.5; ten more at 0, ten fewer at 1."""


class PhraseSpotter:
    """Notices phrases, in any language that the recogniser hears, at the start of speech; with
    `alone` only those with silence around them, and seldom."""

    def __init__(
        self,
        phrases: Sequence[str],
        recognizer: Recognizer,
        detector: VoiceDetector,
        sensitivity: float = 0.5,
        *,
        alone: bool = False,
    ) -> None:
        self.sensitivity = sensitivity
        self._phrases = {phrase: sound_of(phrase) for phrase in phrases}
        self._recognizer = recognizer
        self._detector = detector
        self._roll: deque[Frame] = deque(maxlen=round(PRE_ROLL_SECONDS / FRAME_SECONDS))
        self._speech: list[Frame] = []
        self._silent = 0
        self._looks = 0
        """At this stretch, so far."""
        self._alone = alone
        self._pauses = (PAUSE_SECONDS, SURE_PAUSE_SECONDS) if alone else (PAUSE_SECONDS,)
        self._rest = 0
        """Frames in which it does not look."""
        self.late = 0.0
        """Seconds of speech that the phrase was looked for in: a command may follow it there."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._detector.__exit__(*_)

    def feed(self, frame: Frame) -> str | None:
        """The phrase that just ended, or None."""
        speaks = self._detector.feed(frame) >= SPEECH
        self._rest = max(0, self._rest - 1)
        if not self._speech and not speaks:
            self._roll.append(frame)
            return None
        if not self._speech:
            self._speech = [*self._roll]
            self._roll.clear()
        self._speech.append(frame)
        self._silent = 0 if speaks else self._silent + 1
        heard = self._look() if self._is_due() else None
        if self._silent * FRAME_SECONDS >= self._pauses[-1]:
            self._forget()
        return heard

    def reset(self) -> None:
        """Forget the sound so far."""
        self._detector.reset()
        self._roll.clear()
        self._rest = 0
        self._forget()

    def _is_due(self) -> bool:
        """Whether now is the time to look at what was said so far."""
        if self._looks == len(self._pauses):
            return False
        seconds, pause = len(self._speech) * FRAME_SECONDS, self._silent * FRAME_SECONDS
        ended = pause >= self._pauses[self._looks]
        if self._alone:
            rests = self._rest and not self._looks
            return ended and not rests and seconds - pause < LONGEST_SECONDS - PAUSE_SECONDS
        return ended or seconds >= LONGEST_SECONDS

    def _forget(self) -> None:
        self._speech, self._silent, self._looks = [], 0, 0

    def _look(self) -> str | None:
        """The phrase that the speech so far begins with. Only the reading taken counts: among the
        others are the phrases themselves, since the recogniser is told of them. One said alone is
        held against the sound itself, for such short sound is easily taken for noise."""
        recognition = self._recognizer.start(() if self._alone else tuple(self._phrases))
        for frame in self._speech:
            recognition.feed(frame)
        transcript = recognition.finish()
        doubtful = self._alone and transcript.confidence < DOUBTFUL
        if doubtful:
            written = [form for phrase in self._phrases for form in (phrase, phrase.title())]
            less = NEARLY_ALONE + 2 * (self.sensitivity - 0.5)
            transcript = recognition.weigh(written, less * self._recognizer.sharpness)
        heard = self._like(sound_of(transcript.text))
        self.late = len(self._speech) * FRAME_SECONDS
        self._looks = self._looks + 1 if doubtful and not heard else len(self._pauses)
        if self._alone:
            self._rest = round(RARELY_SECONDS / FRAME_SECONDS)
        return heard

    def _like(self, heard: str) -> str | None:
        """The phrase that what was heard begins with, by its sound."""
        likeness, phrase = max(
            (fuzz.ratio(sound, heard[: len(sound)]), phrase)
            for phrase, sound in self._phrases.items()
        )
        return phrase if likeness >= LIKENESS + (0.5 - self.sensitivity) * 20 else None
