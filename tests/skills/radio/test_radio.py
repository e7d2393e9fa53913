"""Radio: stations by name, and not a packet without leave."""

from __future__ import annotations

import functools
import threading
import wave
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from voice_assistant_skills.radio.skill import Radio

from tests.fakes import TryOut
from tests.skills.sentences import sentences_of
from voice_assistant.errors import NotAllowed
from voice_assistant.http import Unreachable

pytestmark = pytest.mark.anyio
test_sentences = sentences_of("radio")

STATIONS = {"Jazz Corner": "https://jazz.example/live", "新闻台": "https://news.example/live"}


class Media:
    """A loudspeaker that notes what it plays."""

    def __init__(self):
        self.played = []

    def play_media(self, source, *, ended):
        self.played.append(source)
        self.ended = ended

    def stop_media(self):
        self.played.append("stop")


class Directory:
    """Radio Browser, as it answers."""

    def __init__(self, rows=(), error=None):
        self.rows, self.error, self.asked = list(rows), error, []

    async def json(self, url):
        self.asked.append(url)
        if self.error:
            raise self.error
        return self.rows


def kitchen(folder, *, allowed=(), directory=None, media=True, stations=STATIONS):
    def network(host):
        if host not in allowed:
            raise NotAllowed(host)

    house = TryOut(
        Radio,
        folder,
        media=Media() if media else None,
        network=network,
        settings={"stations": stations},
        services={
            "open_track": lambda url: url,
            "http": directory or Directory(error=NotAllowed("no")),
        },
    )
    house.media = house.skill.home.media
    return house


async def test_a_station_is_found_by_a_name_that_is_nearly_right(tmp_path):
    house = kitchen(tmp_path, allowed=["jazz.example"])
    said = await house.ask("play", station="the jazz corner")
    assert house.media.played == ["https://jazz.example/live"]
    assert "Jazz Corner" in said.text
    assert said.receipts[0].result == {"station": "Jazz Corner"}
    assert "off" in (await house.ask("stop")).text
    assert house.media.played[-1] == "stop"
    assert "not on" in (await house.ask("stop")).text
    await house.ask("play")
    assert house.media.played[-1] == "https://jazz.example/live"


async def test_without_leave_nothing_is_opened_and_one_sentence_says_what_to_do(tmp_path):
    house = kitchen(tmp_path)
    assert "allow jazz.example" in (await house.ask("play", station="jazz corner")).text
    assert "all.api.radio-browser.info" in (await house.ask("play", station="rock fm")).text
    assert "允许" in (await house.ask("play", "zh", station="摇滚台")).text
    assert house.media.played == []


async def test_the_directory_is_asked_where_that_is_allowed(tmp_path):
    row = {"name": " Rock FM ", "url_resolved": "http://rock.example/a"}
    directory = Directory([row])
    house = kitchen(tmp_path, allowed=["rock.example"], directory=directory)
    assert "Rock FM" in (await house.ask("play", station="rock fm")).text
    assert house.media.played == ["http://rock.example/a"]
    assert "byname/rock%20fm?" in directory.asked[0]
    directory.rows = []
    assert "no station called polka" in (await house.ask("play", station="polka")).text
    directory.error = Unreachable("away")
    assert "does not answer" in (await house.ask("play", station="polka")).text


async def test_next_goes_round_and_the_list_is_told(tmp_path):
    house = kitchen(tmp_path, allowed=["jazz.example", "news.example"])
    for _ in range(3):
        await house.ask("next")
    urls = list(STATIONS.values())
    assert house.media.played == [*urls, urls[0]]
    assert "Jazz Corner和新闻台" in (await house.ask("list", "zh")).text


async def test_a_stream_that_ended_is_not_stopped_again(tmp_path):
    house = kitchen(tmp_path, allowed=["jazz.example"])
    await house.ask("play", station="jazz corner")
    house.media.ended()
    assert not await house.halt()


async def test_what_is_missing_is_said(tmp_path):
    assert "loudspeaker" in (await kitchen(tmp_path, media=False).ask("play")).text
    house = kitchen(tmp_path, stations={})
    for intent in ("play", "next", "list"):
        assert "no stations" in (await house.ask(intent)).text


def test_an_address_is_decoded_like_a_file(tmp_path):
    """Over a real (local) HTTP server, through the decoder that the assistant hands to skills."""
    import numpy as np

    from voice_assistant.audio.decoder import DecodedFile
    from voice_assistant.workers import InlineWorker

    with wave.open(str(tmp_path / "live.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes(np.full((8000, 2), 8192, np.int16).tobytes())

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            """Not into the test's output."""

    handler = functools.partial(Quiet, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as serving:
        threading.Thread(target=serving.serve_forever).start()  # noqa: TID251 - a real server
        url = f"http://127.0.0.1:{serving.server_port}/live.wav"
        source = DecodedFile(url, 16000, InlineWorker())
        samples = source.read(8000)
        source.close()
        serving.shutdown()
    assert source.failed is None
    assert len(samples) == 8000
    assert abs(float(samples.mean()) - 0.25) < 0.01
