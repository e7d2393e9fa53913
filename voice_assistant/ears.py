"""Frames in, events out. Synchronous: no clock but the sample counter, no device, no waiting.

    for frame in wav: events += ears.feed(frame)

is its unit test. It runs on one thread; the event loop tells it things through `listen`, `attend`
and `deafen`, which take effect at the next frame.
"""

from __future__ import annotations

import math
import queue
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

import numpy as np

from voice_assistant.audio.echo import EchoCanceller, NoEcho
from voice_assistant.audio.frames import FRAME, FRAME_SECONDS, Frame
from voice_assistant.audio.tap import Tap
from voice_assistant.endpointing import LIMIT, Endpointing, Pause
from voice_assistant.engines import Recognizer, Transcript, VoiceDetector, WakeWord
from voice_assistant.events import Event, Heard, Level, Partial, SpeechStarted, Woken
from voice_assistant.hearing import Hearing, Texts
from voice_assistant.masking import OwnWords

LONGEST_ROLL = 3.0
"""Seconds kept at most from before the wake word was noticed: it is noticed late, when the command
has begun. What is left of the wake word in them is taken off the text."""

AFTER_WAKE = 7.0
"""Seconds to begin to speak after the wake word."""

LONGEST_CONTROL = 3.0
"""Seconds of speech: nobody takes longer for "next song"."""

GOES_ON = 1.0
"""Seconds after speech ended in which more of it belongs to the same utterance, while nothing is
answered yet: one can only know afterwards that "set an alarm for seven" was half of a request."""

SILENCE = np.zeros(FRAME, np.int16)

METER = 5
"""Frames between two levels."""


class BargeIn(Enum):
    """What interrupts the assistant while it speaks."""

    WAKE_WORD = auto()
    """Only the wake word: its own voice is in the microphone."""
    SPEECH = auto()
    """Any speech: the echo is known to be cancelled."""


@dataclass(eq=False)
class Ears:
    """The state of listening: waiting for the wake word, or in an utterance."""

    wake: WakeWord | None
    """None: always listening, or only when told to."""
    detector: VoiceDetector
    recognizer: Recognizer
    clean: Callable[[str], str] = str.strip
    """Takes a left-over wake word off a text."""
    whole: Callable[[str, str], bool] = lambda text, language: False
    """Whether a text in a language is a whole command."""
    suggest: Callable[[Transcript], Sequence[str]] = lambda transcript: ()
    """Requests that may have been said in place of what was heard."""
    playing: Callable[[], bool] = lambda: False
    """Whether music sounds."""
    control: Callable[[str, str], bool] = lambda text, language: False
    """Whether a text in a language is obeyed without the wake word while it does."""
    echo: EchoCanceller = field(default_factory=NoEcho)
    mentions: Callable[[str], bool] = lambda text: False
    """Whether a text that is being said has the wake word in it: then nothing wakes."""
    tap: Tap = field(default_factory=Tap)
    """Where a recording gets what is heard."""
    patience: float = 1.0
    open: bool = False
    """Always listening, no wake word needed."""
    now: float = 0.0
    """Seconds of audio so far."""
    speaking: bool = False
    """The assistant speaks: only what `barge_in` allows interrupts it."""
    _own: OwnWords = field(default_factory=OwnWords)
    _other: Recognizer | None = None
    """What hears the answer to a question in another language."""
    _told: queue.SimpleQueue[Callable[[], None]] = field(default_factory=queue.SimpleQueue)
    _roll: deque[Frame] = field(default_factory=lambda: deque(maxlen=_frames(LONGEST_ROLL)))
    _utterance: Hearing | None = None
    _ended: Hearing | None = None
    """The one before, while it may still go on."""
    _passed: int = 0
    """Frames so far."""
    _deaf: bool = False

    # --- from the event loop -------------------------------------------------------------

    def listen(self, seconds: float, *, woken: bool = False) -> None:
        """Listen for speech that begins within `seconds`, without the wake word."""
        self._told.put(lambda: self._open(seconds, woken=woken))

    def expect(self, recognizer: Recognizer | None) -> None:
        """Have what is said without the wake word heard by another recogniser, until None."""
        self._told.put(lambda: self._expect(recognizer))

    def attend(self, speaking: bool, saying: str = "") -> None:
        """Tell whether the assistant speaks now, and what."""

        def attend() -> None:
            self.speaking = speaking
            self._own.say(saying if speaking else "", self.now)

        self._told.put(attend)

    def deafen(self, deaf: bool) -> None:
        """Hear nothing at all, not even the wake word, or hear again."""
        self._told.put(lambda: setattr(self, "_deaf", deaf))

    def be_patient(self, patience: float) -> None:
        """Wait so many times as long as usual for somebody to go on."""
        self._told.put(lambda: setattr(self, "patience", patience))

    def be_sensitive(self, sensitivity: float) -> None:
        """Wake at that sensitivity from now on."""
        if self.wake is not None:
            wake = self.wake
            self._told.put(lambda: setattr(wake, "sensitivity", sensitivity))

    @property
    def hearing(self) -> bool:
        """Whether somebody is in the middle of an utterance."""
        heard = self._utterance
        return heard is not None and heard.spoke and not heard.aside

    # --- on the ear thread ---------------------------------------------------------------

    @property
    def barge_in(self) -> BargeIn:
        """What interrupts now: any speech once the echo canceller has learned the room."""
        return BargeIn.SPEECH if self.echo.trusted else BargeIn.WAKE_WORD

    def feed(self, frame: Frame, played: Frame = SILENCE) -> list[Event]:
        """Take the next frame, and what the loudspeaker played in its time; what happened in it."""
        frame = self.echo.process(frame, played)
        self.now += FRAME_SECONDS
        self._passed += 1
        while not self._told.empty():
            self._told.get()()
        events: list[Event] = []
        if self._deaf:
            return events
        self.tap.take(frame)
        self._roll.append(frame)
        phrase = self.wake.feed(frame) if self.wake else None
        if phrase and not self._own.any(self.mentions, self.now):
            events.append(Woken(at=self.now, phrase=phrase))
            self._open(AFTER_WAKE, woken=True, late=self.wake.late if self.wake else 0.0)
            return events
        if self._ended is not None and self._utterance is None:
            self._await_more(self._ended, frame, events)
        elif self._utterance is None and self._may_open():
            self._open(math.inf, woken=False)
        elif self._utterance is None and self.echo.trusted and self.playing():
            self._open(math.inf, woken=False, aside=True)
        if self._utterance is not None:
            if self._passed % METER == 0 and not self._utterance.aside:
                events.append(Level(at=self.now, db=level(frame)))
            self._hear(self._utterance, frame, events)
        return events

    def _may_open(self) -> bool:
        return self.barge_in is BargeIn.SPEECH if self.speaking else self.open

    def _expect(self, recognizer: Recognizer | None) -> None:
        self._other, before = recognizer, self._other
        waiting = self._utterance
        if recognizer is before or waiting is None:
            return
        if not (waiting.spoke or waiting.woken or waiting.aside):
            hears = recognizer or self.recognizer
            waiting.hear(hears.start(), _language(hears), expected=recognizer is not None)

    def _open(self, seconds: float, *, woken: bool, late: float = 0.0, aside: bool = False) -> None:
        """Begin to listen; what came just before the wake word fired belongs to the utterance."""
        if not woken and self.hearing:
            assert self._utterance is not None
            self._utterance.deadline = max(self._utterance.deadline, self.now + seconds)
            return
        self.detector.reset()
        self._ended = None
        other = None if woken or aside else self._other
        hears = other or self.recognizer
        utterance = Hearing(
            recognition=hears.start(),
            language=_language(hears),
            texts=Texts(clean=self.clean, whole=self.whole, suggest=self.suggest),
            ending=Endpointing(self.patience),
            deadline=self.now + seconds,
            woken=woken,
            expected=other is not None,
            aside=aside,
        )
        self._utterance = utterance
        if kept := _frames(late):
            for frame in list(self._roll)[-kept:]:
                utterance.recognition.feed(frame)

    def _hear(self, utterance: Hearing, frame: Frame, events: list[Event]) -> None:
        speech = self.detector.feed(frame)
        if not utterance.spoke:
            self._await_speech(utterance, frame, speech, events)
            return
        partial, pause = utterance.feed(frame, speech, self.now)
        if partial:
            events.append(Partial(at=self.now, text=partial, language=utterance.language))
        if utterance.aside and (utterance.ending.heard > LONGEST_CONTROL or not self.playing()):
            if pause is not Pause.GO_ON:
                self._utterance = None
        elif pause is Pause.LOOK:
            seen = utterance.look()
            if seen and not utterance.aside and (text := self.clean(seen.text)):
                events.append(Partial(at=self.now, text=text, language=seen.language))
        elif pause is Pause.END:
            self._end(utterance, events)

    def _await_speech(
        self, utterance: Hearing, frame: Frame, speech: float, events: list[Event]
    ) -> None:
        if utterance.begins(frame, speech, self.now):
            if not utterance.aside:
                events.append(SpeechStarted(at=self.now))
        elif self.now >= utterance.deadline:
            self._utterance = None
            events.append(Heard(at=self.now, text="", speech_ended=self.now))

    def _await_more(self, ended: Hearing, frame: Frame, events: list[Event]) -> None:
        """Take up the utterance again that seemed to be at its end, or let it be."""
        if ended.goes_on(frame, self.detector.feed(frame), self.now):
            self._ended, self._utterance = None, ended
            events.append(SpeechStarted(at=self.now))
        elif self.now - ended.speech_ended > GOES_ON or (self.speaking and not self._may_open()):
            self._ended = None

    def _end(self, utterance: Hearing, events: list[Event]) -> None:
        heard = utterance.end(self.now)
        self._utterance = None
        if utterance.aside and not self.control(heard.text, heard.language):
            return
        if not heard.text and not heard.continues and self.now < utterance.deadline:
            # it was the wake word, or a cough
            self._open(utterance.deadline - self.now, woken=False)
            return
        if heard.text and utterance.woken and utterance.ending.heard < LIMIT:
            self._ended = utterance
        events.append(heard)


def _frames(seconds: float) -> int:
    return round(seconds / FRAME_SECONDS)


def _language(recognizer: Recognizer) -> str:
    """The one it hears, or the first of them."""
    return next(iter(recognizer.languages), "en")


def level(frame: Frame) -> float:
    """Root mean square of a frame in dB below full scale."""
    power = float(np.mean(np.square(frame.astype(np.float32) / 32768)))
    return 10 * math.log10(power + 1e-10)
