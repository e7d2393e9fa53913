"""What a recogniser writes on and on was said once."""

import pytest

from voice_assistant.normal import core, normalise


@pytest.mark.parametrize(
    ("language", "heard", "said"),
    [
        ("en", "Close the sliding door " * 25, "close the sliding door"),
        ("en", "Close the sliding door " * 250, "close the sliding door"),
        ("en", "close the sliding door. " * 4, "close the sliding door"),
        ("en", "close the sliding door, " * 4 + "close the", "close the sliding door"),
        ("zh", "把门关上。" * 20, "把门关上"),
        ("zh", "请把客厅的灯关掉，" * 5 + "请把客厅", "请把客厅的灯关掉"),
    ],
)
def test_a_loop_of_the_recogniser_is_read_once(language: str, heard: str, said: str) -> None:
    assert normalise(heard, language) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "no no no no no"),
        ("en", "two plus two plus two plus two"),
        ("en", "set a timer set a timer"),
        ("en", "knock " * 6),
        ("zh", "好好好好好好"),
        ("zh", "慢慢走慢慢走"),
        ("zh", "1" * 20),
    ],
)
def test_what_people_repeat_stays(language: str, said: str) -> None:
    assert normalise(said, language) == said.strip()


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("把客厅的灯给我关喽", "把客厅的灯关"),
        ("加湿器帮我打开", "加湿器打开"),
        ("你给我把窗帘拉上", "把窗帘拉上"),
        ("放首王菲的歌呗", "放首王菲的歌"),
        ("明早七点叫我起床别忘了啊", "明早七点叫我起床"),
        ("谁给我打电话了", "谁给我打电话了"),
        ("快一点", "快一点"),
    ],
)
def test_colloquial_politeness_is_no_part_of_a_request(said: str, wanted: str) -> None:
    assert core(said, "zh") == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Set a 15-minute timer", "set a 15 minute timer"),
        ("what is 10-3", "what is 10-3"),
        ("on 2026-12-03", "on 2026-12-03"),
    ],
)
def test_a_number_is_parted_from_its_unit(said: str, wanted: str) -> None:
    assert normalise(said, "en") == wanted
