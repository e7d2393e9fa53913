"""When has somebody finished? Speech probabilities and the text so far in, a decision out. Pure.

Others wait a fixed 0.64-0.8 s. Here the silence that ends an utterance depends on what was said: a
whole command may end at once, an unfinished sentence is given time. The text is looked at early in
a pause (LOOK), while the pause could still turn out to be one inside the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from voice_assistant.audio.frames import FRAME_SECONDS

SPEECH, QUIET = 0.5, 0.35
"""Silero's usual pair: speech begins above the first, ends below the second."""

LOOK_AFTER = 0.12
"""Seconds of quiet after which the text so far is worth looking at."""

COMPLETE, UNSURE, UNFINISHED = 0.23, 0.7, 1.4
"""Seconds of quiet that end an utterance, by what its text looks like."""

LIMIT = 20.0
"""Seconds after which an utterance ends whatever it sounds like."""

_DANGLING = {
    "en": re.compile(
        r"\b(and|or|but|the|a|an|to|for|of|in|on|at|by|with|from|about|my|your|his|her|our|their|is|are|"
        r"was|than|then|because|if|that|which|who|some|any|set|add|play|called|named|remind me|"
        r"um|uh|erm|like|please tell|hundred and|point|minus|plus|times)$|"
        r"^(please|(could|can|would|will) you( please)?|(i would|i'd) like( to know)?|i want|tell me)$"
    ),
    "zh": re.compile(
        r"(和|跟|与|或|还有|以及|的|把|给|在|从|到|因为|如果|然后|那个|嗯|呃|点|加|减|乘|除以|提醒我|帮我|请)$"
    ),
}
"""Words that nobody ends a sentence with, and what is only the beginning of one."""

_POINTING = re.compile(r"\b(that|some|which|who)$")
"""Those of them that do end some requests: "repeat that", "play some"."""


class Text(Enum):
    """What the text so far looks like."""

    COMPLETE = COMPLETE
    UNSURE = UNSURE
    UNFINISHED = UNFINISHED


def looks(text: str, language: str, whole: bool) -> Text:
    """Judge the text so far; `whole` says that a template takes all of it."""
    text = text.lower().rstrip(" .,?!…，。？！")
    if whole and _POINTING.search(text):
        return Text.COMPLETE
    if not text or _DANGLING.get(language, _DANGLING["en"]).search(text):
        return Text.UNFINISHED
    return Text.COMPLETE if whole else Text.UNSURE


class Pause(Enum):
    """What to do after a frame."""

    GO_ON = auto()
    LOOK = auto()
    """Look at the text now and tell `saw`."""
    END = auto()


@dataclass
class Endpointing:
    """One utterance's end. Counts frames; never looks at a clock."""

    patience: float = 1.0
    """Multiplies every wait but the hard limit."""
    talking: bool = False
    quiet: float = 0.0
    """Seconds since the last speech."""
    heard: float = 0.0
    """Seconds since the beginning."""
    text: Text | None = None
    """How the text looked in this pause; None before the look."""

    def feed(self, speech: float) -> Pause:
        """Take the speech probability of one frame."""
        self.heard += FRAME_SECONDS
        if speech >= (QUIET if self.talking else SPEECH):
            self.go_on()
        else:
            self.quiet += FRAME_SECONDS
            self.talking = self.talking and self.quiet < 2 * FRAME_SECONDS
        if self.heard >= LIMIT:
            return Pause.END
        if self.text is None:
            return Pause.LOOK if self.quiet >= LOOK_AFTER else Pause.GO_ON
        return Pause.END if self.quiet >= self.text.value * self.patience else Pause.GO_ON

    def go_on(self) -> None:
        """Somebody speaks on after all."""
        self.talking, self.quiet, self.text = True, 0.0, None

    def saw(self, text: Text) -> None:
        """Tell how the text looks in this pause."""
        self.text = text
