"""What this household must not eat, does not eat and may eat again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from voice_assistant.answers import yes_no
from voice_assistant.skill import Answer, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_list

from . import wishes
from .diets import Profile
from .kitchen import Kitchen
from .wishes import say


class Household(Kitchen):
    """The profile that every search and every dish is held against."""

    @intent("allergy")
    async def allergy(self, turn: Turn, **slots: Any) -> Answer:
        """Somebody must not eat something."""
        return await self._changed(turn, allergy=True)

    @intent("dislike")
    async def dislike(self, turn: Turn, **slots: Any) -> Answer:
        """Somebody does not eat something."""
        return await self._changed(turn, allergy=False)

    async def _changed(self, turn: Turn, *, allergy: bool) -> Answer:
        heard, mine = turn.route.text or turn.text, self.own_profile
        diets = wishes.read(heard, turn.language).diets - {"alcohol-free"}
        named = wishes.taboo(heard, turn.language, allergy=allergy)
        if not named and not diets:
            return turn.phrase("unknown_food")
        if diets and not allergy:
            new = replace(mine, diets=mine.diets | diets)
            named = diets
        elif allergy:
            new = replace(mine, allergies=mine.allergies | named)
        else:
            new = replace(mine, dislikes=mine.dislikes | named)
        what = say_list([say(each, turn.language) for each in sorted(named)], turn.language)
        guessed = turn.route.stage == "match" and not allergy
        if guessed and not await turn.ask(turn.phrase("sure_profile", what=what), yes_no):
            return turn.phrase("profile_back")
        self.keep_profile(new)
        receipt = Receipt(
            action="recipes.profile", result={"no": sorted(named)}, undo=self._put_back(turn, mine)
        )
        key = "allergy_kept" if allergy else "diet_kept" if named == diets else "dislike_kept"
        return Reply(say=turn.phrase(key, what=what), receipts=(receipt,))

    @intent("forget_taboo")
    async def forget_taboo(self, turn: Turn, **slots: Any) -> Answer:
        """Something may be eaten again."""
        heard, mine = turn.route.text or turn.text, self.own_profile
        named = wishes.taboo(heard, turn.language, allergy=True)
        named |= wishes.taboo(heard, turn.language, allergy=False)
        named |= wishes.read(heard, turn.language).diets
        gone = named & (mine.allergies | mine.dislikes | mine.diets)
        if not gone:
            return turn.phrase("not_in_profile")
        self.keep_profile(
            Profile(
                allergies=mine.allergies - named,
                dislikes=mine.dislikes - named,
                diets=mine.diets - named,
            )
        )
        what = say_list([say(each, turn.language) for each in sorted(gone)], turn.language)
        receipt = Receipt(
            action="recipes.profile", result={"yes": sorted(gone)}, undo=self._put_back(turn, mine)
        )
        return Reply(say=turn.phrase("taboo_gone", what=what), receipts=(receipt,))

    def _put_back(self, turn: Turn, before: Profile) -> Any:
        async def undo() -> str:
            self.keep_profile(before)
            return turn.phrase("profile_back")

        return undo

    @intent("profile")
    async def tell_profile(self, turn: Turn, **slots: Any) -> Answer:
        """What is minded."""
        mine, language = self.profile, turn.language
        if not mine:
            return turn.phrase("profile_empty")
        parts = []
        for key in ("allergies", "dislikes", "diets"):
            if entries := sorted(getattr(mine, key)):
                named = say_list([say(entry, language) for entry in entries], language)
                parts.append(turn.phrase(f"profile_{key}", what=named))
        return " ".join(parts) if language == "en" else "".join(parts)
