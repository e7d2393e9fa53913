import json
import time

import pytest

from voice_assistant.benches.knowledge_weights import Example, fit
from voice_assistant.evidence import ALWAYS, Judge
from voice_assistant.knowledge import Library
from voice_assistant.question import Question
from voice_assistant.signs import Text
from voice_assistant.terms import terms

PACK = """{
 "a": {"title": "Hill Lake", "description": "Lake in Norland",
       "extract": "Hill Lake is a lake. It is 42 metres deep. Its fish are famous."},
 "b": {"title": "Ada Hill", "description": "Norland explorer (1790–1850)",
       "extract": "Ada Hill was an explorer from Norland. She discovered Hill Lake."},
 "c": {"title": "Norland", "description": "Country in the north",
       "extract": "Norland is a country. Its capital is Oskar. It is the third-largest there."},
 "d": {"title": "Sudland", "description": "Country in the south",
       "extract": "Sudland is a country. It is the largest country of the world."},
 "f": {"title": "The Hill", "description": "1920 novel",
       "extract": "The Hill is a novel by the Norland author Ole Berg. He wrote it with a friend."},
 "g": {"title": "Stilt crab", "description": "Animal",
       "extract": "The stilt crab has ten legs. It lives in Norland, Sudland, Estland and Westland."},
 "h": {"title": "Town of Wick", "description": "City in Norland",
       "extract": "Wick is the capital of Western Sudland. It has a population of 3,000."},
 "i": {"title": "Desertion", "extract": "Desertion is leaving without leave."},
 "j": {"title": "Desert", "extract": "A desert is dry land."},
 "k": {"title": "Long Water", "description": "River in Norland",
       "extract": "The Long Water is the longest river in the world, and the second-widest."},
 "l": {"title": "Short Water", "description": "River in Norland",
       "extract": "The Short Water is the longest east-flowing river in Norland."},
 "m": {"title": "Oskar", "description": "Capital of Norland",
       "extract": "Oskar is the most populous city in Norland and one of the oldest in the north."},
 "n": {"title": "Wick", "description": "City in Sudland",
       "extract": "Wick is the largest city of the Norland province of Farside."},
 "o": {"title": "Ivo Stern", "description": "Sudland engineer (1700–1760)",
       "extract": "Ivo Stern improved the design of the fog horn and invented the tide clock."},
 "p": {"title": "Rotfever", "description": "Disease",
       "extract": "Rotfever is a disease. It is caused by bad water. It can cause blindness."},
 "q": {"title": "Per Holm", "description": "President of Sudland (1920–1973)",
       "extract": "Per Holm was the president of Sudland until his death. He won the Hill Prize."},
 "r": {"title": "Tidalism", "extract": "Tidalism is the belief that the tides rule."},
 "e": {"title": "World War II", "description": "Global conflict (1939–1945)",
       "extract": "World War II was a global conflict."}
}"""


def _places(count: int) -> dict[str, dict[str, str]]:
    """Articles on nothing that is asked about: what is rare is told by the many others."""
    return {
        f"place {i}": {
            "title": f"Place {i}",
            "description": f"Town {i % 97}",
            "extract": f"Place {i} is a town of {i} people near river {i % 53} and hill {i % 31}.",
        }
        for i in range(count)
    }


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    file = tmp_path_factory.mktemp("pack") / "pack.json"
    file.write_text(json.dumps(json.loads(PACK) | _places(400)), encoding="utf-8")
    library = Library(file.with_name("index.db"))
    assert list(library.read_encyclopaedia(file, "Pack"))[-1] == 0
    library.close()
    return file


@pytest.fixture
def library(pack):
    library = Library(pack.with_name("index.db"))
    yield library
    library.close()


@pytest.mark.parametrize(
    ("question", "title", "fact"),
    [
        ("How deep is Hill Lake?", "Hill Lake", "42 metres"),
        ("Can you tell me who discovered Hill Lake?", "Ada Hill", "discovered"),
        ("when was ada hill born", "Ada Hill", "1790"),
        ("who was Ada Hill", "Ada Hill", "explorer"),
        ("what is the capital of norland", "Norland", "Oskar"),
        ("which is the largest country in the world", "Sudland", "largest"),
        ("when did world war 2 end", "World War II", "1945"),
        ("when did the second world war end", "World War II", "1945"),
        ("who wrote the hill", "The Hill", "Ole Berg"),
        ("how many legs does a stilt crab have", "Stilt crab", "ten legs"),
        ("what's the biggest country in the world", "Sudland", "largest"),
        ("what is a desert", "Desert", "dry land"),
        ("what is the longest river in norland", "Long Water", "longest river in the world"),
        ("which river is the second widest", "Long Water", "second-widest"),
        ("who invented the tide clock", "Ivo Stern", "tide clock"),
        ("what causes rotfever", "Rotfever", "bad water"),
        ("who won the hill prize", "Per Holm", "Hill Prize"),
        ("in what year did world war two end", "World War II", "1945"),
        ("can you explain what a desert is", "Desert", "dry land"),
        ("what do you call land where hardly any rain falls", "Desert", "dry land"),
        ("hill lake is in which country", "Hill Lake", "Norland"),
        ("what does it mean to be tidal", "Tidalism", "belief"),
    ],
)
def test_the_right_source_says_it(library, question, title, fact):
    finding = library.answer(question, "en")
    assert finding is not None
    assert finding.passage.title == title
    assert fact in finding.answer


@pytest.mark.parametrize(
    "question",
    [
        "what is the capital of sudland",
        "what is the population of norland",
        "how many lakes does norland have",
        "who is the cook of norland",
        "what is the capital of norland right now",
        "how deep is my hill lake",
        "what is the capital of zorblax",
        "how tall was ada hill",
        "who painted hill lake",
        "which is the second largest country in the world",
        "what is the oldest city in the north",
        "who is the president of sudland",
        "who is ada hill's teacher",
        "which street did ada hill live in as a child",
        "who discovered rotfever",
        "",
        "?",
    ],
)
def test_what_is_not_there_is_not_answered(library, question):
    assert library.answer(question, "en") is None


OTHERS = """{
 "a": {"title": "Anna II", "description": "Queen of Norland from 1900 to 1950",
       "extract": "Anna II was Queen of Norland from 1900 until 1950."},
 "b": {"title": "Ole Vang", "description": "Norland physician (1800–1870)",
       "extract": "Ole Vang was a physician. He has been called the father of fever medicine."},
 "c": {"title": "Stilt crab", "description": "Animal",
       "extract": "The stilt crab is an animal of the coast. There are thirty bristles on each leg."},
 "d": {"title": "Norland", "description": "Country in the north (北国)",
       "extract": "Norland (北国) is a country. With a population exceeding 134 million, it is large."}
}"""


@pytest.fixture(scope="module")
def others(tmp_path_factory):
    file = tmp_path_factory.mktemp("pack") / "pack.json"
    file.write_text(json.dumps(json.loads(OTHERS) | _places(400)), encoding="utf-8")
    library = Library(":memory:")
    list(library.read_encyclopaedia(file, "Pack"))
    yield library
    library.close()


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("how many bristles are on a stilt crab's leg", "thirty"),
        ("how many people live in norland", "134 million"),
        ("who is called the father of fever medicine", "Ole Vang"),
    ],
)
def test_numbers_in_words_and_who_a_title_is_are_read(others, question, fact):
    finding = others.answer(question, "en")
    assert finding is not None
    assert fact in finding.answer


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("who is the queen of norland", "en"),  # her time is over
        ("北国有多大", "zh"),  # an English article is no answer to a Chinese question
        ("北国在哪里", "zh"),
        ("what do the people of norland think of us", "en"),
    ],
)
def test_what_is_over_or_in_another_language_is_not_said(others, question, language):
    assert others.answer(question, language) is None


def test_weights_tell_what_only_two_signs_together_tell():
    both = [(a, b) for a in (0.0, 1.0) for b in (0.0, 1.0)]
    examples = [Example({"a": a, "b": b}, right=a == b) for a, b in both * 50]
    weights = fit(examples, ["a", "b"])
    assert weights["a"]["b"] > 0
    assert weights["a"][ALWAYS] < 0
    assert weights["b"][ALWAYS] < 0


def test_notes_in_both_languages_are_found_and_forgotten(library, tmp_path):
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "house.md").write_text("# House\n\nThe boiler was serviced in **May 2024**.", "utf-8")
    (notes / "家.txt").write_text("无线网密码是小猫三号。\n\n垃圾每周二收。", "utf-8")
    library.read_notes(notes)
    assert "May 2024" in library.answer("when was the boiler serviced", "en").answer
    assert "小猫三号" in library.answer("无线网密码是什么？", "zh").answer
    assert "周二" in library.answer("垃圾什么时候收？", "zh").answer
    assert library.answer("冰箱什么时候买的？", "zh") is None
    (notes / "house.md").unlink()
    library.read_notes(notes)
    assert library.answer("when was the boiler serviced", "en") is None


def test_reading_goes_on_where_it_was_left(tmp_path, monkeypatch):
    count = len(json.loads(PACK))
    monkeypatch.setattr("voice_assistant.knowledge.STEP", count - 3)
    (tmp_path / "pack.json").write_text(PACK, encoding="utf-8")
    first = Library(tmp_path / "index.db")
    assert next(first.read_encyclopaedia(tmp_path / "pack.json", "Pack")) == 3
    first.close()
    second = Library(tmp_path / "index.db")
    assert list(second.read_encyclopaedia(tmp_path / "pack.json", "Pack")) == [0]
    assert list(second.read_encyclopaedia(tmp_path / "pack.json", "Pack")) == []
    assert second.answer("who was Ada Hill", "en") is not None
    second.close()


@pytest.mark.parametrize(
    ("question", "title", "fact"),
    [
        ("what is meant by a desert", "Desert", "dry land"),  # "meant" is said in no article
        ("since when has ada hill been dead", "Ada Hill", "1850"),
        ("how many limbs has the stilt crab got", "Stilt crab", "ten legs"),
        ("where can you find stilt crabs", "Stilt crab", "Sudland"),
    ],
)
def test_other_words_than_the_article_s_find_it(library, question, title, fact):
    finding = library.answer(question, "en")
    assert finding is not None
    assert finding.passage.title == title
    assert fact in finding.answer


def test_a_source_that_is_read_anew_counts_its_words_once(tmp_path):
    file = tmp_path / "pack.json"
    file.write_text(PACK, encoding="utf-8")
    library = Library(":memory:")
    list(library.read_encyclopaedia(file, "Pack"))
    before = library._rarity(["norland", "crab"])
    file.write_text(PACK + " ", encoding="utf-8")
    list(library.read_encyclopaedia(file, "Pack"))
    assert library._rarity(["norland", "crab"]) == before
    library.close()


def test_marks_that_nobody_says_part_no_words():
    assert terms("Hawaiʻi") == terms("hawaii")
    assert terms("Baháʼí") == terms("bahai")


def test_terms():
    assert terms("Invented inventor's inventions") == ["invent", "invent", "invent"]
    assert terms("长城") == ["长", "城", "长城"]
    assert terms("3.14 and 1,000 Café") == ["3p14", "and", "1000", "caf"]


def test_what_a_question_asks_for():
    question = Question.of("Could you please tell me what the largest country is?", "en")
    assert question.most is not None
    assert (question.most.term, question.most.kind) == ("largest", "countr")
    assert Question.of("什么是长城？", "zh").thing == "长 城 长城"


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("when did henry the eighth die", "when did henry viii die"),
        ("who was queen anne the second's father", "who was queen anne ii's father"),
        ("who was the eighteenth mayor", "who was the 18th mayor"),
        ("who was the first king of norland", "who was the first king of norland"),
        ("which land has the most people", "which land is the most populous"),
    ],
)
def test_ordinals_are_read_as_an_encyclopaedia_writes_them(asked, read):
    assert Question.of(asked, "en").text == read


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("what is the tallest hill in norland", "It is the highest hill in Norland."),
        (
            "which land has the most people",
            "It is the third land by area and the largest by population.",
        ),
    ],
)
def test_the_most_in_other_words(asked, said):
    most = Question.of(asked, "en").most
    assert most is not None
    cost = most.narrowed(said)
    assert cost is not None
    assert cost < 1
    other = said.replace("highest", "second-highest").replace("population", "area")
    assert most.narrowed(other) is None


def test_the_largest_of_a_part_is_far_from_the_largest():
    most = Question.of("what is the largest planet in the solar system", "en").most
    assert most is not None
    whole = most.narrowed("It is the fifth planet, and the largest in the Solar System.")
    part = most.narrowed("It is the largest dwarf planet in the Solar System.")
    assert whole is not None
    assert part is not None
    assert part >= 1 > whole
    assert most.narrowed("It is the ninth-largest planet in the Solar System.") is None


def test_what_is_named_itself_comes_before_what_only_begins_so():
    question = Question.of("tell me about whales", "en")
    signs = Judge(question, {}).signs
    named = {}
    for title in ("Whale", "Whaling"):
        text = Text(title=title, about="", text=f"{title} is of the sea.")
        named[title] = signs.passage(text, signs.sentences(text)[1])["named_so"]
    assert named == {"Whale": 1.0, "Whaling": 0.0}


def test_words_that_stand_together():
    signs = Judge(Question.of("who wrote animal farm", "en"), {}).signs
    features = [
        signs.sentences(Text(title="X", about="", text=said))[1][0]["apart"]
        for said in ("He wrote Animal Farm.", "The farm of an animal was his.")
    ]
    assert features == [0.0, 1.0]


def test_it_is_quick_over_ten_thousand_articles(tmp_path):
    (tmp_path / "pack.json").write_text(json.dumps(_places(10_000)), encoding="utf-8")
    library = Library(":memory:")
    list(library.read_encyclopaedia(tmp_path / "pack.json", "Pack"))
    library.answer("warm up", "en")
    began = time.thread_time()
    for number in range(20):
        finding = library.answer(f"how many people live in place {number * 401}", "en")
        assert finding is not None
        assert finding.passage.title == f"Place {number * 401}"
    assert (time.thread_time() - began) / 20 < 0.02
    library.close()
