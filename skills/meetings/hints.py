"""Names and terms out of a spoken list: "the people are Anna, Ben and Clara"."""

from __future__ import annotations

import re

_APART = re.compile(r"\s*(?:,|;|，|、|；|\band\b|和|还有|以及)\s*")
_FRAME = re.compile(
    r"^(?:i am|i'm|my name is|it is|it's|call me|我是|我叫|叫我|我的名字是)[:： ]*"
    r"|^(?:(?:the )?(?:people|names?|participants|project|product|terms?)(?: are| is)?(?: called)?"
    r"|(?:参会的?人?|人员|名字|项目|产品)(?:有|是|叫)?)[:： ]*",
    re.IGNORECASE,
)


def names_in(text: str) -> list[str]:
    """The names of a list, with a capital where their script has one."""
    parts = (_FRAME.sub("", part).strip(" .。") for part in _APART.split(_FRAME.sub("", text)))
    return [part[:1].upper() + part[1:] for part in parts if part]
