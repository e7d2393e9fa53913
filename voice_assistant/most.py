"""Questions for the most of a kind ("the second largest lake in Africa"), and the sentences that say
which it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voice_assistant.terms import kin, stopwords, terms
from voice_assistant.texts import load

_ORDINAL = (
    r"second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\w+teenth|\w+tieth"
    r"|\d+(?:st|nd|rd|th)"
)
_PHRASE = re.compile(
    rf"(?:(?P<of>(?:[A-Z][\w-]+ )*[A-Z][\w-]+)['’]s? )?"
    rf"(?:\b(?:(?P<rank>{_ORDINAL}))[- ](?:\w+[- ])?)?"
    r"(?:\bmost[- ](?P<what>[\w-]+)|\b(?P<est>\w+est|first|last|only|most)\b|(?P<han>最|第一))"
    r"(?=(?P<behind>[^,;:.()]*))"
)
"""What a sentence calls the most of something."""
_SOME = re.compile(r"\b(?:among|of) (?:the |its |their )?(?:\w+['’]s? )?$")
"""Before the most where there are several of them: one of the largest."""
_AS_WELL = re.compile(
    rf"^,? (?:and|but|or) (?:also )?(?:the )?(?:(?:{_ORDINAL})[- ])?(?:most[- ]\w+|\w+est)\b"
)
"""What else a thing is the most of: the largest and most populous island."""
_RANK = re.compile(rf"\b({_ORDINAL})[- ](?:\w+[- ])?$")
_BEYOND = re.compile(
    r"(?<!that )(?<!which )(?<!who )\b(?:is|was|are|were|has|had|after|with|as|where|having|covering|behind)\b"
    rf"| and (?:one of|the|{_ORDINAL}|\w+est)\b"
)
"""Where a sentence goes on with something else."""
_OF_ALL = re.compile(r"^(?! of (?:the|all) ).*", re.DOTALL)
"""All but "of the seven continents"."""
_MEASURE = re.compile(r"\bby (\w+)")
_NAME = re.compile(r"\b[A-Z][\w-]+")
_OF_WHICH = re.compile(r"\s*(?:in|of|on|by|to|known|ever)\b")
"""What follows "the largest" where its kind was named before."""
_SCOPE = re.compile(r"(?<!species)(?<!kind)(?<!type)(?<!member) (?:in|of|on|by|to|from) ")
"""Where the kind ends and of which of them begins."""
_POPULOUS = "populou"
"""The term of "populous": of what is the largest by population."""
_EVERYWHERE = {"world", "earth", "solar", "system", "univers"}
_PARTS = re.compile(
    r"\b(?:in|of) (?:the|its) (province|state|region|county|district|department|area)\b"
)
"""Where it is the most of a part only, whose name is said elsewhere."""
_SHARED = 4
"""Letters from which two words of a place are the same: Africa, African."""
_NO_NARROWER = frozenset(
    terms("living extant existing known single natural terrestrial continental species of the")
)
"""Words before a kind that leave out none of it that anybody would think of."""
NARROWER = 1.0
"""What each word costs that stands before the kind: the longest east-flowing river."""
KINDLESS = 0.2
"""What it costs that the kind is only named elsewhere in the sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Most:
    """What a question asks for the most of."""

    term: str
    """Of what there is most: "largest"; of "most populous" the second word."""
    kind: str
    """The kind of thing: "country", "animal"."""
    rank: str
    """"second"; empty for the very most."""
    asked: tuple[str, ...]
    """All terms of the question."""
    language: str

    @classmethod
    def of(cls, text: str, language: str) -> Most | None:
        """What a question asks for; None where it asks for no such thing."""
        found = re.search(load(f"knowledge_{language}")["superlative"], text)
        if not found:
            return None
        rank = _RANK.search(text[: found.start()])
        term = terms(found[0])
        return cls(
            term=term[-1] if language == "en" else term[0],
            kind=_kind(text, found, language),
            rank=rank[1] if rank else "",
            asked=tuple(terms(text)),
            language=language,
        )

    def narrowed(self, sentence: str) -> float | None:
        """None where a sentence does not call something of the kind the most; else what it costs
        that it is the most of some of them only."""
        alike = {self.kind} | kin(self.language).get(self.kind, frozenset())
        if alike.isdisjoint(terms(sentence)):
            return None
        return min(self._costs(sentence, alike), default=None)

    def _costs(self, sentence: str, alike: set[str]) -> Iterator[float]:
        related = kin(self.language).get(self.term, frozenset())
        same = {self.term} | {t for t in related if t.endswith("est") and self.term != _POPULOUS}
        if {"cit", "town"} & alike:  # the largest city is the one where most people live
            same |= {t for t in related if t == _POPULOUS}
        for phrase in _PHRASE.finditer(sentence):
            said = terms(phrase["what"] or phrase["est"] or phrase["han"])
            front, behind = sentence[: phrase.start()], _AS_WELL.sub("", phrase["behind"])
            if _SOME.search(front) or (phrase["rank"] or "").lower() != self.rank:
                continue
            measured = _MEASURE.search(behind)
            if self.term == _POPULOUS and measured and measured[1] == "population":
                said.append(_POPULOUS)
            if not same.isdisjoint(said) and self._is_of_all(phrase["of"] or "", behind):
                before = terms(_SCOPE.split(_BEYOND.split(behind)[0])[0])
                at = next((i for i, t in enumerate(before) if t in alike), None)
                if at is not None:
                    others = {t for t in before[:at] if not self._holds(t)} - _NO_NARROWER
                    yield NARROWER * len(others)
                elif self.language == "zh" or (
                    _OF_WHICH.match(behind)
                    and not alike.isdisjoint(terms(front) + terms(_OF_ALL.sub("", behind)))
                ):
                    yield KINDLESS

    def _is_of_all(self, whose: str, behind: str) -> bool:
        """Whether it is the most of all that are asked about, and not of a part of them only or by
        another measure."""
        by = _MEASURE.search(behind)
        if by and _MEASURE.search(" ".join(self.asked)) and terms(by[1])[0] not in self.asked:
            return False
        scopes = re.split(r" (?:and|or) ", _BEYOND.split(behind)[0])
        return any(self._is_asked(f"{whose} {scope}") for scope in scopes)

    def _is_asked(self, scope: str) -> bool:
        names = terms(" ".join(_NAME.findall(scope)))
        part = _PARTS.search(scope)
        return not (part and not self._holds(terms(part[1])[0])) and all(
            name in _EVERYWHERE or self._holds(name) for name in names
        )

    def _holds(self, name: str) -> bool:
        alike = kin(self.language).get(name, frozenset())
        return any(
            name == t or t in alike or (len(t) > _SHARED and name[:_SHARED] == t[:_SHARED])
            for t in self.asked
        )


def _kind(text: str, most: re.Match[str], language: str) -> str:
    """What is to be the most: the word behind "largest", or behind "which"."""
    behind = _telling(text[most.end() :], language)
    before = _telling(text[: most.start()], language)
    direct = re.match(r"\s+(\w+)", text[most.end() :])
    if direct and direct[1] not in load(f"knowledge_{language}")["stop"].split():
        return terms(direct[0])[0]
    return (before or behind or [""])[0]


def _telling(text: str, language: str) -> Sequence[str]:
    return [t for t in terms(_RANK.sub("", text)) if t not in stopwords(language)]
