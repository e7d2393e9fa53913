"""The whole program on a private sound server, as a person in the room meets it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time


class Household:
    """`voice-assistant run` with its events and when each arrived here."""

    def __init__(self, server, home, *settings):
        self.server, self.events = server, []
        words = [word for setting in settings for word in ("--set", setting)]
        self._errors = (home / "errors.log").open("w")
        command = "run --json --no-llm --wake-word hey_jarvis --language en"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "voice_assistant", *command.split(), *words],
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            env={**os.environ, **server.variables, "VOICE_ASSISTANT_HOME": str(home)},
        )
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._read, daemon=True)  # noqa: TID251
        self._thread.start()

    def _read(self):
        for line in self._process.stdout:
            with self._changed:
                self.events.append((time.perf_counter(), json.loads(line)))
                self._changed.notify_all()

    def __enter__(self):
        self.wait_for("listening")
        return self

    def wait(self, seconds=60):
        """The status with which it ends by itself."""
        return self._process.wait(seconds)

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(10)
        self._thread.join(5)
        self._process.stdout.close()
        self._errors.close()

    def wait_for(self, name, *, after=0.0, seconds=30.0):
        """The next event of a name that arrives after a time: (when, event)."""

        def found():
            return next(
                ((at, event) for at, event in self.events if at > after and event["event"] == name),
                None,
            )

        with self._changed:
            assert self._changed.wait_for(found, seconds), f"no {name} in {self.names(after)}"
            return found()

    def names(self, after=0.0):
        return [event["event"] for at, event in self.events if at > after]
