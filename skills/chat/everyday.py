"""Hand-written answers to what is said every day."""

from __future__ import annotations

from voice_assistant.skill import Answer, Skill, Turn, intent


class Everyday(Skill):
    """Small talk that wants no model."""

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
