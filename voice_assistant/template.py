"""Sentence templates, parsed only when they are first tried: there are thousands, and a start
that parsed them all would take seconds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeAlias, cast

from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    Permutation,
    RuleReference,
    Sentence,
    TextChunk,
)
from hassil.parse_expression import parse_sentence

Needs: TypeAlias = tuple[frozenset[str], ...]
"""Of each set, one fragment must be in a sentence of the template; behind START it begins the
sentence, before END it ends it."""

START, END = "\x02", "\x03"

SILENT = frozenset(",.?!;:，。？！；：、…")
"""Marks that nobody hears: a sentence does not begin or end with one."""

_REFERENCE = re.compile(r"\{([^{}]+)\}|<([^<>]+)>")
"""A slot, or the name of a rule."""

_CHOICE = re.compile(r"[][(){}<>|;\\]")
"""What makes more of a template than one plain sentence."""

FORM = 2
"""Of what is kept of templates: another number makes it stale."""


@dataclass(eq=False)
class Template:
    """One template in hassil's language. Where its needs are not given it is parsed at once, and
    raises what hassil's parser raises."""

    text: str
    rules: Mapping[str, Template]
    known: Needs | None = None
    """Its needs, from an earlier start."""

    def __post_init__(self) -> None:
        if self.known is None:
            _ = self._sentence

    @cached_property
    def _sentence(self) -> Sentence:
        return parse_sentence(self.text)

    @cached_property
    def is_plain(self) -> bool:
        """Whether it is one sentence, with nothing to choose in it."""
        return not _CHOICE.search(self.text)

    @property
    def expression(self) -> Group:
        """What hassil's parser makes of it."""
        assert isinstance(self._sentence.expression, Group)
        return self._sentence.expression

    @cached_property
    def needs(self) -> Needs:
        """What a sentence must hold to be worth trying."""
        if self.known is not None:
            return self.known
        return (
            *self._sentence.get_required_clauses(_sentences(self.rules)),
            *_edges(self.expression, self.rules),
        )

    def references(self) -> Iterator[ListReference]:
        """The slots in it, found without parsing it: a request that was understood by likeness asks
        for those of all the templates of its intent."""
        for slot, rule in _REFERENCE.findall(self.text):
            if slot:
                yield ListReference(slot)
            elif rule in self.rules:
                yield from self.rules[rule].references()


def _edges(expression: Expression, rules: Mapping[str, Template]) -> Iterator[frozenset[str]]:
    """How sentences begin, and how they end, where that is with a word."""
    firsts, may_lack = _edge(expression, rules, first=True)
    if firsts and not may_lack:
        yield frozenset(START + word for word in firsts)
    lasts, may_lack = _edge(expression, rules, first=False)
    if lasts and not may_lack:
        yield frozenset(word + END for word in lasts)


def _edge(
    part: Expression, rules: Mapping[str, Template], *, first: bool
) -> tuple[frozenset[str] | None, bool]:
    """The words that a part of a template may begin (or end) with, None for any at all; and whether
    it may be left out."""
    if isinstance(part, TextChunk):
        words = [word for word in part.original_text.split() if not SILENT.issuperset(word)]
        return frozenset(words[:1] if first else words[-1:]), not words
    if isinstance(part, RuleReference):
        rule = rules.get(part.rule_name)
        return _edge(rule.expression, rules, first=first) if rule else (None, False)
    if not isinstance(part, Group):
        return None, False
    items = part.items if first else part.items[::-1]
    any_of = isinstance(part, (Alternative, Permutation))
    found, lacking = frozenset[str](), []
    for item in items:
        words_of, may_lack = _edge(item, rules, first=first)
        if words_of is None:
            return None, False
        found |= words_of
        lacking.append(may_lack)
        if not any_of and not may_lack:
            break
    return found, any(lacking) if isinstance(part, Alternative) else all(lacking)


def _sentences(rules: Mapping[str, Template]) -> dict[str, Sentence]:
    """Rules as hassil types them: it only asks for their expression."""
    return cast("dict[str, Sentence]", rules)


@cache
def _shared(words: tuple[str, ...]) -> frozenset[str]:
    """A set of words; one for all the templates that need it, for there are ten times as many."""
    return frozenset(words)


class Seen:
    """The needs of the templates of files that were parsed before, kept between starts. Written
    only for files without a mistake, so that those need not be parsed to be trusted."""

    def __init__(self, path: Path, ready: Path | None = None) -> None:
        """`path`: where they are kept; `ready`: what ships with the assistant, so that not even a
        first start parses its own files."""
        self._path, self._shipped = path, ready
        self._made_by = f"hassil {version('hassil')}, form {FORM}"
        self._used: dict[str, Any] = {}
        self._new = False

    @cached_property
    def _kept(self) -> dict[str, Any]:
        return self._read(self._path)

    @cached_property
    def _ready(self) -> dict[str, Any]:
        return self._read(self._shipped) if self._shipped else {}

    def _read(self, path: Path) -> dict[str, Any]:
        try:
            kept = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        same = isinstance(kept, dict) and kept.get("made_by") == self._made_by
        return dict(kept.get("files", {})) if same else {}

    def needs(self, digest: str) -> Iterator[Needs] | None:
        """The needs of a file's templates, in the file's order; None if it is a new one."""
        found = self._ready.get(digest)
        if found is None and (found := self._kept.get(digest)) is not None:
            self._used[digest] = found
        return None if found is None else (tuple(map(_shared, map(tuple, each))) for each in found)

    def add(self, digest: str, needs: Iterator[Needs]) -> None:
        """Keep those of a new file."""
        self._used[digest] = [[sorted(clause) for clause in each] for each in needs]
        self._new = True

    def save(self) -> None:
        """Write down what is in use, if there is anything new, and forget what was read: it is 35 MB
        that would be walked through whenever Python collects its garbage. A full disk costs the next
        start a second, and nothing else."""
        for read in ("_kept", "_ready"):
            self.__dict__.pop(read, None)
        if not self._new:
            return
        text = json.dumps({"made_by": self._made_by, "files": self._used}, ensure_ascii=False)
        new = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            new.write_text(text, "utf-8")
            new.replace(self._path)
        except OSError:
            return
        self._new = False
