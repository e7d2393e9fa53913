"""What is installed is what is in the repository."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def packages(folder, name):
    """Every package below a folder, as it is called once installed."""
    found = {
        ".".join((name, *path.parent.relative_to(folder).parts))
        for path in folder.rglob("__init__.py")
    }
    return found | {name}


def test_every_package_is_listed(project):
    listed = set(project["tool"]["setuptools"]["packages"])
    skills = {
        f"voice_assistant_skills.{folder.name}"
        for folder in (ROOT / "skills").iterdir()
        if (folder / "skill.py").exists()
    }
    assert skills <= listed
    assert packages(ROOT / "voice_assistant", "voice_assistant") <= listed
    for name in listed:
        top, *rest = name.split(".")
        folder = {"voice_assistant_skills": "skills", "voice_assistant_models": "models"}
        assert (ROOT / folder.get(top, top)).joinpath(*rest).is_dir(), f"{name} has no folder"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    copy = folder / "source"
    for name in filter(None, tracked.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((ROOT / name).read_bytes())
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, copy]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_code_and_data_and_nothing_else(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    skills = wheel.parent / "source" / "skills"
    assert "voice_assistant/py.typed" in names
    assert "voice_assistant_models/catalog.toml" in names
    for folder in skills.iterdir():
        for path in folder.rglob("*") if (folder / "skill.py").exists() else ():
            if path.is_file():
                inside = path.relative_to(skills).as_posix()
                assert f"voice_assistant_skills/{inside}" in names
    assert not [n for n in names if n.startswith("tests") or n.endswith((".bin", ".gguf", ".onnx"))]


@pytest.mark.engine
def test_the_installed_wheel_lists_its_skills(wheel, tmp_path):
    """In an environment of its own, whose libraries are this one's."""
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    site = next((venv / "lib").glob("python*")) / "site-packages"
    with zipfile.ZipFile(wheel) as content:
        content.extractall(site)
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    (site / "libraries.pth").write_text("\n".join(libraries), encoding="utf-8")
    script = (
        "import voice_assistant, voice_assistant_skills, pathlib;"
        "assert 'venv' in voice_assistant.__file__, voice_assistant.__file__;"
        "assert 'venv' in voice_assistant_skills.__file__;"
        "from voice_assistant.cli import main;"
        "raise SystemExit(main(['skills', '--json']))"
    )
    told = subprocess.run(
        [venv / "bin" / "python", "-c", script],
        cwd=tmp_path,
        env={"VOICE_ASSISTANT_HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert '"clock"' in told.stdout
    assert '"timers"' in told.stdout
