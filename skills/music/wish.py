"""What somebody wants to hear: names, genre, mood, years, tempo ... (reading.py reads it)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A request for music."""

    language: str = "en"
    """In which it was put."""
    said: str = ""
    """The request with all that was told before it ("i feel low, ..."): it may be a name too."""
    text: str = ""
    """The request without "play" and its like: a name, perhaps."""
    rest: str = ""
    """What is left of it without all that was understood, and without small words."""
    named: tuple[str, str] = ("", "")
    """A kind of name (`names.KINDS`) that was said before a name, and that name."""
    artist: str = ""
    """Who was said to play it, besides its own name."""
    like: str = ""
    """A name whose like is wanted: "songs like ..."."""
    album: int = 0
    """Which album of the artist by its age: 1 is the first, -1 the newest; 0 is any."""
    whole: bool = False
    """All of the album."""
    genres: tuple[tuple[str, ...], ...] = ()
    """For each genre that was said parts of genre names, one of which is wanted."""
    genre_said: str = ""
    occasion: str = ""
    levels: tuple[str, ...] = ()
    """Some of `energetic`, `calm`, `fast` and `slow`."""
    instrumental: bool = False
    years: tuple[int, int] | None = None
    tongue: str = ""
    """ISO code of the language of the songs."""
    tempo: float = 0.0
    bound: str = ""
    """`above` or `below` where `tempo` is the least or the most of it."""
    minutes: float = 0.0
    filter: str = ""
    """One of forgotten, liked, new, often, similar."""

    @property
    def described(self) -> bool:
        """Whether anything but a name was understood."""
        return bool(
            self.genres
            or self.occasion
            or self.levels
            or self.instrumental
            or self.years
            or self.tongue
            or self.tempo
            or self.filter
        )
