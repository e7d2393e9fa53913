"""The words of `voice-assistant meeting ...`."""

from __future__ import annotations

from voice_assistant.words import Parser

from .drafts import KINDS, TONES


def parser() -> Parser:
    """All of them."""
    top = Parser(
        prog="voice-assistant meeting",
        description="Record, import, list, summarise or delete meetings.",
        epilog="What every command takes (--json, --language ...) may stand among the words.",
    )
    todo = top.add_subparsers(dest="do", metavar="COMMAND", required=True, parser_class=Parser)
    taped = todo.add_parser("record", help="record from the microphone, with captions")
    taped.add_argument("--title", default="")
    taped.add_argument("--hint", action="append", default=[], help="a name or term that is said")
    taped.add_argument("--minutes", type=float, default=0.0, help="end by itself after so many")
    taped.add_argument("--no-captions", action="store_true", help="transcribe afterwards only")
    todo.add_parser("resume", help="write down what was recorded and not finished")
    bring = todo.add_parser("import", help="transcribe recordings, or read transcripts")
    bring.add_argument("files", nargs="+", metavar="FILE")
    bring.add_argument("--title", default="")
    bring.add_argument("--hint", action="append", default=[], help="a name or term that is said")
    todo.add_parser("list", help="what meetings there are")
    shown = todo.add_parser("minutes", help="the minutes of a meeting (of the latest)")
    shown.add_argument("meeting", nargs="*", help="a part of its name")
    shown.add_argument(
        "--thorough", action="store_true", help="have the language model read it; takes minutes"
    )
    written = todo.add_parser("draft", help="a text from a meeting, or from a brief")
    written.add_argument("kind", choices=KINDS)
    written.add_argument("meeting", nargs="*")
    written.add_argument("--brief", default="", help="what it is about, where no meeting was")
    written.add_argument("--tone", choices=TONES, default="plain")
    asked = todo.add_parser("ask", help="a question about all meetings")
    asked.add_argument("question", nargs="+")
    named = todo.add_parser("rename", help="call a speaker that was told apart by a name")
    named.add_argument("speaker", help='such as "Speaker 1"')
    named.add_argument("name")
    named.add_argument("meeting", nargs="*")
    right = todo.add_parser("confirm", help="the minutes are right: the recording may go")
    right.add_argument("meeting", nargs="*")
    gone = todo.add_parser("delete", help="delete everything of a meeting")
    gone.add_argument("id", nargs="+")
    return top
