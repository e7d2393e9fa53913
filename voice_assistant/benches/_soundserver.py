"""A loudspeaker where there is none: a private PulseAudio whose sound goes nowhere, at the pace of a
real card."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import anyio

from voice_assistant.audio import devices
from voice_assistant.errors import DeviceError

TRIES = 100
"""To reach the server, one every 50 ms."""
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
    before = dict(os.environ)
    with TemporaryDirectory() as folder, ExitStack() as stack:
        stack.callback(devices.look_again)
        stack.callback(os.environ.update, before)
        for name in (variables := _variables(Path(folder))):
            stack.callback(os.environ.pop, name, None)
        os.environ.update(variables)
        _start(stack, Path(folder))
        devices.look_again()
        yield


def _variables(folder: Path) -> dict[str, str]:
    return {
        "XDG_RUNTIME_DIR": str(folder),
        "PULSE_RUNTIME_PATH": str(folder),
        "PULSE_SERVER": f"unix:{folder / 'native'}",
    }


def _start(stack: ExitStack, folder: Path) -> None:
    """The server, and a listener: a null sink works in steps of two seconds unless somebody wants
    less, as no card does."""
    modules = (
        f"module-native-protocol-unix socket={folder / 'native'} auth-anonymous=1",
        "module-null-sink sink_name=speaker",
    )
    words = [word for module in modules for word in ("-L", module)]
    _run(
        stack,
        ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", *words],
        {**os.environ, "HOME": str(folder)},
    )
    for _ in range(TRIES):
        if subprocess.run(["pactl", "info"], capture_output=True, check=False).returncode == 0:
            break
        anyio.run(anyio.sleep, 0.05)
    else:
        raise DeviceError("There is no loudspeaker, and PulseAudio does not start to stand in.")
    _run(stack, ["parec", "--latency-msec=10", "--device=speaker.monitor"], dict(os.environ))


def _run(stack: ExitStack, command: list[str], environment: dict[str, str]) -> None:
    """Start a program that ends with the stack."""
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)
