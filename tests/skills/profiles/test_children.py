"""Children: under the household's rules, with hours and minutes, out of them only by the PIN."""

from __future__ import annotations

from datetime import timedelta

import pytest
from voice_assistant_skills.profiles.skill import Profiles

from tests.fakes import NOW, TryOut, at
from voice_assistant.policy import Policy
from voice_assistant.session import Exchange
from voice_assistant.settings import Household
from voice_assistant.turn import Route

pytestmark = pytest.mark.anyio
PIN = "one two three four"


class Voice:
    """The assistant, as far as it can be told to be slower."""

    def __init__(self):
        self.pace = None

    def meanwhile(self, key, value):
        assert key == "speaking.pace"
        self.pace = value


class Hall(TryOut):
    """The skill with the household's rules around it, as `app` puts them together."""

    def __init__(self, folder):
        self.voice = Voice()
        super().__init__(Profiles, folder, services={"assistant": self.voice})
        offers = self.skill.offers()
        self.policy = Policy(household=Household(), now=self.clock.now, child=offers["child"])
        self.ended = offers["turn_ended"]

    def says(self, text, skill, *, seconds=0.0):
        """A request of a skill that takes so long; the rules' refusal, or None."""
        route = Route(skill=skill, intent="x", text=text)
        refusal = self.policy.refuse(text, route)
        self.ended(
            Exchange(
                when=self.clock.now(),
                text=text,
                route=route,
                said=(),
                refused=refusal is not None,
                seconds=seconds,
            )
        )
        self.clock.jump(timedelta(seconds=seconds))
        return refusal


@pytest.fixture
async def hall(tmp_path):
    hall = Hall(tmp_path)
    await hall.ask("i_am", person="anna")
    await hall.ask("set_pin", answers=[PIN])
    await hall.ask("child", person="ben")
    return hall


async def test_content_is_for_children_only_while_a_child_speaks(hall):
    question = "tell me about vodka"
    assert hall.says(question, "chat") is None
    await hall.ask("i_am", person="ben")
    assert "grown" in hall.says(question, "chat")
    assert hall.says("tell me a story", "stories") is None
    await hall.ask("i_am", person="anna", answers=[PIN])
    assert hall.says(question, "chat") is None


async def test_a_child_stays_one_without_the_pin(hall):
    await hall.ask("i_am", person="ben")
    assert "not the PIN" in (await hall.ask("i_am", person="anna", answers=["9999"])).text
    assert "not the PIN" in (await hall.ask("i_am", person="superman", answers=["9999"])).text
    assert (await hall.ask("who_am_i")).text == "You are Ben, you told me."
    assert "not the PIN" in (await hall.ask("grown", person="ben", answers=["9999"])).text
    await hall.ask("child", person="mia")
    assert "Mia" in (await hall.ask("i_am", person="mia")).text  # from child to child is free


class Media:
    """A player whose seconds the test lets pass."""

    def __init__(self):
        self.told, self.playing = [], True

    def count_media(self, told):
        self.told.append(told)

    def stop_media(self):
        self.playing = False

    def plays(self, seconds):
        for _ in range(seconds):
            if self.playing:
                self.told[0]()


@pytest.mark.parametrize(("language", "said"), [("en", "your time for today"), ("zh", "用完了")])
async def test_music_uses_up_a_childs_minutes(tmp_path, language, said):
    media = Media()
    hall = TryOut(Profiles, tmp_path, media=media)
    await hall.skill.start()
    await hall.ask("child", person="ben")
    await hall.ask("minutes", person="ben", duration=timedelta(minutes=3))
    media.plays(600)  # a grown-up's
    await hall.ask("i_am", person="ben")
    media.plays(150)
    assert "1 minute" in (await hall.ask("left")).text
    assert media.playing
    assert not hall.scheduler.jobs()
    media.plays(60)
    assert not media.playing
    assert hall.skill.children.speaking().seconds_left == 0
    (job,) = hall.scheduler.jobs()
    assert said in (await hall.due(job, language)).text


async def test_minutes_a_day_and_what_is_left(hall):
    said = await hall.ask("minutes", person="ben", duration=timedelta(minutes=30), answers=[PIN])
    assert "30 minutes a day" in said.text
    await hall.ask("i_am", person="ben")
    assert hall.says("tell me a story", "stories", seconds=20 * 60) is None
    assert "10 minutes left" in (await hall.ask("left")).text
    assert hall.says("what time is it", "clock", seconds=3600) is None  # costs nothing
    assert hall.says("another one", "stories", seconds=11 * 60) is None  # is finished
    assert "time for today" in hall.says("another one", "stories")
    assert "时间用完" in hall.says("再讲一个故事", "stories")
    assert hall.says("set a timer", "timers") is None
    assert hall.says("this is anna", "profiles") is None
    hall.clock.jump(timedelta(days=1))
    assert hall.says("tell me a story", "stories") is None


async def test_hours(hall):
    said = await hall.ask("bedtime", person="ben", time=at("eight"), answers=[PIN])
    assert "After 8 PM" in said.text
    await hall.ask("i_am", person="ben")
    assert hall.says("tell me a story", "stories") is None
    hall.clock.set(NOW.replace(hour=20, minute=1))
    assert "quiet time" in hall.says("tell me a story", "stories")
    assert "07:00" in hall.says("tell me a story", "stories")
    assert hall.says("what time is it", "clock") is None
    hall.clock.set(NOW.replace(hour=6, minute=59) + timedelta(days=1))
    assert hall.says("tell me a story", "stories")
    hall.clock.set(NOW.replace(hour=7) + timedelta(days=1))
    assert hall.says("tell me a story", "stories") is None
    await hall.ask("no_limit", person="ben", answers=[PIN])
    hall.clock.set(NOW.replace(hour=23) + timedelta(days=1))
    assert hall.says("tell me a story", "stories") is None


@pytest.mark.parametrize(
    ("since", "until", "open_at", "closed_at"),
    [
        ("three", "six", 15, 19),
        ("eight am", "eight pm", 12, 21),
        ("seven", "half past seven", 19, 20),
    ],
)
async def test_from_and_until(hall, since, until, open_at, closed_at):
    await hall.ask("bedtime", person="ben", time=at(until), since=at(since), answers=[PIN])
    await hall.ask("i_am", person="ben")
    hall.clock.set(NOW.replace(hour=open_at))
    assert hall.says("tell me a story", "stories") is None
    hall.clock.set(NOW.replace(hour=closed_at))
    assert hall.says("tell me a story", "stories")


async def test_the_digest_tells_parents_minutes_and_skills_but_no_words(hall):
    await hall.ask("i_am", person="ben")
    hall.says("tell me a story about a dragon", "stories", seconds=600)
    hall.says("tell me another story", "stories", seconds=300)
    hall.says("a riddle please", "games", seconds=60)
    hall.says("tell me about vodka", "chat")
    assert "not the PIN" in (await hall.ask("digest", answers=["9999"])).text
    said = (await hall.ask("digest", person="ben", answers=[PIN])).said[-1]
    assert said == (
        "Ben was here for 16 minutes today: stories twice and games once."
        " I said no once to something that is not for children."
    )
    said = (await hall.ask("digest", "zh", answers=[PIN])).text
    assert "Ben今天在这里待了十六分钟：听故事两次和玩游戏一次。" in said
    assert "dragon" not in str(hall.database.execute("SELECT value FROM kept"))
    hall.clock.jump(timedelta(days=1))
    yesterday = hall.clock.now().date() - timedelta(days=1)
    assert "16 minutes" in (await hall.ask("digest", date=yesterday, answers=[PIN])).text
    assert "Nothing today" in (await hall.ask("digest", answers=[PIN])).text


async def test_accounts_are_forgotten_after_a_week(hall):
    await hall.ask("i_am", person="ben")
    for _ in range(20):
        hall.says("tell me a story", "stories", seconds=60)
        hall.clock.jump(timedelta(days=1))
    assert len(hall.skill.home.store.keys("day.")) == 9


async def test_child_mode_is_for_everybody_and_ends_with_the_pin(hall):
    await hall.ask("child_mode")
    assert hall.says("tell me about vodka", "chat")
    assert "not the PIN" in (await hall.ask("child_mode_off", answers=["9999"])).text
    assert "is off" in (await hall.ask("child_mode_off", answers=[PIN])).text
    assert hall.says("tell me about vodka", "chat") is None


async def test_everybody_hears_their_own_pace(hall):
    await hall.ask("add", person="grandma")
    await hall.ask("slower", person="grandma")
    assert hall.voice.pace is None
    await hall.ask("i_am", person="grandma")
    assert hall.voice.pace == 0.85
    await hall.ask("i_am", person="anna")
    assert hall.voice.pace is None
    assert "don't know" in (await hall.ask("faster", person="nobody")).text


async def test_rings_are_nobody_s_time(hall):
    await hall.ask("i_am", person="ben")
    ring = Exchange(
        when=NOW,
        text="",
        route=Route(skill="reminders", intent=None, text="", stage="due"),
        said=("",),
        seconds=900,
    )
    hall.ended(ring)
    assert hall.skill.children.today("Ben")["seconds"] == 0


async def test_all_the_children_are_limited_at_once(hall):
    await hall.ask("child", person="emma")
    half = timedelta(minutes=30)
    said = await hall.ask("minutes", person="the kids", duration=half, answers=[PIN])
    assert "Ben and Emma may talk to me 30 minutes a day." in said.text
    assert (await hall.ask("left", person="my children")).text.count("30 minutes") == 2


async def test_more_minutes_hold_for_today(hall):
    await hall.ask("minutes", person="ben", duration=timedelta(minutes=30), answers=[PIN])
    said = await hall.ask("bonus", person="ben", minutes=10, answers=[PIN])
    assert "Ben may stay 10 minutes longer today." in said.text
    assert "40 minutes" in (await hall.ask("left", person="ben")).text
    hall.clock.jump(timedelta(days=1))
    assert "30 minutes" in (await hall.ask("left", person="ben")).text


async def test_more_minutes_want_the_pin(hall):
    await hall.ask("minutes", person="ben", duration=timedelta(minutes=30), answers=[PIN])
    await hall.ask("bonus", person="ben", minutes=10, answers=["nine nine nine nine"])
    assert "30 minutes" in (await hall.ask("left", person="ben")).text


async def test_a_limit_for_nobody_says_how_to_introduce_a_child(tmp_path):
    empty = TryOut(Profiles, tmp_path)
    said = await empty.ask("minutes", person="the kids", duration=timedelta(minutes=30))
    assert "I know no children yet" in said.text
