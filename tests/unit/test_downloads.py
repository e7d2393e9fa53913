"""Fetching models: resumed, checked, passed on to the next source, installed all or nothing."""

import hashlib
import io
import socket
import tarfile
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from voice_assistant import downloads
from voice_assistant.catalog import Catalog, File, Https, Model, Pypi, Tgz, Zip
from voice_assistant.errors import ModelError

CONTENT = bytes(range(256)) * 4096


def sha(content):
    return hashlib.sha256(content).hexdigest()


def toy(*sources, content=CONTENT, name="toy.bin", files=True):
    return Model(
        name="toy",
        kind="voice",
        engine="toy",
        license="CC0-1.0",
        memory=1,
        description="A toy",
        entry=name,
        files=(File(name=name, size=len(content), sha256=sha(content)),) if files else (),
        sources=sources,
    )


class Server(ThreadingHTTPServer):
    """Serves bytes by path; `break_after` ends an answer early; it remembers the ranges asked."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.contents = {}
        self.break_after = None
        self.ranges = []

    def url(self, path=""):
        return f"http://127.0.0.1:{self.server_port}/{path}"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        content = self.server.contents.get(self.path.lstrip("/"))
        if content is None:
            self.send_error(404)
            return
        wanted = self.headers.get("Range")
        self.server.ranges.append(wanted)
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        body = content[start:]
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.server.break_after is not None:
            body, self.server.break_after = body[: self.server.break_after], None
        self.wfile.write(body)
        self.close_connection = True

    def log_message(self, *_):
        """Not into the test's output."""


@pytest.fixture
def server():
    with Server() as serving:
        thread = threading.Thread(target=serving.serve_forever)  # noqa: TID251 - a real server
        thread.start()
        yield serving
        serving.shutdown()
        thread.join()


@pytest.fixture
def pull(tmp_path):
    """pull(model) installs it; .said is what the user would read, .catalog what is there."""

    def run(model):
        run.said, run.progress = [], []
        run.catalog = Catalog({"toy": model}, tmp_path / "models")
        downloads.pull(run.catalog, "toy", progress=run.progress.append, say=run.said.append)
        return (run.catalog.path("toy")).read_bytes()

    run.folder = tmp_path / "models"
    return run


def test_a_file_is_fetched_and_counted(server, pull):
    server.contents["toy.bin"] = CONTENT
    assert pull(toy(Https(https=server.url()))) == CONTENT
    assert pull.progress[-1] == len(CONTENT)
    assert pull.progress == sorted(pull.progress)
    assert pull.catalog.verify("toy") == []


def test_a_broken_download_goes_on_where_it_ended(server, pull):
    server.contents["toy.bin"] = CONTENT
    server.break_after = 500_000
    assert pull(toy(Https(https=server.url()))) == CONTENT
    assert server.ranges[0] is None
    assert server.ranges[1] == "bytes=500000-"


def test_what_an_earlier_run_left_is_kept(server, pull):
    server.contents["toy.bin"] = CONTENT
    left = pull.folder / ".toy.part"
    left.mkdir(parents=True)
    (left / "toy.bin").write_bytes(CONTENT[:1000])
    assert pull(toy(Https(https=server.url()))) == CONTENT
    assert server.ranges == ["bytes=1000-"]


def test_a_wrong_checksum_is_deleted_and_said_and_the_next_source_asked(server, pull):
    server.contents["bad/toy.bin"] = CONTENT[::-1]
    server.contents["good/toy.bin"] = CONTENT
    model = toy(Https(https=server.url("bad/")), Https(https=server.url("good/")))
    assert pull(model) == CONTENT
    assert "wrong checksum and was deleted" in pull.said[0]


def test_without_a_good_source_nothing_is_installed(server, pull):
    server.contents["bad/toy.bin"] = CONTENT[::-1]
    model = toy(Https(https=server.url("bad/")), Https(https=server.url("missing/")))
    with pytest.raises(ModelError, match=r"wrong checksum.*does not deliver"):
        pull(model)
    assert not pull.catalog.installed("toy")
    assert not list((pull.folder / ".toy.part").iterdir())


def test_a_source_that_is_silent_is_passed_over(server, pull, monkeypatch):
    monkeypatch.setattr(downloads, "ANSWER_SECONDS", 0.2)
    server.contents["toy.bin"] = CONTENT
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        silent = Https(https=f"http://127.0.0.1:{deaf.getsockname()[1]}/")
        assert pull(toy(silent, Https(https=server.url()))) == CONTENT
    assert "does not deliver" in pull.said[0]


def archive(members):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as writing:
        for name, content in members.items():
            writing.writestr(name, content)
    return memory.getvalue()


def test_an_archive_is_laid_out_and_verified(server, pull):
    packed = archive({"toy-1.0/toy.bin": CONTENT, "toy-1.0/../../evil": b"x", "other": b"x"})
    server.contents["toy.zip"] = packed
    source = Zip(zip=server.url("toy.zip"), size=len(packed), sha256=sha(packed), root="toy-1.0")
    assert pull(toy(source, files=False)) == CONTENT
    assert sorted(p.name for p in (pull.folder / "toy").iterdir()) == ["installed.json", "toy.bin"]
    assert not (pull.folder.parent / "evil").exists()
    (pull.folder / "toy" / "toy.bin").write_bytes(CONTENT[::-1])
    assert pull.catalog.verify("toy") == ["toy.bin"]


def test_a_tar_is_laid_out_without_its_links(server, pull):
    memory = io.BytesIO()
    with tarfile.open(fileobj=memory, mode="w:gz") as writing:
        for name in ("package/toy.bin", "package/../../evil", "other"):
            member = tarfile.TarInfo(name)
            member.size = len(CONTENT)
            writing.addfile(member, io.BytesIO(CONTENT))
        link = tarfile.TarInfo("package/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        writing.addfile(link)
    packed = memory.getvalue()
    server.contents["toy.tgz"] = packed
    source = Tgz(tgz=server.url("toy.tgz"), size=len(packed), sha256=sha(packed), root="package")
    assert pull(toy(source, files=False)) == CONTENT
    assert sorted(p.name for p in (pull.folder / "toy").iterdir()) == ["installed.json", "toy.bin"]
    assert not (pull.folder.parent / "evil").exists()


def wheel(folder, name, members):
    info = f"{name}-1.0.dist-info"
    members = members | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{member},,\n" for member in members) + f"{info}/RECORD,,\n"
    content = archive(members | {f"{info}/RECORD": record.encode()})
    (folder / f"{name}-1.0-py3-none-any.whl").write_bytes(content)


@pytest.fixture
def index(tmp_path, monkeypatch):
    """A folder that pip takes for the whole world."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def test_a_file_in_several_wheels_is_joined(index, pull):
    half = len(CONTENT) // 2
    wheel(index, "toy_one", {"toy_one/data/part1": CONTENT[:half]})
    wheel(index, "toy_two", {"toy_two/data/part2": CONTENT[half:]})
    pieces = ("toy_one==1.0/toy_one/data/part1", "toy_two==1.0/toy_two/data/part2")
    assert pull(toy(Pypi(pypi="toy_two==1.0", pieces={"toy.bin": pieces}))) == CONTENT
    assert pull.progress[-1] == len(CONTENT)
    assert [path.name for path in pull.folder.iterdir()] == ["toy"]


def test_a_wheel_that_is_not_there_is_stated(index, pull):
    with pytest.raises(ModelError, match=r"pip cannot fetch nobody==1\.0"):
        pull(toy(Pypi(pypi="nobody==1.0")))
    wheel(index, "toy_one", {"toy_one/other": b""})
    with pytest.raises(ModelError, match="not the wheel it should be"):
        pull(toy(Pypi(pypi="toy_one==1.0", root="toy_one")))


def test_a_full_disk_is_stated_before_anything_is_fetched(server, pull, monkeypatch):
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr(downloads.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(ModelError, match="VOICE_ASSISTANT_MODELS"):
        pull(toy(Https(https=server.url())))
    assert server.ranges == []


def test_a_disk_that_fills_up_is_stated(server, pull, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(downloads, "_continue", full)
    with pytest.raises(ModelError, match="is full"):
        pull(toy(Https(https=server.url())))
