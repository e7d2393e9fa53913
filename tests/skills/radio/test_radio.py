"""Radio: stations by name, and not a packet without leave."""

from __future__ import annotations

import functools
import threading
import wave
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import anyio
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

    media_seconds = 0.0
    media_idle = True

    def play_media(self, cue):
        self.played.append(cue.source)
        self.ended, self.passing, self.dropped = cue.ended, cue.passing, cue.dropped

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
        settings={"stations": stations, "podcasts": {}},
        services={
            "open_track": lambda url, start=0.0: (url, start) if start else url,
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


async def test_a_stream_that_breaks_off_is_opened_again_until_that_is_hopeless(tmp_path):
    house = kitchen(tmp_path, allowed=["jazz.example"])
    await house.ask("play", station="jazz corner")
    waits = []
    while house.skill._playing:
        began = anyio.current_time()
        count = len(house.media.played)
        house.media.ended()
        with anyio.move_on_after(100):
            while len(house.media.played) == count:  # noqa: ASYNC110 - on the virtual clock
                await anyio.sleep(0.5)
        waits.append(anyio.current_time() - began)
    assert waits[:5] == pytest.approx([2, 4, 8, 16, 32], abs=0.6)
    assert len(house.media.played) == 6


async def test_a_stream_that_was_well_for_a_minute_begins_to_count_anew(tmp_path):
    house = kitchen(tmp_path, allowed=["jazz.example"])
    await house.ask("play", station="jazz corner")
    for _ in range(20):
        for _ in range(61):
            house.media.passing()
        house.media.ended()
        await anyio.sleep(3)
    assert len(house.media.played) == 21


async def test_a_stream_that_was_stopped_or_replaced_is_not_opened_again(tmp_path):
    house = kitchen(tmp_path, allowed=["jazz.example"])
    await house.ask("play", station="jazz corner")
    house.media.ended()
    await house.halt()
    await anyio.sleep(10)
    await house.ask("play", station="jazz corner")
    house.media.dropped()
    assert not await house.halt()
    assert house.media.played.count("https://jazz.example/live") == 2


# --- podcasts -----------------------------------------------------------------------------

FEED = (
    """<?xml version="1.0"?><rss version="2.0"><channel><title>Sea</title>{items}</channel></rss>"""
)
ITEM = (
    "<item><title>Part {n}</title><pubDate>Mon, 0{n} Jun 2026 08:00:00 GMT</pubDate>"
    '<enclosure url="https://files.example/{n}.mp3" type="audio/mpeg" length="1"/>'
    '<duration xmlns="http://www.itunes.com/dtds/podcast-1.0.dtd">00:30:00</duration></item>'
)


class Feeds(Directory):
    """One feed with three episodes."""

    async def text(self, url):
        self.asked.append(url)
        if self.error:
            raise self.error
        return FEED.format(items="".join(ITEM.format(n=n) for n in self.rows))


def library(folder, **given):
    feeds = Feeds([1, 3, 2], **given)
    house = kitchen(folder, allowed=["files.example"], directory=feeds)
    house.skill.home.settings["podcasts"] = {"Deep Sea Diaries": "https://feeds.example/sea"}
    return house


async def test_a_podcast_goes_on_where_it_was_left_and_then_to_what_is_new(tmp_path):
    house = library(tmp_path)
    said = await house.ask("podcast", podcast="deep see diaries")
    assert "Part 3" in said.text
    house.media.media_seconds = 700.0
    for _ in range(15):
        house.media.passing()  # a quarter of a minute later the place is on disk, and the power goes
    again = Radio(house.skill.home)
    house.skill = again
    said = await house.ask("podcast")
    assert "Part 3" in said.text
    assert house.media.played[-1] == ("https://files.example/3.mp3", 700.0)
    house.media.passing()
    house.media.ended()
    assert "Part 2" in (await house.ask("podcast")).text
    assert "Part 3" in (await house.ask("latest", podcast="deep sea diaries")).text
    assert "Deep Sea Diaries" in (await house.ask("podcasts")).text


async def test_podcasts_need_leave_and_say_what_is_wrong(tmp_path):
    house = library(tmp_path, error=NotAllowed("no"))
    assert "allow feeds.example" in (await house.ask("podcast")).text
    assert "not among" in (await house.ask("podcast", podcast="polka hour")).text
    house = library(tmp_path, error=Unreachable("away"))
    assert "does not answer" in (await house.ask("latest")).text
    house = library(tmp_path)
    house.skill.home.services["http"].rows = []
    assert "no episodes" in (await house.ask("podcast")).text
    house.skill.home.settings["podcasts"].clear()
    assert "no podcasts" in (await house.ask("podcast")).text
    assert house.media.played == []


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


async def test_an_alarm_may_wake_with_a_station(tmp_path):
    house = kitchen(tmp_path, allowed=["jazz.example"])
    wake = house.skill.offers()["play_radio"]
    assert await wake("jazz corner", "en") == "Jazz Corner"
    assert house.media.played == ["https://jazz.example/live"]
    assert await wake("polka", "en") is None
    with pytest.raises(NotAllowed):
        await wake("新闻台", "zh")


async def test_the_news_come_from_a_station_for_news(tmp_path):
    house = kitchen(tmp_path, allowed=["news.example"])
    await house.ask("news", "zh")
    assert house.media.played == ["https://news.example/live"]
    assert "新闻台" in (await house.ask("what", "zh")).text
    none = kitchen(tmp_path / "other", stations={"Jazz Corner": STATIONS["Jazz Corner"]})
    assert "none of your stations is for news" in (await none.ask("news")).text
    assert (await none.ask("what")).text == "The radio is not on."


async def test_a_station_of_the_settings_is_known_by_its_name_alone(tmp_path):
    house = kitchen(tmp_path)
    assert house.skill.vocabulary("en")["tuned"] == ["Jazz Corner", "新闻台"]
