"""Time and date, here and anywhere; days with names; the sun, the moon and the Chinese calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from . import days, places
from .chinese import Chinese
from .feasts import Feasts
from .heavens import Heavens
from .times import Times


class ClockSkill(Times, Feasts, Heavens, Chinese):
    """Tells the time."""

    def offers(self) -> Mapping[str, object]:
        """`gazetteer`: where towns and countries lie, by their names."""
        return {"gazetteer": places}

    def vocabulary(self, language: str) -> Mapping[str, Iterable[str]]:
        """Places and named days."""
        chinese = language == "zh"
        named = sorted(name for name in days.known() if (not name.isascii()) == chinese)
        return {"place": places.names(language), "day": named}
