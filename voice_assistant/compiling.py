"""From a template to what is matched: one regular expression, and what must be in a text to try it.

hassil brings the template language, its parser and its sampler; its own matcher walks all templates
and takes milliseconds. The regular expressions are PCRE2's: they are compiled as fast as they are
needed, where Python's own compiler took longer than all the rest of a request.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, TypeAlias

import pcre2
from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    Permutation,
    RuleReference,
    TextChunk,
)

from voice_assistant import values
from voice_assistant.apart import TIE
from voice_assistant.errors import SkillError
from voice_assistant.intents import Intent, Sentences
from voice_assistant.normal import normalise
from voice_assistant.template import END, START, Needs, Template
from voice_assistant.usual import usual

FREE = 160
"""Characters a free text slot may have."""

LISTED = 60
"""A list up to this long is written into the regular expression; a longer one is looked up."""

STRETCHED = 2
"""How many times as long as the longest entry of a list it may be when it is misheard. (Several such
slots in any text of a hundred characters took 74 ms to find nothing.)"""

STEPS = 20_000
"""Of a regular expression on one text: the ways to place several gaps grow faster than the text."""

EDGE = 8
"""Characters of a beginning or an end of templates by which they are found."""

Vocabulary: TypeAlias = Mapping[str, Mapping[str, str]]
"""Per slot, what is said (normalised) -> what it stands for."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A gap of a template."""

    name: str
    kind: str
    """A kind of `values.KINDS`, `list:` and its name, `free`, or `usual:` and what it is free for."""
    closed: bool = False
    """Whether the regular expression takes entries of the list only."""


class Regex:
    """A regular expression that gives up in time: what takes so long to be laid on a text is not it."""

    def __init__(self, source: str) -> None:
        self._compiled = pcre2.compile(f"(*LIMIT_MATCH={STEPS}){source}", jit=False)

    def fullmatch(self, text: str) -> Any:
        """Where a text is all of it."""
        try:
            return self._compiled.fullmatch(text)
        except pcre2.LibraryError:
            return None

    def search(self, text: str) -> Any:
        """Where it first is in a text."""
        try:
            return self._compiled.search(text)
        except pcre2.LibraryError:
            return None


class Pattern:
    """One template. Compiled when it is first tried: most never are."""

    def __init__(
        self,
        compiler: Compiler,
        intent: Intent,
        template: Template,
        needs: Needs,
        *,
        example: bool = False,
    ) -> None:
        self.example = example
        """Whether it only shows how people put it: it may lack slots that a template would read."""
        self.skill = compiler.sentences.skill
        self.intent = intent
        self.needs = needs
        """Of each set one fragment must be in the utterance, as `framed` has it."""
        self.slots: dict[str, Slot] = {}
        """By the name of the group in the regular expression."""
        self._compiler = compiler
        self.template = template

    @cached_property
    def regex(self) -> Regex:
        """The template as a regular expression; slots of short lists take their entries only. It
        begins and ends with a word (Chinese: ends with the text), so that it can be searched for
        among other words, too: compiling takes longer than either."""
        return self._compile(self._compiler)

    @cached_property
    def loose(self) -> Regex:
        """The same, where those slots take any text: it may be misheard. Tried after `regex`, for
        an optional slot would swallow the words behind it."""
        return self._compile(self._compiler.loosened)

    @cached_property
    def references(self) -> list[ListReference]:
        """The slots as the template has them."""
        return list(self.template.references())

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of values that every sentence of the template has."""
        if not any(reference.list_name in values.KINDS for reference in self.references):
            return frozenset()  # most have none, and need not be parsed to know
        return self._compiler.kinds(self.template.expression)

    def forget(self, changed: set[str]) -> None:
        """Be compiled anew where one of the lists that changed is in it."""
        if any(reference.list_name in changed for reference in self.references):
            for made in ("regex", "loose"):
                self.__dict__.pop(made, None)

    def _compile(self, compiler: Compiler) -> Regex:
        self.slots.clear()
        before, behind = (r"(?<!\S)", r"(?!\S)") if compiler.language == "en" else ("", "$")
        try:
            source = compiler.source(self.template.expression, self.slots)
            return Regex(before + source + behind)
        except (pcre2.PatternError, RecursionError) as error:
            raise SkillError(
                f"{self.skill}: intents.{self.intent.name}: '{self.template.text}' cannot be "
                f"matched ({error})."
            ) from error


class Compiler:
    """Turns the templates of one skill and language into patterns."""

    def __init__(
        self, sentences: Sentences, vocabulary: Vocabulary, *, loose: bool = False
    ) -> None:
        self.loose = loose
        self.sentences = sentences
        self.language = sentences.language
        self.vocabulary = vocabulary
        self._rules: dict[str, str] = {}
        """The regular expressions of the rules without slots, once made: templates share them."""

    @cached_property
    def loosened(self) -> Compiler:
        """The same compiler, for lists that may be misheard."""
        return Compiler(self.sentences, self.vocabulary, loose=True)

    def compile(self, intent: Intent) -> Iterator[Pattern]:
        """The patterns of an intent's templates and examples."""
        for number, template in enumerate(itertools.chain(intent.templates, intent.examples)):
            needs = tuple(_clause(clause, self.language) for clause in template.needs)
            example = number >= len(intent.templates)
            yield Pattern(self, intent, template, needs, example=example)

    def kinds(self, part: Expression) -> frozenset[str]:
        """The kinds of values that a part of a template cannot do without."""
        if isinstance(part, ListReference):
            return values.KINDS & {part.list_name}
        if isinstance(part, RuleReference):
            rule = self.sentences.rules.get(part.rule_name)
            return self.kinds(rule.expression) if rule else frozenset()
        if not isinstance(part, Group):
            return frozenset()
        of_each = [self.kinds(item) for item in part.items]
        if isinstance(part, Alternative):
            return frozenset.intersection(*of_each)
        return frozenset().union(*of_each)

    def source(self, part: Expression, slots: dict[str, Slot]) -> str:
        """The regular expression of a part of a template; its slots are noted in `slots`."""
        if isinstance(part, TextChunk):
            return _text(part.original_text, self.language)
        if isinstance(part, Permutation):
            orders = itertools.permutations(part.items)
            return "(?:" + "|".join(self._sequence(order, slots) for order in orders) + ")"
        if isinstance(part, Alternative):
            # Longest first: of 念 and 念一下, free text behind them must not get the rest.
            items = sorted(part.items, key=_length, reverse=True)
            return "(?:" + "|".join(self.source(item, slots) for item in items) + ")"
        if isinstance(part, Group):
            return self._sequence(part.items, slots)
        if isinstance(part, RuleReference):
            return self._rules.get(part.rule_name) or self._rule(part.rule_name, slots)
        if isinstance(part, ListReference):
            return self._slot(part, slots)
        raise TypeError(part)

    def _sequence(self, items: Iterable[Expression], slots: dict[str, Slot]) -> str:
        return "".join(self.source(item, slots) for item in items)

    def _rule(self, name: str, slots: dict[str, Slot]) -> str:
        rule, before = self.sentences.rules.get(name), len(slots)
        if rule is None:
            raise SkillError(
                f"{self.sentences.skill}/{self.language}.yaml: there is no rule <{name}>."
            )
        source = self.source(rule.expression, slots)
        if len(slots) == before:
            self._rules[name] = source
        return source

    def _slot(self, part: ListReference, slots: dict[str, Slot]) -> str:
        kind, name = part.list_name, part.slot_name
        group = f"s{len(slots)}"
        if kind in values.KINDS:
            slots[group] = Slot(name, kind)
            pattern = values.pattern(kind, self.language)
            if self.language == "zh":  # nothing parts a value from free text behind it: take all
                pattern = pattern.removesuffix("?") if pattern.endswith("+?") else pattern
            return f"(?P<{group}>{pattern})"
        free = rf"[^{TIE}]{{1,{FREE}}}?"
        if kind in self.vocabulary:
            said = self.vocabulary[kind]
            slots[group] = Slot(name, f"list:{kind}", closed=0 < len(said) <= LISTED)
            if len(said) > LISTED:
                return f"(?P<{group}>{free})"
            names = [re.escape(text) for text in sorted(said, key=len, reverse=True)]
            if self.loose or not names:
                most = min(FREE, STRETCHED * max(map(len, said), default=FREE))
                names.append(rf"[^{TIE}]{{1,{most}}}?")
            return f"(?P<{group}>{'|'.join(names)})"
        slots[group] = Slot(name, f"usual:{kind}" if kind in usual(self.language) else "free")
        return f"(?P<{group}>{free})"


def framed(text: str) -> str:
    """A text with its beginning and its end marked, as templates need them."""
    return f"{START}{text}{END}"


@cache
def _clause(fragments: frozenset[str], language: str) -> frozenset[str]:
    """Fragments of which a template needs one as they stand in a framed text; the same set for all
    the templates that need it."""
    return frozenset(_needed(fragment, language) for fragment in fragments)


def _needed(fragment: str, language: str) -> str:
    """A fragment that a template needs as it stands in a framed text."""
    if fragment.startswith(START):
        return START + _normal(fragment[1:], language)[:EDGE]
    if fragment.endswith(END):
        return _normal(fragment[:-1], language)[-EDGE:] + END
    return _normal(fragment, language)


@cache
def _text(text: str, language: str) -> str:
    """The regular expression of words of a template."""
    gap = r"(?: +|\b|$)" if language == "en" else r"\s*"
    return "".join(
        gap if piece.isspace() else re.escape(_normal(piece, language))
        for piece in filter(None, re.split(r"(\s+)", text))
    )


@cache
def _normal(text: str, language: str) -> str:
    """A piece of a template as it stands in a normalised utterance: behind another word, for "its"
    in front is taken for "it's"."""
    if language == "zh" or not text.strip():
        return normalise(text, language)
    return normalise(f"so {text}", language).removeprefix("so").lstrip()


def _length(part: Expression) -> int:
    """Characters of a plain text or a row of them; anything else keeps its place behind longer."""
    if isinstance(part, TextChunk):
        return len(part.original_text)
    if isinstance(part, Group) and all(isinstance(item, TextChunk) for item in part.items):
        return sum(_length(item) for item in part.items)
    return 0
