"""Sockets are refused in this process, except to hosts that the settings allow to a skill.

A skill says whom it is going to talk to (`home.network(host)`): if the settings allow it, that is
written to the log that "have you sent anything today?" is answered from, and the host is open for
a while. Everything else that Python code in this process tries raises Refused. Unix sockets,
which the sound server uses, are no network. (A library in C that opens sockets by itself is not
seen by Python: skills that use one ask first all the same, and `doctor --offline` proves the rest.)
"""

from __future__ import annotations

import ipaddress
import socket
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from voice_assistant.clock import Clock
from voice_assistant.errors import NotAllowed
from voice_assistant.store import Database

OPEN_SECONDS = 600.0
"""How long a host stays open after a skill asked for it: a download, or a song of a radio."""

_LOOKUPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_SENDS = {"socket.connect", "socket.sendto", "socket.sendmsg"}


class Refused(NotAllowed, OSError):
    """A connection was refused; an OSError too, since that is what network code is ready for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A host was talked to."""

    at: datetime
    skill: str
    host: str


class Network:
    """Who may talk to whom, and who did."""

    def __init__(
        self,
        allowed: Mapping[str, Iterable[str]],
        database: Database,
        clock: Clock,
        *,
        household: Iterable[str] = (),
    ) -> None:
        """`allowed` are hosts by skill; `household` hosts that are always open, such as the
        language model's own server (loopback, too, must be named)."""
        self._allowed = {skill: frozenset(hosts) for skill, hosts in allowed.items()}
        self._database, self._clock = database, clock
        self._household = frozenset(household)
        self._opened: dict[str, float] = {}
        self._addresses: dict[str, str] = {}
        self.refusals: list[str] = []
        """Hosts that something tried to talk to without leave."""
        database.execute("CREATE TABLE IF NOT EXISTS contacts (at TEXT, skill TEXT, host TEXT)")

    def permit(self, skill: str, host: str) -> None:
        """Open a host for a skill and write it down, or raise NotAllowed."""
        if host not in self._allowed.get(skill, ()):
            raise NotAllowed(
                f"'{skill}' may not talk to {host}. To allow it, write {skill} = [\"{host}\"] "
                "below [network] in the settings."
            )
        self._database.execute(
            "INSERT INTO contacts VALUES (?, ?, ?)", (self._clock.now().isoformat(), skill, host)
        )
        self._opened[host] = self._clock.elapsed()

    def contacts(self, since: datetime) -> list[Contact]:
        """What was talked to from then on, oldest first."""
        rows = self._database.execute("SELECT at, skill, host FROM contacts ORDER BY rowid")
        met = [Contact(at=datetime.fromisoformat(at), skill=s, host=h) for at, s, h in rows]
        return [contact for contact in met if contact.at >= since]

    @contextmanager
    def guarding(self) -> Iterator[None]:
        """Refuse sockets from now on, until the end of the block."""
        _Hook.install()
        before, _Hook.network = _Hook.network, self
        try:
            yield
        finally:
            _Hook.network = before

    def resolved(self, host: str, address: str) -> None:
        """An open host was found to have this address."""
        self._addresses[address] = host

    def require(self, host: str) -> None:
        """Raise Refused unless the host, or the host behind an address, is open."""
        name = self._addresses.get(host, host)
        if name in self._household:
            return
        opened = self._opened.get(name)
        if opened is None or self._clock.elapsed() - opened > OPEN_SECONDS:
            self.refusals.append(name)
            raise Refused(f"A connection to {name} was refused: nothing leaves this machine.")


class _Hook:
    """The process's one audit hook; hooks stay for ever, so it asks who guards just now."""

    network: Network | None = None
    _installed = False

    @classmethod
    def install(cls) -> None:
        if not cls._installed:
            cls._installed = True
            socket.getaddrinfo = _remembering(socket.getaddrinfo)
            sys.addaudithook(_audit)


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    network = _Hook.network
    if network is None or not event.startswith("socket."):
        return
    if event in _SENDS:
        sock, address = arguments
        if sock.family in (socket.AF_INET, socket.AF_INET6) and address:
            network.require(_text(address[0]))
    elif event in _LOOKUPS:
        host = _text(arguments[0])
        if host and not _is_address(host):
            network.require(host)


def _remembering(getaddrinfo: Any) -> Any:
    """Looks names up and tells which addresses they have: a connection only knows addresses."""

    def look_up(host: Any, *arguments: Any, **named: Any) -> Any:
        found = getaddrinfo(host, *arguments, **named)
        if _Hook.network is not None and host and not _is_address(_text(host)):
            for *_, address in found:
                _Hook.network.resolved(_text(host), address[0])
        return found

    return look_up


def _text(host: str | bytes | None) -> str:
    return host.decode() if isinstance(host, bytes) else host or ""


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
