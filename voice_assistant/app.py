"""The composition root: settings in, a household of concrete objects out.

The only file that names engines. Nothing imports it but the command line.
"""

from __future__ import annotations

import dataclasses
import os
from collections import ChainMap
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from dateutil.tz import gettz

from voice_assistant import catalog as catalogs
from voice_assistant.about import About
from voice_assistant.aliases import Aliases, Shortcuts
from voice_assistant.assistant import Assistant
from voice_assistant.audio import earcons
from voice_assistant.audio.decoder import DecodedFile
from voice_assistant.audio.echo import canceller
from voice_assistant.audio.mute import MutePlayer
from voice_assistant.audio.player import MixerPlayer
from voice_assistant.catalog import Catalog, Model
from voice_assistant.clock import Clock, SystemClock, unset
from voice_assistant.ears import Ears
from voice_assistant.engines import (
    Recognizer,
    Synthesizer,
    VoiceDetector,
    VoiceEncoder,
    WakeWord,
    memory,
)
from voice_assistant.engines.child import ChildModel
from voice_assistant.engines.silent import SilentVoice
from voice_assistant.errors import ModelMissing, SettingsError
from voice_assistant.events import Event, Sign
from voice_assistant.first_mind import FirstMind
from voice_assistant.foresight import Foresight
from voice_assistant.http import Http
from voice_assistant.mind import Mind, NoMind
from voice_assistant.model_mind import ModelMind
from voice_assistant.mouth import Mouth
from voice_assistant.network import Network
from voice_assistant.phrases import Phrases
from voice_assistant.plugins import Skills
from voice_assistant.policy import Policy
from voice_assistant.ports import Attention, Loudspeaker
from voice_assistant.router import Router
from voice_assistant.scheduler import Scheduler
from voice_assistant.session import Session
from voice_assistant.settings import Settings, data_folder, documents_folder
from voice_assistant.shelf import Shelf
from voice_assistant.skill import Home, Skill
from voice_assistant.store import Database, Store
from voice_assistant.template import Seen
from voice_assistant.voice import Voice
from voice_assistant.wakewords import leftovers, mentions
from voice_assistant.workers import Crew, InlineWorker, Worker

if TYPE_CHECKING:
    from voice_assistant.audio.microphone import Microphone

MOST_THREADS = 4
"""More do not help small models, and a household's machine has other things to do."""

STARTER_RECOGNIZER = "whisper-tiny-en"
"""What to install where there is no recogniser at all."""


# --- engines -----------------------------------------------------------------------------


def threads(wanted: int) -> int:
    """`wanted` threads, or as many as suit this machine."""
    return wanted or min(os.cpu_count() or 1, MOST_THREADS)


def recognizer_model(settings: Settings, catalog: Catalog) -> Model:
    """The chosen recogniser, else the best installed one that hears the household's languages."""
    if settings.recognition.model:
        return catalog.model(settings.recognition.model)
    for language in ("zh", "en") if settings.language == "auto" else (settings.language,):
        if best := catalog.best("recognizer", language):
            return best
    raise ModelMissing(STARTER_RECOGNIZER)


def recognizer(settings: Settings, catalog: Catalog) -> Recognizer:
    """That recogniser, loaded."""
    model = recognizer_model(settings, catalog)
    path = catalog.path(model.name)
    if model.engine == "vosk":
        from voice_assistant.engines.vosk import VoskRecognizer

        return VoskRecognizer(path, language=model.languages[0])
    from voice_assistant.engines.whisper import WhisperRecognizer

    languages = model.languages if settings.language == "auto" else (settings.language,)
    return WhisperRecognizer(
        path, languages=languages, threads=threads(settings.recognition.threads)
    )


def scribe(settings: Settings, catalog: Catalog) -> Recognizer:
    """The recogniser for text that is kept: the best that writes full stops and commas, which the
    streaming ones do not; where there is none, the one that listens."""
    wanted = ("en", "zh") if settings.language == "auto" else (settings.language,)
    writers = [
        model
        for model in catalog.models.values()
        if model.engine == "whisper"
        and catalog.installed(model.name)
        and catalogs.fits(model)
        and set(wanted) & set(model.languages)
    ]
    if not writers:
        return recognizer(settings, catalog)
    best = max(writers, key=lambda each: (len(set(wanted) & set(each.languages)), each.quality))
    chosen = dataclasses.replace(settings.recognition, model=best.name)
    return recognizer(dataclasses.replace(settings, recognition=chosen), catalog)


def voice_encoder(catalog: Catalog) -> VoiceEncoder | None:
    """What tells voices apart, where it is installed."""
    best = catalog.best("speaker")
    if best is None:
        return None
    from voice_assistant.engines.ge2e import Ge2e

    return Ge2e(catalog.path(best.name))


def heard_languages(settings: Settings, catalog: Catalog) -> tuple[str, ...]:
    """The languages of the household that the installed recogniser hears."""
    wanted = ("en", "zh") if settings.language == "auto" else (settings.language,)
    heard = recognizer_model(settings, catalog).languages
    return tuple(each for each in wanted if each in heard) or wanted


def detector(catalog: Catalog) -> VoiceDetector:
    """Silero's voice activity."""
    from voice_assistant.engines.silero import SileroDetector

    return SileroDetector(catalog.path("silero-vad"))


def wake_word(settings: Settings, catalog: Catalog, recognizer: Recognizer) -> WakeWord | None:
    """The wake words of the settings, those without a model of their own by their sound; None in
    open mode. The recogniser is asked where a wake word is in doubt."""
    if settings.listening.mode != "wake":
        return None
    from voice_assistant.engines.confirm import second_opinion
    from voice_assistant.engines.gate import SilenceGate
    from voice_assistant.engines.micro import MicroWakeWord, built_in
    from voice_assistant.engines.phrase import PhraseSpotter
    from voice_assistant.engines.several import SeveralWakeWords

    phrases = [word.lower().replace("_", " ") for word in settings.listening.wake_words]
    trained = [phrase for phrase in phrases if phrase in built_in()]
    typed = [phrase for phrase in phrases if phrase not in trained]
    sensitivity = settings.listening.sensitivity
    engines: list[WakeWord] = []
    if trained:
        engines.append(MicroWakeWord(trained, sensitivity, second_opinion(recognizer)))
    if typed:
        engines.append(PhraseSpotter(typed, recognizer, detector(catalog), sensitivity))
    return SilenceGate(engines[0] if len(engines) == 1 else SeveralWakeWords(engines))


def synthesizers(settings: Settings, catalog: Catalog) -> list[Synthesizer]:
    """The chosen voice, the best installed one a language, and the system's for all others."""
    from voice_assistant.engines.system import SystemVoice

    models: dict[str, Model] = {}
    if settings.speaking.voice and settings.speaking.voice != "system":
        models[settings.speaking.voice] = catalog.model(settings.speaking.voice)
    if settings.speaking.voice != "system":
        for best in filter(None, (catalog.best("voice", each) for each in ("en", "zh"))):
            models.setdefault(best.name, best)
    return [*(_voice(model, catalog) for model in models.values()), SystemVoice()]


def _voice(model: Model, catalog: Catalog) -> Synthesizer:
    if model.engine == "kokoro":
        from voice_assistant.engines.kokoro import KokoroVoice

        return KokoroVoice(catalog.path(model.name))
    from voice_assistant.engines.piper import PiperVoice

    return PiperVoice(catalog.path(model.name))


def mind(settings: Settings, catalog: Catalog, rules: Policy) -> Mind:
    """The model server of the house, if there is one, before the language model on this machine."""
    local = local_mind(settings, catalog, rules)
    if not (settings.llm.enabled and settings.llm.server):
        return local
    from voice_assistant.engines.openai_compatible import OpenAICompatible

    load = partial(OpenAICompatible, settings.llm.server)
    server = ModelMind(settings.llm.server, load, Worker("model server"), instead=rules.instead)
    return FirstMind(server, local)


def local_mind(settings: Settings, catalog: Catalog, rules: Policy) -> Mind:
    """The language model, loading behind the assistant, or what says that there is none."""
    if not settings.llm.enabled:
        return NoMind("off")
    found = llm_file(settings, catalog)
    if found is None or find_spec("llama_cpp") is None:
        return NoMind("missing" if found is None else "engine")
    path, megabytes = found
    options = {
        "path": path,
        "threads": threads(settings.llm.threads),
        "cache": data_folder() / "cache" / "prefixes",
    }

    def load() -> ChildModel:
        free = memory.free_megabytes()
        fitting = [m for m in catalog.models.values() if m.kind == "llm" and m.memory < (free or 0)]
        smaller = max(fitting, key=lambda m: m.quality, default=None)
        memory.check(path.stem, megabytes, free=free, smaller=smaller.name if smaller else None)
        return ChildModel(path.stem, "voice_assistant.engines.llama", options)

    return ModelMind(path.stem, load, Worker("language model"), instead=rules.instead)


def llm_file(settings: Settings, catalog: Catalog) -> tuple[Path, int] | None:
    """The chosen model's file (else the best installed one's) and the megabytes it needs."""
    chosen = settings.llm.model
    if chosen.endswith(".gguf"):
        if not settings.llm.unverified:
            raise SettingsError(
                f"'llm.model' is {chosen}, a file that the catalogue does not know: set"
                " llm.unverified = true if you trust where it comes from."
            )
        path = Path(chosen).expanduser()
        return path, round(path.stat().st_size / 1e6) + 300 if path.is_file() else 0
    model = catalog.model(chosen) if chosen else catalog.best("llm")
    return (catalog.path(model.name), model.memory) if model else None


def shelf(catalog: Catalog) -> Shelf:
    """The installed encyclopaedias and the household's own notes, being indexed."""
    packs = {}
    if best := catalog.best("knowledge"):
        packs["Wikipedia"] = catalog.path(best.name) / "summaries_en-us.json"
    folders = [documents_folder() / "notes"]
    index = data_folder() / "cache" / "knowledge.db"
    return Shelf(index, Worker("knowledge"), encyclopaedias=packs, folders=folders)


@contextmanager
def loudspeaker(settings: Settings, *, wanted: bool = True) -> Iterator[MixerPlayer | None]:
    """The loudspeaker at its volumes, or None where none is wanted."""
    if not wanted:
        yield None
        return
    from voice_assistant.audio.speaker import Speaker

    with Speaker(settings.sound.speaker) as speaker:
        set_volumes(speaker, settings)
        yield speaker


def set_volumes(player: MixerPlayer, settings: Settings) -> None:
    """Bring the channels to the volumes of the settings."""
    player.set_volume("voice", settings.sound.speech_volume)
    player.set_volume("media", settings.sound.media_volume)
    player.set_volume("alarms", settings.sound.alarm_volume)
    player.set_volume("earcons", settings.sound.earcon_volume)


def ears(settings: Settings, catalog: Catalog, recognizer: Recognizer) -> Ears:
    """Ears that wait for the wake word; `acquaint` tells them what a whole command is."""
    return Ears(
        wake=wake_word(settings, catalog, recognizer),
        detector=detector(catalog),
        recognizer=recognizer,
        clean=leftovers(settings.listening.wake_words),
        mentions=mentions(settings.listening.wake_words),
        echo=canceller(settings.sound.echo_cancel, settings.sound.microphone),
        patience=settings.listening.patience,
        open=settings.listening.mode == "open",
    )


async def acquaint(ears: Ears, home: Household, player: Loudspeaker) -> None:
    """Let the ears know the household's commands, made ready now rather than at the first pause,
    and whether music plays."""
    for language in home.languages:
        await home.learn(language)
    ears.whole = home.router.is_complete
    if isinstance(player, MixerPlayer):
        ears.playing, ears.control = (lambda: player.media_sounding), home.router.is_control


# --- the household -----------------------------------------------------------------------


@dataclass(eq=False, kw_only=True)
class Household:
    """Everything behind the ears: skills, what they keep, and the assistant that runs them."""

    settings: Settings
    catalog: Catalog
    database: Database
    skills: Skills
    assistant: Assistant
    mind: Mind
    background: Worker

    @property
    def router(self) -> Router:
        """Which skill answers."""
        return self.assistant.router

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that are spoken here and heard by the installed recogniser."""
        return heard_languages(self.settings, self.catalog)

    async def learn(self, language: str) -> None:
        """Make the statistical match of a language ready, off the loop: trained the first time,
        read from the cache afterwards."""
        lexicon = self.router.lexicon(language)
        await self.background.call(lexicon.make_quick)

    async def warm(self) -> None:
        """Compile the templates, a skill at a time, while nobody asks: else the first request that
        tries one pays for it."""
        for lexicon in map(self.router.lexicon, self.languages):
            for skill in lexicon.known:
                await self.background.call(lexicon.compile, skill)

    async def rehearse(self) -> None:
        """Have the voice say, unheard, what is said again and again."""
        for language in self.languages:
            texts = self.assistant.phrases.fixed(language)
            await self.assistant.mouth.voice.rehearse(texts, language)

    def hello(self) -> str:
        """What is shown when everything is ready."""
        language = "zh" if self.settings.language == "zh" else "en"
        wake = self.settings.listening.wake_words[0].replace("_", " ").title()
        return self.assistant.phrases.of("hello", language).format(wake=wake)


class NoEars:
    """Attention for text: there is nothing to tell."""

    def listen(self, seconds: float) -> None:
        """Nothing listens."""

    def attend(self, speaking: bool, saying: str = "") -> None:
        """Nothing listens."""

    def deafen(self, deaf: bool) -> None:
        """Nothing listens."""


@asynccontextmanager
async def household(
    settings: Settings,
    *,
    emit: Callable[[Event], None],
    now: Callable[[], float],
    player: Loudspeaker | None = None,
    ears: Attention | None = None,
    clock: Clock | None = None,
    data: Path | None = None,
) -> AsyncGenerator[Household, None]:
    """A household, with its skills started. Without `player` it is silent."""
    with ExitStack() as stack:
        ground = _ground(settings, clock or SystemClock(_zone(settings)), data, stack)
        ground.services["sign"] = lambda text: emit(Sign(at=now(), text=text))
        ground.services["tap"] = ears.tap if isinstance(ears, Ears) else None
        skills = _skills(ground, player if isinstance(player, MixerPlayer) else None)
        mouth = Mouth(
            voice=_voice_of(ground, stack) if player else Voice([SilentVoice()], InlineWorker()),
            player=player or MutePlayer(),
            ears=ears or NoEars(),
            emit=emit,
            now=now,
        )
        home = Household(
            settings=settings,
            catalog=ground.catalog,
            database=ground.database,
            skills=skills,
            assistant=_assistant(ground, skills, mouth),
            mind=ground.mind,
            background=ground.services["background"],
        )
        with ground.network.guarding():
            await skills.start()
            try:
                yield home
            finally:
                await skills.stop()


@dataclass(frozen=True, kw_only=True)
class _Ground:
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


def _ground(settings: Settings, clock: Clock, data: Path | None, stack: ExitStack) -> _Ground:
    """Everything that is there before the skills; `stack` closes it."""
    catalog = catalogs.load()
    database = Database((data or data_folder()) / "assistant.db")
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
    thoughts = mind(settings, catalog, rules)
    stack.callback(thoughts.close)
    network = Network(settings.network, database, clock, household=_household_hosts(settings))
    services |= {
        "knowledge": library,
        "network": network,
        "background": crew.hire("background"),
        "worker": crew.hire,
    }
    return _Ground(
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
        "catalog": catalog,
        "recognizer": partial(recognizer, settings, catalog),
        "hears": partial(heard_languages, settings, catalog),
        "scribe": partial(scribe, settings, catalog),
        "voice_encoder": partial(voice_encoder, catalog),
        "detector": partial(detector, catalog),
        "listening": settings.listening,
        "microphone": partial(_microphone, settings),
        "household": settings.household,
        "persona": settings.llm.persona,
    }


def _skills(ground: _Ground, media: MixerPlayer | None) -> Skills:
    """The skills, loaded, with all that they offer each other."""
    settings, services = ground.settings, ground.services
    wire = ground.crew.hire("network")
    if media is not None:
        services["open_track"] = partial(_track, media.rate, Worker("decoder"))

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
            services=ChainMap({"http": Http(permit, wire)}, services),
        )

    seen = Seen(data_folder() / "cache" / "templates.json")
    skills = Skills(home, data_folder() / "skills", seen)
    skills.load()
    for each in skills.working().values():
        if each.skill is not None:
            services.update(each.skill.offers())
    return skills


def _assistant(ground: _Ground, skills: Skills, mouth: Mouth) -> Assistant:
    """The walk, and what answers about it."""
    settings, services = ground.settings, ground.services
    session = Session(ground.clock, minutes=partial(_minutes, skills))
    session.ended = services.get("turn_ended", session.ended)
    router = _router(ground, skills)
    effects = {"speaking.pace": partial(setattr, mouth.voice, "pace")}
    services["assistant"] = About(
        settings, skills, session, effects=effects, deafen=mouth.ears.deafen
    )
    return Assistant(
        router=router,
        skills=skills,
        phrases=_phrases(skills),
        session=session,
        mouth=mouth,
        player=mouth.player,
        ears=mouth.ears,
        scheduler=ground.scheduler,
        emit=mouth.emit,
        now=mouth.now,
        woken=earcons.woken(),
        follow_up_seconds=settings.listening.follow_up_seconds,
        refuse=ground.rules.refuse,
        foresee=Foresight(router, skills),
        language="zh" if settings.language == "zh" else "en",
    )


def _voice_of(ground: _Ground, stack: ExitStack) -> Voice:
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


def _router(ground: _Ground, skills: Skills) -> Router:
    """The router, and the service by which it is taught words of the household's own."""
    aliases, cache = Aliases(Store(ground.database, "aliases")), data_folder() / "cache"
    router = Router(
        skills.working(), mind=ground.mind, cache=cache, aliases=aliases, now=ground.clock.now
    )
    ground.services["aliases"] = Shortcuts(aliases, router.knows)
    return router


def _track(rate: int, worker: Worker, path: Path | str, start: float = 0.0) -> DecodedFile:
    """A music file, or the address of a stream, as a source of the media channel."""
    return DecodedFile(path, rate, worker, start=start)


def _microphone(settings: Settings) -> Microphone:
    """The microphone itself, for a command that records without the ears."""
    from voice_assistant.audio.microphone import Microphone

    return Microphone(settings.sound.microphone)


def _household_hosts(settings: Settings) -> list[str]:
    """The host of the language model's server, where one is set."""
    host = urlsplit(settings.llm.server).hostname
    return [host] if host else []


def _zone(settings: Settings) -> Any:
    if not settings.place.zone:
        return None
    zone = gettz(settings.place.zone)
    if zone is None:
        raise SettingsError(f"'place.zone' is '{settings.place.zone}', which is no time zone.")
    return zone


def _minutes(skills: Skills, name: str) -> float:
    each = skills.loaded.get(name)
    return each.skill.session_minutes if each and each.skill else Skill.session_minutes
