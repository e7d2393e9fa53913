"""Strict matching: hassil's parsed templates compiled to regular expressions, tried fast.

hassil brings the template language, its parser and its sampler; its own matcher walks all of them
and takes milliseconds. Here each template becomes one regular expression, tried only when the
literal words it cannot do without are in the utterance.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, cached_property, lru_cache
from typing import Any, TypeAlias

from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    Permutation,
    RuleReference,
    TextChunk,
)
from rapidfuzz import fuzz, process

from voice_assistant import values
from voice_assistant.errors import SkillError
from voice_assistant.intents import Intent, Sentences
from voice_assistant.normal import normalise
from voice_assistant.sounds import Entries
from voice_assistant.template import Template
from voice_assistant.usual import usual

FREE = 160
"""Characters a free text slot may have."""

MISHEARD = 120
"""Characters of a text in which a name may be misheard: it may stand anywhere, and the ways to place
several grow faster than the text."""

SPLITS = 4
"""Ways to split a value from the text around it that are tried."""

TIE = "\u2003"
"""White space inside a value: free text has none of it."""

FENCE = "\u2060"
"""Keeps what is behind it out of a value: of no word, and no white space."""

TEXTS = 16
"""Texts whose candidates are kept: several stages try the readings of an utterance."""

FITS = 2048
"""Templates and texts of which it is kept whether one is the other, for the same reason."""

USUAL = 0.6
"""How much less free than any text one is whose words are all usual in its slot."""

LISTED = 60
"""A list up to this long is written into the regular expression; a longer one is looked up."""

STRETCHED = 2
"""How many times as long as the longest entry of a list it may be when it is misheard. (Several such
slots in any text of a hundred characters took 74 ms to find nothing.)"""

CLOSE = 82
"""How alike (rapidfuzz ratio, 0 to 100) a word must be to an entry of a list to stand for it."""

NO_NAMES = ("time", "duration", "number")
"""Kinds of values that stand in the place of no name."""

Vocabulary: TypeAlias = Mapping[str, Mapping[str, str]]
"""Per slot, what is said (normalised) -> what it stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An utterance read as an intent."""

    skill: str
    intent: Intent
    slots: Mapping[str, Any]
    literal: float
    """The share of the utterance that is in the template: 1 where nothing is free text."""
    text: str


@dataclass(frozen=True, slots=True)
class _Slot:
    name: str
    kind: str
    """A kind of `values.KINDS`, `list:` and its name, `free`, or `usual:` and what it is free for."""
    closed: bool = False
    """Whether the regular expression takes entries of the list only."""


class Pattern:
    """One template. Compiled when it is first tried: most never are, and compiling hundreds of
    regular expressions takes seconds."""

    def __init__(
        self,
        compiler: Compiler,
        intent: Intent,
        template: Template,
        needs: tuple[frozenset[str], ...],
        *,
        example: bool = False,
    ) -> None:
        self.example = example
        """Whether it only shows how people put it: it may lack slots that a template would read."""
        self.skill = compiler.sentences.skill
        self.intent = intent
        self.needs = needs
        """Of each set one fragment must be in the utterance."""
        self.slots: dict[str, _Slot] = {}
        """By the name of the group in the regular expression."""
        self._compiler = compiler
        self.template = template

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The template as a regular expression; slots of short lists take their entries only. It
        begins and ends with a word (Chinese: ends with the text), so that it can be searched for
        among other words, too: compiling takes longer than either."""
        return self._compile(self._compiler)

    @cached_property
    def loose(self) -> re.Pattern[str]:
        """The same, where those slots take any text: it may be misheard. Tried after `regex`, for
        an optional slot would swallow the words behind it."""
        return self._compile(self._compiler.loosened())

    @cached_property
    def references(self) -> list[ListReference]:
        """The slots as the template has them."""
        return list(self.template.references())

    def forget(self, changed: set[str]) -> None:
        """Be compiled anew where one of the lists that changed is in it."""
        if any(reference.list_name in changed for reference in self.references):
            for made in ("regex", "loose"):
                self.__dict__.pop(made, None)

    def _compile(self, compiler: Compiler) -> re.Pattern[str]:
        self.slots.clear()
        before, behind = (r"(?<!\S)", r"(?!\S)") if compiler.language == "en" else ("", "$")
        try:
            source = compiler.source(self.template.expression, self.slots)
            return re.compile(before + source + behind)
        except (re.error, RecursionError) as error:
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

    def loosened(self) -> Compiler:
        """The same compiler, for lists that may be misheard."""
        return Compiler(self.sentences, self.vocabulary, loose=True)

    def compile(self, intent: Intent) -> Iterator[Pattern]:
        """The patterns of an intent's templates and examples."""
        for number, template in enumerate(itertools.chain(intent.templates, intent.examples)):
            normal = (
                frozenset(_normal(fragment, self.language) for fragment in clause)
                for clause in template.needs
            )
            example = number >= len(intent.templates)
            yield Pattern(self, intent, template, tuple(normal), example=example)

    def source(self, part: Expression, slots: dict[str, _Slot]) -> str:
        """The regular expression of a part of a template; its slots are noted in `slots`."""
        if isinstance(part, TextChunk):
            return self._text(part.original_text)
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
            rule = self.sentences.rules.get(part.rule_name)
            if rule is None:
                raise SkillError(
                    f"{self.sentences.skill}/{self.language}.yaml: there is no rule "
                    f"<{part.rule_name}>."
                )
            return self.source(rule.expression, slots)
        if isinstance(part, ListReference):
            return self._slot(part, slots)
        raise TypeError(part)

    def _sequence(self, items: Iterable[Expression], slots: dict[str, _Slot]) -> str:
        return "".join(self.source(item, slots) for item in items)

    def _text(self, text: str) -> str:
        pieces = re.split(r"(\s+)", text)
        gap = r"(?: +|\b|$)" if self.language == "en" else r"\s*"
        return "".join(
            (gap if piece.isspace() else re.escape(_normal(piece, self.language))) if piece else ""
            for piece in pieces
        )

    def _slot(self, part: ListReference, slots: dict[str, _Slot]) -> str:
        kind, name = part.list_name, part.slot_name
        group = f"s{len(slots)}"
        if kind in values.KINDS:
            slots[group] = _Slot(name, kind)
            pattern = values.pattern(kind, self.language)
            if self.language == "zh":  # nothing parts a value from free text behind it: take all
                pattern = pattern.removesuffix("?") if pattern.endswith("+?") else pattern
            return f"(?P<{group}>{pattern})"
        free = rf"[^{TIE}]{{1,{FREE}}}?"
        if kind in self.vocabulary:
            said = self.vocabulary[kind]
            slots[group] = _Slot(name, f"list:{kind}", closed=0 < len(said) <= LISTED)
            if len(said) > LISTED:
                return f"(?P<{group}>{free})"
            names = [re.escape(text) for text in sorted(said, key=len, reverse=True)]
            if self.loose or not names:
                most = min(FREE, STRETCHED * max(map(len, said), default=FREE))
                names.append(rf"[^{TIE}]{{1,{most}}}?")
            return f"(?P<{group}>{'|'.join(names)})"
        slots[group] = _Slot(name, f"usual:{kind}" if kind in usual(self.language) else "free")
        return f"(?P<{group}>{free})"


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


class Templates:
    """All patterns of one language, matched against utterances."""

    def __init__(
        self, language: str, skills: Iterable[tuple[Sentences, Mapping[str, Iterable[str]]]]
    ) -> None:
        self.language = language
        self.patterns: list[Pattern] = []
        self.lists: dict[str, dict[str, Entries]] = {}
        self._vocabularies: dict[str, dict[str, dict[str, str]]] = {}
        self.fragments: set[str] = set()
        for sentences, runtime in skills:
            self._add(sentences, runtime)
        self._by_fragment, self._open_ended = self._indexed()
        self._by_intent: dict[tuple[str, str], list[Pattern]] = defaultdict(list)
        for pattern in self.patterns:
            self._by_intent[pattern.skill, pattern.intent.name].append(pattern)
        self._candidates = lru_cache(TEXTS)(self._found)
        self._fit = lru_cache(FITS)(_fullmatch)
        self._longest = max(map(len, self.fragments), default=0)

    def rename(self, sentences: Sentences, runtime: Mapping[str, Iterable[str]]) -> None:
        """Take in the names that a skill knows by now; what has them in it is compiled anew when it
        is next tried."""
        vocabulary, known = _vocabulary(sentences, runtime), self._vocabularies[sentences.skill]
        changed = {name for name, entries in vocabulary.items() if entries != known.get(name)}
        known.update(vocabulary)
        for name in changed:
            self.lists[sentences.skill][name] = Entries(vocabulary[name])
        for pattern in self.patterns if changed else ():
            if pattern.skill == sentences.skill:
                pattern.forget(changed)
        self._fit.cache_clear()

    def _add(self, sentences: Sentences, runtime: Mapping[str, Iterable[str]]) -> None:
        vocabulary = self._vocabularies[sentences.skill] = _vocabulary(sentences, runtime)
        self.lists[sentences.skill] = {
            name: Entries(entries) for name, entries in vocabulary.items()
        }
        compiler = Compiler(sentences, vocabulary)
        for intent in sentences.intents.values():
            for pattern in compiler.compile(intent):
                self.patterns.append(pattern)
                self.fragments.update(*pattern.needs)

    def _indexed(self) -> tuple[dict[str, list[int]], list[int]]:
        """Places of patterns by a fragment they cannot do without, the rarest; and of those without
        any."""
        common = Counter(
            part for pattern in self.patterns for need in pattern.needs for part in need
        )
        index: dict[str, list[int]] = defaultdict(list)
        open_ended = []
        for at, pattern in enumerate(self.patterns):
            if not pattern.needs:
                open_ended.append(at)
                continue
            rarest = min(pattern.needs, key=lambda need: sum(common[part] for part in need))
            for part in rarest:
                index[part].append(at)
        return index, open_ended

    def _found(self, text: str) -> list[Pattern]:
        """The patterns whose indispensable fragments are all in a text, as they stand in the files:
        of two that read it equally well the first is taken."""
        present = self.fragments & _pieces(text, self._longest)
        near = {at for part in present for at in self._by_fragment[part]}
        return [
            pattern
            for pattern in map(self.patterns.__getitem__, sorted(near.union(self._open_ended)))
            if not any(map(present.isdisjoint, pattern.needs))
        ]

    def match(
        self, text: str, now: Callable[[], datetime], open_to: Callable[[str, Intent], bool]
    ) -> list[Reading]:
        """Every reading of a normalised utterance, the most literal first. `open_to` says which
        intents are listened for now."""
        readings: dict[tuple[str, str], Reading] = {}
        ranks: dict[tuple[str, str], tuple[bool, float]] = {}
        for pattern in self._candidates(text):
            if open_to(pattern.skill, pattern.intent):
                reading = self.read(pattern, text, now)
                if reading is not None:
                    key = (pattern.skill, pattern.intent.name)
                    rank = (not pattern.example, reading.literal)
                    literal = max(rank[1], readings[key].literal if key in readings else 0.0)
                    if key not in ranks or ranks[key] < rank:
                        ranks[key], readings[key] = rank, reading
                    readings[key] = replace(readings[key], literal=literal)
        return sorted(readings.values(), key=lambda reading: -reading.literal)

    def inside(
        self, skill: str, intent: Intent, text: str, now: Callable[[], datetime]
    ) -> Mapping[str, Any] | None:
        """The slots of one of an intent's templates that is said somewhere in the utterance; of
        several, the one with the most literal words."""
        best: Reading | None = None
        for pattern in self._of(skill, intent):
            if all(any(part in text for part in need) for need in pattern.needs):
                match = pattern.regex.search(text)
                reading = self._reading(pattern, match, now) if match else None
                if reading and reading.slots and (best is None or reading.literal > best.literal):
                    best = reading
        return best.slots if best else None

    def slots(self, skill: str, intent: Intent) -> Mapping[str, str]:
        """The kinds of an intent's slots by their names."""
        found: dict[str, str] = {}
        for pattern in self._of(skill, intent):
            for reference in pattern.references:
                kind, name = reference.list_name, reference.slot_name
                found[name] = f"list:{kind}" if kind in self.lists[skill] else kind
        return found

    def _of(self, skill: str, intent: Intent) -> Sequence[Pattern]:
        return self._by_intent.get((skill, intent.name), ())

    def read(self, pattern: Pattern, text: str, now: Callable[[], datetime]) -> Reading | None:
        """What one template reads in a normalised utterance."""
        reading = self._match(pattern, "regex", text, now)
        closed = any(slot.closed for slot in pattern.slots.values())
        if reading is None and closed and len(text) <= MISHEARD:
            reading = self._match(pattern, "loose", text, now)
        return reading

    def _match(
        self, pattern: Pattern, form: str, text: str, now: Callable[[], datetime]
    ) -> Reading | None:
        match = self._fit(pattern, form, text)
        if match is None:
            return None
        return self._reading(pattern, match, now) or self._split(pattern, match, now)

    def _split(
        self, pattern: Pattern, match: re.Match[str], now: Callable[[], datetime]
    ) -> Reading | None:
        """What a template reads where the words of a value that cannot be read are split in another
        way: of "at nine two of us leave" the time is neither "at" nor "at nine two"."""
        for group, slot in pattern.slots.items():
            said = match[group]
            if not said or slot.kind not in values.KINDS:
                continue
            if values.parse(slot.kind, said.strip(), self.language, now()) is None:
                text, start = match.string, match.start(group)
                spans = values.readable(slot.kind, text, start, self.language, now())
                for span in itertools.islice(spans, SPLITS):
                    other = match.re.fullmatch(_apart(text, start, *span, self.language))
                    reading = self._reading(pattern, other, now) if other else None
                    if reading:
                        return replace(reading, text=text)
                return None
        return None

    def _reading(
        self, pattern: Pattern, match: re.Match[str], now: Callable[[], datetime]
    ) -> Reading | None:
        slots: dict[str, Any] = {}
        free = 0.0
        for group, slot in pattern.slots.items():
            said = match[group]
            if said is None:
                continue
            value, cost = self._value(pattern.skill, slot, _plain(said), now)
            if value is None:
                return None
            free += cost * len(said)
            slots[slot.name] = value
        return Reading(
            skill=pattern.skill,
            intent=pattern.intent,
            slots=slots,
            literal=1 - free / max(len(match[0]), 1),
            text=match.string,
        )

    def _value(
        self, skill: str, slot: _Slot, said: str, now: Callable[[], datetime]
    ) -> tuple[Any, float]:
        """The value of a slot and how free it is: 1 for free text, 0 for an exact entry."""
        if slot.kind == "free":
            return said or None, 1.0
        if slot.kind.startswith("usual:"):
            known = usual(self.language)[slot.kind.removeprefix("usual:")]
            text = known.mend(said)
            return text or None, 1 - USUAL * known.share(text)
        if slot.kind.startswith("list:"):
            entries = self.lists[skill][slot.kind.removeprefix("list:")]
            found = look_up(said, entries)
            if found is None or (slot.closed and found[1] < 100 and self._is_value(said, now())):
                return None, 1.0
            return found[0], 0.5 * (1 - found[1] / 100) + 0.02
        return values.parse(slot.kind, said, self.language, now()), 0.05

    def _is_value(self, said: str, now: datetime) -> bool:
        """Whether a text is a time or a number, and no name that was misheard: "next Friday" is not
        "next day"."""
        return any(values.parse(kind, said, self.language, now) is not None for kind in NO_NAMES)


def _fullmatch(pattern: Pattern, form: str, text: str) -> re.Match[str] | None:
    """Where a text is all of a template: the one `regex` or the `loose` one."""
    regex: re.Pattern[str] = getattr(pattern, form)
    return regex.fullmatch(text)


def _plain(said: str) -> str:
    """What was said for a slot, without what keeps it apart."""
    return said.replace(FENCE, "").replace(TIE, " ").strip()


def _apart(text: str, start: int, first: int, last: int, language: str) -> str:
    """A text in which the value from `first` to `last` is kept apart: English free text cannot
    have a part of it, and what stands between `start` and it, or behind it, is no part of it."""
    before, value, behind = text[:first], text[first:last], text[last:]
    if language == "en":
        return f"{before} {value.strip().replace(' ', TIE)}{behind}".lstrip(" ")
    return f"{before}{FENCE}{value}{behind}" if first > start else f"{before}{value}{FENCE}{behind}"


def _pieces(text: str, longest: int) -> set[str]:
    """Every piece of a text, up to a length."""
    size = len(text)
    return {text[a:b] for a in range(size) for b in range(a, min(a + longest, size) + 1)}


def _vocabulary(
    sentences: Sentences, runtime: Mapping[str, Iterable[str]]
) -> dict[str, dict[str, str]]:
    """The lists of a skill's file, and the names that it knows besides."""
    made = written(sentences)
    for name, entries in runtime.items():
        made[name] = {**made.get(name, {}), **spoken(entries, sentences.language)}
    return made


def written(sentences: Sentences) -> dict[str, dict[str, str]]:
    """The lists of a skill's file, normalised."""
    return {
        name: {normalise(said, sentences.language): meaning for said, meaning in entries.items()}
        for name, entries in sentences.lists.items()
    }


def spoken(entries: Iterable[str], language: str) -> dict[str, str]:
    """Entries of a vocabulary as they are said -> as they are."""
    if isinstance(entries, Mapping):
        return {normalise(said, language): meaning for said, meaning in entries.items()}
    return {normalise(entry, language): entry for entry in entries}


def look_up(said: str, entries: Entries) -> tuple[str, float] | None:
    """What a text stands for in a list, and how alike it is (0 to 100)."""
    if said in entries:
        return entries[said], 100.0
    for article in ("the ", "my ", "a ", "an ", "some "):
        if said.startswith(article) and said.removeprefix(article) in entries:
            return entries[said.removeprefix(article)], 100.0
    found = process.extractOne(said, entries.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE)
    return (entries[found[0]], found[1]) if found else entries.sounding(said)


__all__ = ["Compiler", "Pattern", "Reading", "Templates", "look_up", "spoken"]
