"""The storyteller: how a story is asked for, and what becomes of it when something comes between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from voice_assistant.answers import yes_no
from voice_assistant.skill import Answer, Turn, intent

from . import check, choose, tales, titles
from .evening import Evening
from .kit import kit
from .questions import Questions
from .request import Figure, Request
from .shelf import Shelf
from .tales import Tale
from .understand import understand

LONG = 5.0
"""Minutes of a story that is to be longer."""


class Stories(Evening, Questions, Shelf):
    """Tells stories."""

    request: Request | None = None
    """The wish for the last story that was made for one."""

    def vocabulary(self, language: str) -> Mapping[str, Iterable[str]]:
        """Titles, so that a story can be asked for by name, and who may be in one, so that a
        question about the world is not taken for one about the story."""
        shelf = [story.title for story in self.kept.shelf if story.language == language]
        library = tales.library(language)
        told = [who.name for tale in library for who in tale.cast.values()]
        return {
            "title": [*titles.ours(language), *shelf],
            "classic": [name for tale in library if tale.known for name in tale.names],
            "cast": sorted({*told, *kit(language).names}),
        }

    @intent("tell")
    async def tell(self, turn: Turn, **_: Any) -> Answer:
        """A new story, as it was asked for."""
        text = turn.route.text or turn.text  # as it was understood, not as it was first heard
        request = understand(text, turn.language, self.home.clock, self._listener())
        if any(check.unfit(request.text, turn.language)):
            return turn.phrase("not_for_children")
        if brand := check.brand(request.text, turn.language):
            return await self.elsewhere(turn, brand)
        if self._of_the_hero(request):
            return await self._begin(turn, self._sequel(request))
        if tale := self._named(request):
            return await self._start(turn, choose.whole(tale, request), bedtime=request.bedtime)
        return await self._begin(turn, request)

    @intent("another")
    async def another(self, turn: Turn, **_: Any) -> Answer:
        """Another one of the same kind, or of the kind that is wished for now."""
        text = turn.route.text or turn.text
        wish = understand(text, turn.language, self.home.clock, self._listener())
        if not wish.bare or wish.kind or wish.minutes:
            return await self.tell(turn)
        request = self.request or Request(language=turn.language)
        return await self._begin(turn, replace(request, language=turn.language, series=""))

    @intent("too")
    async def too(self, turn: Turn, being: str, **_: Any) -> Answer:
        """The wish for the last story, with somebody in it besides."""
        wish = turn.phrase("about", being=being)
        found = understand(wish, turn.language, self.home.clock, self._listener())
        before = self.request
        if before is None or before.hero is None or before.language != turn.language:
            return await self._begin(turn, found)
        return await self._begin(turn, replace(before, companion=found.hero, series=""))

    @intent("without")
    async def without(self, turn: Turn, what: str, **_: Any) -> Answer:
        """The wish for the last story, without somebody or something in it."""
        before = self.request or Request(language=turn.language)
        alike = kit(turn.language).words.get("alike", [])
        words = next((group for group in alike if any(each in what for each in group)), [what])
        unwanted = (*before.without, *words)
        hero = before.hero if before.hero and before.hero.noun not in words else None
        wish = replace(before, language=turn.language, hero=hero, without=unwanted, series="")
        return await self._begin(turn, wish)

    @intent("longer")
    async def longer(self, turn: Turn, **_: Any) -> Answer:
        """A longer one, of what the last was asked to be about."""
        before = self.request or Request(language=turn.language)
        minutes = max(LONG, 2 * before.minutes)
        return await self._begin(
            turn, replace(before, language=turn.language, minutes=minutes, series="")
        )

    @intent("renamed")
    async def renamed(self, turn: Turn, name: str, **_: Any) -> Answer:
        """The wish for the last story, with a hero of another name."""
        wish = turn.phrase("about", being=name)
        found = understand(wish, turn.language, self.home.clock, self._listener()).hero
        before = self.request or Request(language=turn.language)
        called = found.name if found and found.name else name
        hero = replace(before.hero or Figure(), name=called)
        return await self._begin(
            turn, replace(before, language=turn.language, hero=hero, series="")
        )

    @intent("series")
    @intent("series_on")
    async def series(self, turn: Turn, **_: Any) -> Answer:
        """A further adventure of the same hero and friend."""
        bookmark = self.teller.bookmark
        if bookmark is None or not bookmark.story.deed:
            return await self.another(turn)
        return await self._begin(turn, self._sequel(Request(language=bookmark.story.language)))

    def _of_the_hero(self, request: Request) -> bool:
        """Whether somebody asks for the hero of the last story, by name or as "him"."""
        story = self.teller.bookmark.story if self.teller.bookmark else None
        if story is None or not story.deed or story.language != request.language:
            return False
        named = request.hero.name if request.hero else request.love
        return named.lower() in (story.hero.name.lower(), *kit(story.language).words["same"])

    def _sequel(self, request: Request) -> Request:
        """The request, for a further story of the last one's hero and friend."""
        assert self.teller.bookmark is not None
        bookmark = self.teller.bookmark
        friend = bookmark.story.cast.get("companion")
        return replace(
            request,
            hero=_figure(bookmark.story.hero),
            companion=request.companion or (_figure(friend) if friend else None),
            love="",
            series=bookmark.story.deed,
            bedtime=request.bedtime or bookmark.manner.bedtime,
        )

    def _named(self, request: Request) -> Tale | None:
        """The tale that a wish names, where it wishes for nothing else."""
        tale, rest = titles.named(request.text, request.language)
        listener = self._listener()
        return tale if understand(rest, request.language, self.home.clock, listener).bare else None

    @intent("title")
    @intent("classic")
    async def title(self, turn: Turn, title: str = "", classic: str = "", **_: Any) -> Answer:
        """The story of this name."""
        name = title or classic
        shelf = {story.title: story for story in self.kept.shelf}
        if name in shelf:
            return await self._start(turn, shelf[name])
        if (tale := titles.closest(name, turn.language)) is None:
            return turn.phrase("unknown_title", title=name)
        text = turn.route.text or turn.text
        request = understand(text, turn.language, self.home.clock, self._listener())
        return await self._start(turn, choose.whole(tale, request), bedtime=request.bedtime)

    @intent("elsewhere")
    async def elsewhere(self, turn: Turn, famous: str = "", **_: Any) -> Answer:
        """A famous story that is not among ours: say so, and offer one that is."""
        tale = titles.offered(turn.language, self.kept.heard, self.dice)
        question = turn.phrase("not_here", title=famous, other=tale.called)
        if not await turn.ask(question, yes_no):
            return turn.phrase("no_story")
        return await self._start(turn, tale.story())

    async def _begin(self, turn: Turn, request: Request) -> Answer:
        self.request = request
        story = choose.story(request, self.kept.heard, self._listener(), self.dice)
        return await self._start(turn, story, bedtime=request.bedtime)

    async def resume(self, turn: Turn) -> Answer:
        """The something else is over: back to the story."""
        bookmark = self.teller.bookmark
        if bookmark is None or (bookmark.finished and bookmark.chosen):
            return None
        await self.teller.tell(turn, turn.phrase("resume", title=bookmark.story.title))
        return None

    @intent("until_tomorrow")
    async def until_tomorrow(self, turn: Turn, **_: Any) -> Answer:
        """Enough for today: the bookmark stays, and nothing goes on by itself."""
        await self.halt(turn)
        return turn.phrase("until_tomorrow")

    async def halt(self, turn: Turn) -> bool:
        """Stop; the bookmark stays."""
        open_session = self.name in turn.session.active
        self.teller.save()
        turn.session.release(self.name)
        bookmark = self.teller.bookmark
        return open_session and bookmark is not None and not bookmark.finished


def _figure(who: Any) -> Figure:
    """A character as the wish for them."""
    return Figure(kind=who.kind, name=who.name, pronoun=who.pronoun, noun=who.kind.split()[-1])
