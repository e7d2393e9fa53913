"""The plan of a story: who, where, what goes wrong, what is tried, what turns it, what is learned.

A plan is chosen under a simple grammar, before a word is told:

    story   = opening problem way* try+ turn ending
    opening = hero wish place companion
    turn    = how the lesson makes the hero see + the problem's clue + its solution
    ending  = result + what became of each way + what is learned
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from . import grammar
from .kit import Chooser, Kit, Part, kit
from .request import Figure, Request
from .story import Character

WAYS, TRIES = 8, 3
"""The most that a long story has."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All that a made-up story is made of. Plain data."""

    language: str
    minutes: float
    hero: Character
    detail: str
    """What makes the hero unlike others of the kind, marked up: it may be spared unless it was
    asked for."""
    love: str
    companion: Character
    friend: int
    """Which of the kit's companions that is."""
    place: str
    within: str
    """The place after a verb: "under the sea"."""
    named: str
    """The place on its own: "the sea"."""
    elder: Character
    lesson: str
    problem: str
    ways: tuple[str, ...]
    tries: tuple[int, ...]
    end: int
    """Which of the endings a listener may choose; -1 for a party."""
    wordings: Mapping[str, int]
    """Which of several wordings, by the name of the part."""
    choose: bool = False
    bedtime: bool = False
    series: str = ""
    parts: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def from_json(data: Mapping[str, Any], **change: Any) -> Plan:
    """The plan kept as `data`, with changes."""
    fields = {**data, **change}
    for key in ("hero", "companion", "elder"):
        fields[key] = Character(**fields[key])
    for key in ("ways", "tries", "parts"):
        fields[key] = tuple(fields[key])
    return Plan(**fields)


def plan(request: Request, heard: Sequence[str], minutes: float, dice: random.Random) -> Plan:
    """A plan that holds all that was asked for, and of the rest what was not used lately."""
    parts = kit(request.language)
    chooser = Chooser(heard, dice)
    place = parts.part("places", request.place or _place(request, parts, chooser))
    problems, ways = (_fitting(each, place["id"]) for each in (parts.problems, parts.ways))
    problem = parts.part("problems", chooser.take("problem", problems))
    lesson = parts.part("lessons", request.lesson or chooser.take("lesson", _names(parts.lessons)))
    hero, detail = _hero(request, parts, chooser, dice)
    companion, friend = _companion(request, parts, chooser, hero, dice)
    within, named = grammar.place(request.somewhere, place, request.language)
    return Plan(
        language=request.language,
        minutes=minutes,
        hero=hero,
        detail=detail,
        love=request.love,
        companion=companion,
        friend=friend,
        place=place["id"],
        within=within,
        named=named,
        elder=_elder(place["elder"], hero, companion),
        lesson=lesson["id"],
        problem=problem["id"],
        ways=_ways(parts, ways, chooser),
        tries=tuple(
            int(each)
            for each in chooser.several(f"try-{problem['id']}", _numbers(problem["tries"]), TRIES)
        ),
        end=-1,
        wordings=_wordings(parts, place, lesson, problem, chooser),
        choose=request.choose,
        bedtime=request.bedtime,
        series=request.series,
        parts=tuple(chooser.taken),
    )


def _names(parts: Sequence[Part]) -> list[str]:
    return [part["id"] for part in parts]


def _fitting(parts: Sequence[Part], place: str) -> list[str]:
    """Those that can be imagined there."""
    return [part["id"] for part in parts if place not in part.get("unfit", ())]


def _ways(parts: Kit, fitting: Sequence[str], chooser: Chooser) -> tuple[str, ...]:
    """As many as the longest story needs; the fitting ones first."""
    first = chooser.several("way", fitting, WAYS + 1)
    others = [name for name in _names(parts.ways) if name not in fitting]
    return (*first, *chooser.several("way", others, WAYS + 1 - len(first)))


def _numbers(items: Sequence[Any]) -> list[str]:
    return [str(number) for number in range(len(items))]


def _place(request: Request, parts: Kit, chooser: Chooser) -> str:
    if request.somewhere:
        return "elsewhere"
    known = [part for part in parts.places if part["words"]]
    noun = request.hero.noun if request.hero else ""
    at_home = [part for part in known if any(noun.endswith(hint) for hint in part["hints"])]
    if at_home:
        return str(at_home[0]["id"])
    fitting = [part for part in known if part["kind"] == request.kind] or known
    return chooser.take("place", _names(fitting))


def _hero(
    request: Request, parts: Kit, chooser: Chooser, dice: random.Random
) -> tuple[Character, str]:
    """The hero, and what is told of them besides."""
    kinds: list[tuple[str, str]] = [(kind, detail) for kind, detail in parts.heroes["kinds"]]
    usual = {grammar.bare(kind, request.language): f"+ {detail}" for kind, detail in kinds}
    figure = request.hero
    if figure is None:
        kind, _ = kinds[chooser.number("hero", kinds)]
        figure = Figure(kind=kind, noun=grammar.bare(kind, request.language))
    pronoun = figure.pronoun or grammar.pronoun(figure, parts, dice)
    names = parts.heroes["names"]
    pool = names.get(pronoun) or [name for several in names.values() for name in several]
    name = figure.name or chooser.take("name", pool)
    kind = grammar.one(figure, pronoun, parts)
    noun = figure.noun or grammar.bare(kind, request.language)
    detail = parts.heroes["traits"].get(figure.trait) or usual.get(noun, "")
    if figure.clause:
        chinese = request.language == "zh"
        detail = f"{{ta}}{figure.clause}。" if chinese else f"{{He}} {figure.clause}."
    return Character(name=name, kind=kind, pronoun=pronoun, voice="high"), detail


def _companion(
    request: Request, parts: Kit, chooser: Chooser, hero: Character, dice: random.Random
) -> tuple[Character, int]:
    figure = request.companion
    known = list(parts.companions)
    if figure is None:
        others = [str(n) for n, each in enumerate(known) if not _same(each, hero)]
        number = int(chooser.take("friend", others))
    else:
        number = next(
            (n for n, each in enumerate(known) if figure.noun in each["words"]), len(known) - 1
        )
    friend = known[number]
    name = (figure and figure.name) or chooser.take(
        "name", [each for each in friend["name"] if each != hero.name]
    )
    kind = grammar.friend(figure, friend["kind"], parts)
    pronoun = friend["pronoun"]
    if figure is not None:
        pronoun = figure.pronoun or grammar.known_pronoun(figure, parts) or pronoun
        if not figure.noun:
            pronoun = grammar.pronoun(figure, parts, dice)
    return Character(name=name, kind=kind, pronoun=pronoun, voice=friend["voice"]), number


def _same(friend: Part, hero: Character) -> bool:
    return any(word in hero.kind for word in friend["words"])


def _elder(text: str, *others: Character) -> Character:
    name, pronoun, kind, voice = (part.strip() for part in text.split("|"))
    if name in [other.name for other in others]:
        name = kind
    return Character(name=name, pronoun=pronoun, kind=kind, voice=voice)


def _wordings(
    parts: Kit, place: Part, lesson: Part, problem: Part, chooser: Chooser
) -> dict[str, int]:
    frames = parts.frames
    several = {
        f"open-{place['id']}": place["open"],
        f"turn-{lesson['id']}": lesson["turn"],
        f"reflect-{lesson['id']}": lesson["reflect"],
        f"title-{problem['id']}": problem["titles"],
    }
    several |= {key: frames[key] for key in frames if isinstance(frames[key], list)}
    return {key.split("-")[0]: chooser.number(key, of) for key, of in several.items()}
