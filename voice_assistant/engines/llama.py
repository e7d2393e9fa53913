"""A language model in a GGUF file, on llama.cpp.

Run by `child.py` in a process of its own (`python -m voice_assistant.engines.llama`): a bad file or
a crash costs that process, not the assistant.

What was evaluated is never evaluated again while it is still a prefix of the next prompt; prefixes
that `keep` was called with outlive other prompts, and restarts, in files.
"""

from __future__ import annotations

import codecs
import ctypes
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from voice_assistant.engines import Message
from voice_assistant.engines.chat_format import recognise
from voice_assistant.engines.child import Usage, serve
from voice_assistant.engines.llama_sampling import sampler
from voice_assistant.engines.llama_tokens import Tokens
from voice_assistant.engines.prefix_files import PrefixFiles
from voice_assistant.errors import ModelError, ModelMissing

BATCH = 128
"""Prompt tokens evaluated at a time: what a cancelled evaluation loses at most."""
LEAST_SHIFT = 32
"""Tokens behind a gap that are worth moving rather than evaluating again."""
_ABORTED = 2
"""llama_decode's answer when its abort callback said stop."""


class Llama:
    """A loaded GGUF model and its one context."""

    def __init__(
        self, path: Path, *, context: int = 4096, threads: int = 2, cache: Path | None = None
    ) -> None:
        if not path.is_file():
            raise ModelMissing(path.stem)
        from llama_cpp import llama_cpp

        self.name = path.stem
        self.usage = Usage()
        self._c: Any = llama_cpp
        self._path = path
        self._held: list[int] = []
        """The tokens whose keys and values the context holds."""
        self._prefixes: dict[tuple[int, ...], int] = {}
        """Kept prefixes, and how many messages each is of."""
        self._abort: Callable[[], bool] = lambda: False
        self._freed = ExitStack()
        self._open(context, threads)
        about = f"{path.name} {path.stat().st_size} {self._size}"
        self._files = PrefixFiles(cache, about)

    def _open(self, context: int, threads: int) -> None:
        c = self._c
        self._quiet = c.llama_log_callback(lambda *_: None)
        c.llama_log_set(self._quiet, None)
        c.llama_backend_init()
        loading = c.llama_model_default_params()
        # llama.cpp's AMX kernels crash or talk nonsense on some machines (0.3.36 on virtual Xeons);
        # no other processor's special layouts need avoiding.
        loading.use_extra_bufts = b"AMX_INT8 = 1" not in c.llama_print_system_info()
        model = c.llama_model_load_from_file(str(self._path).encode(), loading)
        if not model:
            raise ModelError(
                f"The model file {self._path} cannot be read: type 'voice-assistant models verify'."
            )
        self._freed.callback(c.llama_model_free, model)
        template = c.llama_model_chat_template(model, None) or b""
        written = recognise(template.decode("utf-8", "replace"), self._path.name)
        params = c.llama_context_default_params()
        params.n_ctx = min(context, c.llama_model_n_ctx_train(model))
        params.n_batch = params.n_ubatch = BATCH
        params.n_threads = params.n_threads_batch = threads
        # On processors flash attention pays from 64 tokens at a time only: the ten tokens of a turn
        # take SmolLM2 half as long again with it, a large model hardly differs.
        params.flash_attn_type = c.LLAMA_FLASH_ATTN_TYPE_DISABLED
        self._asked = c.ggml_abort_callback(lambda _: self._abort())
        params.abort_callback = self._asked
        self._ctx = c.llama_init_from_model(model, params)
        if not self._ctx:
            raise ModelError(f"There is not enough memory to run the model '{self.name}'.")
        self._freed.callback(c.llama_free, self._ctx)
        self._vocab = c.llama_model_get_vocab(model)
        self._memory = c.llama_get_memory(self._ctx)
        self._size = int(c.llama_n_ctx(self._ctx))
        self._tokens = Tokens(c, self._vocab, written)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._freed.close()

    # --- what the port asks for --------------------------------------------------------------

    def generate(
        self,
        chat: Sequence[Message],
        *,
        limit: int,
        grammar: str | None = None,
        abort: Callable[[], bool] = lambda: False,
    ) -> Iterator[str]:
        """Pieces of the reply. With a limit of 0 the prompt is only read ahead; where it ends in
        the assistant's words, up to where the user's next ones will stand."""
        self._abort = abort
        ahead = limit == 0 and chat[-1].role == "assistant"
        tokens = self._fit(chat, limit, opens="user" if ahead else "assistant")
        if not self._read(tokens):
            return
        said = self._said(chat)
        with sampler(self._c, self._ctx, self._vocab, grammar, said) as choose:
            yield from self._pieces(choose, limit)

    def keep(self, chat: Sequence[Message], *, abort: Callable[[], bool] = lambda: False) -> None:
        """Have these leading messages at hand from now on, also after a restart."""
        self._abort = abort
        tokens = self._tokens.of(chat, opens="user")
        self._prefixes[tuple(tokens)] = len(chat)
        if not self._restore(tokens) and self._read(tokens):
            self._files.write(tokens, self._save)

    # --- prompts ------------------------------------------------------------------------------

    def _fit(self, chat: Sequence[Message], limit: int, opens: str) -> list[int]:
        """The prompt's tokens; whole old turns are left out until it fits the context."""
        messages = list(chat)
        first = self._leading(messages)
        while True:
            tokens = self._tokens.of(messages, opens=opens)
            if len(tokens) + limit <= self._size:
                return tokens
            if len(messages) - first <= 1:
                raise ModelError(f"This is too long for the model '{self.name}'.")
            del messages[first]
            while len(messages) - first > 1 and messages[first].role != "user":
                del messages[first]

    def _leading(self, chat: Sequence[Message]) -> int:
        """How many messages at the start must stay: a kept prefix, or else the system's."""
        kept = [
            count
            for tokens, count in self._prefixes.items()
            if count <= len(chat) and self._tokens.of(chat[:count], opens="user") == list(tokens)
        ]
        system = sum(m.role == "system" for m in chat)
        return max(kept, default=system)

    def _said(self, chat: Sequence[Message]) -> list[int]:
        """The tokens of the replies of this talk, each on a line; the examples of a kept prefix are
        none of them."""
        said: list[int] = []
        for message in chat[self._leading(chat) :]:
            if message.role == "assistant":
                said += self._tokens.cut(message.content + "\n")
        return said

    # --- reading ------------------------------------------------------------------------------

    def _read(self, tokens: list[int]) -> bool:
        """Evaluate what the context does not hold yet of a prompt. False when aborted."""
        self._reuse(tokens)
        start = min(len(self._held), len(tokens) - 1)
        self._drop(start)
        self.usage = Usage(prompt=len(tokens), evaluated=0, generated=0)
        for at in range(start, len(tokens), BATCH):
            if self._abort() or not self._decode(tokens[at : at + BATCH]):
                return False
            self.usage.evaluated = len(self._held) - start
        return True

    def _decode(self, tokens: list[int]) -> bool:
        """Evaluate tokens behind those held. False when aborted."""
        batch = (self._c.llama_token * len(tokens))(*tokens)
        result = self._c.llama_decode(self._ctx, self._c.llama_batch_get_one(batch, len(tokens)))
        if result == _ABORTED:
            self._c.llama_memory_seq_rm(self._memory, 0, len(self._held), -1)
            return False
        if result != 0:
            raise ModelError(f"The model '{self.name}' failed (llama_decode: {result}).")
        self._held += tokens
        return True

    def _reuse(self, tokens: list[int]) -> None:
        """Make the context hold as much of the start of `tokens` as is to be had."""
        common = _common(self._held, tokens)
        best = max((p for p in self._prefixes if _common(p, tokens) == len(p)), key=len, default=())
        if len(best) > common and self._restore(list(best)):
            return
        self._shift(tokens, common)
        self._drop(_common(self._held, tokens))

    def _shift(self, tokens: list[int], common: int) -> None:
        """Close the gap that a dropped turn leaves: move what is held behind it to the front."""
        probe = tokens[common : common + LEAST_SHIFT]
        if len(probe) < LEAST_SHIFT:
            return
        for start in range(common + 1, len(self._held) - LEAST_SHIFT + 1):
            if self._held[start : start + LEAST_SHIFT] == probe:
                gap = start - common
                self._c.llama_memory_seq_rm(self._memory, 0, common, start)
                self._c.llama_memory_seq_add(self._memory, 0, start, -1, -gap)
                del self._held[common:start]
                return

    def _drop(self, length: int) -> None:
        """Forget what is held beyond `length` tokens."""
        if length < len(self._held):
            self._c.llama_memory_seq_rm(self._memory, 0, length, -1)
            del self._held[length:]

    # --- writing ------------------------------------------------------------------------------

    def _pieces(self, choose: Callable[[], int], limit: int) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder("utf-8")("ignore")
        while self.usage.generated < limit and not self._abort():
            token = choose()
            if self._c.llama_vocab_is_eog(self._vocab, token):
                return
            self.usage.generated += 1
            if piece := decoder.decode(self._tokens.spelled(token)):
                yield piece
            if not self._decode([token]):
                return

    # --- prefixes on disk ---------------------------------------------------------------------

    def _save(self, file: Path) -> None:
        """Write what the context holds."""
        array = (self._c.llama_token * len(self._held))(*self._held)
        self._c.llama_state_seq_save_file(self._ctx, str(file).encode(), 0, array, len(self._held))

    def _restore(self, tokens: list[int]) -> bool:
        """Put a kept prefix into the context. False when there is no whole file of it."""
        if not (file := self._files.find(tokens)):
            return False
        c = self._c
        found = (c.llama_token * len(tokens))()
        count = ctypes.c_size_t()
        c.llama_memory_clear(self._memory, True)
        self._held = []
        read = c.llama_state_seq_load_file(
            self._ctx, str(file).encode(), 0, found, len(tokens), ctypes.byref(count)
        )
        if not read or list(found[: count.value]) != tokens:
            c.llama_memory_clear(self._memory, True)
            return False
        self._held = list(tokens)
        return True


def _common(a: Sequence[int], b: Sequence[int]) -> int:
    """How many leading elements are the same."""
    return next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )


if __name__ == "__main__":
    serve(Llama)
