"""Chats as the tokens of a model of llama.cpp, and its tokens as text."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from voice_assistant.engines import Message
from voice_assistant.engines.chat_format import ChatFormat, Part

PARTS = 256
"""Stretches of prompts whose tokens are remembered."""


class Tokens:
    """One model's vocabulary and chat format. What was said before is not cut into tokens again."""

    def __init__(self, c: Any, vocab: Any, written: ChatFormat) -> None:
        """`c`: llama.cpp's bindings; `written`: how a chat is written for this model."""
        self._c = c
        self._vocab = vocab
        self._format = written
        self._starts = [c.llama_vocab_bos(vocab)] if c.llama_vocab_get_add_bos(vocab) else []
        self._known = lru_cache(PARTS)(self._tokenize)

    def of(self, chat: Sequence[Message], *, opens: str) -> list[int]:
        """The prompt's tokens; at its end the turn of `opens`, a role, is opened."""
        tokens = list(self._starts)
        for part in self._format.render(chat, opens=opens):
            tokens += self._known(part)
        return tokens

    def cut(self, text: str) -> list[int]:
        """The tokens of a text."""
        return self._known(Part(text, markup=False))

    def spelled(self, token: int) -> bytes:
        """A token's share of a text in UTF-8."""
        buffer = ctypes.create_string_buffer(256)
        length = self._c.llama_token_to_piece(self._vocab, token, buffer, len(buffer), 0, False)
        return buffer.raw[: max(0, length)]

    def _tokenize(self, part: Part) -> list[int]:
        text = part.text.encode()
        room = len(text) + 8
        found = (self._c.llama_token * room)()
        count = self._c.llama_tokenize(
            self._vocab, text, len(text), found, room, False, part.markup
        )
        return list(found[:count])
