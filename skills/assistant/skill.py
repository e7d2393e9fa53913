"""What can you do, what did you hear, why, again, undo: answered from the turns themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta

from voice_assistant import __version__
from voice_assistant.aliases import Alias, Shortcuts
from voice_assistant.normal import joined, normalise, parts
from voice_assistant.session import Exchange
from voice_assistant.skill import (
    Answer,
    Piece,
    Pieces,
    Prosody,
    Receipt,
    Reply,
    Turn,
    intent,
)
from voice_assistant.speaking import say_list, say_moment, say_number

from .privacy import Privacy

SLOWER = 0.75
"""The pace of "say it slower"."""

FRESH = timedelta(days=2)
"""How old a missed alarm may be and still be told."""

SHOWN = 3
"""Examples told at a time."""


class AssistantSkill(Privacy):
    """The assistant about itself."""

    # --- what it can do ------------------------------------------------------------------

    @intent("help")
    async def help(self, turn: Turn) -> Answer:
        """Examples of what can be said, other ones each time."""
        known = list(self.about.examples(turn.language)) if self.about else []
        fresh = [each for each in known if each not in self._told] or known
        shown = fresh[:SHOWN]
        self._told.extend(shown)
        if not shown:
            return turn.phrase("help_plain")
        quoted = [turn.phrase("quoted", text=text) for text in shown]
        return turn.phrase(
            "help", examples=say_list(quoted, turn.language, either=True, asked=False)
        )

    @intent("how_to")
    async def how_to(self, turn: Turn, topic: str) -> Answer:
        """How something is asked for: by the example of it that is most like the question."""
        known = self.about.every_example(turn.language) if self.about else ()
        one = topic.removesuffix("s") if turn.language == "en" else topic  # "timers": of any one
        asked = set(parts(turn.text.lower(), turn.language)) - {topic}

        def fit(example: str) -> int:
            return len(asked.intersection(parts(example.lower(), turn.language)))

        fitting = (each for each in known if one in each and not _ASKS_HOW.search(each))
        text = max(fitting, key=fit, default="")
        return turn.phrase("how_to", text=text) if text else await self.help(turn)

    @intent("who")
    async def who(self, turn: Turn) -> Answer:
        """Who it is."""
        return turn.phrase("who")

    @intent("unable")
    async def unable(self, turn: Turn, someone: str = "") -> Answer:
        """What other devices do and this one does not."""
        return turn.phrase("unable")

    @intent("version")
    async def version(self, turn: Turn) -> Answer:
        """Which version it is."""
        return turn.phrase("version", version=__version__)

    # --- what happened -------------------------------------------------------------------

    @intent("heard")
    async def heard(self, turn: Turn) -> Answer:
        """The words it understood last."""
        last = self._last(turn)
        return turn.phrase("heard", text=last.text) if last else turn.phrase("nothing_yet")

    @intent("asked")
    async def asked(self, turn: Turn) -> Answer:
        """What the user said before, and what came of it."""
        last = self._last(turn)
        if last is None:
            return turn.phrase("nothing_yet")
        said = joined(last.said, turn.language)
        return turn.phrase("asked" if said else "asked_only", text=last.text, said=said)

    @intent("why")
    async def why(self, turn: Turn) -> Answer:
        """How it came to its last answer."""
        last = self._last(turn)
        if last is None:
            return turn.phrase("nothing_yet")
        if last.error:
            return turn.phrase("why_failed", text=last.text)
        route = last.route
        title = self._title(route.skill or "", route.intent or "", turn.language)
        stage = f"why_{route.stage}" if title and route.stage in _REASONS else "why_other"
        percent = say_number(round(100 * route.confidence), turn.language)
        return turn.phrase(stage, text=last.text, title=title, percent=percent)

    def _title(self, skill: str, intent: str, language: str) -> str:
        """What an intent does, in a few words."""
        return self.about.title(skill, intent, language) if self.about else ""

    @intent("repeat")
    async def repeat(self, turn: Turn) -> Answer:
        """Its last words again."""
        words = self._words(turn)
        return joined(words, turn.language) if words else turn.phrase("nothing_to_repeat")

    @intent("slowly")
    async def slowly(self, turn: Turn) -> Answer:
        """Its last words again, slower."""
        words = self._words(turn)
        if not words:
            return turn.phrase("nothing_to_repeat")

        async def again() -> Pieces:
            for sentence in words:
                yield Piece(text=sentence, prosody=Prosody(pace=SLOWER), pause=0.4)

        return Reply(say=again())

    @intent("done")
    async def done(self, turn: Turn, what: str = "") -> Answer:
        """Whether the last thing was carried out, or the one that is named; what was taken back
        since, was that."""
        turn.aside = True
        turns = [each for each in reversed(turn.session.turns) if each.text]
        told = [each for each in turns if each.receipts or each.route.skill != self.name]
        if not told:
            return turn.phrase("nothing_yet")
        last = told[0]
        if what:
            wanted = set(parts(what, turn.language))
            last = max(told, key=lambda each: _shared(each, wanted, turn.language))
        if last.receipts:
            said = joined(last.said, turn.language)
            return turn.phrase("did", said=said or last.text)
        return turn.phrase("did_not", text=last.text)

    @intent("undo")
    async def undo(self, turn: Turn) -> Answer:
        """Take the last action back."""
        for exchange in reversed(turn.session.turns):
            for receipt in reversed(exchange.receipts):
                if receipt.undo is not None and id(receipt) not in turn.session.undone:
                    turn.session.undone.add(id(receipt))
                    said = await receipt.undo()
                    return Reply(
                        say=said,
                        receipts=(Receipt(action="assistant.undo", result={"of": receipt.action}),),
                    )
        return turn.phrase("nothing_to_undo")

    @intent("missed")
    async def missed_things(self, turn: Turn) -> Answer:
        """What rang unheeded."""
        now = self.now()
        jobs = self.home.scheduler.missed(now - FRESH)
        if not jobs:
            return turn.phrase("nothing_missed")
        said = [
            turn.phrase(
                "missed_one",
                title=job.data.get("title", job.skill),
                time=say_moment(job.due, turn.language, now),
            )
            for job in jobs
        ]
        self.home.scheduler.told()
        return turn.phrase("missed", things=say_list(said, turn.language))

    @intent("attention")
    async def attention(self, turn: Turn) -> Answer:
        """Somebody begins to ask for something."""
        return turn.phrase("attention")

    # --- own words -----------------------------------------------------------------------

    def vocabulary(self, language: str) -> Mapping[str, Iterable[str]]:
        """The words that were taught: "forget movie time" is about them, and not about a memory."""
        return {"taught": [each.said for each in self._shortcuts.aliases.all(language)]}

    @property
    def _shortcuts(self) -> Shortcuts:
        shortcuts: Shortcuts = self.home.services["aliases"]
        return shortcuts

    @intent("teach")
    async def teach(self, turn: Turn, words: str = "", said: str = "", means: str = "") -> Answer:
        """Take words of the household for a request."""
        alias = Alias(said, means) if means else self._shortcuts.split(_raw(turn, words), "en")
        if alias is None:
            alias = Alias(words or said, await turn.ask(turn.phrase("what_then")))
        if not self._shortcuts.knows(alias.means, turn.language):
            return turn.phrase("not_known", means=alias.means)
        before = self._shortcuts.aliases.find(alias.said, turn.language)
        self._shortcuts.aliases.teach(alias, turn.language)
        self.home.renamed()

        async def undo() -> str:
            if before is None:
                self._shortcuts.aliases.forget(alias.said, turn.language)
            else:
                self._shortcuts.aliases.teach(before, turn.language)
            return turn.phrase("alias_forgotten", said=alias.said)

        result = {"said": alias.said, "means": alias.means}
        return Reply(
            say=turn.phrase("taught", **result),
            receipts=(Receipt(action="assistant.teach", result=result, undo=undo),),
        )

    @intent("shortcuts")
    async def shortcuts(self, turn: Turn) -> Answer:
        """The words that were taught."""
        kept = self._shortcuts.aliases.all(turn.language)
        if not kept:
            return turn.phrase("no_shortcuts")
        said = [turn.phrase("shortcut", said=each.said, means=each.means) for each in kept]
        return turn.phrase("shortcuts", shortcuts=say_list(said, turn.language))

    @intent("means")
    @intent("means_it")
    async def means(self, turn: Turn, said: str = "", taught: str = "") -> Answer:
        """What taught words stand for."""
        alias = self._shortcuts.aliases.find(taught or said, turn.language)
        if alias is None:
            return turn.phrase("no_shortcut", said=taught or said)
        return turn.phrase("means", said=alias.said, means=alias.means)

    @intent("unteach")
    @intent("unteach_it")
    async def unteach(self, turn: Turn, said: str = "", taught: str = "") -> Answer:
        """Forget words that were taught: those just spoken of, where none are named."""
        said = taught or said or self._spoken_of(turn)
        if not said:
            said = await turn.ask(turn.phrase("forget_which"))
        alias = self._shortcuts.aliases.forget(said, turn.language)
        if alias is None:
            return turn.phrase("no_shortcut", said=said)

        async def undo() -> str:
            self._shortcuts.aliases.teach(alias, turn.language)
            return turn.phrase("taught", said=alias.said, means=alias.means)

        receipt = Receipt(action="assistant.unteach", result={"said": alias.said}, undo=undo)
        return Reply(say=turn.phrase("alias_forgotten", said=alias.said), receipts=(receipt,))

    def _spoken_of(self, turn: Turn) -> str:
        """The taught words that the turn before was about; empty where it was about several."""
        before = turn.session.context
        heard = " ".join((before.text, *before.said)).lower() if before else ""
        kept = [each.said for each in self._shortcuts.aliases.all(turn.language)]
        named = [said for said in kept if said in heard]
        return named[0] if len(named) == 1 else ""


_REASONS = ("template", "match", "model", "session", "follow", "carried", "misheard")
"""Stages of the router whose choice can be told."""

_ASKS_HOW = re.compile(r"\b(?:how|what)\b|怎么|怎样|如何|什么|吗")


def _shared(exchange: Exchange, wanted: set[str], language: str) -> tuple[int, bool]:
    """How many of these words a turn was about, and whether it did anything."""
    said = normalise(" ".join((exchange.text, *exchange.said)), language)
    return len(wanted.intersection(parts(said, language))), bool(exchange.receipts)


def _raw(turn: Turn, words: str) -> str:
    """The end of what was heard, with its commas, that the recogniser's plain words stand for."""
    said = turn.text.lower().rstrip(".!? ")
    at = said.rfind(" i say ")
    return said[at + 7 :] if at >= 0 else words
