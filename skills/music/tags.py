"""What a music file says of itself; its name and folder speak where it says nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from .track import Track

LEVEL = -18.0
"""LUFS that a ReplayGain 2.0 gain of 0 dB stands for."""

_R128_LEVEL = -23.0
"""LUFS that an R128_TRACK_GAIN of 0 stands for (RFC 7845, in 1/256 dB)."""

_FRAMES = {
    "title": ("title", "TIT2", "\xa9nam", "Title", "WM/Title"),
    "artist": ("artist", "TPE1", "\xa9ART", "Author", "Artist", "performer"),
    "albumartist": ("albumartist", "album artist", "TPE2", "aART", "WM/AlbumArtist"),
    "album": ("album", "TALB", "\xa9alb", "WM/AlbumTitle", "Album"),
    "genre": ("genre", "TCON", "\xa9gen", "WM/Genre", "Genre"),
    "date": ("originaldate", "date", "year", "TDOR", "TDRC", "\xa9day", "WM/Year", "Year"),
    "number": ("tracknumber", "TRCK", "trkn", "WM/TrackNumber", "Track"),
    "disc": ("discnumber", "TPOS", "disk", "WM/PartOfSet", "Disc"),
    "tempo": ("bpm", "tempo", "TBPM", "tmpo", "WM/BeatsPerMinute"),
    "language": ("language", "TLAN", "WM/Language"),
    "gain": (
        "replaygain_track_gain",
        "TXXX:replaygain_track_gain",
        "TXXX:REPLAYGAIN_TRACK_GAIN",
        "----:com.apple.iTunes:replaygain_track_gain",
    ),
    "r128": ("r128_track_gain",),
}
"""What each format calls a tag: Vorbis comments, ID3, MP4, ASF, APE."""

_ISO = {"eng": "en", "zho": "zh", "chi": "zh", "cmn": "zh", "yue": "zh", "fra": "fr", "fre": "fr"}
_ISO |= {"deu": "de", "ger": "de", "spa": "es", "ita": "it", "jpn": "ja", "kor": "ko", "por": "pt"}
_ISO |= {"rus": "ru", "english": "en", "chinese": "zh", "mandarin": "zh", "国语": "zh"}


def read_tags(path: Path, modified: float = 0.0) -> Track:
    """A track from a file's tags. A file that mutagen does not know is told by its name alone."""
    import mutagen

    file: Any = mutagen.File(path)
    if file is None and path.stat().st_size == 0:
        raise ValueError("the file is empty")
    tags = file.tags if file is not None else None
    found = {name: _first(tags, keys) for name, keys in _FRAMES.items()}
    by_name, title = _of_name(path)
    artist = found["artist"] or found["albumartist"] or by_name
    title = found["title"] or title
    album = found["album"]
    return Track(
        path=str(path),
        title=title,
        artist=artist,
        album=album,
        genre=re.sub(r"\s*[/,;|]\s*", ";", found["genre"].lower()),
        year=int(_number(r"\d{4}", found["date"])),
        number=1000 * int(_number(r"\d+", found["disc"])) + int(_number(r"\d+", found["number"])),
        seconds=float(getattr(getattr(file, "info", None), "length", 0.0) or 0.0),
        language=_language(found["language"], f"{title} {album} {artist}"),
        tempo=_number(r"\d+(\.\d+)?", found["tempo"]),
        loudness=_loudness(found["gain"], found["r128"]),
        added=modified,
    )


def _first(tags: Any, keys: tuple[str, ...]) -> str:
    """The first of these tags that is there, as text."""
    for key in keys if tags else ():
        try:
            value = tags.get(key)
        except (KeyError, ValueError):  # a format refuses names that it cannot have
            continue
        if value:
            return _text(value)
    return ""


def _text(value: Any) -> str:
    if hasattr(value, "text"):  # an ID3 frame
        value = value.text
    if isinstance(value, list | tuple):
        value = value[0] if value else ""
        if isinstance(value, tuple):  # MP4: the number and of how many
            value = value[0]
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return str(value).replace("\x00", "; ").strip()


def _of_name(path: Path) -> tuple[str, str]:
    """Artist and title by a file's name: `03 - Artist - Title.mp3`."""
    stem = re.sub(r"^\d{1,3}[\s._)-]+", "", path.stem.replace("_", " ")).strip()
    artist, dash, title = stem.partition(" - ")
    return (artist.strip(), title.strip()) if dash else ("", stem or path.stem)


def _number(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    return float(found.group()) if found else 0.0


def _loudness(gain: str, r128: str) -> float | None:
    """LUFS by a ReplayGain or an R128 tag."""
    if found := re.match(r"[+-]?\d+(\.\d+)?", gain):
        return LEVEL - float(found.group())
    if re.fullmatch(r"[+-]?\d+", r128):
        return _R128_LEVEL - int(r128) / 256
    return None


def _language(tag: str, names: str) -> str:
    """By tag, else by script."""
    if tag:
        code = tag.lower().strip()
        return _ISO.get(code, code[:2])
    if re.search(r"[\u3040-\u30ff]", names):
        return "ja"
    if re.search(r"[\uac00-\ud7af]", names):
        return "ko"
    return "zh" if re.search(r"[\u3400-\u9fff]", names) else ""
