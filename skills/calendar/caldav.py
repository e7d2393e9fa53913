"""A calendar on a CalDAV server (RFC 4791): what is in it, with which versions, and changing it.

Everything here blocks, and raises OSError when the server does not answer or says no: it runs
behind `Http.converse`, which asks for leave first.
"""

from __future__ import annotations

import base64
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urljoin, urlsplit
from xml.sax.saxutils import escape

from voice_assistant.http import SECONDS

LARGEST = 32_000_000
"""Bytes of an answer that are read: some thousand appointments at once."""

AT_ONCE = 200
"""Appointments fetched in one request."""

_DAV, _CAL = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
_ETAGS = """<?xml version="1.0"?>
<C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<prop><getetag/></prop>
<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"/></C:comp-filter></C:filter>
</C:calendar-query>"""
_MANY = """<?xml version="1.0"?>
<C:calendar-multiget xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<prop><getetag/><C:calendar-data/></prop>{hrefs}
</C:calendar-multiget>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One resource of the calendar: an appointment with its exceptions."""

    href: str
    etag: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalDav:
    """A calendar at an address that ends in a slash."""

    url: str
    user: str
    password: str

    @property
    def host(self) -> str:
        """Whom it is talked to at."""
        return urlsplit(self.url).hostname or ""

    def etags(self) -> Mapping[str, str]:
        """The version of each appointment, by its address on the server."""
        answers = self._report(_ETAGS)
        return {href: prop.findtext(f"{_DAV}getetag", "") for href, prop in answers}

    def fetch(self, hrefs: list[str]) -> list[Kept]:
        """The appointments at some addresses."""
        found = []
        for at in range(0, len(hrefs), AT_ONCE):
            names = "".join(f"<href>{escape(each)}</href>" for each in hrefs[at : at + AT_ONCE])
            for href, prop in self._report(_MANY.format(hrefs=names)):
                if text := prop.findtext(f"{_CAL}calendar-data"):
                    etag = prop.findtext(f"{_DAV}getetag", "")
                    found.append(Kept(href=href, etag=etag, text=text))
        return found

    def put(self, uid: str, text: str) -> None:
        """Add an appointment; it is on the server when this returns."""
        headers = {"Content-Type": "text/calendar; charset=utf-8", "If-None-Match": "*"}
        self._ask("PUT", urljoin(self.url, f"{quote(uid, safe='')}.ics"), text, headers)

    def delete(self, href: str, etag: str) -> None:
        """Take one away, unless somebody changed it meanwhile."""
        self._ask("DELETE", urljoin(self.url, href), None, {"If-Match": etag} if etag else {})

    def _report(self, body: str) -> list[tuple[str, Any]]:
        """The address and the properties of each resource in a report."""
        from defusedxml import ElementTree

        headers = {"Depth": "1", "Content-Type": "application/xml; charset=utf-8"}
        answer = self._ask("REPORT", self.url, body, headers)
        try:
            tree = ElementTree.fromstring(answer)
        except (ElementTree.ParseError, ValueError) as error:
            raise OSError("no answer of a calendar server") from error
        found = []
        for response in tree.iter(f"{_DAV}response"):
            for each in response.iter(f"{_DAV}propstat"):
                if "200" in each.findtext(f"{_DAV}status", ""):
                    prop = each.find(f"{_DAV}prop")
                    found.append((response.findtext(f"{_DAV}href", ""), prop))
        return found

    def _ask(self, method: str, url: str, body: str | None, headers: Mapping[str, str]) -> bytes:
        data = None if body is None else body.encode()
        request = urllib.request.Request(url, data, dict(headers), method=method)  # noqa: S310
        secret = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        request.add_header("Authorization", f"Basic {secret}")
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
                return bytes(answer.read(LARGEST))
        except HTTPError as error:
            error.close()
            if error.code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
                raise PermissionError(str(error)) from error
            raise
