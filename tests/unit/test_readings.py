"""Readings, hints and ghosts, without a model."""

import pytest

from voice_assistant.engines.ghosts import is_ghost, is_noise
from voice_assistant.engines.readings import Reading, apart, distinct, plain, written


def reading(text, mean=-0.3, tokens=4):
    return Reading(text, tuple(range(tokens)), mean * (tokens + 1))


def test_the_mean_counts_the_end_of_the_text_too():
    assert reading("stop", mean=-0.5).mean == pytest.approx(-0.5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What's the time?", "whats the time"),
        ("Set a timer for 5 minutes.", "set a timer for 20 minutes"),
        ("现在几点？", "现在几点"),
    ],
)
def test_case_punctuation_and_numbers_do_not_tell_texts_apart(one, other):
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        ("Start the Garden PumpScript.", "Start the Garden Pump Script."),
        ("Turn the TV off.", "Turn the TV off."),
        ("What's the time?", "What's the time?"),
    ],
)
def test_words_written_as_one_name_are_offered_apart(heard, said):
    assert apart(heard) == said


def test_readings_that_sound_the_same_are_one():
    assert [r.text for r in distinct([reading("Next."), reading("next"), reading("Text.")])] == [
        "Next.",
        "Text.",
    ]


def test_text_is_written_as_it_is_handed_on():
    assert written(" Set it to 75%.", "en") == "Set it to 75 percent."
    assert written("現在幾點了", "zh") == "现在几点了"


@pytest.mark.parametrize(
    ("heard", "said", "language"),
    [
        ("Next track Next track", "Next track", "en"),
        ("Shut the gate shut the gate shut the ga", "Shut the gate", "en"),
        ("Shut the gate. Shut the gate.", "Shut the gate.", "en"),
        ("关上大门关上大门关", "关上大门", "zh"),
        ("Shut the gate and the door", "Shut the gate and the door", "en"),
        ("beep beep beep beep", "beep beep beep beep", "en"),
        ("Louder, louder!", "Louder, louder!", "en"),
        ("", "", "en"),
    ],
)
def test_what_is_nothing_but_a_loop_is_written_once(heard, said, language):
    assert written(heard, language) == said


def test_what_whisper_makes_of_noise_is_noise():
    assert is_noise(reading("you", mean=-1.5), 0.8)
    assert is_noise(reading("Praise!", mean=-1.9), 0.3)
    assert is_noise(reading("..."), 0.1)
    assert not is_noise(reading("Stop!", mean=-1.0), 0.5)


def test_typical_ghosts_are_believed_only_without_doubt():
    assert is_ghost(reading("Thanks for watching!"), 0.5)
    assert is_ghost(reading("No, no, no, no!"), 0.6)
    assert is_ghost(reading("谢谢观看"), 0.5)
    assert not is_ghost(reading("Thank you."), 0.1)
    assert not is_ghost(reading("What time is it?"), 0.5)


def test_a_loop_of_the_decoder_is_said_once():
    loop = " Set timer for two minutes." * 5 + " Set timer for tw"
    assert written(loop, "en") == "Set timer for two minutes."
    assert written(" Knock knock. Who is there? Knock knock.", "en").endswith("Knock knock.")
