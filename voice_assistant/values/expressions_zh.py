"""Chinese sums as tokens: 三加四再乘以二, 八十的百分之十五, 十六的平方根."""

from __future__ import annotations

import math
import re
from fractions import Fraction

from voice_assistant.values import numbers_zh
from voice_assistant.values.arithmetic import Token, ends

_OPERATORS: list[tuple[str, str]] = [
    (r"加上|加|\+", "+"),
    (r"减去|减掉|减|−|-", "-"),
    (r"乘以|乘上|乘|\*|×|x", "*"),
    (r"除以|÷|/", "/"),
    (r"的平方根|的算术平方根|开平方|开方|的根号", "√"),
    (r"根号", "sqrt"),
    (r"的立方根|开立方|开三次方", "∛"),
    (r"的平方|平方", "²"),
    (r"的立方|立方", "³"),
    (r"次方", "pow"),
    (r"的阶乘|阶乘", "!"),
    (r"除", "by"),
    (r"取余|模|求余", "mod"),
    (r"的", "*"),
    (r"[(]", "("),
    (r"[)]", ")"),
]
_FORMS: list[tuple[str, str]] = [
    (r"(.+)(?:和|与|跟)(.+)(?:的和|之和|相加)", r"\1加\2"),
    (r"(.+)(?:和|与|跟)(.+)(?:的差|之差)", r"\1减\2"),
    (r"(.+)(?:和|与|跟)(.+)(?:的积|之积|相乘|的乘积)", r"\1乘\2"),
    (r"(.+)打(.)折", r"\1乘零点\2"),
    (r"(.+)打(.)(.)折", r"\1乘零点\2\3"),
]
_ONES = "".join(numbers_zh.DIGITS) + "十百千万\\d"
_GATHERED = {"和": "加", "差": "减", "积": "乘", "商": "除以"}
_EACH = re.compile(rf"(?<=[{_ONES}])个(?=[{_ONES}])")
_DOZENS = re.compile(rf"([{_ONES}半]+)打(?![{_ONES}]+折)")
_GATHERING = re.compile(
    r"([^加减乘除(和与跟]+)[和与跟]([^加减乘除)]+?)的([和差积商])(?=[加减乘除])"
)
_PARTED = re.compile("(" + "|".join(f"(?:{words})" for words, _ in _OPERATORS) + ")")

CHARS = (
    numbers_zh.CHARS
    + "加上减去掉乘以除的平方根算术开号立次阶取余模求和与跟之差积相百分打折括左右先再圆周率+*/×÷x%()-"
)


def tokens(text: str) -> list[Token] | None:
    """The tokens of a sum, or None where a part is none."""
    found: list[Token] = []
    for piece in _PARTED.split(_rewritten(text)):
        operator = next((sign for words, sign in _OPERATORS if re.fullmatch(words, piece)), None)
        if operator is not None:
            found.append("neg" if operator == "-" and not (found and ends(found[-1])) else operator)
        elif piece:
            number = _number(piece)
            if number is None:
                return None
            found += number
    return _in_order(found)


def _number(piece: str) -> list[Token] | None:
    if piece in ("圆周率", "π", "派"):
        return [math.pi]
    bare = piece.removeprefix("百分之").removesuffix("%").removesuffix("个")
    value = numbers_zh.number(bare)
    if value is None:
        return None
    percent = piece.startswith("百分之") or piece.endswith("%")
    exact = value if isinstance(value, Fraction) else Fraction(str(value))
    return [exact, "%"] if percent else [exact]


def _rewritten(text: str) -> str:
    """The sum with everything in the order of its signs: 四和六的和乘二 is (四加六)乘二."""
    for form, plain in _FORMS:
        if match := re.fullmatch(form, text):
            text = match.expand(plain)
            break
    text = _bracketed(_EACH.sub("乘", text))
    text = _DOZENS.sub(r"(\1乘十二)", text)
    return _GATHERING.sub(lambda match: f"({match[1]}{_GATHERED[match[3]]}{match[2]})", text)


def _bracketed(text: str) -> str:
    """Brackets as they are said, and what is done 再: 三加四再乘以二 is (3 + 4) * 2."""
    text = re.sub(r"左括号|(?<!右)括号(?=[^括]*括号)", "(", text)
    text = re.sub(r"右?括号", ")", text)
    return re.sub(r"^先?(.+?)再(?=[加减乘除])", r"(\1)", text)


def _in_order(tokens: list[Token]) -> list[Token]:
    """二 的 十 次方 is 2 ^ 10, and 二除八 is eight by two."""
    ordered: list[Token] = []
    for token in tokens:
        if token == "pow" and len(ordered) >= 2 and ordered[-2] == "*":
            ordered[-2] = "^"
        elif token == "pow" and ordered:
            ordered.insert(-1, "^")
        else:
            ordered.append(token)
    if len(ordered) == 3 and ordered[1] == "by":
        return [ordered[2], "/", ordered[0]]
    return ["/" if token == "by" else token for token in ordered]
