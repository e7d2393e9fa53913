"""Streamed pieces -> sentences, each as soon as it is sure, the first clause earlier still.

A language model streams tokens, a skill whole sentences; both come through here on their way to the
voice. Nothing is lost or changed but the white space around a sentence.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing

_CLOSERS = "\"'”’»)]）」』】》"
_END = re.compile(
    rf"(?P<cjk>[。！？]+[{re.escape(_CLOSERS)}]*)"
    rf"|(?P<latin>(?:\.{{3}}|…+|[.!?]+)[{re.escape(_CLOSERS)}]*)(?=\s|[一-鿿])"
    r"|(?P<line>\s*\n\s*)"
)
_CLAUSE = re.compile(r"[,;:](?=\s)|\s[–—-](?=\s)|—|[，；：、]")
_PHRASE = re.compile(
    r"\s(?=(?:and|or|but|because|when|while|if|so|which|where|with|in|on|at|for|by|from|until|since"
    r"|after|before|about)\s)"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“'])(?:[A-Za-z]|(?:[A-Za-z]\.)+[A-Za-z]|Mrs?|Ms|Dr|Prof|St|Mt|Jr|Sr|Lt|Col|Gen|Sgt|Capt|Rev"
    r"|Hon|No|Nos|Fig|vs|etc|approx|ca|cf|al|min|max|tbsp|tsp|oz|lb|Jan|Feb|Mar|Apr|Aug|Sept?"
    r"|Oct|Nov|Dec|Inc|Ltd|Co|Corp|Vol|Ch)$"
)
_ORDINARY_I = re.compile(r"\b(?:and|am|do|than|as|so|can|should|did|was|have|will) I$")
_NUMBERED = re.compile(r"^\s*\d{1,3}$")
_LONE_CJK_END = re.compile(r"[。！？][”’」』）]?\s*$")
_PROSE = re.compile(r"\S\s+\S|[一-鿿].*[一-鿿].*[一-鿿]", re.S)

FIRST_CLAUSE_LATIN = 9
"""Characters that the first clause has at least: shorter ones ("Well,") sound clipped."""
FIRST_CLAUSE_CJK = 3
FIRST_PHRASE = 18
"""Characters after which a model's first sentence may be cut before a little word: "You could take
a walk | in the park". Only while its end is not known."""
LONGEST = 240
"""Characters after which a sentence is cut at its last clause or space: a voice needs a rest, and
its first sound must not wait for the end of a run-on sentence."""


async def sentences(pieces: AsyncIterator[str]) -> AsyncGenerator[str, None]:
    """The sentences of a stream. Consume it in `contextlib.aclosing`."""
    splitter = Splitter()
    async with aclosing(_closable(pieces)) as stream:
        async for piece in stream:
            for sentence in splitter.feed(piece):
                yield sentence
    for sentence in splitter.finish():
        yield sentence


async def _closable(pieces: AsyncIterator[str]) -> AsyncGenerator[str, None]:
    """Any iterator as one that can be closed, which closes the iterator where it can be."""
    try:
        async for piece in pieces:
            yield piece
    finally:
        if (close := getattr(pieces, "aclose", None)) is not None:
            await close()


class Splitter:
    """The pure part: pieces in, finished sentences out."""

    def __init__(self, *, early: bool = True) -> None:
        self._pending = ""
        self._early = early
        """Whether the next thing to come out may be a mere clause."""
        self.unfinished = False
        """Whether what came out last was cut off a sentence that goes on."""

    def feed(self, piece: str) -> Iterator[str]:
        """Take a piece; the sentences that are now sure."""
        self._pending += piece
        # A piece of prose that ends as a sentence was written by a skill and is whole, whereas a
        # token's full stop may turn out to be a decimal point.
        prose = bool(_PROSE.search(piece))
        whole = prose and _ends(self._pending)
        while (cut := self._end() or self._early_end(token=not prose)) is not None:
            if sentence := self._take(cut):
                yield sentence
        self.unfinished = False
        if whole and (sentence := self._take(len(self._pending))):
            yield sentence

    def finish(self) -> Iterator[str]:
        """What is left when the stream has ended."""
        if sentence := self._take(len(self._pending)):
            yield sentence

    def _take(self, cut: int) -> str:
        sentence, self._pending = self._pending[:cut].strip(), self._pending[cut:]
        if sentence:
            self._early = False
        return sentence

    def _end(self) -> int | None:
        """Where the first sentence surely ends."""
        self.unfinished = False
        text = self._pending
        for end in _END.finditer(text):
            if end["line"]:
                return end.end()
            if end["cjk"]:
                # A closing quotation mark may still follow in the next piece.
                if end.end() < len(text):
                    return end.end()
            elif _is_end(text, end):
                return end.end()
        return None

    def _early_end(self, *, token: bool) -> int | None:
        """Where to cut a sentence whose end is not known."""
        text, cut = self._pending, None
        if self._early:
            cut = _first_clause(text) or (_first_phrase(text) if token else None)
        if cut is None and len(text) > LONGEST:
            cut = _last_resort(text)
        self.unfinished = cut is not None
        return cut


def _is_end(text: str, end: re.Match[str]) -> bool:
    """Whether a Latin full stop followed by white space ends a sentence."""
    following = text[end.end() :].lstrip()
    if not following and "\n" not in text[end.end() :]:
        return False
    if following[:1].islower():
        return False
    before = text[: end.start()]
    if end["latin"].rstrip(_CLOSERS) != ".":
        return True
    if _NUMBERED.match(before):
        return False
    return not _ABBREVIATION.search(before) or bool(_ORDINARY_I.search(before))


def _ends(text: str) -> bool:
    """Whether the text so far ends as a sentence does."""
    text = text.rstrip()
    if _LONE_CJK_END.search(text):
        return True
    bare = text.rstrip(_CLOSERS)
    if not bare.endswith((".", "!", "?", "…")):
        return False
    before = bare[:-1]
    if not bare.endswith("."):
        return True
    return not (before[-1:].isdigit() or _ABBREVIATION.search(before))


def _first_clause(text: str) -> int | None:
    for clause in _CLAUSE.finditer(text):
        before = text[: clause.start()]
        latin = sum(not "一" <= c <= "鿿" for c in before)
        cjk = len(before) - latin
        if latin >= FIRST_CLAUSE_LATIN or cjk >= FIRST_CLAUSE_CJK:
            return clause.end()
    return None


def _first_phrase(text: str) -> int | None:
    phrase = _PHRASE.search(text, FIRST_PHRASE)
    return phrase.end() if phrase else None


def _last_resort(text: str) -> int:
    clauses = [clause.end() for clause in _CLAUSE.finditer(text[:LONGEST])]
    if clauses and clauses[-1] > LONGEST // 3:
        return clauses[-1]
    space = text.rfind(" ", 0, LONGEST)
    return space + 1 if space > 0 else LONGEST
