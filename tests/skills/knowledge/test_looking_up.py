"""Looking things up, with the source; and what is not there."""

from __future__ import annotations

import pytest
from voice_assistant_skills.knowledge.skill import Knowledge

from tests.fakes import TryOut
from tests.skills.sentences import sentences_of
from voice_assistant.knowledge import Finding
from voice_assistant.passages import Passage
from voice_assistant.session import Exchange
from voice_assistant.turn import Route

pytestmark = pytest.mark.anyio
test_sentences = sentences_of("knowledge")

LAKE = Passage(
    source="Wikipedia",
    title="Hill Lake",
    text="Hill Lake is a lake. It is 42 metres deep. Its fish are famous. Swans sit.",
)
NOTE = Passage(source="note:house.md", title="house", text="The boiler was serviced in May.")


class Shelf:
    ready = True

    def __init__(self, passage=None, answer=""):
        self.finding = passage and Finding(passage=passage, answer=answer, sure=1.0)

    async def answer(self, text, language):
        self.asked = text
        return self.finding


def home(tmp_path, shelf) -> TryOut:
    return TryOut(Knowledge, tmp_path, services={"knowledge": shelf} if shelf else {})


async def test_the_answer_names_its_source_and_goes_on_when_asked(tmp_path):
    kitchen = home(tmp_path, Shelf(LAKE, "Hill Lake: It is 42 metres deep."))
    outcome = await kitchen.ask("answer", text="how deep is hill lake")
    assert "Wikipedia" in outcome.text
    assert "42 metres" in outcome.text
    assert "CC BY-SA" in outcome.display
    assert "Hill Lake" in (await kitchen.ask("source")).text
    assert (await kitchen.ask("more")).text == "Hill Lake is a lake. Its fish are famous."
    assert (await kitchen.ask("more")).text == "Swans sit."
    assert "all there is" in (await kitchen.ask("more")).text


async def test_a_note_is_called_a_note(tmp_path):
    kitchen = home(tmp_path, Shelf(NOTE, NOTE.text))
    outcome = await kitchen.ask("answer", "zh", text="锅炉什么时候修的")
    assert "笔记" in outcome.text
    assert "CC BY-SA" not in outcome.display


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_what_is_not_found_is_not_made_up(tmp_path, language):
    text = "谁发明了飞碟茶壶" if language == "zh" else "who invented the flibberjet"
    outcome = await home(tmp_path, Shelf()).ask("answer", language, text=text)
    assert ("不" if language == "zh" else "not") in outcome.text or "don't know" in outcome.text
    assert outcome.turn.route.then is None


async def test_while_reading_and_without_a_library_it_says_so(tmp_path):
    reading = Shelf()
    reading.ready = False
    text = "who invented the flibberjet"
    assert "still reading" in (await home(tmp_path, reading).ask("answer", text=text)).text
    assert "wiki-vital-en" in (await home(tmp_path, None).ask("answer", text=text)).text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "do you like the sea"),
        ("en", "what should i wear"),
        ("en", "can you tell me what you dream of"),
        ("zh", "你觉得我该怎么办"),
    ],
)
async def test_talk_is_left_to_chat(tmp_path, language, text):
    outcome = await home(tmp_path, Shelf()).ask("answer", language, text=text)
    assert outcome.text == ""
    assert outcome.turn.route.then.skill == "chat"


@pytest.mark.parametrize(
    "text",
    [
        "how do i make friends",
        "what should we do this afternoon",
        "do you ever sleep",
        "what a beautiful morning",
    ],
)
async def test_what_is_asked_of_whoever_listens_is_answered_by_no_book(tmp_path, text):
    kitchen = home(tmp_path, Shelf(LAKE, "Hill Lake: It is 42 metres deep."))
    outcome = await kitchen.ask("answer", text=text)
    assert "Wikipedia" not in (outcome.text or "")


@pytest.mark.parametrize(
    "text",
    [
        "how do magnets work",
        "why do we dream",
        "do you know how deep hill lake is",
        "what an atom is",
    ],
)
async def test_the_world_is_answered_by_the_book(tmp_path, text):
    kitchen = home(tmp_path, Shelf(LAKE, "Hill Lake: It is 42 metres deep."))
    assert "Wikipedia" in (await kitchen.ask("answer", text=text)).text


async def test_a_polite_question_about_the_world_is_no_talk(tmp_path):
    outcome = await home(tmp_path, Shelf()).ask("answer", text="can you tell me who built zorblax")
    assert outcome.text


def after(kitchen: TryOut, skill: str, text: str, *said: str) -> None:
    """Remember a turn."""
    route = Route(skill=skill, intent="answer", text=text, stage=skill)
    now = kitchen.clock.now()
    kitchen.session.remember(Exchange(when=now, text=text, route=route, said=said))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("who discovered it", "who discovered Hill Lake"),
        ("what are its fish like", "what are Hill Lake's fish like"),
        ("is it in norway", "is Hill Lake in norway"),
        ("what about mirror pond", "how deep is mirror pond"),
        ("and how about the dead sea", "how deep is dead sea"),
        ("how deep is mirror pond", "how deep is mirror pond"),
    ],
)
async def test_what_goes_on_keeps_the_subject(tmp_path, text, asked):
    shelf = Shelf(LAKE, "Hill Lake: It is 42 metres deep.")
    kitchen = home(tmp_path, shelf)
    await kitchen.ask("answer", text="how deep is hill lake")
    after(kitchen, "knowledge", "how deep is hill lake")
    assert "Wikipedia" in (await kitchen.ask("answer", text=text)).text
    assert shelf.asked == asked


@pytest.mark.parametrize(
    ("passage", "answer", "asked"),
    [
        (
            Passage(source="Wikipedia", title="The Hill", about="1920 novel", text="A novel."),
            "The Hill is a novel by the Norland author Ole Berg.",
            "when did Ole Berg die",
        ),
        (
            Passage(
                source="Wikipedia", title="Ada Hill", about="Explorer (1790–1850)", text="She."
            ),
            "Ada Hill was an explorer, like Ole Berg.",
            "when did Ada Hill die",
        ),
        (LAKE, "Hill Lake is a lake.", "when did he die"),
    ],
)
async def test_he_is_a_person(tmp_path, passage, answer, asked):
    shelf = Shelf(passage, answer)
    kitchen = home(tmp_path, shelf)
    await kitchen.ask("answer", text="who wrote the hill")
    after(kitchen, "knowledge", "who wrote the hill")
    await kitchen.ask("answer", text="when did he die")
    assert shelf.asked == asked


async def test_another_skill_s_turn_between_ends_the_subject(tmp_path):
    shelf = Shelf(LAKE, "Hill Lake: It is 42 metres deep.")
    kitchen = home(tmp_path, shelf)
    await kitchen.ask("answer", text="how deep is hill lake")
    after(kitchen, "timers", "set a timer")
    await kitchen.ask("answer", text="why is it ringing")
    assert shelf.asked == "why is it ringing"


async def test_what_goes_on_with_a_talk_stays_talk(tmp_path):
    kitchen = home(tmp_path, Shelf())
    after(kitchen, "chat", "i had a terrible day at work")
    outcome = await kitchen.ask("answer", text="why does this happen at work")
    assert outcome.turn.route.then.skill == "chat"
    after(kitchen, "chat", "i had a terrible day at work")
    outcome = await kitchen.ask("answer", text="who invented the flibberjet")
    assert outcome.turn.route.then is None
    assert outcome.text


async def test_what_is_only_named_is_looked_up_or_else_it_is_talk(tmp_path):
    kitchen = home(tmp_path, Shelf(LAKE, "Hill Lake: It is 42 metres deep."))
    found = await kitchen.ask("named", text="depth of hill lake")
    assert "42 metres" in found.text
    assert found.turn.route.then is None
    for text in ("lots of love from grandma", "i fell in the lake"):
        shelf = Shelf(LAKE, "Hill Lake is a lake.") if text.startswith("i ") else Shelf()
        talk = await home(tmp_path, shelf).ask("named", text=text)
        assert talk.turn.route.then.skill == "chat"
        assert not talk.text


async def test_a_story_answers_what_it_told(tmp_path):
    kitchen = home(tmp_path, Shelf(LAKE, "Hill Lake: It is 42 metres deep."))
    told = ("A fox called Rusty lived in the wood.", "One day he met a lost lamb by the stream.")
    after(kitchen, "stories", "tell me a story about a fox", *told)
    outcome = await kitchen.ask("answer", text="what was the fox called")
    assert "Rusty" in outcome.text
    assert "Wikipedia" not in outcome.text
    assert "Wikipedia" in (await kitchen.ask("answer", text="how deep is hill lake")).text
