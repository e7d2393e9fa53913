"""The assistant's own data files: phrases and rules in `data/`, one file a subject and language."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_DATA = Path(__file__).parent / "data"


@cache
def load(name: str) -> Any:
    """The content of `data/NAME.yaml`. It is shared: treat it as read-only."""
    return yaml.safe_load((_DATA / f"{name}.yaml").read_text(encoding="utf-8"))
