"""A household with the recipes skill behind the real router, to script whole cooking sessions.

A script is lines of `what is said -> words that must be in the answer | ...`; a word after `!` must
not be. `-- kill` starts the skill anew on the same database; `-- wait 9` lets nine minutes pass.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from voice_assistant_skills.recipes.skill import Recipes

from tests.fakes import TryOut
from voice_assistant.intents import load_sentences
from voice_assistant.router import Router, Utterance
from voice_assistant.session import Exchange

_TRAINED = TemporaryDirectory()
"""What the router learns from the sentences; every house learns the same."""

FOLDER = Path(__file__).parents[3] / "skills" / "recipes"


class House:
    def __init__(self, folder, language="en", **home):
        self.folder, self.language = folder, language
        self.tried = TryOut(Recipes, folder, **home)
        self.sentences = load_sentences(FOLDER)
        self.router = Router({"recipes": self}, now=self.tried.clock.now, cache=Path(_TRAINED.name))

    def vocabulary(self, language):
        return {k: list(v) for k, v in self.tried.skill.vocabulary(language).items()}

    def killed(self):
        """The same disk, another process."""
        again = House(
            self.folder, self.language, clock=self.tried.clock, database=self.tried.database
        )
        again.tried.session.hold("recipes")
        return again

    async def say(self, text, answers=()):
        tried = self.tried
        route = await self.router.route(Utterance(text=text, language=self.language), tried.session)
        assert route.skill == "recipes", f"'{text}' went to {route}"
        outcome = tried.turn(self.language, text=text, intent=route.intent, answers=answers)
        outcome.turn.route = route
        await tried.run(outcome, tried.handler(route.intent)(outcome.turn, **route.slots))
        tried.session.turns.append(
            Exchange(when=tried.clock.now(), text=text, route=route, said=tuple(outcome.said))
        )
        return outcome

    async def play(self, script):
        """Act out a script; the house as it is at the end."""
        house = self
        for line in script.strip().splitlines():
            text, _, expected = (part.strip() for part in line.partition("->"))
            if text == "-- kill":
                house = house.killed()
            elif text.startswith("-- wait"):
                house.tried.clock.jump(timedelta(minutes=float(text.split()[-1])))
            else:
                outcome = await house.say(text)
                for word in filter(None, (each.strip() for each in expected.split("|"))):
                    told = outcome.text.lower()
                    if word.startswith("!"):
                        assert word[1:].lower() not in told, f"'{text}' said: {outcome.text}"
                    else:
                        assert word.lower() in told, f"'{text}' said: {outcome.text}"
        return house
