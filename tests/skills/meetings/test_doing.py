"""What is done with a meeting: moments played, speakers named, to-dos on lists, drafts."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from voice_assistant_skills.meetings import talk
from voice_assistant_skills.meetings.command import Command
from voice_assistant_skills.meetings.excerpt import Excerpt
from voice_assistant_skills.meetings.skill import Meetings

from tests.fakes import TryOut
from tests.skills.meetings.fakes import Counting, Loud
from tests.skills.meetings.test_reading import Reader
from voice_assistant.audio.frames import FRAME, RATE
from voice_assistant.errors import VoiceAssistantError
from voice_assistant.workers import InlineWorker

pytestmark = pytest.mark.anyio

TALK = """Anna: Let's go with the second of June.
Ben: I'll send the press release to Clara by Friday.
Clara: Ben, could you also check the price?
Anna: I will book the hall for the ninth of March.
"""


class Played:
    """A media player that remembers what it was given."""

    rate = 48_000
    media_idle = False

    def __init__(self) -> None:
        self.source = None
        self.stopped = False

    def play_media(self, cue):
        self.source = cue.source

    def stop_media(self):
        self.stopped = True


class Endless:
    """A source of ones."""

    left = None
    position = 0.0

    def __init__(self, path=None, start=0.0):
        self.path, self.start = path, start

    def read(self, n):
        return np.ones((n, 2), np.float32)

    def close(self):
        pass


class Shelf:
    """Lists and reminders as their skills offer them."""

    def __init__(self):
        self.kept = []

    def add(self, *what):
        self.kept.append(what)
        return lambda: self.kept.remove(what)


@pytest.fixture
def room(tmp_path):
    lists, reminders, media = Shelf(), Shelf(), Played()
    services = {
        "scribe": Counting,
        "detector": Loud,
        "voice_encoder": lambda: None,
        "background": InlineWorker(),
        "lists": lists,
        "reminders": reminders,
        "open_track": Endless,
    }
    room = TryOut(Meetings, tmp_path / "meetings", services=services, media=media, settings={})
    room.lists, room.reminders, room.media = lists, reminders, media
    return room


async def brought_in(room, tmp_path, text=TALK):
    path = tmp_path / "talk.txt"
    path.write_text(text, encoding="utf-8")
    (record,) = [each async for each in room.skill.command(["import", str(path)])]
    return record


async def test_a_moment_is_played_from_the_recording(room, tmp_path):
    record = await brought_in(room, tmp_path)
    outcome = await room.ask("when", topic="the press release")
    assert "At 0:03" in outcome.text
    source = room.media.source
    assert source._source.path == Path(tmp_path / "talk.txt")
    segment = record["segments"][1]
    assert source._source.start == pytest.approx(segment["start"] - 1.0)
    assert await room.halt()
    assert room.media.stopped
    assert not await room.halt()


async def test_that_moment_means_the_last_answer(room, tmp_path):
    await brought_in(room, tmp_path)
    assert "Ask me when" in (await room.ask("play")).text
    await room.ask("ask", topic="the hall")
    assert (await room.ask("play")).text == ""
    assert room.media.source is not None
    (tmp_path / "talk.txt").unlink()
    assert "no sound" in (await room.ask("play")).text


def test_an_excerpt_ends():
    excerpt = Excerpt(Endless(), 0.5, 1000)
    assert len(excerpt.read(400)) == 400
    assert excerpt.left == 100
    assert len(excerpt.read(400)) == 100
    assert excerpt.left == 0


async def test_to_dos_go_to_the_list(room, tmp_path):
    await brought_in(room, tmp_path)
    outcome = await room.ask("collect", person="ben")
    assert "2 to-dos" in outcome.text
    (items, name) = room.lists.kept[0]
    assert name == "To-do"
    assert items[0] == "Ben: I'll send the press release to Clara by Friday"
    assert "no to-dos for Tom" in (await room.ask("collect", person="Tom")).text
    assert outcome.receipts[0].result["list"] == "To-do"
    assert "off the to-do list" in await outcome.receipts[0].undo()
    assert room.lists.kept == []


async def test_my_to_dos_of_this_weeks_meetings(room, tmp_path):
    await brought_in(room, tmp_path)
    (tmp_path / "more").mkdir()
    await brought_in(room, tmp_path / "more", "Ben: I'll write the report by Monday.\n")
    room.skill.home.settings["me"] = "Ben"
    asked = await room.ask("todos", text="what are my to-dos from this week's meetings")
    assert "press release" in asked.text
    assert "report" in asked.text
    assert "hall" not in asked.text
    everyone = await room.ask("todos", text="the to-dos of this week's meetings")
    assert "hall" in everyone.text
    room.clock.jump(timedelta(days=14))
    assert "no such to-dos" in (await room.ask("todos", text="my to-dos this week")).text


async def test_people_of_kept_meetings_and_their_figures_are_asked_about(room, tmp_path):
    assert room.skill.vocabulary("en") == {"member": []}
    await brought_in(room, tmp_path, "Anna: The hall costs 300 euros.\nBen: I'll call the baker.")
    assert room.skill.vocabulary("en") == {"member": ["anna", "ben"]}
    outcome = await room.ask("todos", text="what does ben have to do", member="ben")
    assert "call the baker" in outcome.text
    outcome = await room.ask("figures", text="what numbers came up in the meeting")
    assert "300 euros" in outcome.text


async def test_a_meeting_is_meant_by_its_day_or_by_who_was_there(room, tmp_path):
    await brought_in(room, tmp_path)
    assert room.skill.latest(said="what happened in yesterday's meeting") is None
    assert room.skill.latest(said="what happened in today's meeting") is not None
    assert room.skill.latest("clara") is not None
    assert room.skill.latest("penguins") is None


async def test_to_dos_with_a_date_become_reminders(room, tmp_path):
    await brought_in(room, tmp_path)
    outcome = await room.ask("remind")
    due = {task.split(":")[0]: when for task, when in room.reminders.kept}
    assert "remind you of 2 to-dos." in outcome.text
    assert "1 to-do without a date" in outcome.text
    assert due["Ben"].isoformat() == "2026-11-27T09:00:00+01:00"
    assert due["Anna"].isoformat() == "2027-03-09T09:00:00+01:00"
    await outcome.receipts[0].undo()
    assert room.reminders.kept == []


async def test_a_speaker_is_named_and_the_name_taken_back(room, tmp_path):
    await brought_in(room, tmp_path)
    outcome = await room.ask("rename", speaker=2, person="benjamin")
    assert "Ben is Benjamin now" in outcome.text
    assert "Benjamin: I'll send" in (await room.ask("todos")).text
    assert "3 speakers" in (await room.ask("rename", speaker=9, person="x")).text
    await outcome.receipts[0].undo()
    assert "Benjamin" not in (await room.ask("todos")).text


async def test_minutes_for_a_word_processor(room, tmp_path):
    from docx import Document

    record = await brought_in(room, tmp_path)
    data = (Path(record["folder"]) / "minutes.docx").read_bytes()
    text = [each.text for each in Document(io.BytesIO(data)).paragraphs]
    assert text[0] == "talk"
    assert "Let's go with the second of June. [0:00]" in text
    assert any(each.startswith("☐ Ben: I'll send") and each.endswith("[0:03]") for each in text)


async def test_by_hand(room, tmp_path):
    record = await brought_in(room, tmp_path)
    command = Command(room.skill.home, room.skill.archive, room.skill.importer)

    async def run(*words):
        return [each async for each in command.run(words)]

    (renamed,) = await run("rename", "Clara", "Claire")
    assert "Claire" in renamed["text"]
    with pytest.raises(VoiceAssistantError, match="does not speak"):
        await run("rename", "Nobody", "X")
    (confirmed,) = await run("confirm")
    assert confirmed == confirmed | {"confirmed": True, "audio_deleted": False}
    assert record["id"] in room.skill.archive.ids()
    with pytest.raises(VoiceAssistantError):
        await run("minutes", "--thorough")
    assert await run("resume") == []


async def test_the_model_reads_it_with_progress(tmp_path, monkeypatch):
    monkeypatch.setattr(talk, "score", lambda signs, kind, language: -1.1)  # all is in doubt
    services = {
        "scribe": Counting,
        "detector": Loud,
        "voice_encoder": lambda: None,
        "background": InlineWorker(),
    }
    mind = Reader({"tidy up": "task Clara", "Point 7 ": "decision"})
    room = TryOut(Meetings, tmp_path / "meetings", services=services, mind=mind)
    lines = "".join(f"Clara: Point {n} is about the fence.\n" for n in range(100))
    await brought_in(room, tmp_path, lines + "Clara: Tidy up is on me.\n")
    outcome = await room.ask("thorough")
    assert sum("percent" in each for each in outcome.said) >= 2
    assert "1 decision, " in outcome.text
    folder = tmp_path / "meetings" / room.skill.archive.ids()[0]
    assert json.loads((folder / "findings.json").read_text())["decisions"] == [7]
    assert "Point 7" in (folder / "minutes.md").read_text().split("## Decisions")[1]


RECORDED = [np.zeros(FRAME, np.int16)] * 50 + [np.full(FRAME, 8000, np.int16)] * 100


class Mic:
    """A microphone with three seconds in it."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def frames(self):
        yield from RECORDED

    def close(self):
        pass


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_a_recording_by_hand(room, tmp_path, anyio_backend):
    services = dict(room.skill.home.services) | {"microphone": Mic}
    room = TryOut(Meetings, tmp_path / "kept", services=services)
    seconds = len(RECORDED) * FRAME / RATE
    words = ["record", "--title", "Garden", "--hint", "Bluebird", "--minutes", str(seconds / 60)]
    records = [each async for each in room.skill.command(words)]
    assert records[0]["recording"] is True
    assert records[-1]["done"]
    assert [each["text"] for each in records[-1]["segments"]] == ["We agreed on point 1."]
    assert room.skill.archive.find("garden").hints == ("Bluebird",)


async def test_a_draft_is_made_from_the_meeting_or_from_what_is_said(room, tmp_path):
    await brought_in(room, tmp_path)
    formal = await room.ask(
        "draft", text="a formal mail from the meeting", kind="email", tone="formal"
    )
    assert "Dear colleagues," in formal.display
    asked = await room.ask("draft", text="write a proposal", kind="proposal", answers=["yes"])
    assert asked.asked
    assert "[0:0" in asked.display
    brief = "a summer party for our 12 neighbours"
    told = await room.ask("draft", text="write a proposal", kind="proposal", answers=["no", brief])
    assert "A summer party for our 12 neighbours." in told.display
    assert "[0:0" not in told.display
    given = await room.ask(
        "draft", "zh", text="写一份关于新茶饮的营销计划", kind="campaign", brief="新茶饮"
    )
    assert not given.asked
    assert "新茶饮" in given.display
    wish = "write an email to the neighbours that we sing on friday"
    sent = await room.ask(
        "draft", text=wish, kind="email", brief="the neighbours that we sing on friday"
    )
    assert "Hello neighbours," in sent.display
    assert "We sing on Friday." in sent.display
    wish = "write an email to the team about the meeting"
    sent = await room.ask("draft", text=wish, kind="email", brief="the team about the meeting")
    assert "[0:0" in sent.display


async def test_my_to_dos_of_the_week_are_asked_for_by_name_once(room, tmp_path):
    await brought_in(room, tmp_path)
    wish = "what are my to-dos from this week's meetings"
    told = await room.ask("todos", text=wish, answers=["I'm Ben"])
    assert told.asked
    assert "press release" in told.text
    assert "book the hall" not in told.text
    again = await room.ask("todos", text="what are my to-dos")
    assert not again.asked
    assert "press release" in again.text
