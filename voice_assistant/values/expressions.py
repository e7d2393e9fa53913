"""Arithmetic as it is spoken: "twelve times twelve", "15 percent of 80", 十六的平方根. Exact.

Words become tokens, tokens a value by recursive descent. Whole numbers, fractions and decimals stay
fractions; only a root or a power that has no exact value is rounded by the machine.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from voice_assistant.values import numbers_en, numbers_zh
from voice_assistant.values.kinds import Expression

LARGEST = 10_000
"""Digits of the largest result: more are no answer to be spoken, and take long to compute."""

LONGEST_ROOT = 5
"""The highest root that is looked at for an exact value."""

Value = Fraction | float
Token = str | Fraction | float


_EN: list[tuple[str, str]] = [
    (r"to the power of|raised to the power of|raised to|to the power|\^|\*\*", "^"),
    (r"(?:the )?(?:square root|root|sqrt)(?: of)?", "sqrt"),
    (r"(?:the )?(?:cube root|third root|cubic root)(?: of)?", "cbrt"),
    (r"(?:open|left|opening) (?:bracket|brackets|parenthesis|paren)|in brackets|\(", "("),
    (r"(?:close|right|closing) (?:bracket|brackets|parenthesis|paren)|\)", ")"),
    (r"multiplied by|multiplied with|times|\*|x|×", "*"),
    (r"divided by|divided into equal parts of|over|/|÷", "/"),
    (r"added to|and add|plus|\+", "+"),
    (r"minus|take away|less|subtract|−|-", "-"),
    (r"modulo|modulus|mod|remainder of division by", "mod"),
    (r"percent off|per cent off|% off", "off"),
    (r"percent|per cent|%", "%"),
    (r"squared", "²"),
    (r"cubed", "³"),
    (r"factorial|!", "!"),
    (r"of", "*"),
]
_EN_FORMS: list[tuple[str, str]] = [
    (r"(?:the )?sum of (.+) and (.+)", r"\1 plus \2"),
    (r"(?:the )?difference (?:between|of) (.+) and (.+)", r"\1 minus \2"),
    (r"(?:the )?product of (.+) and (.+)", r"\1 times \2"),
    (r"(?:the )?quotient of (.+) and (.+)", r"\1 divided by \2"),
    (r"add (.+ percent) to (.+)", r"\2 plus \1"),
    (r"add (.+) (?:and|to) (.+)", r"\1 plus \2"),
    (r"subtract (.+) from (.+)", r"\2 minus \1"),
    (r"take (.+) away from (.+)", r"\2 minus \1"),
    (r"multiply (.+) (?:by|and|with) (.+)", r"\1 times \2"),
    (r"divide (.+) by (.+)", r"\1 divided by \2"),
]
_POWER = re.compile(r"\bto the (\w+(?:st|nd|rd|th|second|third)|second|third)(?: power)?\b")
_ZH: list[tuple[str, str]] = [
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
_ZH_FORMS: list[tuple[str, str]] = [
    (r"(.+)(?:和|与|跟)(.+)(?:的和|之和|相加)", r"\1加\2"),
    (r"(.+)(?:和|与|跟)(.+)(?:的差|之差)", r"\1减\2"),
    (r"(.+)(?:和|与|跟)(.+)(?:的积|之积|相乘|的乘积)", r"\1乘\2"),
    (r"(.+)打(.)折", r"\1乘零点\2"),
    (r"(.+)打(.)(.)折", r"\1乘零点\2\3"),
]

_ZH_ONES = "".join(numbers_zh.DIGITS) + "十百千万\\d"
_ZH_GATHERED = {"和": "加", "差": "减", "积": "乘", "商": "除以"}

WORDS_EN = sorted(
    {
        *"to the power of raised square root sqrt third cube cubic multiplied by with times".split(),
        *"divided into over added and add plus minus take away less subtract modulo mod x".split(),
        *"percent per cent off squared cubed factorial sum difference between product".split(),
        *"quotient from multiply divide + - * / ^ % × ÷".split(),
        *numbers_en.ORDINALS,
        *"pi open close left right bracket parenthesis then ( )".split(),
    }
)
CHARS_ZH = (
    numbers_zh.CHARS
    + "加上减去掉乘以除的平方根算术开号立次阶取余模求和与跟之差积相百分打折括左右先再圆周率+*/×÷x%()-"
)


def read(text: str, language: str) -> Expression | None:
    """A text that is a sum and nothing else; a bare number is none."""
    tokens = _tokens_zh(text.replace(" ", "")) if language == "zh" else _tokens_en(text)
    if not tokens or not any(isinstance(token, str) for token in tokens):
        return None
    try:
        return Expression(_Reader(tokens).whole())
    except OverflowError:
        return Expression(None, True)
    except (ZeroDivisionError, _NoValue):
        return Expression(None)
    except _NoSum:
        return None


class _NoSum(Exception):
    """The tokens are no sum."""


class _NoValue(Exception):
    """The sum has no value."""


def _tokens_en(text: str) -> list[Token] | None:
    for form, plain in _EN_FORMS:
        if match := re.fullmatch(form, text):
            text = match.expand(plain)
            break
    text = _POWER.sub(_power_words, text).replace("half a percent", "0.5 percent")
    text = re.sub(r"(\d+) (\d+)/(\d+)", r"( \1 + \2 / \3 )", text)
    text = re.sub(r"(?<=[\d)])\s*([-+*/x^])\s*(?=[\d(])", r" \1 ", text)
    text = re.sub(r"([()])", r" \1 ", text)
    words = re.sub(r"^(.+?) (?:and )?then ", r"( \1 ) ", text).split()
    tokens: list[Token] = []
    at = 0
    while at < len(words):
        if found := _operator(words, at, tokens):
            token, at = found
            tokens.append(token)
        elif words[at] == "pi":
            tokens.append(math.pi)
            at += 1
        elif number := numbers_en.read(words, at):
            value, at = number
            tokens.append(Fraction(value) if isinstance(value, int) else Fraction(str(value)))
        else:
            return None
    return tokens


def _power_words(match: re.Match[str]) -> str:
    power = numbers_en.ordinal(match[1])
    return match[0] if power is None else f"to the power of {power}"


def _operator(words: Sequence[str], at: int, before: Sequence[Token]) -> tuple[str, int] | None:
    """The longest operator at a word."""
    for length in range(min(5, len(words) - at), 0, -1):
        said = " ".join(words[at : at + length])
        for pattern, token in _EN:
            if re.fullmatch(pattern, said):
                if token == "-" and said == "minus" and not (before and _ends(before[-1])):
                    return "neg", at + length
                return token, at + length
    return None


def _ends(token: Token) -> bool:
    return not isinstance(token, str) or token in "²³!%√∛)"


def _tokens_zh(text: str) -> list[Token] | None:
    for form, plain in _ZH_FORMS:
        if match := re.fullmatch(form, text):
            text = match.expand(plain)
            break
    text = _bracketed(re.sub(rf"(?<=[{_ZH_ONES}])个(?=[{_ZH_ONES}])", "乘", text))
    text = re.sub(rf"([{_ZH_ONES}半]+)打(?![{_ZH_ONES}]+折)", r"(\1乘十二)", text)
    text = re.sub(
        r"([^加减乘除(和与跟]+)[和与跟]([^加减乘除)]+?)的([和差积商])(?=[加减乘除])",
        lambda match: f"({match[1]}{_ZH_GATHERED[match[3]]}{match[2]})",
        text,
    )
    operators = "|".join(f"(?:{pattern})" for pattern, _ in _ZH)
    tokens: list[Token] = []
    for piece in re.split(f"({operators})", text):
        if not piece:
            continue
        token = next((token for pattern, token in _ZH if re.fullmatch(pattern, piece)), None)
        if token is not None:
            tokens.append("neg" if token == "-" and not (tokens and _ends(tokens[-1])) else token)
            continue
        if piece in ("圆周率", "π", "派"):
            tokens.append(math.pi)
            continue
        percent = piece.startswith("百分之") or piece.endswith("%")
        said = piece.removeprefix("百分之").removesuffix("%").removesuffix("个")
        value = numbers_zh.number(said)
        if value is None:
            return None
        tokens.append(value if isinstance(value, Fraction) else Fraction(str(value)))
        tokens.extend(["%"] if percent else [])
    return _zh_order(tokens)


def _bracketed(text: str) -> str:
    """Brackets as they are said, and what is done 再: 三加四再乘以二 is (3 + 4) * 2."""
    text = re.sub(r"左括号|(?<!右)括号(?=[^括]*括号)", "(", text)
    text = re.sub(r"右?括号", ")", text)
    return re.sub(r"^先?(.+?)再(?=[加减乘除])", r"(\1)", text)


def _zh_order(tokens: list[Token]) -> list[Token]:
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


class _Reader:
    """sum = term (+ term)*; term = factor (* factor)*; factor = unary postfix* (^ factor)?"""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = list(tokens)
        self._percent = False
        """Whether the last term was a percentage: 80 + 15 % is 92."""

    def whole(self) -> Value:
        value = self._sum()
        if self._tokens:
            raise _NoSum
        return value

    def _take(self, *wanted: str) -> str | None:
        if self._tokens and isinstance(self._tokens[0], str) and self._tokens[0] in wanted:
            return str(self._tokens.pop(0))
        return None

    def _sum(self) -> Value:
        value = self._term()
        whole = not self._percent
        while sign := self._take("+", "-"):
            part = self._term()
            part = value * part if self._percent and whole else part
            value = value + part if sign == "+" else value - part
        return value

    def _term(self) -> Value:
        value = self._factor()
        while operator := self._take("*", "/", "mod", "off"):
            share = self._percent
            other = self._factor()
            if operator == "*":
                value = value * other
            elif operator == "/":
                value = value / other
            elif operator == "mod":
                value = value % other
            else:
                value = other * (1 - value / 100)
            self._percent = False if share else self._percent
        return value

    def _factor(self) -> Value:
        value = self._unary()
        self._percent = False
        while mark := self._take("²", "³", "!", "%", "√", "∛", "^"):
            if mark == "%":
                value, self._percent = value / 100, True
            elif mark == "^":
                value = _power(value, self._factor())
            else:
                value = _POSTFIX[mark](value)
        return value

    def _unary(self) -> Value:
        if self._take("neg"):
            return -self._factor()
        if self._take("("):
            value = self._sum()
            self._percent = False
            if not self._take(")"):
                raise _NoSum
            return value
        if mark := self._take("sqrt", "cbrt"):
            return _root(self._factor(), 2 if mark == "sqrt" else 3)
        if not self._tokens or isinstance(self._tokens[0], str):
            raise _NoSum
        number = self._tokens.pop(0)
        assert not isinstance(number, str)
        return number


def _power(base: Value, exponent: Value) -> Value:
    if isinstance(exponent, Fraction) and exponent.denominator <= LONGEST_ROOT:
        if abs(exponent) * math.log10(max(abs(float(base)), 1.0) + 1) > LARGEST:
            raise OverflowError
        whole = base**exponent.numerator
        return whole if exponent.denominator == 1 else _root(whole, exponent.denominator)
    if base < 0:
        raise _NoValue
    return float(float(base) ** float(exponent))


def _root(value: Value, degree: int) -> Value:
    """The root, exact where there is an exact one."""
    if value < 0:
        if degree % 2 == 0:
            raise _NoValue
        return -_root(-value, degree)
    if isinstance(value, Fraction):
        top, bottom = (_whole_root(part, degree) for part in value.as_integer_ratio())
        if top**degree == value.numerator and bottom**degree == value.denominator:
            return Fraction(top, bottom)
    return float(float(value) ** (1 / degree))


def _whole_root(value: int, degree: int) -> int:
    """The nearest whole number below or at the root, or close to it."""
    return math.isqrt(value) if degree == 2 else round(value ** (1 / degree))


def _factorial(value: Value) -> Value:
    if not isinstance(value, Fraction) or value.denominator != 1 or value < 0:
        raise _NoValue
    if value > LARGEST // 4:  # 2,500! has 7,412 digits
        raise OverflowError
    return Fraction(math.factorial(int(value)))


_POSTFIX: dict[str, Callable[[Value], Value]] = {
    "²": lambda value: value * value,
    "³": lambda value: value * value * value,
    "!": _factorial,
    "√": lambda value: _root(value, 2),
    "∛": lambda value: _root(value, 3),
}
