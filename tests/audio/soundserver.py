"""A private PulseAudio with two null sinks, so that real PortAudio streams can be tested anywhere.

What is played into `mic_feed` is what the default microphone hears; what the default loudspeaker
plays is recorded from the monitor of `speaker`.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
import wave
from contextlib import contextmanager
from pathlib import Path

import numpy as np

RATE = 48_000
PIECE = 960
FORMAT = (f"--rate={RATE}", "--format=s16le", "--channels=1", "--raw")


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


class SoundServer:
    """`with SoundServer(folder) as server:`, then `os.environ.update(server.variables)`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        runtime = folder / "pulse"
        runtime.mkdir(mode=0o700)
        self.socket = runtime / "native"
        self.variables = {
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "PULSE_RUNTIME_PATH": str(runtime),
            "PULSE_SERVER": f"unix:{self.socket}",
        }
        self.environment = {**os.environ, **self.variables}

    def __enter__(self):
        modules = [
            f"module-native-protocol-unix socket={self.socket} auth-anonymous=1",
            f"module-null-sink sink_name=mic_feed rate={RATE} channels=1",
            f"module-null-sink sink_name=speaker rate={RATE} channels=2",
        ]
        self._process = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
            + [word for module in modules for word in ("-L", module)],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(100):
            if self.socket.exists() and self._control("info", check=False) == 0:
                break
            time.sleep(0.05)  # noqa: TID251
        self._control("set-default-sink", "speaker")
        self._control("set-default-source", "mic_feed.monitor")
        self._quick = {sink: self._keep_quick(sink) for sink in ("mic_feed", "speaker")}
        return self

    def __exit__(self, *_):
        for process in (*self._quick.values(), self._process):
            process.terminate()
            process.wait(10)

    def _keep_quick(self, sink):
        """A null sink works in steps of two seconds unless somebody wants less, as no card does."""
        return subprocess.Popen(
            ["parec", *FORMAT, "--latency-msec=10", f"--device={sink}.monitor"],
            stdout=subprocess.DEVNULL,
            env=self.environment,
        )

    def _control(self, *words, check=True):
        done = subprocess.run(
            ["pactl", *words], env=self.environment, check=check, capture_output=True, timeout=10
        )
        return done.returncode

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
        self._quick[sink].terminate()
        self._quick[sink].wait(10)
        self._control("unload-module", self._module(sink))

    def plug(self, sink):
        """The sound card is back."""
        self._control("load-module", "module-null-sink", f"sink_name={sink}", f"rate={RATE}")
        if sink == "mic_feed":
            self._control("set-default-source", "mic_feed.monitor")
        else:
            self._control("set-default-sink", sink)
        self._quick[sink] = self._keep_quick(sink)

    def speak(self, samples):
        """Start to play into the microphone (int16 at RATE); the seconds it takes. The server holds
        the whole sample, so a busy machine makes no holes in it."""
        path = self._folder / "spoken.wav"
        with wave.open(str(path), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(samples.astype("<i2").tobytes())
        self._control("upload-sample", str(path), "spoken")
        self._control("play-sample", "spoken", "mic_feed")
        return len(samples) / RATE

    @contextmanager
    def echo(self):
        """What the loudspeaker plays is in the room while this lasts."""
        self._control(
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
            self._control("unload-module", "module-loopback")

    def record(self):
        """Record the loudspeaker until the `with` ends."""
        return Recording(self.environment, "speaker.monitor")
