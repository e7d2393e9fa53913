"""Talks with people: hand-written answers to what is said every day, the language model for the
rest, and a memory of what it was asked to remember."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from voice_assistant import answers
from voice_assistant.normal import joined
from voice_assistant.prompts import chat_prefix, user_message
from voice_assistant.skill import Answer, Home, Message, Receipt, Reply, Skill, Turn, intent
from voice_assistant.speaking import say_list
from voice_assistant.texts import read_yaml

from .conversation import Conversation
from .memory import Memory, told_back
from .names import Names
from .told import told_about

_BRIEF = re.compile(
    r"\b(?:brief(?:ly)?|in (?:short|a word|one sentence)|quick(?:ly)?)\b|简短|一句话|简单说"
)
_LONG = re.compile(
    r"\b(?:in (?:more )?detail|at length|everything about|long answer)\b|详细|仔细|多说"
)
_TIME = re.compile(
    r"\b(?:today|tonight|tomorrow|yesterday|now|morning|evening|week(?:end)?|day|date|year|month)\b"
    r"|今天|明天|昨天|今晚|现在|早上|晚上|周末|星期|几点|今年"
)

_QUESTION = re.compile(
    r"^(?:what|who|whom|whose|which|when|where|why|how|is|are|was|were|do|does|did|can|could|will"
    r"|would|should|shall|may|have|has)\b|[吗呢么？?]$|什么|怎么|怎样|为什么|谁|哪|几|多少|是不是|有没有"
)
"""What is asked; all else is told."""

_RECALL = re.compile(
    r"\b(?:do|can) you (?:still )?(?:remember|recall|know) (?:what|who|where|when|how|which|my|our|if)"
    r"|\b(?:what|who|where|when) did i (?:tell|say)|\bdid i (?:tell|mention)|^what(?:'s| is| was) (?:my|our)\b"
    r"|^(?:and )?(?:who|where)(?:'s| is| was) (?:my|our)\b|记得.*[吗么嘛]?$"
    r"|我(?:跟|和|对)你(?:说|讲|提)过|我告诉过你|我(?:刚刚?|刚才|之前|前面)(?:跟你|和你)?(?:说|讲|提).*(?:谁|哪|什么|几|多)|^我(?:们)?的?.{1,8}(?:是什么|叫什么|是谁)"
)
"""Questions about what the household told: a fact that was kept answers, no model."""

EXCUSED = timedelta(hours=1)
"""For so long nobody hears again that there is no model."""

SLOW = 20.0
"""Seconds more than others that a model may take on a slow machine before it is given up."""

LENGTHS = {"brief": (30, 1), "normal": (70, 3), "long": (220, 9)}
"""Tokens and sentences of a reply, by what was asked for."""

TOLD = 6
"""Facts that are told at a time, the latest."""


class Chat(Skill):
    """A companion."""

    _excused: datetime | None = None
    """When it was last said that there is no model."""

    _noted: datetime | None = None
    """Of when the last turn is of which the names were noted."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.memory = Memory(home.store)
        self.names = Names()

    async def start(self) -> None:
        """Have the model read the unchanging part of the prompt, in both languages."""
        self.conversation = Conversation()
        for language in ("en", "zh"):
            self.home.mind.keep(self._prefix(language))

    def offers(self) -> Mapping[str, Any]:
        """`memories`: what the household asked to be remembered, as it is told to them."""
        return {
            "memories": lambda language: [told_back(f, language) for f in self.memory.facts[-TOLD:]]
        }

    # --- free talk -------------------------------------------------------------------------

    @intent("talk")
    async def talk(self, turn: Turn) -> Answer:
        """Whatever nothing else answers."""
        self._note_earlier(turn)
        if called := self.names.asked(turn.text, turn.language):
            return self._called(*called, turn)
        self.names.note(turn.text, turn.language)
        if _RECALL.search(turn.text.lower()):
            if facts := self.memory.about(turn.text, turn.language) or self._told_before(turn):
                return self._told(facts, turn)
        return self._reply(turn) if self.home.mind.ready else self._without_model(turn)

    def _told_before(self, turn: Turn) -> list[str]:
        """What this talk told about what is asked."""
        texts = [each.text for each in turn.session.turns]
        return told_about(turn.text, texts, turn.language, _QUESTION)

    def _note_earlier(self, turn: Turn) -> None:
        """The names in what other skills answered since."""
        for each in turn.session.turns:
            if self._noted is None or each.when > self._noted:
                self.names.note(each.text, turn.language)
                self._noted = each.when

    @staticmethod
    def _called(who: str, names: list[str], turn: Turn) -> str:
        key = "called_several" if len(names) > 1 else "called"
        return turn.phrase(key, who=who, name=say_list(names, turn.language))

    def _without_model(self, turn: Turn) -> str:
        """A few words, and why there are no more: every time while a model is on its way, else
        once in a while."""
        words = turn.phrase(_tone(turn.text.lower(), turn.language))
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

    async def _reply(self, turn: Turn) -> AsyncGenerator[str, None]:
        language = turn.language
        message = user_message(turn.text, language, self._notes(turn.text, language))
        talk = self.conversation.with_new(message, language, self.now())
        tokens, sentences = LENGTHS[_length(turn.text)]
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
        # While the last sentence sounds: the answer as it was said, up to the user's next words.
        await self.home.mind.prepare([*self._prefix(language), *self.conversation.messages])

    def _prefix(self, language: str) -> list[Message]:
        household = self.home.services.get("household")
        return chat_prefix(
            language,
            persona=str(self.home.services.get("persona", "")),
            child=bool(household and household.child_mode),
        )

    def _notes(self, text: str, language: str) -> list[str]:
        """What is good to know about an utterance: remembered facts, and the time if it matters."""
        notes: list[str] = self.memory.relevant(text, language)
        for who, name in self.names.mentioned(text, language):
            if not self.conversation.holds(name):
                notes.append(
                    f"{who}叫{name}" if language == "zh" else f"the {who} is called {name}"
                )
        if _TIME.search(text.lower()):
            form = "%Y年%m月%d日 %H:%M" if language == "zh" else "it is %A, %d %B %Y, %H:%M"
            notes.append(self.now().strftime(form))
        return notes

    # --- what is said every day ----------------------------------------------------------------

    @intent("greet")
    @intent("how_are_you")
    @intent("thanks")
    @intent("bye")
    @intent("good_morning")
    @intent("good_night")
    @intent("sad")
    @intent("bored")
    @intent("lonely")
    @intent("tired")
    @intent("stressed")
    @intent("angry")
    @intent("happy")
    @intent("sick")
    @intent("afraid")
    @intent("love")
    @intent("praise")
    @intent("insult")
    @intent("sorry")
    @intent("who_made_you")
    @intent("robot")
    @intent("age")
    @intent("feelings")
    @intent("body")
    @intent("home")
    @intent("listening")
    @intent("back")
    @intent("hungry")
    @intent("birthday")
    @intent("marry")
    @intent("meaning")
    @intent("favourite")
    @intent("grief")
    @intent("someone_ill")
    @intent("mishap")
    @intent("heartbreak")
    @intent("in_love")
    @intent("celebrate")
    @intent("school")
    @intent("advice")
    @intent("lost_in_life")
    @intent("sleep_well")
    @intent("worrying")
    @intent("friends")
    @intent("believe")
    @intent("meet")
    @intent("compare")
    @intent("together")
    @intent("cannot")
    async def everyday(self, turn: Turn, **_about: str) -> Answer:
        """The phrase of the intent, one of several in turn; whom or what it is about is not said."""
        return turn.phrase(str(turn.route.intent))

    # --- memory --------------------------------------------------------------------------------

    @intent("remember")
    async def remember(self, turn: Turn, fact: str) -> Answer:
        """Keep a fact."""
        self.memory.add(fact)
        back = told_back(fact, turn.language)

        async def undo() -> str:
            self.memory.remove(fact)
            return turn.phrase("forgotten", facts=back)

        receipt = Receipt(action="chat.remember", result={"fact": fact}, undo=undo)
        return Reply(say=turn.phrase("remembered", fact=back), receipts=(receipt,))

    @intent("memories")
    async def memories(self, turn: Turn) -> Answer:
        """Tell what is remembered."""
        facts = self.memory.facts
        if not facts:
            return turn.phrase("no_memories")
        return self._told(facts, turn)

    def _told(self, facts: list[str], turn: Turn) -> Reply:
        """Facts as they are told to the household, all of them on a card."""
        told = say_list([told_back(f, turn.language) for f in facts[-TOLD:]], turn.language)
        card = "\n".join(f"- {fact}" for fact in facts)
        return Reply(say=turn.phrase("memories", facts=told), display=card)

    @intent("forget")
    async def forget(self, turn: Turn, fact: str) -> Answer:
        """Forget what was told about something."""
        gone = self.memory.remove(fact)
        if not gone:
            return turn.phrase("not_remembered")
        told = say_list([told_back(f, turn.language) for f in gone], turn.language)
        receipt = Receipt(action="chat.forget", result={"facts": gone})
        return Reply(say=turn.phrase("forgotten", facts=told), receipts=(receipt,))

    @intent("forget_all")
    async def forget_all(self, turn: Turn) -> Answer:
        """Forget everything, once confirmed."""
        sure = await turn.ask(turn.phrase("forget_sure"), answers.yes_no)
        if not sure:
            return turn.phrase("kept")
        count = len(self.memory.facts)
        self.memory.clear()
        self.conversation.clear()
        self.names.clear()
        receipt = Receipt(action="chat.forget_all", result={"count": count})
        return Reply(say=turn.phrase("all_forgotten"), receipts=(receipt,))

    # --- the owner's review --------------------------------------------------------------------

    @intent("report")
    async def report(self, turn: Turn) -> Answer:
        """Keep the last answer, with how it came about, for the owner to look at."""
        last = turn.session.turns[-1] if turn.session.turns else None
        if last is None:
            return turn.phrase("nothing_to_report")
        entry = {
            "when": last.when.isoformat(),
            "heard": last.text,
            "skill": last.route.skill,
            "intent": last.route.intent,
            "stage": last.route.stage,
            "said": list(last.said),
            "error": last.error,
            "model": self.home.mind.name,
        }
        self.home.folder.mkdir(parents=True, exist_ok=True)
        file = self.home.folder / "reports.jsonl"
        with file.open("a", encoding="utf-8") as reports:
            reports.write(json.dumps(entry, ensure_ascii=False) + "\n")
        receipt = Receipt(action="chat.report", result={"file": str(file)})
        return Reply(say=turn.phrase("reported"), receipts=(receipt,))


def _tone(text: str, language: str) -> str:
    """The phrases that answer a text where there is no model."""
    for tone, words in _tones()[language].items():
        if re.search(words, text):
            return f"lost_{tone}"
    return "lost_question" if _QUESTION.search(text) else "lost"


@cache
def _tones() -> Mapping[str, Mapping[str, str]]:
    file = Path(__file__).parent / "data" / "tones.yaml"
    data: Mapping[str, Mapping[str, str]] = read_yaml(file.read_text(encoding="utf-8"))
    return data


def _length(text: str) -> str:
    """How long a reply is asked for."""
    low = text.lower()
    return "brief" if _BRIEF.search(low) else "long" if _LONG.search(low) else "normal"
