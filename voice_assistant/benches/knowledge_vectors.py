"""Reads every sentence of the encyclopaedia once, for vectors.py, and keeps what they say.

`python -m voice_assistant.benches.knowledge_vectors`: ten minutes. To be done anew with another
encyclopaedia, another reader, or another way of splitting sentences.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import numpy as np

from voice_assistant import catalog as catalogs
from voice_assistant.commands.common import tell
from voice_assistant.passages import Passage, article
from voice_assistant.reader import reader
from voice_assistant.signs import told
from voice_assistant.vectors import FILE, SIZE

WIDTH = 128
"""Numbers that are kept of a sentence: four fifths of what 384 tell."""
HIGHEST = 127


def main() -> None:
    """Read, and write the file."""
    catalog = catalogs.load()
    best, reads = catalog.best("knowledge"), reader()
    if best is None or reads is None:
        raise SystemExit("The encyclopaedia or the reader is not installed.")
    file = catalog.path(best.name) / "summaries_en-us.json"
    if file.stat().st_size != SIZE:
        raise SystemExit(f"{file} is another encyclopaedia: set vectors.SIZE.")
    packed = json.loads(file.read_text("utf-8")).values()
    texts = [[*sentences(article(each, "it"))] for each in packed if each["extract"]]
    whole = reads.read([sentence for each in texts for sentence in each])
    _, axes = np.linalg.eigh(whole.T @ whole)
    axes = axes[:, ::-1][:, :WIDTH]
    rows = whole @ axes
    scale = np.abs(rows).max() / HIGHEST
    np.savez_compressed(
        FILE,
        rows=np.round(rows / scale).astype(np.int8),
        counts=np.array([len(each) for each in texts], np.int16),
        axes=axes.astype(np.float16),
        scale=np.float32(scale),
    )
    tell(f"{len(whole)} sentences are in {FILE.name}.")


def sentences(passage: Passage) -> Iterator[str]:
    """The sentences of a passage, with its title where they do not name it."""
    title = re.sub(r"\s*\([^)]*\)$", "", passage.title)
    for sentence in told(title, passage.about, passage.text):
        yield sentence if title in sentence else f"{title}: {sentence}"


if __name__ == "__main__":
    main()
