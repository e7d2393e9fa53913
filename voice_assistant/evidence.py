"""What a question asks for, how well a passage covers it, and which of its sentences say it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from voice_assistant.most import Most
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
UNSAID = 1.0
"""What it costs a sentence not to say what is the most of its kind."""

_PRONOUN = re.compile(
    r"^(?:It|He|She|They|Its|His|Her|Their|These|This|Both|Such|The (?:first|term))\b"
)
_PASSING = re.compile(
    r"\b(?:such as|unlike|including|other than)\b[^.;]*"
    r"|(?:\b(?:the )?[A-Z][\w-]+(?: [A-Z][\w-]+)?, ){3,}(?:(?:and|or) )?(?:the )?[A-Z][\w-]+"
)
"""Where a sentence names things in passing: it says nothing about one of them."""
_MEANWHILE = re.compile(r"\b(?:before|after|since|until) the \w+ of [^,;.]*")
"""What else happened, when: it is not what the sentence is about."""
_HOW_MANY = re.compile(
    r"\bhow many (?:\w+ )??(?P<noun>\w+)(?= (?:is|are|was|were|do|does|did|has|have|can|in|on|make|live)\b|$)"
)
_ROLE = re.compile(
    r"^(?:who|what) (?:is|was|are|were) (?:the |an? )?(?P<role>[\w' -]+?)"
    r" (?:of|at|in|for|from|on) (?P<whose>.+)$"
)
_DEED = re.compile(
    r"^who (?:(?:first|originally|really|actually) )?"
    r"(?!is\b|was\b|are\b|were\b|has\b|had\b|did\b|does\b|do\b|can\b|will\b)(?P<deed>\w+)"
)
_DONE_TO = re.compile(r"\b(\w+ed)(?= (?:the|an?)\b)")
_NOUN = re.compile(r"(?:ions?|y|ies|als?)$")
"""The ending of a word that says no deed itself: a discovery."""
_SUFFERED = re.compile(r"(?:['’]s|\b(?:his|her|their)) (?:assassination|murder|killing|death)\b")
"""What was done to somebody, not by him."""
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being) (?:\w+ly )?\w+ed\b")
_NUMBER = re.compile(
    r"\d|^(?:no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty"
    r"|hundreds?|thousands?|millions?|billions?|dozens?|pairs?|several|many)$"
)
_REACH = 4
"""Words from a number to what it counts."""
_PERSON = re.compile(
    r"\((?:c\. )?\d{3,4}(?:/\d+)?–(?:c\. )?\d{2,4}\)|\(born |\bBC\b"
    r"|^(?:\w+ ){0,3}(?:king|queen|emperor|empress|president|leader|shah|ruler|minister|pope|tsar"
    r"|sultan|caliph|chancellor|pharaoh)\b.*\d",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b[A-Z][^\W\d_]*")
_PAST = re.compile(r"\d{3,4}–\d{2,4}\)|\bBC\b|from \d{3,4} to \d{3,4}|\buntil (?:his|her|\d)")
"""Who is no more what he was."""
_PART = re.compile(r"\b(?:(?:North|South|East|West)(?:ern)?|Central|New) [A-Z]\w+")
"""Another place than the one whose name it holds: South Africa, Western Australia."""
_BY = re.compile(
    r"\b(?:(?<!known )by(?! the (?:time|end|middle)\b)|attributed to) (?:[\w-]+ ){0,5}[A-Z]"
)
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
    most: Most | None
    """The most of a kind that it asks for."""
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
    office: bool
    """Whether it asks who is something now: nobody who is dead."""
    deed: str
    """What who is asked for has done: "founded"."""

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
        definition = re.match(data["definition"], bare)
        thing = next((g for g in definition.groups() if g), "") if definition else ""
        return cls(
            text=bare,
            language=language,
            terms=tuple(dict.fromkeys(_telling(bare, language))),
            all_terms=tuple(every),
            thing=" ".join(terms(thing)),
            wants=tuple(answer for asks, answer in _wants(language) if asks.search(bare)),
            most=Most.of(bare, language),
            of_now=bool(re.search(data["not_written"], bare)),
            itself=bool(re.search(data["on_it"], bare))
            or any(w.get("itself") and re.search(w["question"], bare) for w in data["wants"]),
            made=bool(re.search(data["makers"], bare)),
            counted=_last_term(_HOW_MANY.search(bare), "noun"),
            role=_last_term(_ROLE.search(bare), "role", stopwords(language)),
            whose=_last_term(_ROLE.search(bare), "whose", stopwords(language)),
            office=bool(re.search(data["offices"], bare)),
            deed=_last_term(_DEED.search(bare), "deed", stopwords(language)),
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
        if self.most and not (named == 1 and len(title_terms) > 1):
            named = 0.0  # the largest planet is not the article on planets
        bonus = NAMED * named * (1 + 0.1 * len(title_terms))
        bonus += ABOUT * self._is_a_match(about)
        work = self.made and named == 1  # "by" says of a work who made it
        asked = [t for t in self.terms if not work or t in title_terms]
        return _Share(self, weights).of(asked, held | self._dates(about)), bonus

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
        page = _Page(
            terms=title_terms,
            about=about,
            person=self.text.startswith("who ") and bool(_PERSON.search(about)),
            asked=[t for t in self.terms if t not in title_terms],
            most=None if self.most and self.most.term in title_terms else self.most,
            share=_Share(self, weights),
            weights=weights,
        )
        said = [self._read(s, page) for s in sentences]
        best = max(said, key=lambda each: each.score)
        nameless = _PRONOUN.match(best.text) or not set(title_terms) & set(terms(best.text))
        answer = f"{title}: {best.text}" if nameless else best.text
        return Evidence(score=best.score, fits=self._fits(best, page), answer=_short(answer))

    def _read(self, sentence: str, page: _Page) -> _Said:
        """How much a sentence says of what is asked."""
        held = set(terms(self._held(sentence))) | self._dates(sentence)
        if page.most:  # the longest river in the world is also that of the part where it is
            held |= set(terms(page.about))
        narrowed = page.most.narrowed(sentence) if page.most else 0.0
        share = page.share.of(page.asked, held)
        if self._is_maker(sentence, page.asked):
            share = 1.0 + TOGETHER * page.share.has(self.deed, held)
        score = share + (WANTED if page.person else self._wanted(sentence))
        score += self._together(sentence) - self._of_another(sentence, page.person)
        score -= UNSAID if narrowed is None else narrowed
        most = narrowed is not None
        return _Said(text=sentence, held=held, share=share, score=score, most=most)

    def _fits(self, said: _Said, page: _Page) -> bool:
        """Whether the best sentence says what was asked for, and of what it was asked."""
        about_it = said.held | {*page.terms, *terms(page.about)}
        by_title = page.person or (page.most and self.text.startswith(("which ", "what ")))
        on_it = self._is_on(page.terms)
        return (
            said.share >= SAID
            and bool(not self.wants or by_title or self._wanted(said.text) > 0)
            and self._names(about_it, page.share, page.weights)
            and self._counts(said.text)
            and (on_it or not self.itself or self.most is not None)
            and (on_it or len(self.terms) > 1)
            and said.most
            and not (self.office and _PAST.search(f"{page.about} {said.text}"))
            and self._is_by(said, page)
        )

    def _dates(self, sentence: str) -> set[str]:
        """What a sentence says by its years alone, to one who asks for them."""
        return set() if self.text.startswith("who ") else years(sentence)

    def _did_it(self, sentence: str, share: _Share) -> bool:
        """Whether what a person did was done to what is asked about: of one who improved telescopes
        and invented a clock, the clock was invented."""
        things = {t for t in self.terms if not share.has(self.deed, {t})} & set(terms(sentence))
        behind = [
            set(terms(sentence[done.end() :]))
            for done in _DONE_TO.finditer(sentence)
            if share.has(self.deed, set(terms(done[1])))
        ]
        return not things or not behind or any(things & each for each in behind)

    def _is_a_match(self, about: str) -> bool:
        """Whether an article is on the kind of thing that is asked for: a country, a person."""
        if self.text.startswith("who ") and _PERSON.search(about):
            return True
        if self.deed and self.deed in terms(about):
            return True
        return self.most is not None and self.most.kind in terms(about)

    def _held(self, sentence: str) -> str:
        """The sentence without what it names in passing. Of a work that is how its maker is
        known."""
        sentence = _PART.sub(lambda m: m[0] if m[0].lower() in self.text else " ", sentence)
        sentence = _MEANWHILE.sub(" ", sentence)
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
            _NUMBER.search(word)
            and not alike.isdisjoint(
                terms(" ".join([*_counted(words[:i]), *words[i : i + _REACH]]))
            )
            for i, word in enumerate(words)
        )

    def _is_on(self, title_terms: list[str]) -> bool:
        """Whether an article is on something that the question names."""
        return bool(set(title_terms) & set(self.terms)) or not set(title_terms)

    def _is_maker(self, sentence: str, asked: list[str]) -> bool:
        """Whether a sentence says by whom the work is that the title names."""
        return self.made and len(asked) <= 1 and bool(_BY.search(sentence))

    def _wanted(self, sentence: str) -> float:
        """What it counts that a sentence has what was asked for."""
        return WANTED * any(
            self._is_news(found[0]) for want in self.wants for found in want.finditer(sentence)
        )

    def _is_news(self, found: str) -> bool:
        """Whether what answers is no name of the question's own."""
        names = terms(" ".join(_NAMED.findall(found)))
        return not names or not set(names) <= set(self.all_terms)

    def _is_by(self, said: _Said, page: _Page) -> bool:
        """Whether a sentence says who did what is asked: it is about that person, or names one."""
        if not self.deed or self._is_maker(said.text, page.asked):
            return True
        itself = set(page.terms) <= set(self.all_terms)  # an article on what it was done to
        if page.person and not itself:
            suffered = _SUFFERED.search(said.text) and not self._does(said.text, page.share)
            return not suffered and self._did_it(said.text, page.share)
        if _BY.search(said.text):
            return itself or page.share.has(self.deed, said.held)
        named = page.person and self._wanted(said.text) > 0
        return self._does(said.text, page.share) and (named or not itself)

    def _does(self, text: str, share: _Share) -> bool:
        """Whether somebody does in a text what is asked for: a death is no killing."""
        words = _PASSIVE.sub(" ", text).split()
        held = {t for word in words for t in terms(word) if not _NOUN.search(word.strip(",.;:"))}
        return share.has(self.deed, held)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A passage, as a question sees it."""

    terms: list[str]
    """Of its title."""
    about: str
    person: bool
    """Whether it is on a person, and one is asked for."""
    asked: list[str]
    """The terms of the question that the title does not hold."""
    most: Most | None
    """What it must be the most of, where that is not its name."""
    share: _Share
    weights: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A sentence of a passage, weighed."""

    text: str
    held: set[str]
    """The terms that it holds."""
    share: float
    """Of what is asked beside the title."""
    score: float
    most: bool
    """Whether it says what is the most of its kind, if that is asked."""


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


def _counted(before: Sequence[str]) -> Sequence[str]:
    """The word of which the number behind is: "a population of about" 3,000."""
    nearest = [*before[-_REACH:]]
    return nearest[: nearest.index("of")][-1:] if "of" in nearest else []


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
