"""The assistant's own data files: phrases and rules in `data/`, one file a subject and language."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_DATA = Path(__file__).parent / "data"


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's, where PyYAML was built with it: ten times as fast."""


def read_yaml(text: str) -> Any:
    """The plain data of a YAML text."""
    return yaml.load(text, _LOADER)  # noqa: S506 - a safe loader


@cache
def load(name: str) -> Any:
    """The content of `data/NAME.yaml`. It is shared: treat it as read-only."""
    return read_yaml((_DATA / f"{name}.yaml").read_text(encoding="utf-8"))
