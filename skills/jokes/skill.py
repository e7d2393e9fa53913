"""Jokes of our own, fit for children; none comes again for at least fifty tellings."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from voice_assistant.normal import normalise
from voice_assistant.skill import Answer, Piece, Pieces, Reply, Skill, Turn, intent
from voice_assistant.texts import read_yaml

DATA = Path(__file__).parent / "data"

BEAT = 0.7
"""Seconds before the punch line."""

PATIENCE = 15.0
"""Seconds for "who's there?"."""

REST = 50
"""Other jokes that are told before one comes again."""


@cache
def jokes(language: str) -> list[tuple[str, str]]:
    """Set-up and punch line of every joke."""
    text = (DATA / f"{language}.txt").read_text(encoding="utf-8")
    pairs = [line.split(" | ", 1) for line in text.splitlines() if line.strip()]
    return [(setup, punch) for setup, punch in pairs]


@cache
def twisters(language: str) -> list[str]:
    """Tongue twisters of our own."""
    text = (DATA / f"twisters_{language}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip()]


class Jokes(Skill):
    """Tells jokes."""

    @intent("tell")
    @intent("about")
    async def tell(self, turn: Turn, topic: str | None = None) -> Answer:
        """One joke, about something where there is one."""
        about = _about(turn, topic) if topic else []
        setup, punch = self._next(turn.language, about)
        lead = turn.phrase("none_about", topic=topic) if topic and not about else ""
        return Reply(say=_told(setup, punch, lead))

    @intent("knock")
    async def knock(self, turn: Turn) -> Answer:
        """A knock knock joke of the user's."""
        name = normalise(str(await turn.ask(turn.phrase("whos_there"))), turn.language)
        await turn.ask(turn.phrase("who", name=name.capitalize()), seconds=PATIENCE)
        return turn.phrase("laughed")

    @intent("knock_ours")
    async def knock_ours(self, turn: Turn) -> Answer:
        """One of ours, if the other plays along; if not, it is told all the same."""
        known = knocks()
        at = (self.home.store.get("knock", -1) + 1) % len(known)
        self.home.store.set("knock", at)
        name, punch = known[at]
        for said in (turn.phrase("knock_knock"), f"{name}."):
            await turn.ask(said, seconds=PATIENCE)
        return str(punch)

    @intent("twister")
    async def twister(self, turn: Turn) -> Answer:
        """A tongue twister."""
        known = twisters(turn.language)
        at = (self.home.store.get("twister", -1) + 1) % len(known)
        self.home.store.set("twister", at)
        return str(known[at])

    @intent("liked")
    async def liked(self, turn: Turn) -> Answer:
        """Thanks."""
        return turn.phrase("liked")

    @intent("disliked")
    async def disliked(self, turn: Turn) -> Answer:
        """An excuse."""
        return turn.phrase("disliked")

    @intent("explain_it")
    async def explain(self, turn: Turn) -> Answer:
        """Nobody laughs at a joke that was explained: it is told why there is nothing to tell."""
        return turn.phrase("explain")

    @intent("another")
    async def another(self, turn: Turn) -> Answer:
        """One more."""
        return await self.tell(turn)

    def _next(self, language: str, about: Sequence[int] = ()) -> tuple[str, str]:
        """The next of a row kept across restarts, of those `about` something where there are any;
        told, it goes back in at some place far behind."""
        known = jokes(language)
        row = [at for at in self.home.store.get(f"row.{language}", []) if at < len(known)]
        new = sorted(set(range(len(known))) - set(row))
        row += random.sample(new, len(new))
        at = next((each for each in row if each in about), row[0])
        row.remove(at)
        row.insert(random.randint(min(REST, len(row)), len(row)), at)
        self.home.store.set(f"row.{language}", row)
        setup, punch = known[at]
        return setup, punch


@cache
def knocks() -> list[tuple[str, str]]:
    """Our own knock knock jokes: who is there, and what comes of it."""
    lines = (DATA / "knocks_en.txt").read_text(encoding="utf-8").splitlines()
    return [(name, punch) for name, punch in (line.split(" | ", 1) for line in lines)]


def _about(turn: Turn, topic: str) -> list[int]:
    """Which jokes have to do with something: they name it, or one of its kind."""
    groups = read_yaml((DATA / "topics.yaml").read_text("utf-8"))[turn.language]
    wanted = topic.lower()
    kinds = next((group["of"] for group in groups if wanted in group["called"]), [wanted])
    forms = [re.escape(word.removesuffix("s") if turn.language == "en" else word) for word in kinds]
    edge, many = (r"\b", "(?:e?s)?") if turn.language == "en" else ("", "")
    named = re.compile(f"{edge}(?:{'|'.join(forms)}){many}{edge}")
    told = (" ".join(joke).lower() for joke in jokes(turn.language))
    return [at for at, text in enumerate(told) if named.search(text)]


async def _told(setup: str, punch: str, lead: str = "") -> Pieces:
    if lead:
        yield Piece(text=lead)
    yield Piece(text=setup, pause=BEAT)
    yield Piece(text=punch)
