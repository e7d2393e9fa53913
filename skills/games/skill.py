"""Games: rounds of questions in a session, and coins, dice and numbers at once."""

from __future__ import annotations

import re
from typing import Any

from voice_assistant_skills.games.game import Game, Hinting, Scoring, Step, data

from voice_assistant.normal import core, normalise
from voice_assistant.skill import Answer, Home, NeverMind, Receipt, Reply, Turn, intent
from voice_assistant.speaking import say_list

from .choosing import Choosing, game_in

PATIENCE = 20.0
"""Seconds to think about an answer."""


class Games(Choosing):
    """Plays."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._game: Game | None = None

    @intent("play")
    async def play(self, turn: Turn, topic: str | None = None, age: object = None) -> Answer:
        """Begin a game: the one that was named, or one that is chosen from a few. How old the
        players are is read where the questions are chosen."""
        text = normalise(turn.text, turn.language)
        if any(word in text for word in data("controls")[turn.language]["which"]):
            return turn.phrase("games")
        name = game_in(text, turn.language)
        if name is None and any(word in text for word in data("controls")[turn.language]["absent"]):
            return f"{turn.phrase('absent')} {turn.phrase('games')}"
        if name is None:
            answer = await turn.ask(turn.phrase("which"), lambda heard, tongue: heard)
            text = normalise(answer, turn.language)
            name = game_in(text, turn.language)
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
