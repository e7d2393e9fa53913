"""Text as models, documents and cards write it -> the bare words in it.

What only makes sense to the eye goes: Markdown, HTML, links, code, emoji, role labels, stage
directions. The line structure stays as sentence ends.
"""

from __future__ import annotations

import html
import re
import unicodedata

_CODE_BLOCK = re.compile(r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)", re.S)
_INLINE = (
    (re.compile(r"<think>.*?(?:</think>|\Z)", re.S), ""),
    (re.compile(r"<\|[^|>]*\|>|\[/?INST\]|</?s>"), ""),
    (re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.S), " "),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]+)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"\[\^?\d+\]|\[(?:citation needed|edit)\]"), ""),
    (re.compile(r"\(?(?:https?://|www\.)[^\s)，。；]+\)?"), ""),
    (re.compile(r"`([^`]*)`"), r"\1"),
)
_LINE = (
    (re.compile(r"^\s{0,3}#{1,6}\s+(.*?)\s*#*$"), r"\1"),
    (re.compile(r"^\s*(?:[-*_=]\s*){3,}$"), ""),
    (re.compile(r"^\s*\|?(?:\s*:?-{3,}:?\s*\|?)+$"), ""),
    (re.compile(r"^\s*>+\s?"), ""),
    (re.compile(r"^\s*(?:[-*+•·▪◦‣–—]|\(?\d{1,2}[.)]|\d{1,2}、|[a-z]\))\s+"), ""),
    (re.compile(r"^\s*\[[ xX]\]\s+"), ""),
)
_ROLE = re.compile(
    r"^\s*(?:\**)(?:assistant|ai|bot|user|human|system|answer|response|helper|"
    r"助手|助理|用户|系统|人工智能|回答|答)\**\s*[:：]\**\s*",
    re.I,
)
_STAGE = re.compile(
    r"[(\[（【*_]{1,3}\s*(?:(?:he|she|i|the assistant)\s+)?(?:\w+ly\s+)?"
    r"(?:smil|laugh|giggl|chuckl|sigh|paus|nod|wink|grin|clear|wav|gasp|whisper|cough|hug|blush|"
    r"shrug|think|music|applause|beat)\w*(?:\s+[\w ]{0,30})?\s*[)\]）】*_]+"
    r"|[（(【*]{1,3}\s*(?:微笑|大笑|笑|叹气|停顿|点头|眨眼|挥手|思考|拥抱|鼓掌|音乐)[着了]?\s*[)）】*]+",
    re.I,
)
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3}|~~)(?=\S)([^*~\n]*?\S)\1(?!\w)")
_LEFT_OVER = re.compile(r"[*~`#|\\^_{}<>\[\]]|(?<!\S)[-=+](?!\S)(?!\s*\d)")
_ASCII_DIGITS = {0xFF10 + n: str(n) for n in range(10)} | {0xFF0D: "-", 0xFF0E: "."}
_KEPT_SYMBOLS = "℃℉㎡°%‰$€£¥￥§±×÷=+&@½⅓¼⅔¾⅕⅛→≈<>~#"


def plain(text: str) -> str:
    """`text` without what only the eye can use."""
    text = _CODE_BLOCK.sub("\n", html.unescape(text).translate(_ASCII_DIGITS))
    for pattern, instead in _INLINE:
        text = pattern.sub(instead, text)
    lines = [_line(line) for line in text.splitlines()]
    return "\n".join(line for line in lines if line)


def _line(line: str) -> str:
    line = _ROLE.sub("", line)
    for pattern, instead in _LINE:
        line = pattern.sub(instead, line)
    line = _STAGE.sub(" ", _ROLE.sub("", line))
    for _ in range(3):
        line = _EMPHASIS.sub(r"\2", line)
    line = _cells(line)
    line = "".join(c for c in line if not _pictorial(c))
    return " ".join(line.split())


def _cells(line: str) -> str:
    """A row of a table as a list of its cells."""
    if line.count("|") >= 2:
        return ", ".join(cell.strip() for cell in line.strip(" |").split("|") if cell.strip())
    return line


def _pictorial(character: str) -> bool:
    """Whether it is an emoji, a dingbat, an arrow, a box or invisible."""
    if character in _KEPT_SYMBOLS:
        return False
    code = ord(character)
    if code < 0x80:
        return False
    return (
        unicodedata.category(character) in {"So", "Sk", "Cf", "Co", "Cn", "Cs"}
        or 0x2190 <= code <= 0x2BFF
        or 0xFE00 <= code <= 0xFE0F
        or 0x1F000 <= code <= 0x1FAFF
    )


def without_symbols(text: str) -> str:
    """`text` without marks that no reading has a word for; the last step before the voice."""
    return _LEFT_OVER.sub(" ", text)
