"""The phrasebook aloud: a voice of that language says it, slowly too, and hears one's own try."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from voice_assistant.skill import (
    Answer,
    NeverMind,
    Piece,
    Prosody,
    Receipt,
    Reply,
    Turn,
    intent,
)
from voice_assistant.speaking import say_list

from . import attempts, countries, phrasebook
from .asking import Asking
from .naming import find
from .phrasebook import Phrase

SLOW = Prosody(pace=0.65)

LESSON = 4
"""Phrases of "some useful phrases"; asked again, the next ones."""


class Interpreting(Asking):
    """Speaks for somebody."""

    @intent("phrase")
    async def phrase(
        self,
        turn: Turn,
        phrase: str | None = None,
        tongue: str | None = None,
        destination: str | None = None,
    ) -> Answer:
        """How a phrase is said in a language: at its usual pace, then slowly."""
        spoken = await self._tongue(turn, tongue, destination)
        if phrase is None:
            phrase = await turn.ask(turn.phrase("which_phrase"), _heard)
        key = phrasebook.find(phrase, turn.language)
        found = phrasebook.phrase(key, spoken) if key else None
        if found is None:
            return await self._looked_up(turn, phrase, spoken)
        return self._say(turn, [found])

    @intent("phrase_there")
    async def phrase_there(self, turn: Turn, phrase: str, tongue: str | None = None) -> Answer:
        """How a phrase is said in the place of the talk, or in the language of the phrase before."""
        last = turn.session.previous
        before = self._last() if last and last.route.intent.startswith("phrase") else None
        return await self.phrase(turn, phrase, tongue or (before.tongue if before else None))

    async def _looked_up(self, turn: Turn, phrase: str, tongue: str) -> Answer:
        """A word that no traveller's phrase is: the dictionary may know it."""
        name, words = self._called(turn, tongue), self.home.services.get("words")
        bare = re.sub(r"^(?:the|a|an|my) ", "", phrase)
        into_other = tongue == ("zh" if phrase.isascii() else "en")
        word = await words(bare) if words and into_other else None
        if word is None:
            return turn.phrase("no_phrase", phrase=phrase, tongue=name)

        async def pieces() -> AsyncIterator[str | Piece]:
            yield turn.phrase("by_dictionary", phrase=bare, tongue=name)
            yield Piece(text=word, language=tongue, prosody=SLOW)

        return Reply(say=pieces(), display=f"{bare}: {word}")

    @intent("slowly")
    async def slowly(self, turn: Turn) -> Answer:
        """The last phrase once more, slowly."""
        last = self._last()
        return self._say(turn, [last], slow=True) if last else turn.phrase("no_phrase_yet")

    @intent("useful")
    async def useful(
        self, turn: Turn, tongue: str | None = None, destination: str | None = None
    ) -> Answer:
        """Some phrases to know; asked again, the next ones."""
        spoken = await self._tongue(turn, tongue, destination)
        known = phrasebook.useful(spoken, 999)
        told = int(self.talk().get("lesson", {}).get(spoken, 0)) % len(known)
        self.keep(lesson={spoken: told + LESSON})
        return self._say(turn, known[told : told + LESSON])

    @intent("useful_it")
    async def useful_it(self, turn: Turn) -> Answer:
        """Phrases of the language that the last one was in."""
        last = self._last()
        return await self.useful(turn, last.tongue if last else None)

    @intent("try_it")
    async def try_it(self, turn: Turn) -> Answer:
        """The user says the phrase, and hears how near it was."""
        last = self._last()
        if last is None:
            return turn.phrase("no_phrase_yet")
        foreign = self.home.services.get("foreign")  # none in text mode: what is typed is read
        recognizer = None
        if foreign and last.tongue != turn.language:
            recognizer = await foreign.recognizer(last.tongue)
            if recognizer is None:
                return self._say(turn, [last], slow=True, before=self._no_ear(turn, last.tongue))
        try:
            heard: str = await turn.ask(turn.phrase("go_ahead"), seconds=10, recognizer=recognizer)
        except NeverMind:
            raise NeverMind(turn.phrase("heard_nothing")) from None
        share = await self._share(heard, last)
        key = next(name for name, least in attempts.MARKS if share >= least)
        return self._say(turn, [last] if share < attempts.GOOD else [], slow=True,
                         before=turn.phrase(key, heard=heard))  # fmt: skip

    async def _share(self, heard: str, phrase: Phrase) -> float:
        """Percent of likeness; by sound, too, where there is a microphone."""
        foreign = self.home.services.get("foreign")
        if foreign is None or phrase.tongue in attempts.BY_SYLLABLES:
            return attempts.likeness(heard, phrase)
        sounds = [await foreign.sound(text, phrase.tongue) for text in (heard, phrase.said)]
        return attempts.likeness(heard, phrase, sounds)

    # --- which language and phrase -------------------------------------------------------

    async def _tongue(self, turn: Turn, tongue: str | None, destination: str | None) -> str:
        """The language that is named, or of a place, or of the place of the talk."""
        if tongue is not None:
            return tongue
        where = find(destination) if destination else await self.where(turn, None)
        if where is None:
            raise NeverMind(turn.phrase("no_tongue", place=destination))
        country = self.country_of(where)
        found = phrasebook.tongue_of(country.languages)
        if found is None:
            spoken = say_list(countries.tongues(country.languages, turn.language), turn.language)
            name = where.name(turn.language)
            raise NeverMind(turn.phrase("not_in_book", place=name, languages=spoken))
        return found

    def _last(self) -> Phrase | None:
        kept = self.talk().get("phrase")
        return phrasebook.phrase(kept[0], kept[1]) if kept else None

    def _called(self, turn: Turn, tongue: str) -> str:
        return countries.tongues([tongue], turn.language)[0]

    def _no_ear(self, turn: Turn, tongue: str) -> str:
        """That nobody here hears the language, and what would."""
        name, model = self._called(turn, tongue), self.home.services["foreign"].wanted(tongue)
        if model is None:
            return turn.phrase("no_ear_made", tongue=name)
        return turn.phrase("no_ear", tongue=name, model=model)

    # --- saying --------------------------------------------------------------------------

    def _say(
        self, turn: Turn, phrases: list[Phrase], *, slow: bool = False, before: str = ""
    ) -> Answer:
        if not phrases:
            return before
        self.keep(phrase=[phrases[-1].key, phrases[-1].tongue])
        many = len(phrases) > 1

        async def pieces() -> AsyncIterator[str | Piece]:
            if before:
                yield before
            for each in phrases:
                if many:
                    yield Piece(text=each.called[turn.language][0], pause=0.2)
                for prosody in (SLOW,) if slow else (Prosody(), SLOW):
                    yield Piece(text=each.voiced, language=each.tongue, prosody=prosody, pause=0.5)

        receipt = Receipt(
            action="travel.phrase",
            result={"language": phrases[-1].tongue, "text": [each.said for each in phrases]},
        )
        display = "\n\n".join(_shown(each, turn.language) for each in phrases)
        return Reply(say=pieces(), display=display, receipts=(receipt,))


def _heard(text: str, language: str) -> str:
    """Whatever was said."""
    return text


def _shown(phrase: Phrase, language: str) -> str:
    lines = [phrase.called[language][0], f"**{phrase.said}**"]
    return "  \n".join([*lines, *([f"*{phrase.roman}*"] if phrase.roman else [])])
