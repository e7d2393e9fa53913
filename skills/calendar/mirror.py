"""A server's calendar as files of this machine, so that it can be read when the server is away."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from voice_assistant.folders import write_text
from voice_assistant.http import Http, Unreachable
from voice_assistant.skill import Clock, Store

from .caldav import CalDav

FRESH = timedelta(minutes=2)
"""How long the server is not asked anew."""


class Mirror:
    """The appointments of one CalDAV calendar in a folder of ICS files."""

    def __init__(
        self, server: CalDav, http: Http, store: Store, clock: Clock, folder: Path
    ) -> None:
        self.folder = folder
        self._server, self._http, self._store, self._clock = server, http, store, clock

    @property
    def host(self) -> str:
        """Whom it is talked to at."""
        return self._server.host

    @property
    def fetched(self) -> datetime | None:
        """When the server was last asked."""
        at = self._store.get("caldav.at")
        return datetime.fromisoformat(at) if at else None

    async def refresh(self) -> None:
        """Bring the files up to date. Raises NotAllowed, Unreachable or Rejected."""
        now, fetched = self._clock.now(), self.fetched
        if fetched is not None and timedelta() <= now - fetched < FRESH:
            return
        there = await self._http.converse(self.host, self._server.etags)
        here: dict[str, str] = self._store.get("caldav.etags", {})
        changed = [href for href, etag in there.items() if here.get(href) != etag]
        for each in await self._http.converse(self.host, self._server.fetch, changed):
            write_text(self._path(each.href), each.text.replace("\r\n", "\n"))
            here[each.href] = each.etag
        for href in here.keys() - there.keys():
            self._path(href).unlink(missing_ok=True)
            del here[href]
        self._store.set("caldav.etags", here)
        self._store.set("caldav.at", now.isoformat())

    async def add(self, uid: str, text: str) -> None:
        """Put an appointment on the server, then into the files."""
        await self._http.converse(self.host, self._server.put, uid, text)
        await self._again()

    async def remove(self, file: Path) -> None:
        """Take an appointment off the server, then off the files."""
        here: dict[str, str] = self._store.get("caldav.etags", {})
        href = next(each for each in here if self._path(each) == file)
        await self._http.converse(self.host, self._server.delete, href, here[href])
        await self._again()

    async def _again(self) -> None:
        """The change is made; that the server is gone a moment later does not unmake it."""
        self._store.delete("caldav.at")
        with suppress(Unreachable):
            await self.refresh()

    def _path(self, href: str) -> Path:
        """The file of a resource; a name from a server names no file of ours."""
        return self.folder / f"{hashlib.sha256(href.encode()).hexdigest()[:32]}.ics"
