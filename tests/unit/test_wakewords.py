"""The wake word is no part of the request."""

from voice_assistant.wakewords import leftovers, mentions


def test_a_chinese_phrase_is_taken_off_by_its_sound():
    clean = leftovers(["小白小白"])
    assert clean("小白小白，现在几点") == "现在几点"
    assert clean("小拜小百现在几点") == "现在几点"
    assert clean("现在几点") == "现在几点"
    assert mentions(["小白小白"])("你可以叫我小白小白。")
