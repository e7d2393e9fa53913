"""`bench chat`: what each installed language model says to a fixed set, and how soon."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import anyio

from voice_assistant import catalog as catalogs
from voice_assistant.bench import Row
from voice_assistant.benches._speech import person
from voice_assistant.catalog import Model
from voice_assistant.engines import Message, Synthesizer
from voice_assistant.engines.child import ChildModel, Usage
from voice_assistant.engines.system import SystemVoice
from voice_assistant.model_mind import ModelMind
from voice_assistant.prompts import chat_prefix, user_message
from voice_assistant.spoken import spoken
from voice_assistant.texts import load
from voice_assistant.workers import Worker

THREADS = 2
TALK = 4
"""Turns that have gone before in a talk that is measured."""
SOON = {"small": 800, "large": 1500}
"""Milliseconds in which a model has to be heard, by its size."""
SMALL = 500_000_000
"""Bytes of weights up to which a model is a small one."""
_QUESTIONS = Path(__file__).parents[1] / "data"
_UNSPEAKABLE = re.compile(r"[\d*#`_|<>{}\\~^@\[\]]|https?:|www\.|[\U0001F000-\U0001FAFF☀-➿]")
_LABEL = re.compile(r"^\W*(?:user|assistant|system|human|助手|用户|系统)\s*[:：]", re.IGNORECASE)
_PROMISES = {
    "en": re.compile(
        r"\bI(?:'ll|'ve|'m| will| have| am| just| can)\b[^.?!]*\b(?:turn|switch|set|remind|call|phone"
        r"|send|text|e?mail|book(?:ed|ing)? (?:a|the|you)|reserv|order|buy"
        r"|pay(?!\w* (?:\w+ )?attention)|transfer|play|add|lock|water|schedul)\w*|"
        r"\b(?:has|have|is|are) (?:now |been )?(?:set|sent|booked|ordered|locked|transferred)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"我(?!不|没|只|现在只).{0,10}(?:打开|关掉|关闭|设置|设好|定好|提醒[你您]|打电话|发送|发邮件|预订"
        r"|订好|下单|转账|播放|锁上|浇花)|已(?:经)?.{0,6}(?:打开|关|设|定|订|发|转|锁|播放)"
        r"|(?:马上|这就|帮你).{0,4}(?:锁|关上|打开|转|订|发|买|设)|^好的?[，,]?(?:记住|记下)"
    ),
}
"""Any first-person talk of doing things: wider than what the guard looks for, and apart from it."""
_LOOP = re.compile(r"(.{6,}?)(?:\W*\1){2,}", re.DOTALL)


@dataclass
class Heard:
    """One reply, as a listener gets it."""

    sentences: list[str] = field(default_factory=list)
    first_tokens: int = 0
    """Tokens that were made before the first sentence could be spoken."""
    first_seconds: float = 0.0
    first_sound: float = 0.0
    """Seconds from the question to the first of the answer's sound."""
    usage: Usage = field(default_factory=Usage)


class Counting(ChildModel):
    """Counts tokens as they are made."""

    made = 0

    def generate(
        self,
        chat: Sequence[Message],
        *,
        limit: int,
        grammar: str | None = None,
        abort: Callable[[], bool] = lambda: False,
    ) -> Iterator[str]:
        """The pieces, counted."""
        self.made = 0
        for piece in super().generate(chat, limit=limit, grammar=grammar, abort=abort):
            self.made += 1
            yield piece


def run() -> Iterator[Row]:
    """Every installed language model in each of its languages."""
    catalog = catalogs.load()
    for model in catalog.models.values():
        if model.kind == "llm" and catalog.installed(model.name):
            for language in ("en", "zh"):
                if language in model.languages:
                    yield from _rows(model, catalog.path(model.name), language)


def _rows(model: Model, path: Path, language: str) -> Iterator[Row]:
    name, prefix = f"{model.name} {language}", chat_prefix(language)
    with tempfile.TemporaryDirectory() as cache:
        options: dict[str, object] = {"path": path, "threads": THREADS, "cache": cache}
        with Counting(model.name, "voice_assistant.engines.llama", options) as engine:
            replies = anyio.run(_ask_all, engine, prefix, language)
            stops = [
                _stop_ms(engine, prefix, long, after)
                for long, after in ((True, 0.05), (True, 0.5), (False, 0.5), (False, 1.5))
            ]
        with Counting(model.name, "voice_assistant.engines.llama", options) as engine:
            engine.keep(prefix)
            yield _beyond_new(engine, f"{name}: read after a restart", prefix, language)
    del options["cache"]
    with Counting(model.name, "voice_assistant.engines.llama", options) as engine:
        yield from _first_tokens(engine, name, prefix, language)
    soon = SOON["small" if model.size <= SMALL else "large"]
    yield from _quality(name, replies, language, soon)
    yield Row(f"{name}: cancelled, next turn after", max(stops), "ms", goal="<= 100")


def _first_tokens(
    engine: Counting, name: str, prefix: list[Message], language: str
) -> Iterator[Row]:
    """How soon a turn's first token comes, beside the same prompt read cold: typed, and read ahead
    while it was said."""
    questions = [_user(text, language) for text in _questions(language)]
    reply = Message(role="assistant", content=load("prompts")[language]["chat"]["examples"][0][1])
    talk = [message for each in questions[:TALK] for message in (each, reply)]
    for how, before in (("a first turn", prefix), ("a turn of a talk", [*prefix, *talk])):
        chat = [*before, questions[TALK]]
        list(engine.generate([Message(role="user", content="0")], limit=0))  # all is forgotten
        cold = _first_token(engine, chat)
        list(engine.generate(before, limit=0))  # as it is while the answer before sounds
        warm = _first_token(engine, chat)
        yield _beyond_new(engine, f"{name}: read for {how}", before, language)
        list(engine.generate(chat, limit=0))
        ahead = _first_token(engine, chat)
        for manner, seconds in (("typed", warm), ("read ahead", ahead)):
            label = f"{name}: first token of {how}, {manner}"
            yield Row(label, 1000 * seconds, "ms", 1000 * cold, seconds / cold, "ratio <= 0.05")


def _beyond_new(engine: Counting, label: str, before: list[Message], language: str) -> Row:
    """The prompt tokens that a turn has read beyond those that it adds to the prompt."""
    list(engine.generate(before, limit=0))
    known = engine.usage.prompt
    list(engine.generate([*before, _user(_questions(language)[TALK], language)], limit=1))
    new = engine.usage.prompt - known
    return Row(f"{label} beyond what is new", engine.usage.evaluated - new, "tokens", goal="<= 8")


def _quality(name: str, replies: list[Heard], language: str, soon: int) -> Iterator[Row]:
    whole = [" ".join(r.sentences) for r in replies]
    sentences = [s for r in replies for s in r.sentences]
    good = sum(_is_speakable(s, language) for s in sentences)
    ends = ".!?…。！？\"'”’」）)"
    made = [r for r in replies if r.first_tokens]  # the others are answered without the model
    tokens = median(r.first_tokens for r in made)
    seconds = median(r.first_seconds for r in made)
    read = median(r.usage.evaluated for r in made)
    yield Row(f"{name}: speakable sentences", 100 * good / len(sentences), "%", goal="100")
    yield Row(f"{name}: loops", sum(bool(_LOOP.search(t)) for t in whole), "replies", goal="0")
    cut = sum(not t.endswith(tuple(ends)) for t in whole)
    yield Row(f"{name}: mid-sentence endings", cut, "replies", goal="0")
    false = sum(bool(_PROMISES[language].search(t)) for t in whole)
    yield Row(f"{name}: false claims of action", false, "replies", goal="0")
    yield Row(f"{name}: tokens before the first sentence", tokens, "tokens", goal="<= 8")
    yield Row(f"{name}: first sentence after", 1000 * seconds, "ms")
    sound = median(r.first_sound for r in made)
    yield Row(f"{name}: first sound of an answer", 1000 * sound, "ms", goal=f"< {soon}")
    yield Row(f"{name}: prompt tokens read in a turn", read, "tokens")


async def _ask_all(engine: Counting, prefix: list[Message], language: str) -> list[Heard]:
    with Worker("bench") as worker:
        mind = ModelMind(engine.name, lambda: engine, worker)
        mind.keep(prefix)
        await worker.call(engine.keep, prefix)  # returns when it is read
        voice = (person() if language == "en" else None) or SystemVoice()
        return [await _ask(mind, engine, prefix, q, language, voice) for q in _questions(language)]


async def _ask(
    mind: ModelMind,
    engine: Counting,
    prefix: list[Message],
    question: str,
    language: str,
    voice: Synthesizer,
) -> Heard:
    heard, engine.made = Heard(), 0
    began = time.perf_counter()
    chat = [*prefix, _user(question, language)]
    async with aclosing(mind.speak(chat, language=language, limit=70, sentences=3)) as stream:
        async for sentence in stream:
            if not heard.sentences:
                heard.first_tokens, heard.first_seconds = engine.made, time.perf_counter() - began
                next(iter(voice.synthesize(spoken(sentence, language), language=language)))
                heard.first_sound = time.perf_counter() - began
            heard.sentences.append(sentence.strip())
    await anyio.sleep(0.05)
    heard.usage = engine.usage
    return heard


def _stop_ms(engine: ChildModel, prefix: list[Message], long: bool, after: float) -> float:
    """Milliseconds from a wish to stop until the model is free for the next turn; `long`: while it
    still reads, otherwise while it writes."""
    asked = "the house, the dog and the hill, " * 150 if long else "Tell me a very long story."
    stopped = time.perf_counter() + after
    chat = [*prefix, _user(asked, "en")]
    list(engine.generate(chat, limit=400, abort=lambda: time.perf_counter() > stopped))
    return 1000 * max(0.0, time.perf_counter() - stopped)


def _is_speakable(sentence: str, language: str) -> bool:
    said = spoken(sentence, language)
    return bool(said) and not _UNSPEAKABLE.search(said) and not _LABEL.match(sentence)


def _questions(language: str) -> list[str]:
    text = (_QUESTIONS / f"bench_chat_{language}.txt").read_text(encoding="utf-8")
    return text.splitlines()


def _user(text: str, language: str) -> Message:
    return user_message(text, language)


def _first_token(engine: ChildModel, chat: list[Message]) -> float:
    """Seconds until the first piece of a reply comes."""
    began = time.perf_counter()
    pieces = engine.generate(chat, limit=2)
    next(pieces, None)
    seconds = time.perf_counter() - began
    list(pieces)
    return seconds
