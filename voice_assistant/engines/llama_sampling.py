"""How llama.cpp chooses the next token: mildly and repeatably; the likeliest under a grammar."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from numpy.ctypeslib import as_array

from voice_assistant.errors import ModelError

AGAIN = (0.8, 1.75, 2)
"""How a run of tokens that was said before is held back ("don't repeat yourself"): the strength, its
growth with each token of the run, and the length of a run that is free. llama.cpp's own defaults."""
REMEMBERED = 1024
"""Tokens said in which such runs are looked for."""


@contextmanager
def sampler(
    c: Any, context: Any, vocab: Any, grammar: str | None, said: Sequence[int] = ()
) -> Iterator[Callable[[], int]]:
    """What gives the next token, for one reply. `c`: llama.cpp's bindings; `said`: the tokens of the
    replies before this one, of which a small model would make every next one."""
    chain = c.llama_sampler_chain_init(c.llama_sampler_chain_default_params())
    rules = None
    if grammar is not None:
        rules = c.llama_sampler_init_grammar(vocab, grammar.encode(), b"root")
        if not rules:
            c.llama_sampler_free(chain)
            raise ModelError("The grammar for the language model is not valid GBNF.")
        steps = [rules, c.llama_sampler_init_greedy()]
    else:
        breaks = (ctypes.c_char_p * 1)(b"\n")
        steps = [
            c.llama_sampler_init_dry(vocab, *AGAIN, REMEMBERED, breaks, 1),
            c.llama_sampler_init_penalties(c.llama_vocab_n_tokens(vocab), 128, 1.1, 0.0, 0.0),
            c.llama_sampler_init_top_k(40),
            c.llama_sampler_init_min_p(0.1, 1),
            c.llama_sampler_init_temp(0.4),
            c.llama_sampler_init_dist(7),
        ]
    for step in steps:
        c.llama_sampler_chain_add(chain, step)
    for token in said if rules is None else ():
        c.llama_sampler_accept(chain, token)

    def any_token() -> int:
        return int(c.llama_sampler_sample(chain, context, -1))

    def likeliest_allowed() -> int:
        # The likeliest token is held against the grammar alone first: all others need judging only
        # where that one does not pass, and that takes as long as a token.
        count = c.llama_vocab_n_tokens(vocab)
        likeliest = int(as_array(c.llama_get_logits_ith(context, -1), (count,)).argmax())
        one = (c.llama_token_data * 1)(c.llama_token_data(likeliest, 0.0, 0.0))
        c.llama_sampler_apply(rules, ctypes.byref(c.llama_token_data_array(one, 1, -1, False)))
        if one[0].logit < 0:  # minus infinity: barred
            return any_token()
        c.llama_sampler_accept(chain, likeliest)
        return likeliest

    try:
        yield likeliest_allowed if rules else any_token
    finally:
        c.llama_sampler_free(chain)
