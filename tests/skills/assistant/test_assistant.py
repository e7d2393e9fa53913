"""The assistant about itself: from the turns, the receipts and the log, never from thin air."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from voice_assistant_skills.assistant.skill import AssistantSkill

from tests.fakes import NOW, TryOut
from tests.skills.sentences import sentences_of
from voice_assistant.aliases import Aliases, Shortcuts
from voice_assistant.session import Exchange
from voice_assistant.skill import Job, Receipt
from voice_assistant.store import Database, Store
from voice_assistant.turn import Route

pytestmark = pytest.mark.anyio
test_sentences = sentences_of("assistant")


class FakeAbout:
    def __init__(self):
        self.settings = {"speaking.pace": 1.0, "speaking.voice": "", "language": "auto"}
        self.settings |= {"listening.sensitivity": 0.5, "listening.patience": 1.0}
        self.settings |= {"listening.wake_words": ("hey_jarvis",)}
        self.forgotten_since: datetime | None = None
        self.microphone = True

    def examples(self, language):
        return [f"example {n}" for n in range(7)]

    def title(self, skill, intent, language):
        return {"en": "set a timer", "zh": "设一个计时器"}[language] if skill else ""

    def every_example(self, language):
        return ["delete my timers", "set a timer for ten minutes", "how long is the timer"]

    def get(self, key):
        return self.settings[key]

    def change(self, key, value):
        self.settings[key] = value

    def forget(self, since):
        self.forgotten_since = since
        return 4

    def privacy(self, on):
        self.microphone = not on


class FakeNetwork:
    def __init__(self, *contacts):
        self.list = [SimpleNamespace(skill=skill, host=host) for skill, host in contacts]

    def contacts(self, since):
        return self.list


@pytest.fixture
def about():
    return FakeAbout()


@pytest.fixture
def hall(tmp_path, about):
    return TryOut(AssistantSkill, tmp_path, services={"assistant": about, "network": FakeNetwork()})


def happened(hall, text, said, *receipts, error=None, stage="template"):
    route = Route(skill="timers", intent="set", text=text, stage=stage, confidence=0.8)
    hall.session.turns.append(
        Exchange(when=NOW, text=text, route=route, said=said, receipts=receipts, error=error)
    )


async def test_other_examples_each_time(hall):
    said = [(await hall.ask("help")).text for _ in range(2)]
    assert "example 0" in said[0]
    assert "example 3" in said[1]
    assert "example 0" not in said[1]


async def test_what_it_heard_and_why(hall):
    assert "Nothing" in (await hall.ask("heard")).text
    happened(hall, "set a timer", ("For how long?",))
    assert "set a timer" in (await hall.ask("heard")).text
    assert (await hall.ask("why")).text.endswith("set a timer.")
    happened(hall, "some minutes of time", ("What?",), stage="match")
    assert "80 percent" in (await hall.ask("why")).text
    chinese = (await hall.ask("why", "zh")).text
    assert "百分之八十" in chinese
    assert "“设一个计时器”" in chinese
    assert "timers" not in chinese
    happened(hall, "boom", (), error="it broke")
    assert "failed" in (await hall.ask("why")).text


async def test_again_and_slower(hall):
    assert "haven't said" in (await hall.ask("repeat")).text
    happened(hall, "hello", ("First.", "Second."))
    assert (await hall.ask("repeat")).text == "First. Second."
    slow = await hall.ask("slowly")
    assert [piece.prosody.pace for piece in slow.pieces] == [0.75, 0.75]


async def test_done_only_with_a_receipt(hall):
    happened(hall, "what time is it", ("It's 10 AM.",))
    assert (await hall.ask("done")).text.startswith("No")
    happened(hall, "set a timer", ("Timer set.",), Receipt(action="timers.set"))
    assert (await hall.ask("done")).text == "Yes. Timer set."


async def test_what_was_taken_back_is_no_longer_said_to_be_done(hall):
    async def undo():
        return "No reminder."

    happened(hall, "remind me", ("I'll remind you.",), Receipt(action="reminders.set", undo=undo))
    outcome = await hall.ask("undo")
    route = Route(skill="assistant", intent="undo", text="undo")
    hall.session.turns.append(
        Exchange(when=NOW, text="undo", route=route, said=outcome.said, receipts=outcome.receipts)
    )
    assert (await hall.ask("done")).text == "Yes. No reminder."


async def test_what_is_named_is_what_was_done(hall):
    happened(hall, "add two minutes", ("12 minutes left.",), Receipt(action="timers.extend"))
    happened(hall, "carry on", ("Going on.",), Receipt(action="timers.resume"))
    assert "Going on" in (await hall.ask("done")).text
    assert "12 minutes" in (await hall.ask("done", what="the two minutes")).text


async def test_undo_goes_back_step_by_step(hall):
    undone = []

    def receipt(name):
        async def undo():
            undone.append(name)
            return f"{name} undone."

        return Receipt(action=name, undo=undo)

    happened(hall, "a", ("A.",), receipt("first"))
    happened(hall, "b", ("B.",), receipt("second"))
    happened(hall, "c", ("C.",))
    assert (await hall.ask("undo")).text == "second undone."
    assert (await hall.ask("undo")).text == "first undone."
    assert "nothing" in (await hall.ask("undo")).text
    assert undone == ["second", "first"]


async def test_what_was_missed_is_told_once(hall):
    assert "nothing" in (await hall.ask("missed")).text
    job = Job(id=0, skill="timers", due=NOW - timedelta(hours=2), data={"title": "egg timer"})
    hall.scheduler.miss(job)
    assert "egg timer, at 8 AM" in (await hall.ask("missed")).text
    assert "nothing" in (await hall.ask("missed")).text


async def test_forgetting_is_confirmed(hall, about):
    happened(hall, "secret", ("OK.",))
    await hall.ask("forget", answers=["no"])
    assert about.forgotten_since is None
    assert "4 turns" in (await hall.ask("forget", answers=["yes"])).said[-1]
    assert about.forgotten_since == NOW.replace(hour=0)
    assert "Nothing" in (await hall.ask("heard")).text


async def test_what_was_sent_comes_from_the_log(hall, tmp_path):
    assert "Nothing has left" in (await hall.ask("sent")).text
    network = FakeNetwork(("weather", "api.open-meteo.com"), ("weather", "api.open-meteo.com"))
    online = TryOut(AssistantSkill, tmp_path, services={"network": network})
    assert (await online.ask("sent")).text.count("open-meteo") == 1


async def test_settings_by_voice(hall, about):
    outcome = await hall.ask("faster")
    assert about.settings["speaking.pace"] == 1.15
    await outcome.receipts[0].undo()
    assert about.settings["speaking.pace"] == 1.0
    for _ in range(6):
        await hall.ask("slower")
    assert about.settings["speaking.pace"] >= 0.5
    await hall.ask("normal_pace")
    await hall.ask("more_sensitive")
    assert about.settings["listening.sensitivity"] == 0.6
    for name, patience in (("patient", 2.0), ("patient", 3.0), ("patient", 3.0), ("brisk", 2.0)):
        await hall.ask(name)
        assert about.settings["listening.patience"] == patience
    await hall.ask("language", spoken="zh")
    assert about.settings["language"] == "zh"


async def test_the_microphone_closes_for_a_while_with_a_sound_each_way(hall, about, tmp_path):
    outcome = await hall.ask("privacy", duration=timedelta(minutes=10))
    assert "for 10 minutes" in outcome.text
    assert outcome.pieces[-1].sound is not None
    assert not about.microphone
    (job,) = hall.scheduler.jobs()
    assert job.due - NOW == timedelta(minutes=10)
    about.microphone = True
    await hall.skill.start()  # started anew meanwhile
    assert not about.microphone
    opened = await hall.due(job)
    assert about.microphone
    assert opened.pieces[0].sound is not None
    assert opened.text == ""
    assert "关上一个小时" in (await hall.ask("privacy", "zh")).text
    assert "no microphone" in (await TryOut(AssistantSkill, tmp_path).ask("privacy")).text.lower()


@pytest.mark.parametrize(("answer", "open_still"), [("no", True), ("yes", False)])
async def test_on_a_guess_it_asks_before_it_closes_the_microphone(hall, about, answer, open_still):
    outcome = hall.turn(text="what was I listening to", intent="privacy", answers=[answer])
    outcome.turn.route = replace(outcome.turn.route, stage="match")
    await hall.run(outcome, hall.skill.privacy(outcome.turn))
    assert outcome.asked == ["Shall I close the microphone for 1 hour?"]
    assert about.microphone is open_still


async def test_another_wake_word(hall, about):
    assert "okay nabu, hey Jarvis, Alexa or hey Mycroft" in (await hall.ask("wake_word")).text
    outcome = await hall.ask("wake_word", wake_word="alexa")
    assert "answer to Alexa" in outcome.text
    assert about.settings["listening.wake_words"] == ["alexa"]
    await outcome.receipts[0].undo()
    assert about.settings["listening.wake_words"] == ["hey_jarvis"]


class FakeCatalog:
    """Three voices, of which those given are installed."""

    def __init__(self, *installed):
        self.there = installed
        kinds = {"amy": ("en",), "joe": ("en",), "xia": ("zh",)}
        self.models = {
            name: SimpleNamespace(name=name, kind="voice", languages=languages)
            for name, languages in kinds.items()
        }

    def installed(self, name):
        return name in self.there

    def best(self, kind, language):
        return next((m for m in self.models.values() if language in m.languages), None)


async def test_another_voice_of_those_installed(tmp_path, about):
    services = {"assistant": about, "catalog": FakeCatalog("amy", "joe", "xia")}
    hall = TryOut(AssistantSkill, tmp_path, services=services)
    for voice in ("joe", "amy", "joe"):
        assert f"the voice {voice}" in (await hall.ask("voice")).text
        assert about.settings["speaking.voice"] == voice
    about.settings["speaking.voice"] = ""
    assert "只有这一个声音" in (await hall.ask("voice", "zh")).text
    assert about.settings["speaking.voice"] == ""


@pytest.fixture
def school(tmp_path, about):
    """A household that knows how to turn off the lights, and nothing else."""
    aliases = Aliases(Store(Database(":memory:"), "aliases"))
    shortcuts = Shortcuts(aliases, lambda text, language: text in ("turn off the lights", "关灯"))
    return TryOut(AssistantSkill, tmp_path, services={"assistant": about, "aliases": shortcuts})


async def test_own_words_are_taught_told_and_forgotten(school):
    text = "When I say good night, turn off the lights."
    said = (await school.ask("teach", text=text, words="good night turn off the lights")).text
    assert "good night" in said
    assert "turn off the lights" in said
    assert "good night" in (await school.ask("shortcuts")).text
    await school.ask("unteach", said="good night")
    assert "no words" in (await school.ask("shortcuts")).text


async def test_the_words_just_spoken_of_are_forgotten_as_it(school):
    await school.ask("teach", said="good night", means="turn off the lights")
    await school.ask("teach", said="bed", means="turn off the lights")
    route = Route(skill="assistant", intent="teach", text="", stage="template", confidence=1.0)
    said = ("When you say “bed”, I will take it for “turn off the lights”.",)
    school.session.remember(
        Exchange(when=NOW, text="when i say bed", route=route, said=said, receipts=("done",))
    )
    assert "“bed”" in (await school.ask("unteach_it")).text
    await school.ask("unteach_it", answers=["good night"])
    assert "no words of your own" in (await school.ask("shortcuts")).text


async def test_what_is_taught_must_be_known_and_is_asked_for(school):
    kept = await school.ask("teach", words="good night", answers=["turn off the lights"])
    assert "turn off the lights" in kept.text
    assert "keep nothing" in (await school.ask("teach", said="party", means="dance")).text
    assert "关灯" in (await school.ask("teach", "zh", said="睡觉了", means="关灯")).text
    assert "睡觉了" in (await school.ask("shortcuts", "zh")).text


async def test_teaching_can_be_undone(school):
    await school.ask("teach", said="good night", means="turn off the lights")
    kept = (await school.ask("teach", said="bed", means="turn off the lights")).receipts
    await kept[0].undo()
    assert "bed" not in (await school.ask("shortcuts")).text


async def test_only_what_was_said_last_is_forgotten(hall, about):
    happened(hall, "set a timer", ("For how long?",))
    said = await hall.ask("forget_last")
    assert said.text == "I have forgotten “set a timer”."
    assert about.forgotten_since == NOW


async def test_wake_words_are_told_and_only_known_ones_taken(hall, about):
    assert (await hall.ask("my_wake_word")).text == "I answer to hey Jarvis."
    said = await hall.ask("wake_word", wanted="computer")
    assert "computer" in said.text
    assert "Alexa" in said.text
    assert about.settings["listening.wake_words"] == ("hey_jarvis",)


async def test_questions_about_it_are_answered_plainly(hall):
    assert "on this machine" in (await hall.ask("data")).text
    assert "no phone" in (await hall.ask("unable")).text
    assert "0." in (await hall.ask("version", "zh")).text


async def test_what_it_said_about_itself_is_repeated_where_there_is_nothing_else(hall):
    assert "anything" in (await hall.ask("repeat")).text
    route = Route(skill="assistant", intent="slower", text="", stage="template", confidence=1.0)
    said = ("I'll speak slower.",)
    hall.session.remember(Exchange(when=NOW, text="slower", route=route, said=said))
    assert (await hall.ask("repeat")).text == "I'll speak slower."


async def test_how_to_ask_is_told_by_the_example_that_is_most_like_it(hall, about):
    outcome = await hall.ask("how_to", text="how do i set a timer", topic="timer")
    assert "set a timer for ten minutes" in outcome.text
    about.every_example = lambda language: ["set a timer for ten minutes", "delete my timers"]
    outcome = await hall.ask("how_to", text="how do i use timers", topic="timers")
    assert "set a timer for ten minutes" in outcome.text
