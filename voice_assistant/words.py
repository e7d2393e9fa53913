"""The words of a command, as the command line and the skills that bring commands read them."""

from __future__ import annotations

import argparse


class Parser(argparse.ArgumentParser):
    """Wrong usage is one line and exit status 2."""

    def error(self, message: str) -> None:  # type: ignore[override]
        """End with that line."""
        self.exit(2, f"{self.prog}: {message} (see '{self.prog} --help').\n")
