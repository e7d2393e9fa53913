"""`bench`: this machine against the project's goals."""

from __future__ import annotations

import argparse
import dataclasses
import os
import platform

from rich.console import Console
from rich.table import Table

from voice_assistant import bench as benches
from voice_assistant.commands.common import put, tell


def bench(arguments: argparse.Namespace) -> None:
    """Run the named benches, or list what there is."""
    if not arguments.names:
        tell("Benches: " + ", ".join(benches.names()))
        return
    table = Table(box=None, pad_edge=False, header_style="bold", title=_machine())
    for heading in ("name", "value", "unit", "baseline", "ratio", "goal"):
        table.add_column(heading)
    for name in arguments.names:
        for row in benches.bench(name)():
            if "json" in arguments:
                put(dataclasses.asdict(row))
            figures = (row.value, row.baseline, row.ratio)
            value, baseline, ratio = ("" if f is None else f"{f:.4g}" for f in figures)
            table.add_row(row.name, value, row.unit, baseline, ratio, row.goal)
    if "json" not in arguments:
        Console().print(table)


def _machine() -> str:
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
