"""The espeak-ng program: phonemes for Piper, and speech of its own in a hundred languages.

espeak-ng is GPL: it stays a program of its own, started for each clause. That costs 10 to 30 ms,
so one that makes phonemes is always started ahead, and waits for its clause.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import weakref
from collections.abc import Sequence

import numpy as np

from voice_assistant.audio.frames import Samples
from voice_assistant.errors import VoiceAssistantError

RATE = 22_050
"""Samples a second of espeak-ng's speech."""

WORDS_PER_MINUTE = 165
"""Its pace at 1.0; the program's own 175 is hurried."""

PATIENCE_SECONDS = 20.0

_SWITCH = re.compile(r"\([a-z]{2,3}(-[a-z0-9-]+)?\)")
"""The marks at which espeak-ng changes the language of a foreign word."""


class Espeak:
    """Runs espeak-ng."""

    def __init__(self) -> None:
        program = shutil.which("espeak-ng")
        if program is None:
            raise VoiceAssistantError(
                "The program espeak-ng is missing: type 'sudo apt install espeak-ng' "
                "(on a Mac 'brew install espeak-ng')."
            )
        self._program = program
        self._ahead: dict[str, subprocess.Popen[bytes]] = {}
        """By the voice, a program that waits for the next clause."""
        weakref.finalize(self, _end, self._ahead)

    def phonemes(self, clauses: Sequence[str], voice: str) -> list[str]:
        """The IPA of each clause; all are asked at the same time."""
        started = [self._phonemizer(voice) for _ in clauses]
        spoken = [_ask(one, clause) for one, clause in zip(started, clauses, strict=True)]
        self._ahead[voice] = self._phonemizer(voice)
        return [" ".join(_SWITCH.sub("", ipa.decode()).split()) for ipa in spoken]

    def close(self) -> None:
        """End what waits; it ends with this object, too."""
        _end(self._ahead)

    def _phonemizer(self, voice: str) -> subprocess.Popen[bytes]:
        """One that was started ahead, if there is one and it still lives."""
        ahead = self._ahead.pop(voice, None)
        if ahead and ahead.poll() is None:
            return ahead
        return self._start(("-q", "--ipa"), voice)

    def speak(self, text: str, voice: str, *, pace: float = 1.0) -> Samples:
        """The sound of `text`, at RATE."""
        speed = round(min(max(WORDS_PER_MINUTE * pace, 80), 450))
        wav = _ask(self._start(("--stdout", "-s", str(speed)), voice), text)
        # The header of a streamed WAV does not know the length: take all that follows it.
        body = wav[wav.find(b"data") + 8 :]
        pcm = np.frombuffer(body, np.int16, count=len(body) // 2)
        samples: Samples = pcm.astype(np.float32) / np.float32(32_768)
        return samples

    def _start(self, options: Sequence[str], voice: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            (self._program, "--stdin", "-v", voice, *options),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )


def _end(ahead: dict[str, subprocess.Popen[bytes]]) -> None:
    for waiting in ahead.values():
        with waiting:
            waiting.kill()
    ahead.clear()


def _ask(espeak: subprocess.Popen[bytes], text: str) -> bytes:
    with espeak:
        try:
            out, err = espeak.communicate(text.encode(), timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            espeak.kill()
            raise VoiceAssistantError("espeak-ng hangs: see 'voice-assistant doctor'.") from None
    if espeak.returncode:
        reason = err.decode(errors="replace").strip()
        raise VoiceAssistantError(f"espeak-ng failed: {reason}")
    return out
