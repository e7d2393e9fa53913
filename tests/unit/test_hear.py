"""What `hear` prints for a person."""

from voice_assistant.commands.hear import _Log
from voice_assistant.events import Heard, Said


def test_what_was_asked_and_answered_is_shown(capsys):
    log = _Log(as_json=False)
    log.add(Heard(at=1.0, text="what time is it"))
    log.add(Said(at=2.0, text="It's ten."))
    log.end("a.wav")
    log.end("silent.wav")
    assert capsys.readouterr().out.splitlines() == [
        "› what time is it",
        "  It's ten.",
        "silent.wav: nothing was asked.",
    ]


def test_as_json_there_are_events_only(capsys):
    log = _Log(as_json=True)
    log.add(Heard(at=1.0, text=""))
    log.end("silent.wav")
    (line,) = capsys.readouterr().out.splitlines()
    assert '"event": "heard"' in line
