"""Conversations with the real skills and the real router, on the virtual clock.

`conversations.yaml`: scenes in both languages; a line is what is said and a pattern of all that is
heard until the next line. Seconds between two lines may be given, for what runs out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import anyio
import numpy as np
import pytest
import yaml
from voice_assistant_skills import __path__ as folders

from tests.fakes import FakeClock
from tests.scenario.theatre import FakeEars, FakePlayer, FakeSkills, FakeVoice
from voice_assistant import embedding
from voice_assistant.aliases import Aliases, Shortcuts
from voice_assistant.assistant import Assistant
from voice_assistant.audio.frames import silence
from voice_assistant.events import Event, Heard, Said
from voice_assistant.handling import Handling
from voice_assistant.intents import load_sentences
from voice_assistant.lexicon import Lexicon
from voice_assistant.mind import NoMind
from voice_assistant.mouth import Mouth
from voice_assistant.phrases import Phrases
from voice_assistant.plugins import LoadedSkill
from voice_assistant.router import Router
from voice_assistant.scheduler import Scheduler
from voice_assistant.session import Session
from voice_assistant.skill import Home, Skill
from voice_assistant.store import Database, Store
from voice_assistant.voice import Voice
from voice_assistant.workers import InlineWorker

pytestmark = pytest.mark.anyio

SKILLS = ("alarms", "assistant", "calculator", "clock", "games", "lists", "reminders", "timers")
PAUSE = 12.0
"""Seconds from one line to the next where none are given: the answer is over."""
SCENES = yaml.safe_load(Path(__file__).with_name("conversations.yaml").read_text("utf-8"))


class Encoder:
    """Stands in for the sentence embedding: all is alike."""

    def encode(self, texts: list[str]) -> Any:
        return np.full((len(texts), 2), 0.5**0.5, np.float32)


@pytest.fixture(scope="module")
def lexicons() -> Iterator[dict[str, Lexicon]]:
    """What is known of each language, made once: it is the same in every scene."""
    yield from lexicons_of(SKILLS)


def lexicons_of(names: Sequence[str]) -> Iterator[dict[str, Lexicon]]:
    """What is known of each language, of these skills alone, with the names that they know."""
    database = Database(":memory:")
    scheduler = Scheduler(database, FakeClock())
    known = {
        name: LoadedSkill(
            name=name,
            folder=Path(folders[-1]) / name,
            skill=_class(name)(_home(name, Path(), database, scheduler, {})),
            sentences=load_sentences(Path(folders[-1]) / name),
        )
        for name in names
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedding, "encoder", Encoder)
        made = {language: Lexicon(language, known) for language in ("en", "zh")}
        for lexicon in made.values():
            lexicon.scores("hello")
        yield made


def _class(name: str) -> type[Skill]:
    module = import_module(f"voice_assistant_skills.{name}.skill")
    return next(
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Skill)
        and value.__module__ == module.__name__
    )


def _home(
    name: str,
    folder: Path,
    database: Database,
    scheduler: Scheduler,
    services: Mapping[str, Any],
) -> Home:
    """What a skill is given."""
    return Home(
        name=name,
        folder=folder / name,
        store=Store(database, name),
        scheduler=scheduler.owned_by(name),
        clock=scheduler.clock,
        mind=NoMind(),
        services=services,
    )


@dataclass
class House:
    """A household of real skills."""

    folder: Path
    lexicons: dict[str, Lexicon]
    events: list[Event] = field(default_factory=list)
    names: Sequence[str] = SKILLS

    def __post_init__(self) -> None:
        clock, database = FakeClock(), Database(":memory:")
        scheduler, ears, player = Scheduler(database, clock), FakeEars(), FakePlayer()
        session, phrases, skills = Session(clock, ears.listen), Phrases(), FakeSkills()
        router = Router({}, aliases=Aliases(Store(database, "aliases")), now=clock.now)
        router._lexicons.update(self.lexicons)
        assert router.aliases is not None
        services = {"aliases": Shortcuts(router.aliases, router.knows)}
        for name in self.names:
            cls = _class(name)
            cls.name = name
            skill = cls(_home(name, self.folder, database, scheduler, services))
            found = [
                getattr(skill, each) for each in dir(cls) if hasattr(getattr(cls, each), "intents")
            ]
            handlers = {intent: method for method in found for intent in method.intents}
            sentences = load_sentences(Path(folders[-1]) / name)
            skills.loaded[name] = LoadedSkill(
                name=name, folder=self.folder, skill=skill, sentences=sentences, handlers=handlers
            )
            for language, each in sentences.items():
                phrases.add(name, language, each.phrases)
        mouth = Mouth(
            voice=Voice([FakeVoice()], InlineWorker()),
            player=player,
            ears=ears,
            emit=self.events.append,
            now=anyio.current_time,
        )
        self.assistant = Assistant(
            handling=Handling(
                router=router,
                skills=skills,  # type: ignore[arg-type]
                phrases=phrases,
                session=session,
                mouth=mouth,
            ),
            mouth=mouth,
            player=player,
            ears=ears,
            scheduler=scheduler,
            woken=silence(0.1),
        )

    async def play(self, language: str, lines: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
        """Say each line at its time; what was said, what was expected and what came back."""
        for each in self.assistant.handling.skills.loaded.values():
            assert each.skill is not None
            await each.skill.start()
        self.assistant.language = language
        came: list[tuple[str, str, str]] = []
        send, events = anyio.create_memory_object_stream[Event](10)
        async with send, events, anyio.create_task_group() as tasks:
            tasks.start_soon(self.assistant.run, events)
            for line in lines:
                before = len(self.events)
                if "say" in line:
                    at = anyio.current_time()
                    await send.send(
                        Heard(at=at, text=line["say"], language=language, speech_ended=at)
                    )
                await anyio.sleep(line.get("wait", PAUSE))
                said = [event.text for event in self.events[before:] if isinstance(event, Said)]
                came.append((line.get("say", "..."), line["hear"], " ".join(said)))
            tasks.cancel_scope.cancel()
        return came


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene["scene"])
async def test_conversation(
    scene: dict[str, Any], lexicons: dict[str, Lexicon], tmp_path: Path
) -> None:
    house = House(tmp_path, lexicons)
    came = await house.play(scene["language"], scene["lines"])
    wrong = [line for line in came if not re.search(line[1], line[2], re.IGNORECASE)]
    assert not wrong, "\n".join(" | ".join(line) for line in came)


def test_there_are_enough_scenes_in_both_languages() -> None:
    spoken = [scene["language"] for scene in SCENES]
    assert len(spoken) >= 30
    assert min(spoken.count("en"), spoken.count("zh")) >= 12
