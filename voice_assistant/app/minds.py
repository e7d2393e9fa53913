"""Which language model answers, and where knowledge is looked up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from voice_assistant.app.engines import threads
from voice_assistant.catalog import Catalog
from voice_assistant.engines import memory
from voice_assistant.engines.child import ChildModel
from voice_assistant.errors import SettingsError
from voice_assistant.first_mind import FirstMind
from voice_assistant.mind import Mind, NoMind
from voice_assistant.model_mind import ModelMind
from voice_assistant.policy import Policy
from voice_assistant.settings import Settings, data_folder, documents_folder
from voice_assistant.shelf import Shelf
from voice_assistant.workers import Worker

OVERHEAD = 300
"""MB that a model takes beside its weights, roughly: its cache and what computes."""


def mind(
    settings: Settings, catalog: Catalog, rules: Policy, *, allow: Callable[[str], None]
) -> Mind:
    """The model server of the house, if there is one, before the language model on this machine.
    `allow` is called with the server's host each time before it is talked to."""
    local = local_mind(settings, catalog, rules)
    if not (settings.llm.enabled and settings.llm.server):
        return local
    from voice_assistant.engines.openai_compatible import OpenAICompatible

    load = partial(OpenAICompatible, settings.llm.server, allow=allow)
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
        fitting = (m.name for m in catalog.suitable("llm") if m.memory < (free or 0))
        memory.check(path.stem, megabytes, free=free, smaller=next(fitting, None))
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
        if not path.is_file():
            raise SettingsError(f"'llm.model' is {chosen}: there is no such file.")
        return path, round(path.stat().st_size / 1e6) + OVERHEAD
    model = catalog.model(chosen, "llm") if chosen else catalog.best("llm")
    return (catalog.path(model.name), model.memory) if model else None


def shelf(catalog: Catalog) -> Shelf:
    """The installed encyclopaedias and the household's own notes, being indexed."""
    packs = {}
    if best := catalog.best("knowledge"):
        packs["Wikipedia"] = catalog.path(best.name) / "summaries_en-us.json"
    folders = [documents_folder() / "notes"]
    index = data_folder() / "cache" / "knowledge.db"
    return Shelf(index, Worker("knowledge"), encyclopaedias=packs, folders=folders)
