"""Coins, dice, cards and numbers: thrown or picked at once."""

from __future__ import annotations

import random
import re
from collections.abc import Awaitable, Callable
from functools import partial

from voice_assistant_skills.games.game import data

from voice_assistant.mentions import mentioned
from voice_assistant.normal import normalise
from voice_assistant.skill import Answer, Skill, Turn, intent
from voice_assistant.speaking import say_list

MOST_DICE = 20

MOST_SIDES = 1000


class Luck(Skill):
    """The part of `games` that is left to luck."""

    _quick: Callable[[Turn], Awaitable[Answer]] | None = None
    """What was thrown or picked last, where no round was played since."""

    @intent("coin")
    async def coin(self, turn: Turn, count: int | None = None) -> Answer:
        """Heads or tails, of one coin or of several."""
        self._quick = partial(self.coin, count=count)
        if count is None or count < 2:
            return turn.phrase(random.choice(("heads", "tails")))
        if count > MOST_DICE:
            return turn.phrase("odd_coins", most=MOST_DICE)
        thrown = [random.choice(("head", "tail")) for _ in range(count)]
        listed = say_list([turn.phrase(each) for each in thrown], turn.language)
        return turn.phrase("coins", list=listed, heads=thrown.count("head"), count=count)

    @intent("dice")
    @intent("dice_it")
    async def dice(self, turn: Turn, count: int | None = None, sides: int | None = None) -> Answer:
        """One die or several, of any number of sides."""
        if count is None and sides is None:
            count, sides = _dice_in(turn)
        count, sides = int(count or 1), int(sides or 6)
        self._quick = partial(self.dice, count=count, sides=sides)
        if not (1 <= count <= MOST_DICE and 2 <= sides <= MOST_SIDES):
            return turn.phrase("odd_dice", most=MOST_DICE, sides=MOST_SIDES)
        rolled = [random.randint(1, sides) for _ in range(count)]
        if count == 1:
            return turn.phrase("die", number=rolled[0])
        listed = say_list([str(each) for each in rolled], turn.language)
        return turn.phrase("dice", list=listed, sum=sum(rolled))

    @intent("pick")
    async def pick(
        self,
        turn: Turn,
        low: int | None = None,
        high: int | None = None,
        options: str | None = None,
    ) -> Answer:
        """A number between two, or one of some things."""
        text = normalise(turn.text, turn.language)
        if any(word in text for word in data("controls")[turn.language]["cards"]):
            suits, ranks = data("cards")[turn.language].values()
            return turn.phrase("card", suit=random.choice(suits), rank=random.choice(ranks))
        several = re.search(data("controls")["en"]["several"], text)
        found = _options(text if several else options or text, turn.language)
        if (low is None or high is None) and len(found) > 1:
            return turn.phrase("picked", choice=random.choice(found))
        low, high = sorted((int(low or 1), int(high or 100)))
        self._quick = partial(self.pick, low=low, high=high)
        return turn.phrase("number", number=random.randint(low, high))


def _dice_in(turn: Turn) -> tuple[int | None, int | None]:
    """How many dice and how many sides were said: "three dice", "a 12 sided die"."""
    number = mentioned("number", turn, turn.session.clock.now())
    if not isinstance(number, int):
        return None, None
    many_sided = any(word in turn.text for word in data("controls")[turn.language]["sides"])
    return (None, number) if many_sided else (number, None)


def _options(text: str, language: str) -> list[str]:
    """The things to choose among: "pizza or pasta", 吃火锅还是吃面."""
    if language == "zh":
        text = re.sub(
            "^(?:帮我|替我|给我)?(?:选一个|选|挑)?(?:我)?|(?:你|请|帮我|替我|给我|你帮我|你来)*(?:选|挑|定|决定)(?:一个|一下)?$",
            "",
            text,
        )
        for word in ("还是", "或者", "或", "、", "和"):
            text = text.replace(word, "|")
        return [each for each in text.split("|") if each]
    several = re.search(data("controls")["en"]["several"], text)
    if several:
        text = text[several.end() :]
        text = (
            text if " and " in text.split(" or ")[0] else re.sub(r"(?<!or) (?!or )", " or ", text)
        )
    for word in data("controls")["en"]["asides"]:
        text = text.replace(word, "").strip()
    return [each.strip() for each in text.replace(" and ", " or ").split(" or ") if each.strip()]
