"""How a Chinese request names heroes, friends and places."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from .grammar import bare
from .kit import Kit
from .request import Figure
from .understand_en import Found

LESSON = (
    r"(?:(?:并且|而且|能|可以)?(?:教人?|教(?:小朋友|孩子|我们|大家)?|学会|学习|学到|懂得|明白|讲|关于|有关|怎么变得?|变得?更?)"
    r"(?:什么是|要|怎么|怎样|如何)?{0}(?:的道理|的重要性|的品质)?"
    r"|(?<=[个段篇则]){0}的?(?=故事))"
)
PLACE = r"(?:发生)?(?:住)?(?:在|关于)?{}(?:里面|里|上面|上|下面|底下|中|边)?"

_OPENING = re.compile(
    r"^.*?(?:讲|说|来|听|编|念|要|想|放|有没有|还有|可以|有什么)+(?:一|1)?(?:个|段|篇|则|点儿?|些)?(?=.*故事)"
    r"|^(?:.*(?:讲讲?|说|来|听|编|念|要|换))?(?:一个|一段|一篇|个|段)"
)
_LEAD = re.compile(
    r"^.+?(?:睡觉|[了啦呢啊呀吧吗嘛])(?=[你快请再就]?(?:[给帮为](?:我|他|她|宝宝|孩子)们?)?(?:讲|说|编|念|来)"
    r"(?:一?[个段篇点]|故事))"
)
"""Why somebody wants a story: 宝宝要睡觉了|讲个故事."""
_ONCE = re.compile(r"从前[啊呀]?有(?:一?[个只条位头匹座棵家])?(.+?)(?:你|接着|继续|往下|来编|$)")
_TELL = re.compile(r"^你?(?:给我们?)?(?:讲|说)(?:一?[讲说]|一下)")
_ABOUT = re.compile(r"故事.*?(?:关于|有关|讲的?是|里有|主角是|要有)(.+)$|(?:关于|有关)(.+)$")
_NAMED = re.compile(r"(?:名字)?(?:叫做|名叫|叫|名字是)([\w]{1,4}?)(?=的|和|跟|与|在|$)")
_SOMEWHERE = re.compile(r"(?:发生|住)?在([\w]{2,8}?)(?:的|发生的?|$)")
_JOIN = re.compile(r"(?:和|跟|与|还有|以及|、|遇到|带着?|碰见)(?:它|他|她)?(?:的)?(?:好?朋友)?")
_LISTENER = re.compile(
    r"(?:给|为|替|哄)(?:我们?|咱们?)?的?(?:宝宝|宝贝|孩子们?|小朋友们?|儿子|女儿|闺女|孙子|孙女|弟弟|妹妹|大家|[他她]们?)?"
    r"(?:们)?听?(?=讲|说|来|编|念|放|弄|听|吧|$)"
)
_NOISE = re.compile(
    r"(?:一句)?(?:中|英|汉|双)(?:文|语)?(?:一句)?(?:中|英|汉)?(?:文|语)(?:一句)?|睡前|"
    r"(?:要|很|比较|稍微)?[长短](?:一?点儿?|一些)|[长短]长?(?=的|$)|有趣|好听|好玩|搞笑|好笑|新|简短|互动|童话|好看|"
    r"(?:但是?|不过)?(?:不要|不能|别|不)(?:太|那么|很)?(?:吓人|可怕|恐怖|害怕|长|难过|伤心)的?|"
    r"安静点?儿?|(?:让)?我?自?己?来?(?:选|决定).*|小(?:孩子?|朋友|宝宝)听|可以听?|什么样?|听一个|[你都]+有|民间|"
    r"能不能|吧|呀|啊|呢|呗|哦|嘛|小?故事|(?:历险|冒险|奇遇)记?"
)
_TRAIT = re.compile(r"^(.{1,6})的(.+)$")
_VERB = re.compile(
    r"^(?!(.)\1)(?:一起|[去来到在做当搬找怎如是想要不没变飞上下过吃喝玩看学成帮救打开爱会坐开回住迷"
    r"怕害总老后喜特破骑跑唱画偷拔养追造盖种说讲寻探睡洗刷摔走卖买送织钓捉抓抢藏哭笑交生受])"
)
"""What a deed begins with, after the one who does it: 小蚂蚁|搬家, 小猫|做朋友."""
_STATE = re.compile(r"^(?:有|不|没|怕|害怕|总|老是|特别|后来|喜欢|爱|想|会)(?!要).+$")
"""What is said of somebody rather than what they like: 不爱刷牙."""
_MISHAP = re.compile(r"^(?:迷了?路|走丢|生病|受伤|摔倒|摔跤|睡过头|哭)了?$")
"""What happened to somebody once."""
_GIVEN = re.compile(r"^([一-鿿])\1$|^[小阿][一-鿿]$")
"""A child's name: 朵朵, 小宇, 阿宝."""
_MINE = re.compile(r"^我们?家的?|^我(?:当|是|变成|做)(?=.)")
NAME = (2, 3)
"""Signs of a name that follows what somebody is: 小猫|咪咪."""
ABLE = ("会", "能", "想")
"""What can or wants something is somebody: 会说话的包子."""
_DEED = re.compile(r"^(?!做朋友|怎|如何|变|.*了$)(?:一起)?去?([一-鿿]{2,4})$")
_UNSAID = re.compile(r"[我你他她它们的了吗呢吧讲听想]|故事|什么|孩子|宝宝|小朋友|分钟|自己")
"""What nothing that somebody loves holds: such a phrase was not understood."""
_FILLER = frozenset(
    {"", "别", "用", "玩", "的", "一", "个", "讲", "听", "发生", "里", "上", "主角", "好", "分钟"}
)


def read(text: str, parts: Kit) -> Found:
    """Whom the story is to be about, where, and what it is to be full of."""
    subject = _subject(text)
    somewhere = ""
    if match := _SOMEWHERE.search(subject):
        somewhere = match[1]
        subject = subject[: match.start()] + "的" + subject[match.end() :]
    figures: list[Figure] = []
    love = ""
    if re.match(r"[和跟]", subject) and re.search(
        r"[个段][和跟]", text
    ):  # 和爸爸一起钓鱼: whoever listens goes along
        figures.append(Figure(noun=parts.words["me"][0]))
    subject, _, said = subject.partition("，")
    for phrase in _JOIN.split(subject):
        who, deed = _divided(phrase.strip("的 "), parts)
        figure = _figure(who, parts)
        if figure is not None and _somebody(figure, parts):
            figure = replace(figure, clause=_clause(deed))
            figures.append(figure)
        elif figure is not None and not love:
            love = "" if _UNSAID.search(figure.kind) else figure.kind
        if (match := _DEED.match(deed)) and not _clause(deed):
            love = love or match[1]
    if figures and said:
        figures[0] = replace(figures[0], clause=_clause(said))
    one, two, *_ = [*figures, None, None]
    return Found(figures=(one, two), somewhere=somewhere, love=love)


def _clause(deed: str) -> str:
    """What is said of somebody, as a story says it behind their pronoun; empty where it is a deed."""
    if _MISHAP.match(deed):
        return f"有一回{deed.removesuffix('了')}了"
    return deed if _STATE.match(deed) else ""


def _subject(text: str) -> str:
    """What stands before 的故事, or after 关于."""
    text = _LEAD.sub("", text.replace(" ", ""))
    if match := _ONCE.search(text):
        return match[1].strip("的，。 ")
    text = re.sub(r"小(?=故事)", "", _TELL.sub("讲一个", text))
    text = _LISTENER.sub("", text)
    before, tale, after = text.partition("故事")
    match = _ABOUT.search(text)
    if match:
        subject = match[1] or match[2]
    elif tale:
        subject = _OPENING.sub("", before + "故事").removesuffix("故事")
        subject = re.sub(r"^(?:关于|有关)", "", subject)
    else:
        subject = _OPENING.sub("", before) if _OPENING.match(before) else after
    subject = _NOISE.sub("", subject).strip("的，。 ")
    return re.sub(r"^(?:里面)?[有带](?=.)", "", subject)


def _divided(phrase: str, parts: Kit) -> tuple[str, str]:
    """Who, and what they do: 小蚂蚁, 搬家."""
    at = 0
    for match in _nouns(parts).finditer(phrase):
        if _VERB.match(phrase[at : match.start()] if at else ""):
            break
        at = match.end()
    rest = phrase[at:]
    return (phrase[:at], rest) if at and _VERB.match(rest) else (phrase, "")


@cache
def _pattern(nouns: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, nouns), key=len, reverse=True)))


def _nouns(parts: Kit) -> re.Pattern[str]:
    """Everything that is known to be somebody."""
    return _pattern(frozenset(_known(parts)) | frozenset(parts.words["animals"]))


def _known(parts: Kit) -> list[str]:
    words = parts.words
    known = [bare(kind, "zh") for kind, _ in parts.heroes["kinds"]]
    known += [word for friend in parts.companions for word in friend["words"]]
    for group in ("measures", "pronouns", "names"):
        known += [noun for nouns in words[group].values() for noun in nouns]
    return [*known, *words["folk"]]


def _figure(phrase: str, parts: Kit) -> Figure | None:
    name = ""
    if match := _NAMED.search(phrase):
        name = match[1]
        phrase = (phrase[: match.start()] + phrase[match.end() :]).strip("的")
    if kin := _kin(phrase, parts):
        called, pronoun = kin
        return Figure(name=name or called, pronoun=pronoun)
    phrase = _MINE.sub("", phrase)
    at = max((each.end() for each in _nouns(parts).finditer(phrase)), default=0)
    if at and len(phrase) - at in NAME and not name and not _VERB.match(phrase[at:]):
        phrase, name = phrase[:at], phrase[at:]  # 小老鼠奥斯卡
    if phrase in parts.words["me"]:
        return Figure(noun=phrase)
    if phrase in parts.words["folk"]:
        noun = parts.words["folk"][phrase]
        return Figure(kind=noun, name=phrase, noun=noun)
    if _is_name(phrase, parts):
        return Figure(name=phrase)
    kind = _joined(bare(phrase, "zh"), parts)
    figure = Figure(kind=kind, noun=kind)
    is_kind = any(kind in words for words in parts.words["kinds"].values())
    if kind in _FILLER or (is_kind and not _somebody(figure, parts)):
        return Figure(name=name) if name else None
    match = _TRAIT.match(kind)
    trait, noun = (match[1], match[2]) if match else ("", kind)
    return Figure(kind=kind, name=name, trait=trait, noun=noun)


def _joined(kind: str, parts: Kit) -> str:
    """A kind behind how somebody is, as a story says it: 勇敢小狐狸 -> 勇敢的小狐狸."""
    traits = (trait for trait in parts.heroes["traits"] if kind.startswith(trait))
    trait = max(traits, key=len, default="")
    rest = kind.removeprefix(trait).removeprefix("的")
    return f"{trait}的{rest}" if trait and rest else kind


def _kin(phrase: str, parts: Kit) -> tuple[str, str] | None:
    """The name and the pronoun of somebody's own: 我女儿朵朵."""
    kin: dict[str, str] = parts.words["kin"]
    match = re.fullmatch(rf"我们?家?的?({'|'.join(kin)})(.{{0,3}})", phrase)
    return (match[2], kin[match[1]]) if match else None


def _is_name(word: str, parts: Kit) -> bool:
    if any(word in names for names in parts.words["names"].values()):
        return True
    stem = word.removeprefix("小").removeprefix("阿")
    return bool(_GIVEN.match(word)) and not _nouns(parts).fullmatch(stem)


def _somebody(figure: Figure, parts: Kit) -> bool:
    """Whether the noun is somebody rather than something one may like."""
    if figure.name or figure.noun in parts.words["me"] or figure.trait.startswith(ABLE):
        return True
    known = _known(parts)
    animals: list[str] = list(parts.words["animals"])
    stem = figure.noun.removeprefix("小").removeprefix("大").removeprefix("老")
    return figure.noun.startswith(("小", "大", "老")) or any(
        stem and (figure.noun.endswith(word) or stem == word) for word in [*known, *animals]
    )
