"""Least squares without solving them exactly, by conjugate gradients (Hestenes and Stiefel, 1952): that
would take the cube of the numbers sought."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from voice_assistant.embedding import Floats


def approached(
    times: Callable[[Floats], Floats], own: Floats, wanted: Floats
) -> Iterator[tuple[Floats, Floats]]:
    """Weights of which `times` makes what is wanted (questions are columns), with what of the wanted is
    left: nearer with each step, for the caller to say when it is enough. `times` is a symmetric positive
    matrix, `own` (a column) about the inverse of its diagonal. The arrays go on being changed."""
    weights, left = np.zeros_like(wanted), wanted.copy()
    step = own * left
    size = (left * step).sum(0)
    while True:
        yield weights, left
        moved = times(step)
        far = size / (step * moved).sum(0)
        weights += far * step
        left -= far * moved
        ahead = own * left
        before, size = size, (left * ahead).sum(0)
        step = ahead + size / before * step
