"""Several wake words side by side are one."""

import numpy as np

from voice_assistant.audio.frames import FRAME
from voice_assistant.engines.several import SeveralWakeWords

FRAMES = [np.full(FRAME, n, np.int16) for n in range(10)]


class Fires:
    """Notices a phrase a few frames after its last reset."""

    def __init__(self, phrase, after):
        self.phrase, self.after, self.late = phrase, after, after / 10
        self.reset()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.phrase = "closed"

    def feed(self, frame):
        self.left -= 1
        return self.phrase if self.left == 0 else None

    def reset(self):
        self.left = self.after


def test_what_one_has_noticed_the_others_forget():
    both = SeveralWakeWords([Fires("slow", 5), Fires("quick", 3)])
    assert [both.feed(frame) for frame in FRAMES[:6]] == [None, None, "quick", None, None, None]
    assert both.late == 0.3


def test_all_are_closed():
    engines = [Fires("one", 1), Fires("two", 2)]
    with SeveralWakeWords(engines):
        pass
    assert [engine.phrase for engine in engines] == ["closed", "closed"]
