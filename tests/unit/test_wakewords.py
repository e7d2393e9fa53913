"""The wake word is no part of the request."""

from voice_assistant.wakewords import leftovers, mentions


def test_a_chinese_phrase_is_taken_off_by_its_sound():
    clean = leftovers(["小白小白"])
    assert clean("小白小白，现在几点") == "现在几点"
    assert clean("小拜小百现在几点") == "现在几点"
    assert clean("现在几点") == "现在几点"
    assert mentions(["小白小白"])("你可以叫我小白小白。")


def test_all_words_of_a_typed_phrase_are_taken_off():
    clean = leftovers(["smart mirror", "hello kitchen helper"])
    assert clean("Smart mirror, is the door open?") == "is the door open?"
    assert clean("Hello kitchen helper what time is it") == "what time is it"
    assert clean("Mirror, what time is it?") == "what time is it?"
    assert clean("Is the smart mirror on?") == "Is the smart mirror on?"
    assert leftovers([])("What time is it?") == "What time is it?"
