"""Whether a model fits into the memory that is free now."""

from __future__ import annotations

from pathlib import Path

from voice_assistant.errors import ModelError

_MEMINFO = Path("/proc/meminfo")


def free_megabytes() -> int | None:
    """Memory that programs can still have without swapping; None where the system does not tell."""
    try:
        lines = _MEMINFO.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    found = [line.split()[1] for line in lines if line.startswith("MemAvailable:")]
    return int(found[0]) // 1024 if found else None


def check(name: str, needed: int, *, free: int | None, smaller: str | None) -> None:
    """Refuse a model that needs more than is free, and name a smaller one. All in megabytes."""
    if free is None or needed <= free:
        return
    instead = f"use '{smaller}' (set llm.model)" if smaller else "close other programs"
    raise ModelError(
        f"The model '{name}' needs about {needed} MB of memory and {free} MB are free: {instead}."
    )
