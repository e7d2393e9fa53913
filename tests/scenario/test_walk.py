"""Conversations on the virtual clock: the walk's promises, each with a scene."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import anyio
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenario.theatre import WORD, Theatre, heard
from tests.vloop import VirtualLoop
from voice_assistant.answers import number, yes_no
from voice_assistant.audio.frames import Clip
from voice_assistant.errors import StoreError
from voice_assistant.events import FirstSound, Heard, SpeechStarted, Woken
from voice_assistant.skill import Answer, Home, Job, NeverMind, Piece, Receipt, Reply, Skill, Turn
from voice_assistant.workers import InlineWorker

pytestmark = pytest.mark.anyio

T = TypeVar("T")


class Story(Skill):
    """Twenty sentences of four words; it holds its session and comes back."""

    at = 0

    async def do(self, turn: Turn, text: str = "") -> Answer:
        turn.hold()
        return Reply(say=self._tell(), reached=self._reached)

    async def _tell(self) -> AsyncIterator[Piece]:
        for n in range(self.at, 20):
            await anyio.sleep(0.05)
            yield Piece(text=f"This is sentence {n}.", mark=n + 1)

    def _reached(self, mark: int) -> None:
        self.at = mark

    async def resume(self, turn: Turn) -> Answer:
        turn.hold()
        return Reply(say=self._tell(), reached=self._reached)


class Time(Skill):
    async def do(self, turn: Turn, text: str = "") -> Answer:
        return "It is ten."


class Broken(Skill):
    async def do(self, turn: Turn, text: str = "") -> Answer:
        raise ZeroDivisionError("oops")


class Full(Skill):
    async def do(self, turn: Turn, text: str = "") -> Answer:
        raise StoreError("The disk is full: free some space.")


class Hanging(Skill):
    async def do(self, turn: Turn, text: str = "") -> Answer:
        await anyio.sleep(3600)
        return "Never."


class Slow(Skill):
    """Asks for patience, says a word and needs it."""

    async def do(self, turn: Turn, text: str = "") -> Answer:
        async def pieces() -> AsyncIterator[str]:
            turn.touch(60)
            yield "One moment. "
            await anyio.sleep(70)
            yield "Here it is."

        return pieces()


class Late(Skill):
    """Breaks in the middle of its reply."""

    async def do(self, turn: Turn, text: str = "") -> Answer:
        async def pieces() -> AsyncIterator[str]:
            yield "One is said. "
            raise RuntimeError("no two")

        return pieces()


class Trying(Skill):
    """Asks for words of another language."""

    async def do(self, turn: Turn, text: str = "") -> Answer:
        said = await turn.ask("Go ahead.", recognizer="hangul")  # type: ignore[arg-type]
        return f"I heard {said}."


class Asking(Skill):
    async def do(self, turn: Turn, text: str = "") -> Answer:
        minutes = await turn.ask("For how many minutes?", number, again="How many?")
        return f"Set for {minutes:g} minutes."


class Picky(Skill):
    async def do(self, turn: Turn, text: str = "") -> Answer:
        return await turn.ask("Which place?", self.place, again="Which?")

    def place(self, text: str, language: str) -> str:
        if text == "atlantis":
            raise NeverMind("I know nothing about Atlantis.")
        return f"{text.title()}: one vowel less than {10 // text.count('o')}."


class Needy(Skill):
    async def do(self, turn: Turn, item: str) -> Answer:
        return item


class Ring(Skill):
    stopped = False

    async def do(self, turn: Turn, text: str = "") -> Answer:
        self.home.scheduler.add(self.now() + timedelta(seconds=10))
        return "I will ring."

    async def due(self, turn: Turn, job: Job) -> Answer:
        return Reply(
            say="Time is up.", ring=Clip(np.zeros(16000, np.float32), 16000), ring_seconds=30
        )


async def test_the_next_sentence_is_ready_before_the_current_ends() -> None:
    scene = Theatre(Story)
    await scene.play(heard(0, "story"))
    assert len(scene.said) == 20
    gaps = [
        later[0] - earlier[1]
        for earlier, later in zip(scene.player.played, scene.player.played[1:], strict=False)
    ]
    assert max(gaps) < 0.001
    assert [e.ms for e in scene.events if isinstance(e, FirstSound)] == [50]


class SlowWorker(InlineWorker):
    """Takes half a second of the virtual clock for each clip."""

    async def iterate(self, items: Iterator[T]) -> AsyncGenerator[T, None]:
        async with aclosing(super().iterate(items)) as made:
            async for each in made:
                await anyio.sleep(0.5)
                yield each


async def test_the_first_clip_sounds_before_the_second_is_made() -> None:
    scene = Theatre(Time)
    scene.assistant.mouth.voice.worker = SlowWorker()
    await scene.play(heard(0, "time"))
    assert [event.ms for event in scene.events if isinstance(event, FirstSound)] == [500]
    assert scene.said == ["It is ten."]


class Alarm(Skill):
    """Keeps what it is told, and takes it back."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.kept: list[str] = []

    async def do(self, turn: Turn, text: str = "") -> Answer:
        self.kept.append(text)

        async def undo() -> str:
            self.kept.remove(text)
            return "Taken back."

        return Reply(say="It is set.", receipts=(Receipt(action="alarm.set", undo=undo),))


async def test_a_request_that_went_on_is_done_once() -> None:
    scene = Theatre(Alarm)
    seven = heard(0, "alarm at seven")
    weekdays = replace(heard(1.2, "alarm at seven on weekdays"), continues=True)
    await scene.play(seven, SpeechStarted(at=0.3), weekdays)
    assert scene.skills.loaded["alarm"].skill.kept == ["at seven on weekdays"]  # type: ignore[union-attr]
    assert scene.said == ["It is set."]


async def test_a_request_that_did_not_go_on_is_answered_all_the_same() -> None:
    scene = Theatre(Alarm)
    nothing = Heard(at=1.2, text="", continues=True)
    await scene.play(heard(0, "alarm at seven"), SpeechStarted(at=0.2), nothing)
    assert scene.skills.loaded["alarm"].skill.kept == ["at seven"]  # type: ignore[union-attr]
    assert scene.said == ["It is set."]


async def test_an_answer_that_went_on_undoes_nothing() -> None:
    scene = Theatre(Alarm, Asking)
    more = replace(heard(3.2, "five please"), continues=True)
    await scene.play(heard(0, "alarm at seven"), heard(2, "asking"), heard(3, "five"), more)
    assert scene.skills.loaded["alarm"].skill.kept == ["at seven"]  # type: ignore[union-attr]
    assert not [end for end in scene.ends if end.interrupted]


@settings(max_examples=30, deadline=None)
@given(at=st.floats(0, 24))
def test_nothing_of_an_interrupted_reply_is_ever_heard_again(at: float) -> None:
    async def scene() -> None:
        theatre = Theatre(Story, Time)
        theatre.skills.loaded["story"].skill.resume = _nothing  # type: ignore[union-attr,method-assign]
        await theatre.play(heard(0, "story"), SpeechStarted(at=at), heard(at + 1, "time"))
        old = [
            each for each in theatre.player.played if "sentence" in each[2] and each[1] > each[0]
        ]
        assert all(end <= at + 1e-6 for _, end, _, _ in old)
        assert theatre.said[-1] == "It is ten."
        whole = [text for _, _, text, complete in old if complete]
        said = [text for text in theatre.said if "sentence" in text]
        assert len(said) == len(whole) // 4

    anyio.run(scene, backend_options={"loop_factory": VirtualLoop})


async def _nothing(turn: Turn) -> Answer:
    return None


async def test_an_unrelated_request_pauses_a_story_and_it_returns() -> None:
    scene = Theatre(Story, Time)
    await scene.play(heard(0, "story"), Woken(at=5, phrase="hey"), heard(6, "time"))
    spoken = [text for text in scene.said if "sentence" in text]
    assert spoken == [f"This is sentence {n}." for n in range(20)]
    assert "It is ten." in scene.said[3:6]


async def test_a_false_wake_costs_nothing() -> None:
    scene = Theatre(Story)
    await scene.play(heard(0, "story"), Woken(at=5, phrase="hey"), Heard(at=9, text=""))
    assert len(scene.said) == 20
    silent = [
        b[0] - a[1] for a, b in zip(scene.player.played, scene.player.played[1:], strict=False)
    ]
    assert sum(end - begin for begin, end, _, _ in scene.player.played) + sum(silent) > 27
    assert len(scene.ends) == 1
    assert not scene.player.ducked


async def test_a_mm_hm_does_not_interrupt() -> None:
    scene = Theatre(Story)
    await scene.play(heard(0, "story"), SpeechStarted(at=5), heard(5.5, "mm-hm"))
    assert len(scene.said) == 20


async def test_stop_ends_the_story_for_good() -> None:
    scene = Theatre(Story)
    await scene.play(heard(0, "story"), heard(5, "stop"))
    assert len(scene.said) == 4
    assert [end.interrupted for end in scene.ends] == [True, False]


async def test_a_broken_skill_costs_its_turn_only() -> None:
    scene = Theatre(Broken, Time)
    await scene.play(heard(0, "broken"), heard(20, "time"))
    assert "oops" in (scene.ends[0].error or "")
    assert scene.said[-1] == "It is ten."
    assert "something went wrong" in scene.said[0].lower() + scene.said[1].lower()


async def test_what_was_said_before_a_skill_broke_is_remembered() -> None:
    scene = Theatre(Late)
    await scene.play(heard(0, "late"))
    assert scene.said[0] == "One is said."
    assert "no two" in (scene.session.turns[0].error or "")


async def test_a_stated_failure_is_said_as_it_is() -> None:
    scene = Theatre(Full)
    await scene.play(heard(0, "full"))
    assert " ".join(scene.said) == "The disk is full: free some space."


async def test_a_skill_that_hangs_costs_its_turn_only() -> None:
    scene = Theatre(Hanging, Time)
    await scene.play(heard(0, "hanging"), heard(60, "time"))
    assert "did not answer" in (scene.ends[0].error or "")
    assert scene.said[-1] == "It is ten."


async def test_a_word_meanwhile_does_not_end_the_patience_that_was_asked_for() -> None:
    scene = Theatre(Slow)
    await scene.play(heard(0, "slow"))
    assert scene.said == ["One moment.", "Here it is."]


async def test_a_question_is_asked_and_answered() -> None:
    scene = Theatre(Asking)
    await scene.play(heard(0, "asking"), SpeechStarted(at=5), heard(6, "five"))
    assert scene.said == ["For how many minutes?", "Set for 5 minutes."]
    assert scene.ears.windows[0] == 8.0


@pytest.mark.parametrize(
    ("understand", "text", "whole"),
    [
        (yes_no, "yes please", True),
        (yes_no, "no", True),
        (yes_no, "the green one", False),
        (number, "twenty", False),
        (None, "twenty", False),
    ],
)
async def test_a_yes_or_no_is_not_waited_for(
    understand: Callable[[str, str], object] | None,
    text: str,
    whole: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scene = Theatre(Asking)
    monkeypatch.setattr(
        scene.assistant.handling.router,
        "is_complete",
        lambda text, language, session: False,
        raising=False,
    )
    turn = scene.assistant._turn("", "en")
    scene.assistant.turn = turn
    assert not scene.assistant.takes(text, "en")
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(turn.ask, "", understand)
        await anyio.sleep(0.1)
        assert scene.assistant.takes(text, "en") is whole
        tasks.cancel_scope.cancel()


async def test_the_answer_may_come_before_the_question_ends() -> None:
    scene = Theatre(Asking)
    await scene.play(heard(0, "asking"), SpeechStarted(at=2 * WORD), heard(2, "five"))
    assert scene.said == ["Set for 5 minutes."]


async def test_a_question_is_put_once_more_then_dropped() -> None:
    scene = Theatre(Asking)
    await scene.play(heard(0, "asking"), heard(6, "what"), heard(9, "hm what"))
    assert scene.said[:2] == ["For how many minutes?", "How many?"]
    assert len(scene.said) == 3
    assert scene.ends[0].error is None


@pytest.mark.parametrize(
    ("answer", "said"),
    [("atlantis", "I know nothing about Atlantis."), ("paris", "Sorry, something went wrong")],
)
async def test_reading_an_answer_may_fail_without_harm(answer: str, said: str) -> None:
    scene = Theatre(Picky, Time)
    await scene.play(heard(0, "picky"), heard(5, answer), heard(20, "time"))
    assert said in " ".join(scene.said)
    assert scene.said[-1] == "It is ten."


async def test_who_lacks_what_a_skill_needs_is_asked_to_say_it_again() -> None:
    scene = Theatre(Needy)
    await scene.play(heard(0, "needy"))
    assert scene.ends[0].error is None
    assert "other words" in " ".join(scene.said)


async def test_silence_drops_a_question() -> None:
    scene = Theatre(Asking)
    await scene.play(heard(0, "asking"))
    assert len(scene.ends) == 1


async def test_another_request_takes_the_place_of_an_answer() -> None:
    scene = Theatre(Asking, Time)
    await scene.play(heard(0, "asking"), heard(5, "time"))
    assert scene.said == ["For how many minutes?", "It is ten."]
    assert [end.interrupted for end in scene.ends] == [True, False]


async def test_an_answer_in_another_language_is_taken_whatever_its_words() -> None:
    theatre = Theatre(Trying)
    await theatre.play(
        heard(0, "trying"), Heard(at=3, text="stop it", language="ko", expected=True)
    )
    assert theatre.said == ["Go ahead.", "I heard stop it."]
    assert theatre.ears.expected == ["hangul", None]


@pytest.mark.parametrize(
    "script",
    [
        (),  # silence
        (heard(3, "stop"),),  # by the wake word
        (heard(3, "time"),),
        (heard(0.5, "time"),),  # before the question ends
    ],
)
async def test_whatever_ends_a_question_ends_the_other_language(script: tuple[Heard, ...]) -> None:
    theatre = Theatre(Trying, Time)
    await theatre.play(heard(0, "trying"), *script)
    assert theatre.ears.expected[-1] is None
    assert not any(line.startswith("I heard") for line in theatre.said)


async def test_an_answer_in_another_language_that_comes_too_late_is_no_request() -> None:
    theatre = Theatre(Trying, Time)
    late = Heard(at=30, text="time", language="ko", expected=True)
    await theatre.play(heard(0, "trying"), late)
    assert theatre.said[-1] != "It is ten."


async def test_a_ring_sounds_at_its_moment_and_ends_by_itself() -> None:
    scene = Theatre(Ring)
    await scene.play(heard(0, "ring"), heard(100, "nothing"))
    assert "Time is up." in scene.said
    assert 10 <= scene.player.rung[0] < 12
    assert scene.player.rung[-1] - scene.player.rung[0] < 30


async def test_stop_ends_a_ring_at_once() -> None:
    scene = Theatre(Ring)
    await scene.play(heard(0, "ring"), heard(15, "stop"), heard(100, "nothing"))
    assert scene.player.rung[-1] < 15


async def test_a_ring_pauses_a_story_and_the_story_returns() -> None:
    scene = Theatre(Story, Ring)
    await scene.play(heard(0, "ring"), heard(2, "story"), heard(14, "stop"), heard(100, "nothing"))
    assert "Time is up." in scene.said


async def test_listening_goes_on_after_an_answer() -> None:
    scene = Theatre(Time)
    await scene.play(heard(0, "time"))
    assert scene.ears.windows == [5.0]
    assert not scene.ears.speaking


class Recording(Skill):
    async def do(self, turn: Turn, text: str = "") -> Answer:
        return Reply(say="Everybody's words are recorded.", listen=False)


async def test_nobody_listens_for_requests_where_other_talk_follows() -> None:
    scene = Theatre(Recording)
    await scene.play(heard(0, "recording"))
    assert scene.said == ["Everybody's words are recorded."]
    assert scene.ears.windows == []


@pytest.mark.parametrize(("text", "value"), [("yes please", True), ("no thanks", False)])
def test_yes_no(text: str, value: bool) -> None:
    assert yes_no(text, "en") is value
