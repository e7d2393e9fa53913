"""A household's own ZIM files (Wikivoyage, Wikipedia), read through its kiwix-serve.

Off unless `[skills.NAME] kiwix = "http://localhost:8080"` is set and `[network]` lets the skill talk
to that host. `kiwix_book = "wikivoyage_en_all"` keeps to one book, by its name in the catalogue. The
addresses are those of kiwix-serve 3 (kiwix-tools docs, "HTTP API"): a full-text search as RSS, whose
links lead to the articles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Self
from urllib.parse import quote, unquote, urlencode, urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from voice_assistant.http import Http, Rejected, Unreachable
from voice_assistant.markup import plain
from voice_assistant.skill import Home

HITS = 5
"""Articles that a search names."""

LONGEST = 200_000
"""Characters of a page that are read: all of most articles, and never long to go through."""

LANGUAGES = {"en": "eng", "zh": "zho"}
"""What the catalogue of a Kiwix library calls the languages (ISO 639-3)."""

_HEADING = "h2"
_BLOCKS = frozenset({"p", "li"})
_SILENT = frozenset({"script", "style", "table", "figure", "form", "nav", "math"})
_SILENT_CLASSES = frozenset({"reference", "mw-editsection", "noprint", "hatnote", "kiwix"})
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that a search found."""

    title: str
    book: str
    """What the book calls itself: "Wikivoyage"."""
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The plain text of an article."""

    title: str
    book: str
    lead: str
    """What stands before the first heading."""
    sections: Mapping[str, str]
    """The rest by headings of the second level, in order."""

    def section(self, headings: Sequence[str]) -> str:
        """The first section of one of these headings, or nothing."""
        wanted = {heading.casefold() for heading in headings}
        return next((t for h, t in self.sections.items() if h.casefold() in wanted), "")


SETTINGS = {"kiwix": str, "kiwix_book": str}
"""What a skill that reads there has among its settings: the address of kiwix-serve, and one book."""


class Kiwix:
    """One kiwix-serve. What is not there is None or empty; NotAllowed and Unreachable are raised."""

    def __init__(self, http: Http, address: str, book: str = "") -> None:
        parts = urlsplit(address)
        self._http = http
        self._host = f"{parts.scheme}://{parts.netloc}"
        self._root = parts.path.rstrip("/")
        self._book = book

    @classmethod
    def of(cls, home: Home) -> Self | None:
        """The one that a skill's settings name, if they do."""
        address = str(home.settings.get("kiwix", ""))
        if not address:
            return None
        return cls(home.services["http"], address, str(home.settings.get("kiwix_book", "")))

    async def search(self, words: str, language: str) -> list[Hit]:
        """Articles of the books in a language that hold all the words, the best first."""
        asked = {
            "pattern": words,
            "books.filter.lang": LANGUAGES[language],
            "format": "xml",
            "pageLength": str(HITS),
        }
        if self._book:
            asked["books.filter.name"] = self._book
        try:
            text = await self._http.text(f"{self._host}{self._root}/search?{urlencode(asked)}")
        except Rejected:  # there is no such book, or none in the language
            return []
        return _hits(text)

    async def article(self, hit: Hit) -> Article | None:
        """What was found, of the same server: its links hold no host."""
        try:
            return await self._http.read(f"{self._host}{quote(hit.path)}", lambda p: read(p, hit))
        except Rejected:
            return None


def read(page: str, hit: Hit) -> Article:
    """The words of a page, without what only the eye can use."""
    reader = _Reader()
    reader.feed(page[:LONGEST])
    texts = {
        heading: plain("\n".join(" ".join(block.split()) for block in blocks))
        for heading, blocks in reader.parts.items()
    }
    lead = texts.pop("", "")
    return Article(title=hit.title, book=hit.book, lead=lead, sections=texts)


def _hits(text: str) -> list[Hit]:
    try:
        items = fromstring(text).iter("item")
        return [hit for hit in map(_hit, items) if hit.path.startswith("/")]
    except (ParseError, ValueError) as error:
        raise Unreachable("Kiwix answers something else than expected.") from error


def _hit(item: Element) -> Hit:
    """A link is a bare path; kiwix-serve 3.3 leaves a question mark in it as it is."""
    return Hit(
        title=item.findtext("title", "").strip(),
        book=item.findtext("book/title", "").strip(),
        path=unquote(item.findtext("link", "").strip()),
    )


class _Reader(HTMLParser):
    """Paragraphs and list items by the heading they stand below."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: dict[str, list[str]] = {"": []}
        self._heading = ""
        self._inside = ""
        """The block or heading that is being read."""
        self._silent: list[str] = []
        """Open tags, from one on whose content is not for reading."""
        self._raised = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, or a part to leave out."""
        classes = (dict(attrs).get("class") or "").split()
        if self._silent or tag in _SILENT or not _SILENT_CLASSES.isdisjoint(classes):
            if tag not in _VOID:
                self._silent.append(tag)
        elif tag == "sup":
            self._raised = True
        elif tag == _HEADING:
            self._inside, self._heading = tag, ""
        elif tag in _BLOCKS:
            self._inside = tag
            self.parts.setdefault(self._heading, []).append("")

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        if self._silent:
            while tag in self._silent and self._silent.pop() != tag:
                pass
        elif tag == "sup":
            self._raised = False
        elif tag == self._inside:
            self._inside = ""
            if tag == _HEADING:
                self._heading = " ".join(self._heading.split())
                self.parts.setdefault(self._heading, [])

    def handle_data(self, data: str) -> None:
        """Words."""
        if self._silent or not self._inside:
            return
        if self._inside == _HEADING:
            self._heading += data
        else:
            self.parts[self._heading][-1] += data.translate(_RAISED) if self._raised else data
