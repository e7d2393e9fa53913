"""Threads: the only file that makes one.

A blocking engine runs behind a `Worker`, which is one thread that nothing else uses: an engine is
never entered twice at once, and one that needs to stay on the thread it was born on does.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, ParamSpec, Self, TypeVar

from anyio import CancelScope
from anyio.lowlevel import checkpoint

P = ParamSpec("P")
T = TypeVar("T")

Lock = threading.Lock
"""For the few lines that two threads share."""

_log = logging.getLogger(__name__)
_END = object()
_given_up: list[threading.Thread] = []  # noqa: TID251


def hanging() -> bool:
    """Whether a thread goes on that nobody waited for any longer."""
    return any(thread.is_alive() for thread in _given_up)


class Worker:
    """The one thread that a blocking engine runs on; started by the first call.

    Calls wait their turn. A call that is cancelled returns at once; if it had begun, the thread
    finishes it before it takes the next, so the engine never serves two.
    """

    def __init__(self, name: str = "worker") -> None:
        self._name = name
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None  # noqa: TID251 - its one home

    def submit(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have `fn(*args)` run on the thread; any thread may wait for the result."""
        future: Future[T] = Future()

        def job() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = fn(*args, **kwargs)
            except BaseException as error:  # noqa: BLE001 - it is raised where the call was made
                future.set_exception(error)
            else:
                future.set_result(result)

        self._put(job)
        return future

    async def call(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`fn(*args)` on the thread."""
        return await asyncio.wrap_future(self.submit(fn, *args, **kwargs))

    async def iterate(self, items: Iterator[T]) -> AsyncGenerator[T, None]:
        """The items, each made on the thread. Consume it in `contextlib.aclosing`.

        However it ends, a generator's `close` follows on the thread, behind the step that may still
        be running there.
        """
        try:
            while (item := await self.call(next, items, _END)) is not _END:
                yield item  # type: ignore[misc]  # not _END, so a T
        finally:
            if (close := getattr(items, "close", None)) is not None:
                self.post(close)

    def post(self, fn: Callable[[], object]) -> None:
        """Have `fn` run after what is waiting; nobody waits for it, a failure of it is logged."""

        def job() -> None:
            try:
                fn()
            except Exception as error:  # noqa: BLE001 - any engine's any failure
                _log.warning("%s: %s", self._name, error)
                _log.debug("%s", self._name, exc_info=True)

        self._put(job)

    def close(self, patience: float = 2.0) -> None:
        """End the thread after what is waiting; give up waiting after `patience` seconds.

        The thread is a daemon: an engine that hangs cannot keep the program from ending.
        """
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join(patience)
            if self._thread.is_alive():
                _given_up.append(self._thread)
            self._thread = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _put(self, job: Callable[[], None]) -> None:
        self._jobs.put(job)
        if self._thread is None:
            self._thread = threading.Thread(  # noqa: TID251
                target=self._work, name=self._name, daemon=True
            )
            self._thread.start()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()


class Crew:
    """Workers that end together."""

    def __init__(self) -> None:
        self._workers: list[Worker] = []

    def hire(self, name: str) -> Worker:
        """A worker more: a thread for one who has much to do behind the others."""
        self._workers.append(Worker(name))
        return self._workers[-1]

    def close(self) -> None:
        """End them all."""
        for worker in self._workers:
            worker.close()


class InlineWorker(Worker):
    """The same without a thread, for a virtual clock: a call runs where it is made."""

    async def call(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`fn(*args)`, after letting others run."""
        await checkpoint()
        return fn(*args, **kwargs)

    def _put(self, job: Callable[[], None]) -> None:
        job()


async def run_thread(fn: Callable[[], T], *, stop: Callable[[], object], name: str = "thread") -> T:
    """Run `fn`, which goes on until `stop` is called, on a thread of its own.

    When the caller is cancelled, `stop` is called and the thread is waited for, so that whatever
    it used can be freed safely.
    """
    with Worker(name) as worker:
        try:
            return await worker.call(fn)
        finally:
            stop()
            with CancelScope(shield=True):
                await worker.call(lambda: None)


def on_loop(fn: Callable[P, Any]) -> Callable[P, None]:
    """Made on the loop: a stand-in for `fn` that any thread may call; `fn` then runs on the loop.

    It is silent once the loop has ended: a thread may notice that later than the loop does.
    """
    loop = asyncio.get_running_loop()

    def call(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            loop.call_soon_threadsafe(lambda: fn(*args, **kwargs))
        except RuntimeError:
            if not loop.is_closed():
                raise

    return call


@contextmanager
def first_error() -> Iterator[None]:
    """Raise one error out of a task group instead of a group of them."""
    try:
        yield
    except ExceptionGroup as group:
        error: Exception = group
        while isinstance(error, ExceptionGroup):
            error = error.exceptions[0]
        raise error from None
