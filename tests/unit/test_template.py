"""Templates are parsed when they are tried, and trusted unparsed only if they were parsed before."""

from __future__ import annotations

from pathlib import Path

import pytest

from voice_assistant import template
from voice_assistant.errors import SkillError
from voice_assistant.intents import load_sentences
from voice_assistant.template import END, START, Seen

FILE = """
rules: {please: "[could you] please"}
intents:
  ring: {sentences: ["(ring|sound) the {bell}", "<please> ring"], examples: ["ding dong"]}
"""


def _skill(tmp_path: Path, text: str = FILE) -> Path:
    folder = tmp_path / "bells"
    folder.mkdir(exist_ok=True)
    (folder / "en.yaml").write_text(text, "utf-8")
    return folder


def _forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(text: str) -> None:
        raise LookupError(f"parsed: {text}")

    monkeypatch.setattr(template, "parse_sentence", refuse)


def _needs(folder: Path, seen: Seen) -> list[set[frozenset[str]]]:
    ring = load_sentences(folder, seen)["en"].intents["ring"]
    return [set(each.needs) for each in (*ring.templates, *ring.examples)]


def test_a_file_seen_before_is_not_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, kept = _skill(tmp_path), tmp_path / "templates.json"
    first = Seen(kept)
    needs = _needs(folder, first)
    assert needs[0] == {
        frozenset({"ring", "sound"}),
        frozenset({"the"}),
        frozenset({f"{START}ring", f"{START}sound"}),
    }
    assert frozenset({f"ring{END}"}) in needs[1]
    first.save()
    _forbid(monkeypatch)
    assert _needs(folder, Seen(kept)) == needs


def test_a_changed_file_is_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, kept = _skill(tmp_path), tmp_path / "templates.json"
    first = Seen(kept)
    load_sentences(folder, first)
    first.save()
    _skill(tmp_path, FILE.replace("ding dong", "ding (dong"))
    with pytest.raises(SkillError, match=r"ring.*'ding \(dong' is no valid sentence template"):
        load_sentences(folder, Seen(kept))


def test_another_hassil_has_seen_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, kept = _skill(tmp_path), tmp_path / "templates.json"
    first = Seen(kept)
    load_sentences(folder, first)
    first.save()
    monkeypatch.setattr(template, "version", lambda name: "0.0.1")
    _forbid(monkeypatch)
    with pytest.raises(LookupError, match="parsed"):
        load_sentences(folder, Seen(kept))


@pytest.mark.parametrize("text", ["", "[1, 2]", '{"files": 3', "\0"])
def test_a_spoilt_memory_is_forgotten(tmp_path: Path, text: str) -> None:
    kept = tmp_path / "templates.json"
    kept.write_text(text, "utf-8")
    assert _needs(_skill(tmp_path), Seen(kept))


def test_a_memory_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    seen = Seen(tmp_path / "file" / "templates.json")
    load_sentences(_skill(tmp_path), seen)
    seen.save()


def test_what_was_read_is_forgotten_when_all_is_loaded(tmp_path: Path) -> None:
    folder, kept = _skill(tmp_path), tmp_path / "templates.json"
    first = Seen(kept)
    load_sentences(folder, first)
    first.save()
    again = Seen(kept)
    needs = _needs(folder, again)
    again.save()
    assert "_kept" not in vars(again)
    assert _needs(folder, again) == needs  # read once more


def test_templates_share_the_sets_of_words_they_need(tmp_path: Path) -> None:
    kept = tmp_path / "templates.json"
    folder = _skill(tmp_path, FILE.replace("<please> ring", "<please> ring the bell"))
    first = Seen(kept)
    load_sentences(folder, first)
    first.save()
    ring = load_sentences(folder, Seen(kept))["en"].intents["ring"]
    the = [need for each in ring.templates for need in each.needs if need == {"the"}]
    assert the[0] is the[1]


def test_slots_are_found_without_parsing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = FILE.replace("<please> ring", "<please> ring [the {bell:which}] <when>").replace(
        '[could you] please"', '[could you] please", when: "(at|by) {time}"'
    )
    ring = load_sentences(_skill(tmp_path, text))["en"].intents["ring"]
    _forbid(monkeypatch)
    found = [[(each.list_name, each.slot_name) for each in t.references()] for t in ring.templates]
    assert found == [[("bell", "bell")], [("bell", "which"), ("time", "time")]]
