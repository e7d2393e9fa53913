"""Travel tips that are true: every fact is in the data, and what is not known is said so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, ClassVar

from voice_assistant import kiwix

from . import check
from .choosing import Choosing
from .facts import Facts, public_holidays
from .interpreting import Interpreting
from .onward import Onward
from .seeking import Seeking
from .telling import Telling
from .ways import Ways


class Travel(Telling, Facts, Choosing, Seeking, Ways, Interpreting, Onward):
    """Answers before, during and after a journey."""

    settings: ClassVar[Mapping[str, Any]] = kiwix.SETTINGS

    async def start(self) -> None:
        """Read what is needed to find a place, so that the first question need not wait; the
        holidays' library, which takes longest, while others start."""
        self.vocabulary("en")
        if background := self.home.services.get("background"):
            background.post(partial(public_holidays, "GB", self.now().year, "en"))

    def problems(self) -> Iterable[str]:
        """What is wrong with the places, countries and phrases."""
        return check.everything()
