"""The storyteller: what people may ask of it, before, during and after a story."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from rapidfuzz import fuzz, process

from voice_assistant.skill import Answer, Home, Skill, Turn, intent
from voice_assistant.speaking import say_list

from . import about, check, choose, fit, tales
from .kept import Bookmark, Kept
from .kit import kit
from .perform import Manner, Place, back
from .plan import from_json
from .request import Figure, Request
from .story import Story
from .telling import Teller
from .understand import understand
from .weave import weave

BACK_LINES = 5
"""Sentences that "go back a little" takes back."""
SHORTER = 0.5
LISTED = 4
"""Titles named at once."""


class Stories(Skill):
    """Tells stories."""

    session_minutes = 60.0

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.dice = random.Random(self.now().isoformat())
        self.kept = Kept(home.store)
        self.teller = Teller(self.kept, home.clock, home.mind, self.dice, writes=self._writes)
        self.request: Request | None = None

    def _writes(self, language: str) -> bool:
        """Whether the language model knows this language; one that the catalogue does not list may."""
        catalog = self.home.services.get("catalog")
        model = catalog.models.get(self.home.mind.name) if catalog else None
        return model is None or language in model.languages

    async def start(self) -> None:
        """Read the tales and the kit while nobody asks."""
        if background := self.home.services.get("background"):
            for language in ("en", "zh"):
                background.post(partial(choose.ready, language))

    def vocabulary(self, language: str) -> Mapping[str, Iterable[str]]:
        """Titles, so that a story can be asked for by name."""
        shelf = [story.title for story in self.kept.shelf if story.language == language]
        return {"title": [*(tale.called for tale in tales.library(language)), *shelf]}

    # --- beginning -----------------------------------------------------------------------

    @intent("tell")
    async def tell(self, turn: Turn, **_: Any) -> Answer:
        """A new story, as it was asked for."""
        text = turn.route.text or turn.text  # as it was understood, not as it was first heard
        request = understand(text, turn.language, self.home.clock, self._listener())
        if any(check.words(request.text, turn.language)):
            return turn.phrase("not_for_children")
        if self._of_the_hero(request):
            return await self._begin(turn, self._sequel(request))
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

    @intent("series")
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

    @intent("title")
    async def title(self, turn: Turn, title: str = "", **_: Any) -> Answer:
        """The story of this name."""
        stories = {tale.called: tale for tale in tales.library(turn.language)}
        shelf = {story.title: story for story in self.kept.shelf}
        found = process.extractOne(title, [*stories, *shelf], scorer=fuzz.WRatio, score_cutoff=70)
        if found is None:
            return turn.phrase("unknown_title", title=title)
        name = found[0]
        return await self._start(turn, shelf[name] if name in shelf else stories[name].story())

    async def _begin(self, turn: Turn, request: Request) -> Answer:
        self.request = request
        story = choose.story(request, self.kept.heard, self._listener(), self.dice)
        return await self._start(turn, story, bedtime=request.bedtime)

    async def _start(self, turn: Turn, story: Story, *, bedtime: bool = False) -> Answer:
        self.kept.told(story)
        manner = Manner(bedtime=bedtime, plain=self.kept.plain)
        self.teller.open(Bookmark(story=story, place=Place(), manner=manner))
        await self.teller.tell(turn, turn.phrase("begin", title=story.title))
        return None

    def _listener(self) -> dict[str, Any]:
        """What is known of the child: what was said, over what the settings say."""
        return {**self.home.settings, **self.kept.listener}

    # --- in the middle -------------------------------------------------------------------

    @intent("continue")
    @intent("go_on")
    async def go_on(self, turn: Turn, **_: Any) -> Answer:
        """On from the bookmark, also days later."""
        bookmark = self.teller.bookmark
        if bookmark is None:
            return turn.phrase("nothing_open")
        if bookmark.finished and bookmark.chosen:
            return turn.phrase("was_finished", title=bookmark.story.title)
        await self.teller.tell(turn, turn.phrase("continue", title=bookmark.story.title))
        return None

    @intent("pause")
    async def pause(self, turn: Turn, **_: Any) -> Answer:
        """Silence until "continue"."""
        self.teller.save()
        turn.hold()
        return turn.phrase("paused")

    @intent("back")
    async def back(self, turn: Turn, **_: Any) -> Answer:
        """A few sentences back, and on from there."""
        return await self._from(turn, BACK_LINES, "back")

    @intent("again")
    @intent("once_more")
    async def again(self, turn: Turn, **_: Any) -> Answer:
        """The same story from its beginning."""
        if (bookmark := self.teller.bookmark) is None:
            return turn.phrase("nothing_open")
        self.teller.move(Place())
        await self.teller.tell(turn, turn.phrase("again", title=bookmark.story.title))
        return None

    @intent("shorter")
    async def shorter(self, turn: Turn, **_: Any) -> Answer:
        """The rest of the story in half the time."""
        bookmark = self.teller.bookmark
        if bookmark is None or bookmark.finished:
            return turn.phrase("nothing_open")
        self.teller.open(_halved(bookmark))
        await self.teller.tell(turn, turn.phrase("shorter"))
        return None

    @intent("sleep")
    @intent("sleep_soon")
    async def sleep(self, turn: Turn, duration: timedelta | None = None, **_: Any) -> Answer:
        """End softly after so long."""
        self.teller.sleep_in(duration or timedelta(minutes=10))
        return await self._answered(turn, turn.phrase("sleep_set"))

    @intent("plain")
    @intent("plain_now")
    async def plain(self, turn: Turn, **_: Any) -> Answer:
        """One voice, no sounds."""
        return await self._performed(turn, plain=True)

    @intent("performed")
    async def performed(self, turn: Turn, **_: Any) -> Answer:
        """Voices and sounds again."""
        return await self._performed(turn, plain=False)

    async def _performed(self, turn: Turn, *, plain: bool) -> Answer:
        self.kept.plain = plain
        if bookmark := self.teller.bookmark:
            manner = replace(bookmark.manner, plain=plain)
            self.teller.open(replace(bookmark, manner=manner))
        return await self._answered(turn, turn.phrase("plain" if plain else "performed"))

    async def _from(self, turn: Turn, lines: int, phrase: str) -> Answer:
        if (bookmark := self.teller.bookmark) is None:
            return turn.phrase("nothing_open")
        self.teller.move(back(bookmark.story, bookmark.place, lines))
        await self.teller.tell(turn, turn.phrase(phrase))
        return None

    # --- questions -----------------------------------------------------------------------

    @intent("why")
    async def why(self, turn: Turn, **_: Any) -> Answer:
        """Why somebody did what was told last."""
        if (bookmark := self.teller.bookmark) is None:
            return turn.phrase("nothing_open")
        return await self._answered(turn, about.why(bookmark) or turn.phrase("no_reason"))

    @intent("who")
    async def who(self, turn: Turn, **_: Any) -> Answer:
        """What somebody is called, and who they are."""
        if (bookmark := self.teller.bookmark) is None:
            return turn.phrase("nothing_open")
        who = about.whom(bookmark, turn.route.text or turn.text)
        key = "who" if who.kind else "name"
        return await self._answered(turn, turn.phrase(key, name=who.name, kind=who.kind))

    @intent("where")
    async def where(self, turn: Turn, **_: Any) -> Answer:
        """Where the story is just now."""
        if (bookmark := self.teller.bookmark) is None:
            return turn.phrase("nothing_open")
        place = bookmark.scene.place or bookmark.story.place
        answer = turn.phrase("where", place=place) if place else turn.phrase("no_place")
        return await self._answered(turn, answer)

    @intent("lesson")
    async def lesson(self, turn: Turn, **_: Any) -> Answer:
        """What the story teaches."""
        if (bookmark := self.teller.bookmark) is None:
            return turn.phrase("nothing_open")
        lesson = bookmark.story.lesson
        answer = turn.phrase("lesson", lesson=lesson) if lesson else turn.phrase("no_lesson")
        return await self._answered(turn, answer)

    @intent("left")
    async def left(self, turn: Turn, **_: Any) -> Answer:
        """How much of the story is left."""
        if (bookmark := self.teller.bookmark) is None:
            return turn.phrase("nothing_open")
        rest = replace(bookmark.story, scenes=bookmark.story.scenes[bookmark.place.scene :])
        minutes = max(1, round(rest.seconds / 60))
        key = "one_minute_left" if minutes == 1 else "minutes_left"
        return await self._answered(turn, turn.phrase(key, minutes=minutes))

    async def _answered(self, turn: Turn, answer: str) -> Answer:
        """An answer, and then back to the story if it was being told."""
        bookmark = self.teller.bookmark
        open_story = turn.session.active[:1] == [self.name] and bookmark is not None
        if not open_story or bookmark is None or (bookmark.finished and bookmark.chosen):
            return answer
        await turn.say(answer)
        await self.teller.tell(turn)
        return None

    # --- the shelf, and who listens ------------------------------------------------------

    @intent("keep")
    @intent("keep_it")
    async def keep(self, turn: Turn, **_: Any) -> Answer:
        """Put the story on the shelf."""
        if (bookmark := self.teller.bookmark) is None:
            return turn.phrase("nothing_open")
        self.kept.put(bookmark.story)
        return await self._answered(turn, turn.phrase("kept", title=bookmark.story.title))

    @intent("shelf")
    async def shelf(self, turn: Turn, **_: Any) -> Answer:
        """What is on the shelf."""
        titles = [story.title for story in self.kept.shelf]
        if not titles:
            return turn.phrase("shelf_empty")
        return turn.phrase("shelf", titles=say_list(titles[-LISTED:], turn.language))

    @intent("favourite")
    async def favourite(self, turn: Turn, **_: Any) -> Answer:
        """The story put on the shelf last."""
        shelf = self.kept.shelf
        return await self._start(turn, shelf[-1]) if shelf else turn.phrase("shelf_empty")

    @intent("remove")
    async def remove(self, turn: Turn, **_: Any) -> Answer:
        """Take the story off the shelf."""
        if (bookmark := self.teller.bookmark) is None:
            return turn.phrase("nothing_open")
        self.kept.take(bookmark.story)
        return turn.phrase("removed", title=bookmark.story.title)

    @intent("titles")
    async def titles(self, turn: Turn, **_: Any) -> Answer:
        """Some of the stories there are."""
        known = tales.library(turn.language)
        some = self.dice.sample([tale.called for tale in known], min(LISTED, len(known)))
        listed = say_list(some, turn.language)
        return turn.phrase("titles", count=len(known), titles=listed)

    @intent("animal")
    async def animal(self, turn: Turn, animal: str = "", **_: Any) -> Answer:
        """The child's favourite animal."""
        self.kept.learn(animal=animal)
        return turn.phrase("animal", animal=animal)

    @intent("friend")
    async def friend(self, turn: Turn, name: str = "", **_: Any) -> Answer:
        """A friend of the child's, who may come along in stories."""
        friends = [*self.kept.listener.get("friends", []), name.title()]
        self.kept.learn(friends=list(dict.fromkeys(friends)))
        return turn.phrase("friend", name=name.title())

    @intent("child")
    async def child(self, turn: Turn, name: str = "", **_: Any) -> Answer:
        """The name of the child in stories "about me"."""
        self.kept.learn(name=name.title())
        return turn.phrase("child", name=name.title())

    # --- being interrupted ---------------------------------------------------------------

    async def resume(self, turn: Turn) -> Answer:
        """The something else is over: back to the story."""
        bookmark = self.teller.bookmark
        if bookmark is None or (bookmark.finished and bookmark.chosen):
            return None
        await self.teller.tell(turn, turn.phrase("resume", title=bookmark.story.title))
        return None

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


def _halved(bookmark: Bookmark) -> Bookmark:
    """The same story, with the rest of it in about half the time."""
    story, at = bookmark.story, bookmark.place.scene
    if story.plan is None:
        rest = replace(story, scenes=story.scenes[at:])
        shorter = fit.fitted(rest, rest.seconds * SHORTER)
        return replace(bookmark, story=replace(story, scenes=(*story.scenes[:at], *shorter.scenes)))
    plan = from_json(story.plan, minutes=story.plan["minutes"] * SHORTER)
    woven = weave(plan)
    names = [scene.name for scene in woven.scenes]
    following = [scene.name for scene in story.scenes[at:] if scene.name in names]
    place = Place(scene=names.index(following[0]) if following else len(names))
    return replace(bookmark, story=woven, place=place)
