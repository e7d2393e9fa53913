"""What the assistant says that it can do."""

from types import SimpleNamespace

from voice_assistant.about import EACH, About
from voice_assistant.session import Session
from voice_assistant.settings import Settings


def skill(*intents):
    """A skill whose intents have these sentences as tests; with "!" the first is a follow-up's."""
    made = {
        f"{number}": SimpleNamespace(
            when="follow" if texts[0].startswith("!") else "always",
            tests=[SimpleNamespace(text=text) for text in texts],
        )
        for number, texts in enumerate(intents)
    }
    return SimpleNamespace(sentences={"en": SimpleNamespace(intents=made)})


def about(**skills):
    working = SimpleNamespace(working=lambda: skills)
    return About(Settings(), working, Session(clock=None), effects={}, deafen=lambda _: None)


def test_what_each_skill_is_for_is_told_before_its_finer_points():
    timers = skill(["set a timer", "start one"], ["!stop it"], ["pause it"], ["add two"], ["which"])
    itself = about(timers=timers, jokes=skill(["tell me a joke"]))
    told = itself.examples("en")
    assert set(told[:2]) == {"set a timer", "tell me a joke"}
    assert told[2:] == ["pause it", "add two"]
    assert len(told) == EACH + 1
    assert "start one" in itself.every_example("en")
