"""How a Chinese request names heroes, friends and places."""

from __future__ import annotations

import re

from .grammar import bare
from .kit import Kit
from .request import Figure
from .understand_en import Found

LESSON = (
    r"(?:(?:并且|而且|能|可以)?(?:教人?|教(?:小朋友|孩子|我们|大家)?|学会|学习|学到|懂得|明白|讲|关于|有关)"
    r"(?:什么是|要|怎么|怎样|如何)?{0}(?:的道理|的重要性|的品质)?"
    r"|(?<=[个段篇则]){0}的?(?=故事))"
)
PLACE = r"(?:发生)?(?:住)?(?:在|关于)?{}(?:里面|里|上面|上|下面|底下|中|边)?"

_OPENING = re.compile(
    r"^.*?(?:讲|说|来|听|编|念|要|想听|放|有没有)(?:给我|给我们|给宝宝)?(?:一|1)?"
    r"(?:个|段|篇|则|点)?(?=.*故事)|^(?:一个|一段|来个|再来一个)"
)
_ABOUT = re.compile(r"故事.*?(?:关于|有关|讲的?是|里有|主角是|要有)(.+)$|(?:关于|有关)(.+)$")
_NAMED = re.compile(r"(?:名字)?(?:叫做|名叫|叫|名字是)([\w]{1,4}?)(?=的|和|跟|与|在|$)")
_SOMEWHERE = re.compile(r"(?:发生|住)?在([\w]{2,8}?)(?:的|发生的?|$)")
_JOIN = re.compile(r"(?:和|跟|与|还有|以及|、|遇到|带着|碰见)(?:它|他|她)?(?:的)?(?:好?朋友)?")
_NOISE = re.compile(
    r"(?:一句)?(?:中|英|汉|双)(?:文|语)?(?:一句)?(?:中|英|汉)?(?:文|语)|睡前|长一点|短一点|短|长|有趣|好听|好玩|搞笑|新|简短|互动|童话|好看|"
    r"(?:让)?我来?(?:选|决定).*|吧|呀|啊|呢|哦|小?故事"
)
_TRAIT = re.compile(r"^(.{1,4})的(.+)$")
_FILLER = frozenset({"", "的", "一", "个", "讲", "听", "发生", "里", "上", "主角", "好", "分钟"})


def read(text: str, parts: Kit) -> Found:
    """Whom the story is to be about, where, and what it is to be full of."""
    subject = _subject(text)
    somewhere = ""
    if match := _SOMEWHERE.search(subject):
        somewhere = match[1]
        subject = subject[: match.start()] + "的" + subject[match.end() :]
    figures: list[Figure] = []
    love = ""
    for phrase in _JOIN.split(subject):
        figure = _figure(phrase.strip("的 "), parts)
        if figure is not None and _somebody(figure, parts):
            figures.append(figure)
        elif figure is not None and not love:
            love = figure.kind
    one, two, *_ = [*figures, None, None]
    return Found(figures=(one, two), somewhere=somewhere, love=love)


def _subject(text: str) -> str:
    """What stands before 的故事, or after 关于."""
    text = text.replace(" ", "")
    before, tale, after = text.partition("故事")
    match = _ABOUT.search(text)
    if match:
        subject = match[1] or match[2]
    elif tale:
        subject = _OPENING.sub("", before + "故事").removesuffix("故事")
        subject = re.sub(r"^(?:关于|有关)", "", subject)
    else:
        subject = after
    return _NOISE.sub("", subject).strip("的，。 ")


def _figure(phrase: str, parts: Kit) -> Figure | None:
    name = ""
    if match := _NAMED.search(phrase):
        name = match[1]
        phrase = (phrase[: match.start()] + phrase[match.end() :]).strip("的")
    if phrase in parts.words["me"]:
        return Figure(noun=phrase)
    kind = bare(phrase, "zh")
    figure = Figure(kind=kind, noun=kind)
    is_kind = any(kind in words for words in parts.words["kinds"].values())
    if kind in _FILLER or (is_kind and not _somebody(figure, parts)):
        return Figure(name=name) if name else None
    if kind in [each for names in parts.words["names"].values() for each in names]:
        return Figure(name=kind)
    match = _TRAIT.match(kind)
    trait, noun = (match[1], match[2]) if match else ("", kind)
    return Figure(kind=kind, name=name, trait=trait, noun=noun)


def _somebody(figure: Figure, parts: Kit) -> bool:
    """Whether the noun is somebody rather than something one may like."""
    if figure.name or figure.noun in parts.words["me"]:
        return True
    known = [bare(kind, "zh") for kind, _ in parts.heroes["kinds"]]
    known += [word for friend in parts.companions for word in friend["words"]]
    known += [noun for nouns in parts.words["measures"].values() for noun in nouns]
    known += [noun for nouns in parts.words["pronouns"].values() for noun in nouns]
    animals: list[str] = list(parts.words["animals"])
    stem = figure.noun.removeprefix("小").removeprefix("大").removeprefix("老")
    return figure.noun.startswith(("小", "大", "老")) or any(
        stem and (figure.noun.endswith(word) or stem == word) for word in [*known, *animals]
    )
