"""A model server: a small real one on loopback that misbehaves, and llama-cpp-python's own."""

import json
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import anyio
import pytest

from tests.engines.conftest import model as model_folder
from voice_assistant.app.ground import lay_ground
from voice_assistant.clock import SystemClock
from voice_assistant.engines import Message
from voice_assistant.engines.openai_compatible import OpenAICompatible
from voice_assistant.errors import ModelError, NotAllowed
from voice_assistant.network import Network
from voice_assistant.settings import Llm, Settings
from voice_assistant.store import Database

CHAT = [Message(role="user", content="Hi")]


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        self.send_json({"data": [{"id": "house-model"}]})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(body)
        manner = self.server.manner.pop(0) if self.server.manner else "well"
        if manner == "error":
            self.send_error(503)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for word in ("Good ", "evening, ", "朋友."):
            event = {"choices": [{"delta": {"content": word}}]}
            self.stream(f"data: {json.dumps(event)}\n\n")
            if manner == "silent":
                self.server.done.wait(5)
            if manner == "broken":
                return
        self.stream("data: [DONE]\n\n")

    def stream(self, text):
        with suppress(OSError):  # the reader may have left
            self.wfile.write(text.encode())

    def send_json(self, value):
        data = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def server(*manner):
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as house:
        house.daemon_threads = True
        house.manner, house.requests, house.done = list(manner), [], threading.Event()
        thread = threading.Thread(target=house.serve_forever)  # noqa: TID251
        thread.start()
        try:
            yield house, f"http://127.0.0.1:{house.server_port}/v1"
        finally:
            house.done.set()
            house.shutdown()
            thread.join()


def test_pieces_come_as_the_server_sends_them():
    with server() as (house, url):
        engine = OpenAICompatible(url)
        assert engine.name == "house-model"
        assert list(engine.generate(CHAT, limit=9)) == ["Good ", "evening, ", "朋友."]
        assert house.requests[0]["max_tokens"] == 9
        assert house.requests[0]["messages"] == [{"role": "user", "content": "Hi"}]


def test_it_tries_once_more():
    with server("error") as (_, url):
        assert len(list(OpenAICompatible(url).generate(CHAT, limit=9))) == 3
    with server("error", "error") as (_, url), pytest.raises(ModelError, match="503"):
        list(OpenAICompatible(url).generate(CHAT, limit=9))


def test_a_server_that_breaks_off_is_a_stated_error():
    with server("broken") as (_, url), pytest.raises(ModelError, match="broke off"):
        list(OpenAICompatible(url).generate(CHAT, limit=9))


@pytest.mark.timed
def test_a_silent_server_is_left_after_the_timeout_and_at_once_when_cancelled():
    with server("silent") as (_, url), pytest.raises(ModelError, match="does not go on"):
        list(OpenAICompatible(url, timeout=0.3).generate(CHAT, limit=9))
    with server("silent") as (_, url):
        wish = {"over": False}
        pieces = OpenAICompatible(url).generate(CHAT, limit=9, abort=lambda: wish["over"])
        assert next(pieces) == "Good "
        began, wish["over"] = time.perf_counter(), True
        assert list(pieces) == []
        assert time.perf_counter() - began < 0.1


def test_nobody_there_is_a_stated_error():
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with pytest.raises(ModelError, match="does not answer"):
        OpenAICompatible(f"http://127.0.0.1:{port}/v1")


def test_the_network_must_be_allowed():
    def refuse(host):
        raise NotAllowed(f"{host} is not allowed.")

    with pytest.raises(NotAllowed, match="desktop"):
        OpenAICompatible("http://desktop:8080/v1", allow=refuse)


@pytest.mark.engine
def test_llama_cpp_pythons_own_server(tmp_path):
    for needed in ("llama_cpp", "uvicorn", "fastapi", "sse_starlette", "starlette_context"):
        pytest.importorskip(needed)
    path = model_folder("smollm2-135m") / "SmolLM2-135M-Instruct.Q4_1.gguf"
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    command = [sys.executable, "-m", "llama_cpp.server", "--model", str(path), "--port", str(port)]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        engine = _when_it_answers(f"http://127.0.0.1:{port}/v1", process)
        assert _reply(engine, process).strip()
    finally:
        process.terminate()
        process.wait()


def _when_it_answers(url, process):
    for _ in range(120):
        try:
            return OpenAICompatible(url)
        except ModelError:
            if process.poll() is not None:
                pytest.skip("the server does not run on this machine")
            time.sleep(0.5)  # noqa: TID251
    raise AssertionError("the server never answered")


def _reply(engine, process):
    try:
        return "".join(engine.generate(CHAT, limit=12))
    except ModelError:
        process.wait(10)
        pytest.skip("llama.cpp's server crashes on this processor (its AMX kernels)")


def test_the_household_talks_to_the_server_of_its_settings_and_notes_that_it_did(
    tmp_path, monkeypatch
):
    """Through the guarded sockets of a real household: allowed by naming it, and written down."""
    monkeypatch.setenv("VOICE_ASSISTANT_HOME", str(tmp_path))
    with server() as (house, url):
        settings = Settings(llm=Llm(server=url))
        with ExitStack() as stack:
            ground = lay_ground(settings, SystemClock(None), stack)
            stack.enter_context(ground.network.guarding())
            anyio.run(_said_by, ground.mind)
            contacts = ground.network.contacts(ground.clock.now() - timedelta(hours=1))
        assert house.requests
        assert {(each.skill, each.host) for each in contacts} == {("language model", "127.0.0.1")}
        assert ground.network.refusals == []
        with (
            Network({}, Database(tmp_path / "other.db"), SystemClock(None)).guarding(),
            pytest.raises((NotAllowed, ModelError)),
        ):
            OpenAICompatible(url)


async def _said_by(mind):
    with anyio.fail_after(20):
        while not mind.ready:  # noqa: ASYNC110 - it has no event to wait for
            await anyio.sleep(0.01)
        assert [s async for s in mind.speak(CHAT, language="en")]
