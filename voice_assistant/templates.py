"""Strict matching: what an utterance is word for word, by the templates that are worth trying.

A template is tried only when the literal words it cannot do without are in the utterance, and those
it begins and ends with where they belong.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from voice_assistant import values
from voice_assistant.apart import kept_apart, plain
from voice_assistant.compiling import FREE, Compiler, Pattern, Regex, Slot, framed
from voice_assistant.cuts import Words
from voice_assistant.intents import Intent, Sentences
from voice_assistant.names import look_up, names_of, spoken, written
from voice_assistant.sounds import Entries
from voice_assistant.template import END, START
from voice_assistant.usual import usual

SPLITS = 4
"""Ways to split a value from the text around it that are tried."""

TEXTS = 16
"""Texts whose candidates are kept: several stages try the readings of an utterance."""

FITS = 2048
"""Templates and texts of which it is kept whether one is the other, for the same reason."""

NOON = time(12)
"""Whether a text is a value at all, it is all day."""

USUAL = 0.6
"""How much less free than any text one is whose words are all usual in its slot."""

NO_NAMES = ("time", "duration", "number")
"""Kinds of values that stand in the place of no name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An utterance read as an intent."""

    skill: str
    intent: Intent
    slots: Mapping[str, Any]
    literal: float
    """The share of the utterance that is in the template: 1 where nothing is free text."""
    text: str
    open_ended: bool = False
    """Whether free text stands at its end: more of it may come."""


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
        """The words that templates cannot do without."""
        for sentences, runtime in skills:
            self._add(sentences, runtime)
        self._words = Words(self.fragments if language == "zh" else ())
        self._by_fragment, self._open_ended = self._indexed()
        self._by_intent: dict[tuple[str, str], list[Pattern]] = defaultdict(list)
        for pattern in self.patterns:
            self._by_intent[pattern.skill, pattern.intent.name].append(pattern)
        self._candidates = lru_cache(TEXTS)(self._found)
        self._fit = lru_cache(FITS)(_fullmatch)
        self._holds = lru_cache(FITS)(self._has_value)
        self._indispensable = {
            part for each in self.patterns for need in each.needs for part in need
        }
        self._longest = max(map(len, self._indispensable), default=0)

    def rename(self, sentences: Sentences, runtime: Mapping[str, Iterable[str]]) -> None:
        """Take in the names that a skill knows by now; what has them in it is compiled anew when it
        is next tried."""
        vocabulary, known = names_of(sentences, runtime), self._vocabularies[sentences.skill]
        changed = {name for name, entries in vocabulary.items() if entries != known.get(name)}
        known.update(vocabulary)
        for name in changed:
            self.lists[sentences.skill][name] = Entries(vocabulary[name])
        for pattern in self.patterns if changed else ():
            if pattern.skill == sentences.skill:
                pattern.forget(changed)
        self._fit.cache_clear()

    def _add(self, sentences: Sentences, runtime: Mapping[str, Iterable[str]]) -> None:
        vocabulary = self._vocabularies[sentences.skill] = names_of(sentences, runtime)
        self.lists[sentences.skill] = {
            name: Entries(entries) for name, entries in vocabulary.items()
        }
        compiler = Compiler(sentences, vocabulary)
        for intent in sentences.intents.values():
            for pattern in compiler.compile(intent):
                self.patterns.append(pattern)
                self.fragments.update(*map(_unmarked, pattern.needs))

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
        present = self._indispensable & _pieces(framed(text), self._longest)
        near = {at for part in present for at in self._by_fragment[part]}
        return [
            pattern
            for pattern in map(self.patterns.__getitem__, sorted(near.union(self._open_ended)))
            if not any(map(present.isdisjoint, pattern.needs))
        ]

    def _has_value(self, kind: str, text: str, today: date) -> bool:
        """Whether there is a value of a kind anywhere in a text. (Behind a word, for one that
        begins with a sign is found between words only.)"""
        if len(text) > FREE:  # it takes long to find out
            return True
        behind = "" if self.language == "zh" else "so "
        return bool(values.find(kind, behind + text, self.language, datetime.combine(today, NOON)))

    def match(
        self, text: str, now: Callable[[], datetime], open_to: Callable[[str, Intent], bool]
    ) -> list[Reading]:
        """Every reading of a normalised utterance, the most literal first. `open_to` says which
        intents are listened for now."""
        moment = now()  # the clock's zone takes a while
        readings: dict[tuple[str, str], Reading] = {}
        ranks: dict[tuple[str, str], tuple[bool, float]] = {}
        for pattern in self._candidates(text):
            if open_to(pattern.skill, pattern.intent):
                reading = self.read(pattern, text, lambda: moment)
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
        for pattern in self._by_intent.get((skill, intent.name), ()):
            if all(any(part.strip(START + END) in text for part in need) for need in pattern.needs):
                match = pattern.regex.search(text)
                reading = self._reading(pattern, match, now) if match else None
                if reading and reading.slots and (best is None or reading.literal > best.literal):
                    best = reading
        return best.slots if best else None

    def slots(self, skill: str, intent: Intent) -> Mapping[str, str]:
        """The kinds of an intent's slots by their names."""
        found: dict[str, str] = {}
        for pattern in self._by_intent.get((skill, intent.name), ()):
            for reference in pattern.references:
                kind, name = reference.list_name, reference.slot_name
                found[name] = f"list:{kind}" if kind in self.lists[skill] else kind
        return found

    def knows(self, skill: str, name: object) -> bool:
        """Whether a value is one that a list of the skill has, and not any text."""
        return any(name in names.values() for names in self._vocabularies[skill].values())

    def read(self, pattern: Pattern, text: str, now: Callable[[], datetime]) -> Reading | None:
        """What one template reads in a normalised utterance."""
        if not all(self._holds(kind, text, now().date()) for kind in pattern.kinds):
            return None
        reading = self._match(pattern, "regex", text, now)
        closed = any(slot.closed for slot in pattern.slots.values())
        if reading is None and closed:
            reading = self._match(pattern, "loose", text, now)
        return reading

    def _match(
        self, pattern: Pattern, form: str, text: str, now: Callable[[], datetime]
    ) -> Reading | None:
        match = self._fit(pattern, form, text)
        if match is None:
            return None
        return self._reading(pattern, match, now) or self._split(pattern, form, match, now)

    def _split(
        self, pattern: Pattern, form: str, match: Any, now: Callable[[], datetime]
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
                    apart = kept_apart(text, start, *span, self.language)
                    other = _fullmatch(pattern, form, apart)
                    reading = self._reading(pattern, other, now) if other else None
                    if reading:
                        return replace(reading, text=text)
                return None
        return None

    def _reading(self, pattern: Pattern, match: Any, now: Callable[[], datetime]) -> Reading | None:
        slots: dict[str, Any] = {}
        free, open_ended = 0.0, False
        for group, slot in pattern.slots.items():
            said = match[group]
            if said is None:
                continue
            free_text = slot.kind.partition(":")[0] in ("free", "usual")
            if free_text and self._words.cut(match.string, *match.span(group)):
                return None
            value, cost = self._value(pattern.skill, slot, plain(said), now)
            if value is None:
                return None
            free += cost * len(said)
            open_ended |= free_text and match.end(group) == match.end()
            slots[slot.name] = value
        return Reading(
            skill=pattern.skill,
            intent=pattern.intent,
            slots=slots,
            literal=1 - free / max(len(match[0]), 1),
            text=match.string,
            open_ended=open_ended,
        )

    def _value(
        self, skill: str, slot: Slot, said: str, now: Callable[[], datetime]
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
            if found is None or (found[1] < 100 and self._is_another(slot, said, now())):
                return None, 1.0
            return found[0], 0.5 * (1 - found[1] / 100) + 0.02
        return values.parse(slot.kind, said, self.language, now()), 0.05

    def _is_another(self, slot: Slot, said: str, now: datetime) -> bool:
        """Whether a text is no name of a list that was misheard: a time or a number ("next Friday"
        is not "next day"), or usual itself ("the hallway lights" are not "all lights")."""
        known = usual(self.language).get(slot.name)
        if known and known.share(said) == 1:
            return True
        return slot.closed and any(
            values.parse(kind, said, self.language, now) is not None for kind in NO_NAMES
        )


def _unmarked(need: frozenset[str]) -> Iterator[str]:
    """The fragments that may stand anywhere."""
    return (part for part in need if not part.startswith(START) and not part.endswith(END))


def _fullmatch(pattern: Pattern, form: str, text: str) -> Any | None:
    """Where a text is all of a template: the one `regex` or the `loose` one."""
    regex: Regex = getattr(pattern, form)
    return regex.fullmatch(text)


def _pieces(text: str, longest: int) -> set[str]:
    """Every piece of a text, up to a length."""
    size = len(text)
    return {text[a:b] for a in range(size) for b in range(a, min(a + longest, size) + 1)}


__all__ = ["Compiler", "Pattern", "Reading", "Templates", "look_up", "spoken", "written"]
