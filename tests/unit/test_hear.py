"""What `hear` prints for a person."""

from voice_assistant.commands.hear import _Log
from voice_assistant.events import Heard, Said, Woken


def test_what_was_asked_and_answered_is_shown(capsys):
    log = _Log(as_json=False, waits=False)
    log.add(Heard(at=1.0, text="what time is it"))
    log.add(Said(at=2.0, text="It's ten."))
    log.end("a.wav")
    log.end("silent.wav")
    printed = capsys.readouterr()
    assert printed.out.splitlines() == ["› what time is it", "  It's ten."]
    assert printed.err.splitlines() == ["silent.wav: nothing was asked: no words were heard."]


def test_of_each_file_is_told_whether_the_wake_word_was_missed(capsys):
    log = _Log(as_json=False, waits=True)
    log.add(Woken(at=1.0, phrase="alexa"))
    log.end("woken.wav")
    log.end("missed.wav")
    woken, missed = capsys.readouterr().err.splitlines()
    assert woken == "woken.wav: nothing was asked: no words were heard."
    assert "the wake word was not heard" in missed
    assert "--no-wake" in missed


def test_as_json_there_are_events_only(capsys):
    log = _Log(as_json=True, waits=True)
    log.add(Heard(at=1.0, text=""))
    log.end("silent.wav")
    (line,) = capsys.readouterr().out.splitlines()
    assert '"event": "heard"' in line
