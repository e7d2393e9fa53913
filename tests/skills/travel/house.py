"""A household with the travel skill behind the real router, to script whole conversations.

A script is lines of `what is said -> words that must be in the answer | ...`; a word after `!` must
not be. What is said may be followed by answers to the skill's questions: `request / answer / ...`.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from voice_assistant_skills.clock import places as gazetteer
from voice_assistant_skills.travel.skill import Travel

from tests.fakes import NOW, TryOut
from voice_assistant.intents import load_sentences
from voice_assistant.router import Router, Utterance
from voice_assistant.session import Exchange

_FOLDER = TemporaryDirectory()
TRAINED = Path(_FOLDER.name)
"""What the router learns from the sentences; every house learns the same."""

FOLDER = Path(__file__).parents[3] / "skills" / "travel"

_ROUTERS = {}


def _router(house):
    """One for all houses of a language: the moment is the same in all of them. Only the templates
    are tried: to train the statistical match takes longer than all conversations."""
    if house.language not in _ROUTERS:
        cache = TRAINED
        router = Router({"travel": house}, now=lambda: NOW, cache=cache)
        router.lexicon(house.language).scores = lambda text: [("", 0.0), ("travel.tips", 0.0)]
        _ROUTERS[house.language] = router
    return _ROUTERS[house.language]


HOME = {"city": "Berlin", "country": "DE", "latitude": 52.52, "longitude": 13.4}


def vocabulary(language, services=True):
    """The names that slots take."""
    offered = {"services": {"gazetteer": gazetteer}} if services else {}
    return TryOut(Travel, Path(), **offered).skill.vocabulary(language)


class House:
    def __init__(self, folder, language="en", **home):
        self.folder, self.language = folder, language
        services = {"gazetteer": gazetteer, **home.pop("services", {})}
        self.tried = TryOut(Travel, folder, services=services, **{"place": HOME, **home})
        self.sentences = load_sentences(FOLDER)
        self.router = _router(self)

    def vocabulary(self, language):
        return {k: list(v) for k, v in self.tried.skill.vocabulary(language).items()}

    @property
    def store(self):
        return self.tried.skill.home.store

    async def say(self, text, answers=()):
        tried = self.tried
        route = await self.router.route(Utterance(text=text, language=self.language), tried.session)
        assert route.skill == "travel", f"'{text}' went to {route}"
        outcome = tried.turn(self.language, text=text, intent=route.intent, answers=answers)
        outcome.turn.route = route
        await tried.run(outcome, tried.handler(route.intent)(outcome.turn, **route.slots))
        tried.session.turns.append(
            Exchange(when=tried.clock.now(), text=text, route=route, said=tuple(outcome.said))
        )
        return outcome

    async def play(self, script):
        """Act out a script."""
        for line in script.strip().splitlines():
            said, _, expected = (part.strip() for part in line.partition("->"))
            text, *answers = (part.strip() for part in said.split(" / "))
            outcome = await self.say(text, answers)
            told = outcome.text.lower()
            for word in filter(None, (each.strip().lower() for each in expected.split("|"))):
                if word.startswith("!"):
                    assert word[1:] not in told, f"'{text}' said: {outcome.text}"
                else:
                    assert word in told, f"'{text}' said: {outcome.text}"
