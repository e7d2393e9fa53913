"""Wake words by microWakeWord's small models, several at once: about 0.5 % of a core each."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Self

from voice_assistant.audio.frames import FRAME_SECONDS, Frame
from voice_assistant.errors import ModelError

REFRACTORY_SECONDS = 1.0
"""After a detection the same sound still scores high for a while: it counts once."""


LATE_SECONDS = 0.16
"""A detection comes late: a command said in the same breath has begun."""

SURE = 0.95
"""Probability from which a detection needs no second opinion."""

DOUBT_SECONDS = 0.2
"""A doubtful detection may still become a sure one for so long."""

LOOKED_AT_SECONDS = 1.8
"""Sound that the second opinion is given on: the longest phrase and a little before it."""

Confirm = Callable[[str, Sequence[Frame]], bool]
"""Whether a phrase is said in some frames."""


def built_in() -> tuple[str, ...]:
    """The phrases there are models for."""
    from pymicro_wakeword import Model

    return tuple(model.value.replace("_", " ") for model in Model)


class MicroWakeWord:
    """The models inside pymicro-wakeword, fed side by side from one set of features. With
    `confirm`, a probability that is neither high nor low asks for a second opinion."""

    def __init__(
        self,
        phrases: Sequence[str] = ("hey jarvis",),
        sensitivity: float = 0.5,
        confirm: Confirm | None = None,
    ) -> None:
        from pymicro_wakeword import MicroWakeWord as Detector
        from pymicro_wakeword import MicroWakeWordFeatures, Model

        known = {model.value.replace("_", " "): model for model in Model}
        wanted = [phrase.lower().replace("_", " ") for phrase in phrases]
        for phrase in wanted:
            if phrase not in known:
                raise ModelError(
                    f"There is no wake word model for '{phrase}': choose {', '.join(known)}."
                )
        self.phrases = tuple(wanted)
        self.sensitivity = sensitivity
        self._features = MicroWakeWordFeatures()
        self._detectors = {phrase: Detector.from_builtin(known[phrase]) for phrase in wanted}
        self._quiet_frames = 0
        self._confirm = confirm
        self._roll: deque[Frame] = deque(maxlen=round(LOOKED_AT_SECONDS / FRAME_SECONDS))
        self._doubted: dict[str, int] = {}
        """For each phrase in doubt, the frames left until the second opinion."""
        self.late = LATE_SECONDS

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for detector in self._detectors.values():
            detector.close()

    def feed(self, frame: Frame) -> str | None:
        """The phrase that just ended, or None."""
        self._quiet_frames = max(0, self._quiet_frames - 1)
        self._roll.append(frame)
        heard = None
        for features in self._features.process_streaming(frame.tobytes()):
            for phrase, detector in self._detectors.items():
                probability = detector.process_streaming_prob(features)
                if probability is None or self._quiet_frames:
                    continue
                if probability > self._cutoff(detector.probability_cutoff):
                    heard = phrase
                elif self._confirm and probability > self._doubt():
                    self._doubted.setdefault(phrase, round(DOUBT_SECONDS / FRAME_SECONDS))
        self.late = LATE_SECONDS
        if heard is None and self._doubted:
            heard = self._settle()
        if heard is not None:
            self._quiet_frames = round(REFRACTORY_SECONDS / FRAME_SECONDS)
            self._doubted.clear()
        return heard

    def _settle(self) -> str | None:
        """The phrase that was in doubt long enough, if the second opinion is that it was said."""
        assert self._confirm is not None
        for phrase in self._doubted:
            self._doubted[phrase] -= 1
        due = [phrase for phrase, left in self._doubted.items() if left == 0]
        for phrase in due:
            del self._doubted[phrase]
            if self._confirm(phrase, tuple(self._roll)):
                self.late = LATE_SECONDS + DOUBT_SECONDS
                return phrase
            self._quiet_frames = round(DOUBT_SECONDS / FRAME_SECONDS)
        return None

    def reset(self) -> None:
        """Forget the sound so far."""
        self._features.reset()
        self._quiet_frames = 0
        self._roll.clear()
        self._doubted.clear()
        for detector in self._detectors.values():
            detector.reset()

    def _cutoff(self, trained: float) -> float:
        """SURE where there is a second opinion. Else from the model's own cutoff at sensitivity 0
        down to 0.5 at 1: the built-in models are trained to be stricter than they need be. In 50
        recordings of "alexa" in noise at 10 dB the own cutoff misses 11 and 0.6 misses 6; 15
        minutes of other speech reach 0.5 never."""
        return SURE if self._confirm else trained - (trained - 0.5) * self.sensitivity

    def _doubt(self) -> float:
        """From 0.5 at sensitivity 0 down to 0.1 at 1."""
        return 0.5 - 0.4 * self.sensitivity
