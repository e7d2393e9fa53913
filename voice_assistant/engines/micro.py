"""Wake words by microWakeWord's small models, several at once: about 0.5 % of a core each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from voice_assistant.audio.frames import FRAME_SECONDS, Frame
from voice_assistant.errors import ModelError

REFRACTORY_SECONDS = 1.0
"""After a detection the same sound still scores high for a while: it counts once."""


class MicroWakeWord:
    """The models inside pymicro-wakeword, fed side by side from one set of features."""

    def __init__(self, phrases: Sequence[str] = ("hey jarvis",), sensitivity: float = 0.5) -> None:
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

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for detector in self._detectors.values():
            detector.close()

    def feed(self, frame: Frame) -> str | None:
        """The phrase that just ended, or None."""
        self._quiet_frames = max(0, self._quiet_frames - 1)
        heard = None
        for features in self._features.process_streaming(frame.tobytes()):
            for phrase, detector in self._detectors.items():
                probability = detector.process_streaming_prob(features)
                if probability is not None and probability > self._cutoff(
                    detector.probability_cutoff
                ):
                    heard = phrase
        if heard is None or self._quiet_frames:
            return None
        self._quiet_frames = round(REFRACTORY_SECONDS / FRAME_SECONDS)
        return heard

    def reset(self) -> None:
        """Forget the sound so far."""
        self._features.reset()
        self._quiet_frames = 0
        for detector in self._detectors.values():
            detector.reset()

    def _cutoff(self, trained: float) -> float:
        """From the model's own cutoff at sensitivity 0 down to 0.5 at 1. The built-in models are
        trained to be stricter than they need be: in 50 recordings of "alexa" in noise at 10 dB the
        own cutoff misses 11 and 0.6 misses 6; 15 minutes of other speech reach 0.5 never."""
        return trained - (trained - 0.5) * self.sensitivity
