"""What skills and the assistant stand on, and both of them upon it."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from voice_assistant import catalog as catalogs
from voice_assistant.about import About
from voice_assistant.aliases import Aliases, Shortcuts
from voice_assistant.app.devices import microphone, track
from voice_assistant.app.engines import (
    detector,
    heard_languages,
    recognizer,
    scribe,
    synthesizers,
    voice_encoder,
)
from voice_assistant.app.minds import mind, shelf
from voice_assistant.assistant import Assistant
from voice_assistant.audio import earcons
from voice_assistant.audio.player import MixerPlayer
from voice_assistant.catalog import Catalog
from voice_assistant.clock import Clock, unset
from voice_assistant.errors import SettingsError
from voice_assistant.foresight import Foresight
from voice_assistant.handling import Handling
from voice_assistant.http import Http
from voice_assistant.lexicon import PARSED
from voice_assistant.mind import Mind
from voice_assistant.mouth import Mouth
from voice_assistant.network import Network
from voice_assistant.phrases import Phrases
from voice_assistant.plugins import Skills
from voice_assistant.policy import Policy
from voice_assistant.router import Router
from voice_assistant.scheduler import Scheduler
from voice_assistant.session import Session
from voice_assistant.settings import Settings, data_folder, documents_folder
from voice_assistant.skill import Home, Skill
from voice_assistant.store import DATABASE, Database, Store
from voice_assistant.template import Seen
from voice_assistant.voice import Voice
from voice_assistant.workers import Crew


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What skills and the assistant stand on."""

    settings: Settings
    clock: Clock
    catalog: Catalog
    database: Database
    scheduler: Scheduler
    rules: Policy
    mind: Mind
    network: Network
    crew: Crew
    services: dict[str, Any]
    """What skills may ask for by name; skills offer each other more."""


MODEL_SERVER = "language model"
"""Under this name the log of what was sent has the model server of the house."""


def lay_ground(settings: Settings, clock: Clock, stack: ExitStack) -> Ground:
    """Everything that is there before the skills; `stack` closes it."""
    catalog = catalogs.load()
    database = Database(data_folder() / DATABASE)
    stack.callback(database.close)
    crew = Crew()
    stack.callback(crew.close)
    library = shelf(catalog)
    stack.callback(library.close)
    services = _services(settings, catalog)
    rules = Policy(
        household=settings.household,
        now=clock.now,
        child=lambda: services["child"]() if "child" in services else None,
    )
    hosts = _household_hosts(settings)
    allowed = {**settings.network, MODEL_SERVER: hosts}
    network = Network(allowed, database, clock, household=hosts)
    thoughts = mind(settings, catalog, rules, allow=partial(network.permit, MODEL_SERVER))
    stack.callback(thoughts.close)
    background = crew.hire("background")
    background.post(rules.prepare)
    services |= {
        "knowledge": library,
        "network": network,
        "background": background,
        "worker": crew.hire,
    }
    return Ground(
        settings=settings,
        clock=clock,
        catalog=catalog,
        database=database,
        scheduler=Scheduler(database, clock, unset=unset),
        rules=rules,
        mind=thoughts,
        network=network,
        crew=crew,
        services=services,
    )


def _services(settings: Settings, catalog: Catalog) -> dict[str, Any]:
    """Settings and engines that skills may ask for."""
    return {
        "rename": lambda skill: None,
        "catalog": catalog,
        "recognizer": partial(recognizer, settings, catalog),
        "hears": partial(heard_languages, settings, catalog),
        "scribe": partial(scribe, settings, catalog),
        "voice_encoder": partial(voice_encoder, catalog),
        "detector": partial(detector, catalog),
        "listening": settings.listening,
        "microphone": partial(microphone, settings),
        "household": settings.household,
        "persona": settings.llm.persona,
    }


def skills_on(ground: Ground, media: MixerPlayer | None) -> Skills:
    """The skills, loaded, with all that they offer each other."""
    settings, services = ground.settings, ground.services
    wire = ground.crew.hire("network")
    if media is not None:
        services["open_track"] = partial(track, media.rate, ground.crew.hire("decoder"))

    def home(name: str) -> Home:
        permit = partial(ground.network.permit, name)
        return Home(
            name=name,
            folder=documents_folder() / name,
            cache=data_folder() / "cache" / name,
            store=Store(ground.database, name),
            scheduler=ground.scheduler.owned_by(name),
            clock=ground.clock,
            mind=ground.mind,
            media=media,
            settings=settings.skills.get(name, {}),
            place=vars(settings.place),
            network=permit,
            renamed=lambda: services["rename"](name),
            services=ChainMap({"http": Http(permit, wire)}, services),
        )

    seen = Seen(data_folder() / "cache" / "templates.json", ready=PARSED)
    skills = Skills(home, data_folder() / "skills", seen)
    skills.load()
    for each in skills.working().values():
        if each.skill is not None:
            services.update(each.skill.offers())
    return skills


def assistant_on(ground: Ground, skills: Skills, mouth: Mouth) -> Assistant:
    """The walk, and what answers about it."""
    settings, services = ground.settings, ground.services
    session = Session(ground.clock, minutes=partial(_minutes, skills))
    session.ended = services.get("turn_ended", session.ended)
    router = _router(ground, skills)
    effects: dict[str, Callable[[Any], None]] = {
        "speaking.pace": partial(setattr, mouth.voice, "pace"),
        "listening.patience": mouth.ears.be_patient,
        "listening.sensitivity": mouth.ears.be_sensitive,
    }
    services["assistant"] = About(
        settings, skills, session, effects=effects, deafen=mouth.ears.deafen
    )
    handling = Handling(
        router=router,
        skills=skills,
        phrases=_phrases(skills),
        session=session,
        mouth=mouth,
        refuse=ground.rules.refuse,
    )
    return Assistant(
        handling=handling,
        mouth=mouth,
        player=mouth.player,
        ears=mouth.ears,
        scheduler=ground.scheduler,
        woken=earcons.woken(),
        follow_up_seconds=settings.listening.follow_up_seconds,
        foresee=Foresight(router, skills),
        language="zh" if settings.language == "zh" else "en",
    )


def voice_on(ground: Ground, stack: ExitStack) -> Voice:
    """All installed voices as one; `stack` closes them, after the thread that uses them."""
    settings = ground.settings
    voices = synthesizers(settings, ground.catalog)
    for each in voices:
        stack.push(each)
    worker = ground.crew.hire("voice")
    stack.callback(worker.close)
    pace, quiet = settings.speaking.pace, ground.rules.quiet
    return Voice(voices, worker, pace=pace, quiet=quiet)


def _phrases(skills: Skills) -> Phrases:
    """What the assistant and its skills say."""
    phrases = Phrases()
    for each in skills.working().values():
        for language, sentences in each.sentences.items():
            phrases.add(each.name, language, sentences.phrases)
    return phrases


def _router(ground: Ground, skills: Skills) -> Router:
    """The router, and the service by which it is taught words of the household's own."""
    aliases, cache = Aliases(Store(ground.database, "aliases")), data_folder() / "cache"
    router = Router(
        skills.working(), mind=ground.mind, cache=cache, aliases=aliases, now=ground.clock.now
    )
    ground.services["aliases"] = Shortcuts(aliases, router.knows)
    ground.services["rename"] = router.rename
    return router


def _household_hosts(settings: Settings) -> list[str]:
    """The host of the language model's server, where one is set."""
    if not (server := settings.llm.server):
        return []
    if host := urlsplit(server).hostname:
        return [host]
    raise SettingsError(
        f"'llm.server' is '{server}', but must be an address such as http://desktop:8080/v1."
    )


def _minutes(skills: Skills, name: str) -> float:
    each = skills.loaded.get(name)
    return each.skill.session_minutes if each and each.skill else Skill.session_minutes
