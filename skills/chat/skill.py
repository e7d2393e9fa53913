"""Talks with people: hand-written answers to what is said every day, the language model for the
rest, and a memory of what it was asked to remember."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from datetime import datetime, timedelta
from typing import Any

import anyio

from voice_assistant.normal import joined
from voice_assistant.prompts import chat_prefix, user_message
from voice_assistant.skill import Answer, Home, Message, Turn, intent
from voice_assistant.speaking import say_list

from .careful import Careful
from .conversation import Conversation
from .everyday import Everyday
from .keeping import Keeping
from .meant import OWN, kind
from .memory import told_back
from .names import Names
from .told import OURS, PLAINLY, Told
from .wording import QUESTION, RECALL, TIME, length, tone

EXCUSED = timedelta(hours=1)
"""For so long nobody hears again that there is no model."""

SLOW = 20.0
"""Seconds more than others that a model may take on a slow machine before it is given up."""

PATIENCE = 5.0
"""Seconds that a turn waits at its end for the model to read it."""

LENGTHS = {"brief": (30, 1), "normal": (70, 3), "long": (220, 9)}
"""Tokens and sentences of a reply, by what was asked for."""

TOLD = 3
"""Tellings that the model is reminded of at most."""


class Chat(Everyday, Keeping):
    """A companion."""

    _excused: datetime | None = None
    """When it was last said that there is no model."""

    _noted: datetime | None = None
    """Of when the last turn is of which the names were noted."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.names = Names()
        self.told = Told()
        self.careful = Careful()

    async def start(self) -> None:
        """Have the model read the unchanging part of the prompt, in both languages."""
        self.conversation = Conversation()
        for language in ("en", "zh"):
            self.home.mind.keep(self._prefix(language))

    def offers(self) -> Mapping[str, Any]:
        """Besides: `told`, what was told before of what a turn asks, as it is told back; and
        `talked`, whether a question is about what was told, whatever an encyclopaedia says to it."""

        def told(turn: Turn) -> list[str]:
            self._note_earlier(turn)
            return [told_back(each, turn.language) for each in self.told.about(turn.text)]

        return {**super().offers(), "told": told, "talked": self._is_for_talk}

    # --- free talk -------------------------------------------------------------------------

    @intent("talk")
    async def talk(self, turn: Turn) -> Answer:
        """Whatever nothing else answers."""
        self._note_earlier(turn)
        if called := self.names.asked(turn.text, turn.language):
            return self._called(*called, turn)
        self.names.note(turn.text, turn.language)
        text = turn.text.lower()
        recalled = bool(RECALL.search(text))
        if recalled or kind(turn.text) == OWN:
            facts = self.memory.about(turn.text, turn.language) or self._plainly_told(turn)
            if facts or recalled or OURS.search(text):
                return self.tell(facts, turn) if facts else turn.phrase("not_told")
        if careful := self.careful.answer(turn.text, turn.language, child=self._is_child):
            return self._say(careful, turn)
        mind = self.home.mind
        return self._reply(turn) if mind.ready or mind.loading else self._without_model(turn)

    def _is_for_talk(self, turn: Turn) -> bool:
        """Whether a question is about what was told."""
        self._note_earlier(turn)
        if self.names.asked(turn.text, turn.language):
            return True
        return kind(turn.text) == OWN and bool(self._plainly_told(turn))

    def _plainly_told(self, turn: Turn) -> list[str]:
        return self.told.about(turn.text, close_from=PLAINLY)

    def _note_earlier(self, turn: Turn) -> None:
        """What was told since, also where other skills answered it; what was done is no telling."""
        for each in turn.session.turns:
            if self._noted is None or each.when > self._noted:
                self._noted = each.when
                self.names.note(each.text, turn.language)
                if not each.receipts:
                    self.told.note(each.text)

    def forget_talk(self) -> None:
        """Forget what the talk itself holds."""
        self.conversation.clear()
        self.names.clear()
        self.told.clear()
        self.careful.clear()

    @staticmethod
    def _called(who: str, names: list[str], turn: Turn) -> str:
        key = "called_several" if len(names) > 1 else "called"
        return turn.phrase(key, who=who, name=say_list(names, turn.language))

    def _without_model(self, turn: Turn) -> str:
        """A few words, and why there are no more: every time where a model fails, else once in a
        while."""
        words = turn.phrase(tone(turn.text.lower(), turn.language))
        mind, now = self.home.mind, self.now()
        if not mind.name and self._excused is not None and now - self._excused < EXCUSED:
            return words
        self._excused = now
        return joined((words, mind.excuse(turn.language)), turn.language)

    async def expect(self, text: str, language: str) -> None:
        """Read ahead what is being said, before it is said to the end."""
        message = user_message(text, language, self._notes(text, language))
        talk = self.conversation.with_new(message, language, self.now())
        await self.home.mind.prepare([*self._prefix(language), *talk])

    async def _say(self, answer: str, turn: Turn) -> AsyncGenerator[str, None]:
        """An answer that is no model's, which the model will know of."""
        language = turn.language
        talk = self.conversation.with_new(user_message(turn.text, language), language, self.now())
        yield answer
        self.conversation.keep(talk, answer, language, self.now())
        await self._read_ahead(language)

    async def _reply(self, turn: Turn) -> AsyncGenerator[str, None]:
        language = turn.language
        message = user_message(turn.text, language, self._notes(turn.text, language))
        talk = self.conversation.with_new(message, language, self.now())
        tokens, sentences = LENGTHS[length(turn.text)]
        said: list[str] = []
        turn.touch(SLOW)
        try:
            speaking = self.home.mind.speak(
                [*self._prefix(language), *talk],
                language=language,
                limit=tokens,
                sentences=sentences,
            )
            async with aclosing(speaking) as stream:
                async for sentence in stream:
                    turn.touch(SLOW)
                    said.append(sentence.strip())
                    yield sentence
        finally:
            self.conversation.keep(talk, joined(said, language), language, self.now())
        await self._read_ahead(language)

    async def _read_ahead(self, language: str) -> None:
        """While the last sentence sounds: the talk as it was said, up to the user's next words. What
        a slow machine has read when the patience ends is known all the same."""
        with anyio.move_on_after(PATIENCE):
            await self.home.mind.prepare([*self._prefix(language), *self.conversation.messages])

    @property
    def _is_child(self) -> bool:
        """Whether a child is spoken with."""
        household = self.home.services.get("household")
        return bool(household and household.child_mode)

    def _prefix(self, language: str) -> list[Message]:
        persona = str(self.home.services.get("persona", ""))
        return chat_prefix(language, persona=persona, child=self._is_child)

    def _notes(self, text: str, language: str) -> list[str]:
        """What is good to know about an utterance: what was told, and the time if it matters."""
        notes: list[str] = self.memory.relevant(text, language)
        if QUESTION.search(text.lower()):
            told = self.told.about(text, most=TOLD, known=self.conversation.lately)
            notes += [told_back(each, language) for each in told]
        for who, name in self.names.mentioned(text, language):
            if not self.conversation.holds(name):
                notes.append(
                    f"{who}叫{name}" if language == "zh" else f"the {who} is called {name}"
                )
        if TIME.search(text.lower()):
            form = "%Y年%m月%d日 %H:%M" if language == "zh" else "it is %A, %d %B %Y, %H:%M"
            notes.append(self.now().strftime(form))
        return notes
