"""Writing down: cards, the shopping list, and plans for some days."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from voice_assistant import values
from voice_assistant.answers import yes_no
from voice_assistant.folders import write_text
from voice_assistant.skill import Answer, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_date, say_list

from . import cards, planning, search, wishes, wording
from .cooking import Dish
from .kitchen import Kitchen
from .recipe import Recipe
from .shopping import Lists, Need, needs

RECENT = timedelta(days=3)
"""So long a thing put on the shopping list counts as still to be bought."""


class Paper(Kitchen):
    """What remains of a recipe when it was said."""

    async def _wanted(self, turn: Turn, name: str | None) -> Recipe | None:
        if name is None:
            named = self.names(turn.language).inside(turn.route.text or turn.text)
            name = named.title if named else None
        return await self.meant(turn, name)

    def _dish(self, recipe: Recipe) -> Dish:
        cooking = self.cooking()
        going = cooking.dish(recipe) if cooking else None
        return going or Dish(recipe=recipe, servings=recipe.servings)

    @intent("write_down")
    @intent("send")
    async def write_down(self, turn: Turn, recipe: str | None = None, **slots: Any) -> Answer:
        """A card in the user's folder; that nothing is sent from here is said."""
        wanted = await self._wanted(turn, recipe)
        if wanted is None:
            return turn.phrase("write_what")
        receipt = self.write_card(wanted)
        said = turn.phrase("written", dish=wanted.title)
        return Reply(
            say=turn.phrase("not_sent") + said if turn.route.intent == "send" else said,
            display=cards.markdown(self._dish(wanted)),
            receipts=(receipt,),
        )

    def write_card(self, recipe: Recipe) -> Receipt:
        """Put a recipe into the user's folder."""
        path = cards.write(self._dish(recipe), self.home.folder / "cards")
        return Receipt(action="recipes.write", result={"title": recipe.title, "path": str(path)})

    # -- shopping ----------------------------------------------------------------------------------

    @intent("shop")
    @intent("shop_here")
    @intent("shop_that")
    async def shop(
        self, turn: Turn, recipe: str | None = None, number: float | None = None, **slots: Any
    ) -> Answer:
        """The ingredients of a dish, or of the plan, on the shopping list."""
        heard = turn.route.text or turn.text
        planned = self._planned(turn.language) if _PLAN.search(heard) else []
        if planned:
            dishes = [self._dish(each) for _, each in planned]
            return self._bought(turn, dishes, turn.phrase("the_plan"))
        wanted = await self._wanted(turn, recipe)
        if wanted is None:
            return turn.phrase("shop_what")
        if why := self.barred(wanted, turn.language):
            return turn.phrase("barred", dish=wanted.title, why=why)
        dish = self._dish(wanted)
        people = int(number) if number else wishes.read(heard, turn.language).people
        return self._bought(
            turn, [replace(dish, servings=people) if people else dish], wanted.title
        )

    @intent("needs")
    async def needs(self, turn: Turn, **slots: Any) -> Answer:
        """What must be bought for the planned dinners, on the list if it is wanted there."""
        dishes = [self._dish(recipe) for _, recipe in self._planned(turn.language)]
        if not dishes:
            return turn.phrase("no_plan")
        wanted = [need.text(turn.language) for need in needs(dishes, turn.language)]
        listed = say_list(wanted, turn.language)
        if not await turn.ask(turn.phrase("needed", list=listed), yes_no):
            return turn.phrase("not_listed")
        return self._bought(turn, dishes, turn.phrase("the_plan"))

    def _bought(self, turn: Turn, dishes: list[Dish], what: str) -> Answer:
        noted = self.home.store.get("shopping", {})
        lines = self._with_more(turn, needs(dishes, turn.language))
        lists: Lists | None = self.home.services.get("lists")
        name = turn.phrase("list_name")
        take_back = (lists.add if lists else self._own_list)(lines, name)

        async def undo() -> str:
            take_back()
            self.home.store.set("shopping", noted)
            return turn.phrase("unshopped", what=what)

        result = {"items": lines, "list": name}
        receipt = Receipt(action="recipes.shop", result=result, undo=undo)
        said = turn.phrase("shopped", what=what, count=len(lines))
        return Reply(say=said, display="\n".join(f"- {x}" for x in lines), receipts=(receipt,))

    def _with_more(self, turn: Turn, wanted: list[Need]) -> list[str]:
        """The lines; what was put on the list these days already is "200 g more flour"."""
        today = self.now().date()
        oldest = (today - RECENT).isoformat()
        noted = {k: d for k, d in self.home.store.get("shopping", {}).items() if d >= oldest}
        lines = []
        for need in wanted:
            text = need.text(turn.language)
            if need.key in noted and need.amount.number:
                text = turn.phrase("more", text=text)
            lines.append(text)
        noted.update({need.key: today.isoformat() for need in wanted})
        self.home.store.set("shopping", noted)
        return lines

    def _own_list(self, lines: Sequence[str], name: str) -> Callable[[], None]:
        """Where there are no lists: a Markdown file of our own."""
        path = self.home.folder / "shopping-list.md"
        before = path.read_text(encoding="utf-8") if path.exists() else f"# {name}\n\n"
        write_text(path, before + "".join(f"- [ ] {line}\n" for line in lines))
        return partial(write_text, path, before)

    # -- plans --------------------------------------------------------------------------------

    @intent("plan")
    async def plan(self, turn: Turn, number: float | None = None, **slots: Any) -> Answer:
        """Dinners for the next days."""
        heard, language = turn.route.text or turn.text, turn.language
        count = int(number) if number else _count(heard, language)
        count = min(max(count, 1), planning.MOST)
        wish = wishes.read(_COUNT.sub(" ", heard), language)
        wish = wish.and_also(wishes.Wish(courses=frozenset({"main"})))
        hits = search.fitting(self.book(language), wish, self.profile, season=self.season, limit=60)
        recent = [each["id"] for each in self.home.store.get("cooked", [])[-10:]]
        today = self.now().date()
        chosen = planning.dinners(hits, count, recent=recent, turn=today.toordinal())
        if not chosen:
            return turn.phrase("nothing_fits")
        days = {(today + timedelta(days=n)).isoformat(): r.id for n, r in enumerate(chosen)}
        before = self.home.store.get("plan")
        self.home.store.set("plan", {"language": language, "days": days})

        async def undo() -> str:
            self.home.store.set("plan", before)
            return turn.phrase("plan_gone")

        receipt = Receipt(action="recipes.plan", result={"days": days}, undo=undo)
        said = turn.phrase("planned", days=self._days(turn, list(enumerate(chosen)), today))
        if len(chosen) < count:
            said += turn.phrase("no_more")
        return Reply(say=said, display=self._plan_card(language), receipts=(receipt,))

    @intent("replan")
    async def replan(self, turn: Turn, **slots: Any) -> Answer:
        """Another dinner for one of the planned days."""
        heard, language = turn.route.text or turn.text, turn.language
        planned = dict(self._planned(language))
        day = self._day_said(heard, language)
        if day not in planned:
            return turn.phrase("not_planned" if planned else "no_plan")
        wish = wishes.read(heard, language).and_also(wishes.Wish(courses=frozenset({"main"})))
        hits = search.fitting(self.book(language), wish, self.profile, season=self.season, limit=60)
        others = [recipe for other, recipe in planned.items() if other != day]
        left = [hit.recipe for hit in hits if hit.recipe not in planned.values()]
        if not left:
            return turn.phrase("nothing_fits")
        chosen = min(left, key=lambda recipe: planning.sameness(recipe, others, ()))
        before = self.home.store.get("plan")
        days = {**before["days"], day.isoformat(): chosen.id}
        self.home.store.set("plan", {**before, "days": days})

        async def undo() -> str:
            self.home.store.set("plan", before)
            return turn.phrase("plan_gone")

        receipt = Receipt(action="recipes.plan", result={"days": days}, undo=undo)
        when = say_date(day, language, today=self.now().date())
        said = turn.phrase("replanned", day=when, dish=wording.summary(chosen, language))
        return Reply(say=said, display=self._plan_card(language), receipts=(receipt,))

    def _day_said(self, heard: str, language: str) -> date:
        """The day that was named, else today."""
        said = [each.value for each in values.find("date", heard, language, self.now())]
        return next((day for day in said if isinstance(day, date)), self.now().date())

    def _days(self, turn: Turn, chosen: list[tuple[int, Recipe]], today: date) -> str:
        parts = [
            turn.phrase(
                "day",
                day=say_date(today + timedelta(days=n), turn.language, today=today),
                dish=recipe.title,
            )
            for n, recipe in chosen
        ]
        return say_list(parts, turn.language)

    def _planned(self, language: str) -> list[tuple[date, Recipe]]:
        """The days from today on that have a dinner."""
        kept = self.home.store.get("plan") or {}
        if kept.get("language", language) != language:
            language = kept["language"]
        today = self.now().date()
        found = []
        for day, name in sorted(kept.get("days", {}).items()):
            recipe = self.recipe(name, language)
            if recipe and date.fromisoformat(day) >= today:
                found.append((date.fromisoformat(day), recipe))
        return found

    def _plan_card(self, language: str) -> str:
        return "\n".join(
            f"- {day.isoformat()}: {wording.summary(recipe, language)}"
            for day, recipe in self._planned(language)
        )

    @intent("tonight")
    async def tonight(self, turn: Turn, **slots: Any) -> Answer:
        """What's for dinner on a day: the plan knows; without one, a proposal."""
        today, heard = self.now().date(), turn.route.text or turn.text
        wanted = self._day_said(heard, turn.language)
        for day, recipe in self._planned(turn.language):
            if day == wanted:
                self.offer([recipe])
                named = wording.summary(recipe, turn.language)
                when = say_date(day, turn.language, today=today)
                return turn.phrase("tonight", dish=named, day=when)
        return await self.propose(turn)

    @intent("tell_plan")
    async def tell_plan(self, turn: Turn, **slots: Any) -> Answer:
        """The dinners that are planned."""
        planned = self._planned(turn.language)
        if not planned:
            return turn.phrase("no_plan")
        today = self.now().date()
        chosen = [((day - today).days, recipe) for day, recipe in planned]
        return Reply(
            say=turn.phrase("plan_is", days=self._days(turn, chosen, today)),
            display=self._plan_card(turn.language),
        )

    async def propose(self, turn: Turn) -> Answer:
        """Something for today; see Finding."""
        raise NotImplementedError


def _count(heard: str, language: str) -> int:
    """How many dinners are meant: the number that was said, a week, or three."""
    said = _COUNT.search(heard)
    if _WEEK.search(heard) or not said:
        return planning.MOST if _WEEK.search(heard) else 3
    found = values.find("number", said[0], language, wishes.ANY_DAY)
    number = found[0].value if found else None
    return int(number) if isinstance(number, int | float) else 3


_PLAN = re.compile(r"plan|week|dinners|menu|计划|菜单|这周|一周|这几天")
_WEEK = re.compile(r"\bweek\b|seven|一周|一个星期|一星期|七天|这周|这个星期|下周")
_COUNT = re.compile(
    r"\b(?:a|one|two|three|four|five|six|seven|\d+) (?:days?|dinners?|meals?|nights?|weeks?)\b|"
    r"[一二两三四五六七\d]+(?:天|顿|个晚上|周|个星期)"
)
