"""What every test shares: async tests run on the virtual clock."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.vloop import VirtualLoop


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests on real streams, engines and clocks get a second chance: a shared machine may steal a moment
    from them. What is wrong fails every time."""
    for item in items:
        if any(item.get_closest_marker(mark) for mark in ("loopback", "engine", "timed")):
            item.add_marker(pytest.mark.flaky(reruns=2))


@pytest.fixture(autouse=True)
def _same_luck() -> None:
    """Dice, cards and first words fall alike in every run: what fails, fails again."""
    random.seed(20)


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, Any]]:
    """The virtual clock; a module whose tests use real threads or devices overrides this."""
    return "asyncio", {"loop_factory": VirtualLoop}
