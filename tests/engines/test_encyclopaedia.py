"""The real encyclopaedia answers what it holds, and only that."""

import pytest

from tests.engines.conftest import model as model_folder
from voice_assistant.benches.knowledge import measure
from voice_assistant.knowledge import Library

pytestmark = pytest.mark.engine


def test_the_encyclopaedia_answers_what_it_holds_and_only_that():
    file = model_folder("wiki-vital-en") / "summaries_en-us.json"
    library = Library(":memory:")
    for _ in library.read_encyclopaedia(file, "Wikipedia"):
        pass
    figures = {row.name: row.value for row in measure(library)}
    library.close()
    assert figures["right source"] >= 85
    assert figures["answer holds the fact"] >= 80
    assert figures["answer is beside the question"] <= 10
    assert figures["unanswerable, and it says so"] >= 92
