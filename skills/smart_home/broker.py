"""One conversation with an MQTT broker: what it keeps, and an order with its acknowledgement.

Connected for one request and no longer: a broker that was restarted, or a network that was away,
then needs no care. Everything here blocks and raises OSError.
"""

from __future__ import annotations

import select
from collections.abc import Callable, Mapping
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

SECONDS = 4.0
"""How long a broker may take to be connected to."""

STEP = 0.05
"""Seconds of one look at the socket."""

QUIET = 2
"""Looks without a message after which all that is kept has come. The broker says when it has taken
a wish, but some brokers send what they keep a moment later."""

PATIENCE = 100
"""Looks in vain that an answer of the broker may take: five seconds."""

MOST = 20_000
"""Messages of one conversation; more is no household."""


class Broker:
    """A connection to `mqtt://user:password@host:port`."""

    def __init__(self, url: str) -> None:
        where = urlsplit(url)
        self._address = (where.hostname or "", where.port or 1883)
        self._client = Client(CallbackAPIVersion.VERSION2, reconnect_on_failure=False)
        if where.username:
            self._client.username_pw_set(unquote(where.username), unquote(where.password or ""))
        self._client.connect_timeout = SECONDS
        self._client.on_message = self._message
        self._client.on_connect = self._connected
        self._client.on_unsubscribe = self._passed
        self._answer = ""
        self._kept: dict[str, str] = {}
        self._news: dict[str, str] = {}
        self._barrier = False
        self._taken = 0

    def __enter__(self) -> Self:
        self._client.connect(*self._address)
        self._until(lambda: bool(self._answer))
        if self._answer != "Success":
            raise PermissionError(f"The MQTT broker refuses to talk ({self._answer}).")
        return self

    def __exit__(self, *_: object) -> None:
        self._client.disconnect()

    def kept(self, *topics: str) -> Mapping[str, str]:
        """The retained messages of topics, which may have wildcards."""
        self._kept = {}
        if not topics:
            return {}
        self._client.subscribe([(topic, 0) for topic in topics])
        self._barrier = False
        # Answered after the wish before it: what is kept has then been queued.
        self._client.unsubscribe("voice-assistant/nothing")
        self._until(lambda: self._barrier)
        still = 0
        while still < QUIET:
            still = 0 if self._look() else still + 1
        return self._kept

    def order(self, topic: str, payload: str, answer: str | None, looks: int) -> str | None:
        """Publish, and wait for the broker to have it; then for news under `answer`, if given."""
        self._news.clear()
        told = self._client.publish(topic, payload, qos=1)
        self._until(told.is_published)
        if answer is None:
            return None
        self._until(lambda: answer in self._news, looks=looks, strict=False)
        return self._news.get(answer)

    def _until(
        self, done: Callable[[], bool], *, looks: int = PATIENCE, strict: bool = True
    ) -> None:
        while not done():
            if looks == 0:
                if strict:
                    raise TimeoutError("The MQTT broker does not answer.")
                return
            looks -= not self._look()

    def _look(self) -> bool:
        """Read and write what there is; whether there was something to read. (`Client.loop` would
        do it too, but opens a TCP socket to itself.)"""
        self._taken += 1
        socket = self._client.socket()
        if socket is None or self._taken > MOST:
            raise ConnectionError("The MQTT broker closed the connection.")
        writing = [socket] if self._client.want_write() else []
        readable, writable, _ = select.select([socket], writing, [], STEP)
        if readable:
            self._client.loop_read(100)
        if writable:
            self._client.loop_write()
        return bool(readable)

    def _connected(self, _client: Client, _data: Any, _flags: Any, reason: Any, _more: Any) -> None:
        self._answer = str(reason)

    def _passed(self, *_: Any) -> None:
        self._barrier = True

    def _message(self, _client: Client, _data: Any, message: MQTTMessage) -> None:
        text = message.payload.decode("utf-8", "replace")
        (self._kept if message.retain else self._news)[message.topic] = text
