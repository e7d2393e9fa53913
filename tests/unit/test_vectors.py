"""Questions that share no word with the article that answers them."""

import json

import numpy as np
import pytest

from voice_assistant import catalog as catalogs
from voice_assistant import knowledge, vectors
from voice_assistant.benches.knowledge_vectors import sentences
from voice_assistant.passages import Passage, article
from voice_assistant.reader import reader

needs_reader = pytest.mark.skipif(reader() is None, reason="the reader's model is not installed")

PACK = {
    "Glow beetle": ("Insect", "Glow beetles emit a green shimmer after dusk."),
    "Sud Ridge": ("Range", "The Sud Ridge rises to 2,100 metres. It is made of old granite."),
    "Anna Berg": ("Doctor (1820-1890)", "Anna Berg was a physician. She studied fevers."),
    "Dough": ("Food", "Dough is a thick paste out of flour and a liquid."),
}


@pytest.fixture
def library(tmp_path, monkeypatch):
    articles = {t: {"title": t, "description": a, "extract": x} for t, (a, x) in PACK.items()}
    file = tmp_path / "pack.json"
    file.write_text(json.dumps(articles), encoding="utf-8")
    texts = [[*sentences(article(each, "it"))] for each in articles.values()]
    made = vectors.Vectors(
        axes=np.eye(384, dtype=np.float32),
        rows=reader().read([sentence for each in texts for sentence in each]),
        starts=np.cumsum([0, *map(len, texts)]),
    )
    monkeypatch.setattr(vectors, "vectors", lambda: made)
    monkeypatch.setattr(knowledge, "SIZE", file.stat().st_size)
    library = knowledge.Library(":memory:")
    list(library.read_encyclopaedia(file, "Pack"))
    yield library
    library.close()


@needs_reader
@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("which bugs shine at night", "Glow beetle"),
        ("how high is the mountain chain", "Sud Ridge"),
        ("what do bakers knead", "Dough"),
    ],
)
def test_an_article_is_found_without_its_words(library, question, title):
    _, texts = library.candidates(question, "en")
    assert max(texts, key=lambda text: max(text.near)).title == title


@needs_reader
def test_the_sentence_that_answers_is_nearest(library):
    _, texts = library.candidates("which rock is the sud ridge formed from", "en")
    ridge = next(text for text in texts if text.title == "Sud Ridge")
    assert ridge.near.index(max(ridge.near)) == 1
    assert ridge.near_lead > 0


@needs_reader
def test_notes_and_other_languages_are_judged_by_their_words(library, tmp_path):
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "house.md").write_text("The boiler was serviced in May 2024.", encoding="utf-8")
    library.read_notes(notes)
    _, texts = library.candidates("when was the boiler serviced", "en")
    assert [bool(text.near) for text in texts if text.title == "house"] == [False]
    assert all(not text.near for text in library.candidates("鼠山有多高", "zh")[1])


@needs_reader
def test_the_reader_puts_an_answer_nearer_than_what_is_on_the_same():
    asked, answer, other = reader().read(
        [
            "what is the tallest mountain in africa",
            "Kilimanjaro: It is the highest peak of Africa.",
            "Climbing: People climb mountains for sport.",
        ]
    )
    assert asked @ answer > asked @ other
    assert np.linalg.norm(asked) == pytest.approx(1, abs=1e-5)


def test_the_vectors_are_those_of_the_encyclopaedia():
    catalog = catalogs.load()
    model = catalog.model("wiki-vital-en")
    assert model.files[0].size == vectors.SIZE
    if not catalog.installed(model.name):
        pytest.skip("the encyclopaedia is not installed")
    packed = json.loads((catalog.path(model.name) / model.files[0].name).read_text("utf-8"))
    passages: list[Passage] = [article(a, "it") for a in packed.values() if a["extract"]]
    counts = np.diff(vectors.vectors().starts).tolist()
    assert counts == [len([*sentences(each)]) for each in passages]
