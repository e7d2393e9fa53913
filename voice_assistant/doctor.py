"""What is wrong with this installation, and what to do about each finding.

Each check looks at one thing and never raises: what it cannot look at is a finding, too.
"""

from __future__ import annotations

import os
import shutil
import statistics
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Literal

from voice_assistant.audio import devices
from voice_assistant.audio.frames import FRAME_SECONDS
from voice_assistant.catalog import Catalog, machine_memory
from voice_assistant.engines import Synthesizer
from voice_assistant.errors import ModelError, StoreError, VoiceAssistantError
from voice_assistant.settings import Settings, data_folder, settings_file
from voice_assistant.store import DATABASE, Database

State = Literal["good", "note", "bad"]

LISTEN_SECONDS = 1.0
SILENT_DB = -80.0
"""Below this a microphone is muted: the electronics alone are louder."""
QUIET_DISK = 1e9
"""Bytes that should be free."""
SMALL_MEMORY = 1_800
"""MB. Below this no language model runs beside everything else."""
FAST_ENOUGH = 0.5
"""Seconds a voice may take for a second of speech."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    name: str
    state: State
    found: str
    todo: str = ""


def diagnose(
    settings: Settings,
    catalog: Catalog,
    voices: Callable[[], list[Synthesizer]],
) -> Iterator[Finding]:
    """All findings, each as soon as it is known."""
    yield _settings(settings_file())
    yield from _programs()
    yield from _sound(settings)
    yield from _models(catalog)
    yield _language_model(settings, catalog)
    yield _disk(data_folder())
    yield _kept(data_folder() / DATABASE)
    yield _memory()
    yield _speed(voices)
    yield _network(settings)


def broken_settings(error: VoiceAssistantError) -> Finding:
    """The settings file cannot be read."""
    return Finding(name="settings", state="bad", found=str(error), todo="Correct the file.")


def _settings(file: Path) -> Finding:
    there = "" if file.exists() else " (not there yet: all is as it comes)"
    return Finding(name="settings", state="good", found=f"{file}{there}")


def _programs() -> Iterator[Finding]:
    if shutil.which("espeak-ng"):
        yield Finding(name="espeak-ng", state="good", found="installed")
    else:
        yield Finding(
            name="espeak-ng",
            state="bad",
            found="missing: there is no voice without it",
            todo="Type: sudo apt install espeak-ng (on a Mac: brew install espeak-ng)",
        )
    try:
        devices.sounddevice()
    except VoiceAssistantError as error:
        todo = "Type: sudo apt install libportaudio2 (on a Mac: brew install portaudio)"
        yield Finding(name="portaudio", state="bad", found=str(error), todo=todo)
    else:
        yield Finding(name="portaudio", state="good", found="installed")


def _sound(settings: Settings) -> Iterator[Finding]:
    """The devices that would be used, and whether the microphone hears anything."""
    names = {"input": settings.sound.microphone, "output": settings.sound.speaker}
    directions: tuple[devices.Direction, ...] = ("input", "output")
    for direction in directions:
        noun = "microphone" if direction == "input" else "loudspeaker"
        try:
            device = devices.choose(direction, names[direction] or None)
        except VoiceAssistantError as error:
            yield Finding(
                name=noun,
                state="note",
                found=str(error),
                todo="See 'voice-assistant devices', or type requests: voice-assistant chat",
            )
            continue
        yield Finding(name=noun, state="good", found=f"{device.name} ({device.rate} Hz)")
        if direction == "input":
            yield _level(names[direction])


def _level(name: str) -> Finding:
    from voice_assistant.audio.microphone import Microphone
    from voice_assistant.ears import level

    try:
        with Microphone(name or None) as microphone:
            heard = islice(microphone.frames(), round(LISTEN_SECONDS / FRAME_SECONDS))
            db = statistics.median(level(frame) for frame in heard)
    except (VoiceAssistantError, statistics.StatisticsError) as error:
        return Finding(name="level", state="bad", found=str(error), todo="See 'devices test'.")
    if db < SILENT_DB:
        return Finding(
            name="level",
            state="note",
            found=f"the microphone is silent ({db:.0f} dB)",
            todo="Is it muted, or is it the wrong one? Type: voice-assistant devices test",
        )
    return Finding(name="level", state="good", found=f"the room is at {db:.0f} dB")


def _models(catalog: Catalog) -> Iterator[Finding]:
    """Every installed model against its checksums; the kinds without which nothing works."""
    for name in catalog.models:
        if not catalog.begun(name):
            continue
        if wrong := catalog.verify(name):
            yield Finding(
                name=name,
                state="bad",
                found=f"damaged: {', '.join(wrong)}",
                todo=f"Type: voice-assistant models pull {name}",
            )
        else:
            yield Finding(name=name, state="good", found="installed, checksums right")
    for kind, starter in (("recognizer", "whisper-tiny-en"), ("voice", "piper-joe-en")):
        if catalog.best(kind) is None:
            yield Finding(
                name=kind,
                state="bad" if kind == "recognizer" else "note",
                found=f"no {kind} is installed",
                todo=f"Type: voice-assistant models pull {starter}",
            )


def _language_model(settings: Settings, catalog: Catalog) -> Finding:
    name = "language model"
    if not settings.llm.enabled:
        return Finding(name=name, state="note", found="switched off in the settings")
    if find_spec("llama_cpp") is None:
        return Finding(
            name=name,
            state="note",
            found="its engine is not installed; everything but chat works",
            todo="Type: ./start (it compiles the engine behind the assistant)",
        )
    best = catalog.best("llm")
    if best is None:
        todo = "Type: voice-assistant models pull smollm2-135m"
        return Finding(name=name, state="note", found="none is installed", todo=todo)
    top = catalog.suitable("llm")[0]
    todo = f"This machine can run {top.name}, too." if top.quality > best.quality else ""
    return Finding(name=name, state="good", found=best.name, todo=todo)


def _disk(folder: Path) -> Finding:
    existing = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(existing).free
    found = f"{free / 1e9:.1f} GB free for {folder}"
    if not existing.is_dir() or not os.access(existing, os.W_OK):
        todo = "Set VOICE_ASSISTANT_HOME to a folder that you may write to."
        return Finding(name="disk", state="bad", found=f"{folder} cannot be written", todo=todo)
    if free < QUIET_DISK:
        todo = "Delete what you do not need; timers and lists need a little room."
        return Finding(name="disk", state="bad", found=found, todo=todo)
    return Finding(name="disk", state="good", found=found)


def _kept(file: Path) -> Finding:
    """Whether what timers and lists are kept in can be used."""
    name = "data"
    if not file.exists():
        return Finding(name=name, state="good", found="nothing is kept yet")
    try:
        with closing(Database(file)) as database:
            ((health,), *_) = database.execute("PRAGMA quick_check")
    except StoreError as error:
        return Finding(name=name, state="bad", found=str(error))
    if health != "ok":
        todo = "Move it away, or put a copy of it back."
        return Finding(name=name, state="bad", found=f"{file} is damaged: {health}", todo=todo)
    return Finding(name=name, state="good", found=f"{file} is sound")


def _memory() -> Finding:
    memory = machine_memory()
    if memory < SMALL_MEMORY:
        todo = "Leave the language model off: --no-llm, or 'enabled = false' below [llm]."
        return Finding(name="memory", state="note", found=f"{memory} MB", todo=todo)
    return Finding(name="memory", state="good", found=f"{memory} MB")


def _speed(voices: Callable[[], list[Synthesizer]]) -> Finding:
    """Speak a sentence to nobody: the voice is the slowest thing that a turn always waits for."""
    try:
        voice, *others = voices()
    except (ModelError, VoiceAssistantError) as error:
        return Finding(name="speed", state="bad", found=str(error))
    sentence = "The quick brown fox jumps over the lazy dog, and goes home."
    list(voice.synthesize("Warm up.", language="en"))
    began = perf_counter()
    clips = list(voice.synthesize(sentence, language="en"))
    share = (perf_counter() - began) / sum(clip.seconds for clip in clips)
    for each in (voice, *others):
        each.__exit__()
    found = f"a second of speech takes {share:.2f} s to make"
    if share > FAST_ENOUGH:
        todo = "Use the system's voice: 'voice = \"system\"' below [speaking]."
        return Finding(name="speed", state="note", found=found, todo=todo)
    return Finding(name="speed", state="good", found=found)


def _network(settings: Settings) -> Finding:
    hosts = [f"{skill}: {', '.join(names)}" for skill, names in settings.network.items() if names]
    if settings.llm.server:
        hosts.append(f"language model: {settings.llm.server}")
    found = "; ".join(hosts) if hosts else "nothing may leave this machine"
    return Finding(name="network", state="good", found=found)
