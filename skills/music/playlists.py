"""Playlists in files: M3U, PLS and XSPF."""

from __future__ import annotations

import configparser
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote, urlsplit

ENDINGS = frozenset({".m3u", ".m3u8", ".pls", ".xspf"})

LARGEST = 4_000_000
"""Bytes of a playlist that are read; a longer one is something else."""


def read_playlist(path: Path) -> list[str]:
    """The files a playlist names, as absolute paths; addresses of the network are left out."""
    data = path.read_bytes()[:LARGEST]
    text = data.decode("utf-8-sig") if _is_utf8(data) else data.decode("latin-1")
    entries = {".pls": _pls, ".xspf": _xspf}.get(path.suffix.lower(), _m3u)(text)
    return [file for entry in entries if (file := _file(entry, path.parent))]


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _m3u(text: str) -> list[str]:
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _pls(text: str) -> list[str]:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.read_string(text)
    section = parser["playlist"]
    found = [(int(key[4:]), section[key]) for key in section if key[4:].isdigit() and key < "g"]
    return [entry for _, entry in sorted(found)]


def _xspf(text: str) -> list[str]:
    if "<!ENTITY" in text:  # nothing that a player writes
        raise ValueError("a playlist with entities")
    whole = ET.fromstring(text)  # noqa: S314 - no entities are in it
    found = whole.iter("{http://xspf.org/ns/0/}location")
    return [each.text.strip() for each in found if each.text]


def _file(entry: str, folder: Path) -> str:
    if entry.startswith("file:"):
        entry = unquote(urlsplit(entry).path)
    elif "://" in entry:
        return ""
    entry = entry.replace("\\", "/") if "\\" in entry and "/" not in entry else entry
    plain = folder / entry
    return str(plain if plain.exists() else folder / unquote(entry))
