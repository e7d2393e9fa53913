"""Everything behind the ears, put together and taken apart again."""

from __future__ import annotations

import gc
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta, tzinfo
from typing import Any

import anyio
from anyio import to_process
from dateutil.tz import gettz

from voice_assistant.app.engines import heard_languages
from voice_assistant.app.foreign import Foreign
from voice_assistant.app.ground import Ground, assistant_on, lay_ground, skills_on, voice_on
from voice_assistant.assistant import Assistant
from voice_assistant.audio.mute import MutePlayer
from voice_assistant.audio.player import MixerPlayer
from voice_assistant.catalog import Catalog
from voice_assistant.clock import SystemClock
from voice_assistant.ears import Ears
from voice_assistant.engines import Recognizer
from voice_assistant.engines.silent import SilentVoice
from voice_assistant.errors import SettingsError
from voice_assistant.events import Caption, Event, Sign
from voice_assistant.mouth import Mouth
from voice_assistant.plugins import Skills
from voice_assistant.ports import Attention, Loudspeaker
from voice_assistant.router import Router
from voice_assistant.settings import Settings
from voice_assistant.voice import Voice
from voice_assistant.workers import InlineWorker, Worker, on_loop


@dataclass(eq=False, kw_only=True)
class Household:
    """Everything behind the ears: skills, what they keep, and the assistant that runs them."""

    settings: Settings
    catalog: Catalog
    skills: Skills
    assistant: Assistant
    background: Worker
    services: Mapping[str, Any]
    """What skills offer each other, by name."""

    @property
    def router(self) -> Router:
        """Which skill answers."""
        return self.assistant.handling.router

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that are spoken here and heard by the installed recogniser."""
        return heard_languages(self.settings, self.catalog)

    async def learn(self, language: str) -> None:
        """Make the statistical match of a language ready, off the loop: trained the first time,
        read from the cache afterwards."""
        await self.background.call(self.router.lexicon(language).make_quick)

    async def study(self) -> None:
        """Train the match of new sentences in a process of its own, at low priority: among our
        threads it would take the ears' time for a minute, and more on a small machine."""
        for lexicon in map(self.router.lexicon, self.languages):
            if not lexicon.is_trained():
                homework = await self.background.call(lexicon.homework)
                await to_process.run_sync(homework, cancellable=True)
                lexicon.give_back()

    async def warm(self) -> None:
        """Compile the templates, a skill at a time, while nobody asks: else the first request that
        tries one pays for it."""
        for language in self.languages:
            await self.background.call(self.router.lexicon(language).outline)
            await self.compile(language)

    async def compile(self, language: str) -> None:
        """Compile the templates of a language."""
        lexicon = self.router.lexicon(language)
        for skill in lexicon.known:
            await self.background.call(lexicon.compile, skill)
        gc.freeze()  # it stays: each look for garbage among it would hold all threads for 0.2 s

    async def rehearse(self) -> None:
        """Have the voice say, unheard, what is said again and again."""
        for language in self.languages:
            texts = self.assistant.handling.phrases.fixed(language)
            await self.assistant.mouth.voice.rehearse(texts, language)

    def timers(self) -> list[tuple[str, timedelta]]:
        """What counts down, with the time that is left."""
        running = self.services.get("timers")
        return running("zh" if self.settings.language == "zh" else "en") if running else []

    def hello(self) -> str:
        """What is shown when everything is ready."""
        language = "zh" if self.settings.language == "zh" else "en"
        wake = self.settings.listening.wake_words[0].replace("_", " ").title()
        return self.assistant.handling.phrases.of("hello", language).format(wake=wake)


class NoEars:
    """Attention for text: there is nothing to tell."""

    def listen(self, seconds: float) -> None:
        """Nothing listens."""

    def attend(self, speaking: bool, saying: str = "") -> None:
        """Nothing listens."""

    def deafen(self, deaf: bool) -> None:
        """Nothing listens."""

    def be_patient(self, patience: float) -> None:
        """Nothing listens."""

    def be_sensitive(self, sensitivity: float) -> None:
        """Nothing listens."""

    def expect(self, recognizer: Recognizer | None) -> None:
        """Nothing listens."""


def _show(emit: Callable[[Event], None], now: Callable[[], float], ground: Ground) -> None:
    """What skills may show: what somebody said in a meeting that is recorded, and signs."""

    def caption(text: str) -> None:
        emit(Caption(at=now(), text=text))

    ground.services["caption"] = on_loop(caption)
    ground.services["sign"] = lambda text: emit(Sign(at=now(), text=text))


def _lend(ears: Ears, ground: Ground, stack: ExitStack) -> None:
    """What skills may have of the ears: their sound, and other languages."""
    worker = ground.crew.hire("foreign recognizer")
    foreign = Foreign(ground.settings, ground.catalog, ears.recognizer, worker)
    stack.callback(foreign.close)
    ground.services.update(tap=ears.tap, foreign=foreign)


@asynccontextmanager
async def household(
    settings: Settings,
    *,
    emit: Callable[[Event], None] = lambda event: None,
    now: Callable[[], float] = anyio.current_time,
    player: Loudspeaker | None = None,
    ears: Attention | None = None,
) -> AsyncGenerator[Household, None]:
    """A household, with its skills started. Without `player` it is silent."""
    with ExitStack() as stack:
        ground = lay_ground(settings, SystemClock(_zone(settings)), stack)
        _show(emit, now, ground)
        if isinstance(ears, Ears):
            _lend(ears, ground, stack)
        skills = skills_on(ground, player if isinstance(player, MixerPlayer) else None)
        mouth = Mouth(
            voice=voice_on(ground, stack) if player else Voice([SilentVoice()], InlineWorker()),
            player=player or MutePlayer(),
            ears=ears or NoEars(),
            emit=emit,
            now=now,
        )
        home = Household(
            settings=settings,
            catalog=ground.catalog,
            skills=skills,
            assistant=assistant_on(ground, skills, mouth),
            background=ground.services["background"],
            services=ground.services,
        )
        with ground.network.guarding():
            await skills.start()
            try:
                yield home
            finally:
                await skills.stop()


async def acquaint(ears: Ears, home: Household, player: Loudspeaker) -> None:
    """Let the ears know the household's commands, made ready now rather than at the first pause,
    and whether music plays."""
    for language in home.languages:
        lexicon = home.router.lexicon(language)
        if not lexicon.is_trained():
            lexicon.borrow()
        await home.learn(language)
    ears.whole = home.assistant.takes
    if isinstance(player, MixerPlayer):
        ears.playing, ears.control = (lambda: player.media_sounding), home.router.is_control


def _zone(settings: Settings) -> tzinfo | None:
    if not settings.place.zone:
        return None
    zone = gettz(settings.place.zone)
    if zone is None:
        raise SettingsError(
            f"'place.zone' is '{settings.place.zone}', but must be a time zone such as"
            " Europe/Berlin."
        )
    return zone
