"""What this household must not eat, does not eat and may eat again."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import Any

from voice_assistant.allergies import SOMEBODY
from voice_assistant.answers import yes_no
from voice_assistant.normal import language_of
from voice_assistant.skill import Answer, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_list

from . import lexis, wishes
from .finding import Finding
from .kitchen import OWN
from .lexis import say
from .taboos import is_guest, parted, taboo
from .wishes import Wish


def _besides(asked: Wish, told: Wish) -> Wish:
    """What is wished for beside an allergy: its foods are only those of the question itself."""
    return replace(
        told,
        foods=asked.foods,
        kinds=asked.kinds,
        without=asked.without,
        no_kinds=asked.no_kinds,
    )


class Household(Finding):
    """The profile that every search and every dish is held against."""

    @intent("allergy")
    async def allergy(self, turn: Turn, **slots: Any) -> Answer:
        """Somebody must not eat something, and perhaps what there is for them to eat."""
        heard, language = turn.route.text or turn.text, turn.language
        told, rest = parted(heard.lower(), language)
        asks = re.search(lexis.words(language)["then_asks"], rest or told)
        if not asks:
            return await self._changed(turn, heard, allergy=True)
        wish = _besides(wishes.read(rest, language), wishes.read(heard, language))
        if is_guest(heard, language):
            named = taboo(told, language, allergy=True)
            mine = replace(self.profile, allergies=self.profile.allergies | named)
            return self.suggested(turn, wish, frozenset(), text=rest, profile=mine)
        kept = await self._changed(turn, told, allergy=True)
        if not isinstance(kept, Reply):
            return kept
        found = self.suggested(turn, wish, frozenset(), text=rest)
        return replace(found, say=f"{kept.say}{' ' if language == 'en' else ''}{found.say}",
                       receipts=kept.receipts)  # fmt: skip

    @intent("dislike")
    async def dislike(self, turn: Turn, **slots: Any) -> Answer:
        """Somebody does not eat something; "what to do when they eat no greens" wants dishes."""
        heard = turn.route.text or turn.text
        asks = re.search(lexis.words(turn.language)["then_asks"], heard.lower())
        if asks and not taboo(heard, turn.language, allergy=False):
            return self.suggested(turn, wishes.read(heard, turn.language), frozenset(), text=heard)
        return await self._changed(turn, turn.route.text or turn.text, allergy=False)

    async def _changed(self, turn: Turn, heard: str, *, allergy: bool) -> Answer:
        mine = self.own_profile
        diets = wishes.read(heard, turn.language).diets - {"alcohol-free"}
        named = taboo(heard, turn.language, allergy=allergy)
        if not named and not diets:
            return turn.phrase("unknown_food")
        if diets and not allergy:
            named = diets
        what = self._say_all(named, turn.language)
        guessed = turn.route.stage == "match" and not allergy
        if guessed and not await turn.ask(turn.phrase("sure_profile", what=what), yes_no):
            return turn.phrase("profile_back")
        undo = self._put_back(turn)
        if allergy:
            self.allergies.add(self._speaking(), [say(each, turn.language) for each in named])
        elif named == diets:
            self.keep_profile(replace(mine, diets=mine.diets | diets))
        else:
            self.keep_profile(replace(mine, dislikes=mine.dislikes | named))
        receipt = Receipt(action="recipes.profile", result={"no": sorted(named)}, undo=undo)
        key = "allergy_kept" if allergy else "diet_kept" if named == diets else "dislike_kept"
        return Reply(say=turn.phrase(key, what=what), receipts=(receipt,))

    def _speaking(self) -> str:
        """The name of who speaks, where a skill knows it."""
        speaking = self.home.services.get("speaking")
        return (speaking() if speaking else None) or SOMEBODY

    @intent("forget_taboo")
    async def forget_taboo(self, turn: Turn, **slots: Any) -> Answer:
        """Something may be eaten again."""
        heard, mine, all_of_us = turn.route.text or turn.text, self.own_profile, self.profile
        named = taboo(heard, turn.language, allergy=True)
        named |= taboo(heard, turn.language, allergy=False)
        named |= wishes.read(heard, turn.language).diets
        gone = named & (all_of_us.allergies | mine.dislikes | mine.diets)
        if not gone:
            return turn.phrase("not_in_profile")
        what, undo = self._say_all(gone, turn.language), self._put_back(turn)
        if gone & all_of_us.allergies:
            if not await turn.ask(turn.phrase("sure_allergy", what=what), yes_no):
                return turn.phrase("profile_back")
            self._may_eat(gone)
        self.keep_profile(replace(mine, dislikes=mine.dislikes - named, diets=mine.diets - named))
        receipt = Receipt(action="recipes.profile", result={"yes": sorted(gone)}, undo=undo)
        return Reply(say=turn.phrase("taboo_gone", what=what), receipts=(receipt,))

    def _may_eat(self, gone: frozenset[str]) -> None:
        """Take back the allergies that these entries are of."""
        for person, noted in self.allergies.everybody().items():
            no_more = [
                food for food in noted if taboo(food, language_of(food), allergy=True) & gone
            ]
            self.allergies.remove(person, no_more)

    def _say_all(self, entries: Iterable[str], language: str) -> str:
        return say_list([say(each, language) for each in sorted(entries)], language)

    def _put_back(self, turn: Turn) -> Callable[[], Awaitable[str]]:
        """What makes everything as it is now."""
        own, allergies = self.own_profile, self.allergies.everybody()

        async def undo() -> str:
            self.keep_profile(own)
            for person in {*allergies, *self.allergies.everybody()}:
                self.allergies.keep(person, allergies.get(person, []))
            return turn.phrase("profile_back")

        return undo

    @intent("profile")
    async def tell_profile(self, turn: Turn, **slots: Any) -> Answer:
        """What is minded."""
        mine, language = self.profile, turn.language
        if not mine:
            return turn.phrase("profile_empty")
        parts = [
            turn.phrase(f"profile_{key}", what=self._say_all(entries, language))
            for key in ("allergies", *OWN)
            if (entries := getattr(mine, key))
        ]
        return " ".join(parts) if language == "en" else "".join(parts)
