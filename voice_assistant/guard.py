"""Between a language model and the voice: what may be said of what a small model writes.

Pure: sentences in, what to do with each out. Loops and repeats end the reply; refusals in the
maker's words, leaked prompts, claims of actions and broken ends are replaced by an honest sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from voice_assistant.alike import alike, echoes, same_end, same_question, without_loop
from voice_assistant.markup import plain
from voice_assistant.texts import load

MOST_CHARACTERS = {"en": 700, "zh": 260}
"""Of a reply: about forty seconds of speech."""
OVERHEARD = 8
"""Words in a row (twice as many Chinese characters) from which a sentence recites the prompt."""

SAID_BACK = {"en": 4, "zh": 5}
"""Words (Chinese characters) from which a clause that was just heard is idle to hear again; shorter ones
("four times, that would wear anybody out") show that one listens."""

_WRONG = ("refusals", "leaks", "invented")
"""Kinds of sentences that an honest one replaces."""
_FENCE = re.compile(r"```|~~~")
_CODE = re.compile(
    r"[{};]\s*$|^\s*(?:def |class |import |#include|<\w+>|\$ )|\w+\([^)]*\)\s*[:;{]|=>"
    r"|\[\d+(?:, ?\d+)+\]"
)
_STOPS = ".!?…。！？"
_CLOSERS = "\"'”’」』)）"
_LABEL = re.compile(
    r"^\W{0,3}(?:user|human|system|question|q|用户|问|系统|人类)\s*[:：]", re.IGNORECASE
)
_HAN = re.compile(r"[一-鿿]")
_CLAUSE = re.compile(r"[,;，；]\s*")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_OPENING = re.compile(r"(Oh|Ah|Well|Wow|Hmm|哦|啊|嗯|哇|唉|哎呀?|哎哟|呀)[,，、!！]\s*")
"""An interjection at the start: a small model begins every reply with the same."""


@dataclass(kw_only=True)
class Guard:
    """Watches over one reply."""

    language: str
    most: int = 4
    """Sentences."""
    asked: str = ""
    """What the user said; saying it back is no answer."""
    instructions: str = ""
    """The prompt's instructions, which are nobody's business."""
    earlier: Sequence[str] = ()
    """The sentences of the replies before this one, which nobody wants to hear again."""
    done: bool = False
    """Nothing more is to be said; the model may stop."""
    _said: list[str] = field(default_factory=list)
    _open: bool = False
    """Whether what was said last was a clause that wants its end."""
    _announced: str = ""
    """A sentence that ends in a colon: said only when something follows that can be said."""
    _code: bool = False
    _left_out: bool = False
    """Whether code was, which nobody can listen to."""
    _length: int = 0
    _dropped: bool = False
    """Whether a sentence was left out that an earlier reply had, or that does not suit the mood."""

    def beforehand(self) -> str | None:
        """What answers a request to do what no talk does, such as ordering a pizza: a small model
        would promise it. None for all others."""
        if not _matches("orders", self.language, self.asked.lower()):
            return None
        self.done = True
        return _phrase("order", self.language)

    def take(self, sentence: str, *, unfinished: bool = False) -> Iterator[str]:
        """What may be said of the next sentence of the model; `unfinished`: of its first clause."""
        if self.done:
            return
        if self._in_code(sentence) or _CODE.search(sentence):
            self._announced, self._left_out = "", True
            return
        if self._said and _LABEL.match(sentence):
            self.done = True
            return
        text = " ".join(plain(sentence).split())
        if not any(c.isalnum() for c in text):
            return
        if self._is_idle(text):
            self._dropped |= not self._is_asked()
            if self._open:
                yield from self._hand_back()
            return
        if instead := self._instead(text):
            self.done = True
            yield from self._replace(instead)
            return
        text, looped = without_loop(self._without_echo(self._fresh(text)))
        if not text or (not self._open and not unfinished and self._is_old(text)):
            return
        if self._is_repeat(text):
            self.done = True
            return
        if text[-1] in ":：" and not unfinished:
            self._announced = "" if _matches("announcements", self.language, text) else text
            return
        if self._announced:
            yield self._say(self._announced)
            self._announced = ""
        yield self._say(text, unfinished=unfinished)
        self.done |= looped
        if not self._open:
            full = self._length > MOST_CHARACTERS.get(self.language, 700)
            self.done |= full or sum(_is_whole(s) for s in self._said) >= self.most

    def finish(self, *, cut: str = "") -> Iterator[str]:
        """The reply's end. `cut` is the last sentence where the token limit cut it off."""
        if cut and not self.done and not self._said:
            yield from self._replace(_phrase("unsure", self.language, len(cut)))
        elif self._open:
            yield _phrase("gist", self.language)
        elif self._left_out:
            yield _phrase("code", self.language)
        elif not self._said:
            yield _phrase("go_on" if self._dropped else "unsure", self.language, len(self.asked))
        self.done, self._open = True, False

    def _say(self, text: str, *, unfinished: bool = False) -> str:
        if not self._open:
            text = text[0].upper() + text[1:]  # what it began with may have been left out
        self._open = not _is_whole(text) and (unfinished or text[-1] in ",;，；、—–-")
        if not self._open and not _is_whole(text) and text[-1] not in ":：":
            text += "。" if self.language == "zh" else "."
        self._said.append(text)
        self._length += len(text)
        return text

    def _replace(self, instead: str) -> Iterator[str]:
        """An honest sentence, where nothing was said yet; otherwise the reply just ends."""
        if self._open:
            yield self._say(_after_clause(instead, self.language))
        elif not self._said:
            yield self._say(instead)
        self._open = False

    def _hand_back(self) -> Iterator[str]:
        """The end of a sentence whose own end is not worth saying: "That sounds hard, go on"."""
        self.done = True
        yield self._say(_phrase("go_on", self.language, len(self.asked)))

    def _sentence(self, text: str) -> str:
        """A sentence with the clause of it that was said already, in lower case."""
        return f"{self._said[-1].lower()} {text}" if self._open else text

    def _instead(self, text: str) -> str | None:
        """What to say in the place of a sentence that must not be said; None when it may be."""
        low = text.lower()
        if _matches("actions", self.language, self._sentence(low)):
            told = _matches("telling", self.language, self.asked.lower())
            return _phrase("listening" if told else "action", self.language)
        if _matches("body", self.language, low):
            return _phrase("body", self.language, len(text))
        wrong = any(_matches(kind, self.language, low) for kind in _WRONG)
        if wrong or self._leaks(low) or not _in_language(text, self.language):
            return _phrase("unsure", self.language, len(text))
        return None

    def _fresh(self, text: str) -> str:
        """A sentence without the "oh" that a reply before began with, too."""
        opening = _OPENING.match(text)
        if self._said or not opening or opening.end() == len(text):
            return text
        worn = any((o := _OPENING.match(said)) and o[1] == opening[1] for said in self.earlier)
        return text[opening.end() :] if worn else text

    def _without_echo(self, text: str) -> str:
        """A sentence without the clauses at its start that only say back what was told: small models
        begin so, above all in Chinese. Empty where the rest of it is still to come. What answers a
        question may hold words of the question, and what is known beside it."""
        if self._is_asked():
            return text
        rest = text
        while clause := _CLAUSE.search(rest):
            said = rest[: clause.start()]
            size = len(_HAN.findall(said) if self.language == "zh" else said.split())
            if size < SAID_BACK[self.language] or not alike(said, self.asked, self.language):
                break
            rest, self._dropped = rest[clause.end() :], True
        return rest

    def _is_idle(self, text: str) -> bool:
        """Whether a sentence would fit everything, or not what was told, or ends as one before did."""
        asked_before = self._open and any(
            same_end(text, said, self.language) for said in self.earlier
        )
        return asked_before or _matches("stock", self.language, text) or self._is_out_of_tune(text)

    def _is_out_of_tune(self, text: str) -> bool:
        """Whether a sentence is glad of what is hard, sorry for what is welcome, or would come along."""
        asked = self.asked.lower()
        if not asked or self._is_asked():
            return False
        if _matches("along", self.language, text):
            return True
        hard, welcome = (_matches(kind, self.language, asked) for kind in ("hard", "welcome"))
        if hard == welcome:
            return False
        return _matches("cheers" if hard else "pity", self.language, text)

    def _is_asked(self) -> bool:
        """Whether an answer or an opinion is wanted, and nothing was told."""
        return _matches("asking", self.language, self.asked.lower())

    def _leaks(self, low: str) -> bool:
        """Whether a sentence recites the prompt's instructions."""
        if self.language == "zh":
            units, joint, width = list(low), "", 2 * OVERHEARD
        else:
            units, joint, width = low.split(), " ", OVERHEARD
        prompt = " ".join(self.instructions.lower().split())
        runs = (joint.join(units[i : i + width]) for i in range(len(units) - width + 1))
        return any(run in prompt for run in runs)

    def _is_repeat(self, text: str) -> bool:
        return any(alike(text, said, self.language) for said in self._said)

    def _is_old(self, text: str) -> bool:
        """Whether a sentence says back what was asked, or what an earlier reply said."""
        if echoes(text, self.asked, self.language):
            return True
        again = any(
            alike(text, said, self.language)
            or same_question(text, said, self.language)
            or same_end(text, said, self.language)
            for said in self.earlier
        )
        self._dropped |= again
        return again

    def _in_code(self, sentence: str) -> bool:
        fences = len(_FENCE.findall(sentence))
        inside, self._code = self._code, self._code ^ (fences % 2 == 1)
        return inside or fences > 0


def _after_clause(instead: str, language: str) -> str:
    """An honest sentence behind a clause that was said: "That is a good idea, but ..."."""
    if language == "en" and not instead.startswith(("I ", "I'")):
        instead = instead[0].lower() + instead[1:]
    return _phrase("but", language) + instead


def _is_whole(text: str) -> bool:
    return text.rstrip(_CLOSERS)[-1:] in _STOPS


def _in_language(text: str, language: str) -> bool:
    """Whether a sentence is in the language of the talk; foreign names in it are fine."""
    han, latin = len(_HAN.findall(text)), len(_LATIN.findall(text))
    return han >= latin if language == "zh" else han <= 3 * max(1, latin)


@cache
def _pattern(kind: str, language: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in load(f"guard_{language}")[kind]), re.IGNORECASE)


def _matches(kind: str, language: str, text: str) -> bool:
    return bool(_pattern(kind, language).search(text))


def _phrase(key: str, language: str, turn: int = 0) -> str:
    phrase = load(f"guard_{language}")["phrases"][key]
    return phrase if isinstance(phrase, str) else str(phrase[turn % len(phrase)])
