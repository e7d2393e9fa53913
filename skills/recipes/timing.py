"""Timers offered from a step's own time and named after it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from voice_assistant.audio import earcons
from voice_assistant.skill import Answer, Job, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_duration, say_list, say_roughly

from . import lexis
from .cooking import Cooking, Dish
from .kitchen import Kitchen
from .recipe import Step

WORTH = timedelta(minutes=2)
"""Shorter times a cook stands by anyway."""


class Timing(Kitchen):
    """The clock beside the stove."""

    def worth_timing(self, step: Step) -> bool:
        """Whether to offer a timer for a step."""
        return step.time is not None and WORTH <= step.time <= timedelta(hours=12)

    def length(self, step: Step, language: str) -> str:
        """How long a step takes, as one says it."""
        return say_duration(step.time or timedelta(), language)

    @intent("yes")
    async def yes(self, turn: Turn, **slots: Any) -> Answer:
        """The offered dish or timer; where none was offered, on to the next step."""
        cooking = self.cooking()
        offered = self.just_offered
        if cooking and offered and not cooking.dish(offered):
            return await self.cook_that(turn)
        if cooking and cooking.offered:
            return self._start_timer(turn, cooking)
        return await self.next(turn)

    async def cook_that(self, turn: Turn, **slots: Any) -> Answer:
        """The dish that was offered; see Stove."""
        raise NotImplementedError

    async def next(self, turn: Turn, **slots: Any) -> Answer:
        """The next step; see Stove."""
        raise NotImplementedError

    @intent("start_timer")
    async def start_timer(
        self, turn: Turn, duration: timedelta | None = None, **slots: Any
    ) -> Answer:
        """A timer for this step."""
        cooking = self.cooking()
        if not cooking:
            return self.nothing(turn)
        return self._start_timer(turn, cooking, duration)

    def _start_timer(
        self, turn: Turn, cooking: Cooking, duration: timedelta | None = None
    ) -> Answer:
        turn.hold()
        dish, step = cooking.front, cooking.front.step
        length = duration or (step.time if step else None)
        if length is None:
            return turn.phrase("nothing_to_time")
        job = self.home.scheduler.add(
            self.now() + length,
            {
                "dish": dish.recipe.title,
                "recipe": dish.recipe.id,
                "language": dish.recipe.language,
                "step": dish.at,
                "seconds": length.total_seconds(),
            },
        )
        cooking.offered = False
        self.keep(cooking)

        async def undo() -> str:
            self.home.scheduler.remove(job)
            return turn.phrase("timer_off")

        receipt = Receipt(
            action="recipes.timer",
            result={"seconds": length.total_seconds(), "dish": dish.recipe.title},
            undo=undo,
        )
        said = turn.phrase("timer_set", length=say_duration(length, turn.language))
        if len(cooking.dishes) > 1 and length >= timedelta(minutes=5):
            said += turn.phrase("meanwhile", dish=cooking.dishes[1].recipe.title)
        return Reply(say=said, receipts=(receipt,))

    @intent("no")
    async def no(self, turn: Turn, **slots: Any) -> Answer:
        """No timer."""
        if cooking := self.cooking():
            turn.hold()
            cooking.offered = False
            self.keep(cooking)
        return turn.phrase("no_timer")

    @intent("stop_timer")
    async def stop_timer(self, turn: Turn, **slots: Any) -> Answer:
        """No more timing."""
        jobs = self.home.scheduler.jobs()
        for job in jobs:
            self.home.scheduler.remove(job)
        return turn.phrase("timer_off" if jobs else "no_timer_runs")

    @intent("left")
    async def left(self, turn: Turn, **slots: Any) -> Answer:
        """How long the timers still run; without one, how long the dish still takes; of what is
        done with it, as baking, how long that takes."""
        ahead = self.at_hand()
        if ahead and (told := self._doing(turn, ahead.front)):
            turn.hold()
            return told
        jobs = self.home.scheduler.jobs()
        if jobs:
            parts = [
                turn.phrase(
                    "left_of",
                    length=say_roughly(job.due - self.now(), turn.language),
                    dish=job.data["dish"],
                )
                for job in jobs
            ]
            return turn.phrase("left", list=say_list(parts, turn.language))
        cooking = self.at_hand()
        if not cooking:
            return self.nothing(turn)
        turn.hold()
        if cooking.front.at < 0:
            return await self.takes_that(turn)
        rest = cooking.front.recipe.steps[max(cooking.front.at, 0) :]
        length = sum((s.time or timedelta(minutes=2) for s in rest), timedelta())
        return turn.phrase("left_about", length=say_roughly(length, turn.language))

    def _doing(self, turn: Turn, dish: Dish) -> str:
        """The next step that takes its time with what was asked about: baking, boiling. An empty
        word where nothing of the kind was asked, or no step does it."""
        asked = re.search(lexis.words(turn.language)["doing"], turn.asked.lower())
        if asked is None:
            return ""
        same = "bake" if asked[0] in ("oven", "roast") else asked[0]
        ahead = dish.recipe.steps[max(dish.at, 0) :]
        found = next((s for s in ahead if s.time and same in s.text.lower()), None)
        return self.words(found.text) if found else ""

    async def takes_that(self, turn: Turn, **slots: Any) -> Answer:
        """How long the whole dish takes; see Knowhow."""
        raise NotImplementedError

    async def due(self, turn: Turn, job: Job) -> Answer:
        """A timer is over: ring, and say what to look for."""
        said = turn.phrase(
            "timer_over",
            dish=job.data["dish"],
            length=say_duration(timedelta(seconds=job.data["seconds"]), turn.language),
        )
        recipe = self.recipe(job.data["recipe"], job.data["language"])
        place = job.data["step"]
        if recipe and 0 <= place < len(recipe.steps) and recipe.steps[place].sign:
            said += turn.phrase("sign", sign=self.words(recipe.steps[place].sign))
        if self.cooking():
            turn.session.hold(self.name)
        return Reply(say=said, ring=earcons.timer())

    async def missed(self, turn: Turn, jobs: list[Job]) -> Answer:
        """Timers that ended while the machine was off."""
        dishes = list(dict.fromkeys(str(job.data["dish"]) for job in jobs))
        return turn.phrase("timer_missed", dishes=say_list(dishes, turn.language))
