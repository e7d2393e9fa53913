"""The first sound of a cooking step comes soon: what a voice must make for it is short.

Counted, not timed. A voice that takes 0.3 s for a second of speech, at 15 letters (4 characters of
Chinese) a second, makes so much in well under half a second.
"""

from __future__ import annotations

import re
from itertools import islice

import pytest
import yaml
from voice_assistant_skills.recipes.book import load

from tests.skills.recipes.house import FOLDER, House
from voice_assistant.engines import kokoro, piper
from voice_assistant.engines.clauses import batches, clauses
from voice_assistant.sentences import Splitter
from voice_assistant.spoken import spoken

VOICES = {"en": piper, "zh": kokoro}
MOST = {"en": 24, "zh": 6}
"""Letters of the first clip: 1.6 s of speech, made in half a second."""


def first_clip(text, language):
    """What the voice is given first of a reply."""
    splitter = Splitter(early=True)
    line = next(iter([*splitter.feed(text), *splitter.finish()]))
    said = spoken(line, language)
    first = next(islice(batches(clauses(said), first=VOICES[language].FIRST_LETTERS, rest=99), 1))
    return " ".join(words for words, _ in first)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_step_begins_with_something_short(language):
    phrases = yaml.safe_load((FOLDER / f"{language}.yaml").read_text("utf-8"))["phrases"]
    long = {}
    for recipe in load(language).recipes:
        for number, step in enumerate(recipe.steps, 1):
            key = "last_step" if number == len(recipe.steps) else "step"
            text = phrases[key].format(number=number, text=re.sub(r"[{}]", "", step.text))
            clip = first_clip(text, language)
            if len(clip) > MOST[language]:
                long[recipe.id, number] = clip
    assert not long


@pytest.mark.anyio
async def test_next_repeat_and_back_are_made_ready(tmp_path):
    house = House(tmp_path)
    begun = (await house.say("cook shakshuka")).replies[-1]
    assert [text.split(".")[0] for text in begun.likely] == ["Step 1"]
    await house.say("next")
    second = await house.say("next")
    ready = second.replies[-1].likely
    assert [text.split(".")[0] for text in ready] == ["Step 3", "Step 2", "Step 1"]
    assert (await house.say("say that again")).text.startswith(ready[1])
    assert (await house.say("next")).text.startswith(ready[0])


@pytest.mark.anyio
async def test_a_step_is_kept_after_its_first_words_and_whatever_becomes_of_them(tmp_path):
    house = House(tmp_path)
    await house.say("cook shakshuka")
    outcome = house.tried.turn("en", text="next", intent="next")
    reply = await house.tried.skill.next(outcome.turn)
    assert house.tried.skill.cooking().front.at == -1  # nobody waits for the disk
    pieces = aiter(reply.say)
    assert (await anext(pieces)).startswith("Step 1.")
    await pieces.aclose()  # interrupted
    assert house.tried.skill.cooking().front.at == 0
