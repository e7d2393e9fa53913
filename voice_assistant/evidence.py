"""What a question asks for, how well a passage covers it, and which of its sentences say it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from voice_assistant.sentences import Splitter
from voice_assistant.terms import kin, stopwords, terms
from voice_assistant.texts import load

LONGEST = 320
"""Characters of an answer: about twenty seconds of speech."""
SAID = 0.5
"""Share of what is asked (beside the title) that the answering sentence must hold itself."""
NAMED = 0.5
"""What it counts that the question names the title."""
KIN = 0.85
"""What it counts that a word of the same meaning is there."""
ABOUT = 0.5
"""What it counts that the article is on the kind of thing asked for."""
DEFINED = 9.0
"""Nothing beats the article on the very thing."""
TOGETHER = 0.3
"""What it counts that words of the question stand together in a sentence as they do in it."""
WANTED = 0.4
"""What it counts that a sentence has what was asked for: a date, a number, a name."""

_PRONOUN = re.compile(
    r"^(?:It|He|She|They|Its|His|Her|Their|These|This|Both|Such|The (?:first|term))\b"
)
_NOT_FIRST = re.compile(
    r"\b(?:\w+(?:th|ond|ird)|one of the|among the)[- ](?:\w+[- ])?\w*(?:est|most)\b", re.IGNORECASE
)
_PASSING = re.compile(
    r"\b(?:such as|unlike|including|other than)\b[^.;]*"
    r"|(?:\b(?:the )?[A-Z][\w-]+(?: [A-Z][\w-]+)?, ){3,}(?:(?:and|or) )?(?:the )?[A-Z][\w-]+"
)
"""Where a sentence names things in passing: it says nothing about one of them."""
_HOW_MANY = re.compile(
    r"\bhow many (?:\w+ )??(?P<noun>\w+)(?= (?:is|are|was|were|do|does|did|has|have|can|in|on|make|live)\b|$)"
)
_ROLE = re.compile(
    r"^(?:who|what) (?:is|was|are|were) (?:the |an? )?(?P<role>[\w' -]+?)"
    r" (?:of|at|in|for|from|on) (?P<whose>.+)$"
)
_NUMBER = re.compile(
    r"\d|^(?:no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty"
    r"|hundreds?|thousands?|millions?|billions?|dozens?|pairs?|several|many)$"
)
_REACH = 4
"""Words from a number to what it counts."""
_OF_A_PART = re.compile(
    r"\b\w+(?:est|most) (?:[\w-]+ ){1,2}(?:in|of|on) (?:the )?(?!World|Earth|Solar)[A-Z]"
)
"""The most of a kind in a part of the world only."""
_PERSON = re.compile(r"\(\d{3,4}–\d{2,4}\)|\(born |\bBC\b")
_PART = re.compile(r"\b(?:(?:North|South|East|West)(?:ern)?|Central|New) [A-Z]\w+")
"""Another place than the one whose name it holds: South Africa, Western Australia."""
_BY = re.compile(r"\b(?:by|attributed to) (?:[\w-]+ ){0,5}[A-Z]")
_HE = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)
_YEARS = re.compile(r"\((?:\w+ )?\d{3,4}|from \d{3,4} to \d{3,4}|(?:^|: )\d{3,4}(?:–\d{2,4})?\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, read."""

    text: str
    language: str
    terms: tuple[str, ...]
    """Those that carry meaning."""
    all_terms: tuple[str, ...]
    thing: str
    """What a question for a definition is about; empty for any other question."""
    wants: tuple[re.Pattern[str], ...]
    superlative: str
    """The term by which it asks for the most of a kind; empty where it does not."""
    of_now: bool
    """Whether only the household could have written it down: it is about today, or about them."""
    itself: bool
    """Whether only the article on what is named can say it: its size, its number of something."""
    made: bool
    """Whether it asks who made something."""
    counted: str
    """What is to be counted: "legs"; empty where nothing is."""
    role: str
    """What somebody or something is to be to another: the "cook" of "the cook at the palace"."""
    whose: str
    """To whom or what it is that: the "palace"."""
    kind: str
    """The kind of thing that is asked for the most of: "country", "animal"."""

    @classmethod
    def of(cls, text: str, language: str) -> Question:
        """Read a question."""
        data = load(f"knowledge_{language}")
        bare = text.strip().rstrip("?？.。! ").lower().replace("’", "'")
        for _ in range(2):
            for frame in data["frames"]:
                bare = re.sub(frame, "", bare).strip()
        bare = _with_roman(bare)
        for pattern, better in data["rewrites"]:
            bare = re.sub(pattern, better, bare)
        every = terms(bare)
        most = re.search(data["superlative"], bare)
        definition = re.match(data["definition"], bare)
        thing = next((g for g in definition.groups() if g), "") if definition else ""
        return cls(
            text=bare,
            language=language,
            terms=tuple(dict.fromkeys(_telling(bare, language))),
            all_terms=tuple(every),
            thing=" ".join(terms(thing)),
            wants=tuple(answer for asks, answer in _wants(language) if asks.search(bare)),
            superlative="".join(terms(most[0])[:1]) if most else "",
            of_now=bool(re.search(data["not_written"], bare)),
            itself=any(w.get("itself") and re.search(w["question"], bare) for w in data["wants"]),
            made=bool(re.search(data["makers"], bare)),
            counted=_last_term(_HOW_MANY.search(bare), "noun"),
            role=_last_term(_ROLE.search(bare), "role", stopwords(language)),
            whose=_last_term(_ROLE.search(bare), "whose", stopwords(language)),
            kind=_kind(bare, most, language) if most else "",
        )

    def title_keys(self) -> list[str]:
        """Everything in the question that might be a title."""
        every = self.all_terms
        return [" ".join(every[i:j]) for i in range(len(every)) for j in range(i + 1, i + 7)]

    def phrases(self) -> list[str]:
        """Three terms in a row that belong together: "theory of relativity"."""
        threes = zip(self.all_terms, self.all_terms[1:], self.all_terms[2:], strict=False)
        return [" ".join(t) for t in threes if {t[0], t[2]} <= set(self.terms)]

    def wide_terms(self) -> list[str]:
        """The terms and their kin."""
        related = kin(self.language)
        return [*self.terms, *(k for t in self.terms for k in sorted(related.get(t, ())))]

    def cover(
        self, title: str, about: str, held: set[str], weights: dict[str, float]
    ) -> tuple[float, float]:
        """The share of the question that a passage with these terms holds, and how much it counts
        that the passage is on what the question names, or on the kind of it."""
        title_terms = _title_terms(title)
        named = sum(t in self.all_terms for t in title_terms) / max(1, len(title_terms))
        if self.superlative and not (named == 1 and len(title_terms) > 1):
            named = 0.0  # the largest planet is not the article on planets
        bonus = NAMED * named * (1 + 0.1 * len(title_terms))
        bonus += ABOUT * self._is_a_match(about)
        work = self.made and named == 1  # "by" says of a work who made it
        asked = [t for t in self.terms if not work or t in title_terms]
        return _Share(self, weights).of(asked, held | years(about)), bonus

    def judge(self, title: str, about: str, text: str, weights: dict[str, float]) -> Evidence:
        """How well the best sentence of a passage answers."""
        title_terms, sentences = _title_terms(title), _sentences(text)
        opening = _opening(sentences)
        if self.thing == " ".join(title_terms) and (
            not self.wants or self.text.startswith("who ") or self._wanted(opening)
        ):
            exact = title.lower() in self.text  # a desert is no desertion, though they share a stem
            return Evidence(score=DEFINED + exact, fits=True, answer=opening)
        if about:
            sentences.append(f"{title}: {about}.")
        share = _Share(self, weights)
        asked = [t for t in self.terms if t not in title_terms]
        person = self.text.startswith("who ") and bool(_PERSON.search(about))
        held = [set(terms(self._said(s))) | years(s) for s in sentences]
        shares = [
            1.0 if self._is_maker(s, asked) else share.of(asked, h)
            for s, h in zip(sentences, held, strict=True)
        ]
        scores = [
            part + self._wanted(s) + self._together(s) - self._of_another(s, person)
            for s, part in zip(sentences, shares, strict=True)
        ]
        at = max(range(len(sentences)), key=scores.__getitem__)
        best = sentences[at]
        about_it = held[at] | {*title_terms, *terms(about)}
        fits = shares[at] >= SAID and (not self.wants or person or self._wanted(best) > 0)
        fits = fits and self._names(about_it, share, weights) and self._counts(best)
        fits = fits and (not self.itself or bool(self.superlative) or self._is_on(title_terms))
        fits = fits and self._is_the_most(best)
        nameless = _PRONOUN.match(best) or not set(title_terms) & set(terms(best))
        answer = f"{title}: {best}" if nameless else best
        return Evidence(score=scores[at], fits=fits, answer=_short(answer))

    def _is_a_match(self, about: str) -> bool:
        """Whether an article is on the kind of thing that is asked for: a country, a person."""
        if self.text.startswith("who ") and _PERSON.search(about):
            return True
        return bool(self.kind) and self.kind in terms(about)

    def _said(self, sentence: str) -> str:
        """The sentence without what it names in passing. Of a work that is how its maker is
        known."""
        sentence = _PART.sub(lambda m: m[0] if m[0].lower() in self.text else " ", sentence)
        return sentence if self.text.startswith("who ") else _PASSING.sub(" ", sentence)

    def _together(self, sentence: str) -> float:
        """What it counts that the question's words stand together."""
        asked = set(pairwise(self.all_terms))
        return TOGETHER * len(asked & set(pairwise(terms(sentence)))) / max(1, len(asked))

    def _of_another(self, sentence: str, person: bool) -> float:
        """What it costs to answer "who" with a sentence about him who is not named in it."""
        unnamed = self.text.startswith("who ") and not person and _HE.search(sentence)
        return WANTED if unnamed else 0.0

    def _names(self, held: set[str], share: _Share, weights: dict[str, float]) -> bool:
        """Whether what must be named is: the rarest term (mostly the name of what is asked about;
        where something is counted, all), and the role in so many words."""
        rarest = max(self.terms, key=lambda term: weights.get(term, 0.0), default="")
        needed = self.terms if self.counted else [t for t in (rarest, self.whose) if t]
        return all(share.has(t, held) for t in needed) and (not self.role or self.role in held)

    def _counts(self, sentence: str) -> bool:
        """Whether a sentence counts what is to be counted, if anything is."""
        if not self.counted:
            return True
        alike = {self.counted} | kin(self.language).get(self.counted, frozenset())
        words = re.findall(r"[\w.,]+", sentence.lower().replace("-", " "))
        return any(
            _NUMBER.search(word) and not alike.isdisjoint(terms(" ".join(words[i : i + _REACH])))
            for i, word in enumerate(words)
        )

    def _is_on(self, title_terms: list[str]) -> bool:
        """Whether an article is on something that the question names."""
        return bool(set(title_terms) & set(self.terms)) or not set(title_terms)

    def _is_maker(self, sentence: str, asked: list[str]) -> bool:
        """Whether a sentence says by whom the work is that the title names."""
        return self.made and len(asked) <= 1 and bool(_BY.search(sentence))

    def _is_the_most(self, sentence: str) -> bool:
        """Whether a sentence calls something of the kind the most, if that is asked."""
        if not self.superlative:
            return True
        sentence = _NOT_FIRST.sub(" ", sentence)
        if "world" in self.all_terms:
            sentence = _OF_A_PART.sub(" ", sentence)
        held, related = set(terms(sentence)), kin(self.language)
        most = {t for t in related.get(self.superlative, ()) if t.endswith("est")}
        alike = {self.kind} | related.get(self.kind, frozenset())
        return not held.isdisjoint({self.superlative} | most) and not held.isdisjoint(alike)

    def _wanted(self, sentence: str) -> float:
        """What it counts that a sentence has what was asked for."""
        return WANTED * any(want.search(sentence) for want in self.wants)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a passage has to say to a question."""

    score: float
    """For comparison with other passages."""
    fits: bool
    """Whether it says what was asked for."""
    answer: str
    """The sentence that says it."""


class _Share:
    """Measures the share of a question's weight that some terms hold."""

    def __init__(self, question: Question, weights: dict[str, float]) -> None:
        self._kin = kin(question.language)
        self._weights = weights

    def of(self, asked: Sequence[str], held: set[str]) -> float:
        """1 when all that is asked is held; kin counts a little less."""
        total = sum(self._weights[t] for t in asked)
        if not total:
            return 1.0
        return sum(self._weights[t] * self._held(t, held) for t in asked) / total

    def has(self, term: str, held: set[str]) -> bool:
        """Whether a term or one of its kin is held; nothing is asked of an empty one."""
        return not term or self._held(term, held) > 0

    def _held(self, term: str, held: set[str]) -> float:
        if term in held:
            return 1.0
        return KIN if held & self._kin.get(term, frozenset()) else 0.0


def _last_term(match: re.Match[str] | None, group: str, empty: frozenset[str] = frozenset()) -> str:
    """The last term of a part of the question; empty without one that means something."""
    last = "".join(terms(match[group])[-1:]) if match else ""
    return "" if last in empty else last


def _with_roman(key: str) -> str:
    """World war 2 is World War II to an encyclopaedia."""
    return re.sub(r"(?<=war )(?:2|two)\b", "ii", re.sub(r"(?<=war )(?:1|one)\b", "i", key))


def _telling(text: str, language: str) -> list[str]:
    """The terms that carry meaning. Chinese has no spaces: little words are taken out first,
    or they would stand in pairs with the characters of others."""
    if language == "zh":
        little = sorted(load("knowledge_zh")["stop"].split(), key=len, reverse=True)
        text = re.sub("|".join(little), " ", text)
    return [t for t in terms(text) if t not in stopwords(language)]


def _kind(text: str, most: re.Match[str], language: str) -> str:
    """What is to be the most: the word behind "largest", or behind "which"."""
    behind = [t for t in terms(text[most.end() :]) if t not in stopwords(language)]
    before = [t for t in terms(text[: most.start()]) if t not in stopwords(language)]
    direct = re.match(r"\s+\w+", text[most.end() :])
    first = terms(direct[0])[:1] if direct else []
    if first and first[0] in behind:
        return first[0]
    return (before or behind or [""])[0]


def years(sentence: str) -> set[str]:
    """What a sentence says without the word: "(1879–1955)" is when somebody was born and died, or
    when something began and ended."""
    return set(terms("born died began ended")) if _YEARS.search(sentence) else set()


def _title_terms(title: str) -> list[str]:
    return terms(re.sub(r"\s*\([^)]*\)$", "", title))


def _sentences(text: str) -> list[str]:
    splitter = Splitter(early=False)
    return [*splitter.feed(text), *splitter.finish()] or [text]


def _opening(sentences: list[str]) -> str:
    """The first sentence, and the second where both are short."""
    both = " ".join(sentences[:2])
    return both if len(both) <= LONGEST else _short(sentences[0])


def _short(sentence: str) -> str:
    """A sentence cut at a clause where it would be too long to listen to."""
    if len(sentence) <= LONGEST:
        return sentence
    cut = max(sentence.rfind(mark, 80, LONGEST) for mark in (", ", "; ", "，", "；", " ("))
    end = "。" if "，" in sentence else "."
    return sentence[:cut].rstrip(" ,;，；") + end if cut > 0 else sentence


@cache
def _wants(language: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (re.compile(want["question"]), re.compile(want["answer"]))
        for want in load(f"knowledge_{language}")["wants"]
    )
