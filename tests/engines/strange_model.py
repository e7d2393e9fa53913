"""A language model for tests of the child process: it does what the last message says."""

import os
import sys
import time

from voice_assistant.engines.child import Usage, serve
from voice_assistant.errors import ModelError


class StrangeModel:
    name = "strange"

    def __init__(self, path):
        if path.name == "bad.gguf":
            raise ModelError("The model file bad.gguf cannot be read.")
        if path.name == "crash.gguf":
            os.abort()
        self.usage = Usage()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def keep(self, chat, *, abort=lambda: False):
        while chat[-1].content == "for ever" and not abort():
            time.sleep(0.02)  # noqa: TID251

    def generate(self, chat, *, limit, grammar=None, abort=lambda: False):
        wish = chat[-1].content
        print("a library prints this")  # noqa: T201
        sys.stdout.flush()
        if wish == "crash":
            yield "I am"
            os.abort()
        if wish == "fail":
            raise ModelError("This is too long for the model 'strange'.")
        for number in range(limit):
            if abort():
                return
            if wish == "slow":
                time.sleep(0.02)  # noqa: TID251
            self.usage = Usage(prompt=1, evaluated=1, generated=number + 1)
            yield f"{number} "


if __name__ == "__main__":
    serve(StrangeModel)
