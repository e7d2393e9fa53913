"""A story told, paused, continued, chosen, and kept over a restart."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace
from datetime import timedelta
from random import Random

import anyio
import anyio.lowlevel
import pytest
from voice_assistant_skills.stories import choose
from voice_assistant_skills.stories.perform import Place
from voice_assistant_skills.stories.request import Request
from voice_assistant_skills.stories.skill import Stories

from tests.fakes import TryOut
from voice_assistant.engines.clauses import clauses
from voice_assistant.skill import Reply
from voice_assistant.store import Database

pytestmark = pytest.mark.anyio

WORDS = {
    "en": {"tell": "tell me a story", "rabbit": "tell me a story about a brave rabbit"},
    "zh": {"tell": "讲个故事", "rabbit": "讲一个勇敢的小兔子的故事"},
}


@pytest.fixture(params=["en", "zh"])
def language(request):
    return request.param


@pytest.fixture
def home(tmp_path):
    return TryOut(Stories, tmp_path)


async def tell(home, language, text="", lines=None, intent="tell", answers=(), **slots):
    """Ask, and listen to at most `lines` lines; what was heard."""
    outcome = home.turn(language, text=text, intent=intent, answers=answers)
    turn, heard = outcome.turn, []
    said = turn.speak

    async def speak(turn, answer):
        if not isinstance(answer, Reply) or answer.reached is None:
            heard.append(answer if isinstance(answer, str) else "")
            await said(turn, answer)
            return
        async for piece in answer.say:
            if lines is not None and len(heard) >= lines:
                turn.scope.cancel()
                await anyio.lowlevel.checkpoint()
            if piece.text:
                heard.append(piece.text)
            if piece.mark is not None:
                answer.reached(piece.mark)

    turn.speak = speak
    with turn.scope:
        if answer := await home.handler(intent)(turn, **slots):
            heard.append(answer)
    return heard


async def test_a_story_is_told_to_its_end(home, language):
    heard = await tell(home, language, WORDS[language]["rabbit"])
    assert heard[-1] == home.skill.teller.bookmark.story.lines[-1].text
    assert home.skill.teller.bookmark.finished
    assert any("兔" in line or "rabbit" in line for line in heard)


async def test_the_reading_that_was_understood_is_told(home):
    outcome = home.turn("en", text="tell me a story I'm out and brave rabbit", intent="tell")
    outcome.turn.route = replace(outcome.turn.route, text="tell me a story about a brave rabbit")
    await home.run(outcome, home.skill.tell(outcome.turn))
    assert "rabbit" in home.skill.teller.bookmark.story.hero.kind


async def test_the_first_words_are_short_and_soon_made(home, language):
    """Nothing heavy stands before the first sound: no model, and a clause of a second."""
    choose.ready(language)
    await tell(home, language, WORDS[language]["tell"], lines=1)  # reads the rules once
    for intent in ("tell", "again", "continue"):
        began = time.process_time()
        heard = await tell(home, language, WORDS[language]["rabbit"], lines=1, intent=intent)
        assert time.process_time() - began < 0.3
        first, *_ = clauses(heard[0])
        assert len(first[0]) <= {"en": 24, "zh": 10}[language]


async def test_it_continues_where_it_was_interrupted(home, language):
    whole = WORDS[language]["rabbit"]
    before = await tell(home, language, whole, lines=9)
    after = await tell(home, language, intent="continue")
    lines = [line.text for line in home.skill.teller.bookmark.story.lines]
    assert before[1:] + after[1:] == lines


async def test_the_bookmark_survives_a_killed_process(home, language, tmp_path):
    database = Database(tmp_path / "data.db")
    one = TryOut(Stories, tmp_path, database=database)
    before = await tell(one, language, WORDS[language]["rabbit"], lines=12)
    title = one.skill.teller.bookmark.story.title
    database.close()  # no farewell: what was not committed by now is lost
    two = TryOut(Stories, tmp_path, database=Database(tmp_path / "data.db"))
    assert two.skill.teller.bookmark.story.title == title
    after = await tell(two, language, intent="continue")
    lines = [line.text for line in two.skill.teller.bookmark.story.lines]
    assert after[-1] == lines[-1]
    again = lines.index(after[1])
    assert again <= len(before) - 1, "nothing is left out"
    assert again >= len(before) - 6, "hardly anything is told twice"


async def test_pause_and_resume(home, language):
    await tell(home, language, WORDS[language]["tell"], lines=6)
    place = home.skill.teller.bookmark.place
    await tell(home, language, intent="pause")
    assert "stories" in home.session.active
    outcome = home.turn(language)
    await home.skill.resume(outcome.turn)
    assert home.skill.teller.bookmark.finished
    assert place != Place()


async def test_stop_leaves_the_bookmark(home, language):
    await tell(home, language, WORDS[language]["tell"], lines=6)
    assert await home.halt(language)
    assert "stories" not in home.session.active
    assert not home.skill.teller.bookmark.finished


async def test_go_back_again_and_shorter(home, language):
    await tell(home, language, WORDS[language]["rabbit"], lines=14)
    heard = await tell(home, language, intent="back", lines=4)
    lines = [line.text for line in home.skill.teller.bookmark.story.lines]
    assert heard[1] in lines[6:12]
    rest = home.skill.teller.bookmark.story.seconds
    await tell(home, language, intent="shorter")
    assert home.skill.teller.bookmark.story.seconds < rest
    assert home.skill.teller.bookmark.finished
    heard = await tell(home, language, intent="again")
    assert heard[1] == home.skill.teller.bookmark.story.lines[0].text


async def test_another_one_is_another_one(home, language):
    await tell(home, language, WORDS[language]["tell"])
    first = home.skill.teller.bookmark.story.title
    await tell(home, language, intent="another")
    assert home.skill.teller.bookmark.story.title != first


async def test_questions_are_answered_and_the_story_goes_on(home, language):
    await tell(home, language, WORDS[language]["rabbit"], lines=16)
    story = home.skill.teller.bookmark.story
    text = {"en": "what was the rabbit's name", "zh": "小兔子叫什么"}[language]
    heard = await tell(home, language, text, intent="who")
    assert story.hero.name in heard[0]
    assert heard[-1] == story.lines[-1].text, "back to the story"


async def test_why_is_answered_from_the_plan(home, language):
    await tell(home, language, WORDS[language]["rabbit"], lines=20)
    outcome = await home.ask("why", language)
    assert outcome.said[0] in [
        scene.why[0].upper() + scene.why[1:] + {"en": ".", "zh": "。"}[language]
        for scene in home.skill.teller.bookmark.story.scenes
        if scene.why
    ]


async def test_the_listener_chooses_by_meaning(home, language):
    text = {
        "en": "tell me a story about a fox and let me choose what happens",
        "zh": "讲一个狐狸的故事让我来选",
    }[language]
    story = {}

    def remember(home):
        story["now"] = home.skill.teller.bookmark.story
        return story["now"]

    outcome = home.turn(language, text=text, intent="tell")
    asked = []

    async def speak(turn, answer):
        if isinstance(answer, Reply) and answer.reached:
            async for piece in answer.say:
                if piece.mark is not None:
                    answer.reached(piece.mark)
        elif turn.asking:
            asked.append(answer)
            options = home.skill.teller.bookmark.scene.options
            turn.hear(options[1].words[0])
            remember(home)

    outcome.turn.speak = speak
    with anyio.fail_after(5):
        await home.handler("tell")(outcome.turn)
    assert len(asked) == 3
    plan = home.skill.teller.bookmark.story.plan
    told = [scene.name for scene in home.skill.teller.bookmark.story.scenes]
    assert plan["end"] >= 0
    assert told[-1] == "end"


async def test_the_shelf(home, language):
    await tell(home, language, WORDS[language]["tell"])
    title = home.skill.teller.bookmark.story.title
    await tell(home, language, intent="keep")
    outcome = await home.ask("shelf", language)
    assert title in outcome.text
    await tell(home, language, WORDS[language]["rabbit"])
    await tell(home, language, intent="favourite")
    assert home.skill.teller.bookmark.story.title == title


async def test_a_series_keeps_its_hero(home, language):
    await tell(home, language, WORDS[language]["rabbit"])
    first = home.skill.teller.bookmark.story
    await tell(home, language, intent="series")
    second = home.skill.teller.bookmark.story
    assert second.hero.name == first.hero.name
    assert second.cast["companion"].name == first.cast["companion"].name
    assert second.title != first.title
    assert first.deed.split("{")[0][:12] in " ".join(line.text for line in second.lines)


async def test_the_hero_asked_for_by_name_comes_back(home, language):
    await tell(home, language, WORDS[language]["rabbit"])
    first = home.skill.teller.bookmark.story
    name = first.hero.name
    text = {"en": f"tell me another story about {name}", "zh": f"再讲一个{name}的故事"}[language]
    await tell(home, language, text.lower())
    second = home.skill.teller.bookmark.story
    assert (second.hero, second.cast["companion"].name) == (
        replace(first.hero), first.cast["companion"].name,
    )  # fmt: skip
    assert second.title != first.title


async def test_another_one_may_be_of_another_kind(home, language):
    await tell(home, language, WORDS[language]["rabbit"])
    text = {"en": "another one about a dragon and a snail", "zh": "再讲一个小龙和蜗牛的"}[language]
    await tell(home, language, text, intent="another")
    hero = home.skill.teller.bookmark.story.hero
    assert {"en": "dragon", "zh": "小龙"}[language] in hero.kind


async def test_bedtime_grows_slower_and_quieter_and_ends_in_sound(home, language):
    text = {"en": "tell me a bedtime story about a bear", "zh": "讲一个小熊的睡前故事"}[language]
    outcome = await home.ask("tell", language, text=text)
    spoken = [piece for piece in outcome.pieces if getattr(piece, "text", "")][1:]
    assert spoken[-1].prosody.pace < spoken[0].prosody.pace
    assert spoken[-1].prosody.gain < spoken[0].prosody.gain
    assert outcome.pieces[-1].sound is not None


async def test_the_sleep_timer_ends_the_telling_in_sound(home, language):
    await tell(home, language, WORDS[language]["rabbit"], lines=6)
    home.session.release("stories")  # nobody tells while the timer is set: it only runs
    outcome = await home.ask("sleep", language, duration=timedelta(minutes=1))
    assert outcome.said
    home.clock.jump(timedelta(minutes=2))
    outcome = await home.ask("continue", language)
    assert not home.skill.teller.bookmark.finished
    assert outcome.pieces[-1].sound is not None


async def test_plain_reading_has_one_voice_and_no_sounds(home, language):
    await tell(home, language, WORDS[language]["rabbit"], lines=6)
    for intent, plain in (("plain", True), ("performed", False)):
        await home.ask(intent, language)
        outcome = await home.ask("again", language)
        spoken = [piece for piece in outcome.pieces if getattr(piece, "text", "")][1:]
        voices = {piece.prosody.pitch for piece in spoken}
        assert (len(voices) == 1) is plain
        assert any(piece.under or piece.sound for piece in spoken) is not plain


async def test_not_for_children(home, language):
    text = {"en": "tell me a story about a murderer", "zh": "讲一个杀人的故事"}[language]
    outcome = await home.ask("tell", language, text=text)
    assert home.skill.teller.bookmark is None
    assert outcome.said


async def test_two_languages(home, language):
    text = {"en": "tell me a story in english and chinese", "zh": "讲一个中英文的故事"}[language]
    outcome = await home.ask("tell", language, text=text)
    spoken = [piece for piece in outcome.pieces if getattr(piece, "text", "")][1:]
    tongues = [piece.language for piece in spoken]
    assert set(tongues) == {"en", "zh"}
    assert all(one != two for one, two in itertools.pairwise(tongues))


async def test_somebody_else_is_put_in_beside_the_hero(home, language):
    await home.ask("tell", language, text=WORDS[language]["rabbit"])
    hero = home.skill.teller.bookmark.story.hero.kind
    being = {"en": "princess", "zh": "公主"}[language]
    await home.ask("too", language, being=being)
    story = home.skill.teller.bookmark.story
    assert story.hero.kind == hero
    assert being in story.cast["companion"].kind


async def test_somebody_elses_hero_is_owned_up_to(home, language):
    text = {"en": "tell me a story about batman", "zh": "讲一个奥特曼打怪兽的故事"}[language]
    outcome = await home.ask("tell", language, text=text, answers=["no"])
    assert {"en": "Batman", "zh": "奥特曼"}[language] in outcome.said[0]
    assert home.skill.teller.bookmark is None


@pytest.mark.parametrize("unwanted", [("妖怪", "怪兽", "巫婆"), ("狼",)])
def test_what_is_not_wanted_is_in_no_story(unwanted):
    wish = Request(language="zh", without=unwanted)
    for seed in range(30):
        told = choose.story(wish, (), {}, Random(seed))
        text = told.title + "".join(line.text for line in told.lines)
        assert not any(word in text for word in unwanted)


async def test_who_wants_no_monsters_wants_none_of_any_kind(home):
    home.skill.request = Request(language="zh", minutes=2.0)
    await tell(home, "zh", "不要有妖怪的", lines=1, intent="without", what="妖怪")
    assert {"妖怪", "怪兽"} <= set(home.skill.request.without)
    assert home.skill.request.minutes == 2.0
