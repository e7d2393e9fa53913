"""Names that were misheard are found by their sound, and no others."""

from __future__ import annotations

import pytest

from voice_assistant.sounds import Entries

NAMES = Entries(
    {
        name: name
        for name in (
            "marshall islands",
            "barcelona",
            "chengdu",
            "bohemian rhapsody",
            "fur elise",
            "越南",
            "乌兹别克斯坦",
            "青花瓷",
        )
    }
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("marshal eyelands", "marshall islands"),
        ("bars alona", "barcelona"),
        ("chung do", "chengdu"),
        ("bowhemian rap city", "bohemian rhapsody"),
        ("for a lease", "fur elise"),
        ("越难", "越南"),
        ("乌自别克斯坦", "乌兹别克斯坦"),
        ("清花磁", "青花瓷"),
    ],
)
def test_a_misheard_name_is_found(said: str, meant: str) -> None:
    found = NAMES.sounding(said)
    assert found is not None
    assert found[0] == meant


@pytest.mark.parametrize("said", ["morel mushrooms", "beach ball", "月亮", "新花园", "a", ""])
def test_what_only_shares_some_sounds_is_not(said: str) -> None:
    assert NAMES.sounding(said) is None
