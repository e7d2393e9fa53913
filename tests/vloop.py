"""An asyncio loop whose clock jumps to the next timer instead of sleeping.

Minutes of conversation run in milliseconds, and a deadlock is an error instead of a hang. Use
`InlineWorker` with it: a thread's work takes no virtual time, and none may be waited for.
"""

from __future__ import annotations

import asyncio
import selectors
from typing import Any


class _Jump(selectors.DefaultSelector):
    now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            ready = super().select(0)
            if not ready:
                raise RuntimeError("deadlock: every task waits and no timer is set")
            return ready
        self.now += max(timeout, 0)
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    """`anyio.run(main, backend_options={"loop_factory": VirtualLoop})`."""

    def __init__(self) -> None:
        self._jump = _Jump()
        super().__init__(self._jump)

    def time(self) -> float:
        """Virtual seconds since the loop was made."""
        return self._jump.now
