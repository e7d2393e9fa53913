"""Letter by letter, sound by sound: how a word is spelled and a character read."""

from __future__ import annotations

import re
from functools import cache

_TONES = "轻声 第一声 第二声 第三声 第四声".split()
COMMON = (
    "的一是不在有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么"
    "心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知"
    "民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业"
    "最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五"
    "太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更"
    "反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南"
    "度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领"
    "传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢"
    "识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿"
    "网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏兴切户狗猫鱼鸟米茶冒贴笔"
)
"""Characters that everybody knows, for "it sounds like"."""


def letters(word: str) -> str:
    """R, H, Y, T, H, M: spoken one by one; words of several are told apart."""
    words = re.sub(r"[^A-Za-z0-9' -]", "", word).upper().split()
    return "; ".join(", ".join(_letter(char) for char in word) for word in words)


def _letter(char: str) -> str:
    return {"'": "apostrophe", "-": "hyphen"}.get(char, char)


def count_letter(letter: str, word: str) -> int:
    """How often a letter is in a word."""
    return word.lower().count(letter.lower())


def syllables(word: str) -> list[tuple[str, str, str]]:
    """Of each character: itself, its pinyin, and its tone (第三声)."""
    from pypinyin import Style, pinyin

    marked = pinyin(word, style=Style.TONE)
    numbered = pinyin(word, style=Style.TONE3, neutral_tone_with_five=True)
    return [
        (char, mark[0], _TONES[int(number[0][-1]) % 5] if number[0][-1].isdigit() else "")
        for char, mark, number in zip(word, marked, numbered, strict=False)
    ]


@cache
def _sounding() -> dict[str, list[str]]:
    from pypinyin import Style, pinyin

    found: dict[str, list[str]] = {}
    for char in COMMON:
        found.setdefault(pinyin(char, style=Style.TONE3)[0][0], []).append(char)
    return found


def sounds_like(char: str, reading: str) -> str | None:
    """A character that everybody knows and that sounds the same; None if there is none."""
    from pypinyin import Style, pinyin

    numbered = {
        pinyin(each, style=Style.TONE)[0][0]: key
        for key, same in _sounding().items()
        for each in same[:1]
    }
    same = _sounding().get(numbered.get(reading, ""), [])
    return next((each for each in same if each != char), None)


def marked(numbered: str) -> str:
    """`ping2 guo3` as píng guǒ."""
    from pypinyin.contrib.tone_convert import to_tone

    return " ".join(to_tone(part.replace("u:", "ü")) for part in numbered.lower().split())
