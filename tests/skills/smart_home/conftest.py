"""A house with a Home Assistant on loopback, and the skill that is connected to it."""

from __future__ import annotations

import pytest
from voice_assistant_skills.smart_home.skill import SmartHome

from tests.skills.online import online
from tests.skills.smart_home.house import TOKEN, FakeHomeAssistant


@pytest.fixture
def anyio_backend():
    """Real sockets need a real clock."""
    return "asyncio"


@pytest.fixture
def server():
    with FakeHomeAssistant() as house:
        yield house


@pytest.fixture
def house(server, tmp_path):
    with online(SmartHome, tmp_path, settings={"url": server.url, "token": TOKEN}) as house:
        yield house
