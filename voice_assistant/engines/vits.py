"""A VITS network in two halves, so that its first samples need not wait for its last.

The first half turns phonemes into columns of features, the second, the generator, columns into
samples: three quarters of the work. The generator is a stack of convolutions, so a stretch of
columns with enough of its neighbours beside it becomes the very samples that it would have become
as part of the whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from voice_assistant.audio.frames import Samples

GENERATOR = "/dec/conv_pre/Conv"
"""The generator's first node, as Piper's exporter names it."""

CONTEXT = 12
"""Columns on either side that reach into a stretch: with 10 the samples differ from the whole's
by rounding alone (124 dB below them), with 8 by 63 dB."""

FIRST_COLUMNS = 32
"""Of the first stretch: 0.37 s at 86 columns a second."""

GROWTH = 1.5
"""Each stretch is so many times the last: a voice that takes less than 1 / 1.5 of the time it
speaks never falls behind."""


class Vits:
    """A loaded network; `run` yields its samples in stretches, the first as early as can be."""

    def __init__(self, model: Path, threads: int) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        # Threads that wait in a loop took three times the work's own processor time where others
        # work, too: the recogniser, the language model.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # Planning where memory can be used again takes 3 s of a load's 4 s and saves nothing.
        options.enable_mem_reuse = False
        self._sessions = [
            onnxruntime.InferenceSession(str(half), options, providers=["CPUExecutionProvider"])
            for half in _halves(model)
        ]

    def run(self, feed: Mapping[str, Any]) -> Iterator[tuple[Samples, bool]]:
        """The samples of one breath, and whether they are its last."""
        first, *generator = self._sessions
        made = first.run(None, feed)[0]
        if not generator:
            yield made.reshape(-1), True
            return
        (entrance,) = generator[0].get_inputs()
        end = made.shape[2]
        for start, stop in stretches(end):
            before, after = max(0, start - CONTEXT), min(end, stop + CONTEXT)
            sound = generator[0].run(None, {entrance.name: made[:, :, before:after]})[0]
            columns = sound.reshape(after - before, -1)
            yield columns[start - before : stop - before].reshape(-1), stop == end


def stretches(columns: int) -> Iterator[tuple[int, int]]:
    """Where each stretch of so many columns begins and ends; a short rest joins the one before."""
    start, wanted = 0, float(FIRST_COLUMNS)
    while start < columns:
        stop = start + round(wanted)
        stop = columns if columns - stop < FIRST_COLUMNS else stop
        yield start, stop
        start, wanted = stop, wanted * GROWTH


def _halves(model: Path) -> list[Path]:
    """The files of the two halves, made beside the voice when it is first loaded: the library for
    that takes 200 MB. The whole, where there is no writing or no such seam."""
    halves = [model.with_suffix(f".{name}.onnx") for name in ("first", "generator")]
    if all(_newer(half, model) for half in halves):
        return halves
    try:
        return halves if _cut(model, halves) else [model]
    except OSError:
        return [model]


def _newer(half: Path, model: Path) -> bool:
    return half.is_file() and half.stat().st_mtime >= model.stat().st_mtime


def _cut(model: Path, halves: Sequence[Path]) -> bool:
    """Cut before the generator; False for a voice that was exported in another way, or has several
    speakers, who reach into both halves."""
    import onnx
    from onnx.utils import Extractor

    whole = onnx.load(str(model))
    inputs, outputs = ([e.name for e in ends] for ends in (whole.graph.input, whole.graph.output))
    node = next((each for each in whole.graph.node if each.name == GENERATOR), None)
    if node is None or "sid" in inputs:
        return False
    cut, seam = Extractor(whole), [node.input[0]]
    for half, (begin, end) in zip(halves, ((inputs, seam), (seam, outputs)), strict=True):
        unfinished = half.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(cut.extract_model(begin, end).SerializeToString())
        unfinished.replace(half)
    return True
