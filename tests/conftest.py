"""What every test shares: async tests run on the virtual clock."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vloop import VirtualLoop


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, Any]]:
    """The virtual clock; a module whose tests use real threads or devices overrides this."""
    return "asyncio", {"loop_factory": VirtualLoop}
