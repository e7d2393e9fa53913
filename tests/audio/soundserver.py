"""A private PulseAudio with two null sinks, so that real PortAudio streams can be tested anywhere.

What is played into `mic_feed` is what the default microphone hears; what the default loudspeaker
plays is recorded from the monitor of `speaker`.
"""

from __future__ import annotations

import subprocess
import threading
import time
import wave
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from voice_assistant.benches._soundserver import FORMAT, RATE, SoundServer

PIECE = 960


class Recording:
    """What the loudspeaker plays, each piece with the time at which it arrived here."""

    def __init__(self, environment, source):
        self.pieces: list[tuple[float, np.ndarray]] = []
        self._process = subprocess.Popen(
            ["parec", *FORMAT, "--latency-msec=10", f"--device={source}"],
            stdout=subprocess.PIPE,
            env=environment,
        )
        self._thread = threading.Thread(target=self._read, daemon=True)  # noqa: TID251
        self._thread.start()
        while not self.pieces:
            time.sleep(0.01)  # noqa: TID251

    def _read(self):
        while data := self._process.stdout.read(2 * PIECE):
            self.pieces.append((time.perf_counter(), np.frombuffer(data, np.int16)))

    @property
    def samples(self):
        return np.concatenate([piece for _, piece in self.pieces] or [np.zeros(0, np.int16)])

    def last_sound(self, above=100):
        """When the last piece with any sound in it arrived."""
        return max(
            (at for at, piece in self.pieces if np.abs(piece.astype(int)).max() > above), default=0
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(5)
        self._thread.join(5)
        self._process.stdout.close()

    def since(self, when):
        """What arrived after a time."""
        return np.concatenate([piece for at, piece in self.pieces if at > when])


class Cards(SoundServer):
    """A microphone and a loudspeaker: `with Cards(folder) as server, server.in_use():`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, {"mic_feed": 1, "speaker": 2})
        self.variables["HOME"] = str(folder)

    def __enter__(self):
        super().__enter__()
        for sink in self.channels:
            self._choose(sink)
        return self

    def _choose(self, sink):
        """What is played and heard goes over this card unless another is named."""
        if sink == "mic_feed":
            self.control("set-default-source", "mic_feed.monitor")
        else:
            self.control("set-default-sink", sink)

    def _module(self, sink):
        listed = subprocess.run(
            ["pactl", "list", "short", "modules"],
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
            timeout=10,
        ).stdout
        return next(line.split()[0] for line in listed.splitlines() if f"sink_name={sink}" in line)

    def unplug(self, sink):
        """The sound card is pulled out."""
        self.let_go(sink)
        self.control("unload-module", self._module(sink))

    def plug(self, sink):
        """The sound card is back."""
        super().plug(sink)
        self._choose(sink)

    def speak(self, samples):
        """Start to play into the microphone (int16 at RATE); the seconds it takes. The server holds
        the whole sample, so a busy machine makes no holes in it."""
        path = self.folder / "spoken.wav"
        with wave.open(str(path), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(samples.astype("<i2").tobytes())
        self.control("upload-sample", str(path), "spoken")
        self.control("play-sample", "spoken", "mic_feed")
        return len(samples) / RATE

    @contextmanager
    def echo(self):
        """What the loudspeaker plays is in the room while this lasts."""
        self.control(
            "load-module",
            "module-loopback",
            "source=speaker.monitor",
            "sink=mic_feed",
            "latency_msec=60",
            "adjust_time=0",
        )
        try:
            yield
        finally:
            self.control("unload-module", "module-loopback")

    def record(self):
        """Record the loudspeaker until the `with` ends."""
        return Recording(self.environment, "speaker.monitor")
