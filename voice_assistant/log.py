"""Logging, set up once: to standard error, errors only unless asked."""

from __future__ import annotations

import logging

from rich.console import Console
from rich.logging import RichHandler


def set_up(*, debug: bool) -> None:
    """Send what is logged to standard error."""
    logging.basicConfig(
        level=logging.DEBUG if debug else logging.ERROR,
        format="%(name)s: %(message)s",
        handlers=[RichHandler(console=Console(stderr=True), show_path=False)],
        force=True,
    )
    for chatty in ("hassil", "faster_whisper", "asyncio"):
        logging.getLogger(chatty).setLevel(logging.WARNING if debug else logging.ERROR)
