"""The user's music as it is asked about: all tracks in memory, and their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .library import Playlist
from .names import Hit, Names, plain
from .track import Track
from .wish import Wish
from .words import bare, words_of

SURE = 90.0
"""How alike a whole request is to a name that is meant in spite of words that mean something."""


class Shelf:
    """A snapshot of the library. What is heard in a track later is taken in."""

    def __init__(self, tracks: Sequence[Track] = (), playlists: Iterable[Playlist] = ()) -> None:
        self.tracks = list(tracks)
        self.names = Names(self.tracks, playlists)
        self._places = {track.path: at for at, track in enumerate(self.tracks)}

    def get(self, path: str) -> Track | None:
        """The track of a path."""
        at = self._places.get(path)
        return None if at is None else self.tracks[at]

    def update(self, track: Track) -> None:
        """Something more is known of a track."""
        if (at := self._places.get(track.path)) is not None:
            self.tracks[at] = track

    def album(self, of: Track) -> list[Track]:
        """The album that a track is from, in its order."""
        hit = self.names.exact(of.album, ("album",)) if of.album else None
        tracks = self.of(hit) if hit else [of]
        same = {t.artist for t in tracks}
        mine = [t for t in tracks if t.artist == of.artist] if len(same) > 1 else tracks
        return sorted(mine if len(mine) > 1 else tracks, key=lambda track: track.number)

    def of(self, hit: Hit) -> list[Track]:
        """The tracks of a name."""
        return [self.tracks[at] for at in hit.tracks]

    def named(self, wish: Wish) -> tuple[Hit | None, str]:
        """The name that a wish means, and what was asked for by a name that is not there."""
        if hit := self._playlist(wish):
            return hit, ""
        if hit := self.names.exact(wish.said) or self._pair(wish) or self.names.exact(wish.text):
            return hit, ""
        kind, name = wish.named
        if kind:
            name = name.rpartition(" by ")[0] or name
            return self._or_missing(self.names.find(name, (kind,)), name)
        if not wish.rest:
            return None, ""
        if hit := self.names.exact(wish.rest):
            return hit, ""
        if wish.artist:
            return self._by_artist(wish)
        near = self.names.find(wish.text)
        if near and near.likeness >= SURE:
            return near, ""
        hit = self._split(wish) or self.names.find(wish.rest) or near
        if wish.described and (hit is None or hit.likeness <= SURE):
            return None, ""  # what was described is meant; the rest were words of talk
        return self._or_missing(hit, wish.rest)

    def _playlist(self, wish: Wish) -> Hit | None:
        """The playlist that is named before the word: "my party playlist"."""
        listed = words_of(wish.language).listed.search(wish.text)
        return self.names.exact(listed[1], ("playlist",)) if listed else None

    def _or_missing(self, hit: Hit | None, name: str) -> tuple[Hit | None, str]:
        return (hit, "") if hit else (None, name)

    def likened(self, wish: Wish) -> Hit | None:
        """The name whose like a wish means; None where that was a description after all."""
        if hit := self.names.exact(wish.like):
            return hit
        return self.named(replace(wish, said=wish.like, text=wish.like))[0] if wish.rest else None

    def _pair(self, wish: Wish) -> Hit | None:
        """ "Title by artist", "title from album": the one it is from to the letter."""
        if wish.language == "zh":
            one, _, name = wish.text.partition("的")
            return self._inside(one, name) if name else None
        for between in (" by ", " from ", " off ", " on "):
            name, _, one = wish.text.rpartition(between)
            if name and (hit := self._inside(one, name)):
                return hit
        return None

    def _inside(self, one: str, name: str) -> Hit | None:
        """A title or an album of an artist, or a title of an album."""
        hit = self.names.exact(one, ("artist", "album"))
        if hit and hit.kind == "album":
            return self._among(hit, name, kinds=("title",))
        return self._among(hit, name, exactly=True) if hit else None

    def _by_artist(self, wish: Wish) -> tuple[Hit | None, str]:
        artist = self.names.find(wish.artist, ("artist",))
        if artist is None:
            near = self.names.find(wish.rest)
            return self._or_missing(near, wish.artist)
        name = bare(plain(wish.rest).replace(plain(wish.artist), " ", 1), wish.language)
        if not name or (wish.described and not self._among(artist, name)):
            return artist, ""
        return self._or_missing(self._among(artist, name), wish.rest)

    def _split(self, wish: Wish) -> Hit | None:
        """Artist and title with nothing in between: "adele hello", "adele's album 25"."""
        kinds = ("album", "title") if "album" in wish.text else ("title", "album")
        for said in (wish.rest, wish.rest.replace("'s", "")):
            if found := self.names.artist_within(said):
                return self._among(*found, kinds=kinds)
        return None

    def _among(
        self,
        artist: Hit,
        name: str,
        *,
        exactly: bool = False,
        kinds: Sequence[str] = ("title", "album"),
    ) -> Hit | None:
        """A title or an album of an artist."""
        names = Names(self.of(artist))
        hit = (names.exact if exactly else names.find)(name, kinds)
        if hit is None:
            return None
        return replace(hit, tracks=tuple(artist.tracks[at] for at in hit.tracks))
