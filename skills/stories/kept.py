"""What stories keep on disk: the bookmark, the shelf, what was heard, and who listens."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from voice_assistant.skill import Store

from .perform import Manner, Place
from .story import Scene, Story, from_json

HEARD = 120
"""How many stories are remembered, so that none is told again soon."""
SHELF = 60


@dataclass(frozen=True, kw_only=True)
class Bookmark:
    """A story in the middle of being told, or told last."""

    story: Story
    place: Place
    manner: Manner

    @property
    def finished(self) -> bool:
        """Whether it was heard to its end."""
        last = len(self.story.scenes) - 1
        if self.place.scene < last:
            return False
        return self.place.scene > last or self.place.line >= len(self.scene.lines)

    @property
    def scene(self) -> Scene:
        """The scene it is in."""
        return self.story.scenes[min(self.place.scene, len(self.story.scenes) - 1)]

    @property
    def chosen(self) -> bool:
        """Whether nothing is to be chosen before the story goes on."""
        return not (self.scene.options and self.place.line >= len(self.scene.lines))


class Kept:
    """The skill's part of the store, with words for what is in it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def open(self, story: Story, manner: Manner, place: Place | None = None) -> Bookmark:
        """Keep a story that is about to be told."""
        place = place or Place()
        self._store.set("story", {"story": story.to_json(), "manner": asdict(manner)})
        self.move(place)
        return Bookmark(story=story, place=place, manner=manner)

    def move(self, place: Place) -> None:
        """Lay the bookmark where the telling got to."""
        self._store.set("place", [place.scene, place.line])

    def bookmark(self) -> Bookmark | None:
        """The story last told, and how far."""
        kept = self._store.get("story")
        if kept is None:
            return None
        scene, line = self._store.get("place", [0, 0])
        return Bookmark(
            story=from_json(kept["story"]),
            place=Place(scene=scene, line=line),
            manner=Manner(**kept["manner"]),
        )

    @property
    def until(self) -> str:
        """When the sleep timer ends, as ISO text; empty without one."""
        return str(self._store.get("until", ""))

    @until.setter
    def until(self, moment: str) -> None:
        self._store.set("until", moment)

    @property
    def plain(self) -> bool:
        """Whether stories are to be read without voices and sounds."""
        return bool(self._store.get("plain", False))

    @plain.setter
    def plain(self, value: bool) -> None:
        self._store.set("plain", value)

    @property
    def heard(self) -> list[str]:
        """Parts of the stories told so far, the last one at the end."""
        return list(self._store.get("heard", []))

    def told(self, story: Story) -> None:
        """Remember what a story was made of."""
        earlier = [part for part in self.heard if part not in story.parts]
        self._store.set("heard", [*earlier, *story.parts][-HEARD * 4 :])

    @property
    def shelf(self) -> list[Story]:
        """The favourites, the newest last."""
        return [from_json(each) for each in self._store.get("shelf", [])]

    def put(self, story: Story) -> None:
        """Put a story on the shelf; once is enough."""
        others = [each for each in self.shelf if each.title != story.title]
        self._store.set("shelf", [each.to_json() for each in [*others, story][-SHELF:]])

    def take(self, story: Story) -> None:
        """Take a story off the shelf."""
        others = [each.to_json() for each in self.shelf if each.title != story.title]
        self._store.set("shelf", others)

    @property
    def listener(self) -> dict[str, Any]:
        """What is known of the child: name, pronoun, age, animal, friends."""
        return dict(self._store.get("listener", {}))

    def learn(self, **facts: Any) -> None:
        """Remember something about the child."""
        self._store.set("listener", {**self.listener, **facts})
