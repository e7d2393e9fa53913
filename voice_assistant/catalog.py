"""The catalogue of models: what there is, what is installed here, and what fits this machine.

`models/catalog.toml` is the data. A model is a folder of files, each with a size and a SHA-256,
and sources in order of preference that all deliver those same bytes; `downloads.py` fetches.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, TypeAlias

import platformdirs

from voice_assistant.errors import ModelError, ModelMissing

RECORD = "installed.json"
"""In each model's folder: what was put there."""

MEMORY_SHARE = 0.6
"""A model may need this much of the machine's memory; the rest is the system's and ours."""

_BLOCK = 1 << 20

KINDS = {"recognizer": "a recogniser", "voice": "a voice", "llm": "a language model"}
"""How a person calls the kinds of models."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file of a model."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Https:
    """Files below one address."""

    https: str
    """Ends in a slash; the file's name follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Zip:
    """One archive that holds the whole model; its own checksum stands for its files."""

    zip: str
    size: int
    sha256: str
    root: str = ""
    """The folder in the archive that becomes the model's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tgz:
    """The same as a gzipped tar."""

    tgz: str
    size: int
    sha256: str
    root: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pypi:
    """Files inside pinned wheels."""

    pypi: str
    """The wheel that holds every file without `pieces`, such as `name==1.0`."""
    root: str = ""
    """Their folder in it."""
    pieces: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For a file that is elsewhere or in parts: `name==1.0/path/in/the/wheel`, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packaged:
    """Comes with a Python package that the assistant depends on: always installed."""

    package: str
    path: str = ""


Source: TypeAlias = Https | Zip | Tgz | Pypi | Packaged


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """An entry of the catalogue."""

    name: str
    kind: str
    """recognizer, voice, llm, wake, vad, knowledge ..."""
    engine: str
    languages: tuple[str, ...] = ()
    """ISO 639 codes; empty where language does not matter."""
    license: str
    memory: int
    """MB while it is loaded."""
    quality: int = 0
    """Among installed models that fit, the highest is taken."""
    starter: bool = False
    """`./start` fetches it."""
    description: str
    entry: str = ""
    """The file that the engine is given; empty is the folder."""
    files: tuple[File, ...] = ()
    sources: tuple[Source, ...]

    @property
    def size(self) -> int:
        """Bytes to download."""
        archives = [s.size for s in self.sources if isinstance(s, Zip | Tgz)]
        return sum(f.size for f in self.files) or next(iter(archives), 0)


@dataclass(frozen=True, slots=True)
class Catalog:
    """The models, and the folder that holds those that were fetched."""

    models: Mapping[str, Model]
    folder: Path

    def model(self, name: str, kind: str = "") -> Model:
        """The entry called `name` (of a kind), or a ModelError that lists what there is."""
        known = {each.name: each for each in self.models.values() if kind in ("", each.kind)}
        if name in known:
            return known[name]
        names, sought = ", ".join(sorted(known)), KINDS.get(kind, "a model")
        if other := self.models.get(name):
            is_ = KINDS.get(other.kind, f"of the kind '{other.kind}'")
            raise ModelError(f"'{name}' is {is_}, not {sought}. Choose from: {names}.")
        raise ModelError(f"There is no model '{name}' in the catalogue. Choose from: {names}.")

    def installed(self, name: str) -> bool:
        """Whether all files are there in full (sizes only: `verify` reads them)."""
        model = self.model(name)
        if (packaged := _packaged(model)) is not None:
            return packaged.exists()
        expected = self._expected(model)
        return bool(expected) and all(
            _size(self.folder / name / file.name) == file.size for file in expected
        )

    def begun(self, name: str) -> bool:
        """Whether anything of a model is there: all of it, or what was damaged."""
        return (_packaged(self.model(name)) or self.folder / name).exists()

    def path(self, name: str) -> Path:
        """What the model's engine is given; ModelMissing says how to install it."""
        model = self.model(name)
        if not self.installed(name):
            raise ModelMissing(name)
        return _packaged(model) or self.folder / name / model.entry

    def suitable(self, kind: str, language: str | None = None) -> list[Model]:
        """The models of a kind for a language that this machine has memory for, best first."""
        fitting = [
            model
            for model in self.models.values()
            if model.kind == kind
            and (language is None or not model.languages or language in model.languages)
            and fits(model)
        ]
        return sorted(fitting, key=lambda model: -model.quality)

    def best(self, kind: str, language: str | None = None, *, engine: str = "") -> Model | None:
        """The best of them that is installed (and that an engine runs)."""
        for model in self.suitable(kind, language):
            if engine in ("", model.engine) and self.installed(model.name):
                return model
        return None

    def verify(self, name: str) -> list[str]:
        """The files of an installed model that are missing or not what they should be."""
        model = self.model(name)
        if _packaged(model) is not None:
            return [] if self.installed(name) else [model.name]
        if not self.begun(name):
            raise ModelMissing(name)
        if not (expected := self._expected(model)):
            return [RECORD]
        folder = self.folder / name
        return [f.name for f in expected if not _is_whole(folder / f.name, f)]

    def remove(self, name: str) -> None:
        """Delete a model's files."""
        model = self.model(name)
        if _packaged(model) is not None:
            raise ModelError(f"'{name}' is part of a package the assistant needs: it stays.")
        if not (self.folder / name).exists():
            raise ModelMissing(name)
        shutil.rmtree(self.folder / name)

    def _expected(self, model: Model) -> tuple[File, ...]:
        """The files by the catalogue; for one out of an archive, by the record of its install."""
        if model.files:
            return model.files
        try:
            record = json.loads((self.folder / model.name / RECORD).read_text(encoding="utf-8"))
            return tuple(File(**file) for file in record["files"])
        except (OSError, ValueError, KeyError, TypeError):
            return ()


def load(folder: Path | None = None) -> Catalog:
    """The catalogue that ships with the assistant."""
    text = (resources.files("voice_assistant_models") / "catalog.toml").read_text(encoding="utf-8")
    return Catalog(parse(text), folder or models_folder())


def parse(text: str) -> dict[str, Model]:
    """The models of a catalogue in TOML."""
    return {name: _model(name, table) for name, table in tomllib.loads(text).items()}


def models_folder() -> Path:
    """Where models live: VOICE_ASSISTANT_MODELS, the checkout's `models/`, or the data folder."""
    if chosen := os.environ.get("VOICE_ASSISTANT_MODELS"):
        return Path(chosen)
    checkout = Path(__file__).resolve().parent.parent
    if (checkout / "pyproject.toml").exists():
        return checkout / "models"
    home = os.environ.get("VOICE_ASSISTANT_HOME")
    data = Path(home) / "data" if home else platformdirs.user_data_path("voice-assistant")
    return data / "models"


def machine_memory() -> int:
    """The machine's memory in MB."""
    return int(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e6)


def fits(model: Model) -> bool:
    """Whether this machine has the memory to run the model."""
    return model.memory <= machine_memory() * MEMORY_SHARE


def sha256(path: Path, progress: Callable[[int], None] = lambda _: None) -> str:
    """The checksum of a file; `progress` is told the bytes of each block."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            progress(len(block))
    return digest.hexdigest()


def _packaged(model: Model) -> Path | None:
    """The path of a model that comes with a package."""
    for source in model.sources:
        if isinstance(source, Packaged):
            spec = importlib.util.find_spec(source.package)
            folders = spec.submodule_search_locations if spec else None
            return Path(next(iter(folders or ["not-installed"]))) / source.path
    return None


def _is_whole(path: Path, file: File) -> bool:
    return _size(path) == file.size and sha256(path) == file.sha256


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _model(name: str, table: Mapping[str, Any]) -> Model:
    fields = {
        **table,
        "files": tuple(File(**file) for file in table.get("files", ())),
        "sources": tuple(_source(source) for source in table["sources"]),
        "languages": tuple(table.get("languages", ())),
    }
    return Model(name=name, **fields)


def _source(table: Mapping[str, Any]) -> Source:
    kinds: dict[str, type[Source]] = {
        "https": Https,
        "zip": Zip,
        "tgz": Tgz,
        "pypi": Pypi,
        "package": Packaged,
    }
    kind = next(kind for key, kind in kinds.items() if key in table)
    return kind(**table)
