"""The same answers from a real kiwix-serve with ZIM files made here; skipped where it is missing."""

from __future__ import annotations

import shutil
import socket
import subprocess
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

import anyio
import pytest
from voice_assistant_skills.knowledge.skill import Knowledge
from voice_assistant_skills.travel.skill import Travel

from tests.skills.kiwix import PAGES
from tests.skills.online import online

pytestmark = [pytest.mark.anyio, pytest.mark.engine]

SERVE = shutil.which("kiwix-serve")

EXTRA = {
    "eng": {"AC/DC Bar? 100% & more": "<html><body>%s<p>It is a bar in town.</p></body></html>"},
    "zho": {},
}
"""Titles that a link must escape."""


@pytest.fixture(scope="module")
def anyio_backend():
    """Real sockets need a real clock."""
    return "asyncio"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A Wikivoyage in English, one in Chinese."""
    pytest.importorskip("libzim")
    folder = tmp_path_factory.mktemp("zim")
    return [_zim(folder / f"voyage_{language}_2026-11.zim", language) for language in PAGES]


def _zim(file, language):
    from libzim.writer import Creator, Hint, Item, StringProvider

    class Page(Item):
        def __init__(self, title, text):
            super().__init__()
            self.title, self.text = title, text

        def get_path(self):
            return self.title

        def get_title(self):
            return self.title

        def get_mimetype(self):
            return "text/html"

        def get_contentprovider(self):
            return StringProvider(self.text)

        def get_hints(self):
            return {Hint.FRONT_ARTICLE: True}

    pages = PAGES[language] | EXTRA[language]
    with Creator(str(file)).config_indexing(True, language) as creator:
        creator.set_mainpath(next(iter(pages)))
        for title, text in pages.items():
            creator.add_item(Page(title, text.replace("%s", "")))
        about = {"Title": "Wikivoyage", "Language": language, "Name": "voyage", "Creator": "test"}
        about |= {"Publisher": "test", "Date": "2026-11-01", "Description": "test"}
        for name, value in about.items():
            creator.add_metadata(name, value)
    return file


@contextmanager
def _serving(files):
    if SERVE is None:
        pytest.skip("kiwix-serve is not installed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [SERVE, "--address", "127.0.0.1", "--port", str(port), *map(str, files)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
async def library(files):
    with _serving(files) as (process, address):
        with anyio.fail_after(20):
            while not await anyio.to_thread.run_sync(_answers, address):
                assert process.poll() is None
                await anyio.sleep(0.1)
        yield address


def _answers(address):
    try:
        with urlopen(f"{address}/catalog/v2/entries") as answer:
            return answer.status == 200
    except URLError:
        return False


@pytest.mark.parametrize("book", ["", "voyage"])
async def test_travel(library, tmp_path, book):
    settings = {"kiwix": library, "kiwix_book": book}
    with online(Travel, tmp_path, settings=settings) as house:
        said = (await house.ask("tips", destination="marburg")).text
        assert said.startswith("From your Wikivoyage: Marburg is a town in Hesse")
        assert "visa" not in said
        assert "Landgrave Castle" in (await house.ask("sights")).text
        escaped = (await house.ask("tips", destination="ac/dc bar? 100% & more")).text
        assert "It is a bar in town" in escaped
        assert "山里的小城" in (await house.ask("tips", "zh", destination="河湾")).text
        assert "nothing certain" in (await house.ask("tips", destination="hesse")).text


async def test_another_book_is_not_there(library, tmp_path):
    with online(Travel, tmp_path, settings={"kiwix": library, "kiwix_book": "other"}) as house:
        assert "nothing certain" in (await house.ask("tips", destination="marburg")).text


async def test_knowledge(library, tmp_path):
    with online(Knowledge, tmp_path, settings={"kiwix": library}) as house:
        said = (await house.ask("answer", text="what looks over the valley in marburg")).text
        assert "It looks over the valley" in said
        assert "Kiwix library" in said
        assert "山里的小城" in (await house.ask("answer", "zh", text="什么是河湾")).text
        assert "don't know" in (await house.ask("answer", text="who invented the flibberjet")).text
