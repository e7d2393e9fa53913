"""Games: rounds of questions in a session, and coins, dice and numbers at once."""

from __future__ import annotations

import random
import re
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from voice_assistant_skills.games import chain, guessing, quiz, thought
from voice_assistant_skills.games.game import Game, Hinting, Scoring, Step, data

from voice_assistant.mentions import mentioned
from voice_assistant.normal import core, normalise
from voice_assistant.skill import Answer, Home, NeverMind, Receipt, Reply, Skill, Turn, intent
from voice_assistant.speaking import say_list

PATIENCE = 20.0
"""Seconds to think about an answer."""
MOST_DICE = 20
MOST_SIDES = 1000
CHILD = 8
"""Age that is assumed when the questions shall be for children."""


class Games(Skill):
    """Plays."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._game: Game | None = None
        self._quick: Callable[[Turn], Awaitable[Answer]] | None = None
        """What was thrown or picked last, where no round was played since."""

    # --- at once -------------------------------------------------------------------------

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

    # --- rounds --------------------------------------------------------------------------

    @intent("play")
    async def play(self, turn: Turn, topic: str | None = None, age: object = None) -> Answer:
        """Begin a game: the one that was named, or one that is chosen from a few. How old the
        players are is read where the questions are chosen."""
        text = normalise(turn.text, turn.language)
        if any(word in text for word in data("controls")[turn.language]["which"]):
            return turn.phrase("games")
        name = _game_in(text, turn.language)
        if name is None and any(word in text for word in data("controls")[turn.language]["absent"]):
            return f"{turn.phrase('absent')} {turn.phrase('games')}"
        if name is None:
            answer = await turn.ask(turn.phrase("which"), lambda heard, tongue: heard)
            text = normalise(answer, turn.language)
            name = _game_in(text, turn.language)
            if name is None:
                return turn.phrase("games")
        game = await self._new(turn, name, topic or text)
        return await self._round(turn, game, game.begin())

    @intent("again")
    async def again(self, turn: Turn) -> Answer:
        """The same game once more, or the same throw."""
        if self._quick is not None:
            return await self._quick(turn)
        name = self.home.store.get("last", "quiz")
        game = await self._new(turn, name, "")
        return await self._round(turn, game, game.begin())

    @intent("reply")
    async def reply(self, turn: Turn, answer: str | None = None) -> Answer:
        """An answer that came after the wait for it was over."""
        if self._game is None:
            turn.release()
            return turn.phrase("no_game")
        return await self._round(turn, self._game, None, answer or turn.text)

    @intent("stop")
    async def stop_game(self, turn: Turn) -> Answer:
        """Enough."""
        self._game = None
        turn.release()
        return turn.phrase("bye")

    @intent("score")
    async def score(self, turn: Turn) -> Answer:
        """What was won so far."""
        scores: dict[str, Any] = self.home.store.get("scores", {})
        if not scores:
            return turn.phrase("no_scores")
        told = [
            turn.phrase("score_of", game=turn.phrase(f"name_{name}"), **kept)
            for name, kept in scores.items()
        ]
        return turn.phrase("scores", list=say_list(told, turn.language))

    async def resume(self, turn: Turn) -> Answer:
        """Something else came between: the question once more."""
        if self._game is None:
            return None
        return await self._round(turn, self._game, self._game.question())

    async def halt(self, turn: Turn) -> bool:
        """Stop ends the game."""
        running, self._game = self._game is not None, None
        turn.session.release(self.name)
        return running

    async def _new(self, turn: Turn, name: str, wish: str) -> Game:
        talk, language = turn.phrase, turn.language
        self.home.store.set("last", name)
        if name == "quiz":
            return quiz.Quiz(talk, language, self._questions(turn, wish))
        if name == "riddle":
            return quiz.Riddle(talk, language, self._fresh("riddle", quiz.riddles(language), 1)[0])
        if name == "chain":
            return chain.Chain(talk, language, await self._idioms(language))
        if name == "thought":
            animal = quiz.topic_of(wish, language) == "animals"
            return thought.Thought(talk, language, animal=animal)
        if name == "sums":
            kinds = data("controls")[language]["kinds"].items()
            only = next(
                (kind for kind, words in kinds if any(word in wish for word in words)), None
            )
            return quiz.Sums(talk, language, only=only)
        games = {"number": guessing.Number, "twenty": guessing.Twenty}
        return {**games, "duel": guessing.Duel}[name](talk, language)

    def _questions(self, turn: Turn, wish: str) -> list[quiz.Question]:
        known = quiz.questions(turn.language)
        topic = quiz.topic_of(wish, turn.language)
        if any(word in wish for word in data("controls")[turn.language]["children"]):
            known = [each for each in known if each.age <= CHILD]
        about = _about(wish, known, turn.language)
        about = about or [each for each in known if each.topic == topic] or known
        age = quiz.age_of(normalise(turn.text, turn.language), turn.language)
        return self._fresh("quiz", quiz.fair(about, age) if age else about, quiz.ROUND)

    def _fresh(self, name: str, known: Sequence[quiz.Question], count: int) -> list[quiz.Question]:
        """Some that were not asked lately; all count as new again when too few are left."""
        asked: list[str] = self.home.store.get(f"asked.{name}", [])
        new = [each for each in known if each.key not in asked]
        if len(new) < count:
            again = {each.key for each in known}
            asked = [key for key in asked if key not in again]
            new = list(known)
        chosen = random.sample(new, min(count, len(new)))
        self.home.store.set(f"asked.{name}", asked + [each.key for each in chosen])
        return chosen

    async def _idioms(self, language: str) -> frozenset[str]:
        """The idioms of the Chinese dictionary, where it is installed."""
        catalog, worker = (self.home.services.get(each) for each in ("catalog", "background"))
        if language != "zh" or catalog is None or not catalog.installed("cc-cedict"):
            return frozenset()
        packed = catalog.path("cc-cedict")
        found: frozenset[str] = (
            await worker.call(chain.idioms, packed) if worker else chain.idioms(packed)
        )
        return found

    async def _round(
        self, turn: Turn, game: Game, say: str | None, heard: str | None = None
    ) -> Answer:
        """Ask and take answers until the game is over. On silence it waits, unfinished."""
        self._game, self._quick = game, None
        turn.hold()
        while True:
            if heard is not None:
                step = self._step(turn, game, heard)
                if step.over:
                    return self._over(turn, game, step)
                say = step.say
            try:
                heard = await turn.ask(say or game.question(), seconds=PATIENCE)
            except NeverMind:
                turn.hold()
                return None

    def _step(self, turn: Turn, game: Game, heard: str) -> Step:
        said = core(normalise(heard, turn.language), turn.language)
        controls = data("controls")[turn.language]
        if said in controls["quit"] or re.fullmatch(controls["quits"], said):
            return Step(say=turn.phrase("bye"), over=True)
        if re.fullmatch(controls["hints"], said):
            help_ = game.hint() if isinstance(game, Hinting) else turn.phrase("no_hint")
            return Step(say=f"{help_} {game.question()}")
        if re.fullmatch(controls["scores"], said):
            how = game.standing() if isinstance(game, Scoring) else turn.phrase("no_standing")
            return Step(say=f"{how} {game.question()}")
        if said in controls["repeat"]:
            return Step(say=game.question())
        if game.name == "twenty" and re.fullmatch(controls["unsure"], said):
            return game.answer(heard)
        if said in controls["pass"] or re.fullmatch(controls["passes"], said):
            return game.give_up()
        return game.answer(heard)

    def _over(self, turn: Turn, game: Game, step: Step) -> Reply:
        self._game = None
        turn.release()
        if step.points is None:
            return Reply(say=step.say)
        scores: dict[str, Any] = self.home.store.get("scores", {})
        kept = scores.get(game.name, {"played": 0, "points": 0, "best": 0})
        scores[game.name] = {
            "played": kept["played"] + 1,
            "points": kept["points"] + step.points,
            "best": max(kept["best"], step.points),
        }
        self.home.store.set("scores", scores)
        result = {"game": game.name, "points": step.points}
        return Reply(say=step.say, receipts=(Receipt(action="games.score", result=result),))


def _about(wish: str, known: Sequence[quiz.Question], language: str) -> list[quiz.Question]:
    """The questions on a narrower subject than a topic; none where there are too few for a round."""
    for words in data("topics")["subjects"][language].values():
        if any(word in wish.lower() for word in words):
            told = ((each, f"{each.text} {each.answers[0]}".lower()) for each in known)
            found = [each for each, text in told if any(word in text for word in words)]
            return found if len(found) >= quiz.ROUND else []
    return []


def _game_in(text: str, language: str) -> str | None:
    controls = data("controls")[language]
    if re.search(controls["guesses"], text):
        return "twenty"
    if any(word in text for word in controls["thinks"]):
        return "thought"
    for name, words in controls["games"].items():
        if any(word in text for word in words):
            return str(name)
    return None


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
