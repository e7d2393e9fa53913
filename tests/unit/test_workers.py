"""Workers: one thread an engine, cancelled calls, iterators closed behind the step in progress."""

from __future__ import annotations

import threading
from contextlib import aclosing

import anyio
import pytest

from voice_assistant.workers import InlineWorker, Worker, hanging, on_loop, run_thread


@pytest.fixture
def anyio_backend():
    return "asyncio"  # real threads want real time


class Engine:
    """Counts how many use it at once, and waits to be let go."""

    def __init__(self):
        self.inside = self.most = self.done = 0
        self.let_go = threading.Event()
        self.entered = threading.Event()

    def work(self):
        self.inside += 1
        self.most = max(self.most, self.inside)
        self.entered.set()
        self.let_go.wait(5)
        self.inside -= 1
        self.done += 1
        return threading.current_thread().name


async def test_all_calls_run_on_the_one_thread():
    with Worker("engine") as worker:
        assert {await worker.call(lambda: threading.current_thread().name) for _ in range(5)} == {
            "engine"
        }


async def test_it_is_known_that_an_engine_hangs_at_the_end():
    engine, worker = Engine(), Worker()
    going = worker.submit(engine.work)
    worker.close(patience=0.01)
    assert hanging()
    engine.let_go.set()
    going.result()
    while hanging():  # noqa: ASYNC110 - its thread ends by itself
        await anyio.sleep(0.001)


async def test_a_failure_is_raised_where_the_call_was_made():
    with Worker() as worker, pytest.raises(ZeroDivisionError):
        await worker.call(lambda: 1 // 0)


async def test_a_cancelled_call_returns_at_once_and_the_engine_never_serves_two():
    engine = Engine()
    with Worker() as worker:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(worker.call, engine.work)
            await anyio.sleep(0.01)
            engine.entered.wait(5)
            tasks.cancel_scope.cancel()
        assert engine.inside == 1  # it is still busy with the cancelled call
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(worker.call, engine.work)
            await anyio.sleep(0.01)
            engine.let_go.set()
    assert engine.most == 1
    assert engine.done == 2


async def test_a_cancelled_call_that_had_not_begun_never_runs():
    engine, ran = Engine(), []
    with Worker() as worker:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(worker.call, engine.work)
            await anyio.sleep(0.01)
            with anyio.move_on_after(0.01):
                await worker.call(ran.append, 1)
            engine.let_go.set()
    assert ran == []


@pytest.mark.parametrize("kind", [Worker, InlineWorker])
async def test_an_iterator_that_is_left_early_is_closed_on_the_thread(kind):
    closed_on = []

    def count():
        try:
            yield from range(100)
        finally:
            closed_on.append(threading.current_thread().name)

    with kind("engine") as worker:
        async with aclosing(worker.iterate(count())) as items:
            async for item in items:
                if item == 3:
                    break
    assert closed_on == ["engine" if kind is Worker else threading.current_thread().name]


async def test_an_iterator_cancelled_inside_a_step_is_closed_after_the_step():
    engine, order = Engine(), []

    def steps():
        try:
            yield engine.work()
            order.append("went on")
        finally:
            order.append(("closed", engine.inside))

    with Worker() as worker:
        with anyio.move_on_after(0.02):
            async with aclosing(worker.iterate(steps())) as items:
                async for _ in items:
                    pass
        engine.let_go.set()
    assert order == [("closed", 0)]


async def test_a_thread_is_stopped_and_waited_for_when_its_caller_is_cancelled():
    stop, ended = threading.Event(), []

    def ears():
        stop.wait(5)
        ended.append(True)

    with anyio.move_on_after(0.01):
        await run_thread(ears, stop=stop.set)
    assert ended == [True]


async def test_a_thread_reports_to_the_loop():
    seen, done = [], anyio.Event()

    def report(item):
        seen.append((item, threading.current_thread() is threading.main_thread()))
        done.set()

    tell = on_loop(report)
    await run_thread(lambda: tell("frame"), stop=lambda: None)
    await done.wait()
    assert seen == [("frame", True)]


async def test_a_hanging_engine_cannot_keep_the_program_from_ending():
    engine = Engine()
    worker = Worker()
    with anyio.move_on_after(0.01):
        await worker.call(engine.work)
    worker.close(patience=0.01)
    engine.let_go.set()
