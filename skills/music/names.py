"""Names of artists, albums, playlists and titles, found also when misspelt, misheard or in pinyin."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from voice_assistant.normal import simplified
from voice_assistant.sounds import key, syllables

from .library import Playlist
from .track import Track

NEAR = 82
"""How alike (rapidfuzz ratio, 0 to 100) a name is to what was said that is meant."""

NEAR_CHINESE = 74
"""The same for Chinese names of four and more characters: one of them may be another."""

SOUNDS_NEAR = 88
"""How alike two names must sound."""

SHARED = 45
"""How alike the letters must be of names that may sound alike."""

CERTAIN = 100.0
KINDS = ("artist", "playlist", "album", "title")
"""In the order in which an equal name is meant."""

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_SIGNS = re.compile(r"[\W_]+")
_AROUND_CHINESE = re.compile(r"(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])")
_EXTRA = re.compile(
    r"\s*[(\[（【].*?[)\]）】]|\s+-\s+(?:\d{4} )?remaster.*|\s+(?:feat|ft)\.? .*", re.I
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A name that was found."""

    kind: str
    """One of KINDS."""
    name: str
    """As it is written on the shelf."""
    tracks: tuple[int, ...]
    """Places of its tracks."""
    likeness: float

    def name_of(self, said: str) -> bool:
        """Whether what was said is this name and nothing else."""
        return plain(self.name) == plain(said)


@dataclass(slots=True)
class _Kind:
    """All names of one kind: plain -> as written, its tracks; and the ways to find it."""

    written: dict[str, str]
    places: dict[str, list[int]]
    sounds: Mapping[str, str]
    """Of Chinese names only: their pinyin -> plain."""
    roman: Mapping[str, str]


class Names:
    """Every name on the shelves."""

    def __init__(self, tracks: Sequence[Track], playlists: Iterable[Playlist] = ()) -> None:
        places = {track.path: at for at, track in enumerate(tracks)}
        self._kinds = {
            "artist": _kind((each.artist, at) for at, each in enumerate(tracks)),
            "album": _kind((each.album, at) for at, each in enumerate(tracks)),
            "title": _kind((each.title, at) for at, each in enumerate(tracks)),
            "playlist": _kind(
                (each.name, places[path])
                for each in playlists
                for path in each.paths
                if path in places
            ),
        }

    def exact(self, said: str, kinds: Sequence[str] = KINDS) -> Hit | None:
        """The name that was said to the letter."""
        said = plain(said)
        for kind in kinds:
            if said in self._kinds[kind].written:
                return self._hit(kind, said, CERTAIN)
        return None

    def find(self, said: str, kinds: Sequence[str] = KINDS) -> Hit | None:
        """The name most like what was said: by letters, by sound, or as a part of it."""
        if hit := self.exact(said, kinds):
            return hit
        said = plain(said)
        if len(said) < 2:
            return None
        hits = [hit for kind in kinds for hit in self._alike(kind, said)]
        return max(hits, key=lambda hit: hit.likeness, default=None)

    def _alike(self, kind: str, said: str) -> Iterable[Hit]:
        names = self._kinds[kind]
        near = NEAR_CHINESE if not said.isascii() and len(said) >= 4 else NEAR
        found = process.extractOne(said, names.written.keys(), scorer=fuzz.ratio, score_cutoff=near)
        if found:
            yield self._hit(kind, found[0], min(found[1], 99.0))
        if heard := _sounding(said, names):
            yield self._hit(kind, *heard)
        if said.isascii() and (name := _romanised(said, names.roman)):
            yield self._hit(kind, name, 95.0)
        part = f" {said} " if said.isascii() else said
        if len(said) > 2 or not said.isascii():
            inside = [n for n in names.written if said in n and part in f" {n} "]
            if inside:
                yield self._hit(kind, min(inside, key=len), 90.0 - len(min(inside, key=len)) / 20)

    def _hit(self, kind: str, name: str, likeness: float) -> Hit:
        names = self._kinds[kind]
        return Hit(kind, names.written[name], tuple(names.places[name]), likeness)

    def artist_within(self, said: str) -> tuple[Hit, str] | None:
        """An artist whose name opens or ends what was said, and the rest: "adele hello"."""
        said = plain(said)
        gap = " " if said.isascii() else ""
        best = ""
        for name in self._kinds["artist"].written:
            if len(name) > max(len(best), 1) and len(name) < len(said):
                if said.startswith(name + gap) or said.endswith(gap + name):
                    best = name
        if not best:
            return None
        rest = said.removeprefix(best) if said.startswith(best) else said.removesuffix(best)
        return self._hit("artist", best, CERTAIN), rest.strip()

    def all(self, kind: str) -> list[str]:
        """Every name of a kind, as written; those with most tracks first."""
        names = self._kinds[kind]
        ranked = sorted(names.written, key=lambda name: -len(names.places[name]))
        return [names.written[name] for name in ranked]


def _romanised(said: str, roman: Mapping[str, str]) -> str | None:
    """The Chinese name whose pinyin, or the beginning of it, was written."""
    said = _blurred(said)
    if said in roman:
        return roman[said]
    begun = [whole for whole in roman if whole.startswith(said)] if len(said) >= 6 else []
    return roman[min(begun, key=len)] if begun else None


def _sounding(said: str, names: _Kind) -> tuple[str, float] | None:
    """The name that sounds like what was said. Latin ones are looked for among those that share
    some letters with it: the sounds of all would take seconds to make."""
    sound = key(said)
    if len(sound) < 3:
        return None
    sounds = names.sounds
    if said.isascii():
        some = process.extract(
            said, names.written.keys(), scorer=fuzz.ratio, score_cutoff=SHARED, limit=200
        )
        sounds = {key(name): name for name, *_ in some}
    near = process.extractOne(sound, sounds.keys(), scorer=fuzz.ratio, score_cutoff=SOUNDS_NEAR)
    return (sounds[near[0]], near[1] - 6) if near else None


def _kind(named: Iterable[tuple[str, int]]) -> _Kind:
    written: dict[str, str] = {}
    places: dict[str, list[int]] = {}
    same: dict[str, str] = {"": ""}  # many tracks share an artist: each name is made plain once
    for name, at in named:
        if (bare := same.get(name)) is None:
            bare = same[name] = plain(name)
        if bare:
            written.setdefault(bare, name)
            places.setdefault(bare, []).append(at)
    chinese = [name for name in written if not name.isascii() and _CHINESE.search(name)]
    return _Kind(
        written,
        places,
        sounds={key(name): name for name in chinese},
        roman={_blurred("".join(syllables(name))): name for name in chinese},
    )


def _blurred(roman: str) -> str:
    """Pinyin as people type and hear it: without gaps, zh as z, -ng as -n."""
    return re.sub(r"([aei]n)g", r"\1", re.sub(r"([zcs])h", r"\1", re.sub(r"[^a-z]", "", roman)))


def plain(name: str) -> str:
    """A name as it is compared: small letters without accents, signs, "the" and additions."""
    text = name.casefold()
    if text.isascii():
        text = _EXTRA.sub("", text) or text
    else:
        if _CHINESE.search(text):
            text = simplified(text)
        text = unicodedata.normalize("NFKC", text)
        text = _EXTRA.sub("", text) or text
        text = "".join(
            c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)
        )
        text = unicodedata.normalize("NFC", text)
    text = text.replace("&", " and ").replace("'", "").replace("’", "")
    text = _SIGNS.sub(" ", text).strip()
    if not text.isascii():
        text = _AROUND_CHINESE.sub("", text)
    return text.removeprefix("the ") or text
