"""`skills`: what is there and whether it works; a new one; its sentences against all others."""

from __future__ import annotations

import argparse
from itertools import chain
from pathlib import Path

import anyio
from rich.console import Console
from rich.table import Table

from voice_assistant import plugins, settings
from voice_assistant.app.household import Household, household
from voice_assistant.commands.common import put, settings_of, tell
from voice_assistant.errors import SkillError, UsageError, VoiceAssistantError
from voice_assistant.lexicon import PARSED
from voice_assistant.speaking import say_count
from voice_assistant.template import Seen

_SKILL = '''"""Says hello. Change it, then type `voice-assistant skills check`."""

from voice_assistant.skill import Answer, Skill, Turn, intent


class {cls}(Skill):
    """Greets people by name."""

    @intent("greet")
    async def greet(self, turn: Turn, name: str = "") -> Answer:
        return turn.phrase("greeting", name=name)
'''

_SENTENCES = {
    "en": """intents:
  greet:
    sentences:
      - "greet {{name}} from {spoken}"
    examples:
      - "{spoken} should say hello to {{name}}"
    tests:
      - text: "greet anna from {spoken}"
        slots: {{name: anna}}
phrases:
  greeting: "Hello {{name}}, nice to meet you."
""",
    "zh": """intents:
  greet:
    sentences:
      - "用{spoken}向{{name}}问好"
    examples:
      - "让{spoken}跟{{name}}打个招呼"
    tests:
      - text: "用{spoken}向小明问好"
        slots: {{name: 小明}}
phrases:
  greeting: "{{name}}，你好，很高兴认识你。"
""",
}


def skills(arguments: argparse.Namespace) -> int:
    """List, make, check or reload."""
    if arguments.action == "new":
        return _new(arguments.name)
    return anyio.run(_with_household, arguments)


async def _with_household(arguments: argparse.Namespace) -> int:
    async with household(settings_of(arguments)) as home:
        if arguments.action == "check":
            return _check(home, arguments.name)
        if arguments.action == "learn":
            seen = Seen(PARSED)
            for language in ("en", "zh"):
                lexicon = home.router.lexicon(language)
                lexicon.make_ready()
                for each in lexicon.known.values():
                    seen.add(each.digest, each.needs())
            seen.save()
            return 0
        if arguments.action == "reload":
            return await _reload(home, arguments.name)
        _list(home, as_json="json" in arguments)
        return 0


def _list(home: Household, *, as_json: bool) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("skill", "state", "languages", "intents", "folder"):
        table.add_column(heading)
    for each in home.skills.loaded.values():
        state = each.error or "works"
        intents = sorted({name for s in each.sentences.values() for name in s.intents})
        if as_json:
            put(
                {
                    "skill": each.name,
                    "works": each.skill is not None,
                    "error": each.error or None,
                    "languages": list(each.sentences),
                    "intents": intents,
                    "folder": str(each.folder),
                }
            )
        table.add_row(
            each.name, state, " ".join(each.sentences), str(len(intents)), str(each.folder)
        )
    if not as_json:
        Console().print(table)


def _check(home: Household, name: str | None) -> int:
    names = [name] if name else list(home.skills.loaded)
    problems = 0
    for each in names:
        if each not in home.skills.loaded:
            raise SkillError(f"There is no skill '{each}'.")
        if error := home.skills.loaded[each].error:
            tell(f"{each}: {error}")
            problems += 1
            continue
        skill = home.skills.loaded[each].skill
        wrong = chain(home.router.check(each), skill.problems() if skill else ())
        for problem in wrong:
            tell(f"{each}: {problem}")
            problems += 1
    tell(f"{len(names)} checked, {say_count(problems, 'problem', 'en')}.")
    return int(problems > 0)


async def _reload(home: Household, name: str | None) -> int:
    for each in [name] if name else list(home.skills.loaded):
        await home.skills.reload(each)
        tell(f"{each}: loads and starts.")
    return 0


def _new(name: str | None) -> int:
    if not name or not name.isidentifier():
        raise UsageError("A skill's name is one word of letters, digits and underscores.")
    folder = settings.data_folder() / "skills" / name
    if folder.exists():
        raise VoiceAssistantError(f"{folder} is there already.")
    if name in plugins.found():
        raise VoiceAssistantError(
            f"There is a skill '{name}', and yours would take its place: choose another name, or "
            f"copy its folder to {folder} to change it."
        )
    folder.mkdir(parents=True)
    spoken = name.replace("_", " ")
    cls = spoken.title().replace(" ", "")
    (folder / "skill.py").write_text(_SKILL.format(cls=cls), encoding="utf-8")
    (folder / "__init__.py").touch()
    for language, text in _SENTENCES.items():
        (Path(folder) / f"{language}.yaml").write_text(text.format(spoken=spoken), encoding="utf-8")
    tell(f"A new skill is in {folder}. Try: voice-assistant ask 'greet anna from {spoken}'")
    return 0
