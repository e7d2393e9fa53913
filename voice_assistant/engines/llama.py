"""A language model in a GGUF file, on llama.cpp.

Run by `child.py` in a process of its own (`python -m voice_assistant.engines.llama`): a bad file or
a crash costs that process, not the assistant.

What was evaluated is never evaluated again while it is still a prefix of the next prompt; prefixes
that `keep` was called with outlive other prompts, and restarts, in files.
"""

from __future__ import annotations

import codecs
import ctypes
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from numpy.ctypeslib import as_array

from voice_assistant.engines import Message
from voice_assistant.engines.chat_format import Part, recognise
from voice_assistant.engines.child import Usage, serve
from voice_assistant.errors import ModelError, ModelMissing

BATCH = 128
"""Prompt tokens evaluated at a time: what a cancelled evaluation loses at most."""
KEPT_FILES = 12
"""Prefix files left in the cache folder; about 15 MB each for a model of 1.5 billion weights."""
LEAST_SHIFT = 32
"""Tokens behind a gap that are worth moving rather than evaluating again."""
PARTS = 256
"""Stretches of prompts whose tokens are remembered."""
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
        self._cache = cache
        self._held: list[int] = []
        """The tokens whose keys and values the context holds."""
        self._prefixes: dict[tuple[int, ...], int] = {}
        """Kept prefixes, and how many messages each is of."""
        self._abort: Callable[[], bool] = lambda: False
        self._freed = ExitStack()
        self._known = lru_cache(PARTS)(self._tokenize)
        """What was said before is not cut into tokens again."""
        self._open(context, threads)

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
        self._format = recognise(template.decode("utf-8", "replace"), self._path.name)
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
        self._starts = (
            [c.llama_vocab_bos(self._vocab)] if c.llama_vocab_get_add_bos(self._vocab) else []
        )

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
        with self._sampler(grammar) as choose:
            yield from self._pieces(choose, limit)

    def keep(self, chat: Sequence[Message]) -> None:
        """Have these leading messages at hand from now on, also after a restart."""
        self._abort = lambda: False
        tokens = self._tokens(chat, opens="user")
        self._prefixes[tuple(tokens)] = len(chat)
        if self._restore(tokens):
            return
        self._read(tokens)
        if self._cache:
            self._save(tokens)

    # --- prompts ------------------------------------------------------------------------------

    def _fit(self, chat: Sequence[Message], limit: int, opens: str) -> list[int]:
        """The prompt's tokens; whole old turns are left out until it fits the context."""
        messages = list(chat)
        first = self._leading(messages)
        while True:
            tokens = self._tokens(messages, opens=opens)
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
            if count <= len(chat) and self._tokens(chat[:count], opens="user") == list(tokens)
        ]
        system = sum(m.role == "system" for m in chat)
        return max(kept, default=system)

    def _tokens(self, chat: Sequence[Message], *, opens: str) -> list[int]:
        tokens = list(self._starts)
        for part in self._format.render(chat, opens=opens):
            tokens += self._known(part)
        return tokens

    def _tokenize(self, part: Part) -> list[int]:
        text = part.text.encode()
        room = len(text) + 8
        found = (self._c.llama_token * room)()
        count = self._c.llama_tokenize(
            self._vocab, text, len(text), found, room, False, part.markup
        )
        return list(found[:count])

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

    @contextmanager
    def _sampler(self, grammar: str | None) -> Iterator[Callable[[], int]]:
        """Choose the next token: mild and repeatable; the likeliest under a grammar."""
        c = self._c
        chain = c.llama_sampler_chain_init(c.llama_sampler_chain_default_params())
        rules = None
        steps = [
            c.llama_sampler_init_penalties(c.llama_vocab_n_tokens(self._vocab), 128, 1.1, 0.0, 0.0),
            c.llama_sampler_init_top_k(40),
            c.llama_sampler_init_min_p(0.1, 1),
            c.llama_sampler_init_temp(0.4),
            c.llama_sampler_init_dist(7),
        ]
        if grammar is not None:
            rules = c.llama_sampler_init_grammar(self._vocab, grammar.encode(), b"root")
            if not rules:
                raise ModelError("The grammar for the language model is not valid GBNF.")
            steps = [rules, c.llama_sampler_init_greedy()]
        for step in steps:
            c.llama_sampler_chain_add(chain, step)
        try:
            yield lambda: self._chosen(chain, rules)
        finally:
            c.llama_sampler_free(chain)

    def _chosen(self, chain: Any, rules: Any) -> int:
        """The next token. Under a grammar the likeliest token is held against it alone first: all
        others need judging only where that one does not pass, and that takes as long as a token."""
        c = self._c
        if rules is None:
            return int(c.llama_sampler_sample(chain, self._ctx, -1))
        count = c.llama_vocab_n_tokens(self._vocab)
        likeliest = int(as_array(c.llama_get_logits_ith(self._ctx, -1), (count,)).argmax())
        one = (c.llama_token_data * 1)(c.llama_token_data(likeliest, 0.0, 0.0))
        c.llama_sampler_apply(rules, ctypes.byref(c.llama_token_data_array(one, 1, -1, False)))
        if one[0].logit < 0:  # minus infinity: barred
            return int(c.llama_sampler_sample(chain, self._ctx, -1))
        c.llama_sampler_accept(chain, likeliest)
        return likeliest

    def _pieces(self, choose: Callable[[], int], limit: int) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder("utf-8")("ignore")
        while self.usage.generated < limit and not self._abort():
            token = choose()
            if self._c.llama_vocab_is_eog(self._vocab, token):
                return
            self.usage.generated += 1
            if piece := decoder.decode(self._bytes(token)):
                yield piece
            if not self._decode([token]):
                return

    def _bytes(self, token: int) -> bytes:
        buffer = ctypes.create_string_buffer(256)
        length = self._c.llama_token_to_piece(self._vocab, token, buffer, len(buffer), 0, False)
        return buffer.raw[: max(0, length)]

    # --- prefixes on disk ---------------------------------------------------------------------

    def _save(self, tokens: list[int]) -> None:
        """Write what the context holds to a file that is named after what it is and what is in it:
        llama.cpp crashes over one that a power cut left damaged."""
        assert self._cache
        self._cache.mkdir(parents=True, exist_ok=True)
        part = self._cache / "prefix.part"
        array = (self._c.llama_token * len(tokens))(*tokens)
        self._c.llama_state_seq_save_file(self._ctx, str(part).encode(), 0, array, len(tokens))
        part.replace(self._cache / f"{self._label(tokens)}-{_digest(part.read_bytes())}.prefix")
        files = sorted(self._cache.glob("*.prefix"), key=lambda f: f.stat().st_mtime)
        for old in files[:-KEPT_FILES]:
            old.unlink(missing_ok=True)

    def _restore(self, tokens: list[int]) -> bool:
        """Put a kept prefix into the context. False when there is no whole file of it."""
        if not (file := self._file(tokens)):
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

    def _file(self, tokens: list[int]) -> Path | None:
        """The file of a prefix; damaged ones are removed."""
        for file in self._cache.glob(f"{self._label(tokens)}-*.prefix") if self._cache else ():
            if file.stem.endswith(_digest(file.read_bytes())):
                return file
            file.unlink(missing_ok=True)
        return None

    def _label(self, tokens: list[int]) -> str:
        """What a prefix file is of: this model, this context, these tokens."""
        about = f"{self._path.name} {self._path.stat().st_size} {self._size} {tokens}"
        return _digest(about.encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:24]


def _common(a: Sequence[int], b: Sequence[int]) -> int:
    """How many leading elements are the same."""
    return next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )


if __name__ == "__main__":
    serve(Llama)
