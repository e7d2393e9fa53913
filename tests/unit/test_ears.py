"""Ears on made-up sound: every frame's first sample says what is in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice_assistant.audio.frames import FRAME, FRAME_SECONDS, Frame
from voice_assistant.ears import AFTER_WAKE, GOES_ON, Ears
from voice_assistant.endpointing import COMPLETE, LIMIT, UNFINISHED, UNSURE, Text, looks
from voice_assistant.engines import NEARLY, Transcript
from voice_assistant.events import Event, Heard, SpeechStarted, Woken
from voice_assistant.hearing import PRE_ROLL

QUIET, SPEECH, WAKE = 0, 1, 2


def sound(*parts: tuple[int, float]) -> list[Frame]:
    """Frames of (kind, seconds)."""
    return [
        np.full(FRAME, kind, np.int16)
        for kind, seconds in parts
        for _ in range(round(seconds / FRAME_SECONDS))
    ]


LATE = 0.16
"""Seconds by which the wake word fires late."""


class _Engine:
    languages = ("en",)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def reset(self) -> None: ...


class Detector(_Engine):
    def feed(self, frame: Frame) -> float:
        return 0.95 if frame[0] == SPEECH else 0.05


class Wake(_Engine):
    """Fires at the first quiet or speech frame after the wake word."""

    heard = False
    late = LATE
    sensitivity = 0.5

    def feed(self, frame: Frame) -> str | None:
        fires = self.heard and frame[0] != WAKE
        self.heard = frame[0] == WAKE
        return "hey jarvis" if fires else None


class Recognizer(_Engine):
    """Says `text`, and remembers how many frames of speech it was fed."""

    def __init__(self, text: str = "what time is it") -> None:
        self.text = text
        self.alternatives: tuple[str, ...] = ()
        self.looked = 0

    def start(self, hints: Sequence[str] = (), language: str | None = None) -> Self:
        self.speech = self.fed = 0
        return self

    def feed(self, frame: Frame) -> str | None:
        self.fed += 1
        self.speech += frame[0] == SPEECH
        return None

    def weigh(self, texts: Sequence[str], less: float = NEARLY) -> Transcript:
        return Transcript(text=texts[0], language="en", alternatives=(self.text,))

    def finish(self) -> Transcript:
        self.looked += 1
        return Transcript(
            text=self.text if self.speech else "", language="en", alternatives=self.alternatives
        )


def ears(text: str = "what time is it", *, whole: bool = True, **options: object) -> Ears:
    return Ears(
        wake=Wake(),
        detector=Detector(),
        recognizer=Recognizer(text),
        whole=lambda text, language: whole,
        **options,  # type: ignore[arg-type]
    )


def events(ear: Ears, frames: Sequence[Frame]) -> list[Event]:
    return [event for frame in frames for event in ear.feed(frame)]


def heard(found: Sequence[Event]) -> Heard:
    (one,) = [event for event in found if isinstance(event, Heard)]
    return one


def test_nothing_is_heard_without_the_wake_word() -> None:
    assert events(ears(), sound((QUIET, 1), (SPEECH, 3), (QUIET, 2))) == []


def test_the_wake_word_and_a_command() -> None:
    found = events(ears(), sound((QUIET, 1), (WAKE, 0.6), (QUIET, 0.5), (SPEECH, 2), (QUIET, 2)))
    assert [type(event) for event in found if isinstance(event, Woken | SpeechStarted)] == [
        Woken,
        SpeechStarted,
    ]
    assert heard(found).text == "what time is it"
    assert heard(found).speech_ended == pytest.approx(4.1, abs=0.03)


def test_a_request_that_sounds_like_what_was_heard_takes_its_place() -> None:
    ear = ears("cancel all tires")
    ear.suggest = lambda transcript: ("cancel all timers",)
    found = heard(events(ear, sound((WAKE, 0.6), (SPEECH, 2), (QUIET, 2))))
    assert found.text == "cancel all timers"
    assert found.alternatives == ("cancel all tires",)


def test_what_needs_no_suggestion_is_not_weighed() -> None:
    ear = ears("what time is it")
    ear.suggest = lambda transcript: ()
    assert heard(events(ear, sound((WAKE, 0.6), (SPEECH, 2), (QUIET, 2)))).alternatives == ()


def test_open_ears_need_no_wake_word() -> None:
    ear = ears(open=True)
    for _ in range(2):
        found = events(ear, sound((QUIET, 1), (SPEECH, 1), (QUIET, 1)))
        assert heard(found).text == "what time is it"
        assert not [event for event in found if isinstance(event, Woken)]


def test_in_one_breath_no_sample_of_the_command_is_lost() -> None:
    ear = ears()
    frames = sound((WAKE, 0.6), (SPEECH, 2), (QUIET, 2))
    heard(events(ear, frames))
    assert ear.recognizer.speech == sum(frame[0] == SPEECH for frame in frames)  # type: ignore[attr-defined]


def test_after_a_question_the_first_consonant_is_kept() -> None:
    ear = ears()
    ear.listen(5)
    heard(events(ear, sound((QUIET, 1), (SPEECH, 1), (QUIET, 2))))
    kept = ear.recognizer.fed - ear.recognizer.speech  # type: ignore[attr-defined]
    assert ear.recognizer.speech == round(1 / FRAME_SECONDS)  # type: ignore[attr-defined]
    assert kept * FRAME_SECONDS >= PRE_ROLL - 5 * FRAME_SECONDS


@pytest.mark.parametrize(
    ("text", "whole", "wait"),
    [
        ("what time is it", True, COMPLETE),
        ("tell me about the war of the roses", False, UNSURE),
        ("set a timer for", False, UNFINISHED),
    ],
)
def test_the_wait_depends_on_what_was_said(text: str, whole: bool, wait: float) -> None:
    found = events(ears(text, whole=whole), sound((WAKE, 0.6), (SPEECH, 2), (QUIET, 3)))
    assert heard(found).at - heard(found).speech_ended == pytest.approx(wait, abs=0.05)


@pytest.mark.parametrize(
    ("alternative", "wait"),
    [("cancel all alarms", COMPLETE), ("cancel all bells", UNSURE), ("stop", UNSURE)],
)
def test_a_whole_request_among_the_alternatives_needs_no_wait(
    alternative: str, wait: float
) -> None:
    ear = ears("cancel all arms")
    ear.whole = lambda text, language: text in ("cancel all alarms", "stop")
    ear.recognizer.alternatives = (alternative,)  # type: ignore[attr-defined]
    found = heard(events(ear, sound((WAKE, 0.6), (SPEECH, 2), (QUIET, 3))))
    assert found.at - found.speech_ended == pytest.approx(wait, abs=0.05)


ONE_ANSWER = sound((SPEECH, 1), (QUIET, 3))


def asked(**options: object) -> Ears:
    """Ears that a question told to listen, by another recogniser."""
    ear = ears("stop", **options)
    ear.expect(Recognizer("감사합니다"))
    ear.listen(10)
    return ear


def test_an_answer_in_another_language_is_heard_by_its_recogniser() -> None:
    whole: list[str] = []
    ear = asked()
    ear.whole = lambda text, language: bool(whole.append(text))
    answer = heard(events(ear, ONE_ANSWER))
    assert (answer.text, answer.expected) == ("감사합니다", True)
    assert whole == []  # there is no command of the household to compare it with


def test_after_the_answer_the_household_is_heard_again() -> None:
    ear = asked()
    events(ear, ONE_ANSWER)
    ear.expect(None)
    ear.listen(5)
    answer = heard(events(ear, ONE_ANSWER))
    assert (answer.text, answer.expected) == ("stop", False)


def test_a_question_taken_back_gives_the_waiting_ears_back() -> None:
    ear = asked()
    events(ear, sound((QUIET, 2)))
    ear.expect(None)
    answer = heard(events(ear, ONE_ANSWER))
    assert (answer.text, answer.expected) == ("stop", False)


def test_the_wake_word_is_for_the_household_whatever_was_asked() -> None:
    found = events(asked(), sound((QUIET, 1), (WAKE, 0.6), (QUIET, 0.3), (SPEECH, 1), (QUIET, 2)))
    assert (heard(found).text, heard(found).expected) == ("stop", False)


def test_a_cough_before_the_answer_keeps_its_recogniser() -> None:
    ear = asked()
    other = ear.recognizer
    recognizer = Recognizer("")
    ear.expect(recognizer)
    found = events(ear, ONE_ANSWER)
    assert not [event for event in found if isinstance(event, Heard)]
    recognizer.text = "감사합니다"
    assert heard(events(ear, ONE_ANSWER)).expected
    assert ear.recognizer is other


def test_patience_lengthens_the_wait() -> None:
    found = events(ears(whole=False, patience=2.0), sound((WAKE, 0.6), (SPEECH, 2), (QUIET, 3)))
    assert heard(found).at - heard(found).speech_ended == pytest.approx(2 * UNSURE, abs=0.05)


def test_patience_and_sensitivity_change_while_it_listens() -> None:
    ear = ears(whole=False)
    ear.be_patient(2.0)
    ear.be_sensitive(0.9)
    found = events(ear, sound((WAKE, 0.6), (SPEECH, 2), (QUIET, 3)))
    assert heard(found).at - heard(found).speech_ended == pytest.approx(2 * UNSURE, abs=0.05)
    assert ear.wake is not None
    assert ear.wake.sensitivity == 0.9


def test_a_pause_inside_a_sentence_does_not_end_it() -> None:
    ear = ears("set a timer and", whole=False)
    found = events(ear, sound((WAKE, 0.6), (SPEECH, 1), (QUIET, 0.7), (SPEECH, 1), (QUIET, 3)))
    assert heard(found).speech_ended == pytest.approx(3.3, abs=0.05)
    assert ear.recognizer.looked == 2  # type: ignore[attr-defined]


def test_silence_after_the_wake_word_ends_by_itself() -> None:
    found = events(ears(), sound((WAKE, 0.6), (QUIET, AFTER_WAKE + 1)))
    assert heard(found).text == ""
    assert heard(found).at == pytest.approx(0.6 + AFTER_WAKE, abs=0.1)


def test_a_cough_is_no_request_and_listening_goes_on() -> None:
    ear = ears("")
    found = events(ear, sound((WAKE, 0.6), (QUIET, 0.5), (SPEECH, 0.3), (QUIET, 2)))
    assert not [event for event in found if isinstance(event, Heard)]
    ear.recognizer.text = "what time is it"  # type: ignore[attr-defined]
    assert heard(events(ear, sound((SPEECH, 1), (QUIET, 1)))).text == "what time is it"


def test_nobody_is_listened_to_for_ever() -> None:
    found = events(ears("and"), sound((WAKE, 0.6), (SPEECH, LIMIT + 5)))
    assert heard(found).at < 0.6 + LIMIT + 0.5


class Canceller:
    def __init__(self, *, trusted: bool) -> None:
        self.trusted = trusted

    def process(self, frame: Frame, reference: Frame) -> Frame:
        return frame


def test_any_speech_interrupts_once_the_echo_is_known() -> None:
    ear = ears(echo=Canceller(trusted=True))
    ear.attend(True, "This is a story.")
    assert heard(events(ear, sound((SPEECH, 1), (QUIET, 1)))).text == "what time is it"


def test_only_the_wake_word_interrupts_before() -> None:
    ear = ears(echo=Canceller(trusted=False))
    ear.attend(True, "This is a story.")
    assert events(ear, sound((SPEECH, 1), (QUIET, 1))) == []
    assert isinstance(events(ear, sound((WAKE, 0.6), (QUIET, 0.1)))[0], Woken)


def test_it_does_not_wake_itself() -> None:
    ear = ears(echo=Canceller(trusted=False), mentions=lambda text: "jarvis" in text.lower())
    ear.attend(True, "You can call me Jarvis.")
    assert events(ear, sound((WAKE, 0.6), (QUIET, 1))) == []


@pytest.mark.parametrize("then", [(False, ""), (True, "And this is the next sentence.")])
def test_nor_by_the_echo_of_a_sentence_that_is_over(then: tuple[bool, str]) -> None:
    ear = ears(echo=Canceller(trusted=False), mentions=lambda text: "jarvis" in text.lower())
    ear.attend(True, "You can call me Jarvis.")
    events(ear, sound((WAKE, 0.6)))
    ear.attend(*then)
    assert events(ear, sound((WAKE, 0.2), (QUIET, 1))) == []
    assert isinstance(events(ear, sound((WAKE, 0.6), (QUIET, 1)))[0], Woken)


class Streaming(Recognizer):
    """Tells its text while somebody speaks."""

    def feed(self, frame: Frame) -> str | None:
        super().feed(frame)
        return self.text


@pytest.mark.parametrize(("text", "looks"), [("set a timer for", 1), ("what time is it", 2)])
def test_words_that_streamed_in_save_a_decode_in_the_middle(text: str, looks: int) -> None:
    ear = ears()
    ear.recognizer = Streaming(text)
    found = events(ear, sound((WAKE, 0.6), (SPEECH, 1), (QUIET, 0.2), (SPEECH, 1), (QUIET, 3)))
    assert heard(found).text == text
    assert ear.recognizer.looked == looks


def test_what_is_left_of_the_wake_word_is_little() -> None:
    ear = ears()
    events(ear, sound((QUIET, 1), (WAKE, 1), (QUIET, 0.02)))
    assert ear.recognizer.fed * FRAME_SECONDS <= LATE + FRAME_SECONDS  # type: ignore[attr-defined]


def beside_music(text: str, *, trusted: bool = True) -> Ears:
    return ears(
        text,
        echo=Canceller(trusted=trusted),
        playing=lambda: True,
        control=lambda text, language: text == "next song",
    )


def test_beside_music_a_control_needs_no_wake_word() -> None:
    ear = beside_music("next song")
    assert [type(each) for each in events(ear, sound((QUIET, 1), (SPEECH, 1), (QUIET, 1)))] == [
        Heard
    ]


@pytest.mark.parametrize(
    ("text", "seconds", "trusted"),
    [("pass me the salt", 1, True), ("next song", 4, True), ("next song", 1, False)],
)
def test_beside_music_other_talk_is_nobodys(text: str, seconds: float, trusted: bool) -> None:
    ear = beside_music(text, trusted=trusted)
    assert events(ear, sound((QUIET, 1), (SPEECH, seconds), (QUIET, 2))) == []
    assert not ear.hearing


def test_the_wake_word_works_beside_music_too() -> None:
    ear = beside_music("play it again")
    found = events(ear, sound((SPEECH, 1), (WAKE, 0.6), (QUIET, 0.3), (SPEECH, 1), (QUIET, 2)))
    assert heard(found).text == "play it again"


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from([QUIET, SPEECH, WAKE]), st.floats(0.02, 2)), max_size=12))
def test_every_utterance_ends_and_time_only_counts_samples(parts: list[tuple[int, float]]) -> None:
    ear, frames = ears(), [*sound(*parts), *sound((QUIET, AFTER_WAKE + 2))]
    found = events(ear, frames)
    assert ear.now == pytest.approx(len(frames) * FRAME_SECONDS)
    assert not ear.hearing
    woken = sum(isinstance(event, Woken) for event in found)
    whole = [event for event in found if isinstance(event, Heard) and not event.continues]
    assert len(whole) <= max(woken, 0)


def alarm(*, whole: Sequence[str], **options: object) -> Ears:
    """Ears that hear one half of a sentence, and after some more speech all of it."""
    ear = ears(**options)

    def finish() -> Transcript:
        half = recognizer.speech * FRAME_SECONDS < 1.5
        return Transcript(text=ALARM[:22] if half else recognizer.text, language="en")

    recognizer = ear.recognizer = Recognizer(ALARM)
    recognizer.finish = finish  # type: ignore[method-assign]
    ear.whole = lambda text, language: text in whole
    return ear


ALARM = "set an alarm for seven on weekdays"
GOING_ON = sound((WAKE, 0.6), (SPEECH, 1), (QUIET, 0.5), (SPEECH, 1), (QUIET, 2))


def test_a_request_that_goes_on_takes_the_place_of_its_half() -> None:
    found = events(alarm(whole=[ALARM[:22], ALARM]), GOING_ON)
    half, all_of_it = [event for event in found if isinstance(event, Heard)]
    assert (half.text, half.continues) == (ALARM[:22], False)
    assert (all_of_it.text, all_of_it.continues) == (ALARM, True)
    assert all_of_it.speech_ended == pytest.approx(0.6 + 2.5, abs=0.05)


def test_what_is_said_to_somebody_else_after_a_request_changes_nothing() -> None:
    found = events(alarm(whole=[ALARM[:22]]), GOING_ON)
    half, other = [event for event in found if isinstance(event, Heard)]
    assert half.text == ALARM[:22]
    assert (other.text, other.continues) == ("", True)


def test_nothing_goes_on_while_its_own_voice_is_in_the_microphone() -> None:
    ear = alarm(whole=[ALARM[:22], ALARM], echo=Canceller(trusted=False))
    found = events(ear, GOING_ON[: round(2 / FRAME_SECONDS)])
    ear.attend(True, "At seven")
    found += events(ear, GOING_ON[round(2 / FRAME_SECONDS) :])
    assert heard(found).text == ALARM[:22]


def test_later_speech_is_not_the_same_request() -> None:
    late = sound((WAKE, 0.6), (SPEECH, 1), (QUIET, GOES_ON + 0.1), (SPEECH, 1), (QUIET, 2))
    assert heard(events(alarm(whole=[ALARM[:22], ALARM]), late)).text == ALARM[:22]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("set a timer for ten minutes and", "en", Text.UNFINISHED),
        ("remind me to", "en", Text.UNFINISHED),
        ("what time is it", "en", Text.COMPLETE),
        ("Repeat that.", "en", Text.COMPLETE),
        ("提醒我", "zh", Text.UNFINISHED),
        ("播放音乐和", "zh", Text.UNFINISHED),
        ("几点了", "zh", Text.COMPLETE),
    ],
)
def test_dangling_words_wait(text: str, language: str, expected: Text) -> None:
    assert looks(text, language, whole=True) is expected


def test_what_points_waits_where_the_request_is_not_whole() -> None:
    assert looks("remind me that", "en", whole=False) is Text.UNFINISHED
