"""What the answer to a question means: validators for `turn.ask(question, understand)`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from fractions import Fraction

from rapidfuzz import fuzz, process, utils

from voice_assistant import values
from voice_assistant.normal import core, language_of, normalise

_YES = {
    "en": re.compile(
        r"^(?:oh |well |uh |um |hm+ |then )?(?:yes|yeah|yep|yup|yea|sure|okay|ok|of course|certainly|"
        r"absolutely|definitely|please do|do it|do that|go ahead|go for it|go on then|right|correct|"
        r"exactly|that's right|that is right|sounds good|fine|why not|i do|i would|i am|alright|"
        r"all right|affirmative|by all means|you bet|totally|indeed|true|please|i'd like that|"
        r"i would like that|let's|i (?:guess|suppose)(?: so)?$|very well|if you like|"
        r"mm ?hmm?|uh ?huh)\b"
    ),
    "zh": re.compile(
        r"^(?:嗯|哦|啊)*(?:那就|那|也|就)?(?:是的|是啊|是|对的|对啊|对|好的|好啊|好呀|好吧|好|行|可以|要|"
        r"要的|想|没错|当然|嗯|没问题|确定|确认|需要|来吧|同意|ok|有|成|听你的|随便|这样吧?$)"
    ),
}
_NO = {
    "en": re.compile(
        r"^(?:oh |well |uh |um |hm+ |then )?(?:no|nope|nah|not|never|don't|do not|negative|cancel|"
        r"stop|wrong|incorrect|i don't|i do not|i'm not|please don't|leave it|that's wrong|"
        r"absolutely not|of course not|certainly not|definitely not|rather not|i'd rather not|"
        r"i (?:guess|suppose) not|(?:maybe|perhaps) (?:later|not)|another time)\b"
    ),
    "zh": re.compile(
        r"^(?:嗯|哦|啊)*(?:那就|那|也|就|先|还是|暂时)?(?:不|没有|没|别|否|算了|取消|错|免了|无)"
    ),
}
_SURE_NO = {
    "en": re.compile(
        r"^(?:absolutely|of course|certainly|definitely|sure|yeah|right) (?:not|no)\b"
    ),
    "zh": re.compile(r"^(?:好像|对)?不(?:是|对|要|行|用|好|可以)"),
}


def yes_no(text: str, language: str) -> bool | None:
    """Whether a plain answer means yes; None when it means neither."""
    text = normalise(text, language)
    if _SURE_NO[language].match(text) or _NO[language].match(text):
        return False
    if _YES[language].match(text):
        return True
    return None


def choice(options: Iterable[str] | Mapping[str, str]) -> Callable[[str, str], str | None]:
    """Understand one of the options, by its name, a part of it, or its place ("the second one").

    A mapping gives what is said -> what it stands for.
    """
    names = dict(options) if isinstance(options, Mapping) else {name: name for name in options}
    said = list(names)
    telling = _telling(said)

    def understand(text: str, language: str) -> str | None:
        text = normalise(text, language)
        place = _place(text, language, len(said))
        if place is not None:
            return names[said[place]]
        text = _FILLING.sub("", text).strip() or text
        scorer = fuzz.partial_ratio if language == "zh" else fuzz.token_set_ratio
        found = process.extract(
            text, telling, scorer=scorer, processor=utils.default_process, limit=2, score_cutoff=72
        )
        if not found or (len(found) > 1 and found[0][1] - found[1][1] < 5):
            return _containing(text, said, names)
        return names[said[found[0][2]]]

    return understand


def _telling(said: list[str]) -> list[str]:
    """The names without the words that all of them have: "tomorrow" picks none of tomorrow's."""
    words = [_FILLING.sub("", name).split() for name in said]
    common = set(words[0]).intersection(*words) if len(words) > 1 else set()
    kept = [" ".join(word for word in each if word not in common) for each in words]
    return kept if all(kept) else said


def _containing(text: str, said: list[str], names: Mapping[str, str]) -> str | None:
    inside = [name for name in said if normalise(name, language_of(name)) in text]
    inside.sort(key=len, reverse=True)
    return names[inside[0]] if inside else None


_FILLING = re.compile(r"\b(?:the|that|my|your|one|please|i mean|it's)\b ?")
"""What says nothing about which one."""

_LAST = re.compile(r"\b(?:last|latter)\b|最后|后者")
_FORMER = re.compile(r"\bformer\b|前者")


def _place(text: str, language: str, count: int) -> int | None:
    if _LAST.search(text):
        return count - 1
    if _FORMER.search(text):
        return 0
    short = re.sub(r"^(?:the|number|option|i want|i'd like|选|要|我要|就) ?", "", text)
    short = re.sub(r" ?(?:one|please|option|个|项|种|吧|那个)$", "", short) or text
    value = values.parse("ordinal", short, language, NEVER)
    if isinstance(value, int) and 1 <= value <= count:
        return value - 1
    return None


NEVER = datetime(2000, 1, 1).astimezone()
"""A stand-in for now where the value does not depend on it."""


def number(text: str, language: str) -> float | None:
    """A number said as an answer."""
    value = _inside("number", text, language, NEVER)
    return float(value) if isinstance(value, int | float | Fraction) else None


def duration(text: str, language: str) -> timedelta | None:
    """A length of time said as an answer."""
    text = re.sub(r" one\W*$", "", text.lower())  # "the five minute one"
    value = _inside("duration", text, language, NEVER)
    return value if isinstance(value, timedelta) else None


def moment(now: Callable[[], datetime]) -> Callable[[str, str], values.When | None]:
    """Understand a point in time; `now` is the skill's own `now`."""

    def understand(text: str, language: str) -> values.When | None:
        value = _inside("time", text, language, now())
        return value if isinstance(value, values.When) else None

    return understand


def clock(now: Callable[[], datetime]) -> Callable[[str, str], values.When | None]:
    """Understand a time of day: "today" is none; `now` is the skill's own `now`."""
    read = moment(now)

    def understand(text: str, language: str) -> values.When | None:
        value = read(text, language)
        return value if value and (value.clock or value.after or value.part) else None

    return understand


def date(now: Callable[[], datetime]) -> Callable[[str, str], dt.date | None]:
    """Understand a day; `now` is the skill's own `now`."""

    def understand(text: str, language: str) -> dt.date | None:
        value = _inside("date", text, language, now())
        return value if isinstance(value, dt.date) else None

    return understand


def _inside(kind: str, text: str, language: str, now: datetime) -> values.Value | None:
    text = core(normalise(text, language), language)
    whole = values.parse(kind, text, language, now)
    if whole is not None:
        return whole
    found = values.find(kind, text, language, now)
    return found[0].value if found else None
