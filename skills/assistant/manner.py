"""How the assistant speaks and listens, changed by voice: settings, kept in the user's file."""

from __future__ import annotations

from collections.abc import Mapping

from voice_assistant.catalog import Catalog
from voice_assistant.skill import Answer, Receipt, Reply, Skill, Turn, intent
from voice_assistant.speaking import say_list

from .about import About

STEP = 0.15
"""How much faster or slower "talk faster" makes it, and within which paces."""
PACES = (0.5, 2.0)

PATIENCES = (1.0, 2.0, 3.0)
"""How many times the usual silence it waits for somebody to go on."""

SENSITIVITY = 0.1

WAKE_WORDS: Mapping[str, str] = {
    "okay_nabu": "okay nabu",
    "hey_jarvis": "hey Jarvis",
    "alexa": "Alexa",
    "hey_mycroft": "hey Mycroft",
}
"""The wake words there are, as they are said."""


class Manner(Skill):
    """The part of `assistant` that changes settings."""

    @property
    def about(self) -> About | None:
        """The assistant, where there is one around the skill."""
        about: About | None = self.home.services.get("assistant")
        return about

    @intent("wake_word")
    async def wake_word(
        self, turn: Turn, wake_word: str | None = None, wanted: str | None = None
    ) -> Answer:
        """Answer to another wake word."""
        if wake_word is None:
            words = say_list(list(WAKE_WORDS.values()), turn.language, either=True, asked=False)
            if wanted:
                return turn.phrase("no_such_wake_word", wanted=wanted, words=words)
            return turn.phrase("wake_words", words=words)
        return self._setting(
            turn, "listening.wake_words", [wake_word], "wake_word", word=WAKE_WORDS[wake_word]
        )

    @intent("my_wake_word")
    async def my_wake_word(self, turn: Turn) -> Answer:
        """What it answers to now."""
        if self.about is None:
            return turn.phrase("cannot_change")
        known = [WAKE_WORDS.get(each, each) for each in self.about.get("listening.wake_words")]
        return turn.phrase(
            "my_wake_word", word=say_list(known, turn.language, either=True, asked=False)
        )

    @intent("voice")
    async def voice(self, turn: Turn) -> Answer:
        """Speak with the next of the installed voices."""
        catalog: Catalog | None = self.home.services.get("catalog")
        if catalog is None or self.about is None:
            return turn.phrase("cannot_change")
        names = [
            each.name
            for each in catalog.models.values()
            if each.kind == "voice"
            and turn.language in each.languages
            and catalog.installed(each.name)
        ]
        best = catalog.best("voice", turn.language)
        now = str(self.about.get("speaking.voice")) or (best.name if best else "")
        others = [name for name in names if name != now]
        if not others:
            return turn.phrase("one_voice")
        at = names.index(now) + 1 if now in names else 0
        name = names[at % len(names)]
        return self._setting(turn, "speaking.voice", name, "voice", voice=name)

    # --- how it speaks and listens -------------------------------------------------------

    @intent("faster")
    async def faster(self, turn: Turn) -> Answer:
        """Speak faster from now on."""
        return self._pace(turn, STEP)

    @intent("slower")
    async def slower(self, turn: Turn) -> Answer:
        """Speak slower from now on."""
        return self._pace(turn, -STEP)

    @intent("normal_pace")
    async def normal_pace(self, turn: Turn) -> Answer:
        """Speak at the voice's own pace again."""
        return self._setting(turn, "speaking.pace", 1.0, "pace")

    def _pace(self, turn: Turn, by: float) -> Answer:
        if self.about is None:
            return turn.phrase("cannot_change")
        pace = round(float(self.about.get("speaking.pace")) + by, 2)
        if not PACES[0] <= pace <= PACES[1]:
            return turn.phrase("pace_end")
        return self._setting(turn, "speaking.pace", pace, "faster" if by > 0 else "slower")

    @intent("patient")
    async def patient(self, turn: Turn) -> Answer:
        """Wait longer before an utterance counts as over."""
        return self._patience(turn, 1)

    @intent("brisk")
    async def brisk(self, turn: Turn) -> Answer:
        """Wait less long again."""
        return self._patience(turn, -1)

    def _patience(self, turn: Turn, by: int) -> Answer:
        if self.about is None:
            return turn.phrase("cannot_change")
        now = float(self.about.get("listening.patience"))
        others = [each for each in PATIENCES if (each - now) * by > 0]
        if not others:
            return turn.phrase("patience_end")
        value = min(others, key=lambda each: abs(each - now))
        return self._setting(turn, "listening.patience", value, "patient" if by > 0 else "brisk")

    @intent("more_sensitive")
    async def more_sensitive(self, turn: Turn) -> Answer:
        """Wake more easily."""
        return self._sensitivity(turn, SENSITIVITY)

    @intent("less_sensitive")
    async def less_sensitive(self, turn: Turn) -> Answer:
        """Wake less easily."""
        return self._sensitivity(turn, -SENSITIVITY)

    def _sensitivity(self, turn: Turn, by: float) -> Answer:
        if self.about is None:
            return turn.phrase("cannot_change")
        value = round(float(self.about.get("listening.sensitivity")) + by, 2)
        if not 0 <= value <= 1:
            return turn.phrase("sensitivity_end")
        key = "more_sensitive" if by > 0 else "less_sensitive"
        return self._setting(turn, "listening.sensitivity", value, key)

    @intent("languages")
    async def languages(self, turn: Turn, language: str = "", foreign: str = "") -> Answer:
        """Which languages there are, and how to change."""
        return turn.phrase("languages")

    @intent("language")
    async def language(self, turn: Turn, spoken: str = "") -> Answer:
        """Speak one language only, or both; where none was named, which there are."""
        if not spoken:
            return await self.languages(turn)
        return self._setting(turn, "language", spoken, f"language_{spoken}")

    def _setting(self, turn: Turn, key: str, value: object, phrase: str, **words: str) -> Answer:
        """Change a setting; the change can be undone."""
        about = self.about
        if about is None:
            return turn.phrase("cannot_change")
        before = about.get(key)
        before = list(before) if isinstance(before, tuple) else before
        about.change(key, value)

        async def undo() -> str:
            about.change(key, before)
            return turn.phrase("as_before")

        receipt = Receipt(
            action="assistant.setting", result={"key": key, "value": value}, undo=undo
        )
        return Reply(say=turn.phrase(phrase, **words), receipts=(receipt,))
