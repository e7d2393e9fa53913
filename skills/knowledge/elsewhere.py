"""Questions that nothing here answers, asked of the household's own Kiwix library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from voice_assistant.evidence import Judge
from voice_assistant.http import Unreachable
from voice_assistant.kiwix import Article, Kiwix
from voice_assistant.knowledge import SURE, Finding
from voice_assistant.passages import Passage
from voice_assistant.question import Question, little_words
from voice_assistant.signs import Text
from voice_assistant.skill import Home, NotAllowed
from voice_assistant.terms import stopwords, terms
from voice_assistant.texts import read_yaml

READ = 2
"""Articles that are read for an answer."""


async def ask(home: Home, text: str, language: str) -> Finding | None:
    """The best answer of the articles found, or None. Raises NotAllowed or Unreachable."""
    kiwix, question = Kiwix.of(home), Question.of(text, language)
    words = _words(question)
    if kiwix is None or not words:
        return None
    for hit in (await kiwix.search(words, language))[:READ]:
        article = await kiwix.article(hit)
        finding = article and _answer(question, article)
        if finding:
            return finding
    return None


def phrase(key: str, language: str) -> str:
    """What is said of the library."""
    return _phrases()[language][key]


def trouble(error: NotAllowed | Unreachable, language: str) -> str:
    """Why nothing could be looked up."""
    return phrase("not_allowed" if isinstance(error, NotAllowed) else "away", language)


def _words(question: Question) -> str:
    """What to search for: the words that carry meaning, for all of them must be there."""
    if question.language == "zh":
        return " ".join(little_words("zh").sub(" ", question.text).split())
    empty = stopwords(question.language)
    return " ".join(w for w in question.text.split() if not set(terms(w)) <= empty)


def _answer(question: Question, article: Article) -> Finding | None:
    """The sentence of an article that answers; judged as those of the encyclopaedia are, but with
    all terms worth the same: how rare they are in a book is not known."""
    judge = Judge(question, {})
    found = []
    for passage in _passages(article):
        evidence = judge.judge(Text(title=passage.title, about="", text=passage.text))
        if evidence.sure >= SURE:
            found.append(Finding(passage=passage, answer=evidence.answer, sure=evidence.sure))
    return max(found, key=lambda each: each.sure, default=None)


def _passages(article: Article) -> Iterator[Passage]:
    for text in (article.lead, *article.sections.values()):
        if text:
            yield Passage(source=article.book, title=article.title, text=text)


@cache
def _phrases() -> Mapping[str, Mapping[str, str]]:
    file = Path(__file__).parent / "data" / "kiwix.yaml"
    data: Mapping[str, Mapping[str, str]] = read_yaml(file.read_text(encoding="utf-8"))
    return data
