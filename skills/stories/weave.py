"""A plan becomes a story: parts of the kit, filled with its facts, in the order of the grammar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from . import markup
from .fit import fitted
from .kit import Kit, Part, kit
from .plan import TRIES, WAYS, Plan
from .story import Option, Scene, Story

_Choice = tuple[Part, Mapping[str, object]]
"""A part of the kit, and what it changes in the plan when it is chosen."""

BRIEF_MINUTES = 1.6
"""Up to this length a story is told in the kit's brief forms."""


def weave(plan: Plan) -> Story:
    """The story of a plan, as long as it was asked for."""
    seconds = plan.minutes * 60
    if plan.minutes <= BRIEF_MINUTES:
        return fitted(_Loom(plan, 0, 0).brief(), seconds)
    least = 1 if plan.choose else 0
    for ways in range(least, WAYS + 1):
        tries = TRIES if ways > WAYS // 2 else TRIES - 1
        story = _Loom(plan, ways, tries).story()
        if story.seconds >= seconds:
            break
    return fitted(story, seconds)


class _Loom:
    """One weaving of a plan with so many ways and tries."""

    def __init__(self, plan: Plan, ways: int, tries: int) -> None:
        self.plan = plan
        self.kit: Kit = kit(plan.language)
        self.frames = self.kit.frames
        self.place = self.kit.part("places", plan.place)
        self.problem = self.kit.part("problems", plan.problem)
        self.lesson = self.kit.part("lessons", plan.lesson)
        self.friend = self.kit.companions[plan.friend]
        self.ways = [self.kit.part("ways", name) for name in plan.ways]
        self.tries = [self.problem["tries"][number] for number in plan.tries]
        self.counts = ways, tries
        self.cast = {"hero": plan.hero, "companion": plan.companion, "elder": plan.elder}
        self.facts = self._facts()

    def _facts(self) -> Mapping[str, str]:
        plan, place = self.plan, self.place
        return {
            "in": plan.within,
            "name": plan.named,
            "crowd": place["crowd"],
            "little": place["little"],
            "hero_kind": plan.hero.kind,
            "companion_kind": plan.companion.kind,
            "elder_kind": plan.elder.kind,
            "love": plan.love,
            "deed": plan.series,
        }

    def story(self) -> Story:
        """All scenes, in their order."""
        ways, tries = self.counts
        # The ways lie before the first try, before the second, and before the turn, in turn.
        legs = [range(leg, ways, 3) for leg in range(3)]
        scenes = [self._opening(), self._trouble()]
        scenes += [self._way(number) for number in legs[0]]
        scenes += [self._try(0)]
        scenes += [self._way(number) for number in legs[1]]
        scenes += [self._try(number) for number in range(1, tries)]
        scenes += [self._way(number) for number in legs[2]]
        scenes += [self._low(), self._turn(), self._ending(ways)]
        scenes = [scene for scene in scenes if scene.lines]
        return self._story(self._with_choices(scenes) if self.plan.choose else scenes)

    def brief(self) -> Story:
        """The same plan in a minute."""
        before, after = self.problem["brief"]
        trouble = self._scene("problem", [before], self.problem["why"])
        turn = self._scene("turn", [self.lesson["brief"], after], self.lesson["why"])
        return self._story([self._opening(), trouble, turn, self._ending(0, "", "home")])

    def _story(self, scenes: list[Scene]) -> Story:
        return Story(
            title=self._filled(self.problem["titles"][self.plan.wordings["title"]]),
            language=self.plan.language,
            cast=self.cast,
            scenes=tuple(scenes),
            place=self.plan.within,
            lesson=self.lesson["say"],
            deed=self.problem["deed"],
            parts=self.plan.parts,
            plan=self.plan.to_json(),
        )

    # --- scenes --------------------------------------------------------------------------

    def _opening(self) -> Scene:
        plan = self.plan
        opening = self._one("again") if plan.series else self.place["open"][plan.wordings["open"]]
        texts = [f"[under {self.place['sound']}]\n{opening}"]
        texts += [plan.detail] if plan.detail else []
        texts += [self.frames["love"]] if plan.love else []
        texts += [self._one("wish"), f"++ {self.place['sense'][0]}", self.friend["intro"]]
        return self._scene("open", texts)

    def _trouble(self) -> Scene:
        texts = [self.problem["start"], f"+ {self._one('decide')}", self.lesson["flaw"]]
        return self._scene("problem", [*texts, self._one("set_out")], self.problem["why"])

    def _way(self, number: int) -> Scene:
        way = self.ways[number]
        senses = self.place["sense"]
        extra = [f"++ {senses[number + 1]}"] if number + 1 < len(senses) else []
        return self._scene(f"way{number}", [*extra, way["text"]], way["why"])

    def _try(self, number: int) -> Scene:
        attempt = self.tries[number]
        texts = [attempt["text"]]
        if number == 0:
            # Spared later than its like: a friend who is named once is soon forgotten.
            texts += [self.friend["banter"][0].removeprefix("+"), self.lesson["mid"]]
        scene = self._scene(f"try{number}", texts, attempt["why"])
        return scene if number == 0 else _spare(scene)

    def _low(self) -> Scene:
        texts = [self._one("low"), self.friend["banter"][1]]
        return self._scene("low", texts if self.plan.bedtime else [*texts, self._one("ask")])

    def _turn(self) -> Scene:
        turn = self.lesson["turn"][self.plan.wordings["turn"]]
        texts = [turn, self.problem["clue"], self.problem["solution"]]
        return self._scene("turn", texts, self.lesson["why"])

    def _ending(self, ways: int, result: str | None = None, close: str = "close") -> Scene:
        plan = self.plan
        result = self.problem["result"] if result is None else result
        party = self.frames["ends"][plan.end]["text"] if plan.end >= 0 else self._one("party")
        later = [way["later"] for way in self.ways[:ways]]
        reflect = self.lesson["reflect"][plan.wordings["reflect"]]
        # What became of things is told of later days: no word of that evening may follow it.
        close = "night" if plan.bedtime else "after" if later else close
        more = [self._one("more")] if len(later) > 1 else []
        return self._scene("end", [result, party, *more, *later, f"+ {reflect}", self._one(close)])

    # --- choices -------------------------------------------------------------------------

    def _with_choices(self, scenes: list[Scene]) -> list[Scene]:
        """The listener chooses the first way, the first try, and what is done in the end."""
        plan, ends = self.plan, self.frames["ends"]
        first, other = plan.ways[0], plan.ways[-1]
        one, two = self._two_ends()
        points: dict[str, tuple[str, _Choice, _Choice]] = {
            "problem": (
                "way",
                (self.ways[0], {}),
                (self.ways[-1], {"ways": (other, *plan.ways[1:-1], first)}),
            ),
            self._before("try0", scenes): (
                "try",
                (self.tries[0], {}),
                (self.tries[1], {"tries": (plan.tries[1], plan.tries[0], *plan.tries[2:])}),
            ),
            "turn": ("end", (ends[one], {"end": one}), (ends[two], {"end": two})),
        }
        return [
            self._asking(scene, *points[scene.name]) if scene.name in points else scene
            for scene in scenes
        ]

    def _two_ends(self) -> tuple[int, int]:
        """Two endings to choose from; they follow from the wording of the party."""
        count = len(self.frames["ends"])
        first = self.plan.wordings["party"] % count
        return first, (first + 1) % count

    @staticmethod
    def _before(name: str, scenes: list[Scene]) -> str:
        at = next(number for number, scene in enumerate(scenes) if scene.name == name)
        return scenes[at - 1].name

    def _asking(
        self,
        scene: Scene,
        what: str,
        one: _Choice,
        two: _Choice,
    ) -> Scene:
        options = tuple(
            Option(label=self._filled(part["do"]), words=tuple(part["words"]), change=change)
            for part, change in (one, two)
        )
        labels = {"one": options[0].label, "two": options[1].label}
        question = markup.filled(self.frames["choose"][what], self.cast, {**self.facts, **labels})
        return replace(scene, question=question, options=options)

    # --- words ---------------------------------------------------------------------------

    def _one(self, frame: str) -> str:
        wordings = self.frames[frame]
        # A plan kept by an earlier version knows nothing of newer frames.
        return str(wordings[self.plan.wordings.get(frame, 0)])

    def _filled(self, text: str) -> str:
        return markup.filled(text, self.cast, self.facts)

    def _scene(self, name: str, texts: Iterable[str], why: str = "") -> Scene:
        text = "\n\n".join(each.strip() for each in texts if each.strip())
        scene = markup.scene(text, self.cast, self.facts)
        return replace(scene, name=name, why=self._filled(why), place=self.plan.within)


def _spare(scene: Scene) -> Scene:
    """A scene that a very short story can do without."""
    lines = tuple(replace(line, spare=max(1, line.spare)) for line in scene.lines)
    return replace(scene, lines=lines)
