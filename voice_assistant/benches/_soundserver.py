"""A loudspeaker where there is none: a private PulseAudio whose sound goes nowhere, at the pace of a
real card."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

import anyio

from voice_assistant.audio import devices
from voice_assistant.errors import DeviceError

TRIES = 100
"""To reach the server, one every 50 ms."""

RATE = 48_000
FORMAT = (f"--rate={RATE}", "--format=s16le", "--channels=1", "--raw")

_PROGRAMS = ("pulseaudio", "pactl", "parec")


@contextmanager
def loudspeaker() -> Iterator[None]:
    """The machine's own while this lasts, or else a pretended one."""
    if devices.find_all("output"):
        yield
        return
    if missing := [program for program in _PROGRAMS if not shutil.which(program)]:
        raise DeviceError(
            f"There is no loudspeaker, and no {missing[0]} to stand in for one: plug one in, or type "
            "'sudo apt install pulseaudio pulseaudio-utils libasound2-plugins'."
        )
    with TemporaryDirectory() as folder, SoundServer(Path(folder)) as server, server.in_use():
        yield


class SoundServer:
    """A PulseAudio of our own, with cards that are none. Its programs end with it."""

    def __init__(self, folder: Path, channels: Mapping[str, int] | None = None) -> None:
        """`folder`: for its socket; `channels` of each card by its name, else one stereo
        `speaker`."""
        self.folder = folder
        self.channels = channels or {"speaker": 2}
        runtime = folder / "pulse"
        runtime.mkdir(mode=0o700)
        self._socket = runtime / "native"
        self.variables = {
            "XDG_RUNTIME_DIR": str(folder),
            "PULSE_RUNTIME_PATH": str(runtime),
            "PULSE_SERVER": f"unix:{self._socket}",
        }
        """What a process needs to find it."""
        self.environment = {**os.environ, **self.variables, "HOME": str(folder)}
        self._listeners: dict[str, subprocess.Popen[bytes]] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Start it. Raises DeviceError where it does not answer."""
        modules = [f"module-native-protocol-unix socket={self._socket} auth-anonymous=1"]
        modules += [f"{module} {options}" for module, options in map(self._card, self.channels)]
        words = [word for module in modules for word in ("-L", module)]
        server = self._started(
            "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", *words
        )
        self._stack.callback(_ended, server)
        for _ in range(TRIES):
            if self._socket.exists() and self.control("info", check=False) == 0:
                break
            anyio.run(anyio.sleep, 0.05)
        else:
            self._stack.close()
            raise DeviceError("There is no loudspeaker, and PulseAudio does not start to stand in.")
        for card in self.channels:
            self.keep_quick(card)
        return self

    def __exit__(self, *_: object) -> None:
        for card in list(self._listeners):
            self.let_go(card)
        self._stack.close()

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """This process plays and listens there while this lasts."""
        before = dict(os.environ)
        os.environ.update(self.variables)
        devices.look_again()
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)
            devices.look_again()

    def control(self, *words: str, check: bool = True) -> int:
        """Have `pactl` do something; how that ended."""
        done = subprocess.run(
            ["pactl", *words], env=self.environment, check=check, capture_output=True, timeout=10
        )
        return done.returncode

    def plug(self, card: str) -> None:
        """A card is put in."""
        module, options = self._card(card)
        self.control("load-module", module, *options.split())
        self.keep_quick(card)

    def keep_quick(self, card: str) -> None:
        """Listen to a card: a null sink works in steps of two seconds unless somebody wants less, as
        no card does."""
        self._listeners[card] = self._started(
            "parec", *FORMAT, "--latency-msec=10", f"--device={card}.monitor"
        )

    def let_go(self, card: str) -> None:
        """Listen to it no longer."""
        _ended(self._listeners.pop(card))

    def _card(self, name: str) -> tuple[str, str]:
        return "module-null-sink", f"sink_name={name} rate={RATE} channels={self.channels[name]}"

    def _started(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(10)
