"""Find, load and reload skills; a broken one becomes a status, not a crash.

Three doors, in this order of precedence: the user's own folder (`DATA/skills/NAME/`), the skills
that come with the assistant, and other packages through the entry point group
`voice_assistant.skills`. Ours come in through the same code as everybody's.
"""

from __future__ import annotations

import importlib
import logging
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

import voice_assistant_skills

from voice_assistant.errors import SettingsError, SkillError, VoiceAssistantError
from voice_assistant.intents import Sentences, load_sentences
from voice_assistant.skill import Handler, Home, Skill
from voice_assistant.template import Seen

PACKAGE = "voice_assistant_skills"
GROUP = "voice_assistant.skills"

_log = logging.getLogger(__name__)


@dataclass(kw_only=True)
class LoadedSkill:
    """A skill that was found, whether or not it works."""

    name: str
    folder: Path
    skill: Skill | None = None
    sentences: Mapping[str, Sentences] = field(default_factory=dict)
    """By language."""
    handlers: Mapping[str, Handler] = field(default_factory=dict)
    """By intent."""
    error: str = ""
    """Why it does not work; empty when it does."""

    def vocabulary(self, language: str) -> Mapping[str, list[str]]:
        """The run-time slot values of the skill; none if it fails to tell."""
        if self.skill is None:
            return {}
        try:
            return {slot: list(values) for slot, values in self.skill.vocabulary(language).items()}
        except Exception as error:  # noqa: BLE001 - a skill may fail in any way
            _log.exception("skill %s: vocabulary", self.name)
            self.error = f"its vocabulary failed: {error}"
            return {}


class Skills:
    """The skills of this household, by name."""

    def __init__(
        self,
        home_of: Callable[[str], Home],
        user_folder: Path | None = None,
        seen: Seen | None = None,
    ) -> None:
        self._home_of = home_of
        self._seen = seen
        if user_folder and str(user_folder) not in voice_assistant_skills.__path__:
            voice_assistant_skills.__path__.insert(0, str(user_folder))
        self.loaded: dict[str, LoadedSkill] = {}

    def load(self) -> None:
        """Load every skill that can be found."""
        for name, module in sorted(found().items()):
            self.loaded[name] = self._load(name, module)
        if self._seen:
            self._seen.save()

    def working(self) -> dict[str, LoadedSkill]:
        """Those that loaded."""
        return {name: each for name, each in self.loaded.items() if each.skill is not None}

    async def start(self) -> None:
        """Start every skill; one that fails is put aside with its reason, which is logged: its
        author would wonder who else answers."""
        for each in self.working().values():
            await self._start(each)
        for each in self.loaded.values():
            if each.error:
                _log.error("the skill %s does not work: %s", each.name, each.error)

    async def stop(self) -> None:
        """Stop every skill."""
        for each in self.working().values():
            await _stop(each)

    async def reload(self, name: str) -> LoadedSkill:
        """Load `name` anew and swap it in only if that succeeds. Raises SkillError otherwise."""
        module = found().get(name)
        if module is None:
            raise SkillError(f"There is no skill '{name}'.")
        _forget(module)
        new = self._load(name, module)
        if new.skill is not None:
            await self._start(new)
        if new.skill is None:
            raise SkillError(f"The skill '{name}' was not reloaded: {new.error}.")
        if old := self.loaded.get(name):
            await _stop(old)
        self.loaded[name] = new
        return new

    def _load(self, name: str, module_name: str) -> LoadedSkill:
        folder = Path()
        try:
            module = importlib.import_module(module_name)
            folder = Path(module.__file__ or "").parent
            cls = _skill_class(module)
            cls.name = name
            sentences = load_sentences(folder, self._seen)
            handlers = _handlers(cls, sentences)
            skill = cls(self._home_of(name))
        except SettingsError as error:  # its owner's to mend, as in any other section
            raise SettingsError(f"In the settings: {error}") from None
        except Exception as error:  # noqa: BLE001 - a skill may fail in any way
            _log.debug("skill %s", name, exc_info=True)
            reason = str(error) if isinstance(error, VoiceAssistantError) else repr(error)
            return LoadedSkill(name=name, folder=folder, error=reason)
        bound = {key: getattr(skill, method) for key, method in handlers.items()}
        return LoadedSkill(
            name=name, folder=folder, skill=skill, sentences=sentences, handlers=bound
        )

    async def _start(self, each: LoadedSkill) -> None:
        assert each.skill is not None
        try:
            await each.skill.start()
        except Exception as error:  # noqa: BLE001 - a skill may fail in any way
            _log.debug("skill %s", each.name, exc_info=True)
            each.skill, each.error = None, f"it did not start: {error}"


async def _stop(each: LoadedSkill) -> None:
    if each.skill is not None:
        try:
            await each.skill.stop()
        except Exception:  # noqa: BLE001 - a skill may fail in any way
            _log.exception("skill %s did not stop well", each.name)


def found(*more: Path) -> dict[str, str]:
    """Every skill that is there, also in `more` folders: its name and the module that holds it."""
    modules = {point.name: point.module for point in entry_points(group=GROUP)}
    for place in (*reversed(list(voice_assistant_skills.__path__)), *more):
        for file in Path(place).glob("*/skill.py"):
            modules[file.parent.name] = f"{PACKAGE}.{file.parent.name}.skill"
    return modules


def _skill_class(module: ModuleType) -> type[Skill]:
    for value in vars(module).values():
        if (
            isinstance(value, type)
            and issubclass(value, Skill)
            and value.__module__ == module.__name__
        ):
            return value
    raise SkillError(f"{module.__file__} has no subclass of Skill")


def _handlers(cls: type[Skill], sentences: Mapping[str, Sentences]) -> dict[str, str]:
    """Method names by intent; every intent of the YAML files must have one."""
    handlers = {
        intent: name for name in dir(cls) for intent in getattr(getattr(cls, name), "intents", ())
    }
    for language, each in sentences.items():
        for intent in each.intents:
            if intent not in handlers:
                raise SkillError(f"{language}.yaml has an intent '{intent}' that no method handles")
    return handlers


def _forget(module_name: str) -> None:
    """Drop a skill's modules and their byte code: an edit within the same second is seen too."""
    package = module_name.rpartition(".")[0]
    module = sys.modules.get(module_name)
    for name in [n for n in sys.modules if n == package or n.startswith(package + ".")]:
        del sys.modules[name]
    if module is not None and module.__file__:
        shutil.rmtree(Path(module.__file__).parent / "__pycache__", ignore_errors=True)
    importlib.invalidate_caches()
