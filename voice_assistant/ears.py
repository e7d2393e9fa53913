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
from voice_assistant.endpointing import LIMIT, SPEECH, Endpointing, Pause, Text, looks
from voice_assistant.engines import Recognition, Recognizer, Transcript, VoiceDetector, WakeWord
from voice_assistant.events import Event, Heard, Level, Partial, SpeechStarted, Woken

PRE_ROLL = 0.5
"""Seconds kept from before speech was noticed: the first consonant is never lost."""

LONGEST_ROLL = 3.0
"""Seconds kept at most from before the wake word was noticed: it is noticed late, when the command
has begun. What is left of the wake word in them is taken off the text."""

AFTER_WAKE = 7.0
"""Seconds to begin to speak after the wake word."""

LONGEST_CONTROL = 3.0
"""Seconds of speech: nobody takes longer for "next song"."""

MASKED = 0.6
"""Seconds for which a sentence still counts as being said: the room returns it late, and the wake
word in it is noticed later."""

GOES_ON = 1.0
"""Seconds after speech ended in which more of it belongs to the same utterance, while nothing is
answered yet: one can only know afterwards that "set an alarm for seven" was half of a request."""

STARTS = 4
"""Frames of speech in a row that begin an utterance: a click is shorter."""

SILENCE = np.zeros(FRAME, np.int16)

OTHERS = 3
"""Alternatives of the recogniser that may show that a request is whole."""

METER = 5
"""Frames between two levels."""


class BargeIn(Enum):
    """What interrupts the assistant while it speaks."""

    WAKE_WORD = auto()
    """Only the wake word: its own voice is in the microphone."""
    SPEECH = auto()
    """Any speech: the echo is known to be cancelled."""


@dataclass(eq=False)
class _Utterance:
    """What is being heard."""

    recognition: Recognition
    ending: Endpointing
    deadline: float
    """Seconds of audio until which speech must have begun."""
    woken: bool
    expected: bool = False
    """Heard by the recogniser that a question asked for."""
    aside: bool = False
    """Heard beside music, without the wake word: only "pause", "louder" and the like count."""
    spoke: bool = False
    run: int = 0
    """Frames of speech in a row."""
    speech_ended: float = 0.0
    partial: str = ""
    """The text so far, from a recogniser that tells while somebody speaks."""
    transcript: Transcript | None = None
    """The text as of this pause."""
    roll: deque[Frame] = field(default_factory=deque)
    told: Transcript | None = None
    """What was handed over already, when the utterance seemed to be at its end."""


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
    saying: str = ""
    """The sentence that sounds now."""
    _said: str = ""
    """The one before, whose echo may still come."""
    _masked: float = 0.0
    """Until when it may."""
    _other: Recognizer | None = None
    """What hears the answer to a question in another language."""
    _told: queue.SimpleQueue[Callable[[], None]] = field(default_factory=queue.SimpleQueue)
    _roll: deque[Frame] = field(default_factory=deque)
    _utterance: _Utterance | None = None
    _ended: _Utterance | None = None
    """The one before, while it may still go on."""
    _frames: int = 0
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
            if saying != self.saying:
                self._said, self._masked = self.saying, self.now + MASKED
            self.speaking, self.saying = speaking, saying

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
        self._frames += 1
        while not self._told.empty():
            self._told.get()()
        events: list[Event] = []
        if self._deaf:
            return events
        self.tap.take(frame)
        self._keep(frame)
        phrase = self.wake.feed(frame) if self.wake else None
        if phrase and not self._says_it():
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
            if self._frames % METER == 0 and not self._utterance.aside:
                events.append(Level(at=self.now, db=level(frame)))
            self._hear(self._utterance, frame, events)
        return events

    def _says_it(self) -> bool:
        """Whether the wake word is in what the assistant says, or has just said."""
        late = self.now < self._masked and self.mentions(self._said)
        return late or (self.speaking and self.mentions(self.saying))

    @property
    def _language(self) -> str:
        """Of partial texts: recognisers that give them hear one language."""
        expected = self._utterance is not None and self._utterance.expected
        hears = (self._other if expected else None) or self.recognizer
        return next(iter(hears.languages), "en")

    def _may_open(self) -> bool:
        return self.barge_in is BargeIn.SPEECH if self.speaking else self.open

    def _expect(self, recognizer: Recognizer | None) -> None:
        self._other, before = recognizer, self._other
        waiting = self._utterance
        if recognizer is before or waiting is None:
            return
        if not (waiting.spoke or waiting.woken or waiting.aside):
            waiting.expected = recognizer is not None
            waiting.recognition = (recognizer or self.recognizer).start()

    def _keep(self, frame: Frame) -> None:
        self._roll.append(frame)
        while len(self._roll) * FRAME_SECONDS > LONGEST_ROLL:
            self._roll.popleft()

    def _open(self, seconds: float, *, woken: bool, late: float = 0.0, aside: bool = False) -> None:
        """Begin to listen; what came just before the wake word fired belongs to the utterance."""
        if not woken and self.hearing:
            assert self._utterance is not None
            self._utterance.deadline = max(self._utterance.deadline, self.now + seconds)
            return
        self.detector.reset()
        self._ended = None
        other = None if woken or aside else self._other
        utterance = _Utterance(
            (other or self.recognizer).start(),
            Endpointing(self.patience),
            deadline=self.now + seconds,
            woken=woken,
            expected=other is not None,
            aside=aside,
        )
        self._utterance = utterance
        if kept := round(late / FRAME_SECONDS):
            for frame in list(self._roll)[-kept:]:
                utterance.recognition.feed(frame)

    def _hear(self, utterance: _Utterance, frame: Frame, events: list[Event]) -> None:
        speech = self.detector.feed(frame)
        if not utterance.spoke:
            self._await_speech(utterance, frame, speech, events)
            return
        if partial := utterance.recognition.feed(frame):
            utterance.partial = self.clean(partial)
            events.append(Partial(at=self.now, text=utterance.partial, language=self._language))
        pause = utterance.ending.feed(speech)
        if utterance.ending.quiet == 0.0:
            utterance.speech_ended, utterance.transcript = self.now, None
        if utterance.aside and (utterance.ending.heard > LONGEST_CONTROL or not self.playing()):
            if pause is not Pause.GO_ON:
                self._utterance = None
        elif pause is Pause.LOOK:
            self._look(utterance, events)
        elif pause is Pause.END:
            self._end(utterance, events)

    def _await_speech(
        self, utterance: _Utterance, frame: Frame, speech: float, events: list[Event]
    ) -> None:
        utterance.run = utterance.run + 1 if speech >= SPEECH else 0
        if utterance.woken:
            utterance.recognition.feed(frame)
        else:
            utterance.roll.append(frame)
            while len(utterance.roll) * FRAME_SECONDS > PRE_ROLL:
                utterance.roll.popleft()
        if utterance.run >= STARTS:
            utterance.spoke, utterance.speech_ended = True, self.now
            utterance.ending.talking = True
            for kept in utterance.roll:
                utterance.recognition.feed(kept)
            utterance.roll.clear()
            if not utterance.aside:
                events.append(SpeechStarted(at=self.now))
        elif self.now >= utterance.deadline:
            self._utterance = None
            events.append(Heard(at=self.now, text="", speech_ended=self.now))

    def _await_more(self, ended: _Utterance, frame: Frame, events: list[Event]) -> None:
        """Take up the utterance again that seemed to be at its end, or let it be."""
        speech = self.detector.feed(frame)
        ended.recognition.feed(frame)
        ended.run = ended.run + 1 if speech >= SPEECH else 0
        if ended.run >= STARTS:
            self._ended, self._utterance = None, ended
            ended.ending.go_on()
            ended.transcript, ended.speech_ended = None, self.now
            events.append(SpeechStarted(at=self.now))
        elif self.now - ended.speech_ended > GOES_ON or (self.speaking and not self._may_open()):
            self._ended = None

    def _look(self, utterance: _Utterance, events: list[Event]) -> None:
        """Decode in the pause, while it may still be one inside the sentence; later, where the words
        so far show that it is."""
        if utterance.partial and _dangles(utterance.partial, self._language):
            utterance.ending.saw(Text.UNFINISHED)
            return
        transcript = utterance.transcript = self._heard(utterance)
        text = self.clean(transcript.text)
        if text and not utterance.aside:
            events.append(Partial(at=self.now, text=text, language=transcript.language))
        whole = bool(text) and not utterance.expected and self._is_whole(transcript)
        utterance.ending.saw(looks(text, transcript.language, whole))

    def _is_whole(self, transcript: Transcript) -> bool:
        """Whether the text, or what the recogniser nearly wrote in its place, is a whole request."""
        said = self.clean(transcript.text)
        others = map(self.clean, transcript.alternatives[:OTHERS])
        likely = [said, *(other for other in others if len(other) >= len(said))]
        return any(self.whole(each, transcript.language) for each in likely)

    def _heard(self, utterance: _Utterance) -> Transcript:
        """The text so far: a request that sounds like it in its place, where the sound allows."""
        transcript = utterance.recognition.finish()
        if utterance.expected or not transcript.text or not (likely := self.suggest(transcript)):
            return transcript
        return utterance.recognition.weigh(likely)

    def _end(self, utterance: _Utterance, events: list[Event]) -> None:
        transcript = utterance.transcript or self._heard(utterance)
        text = self.clean(transcript.text)
        self._utterance = None
        if utterance.aside and not self.control(text, transcript.language):
            return
        if not text and self.now < utterance.deadline:
            self._open(
                utterance.deadline - self.now, woken=False
            )  # it was the wake word, or a cough
            return
        told, utterance.told = utterance.told, transcript
        if told and not self._says_more(told, transcript):
            text = ""
        if text and utterance.woken and utterance.ending.heard < LIMIT:
            self._ended = utterance
        events.append(
            Heard(
                at=self.now,
                text=text,
                language=transcript.language,
                alternatives=tuple(filter(None, map(self.clean, transcript.alternatives))),
                confidence=transcript.confidence,
                expected=utterance.expected,
                continues=told is not None,
                speech_ended=utterance.speech_ended,
            )
        )

    def _says_more(self, told: Transcript, all_of_it: Transcript) -> bool:
        """Whether an utterance that went on is another request now: where it was a whole one
        before and stands unchanged, what came after it may have been said to somebody else."""
        texts = (self.clean(each.text).lower() for each in (told, all_of_it))
        before, now = ("".join(filter(str.isalnum, text)) for text in texts)
        if len(now) <= len(before):
            return False
        unchanged = now.startswith(before)
        return self._is_whole(all_of_it) or not (unchanged and self._is_whole(told))


def _dangles(text: str, language: str) -> bool:
    """Whether nobody would end a sentence so."""
    return looks(text, language, whole=False) is Text.UNFINISHED


def level(frame: Frame) -> float:
    """Root mean square of a frame in dB below full scale."""
    power = float(np.mean(np.square(frame.astype(np.float32) / 32768)))
    return 10 * math.log10(power + 1e-10)
