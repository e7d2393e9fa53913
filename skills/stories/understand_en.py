"""How an English request names heroes, friends and places."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .grammar import bare
from .kit import Kit
from .request import Figure

LESSON = (
    r"(?:\b(?:that|which|and|to) )?(?:\b(?:teach(?:es|ing)?|learn(?:s|ing)?|show(?:s|ing)?)\b"
    r"(?: \w+){{0,3}}? |\b(?:about|on) |\bwhere \w+ learns )(?:the (?:value|importance) of )?"
    r"(?:how )?(?:to be |being )?(?:to )?{}\b"
)
PLACE = (
    r"(?:\b(?:set|living|who lives?|that lives?|happening|which happens|that happens) )?"
    r"\b(?:in|on|at|under|inside|near|from|about|by|to|and(?= the))"
    r"(?: (?:the|a|an|outer|deep|dark|old|my|treasure|far|big|little|magic))* {}s?\b"
)

_ABOUT = re.compile(
    r"\b(?:about|with|featuring|starring|of|where|for|there (?:was|were|lived)(?: once)?)\s+(.+)$"
)
_TALE = re.compile(
    r"\b(?:story|stories|storey|tale|tales|fairytale|fairy tale|adventure|one(?=$| about| with))\b"
)
_BEFORE = re.compile(r"\b(?:about|with) (?!me\b)(.+?)(?: (?:please|as|in|like))*(?: an?)?$")
"""Of whom, where that stands first: "something about a cow please, a story"."""
_LISTENER = re.compile(
    r"\b(?:for|to) (?:(?:a|my|our|the|these|those|some|two|three|all|both|his|her|little|small|"
    r"tired|sleepy) )*(?:sons?|daughters?|kids?|children|child|little ones?|toddlers?|bab(?:y|ies)|"
    r"twins|boys?|girls?|grandsons?|granddaughters?|grandchildren|grandkids|nieces?|nephews?|family|"
    r"class|everyone|everybody|guests?|me|us|him|them)\b(?! (?:who|that|called|named|and|about to))"
)
"""Whom it is told to; that is not whom it is about."""
_NAMED = re.compile(
    r"\s*\b(?:(?:who is|that is|who's|that's|is) )?(?:called|named|whose name is|by the name of)"
    r"\s+([\w'-]+)"
)
_SOMEWHERE = re.compile(
    r"\s*\b((?:in|on|at|under|inside|near|behind)\s+(?:(?:the|a|an|my)\s+)?[\w' -]+)$"
)
_JOIN = re.compile(
    r"\s*(?:,| and (?:(?:his|her|their|its|my) (?:best )?(?:friend|pal|buddy)\b)?"
    r"| with | meets? | meeting | & | (?=an? \w+ and an? ))\s*"
)
_CLAUSE = re.compile(
    r"\s+(?:(who|that|which)|going|trying|learning|looking|having|getting|doing"
    r"|(?:lost|stuck|trapped)(?= (?:in|at|on|under|alone)\b|$))\b\s*(.*)$"
)
_PAST = {
    "is": "was", "are": "was", "isn't": "was not", "can't": "could not", "cannot": "could not",
    "can": "could", "doesn't": "did not", "does": "did", "don't": "did not", "has": "had",
    "wants": "wanted", "loves": "loved", "likes": "liked", "hates": "hated", "lives": "lived",
    "never": "never", "always": "always", "lost": "had lost", "loses": "lost", "thinks": "thought",
    "dreams": "dreamed", "knows": "knew", "needs": "needed", "forgets": "forgot",
}  # fmt: skip
"""What a request says of a hero, as a story says it: "who is afraid" -> "was afraid"."""
_ADVENTURES = re.compile(r"\b(?:about )?the adventures? of\b")
_I_AM = re.compile(r"\b(?:i am|i'm) (an? [\w' -]+)$")
_TAIL = re.compile(r"(?:^|\s)(?:an?|the|to|in|on)\s")
"""Words that no name of a kind holds: what stands before is who, and what follows what they do."""
_OWN = re.compile(r"^(?:my|our|her|his|their) ")
_FRIEND = re.compile(
    r"^([a-z]+) and (?:his|her|their|its) (?:best )?(?:friend|pal|buddy) ([a-z]+)$"
)
_NOISE = re.compile(
    r"\b(?:please|for (?:me|us|my (?:son|daughter|kids?|children|little one))|right now|now|"
    r"tonight|"
    r"short(?:er)?|long(?:er)?|quick(?:er)?|bedtime|funn(?:y|ier)|calmer|scarier|nicer|"
    r"new(?! (?:york|zealand|delhi|orleans))|"
    r"little bit|something|in (?:it|the story)|"
    r"(?:(?:and|where|so that|in which) )?(?:let me|i|we|i get to|we get to|i can|we can|i'll|i want to) "
    r"(?:choose|decide|pick|say).*|"
    r"(?:and )?(?:you |now |please )?(?:tell me what happened|go on and|invent the rest|go on$).*|"
    r"in (?:both|chinese|english)\b.*|that i can .*)\b"
)
_ARTICLED = re.compile(r"^(?:an?|the|two|three|some|my|our|your|one)\s")
_ABSTRACT = frozenset(
    "a an the for it that this them him her us you everything anything nothing someone somebody "
    "something hero heroine one people".split()
)
_UNSAID = frozenset(
    "i we you he she it they me us him them my your our is are was has have can could will would "
    "should to that who which where what when then how why if so for from of not no about like as "
    "or but because there here please tell story tale old year years minute minutes ending moral "
    "lesson message twist adventure lot bit time way day please kids children".split()
)
"""Words that what a story is to be full of does not hold: such a phrase was not understood."""


LONGEST_LIKED = 4
"""Words of what a hero cares for."""

PAIR = 2
"""Hero and friend; what is named besides is what the hero cares for."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a request says beside lesson, place and length."""

    figures: tuple[Figure | None, Figure | None] = (None, None)
    somewhere: str = ""
    love: str = ""


def read(text: str, parts: Kit) -> Found:
    """Whom the story is to be about, where, and what it is to be full of."""
    subject = _subject(text, parts)
    if not subject:
        return Found()
    somewhere = ""
    if match := _SOMEWHERE.search(subject):
        somewhere = _placed(match[1])
        subject = subject[: match.start()]
    if pair := _FRIEND.match(subject):
        one, two = (_person(name, parts, sure=True) for name in pair.groups())
        return Found(figures=(one, two), somewhere=somewhere)
    figures: list[Figure] = []
    love = ""
    for phrase in _JOIN.split(subject):
        figure = _figure(phrase, parts)
        if figure is not None and len(figures) < PAIR:
            figures.append(figure)
        elif phrase.strip() and not love and not _is_noise(phrase, parts):
            love = _liked(phrase)
    figures += _twins(subject, figures)
    one, two, *_ = [*figures, None, None]
    return Found(figures=(one, two), somewhere=somewhere, love=love)


def _liked(phrase: str) -> str:
    """What somebody may love, as it was said; nothing where that would be no thing."""
    words = phrase.split()
    return "" if len(words) > LONGEST_LIKED or _UNSAID & set(words) else " ".join(words)


def _subject(text: str, parts: Kit) -> str:
    """What is said after "story about", or before "story": "a dragon story"."""
    text = re.sub(r"\s+", " ", _LISTENER.sub(" ", _ADVENTURES.sub(" about ", text))).strip()
    if me := _I_AM.search(text):
        return me[1].strip()
    tale = _TALE.search(text)
    after = text[tale.end() :] if tale else text
    before = text[: tale.start()] if tale else ""
    match = _ABOUT.search(after)
    subject = _NOISE.sub(" ", match[1]) if match else ""
    if not subject.strip() and (said := _BEFORE.search(before)):
        subject = _NOISE.sub(" ", said[1])
    if not subject.strip():
        kind = re.search(
            r"\b(?:an?|the|another|one more)\s+((?!minutes?)[\w-]+(?: [\w-]+)?)\s*$", before
        )
        subject = _described(_NOISE.sub(" ", kind[1]).strip(), parts) if kind else ""
    return re.sub(r"\s+", " ", subject).strip(" ,")


def _described(kind: str, parts: Kit) -> str:
    """What stands before "story": "pirate" is somebody, "football" something, "scary" neither."""
    words = [word for word in kind.split() if word not in parts.words["adjectives"]]
    if not words:
        return ""
    return f"a {kind}" if _singular(words[-1]) in _nouns(parts) else " ".join(words)


def _figure(phrase: str, parts: Kit) -> Figure | None:
    """Somebody, if the phrase names somebody."""
    name = clause = ""
    if match := _NAMED.search(phrase):
        name = match[1].capitalize()
        phrase = phrase[: match.start()] + phrase[match.end() :]
    if match := _CLAUSE.search(phrase := phrase.strip()):
        phrase, clause = phrase[: match.start()], _past(match[2]) if match[1] else ""
    if phrase in parts.words["me"]:
        return Figure(noun=phrase)
    own = bool(_OWN.match(phrase))
    kind = bare(_OWN.sub("", phrase), "en").strip()
    if own and not name:
        kind, name = _with_name(kind, parts)
    if own and kind in parts.words["kin"]:
        return Figure(name=name, pronoun=parts.words["kin"][kind], clause=clause)
    if _is_noise(kind, parts):
        return Figure(name=name, clause=clause) if name else None
    if phrase in parts.words["folk"]:
        noun = parts.words["folk"][phrase]
        return Figure(kind=noun, name=phrase.title(), noun=noun)
    nouns = _nouns(parts)
    kind = _without_deed(kind, nouns)
    last = _singular(kind.split()[-1])
    if not (_ARTICLED.match(phrase) or last in nouns or name):
        return _person(phrase, parts)
    if last not in nouns and not _liked(kind):
        return None
    *words, _ = kind.split()
    trait = next((word for word in words if word in parts.heroes["traits"]), "")
    kind = " ".join([*words, last])
    return Figure(kind=kind, name=name, trait=trait, noun=last, clause=clause)


def _with_name(kind: str, parts: Kit) -> tuple[str, str]:
    """What somebody's own is, and how it is called: "my" dog biscuit, little brother tim."""
    *before, last = kind.split() or [""]
    known = before and (before[-1] in _nouns(parts) or " ".join(before) in parts.words["kin"])
    if known and _singular(last) not in parts.words["animals"]:
        return " ".join(before), last.capitalize()
    return kind, ""


def _without_deed(kind: str, nouns: set[str]) -> str:
    """Who, without what they do: "owl build a boat" is an owl."""
    words = kind.split()
    if _TAIL.search(kind):
        for at, word in enumerate(words[:-1], start=1):
            if _singular(word) in nouns:
                return " ".join(words[:at])
    return kind


def _past(clause: str) -> str:
    """What a clause says of somebody, in the past; nothing where that is not known for sure."""
    first, _, rest = clause.partition(" ")
    return f"{_PAST[first]} {rest}" if first in _PAST and rest else ""


def _person(phrase: str, parts: Kit, *, sure: bool = False) -> Figure | None:
    """A bare given name: "a story about Mia"."""
    known = [name for names in parts.words["names"].values() for name in names]
    return Figure(name=phrase.capitalize()) if sure or phrase in known else None


def _is_noise(phrase: str, parts: Kit) -> bool:
    phrase = bare(phrase.strip(), "en")
    kinds = {word for words in parts.words["kinds"].values() for word in words}
    if phrase in kinds and _singular(phrase) not in _nouns(parts):
        return True
    return not phrase or phrase in _ABSTRACT


def _nouns(parts: Kit) -> set[str]:
    kinds = {bare(kind, "en") for kind, _ in parts.heroes["kinds"]}
    friends = {word for friend in parts.companions for word in friend["words"]}
    people = {word for words in parts.words["pronouns"].values() for word in words}
    return kinds | friends | people | set(parts.words["animals"])


def _singular(noun: str) -> str:
    for plural, single in (("mice", "mouse"), ("geese", "goose"), ("wolves", "wolf"), ("ies", "y")):
        if noun.endswith(plural) and len(noun) > 3:
            return noun.removesuffix(plural) + single
    if noun.endswith(("ses", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun


def _twins(subject: str, figures: list[Figure]) -> list[Figure]:
    """Two of a kind: "two cats"."""
    if len(figures) == 1 and re.match(r"(?:two|three)\s", subject):
        return [Figure(kind=figures[0].kind, noun=figures[0].noun)]
    return []


def _placed(phrase: str) -> str:
    """A place with its name in capitals: "in paris" -> "in Paris"."""
    preposition, _, name = phrase.strip().partition(" ")
    articled = re.match(r"(?:the|a|an|my)\s", name)
    return f"{preposition} {name if articled else name.title()}"
