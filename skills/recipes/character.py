"""What a dish is like: spicy or mild, light or hearty, soft, crisp, made in one pot or without heat."""

from __future__ import annotations

import re

from .lexis import named
from .nutrition import Nutrition
from .recipe import Recipe

LIGHT = 450
"""Kilocalories of a portion up to which a dish is light, beyond which it is hearty."""

LEAN = 18
"""Grams of fat in a light portion."""

_COLD = frozenset({"salad", "drink", "dessert", "snack", "baking", "sauce"})
_LONG = 20
"""Minutes of simmering or steaming after which most things are soft."""

_SOFT_DISH = re.compile(
    r"\b(?:mash|mashed|dal|porridge|risotto|stew|goulash|mousse|panna cotta|pudding)\b|"
    r"粥|羹|蒸水蛋|豆腐汤|拌豆腐|皮蛋豆腐|蒸豆腐|双皮奶|肠粉|[炖煨]|红烧肉|东坡肉|卤肉"
)
_SOFT = re.compile(
    r"fall(?:s|ing)? apart|pull(?:s)? apart|very (?:soft|tender)|mash|pur[eé]e|"
    r"软烂|酥烂|[炖焖煮]烂|脱骨"
)
_CHEWY = re.compile(r"noodle|katsu|[面馍]$")
"""Dishes with something in them that wants teeth, however soft the rest."""
_SMOOTH = re.compile(r"\bblend|\bpur[eé]e|压泥|打成[泥糊]|搅成泥")
_CRISP = re.compile(r"\bcrisp|\bcrunch|脆|酥(?!烂|软|香)|黄瓜|藕片")
_STICKY = re.compile(r"糯|年糕|汤圆|圆子|山药|芋|南瓜|红薯|莲藕排骨")
_HEAT = re.compile(
    r"\b(?:heat|boil|fry|bake|simmer|roast|toast|cook|oven|pan|pot|steam|grill|melt|microwave|kettle)",
    re.IGNORECASE,
)
_HEAT_ZH = re.compile(r"锅|[煮炒蒸炸烤烧焯煎炖烫]|火|开水|烤箱|微波")
_VESSEL = re.compile(r"\b(?:saucepan|frying pan|pan|pot|wok|tray|tin|casserole|skillet|dish)\b")
_SECOND = re.compile(r"meanwhile|another|drain|separate")
"""What betrays a second pan."""
_POTS = frozenset({"stew", "curry", "bake", "risotto", "fried rice", "炖菜", "炒饭", "火锅"})
_COOKER = re.compile(r"rice cooker|slow cooker|pressure cooker|电饭[锅煲]")
_MICROWAVE = re.compile(r"microwave|微波炉")
_FRYER = re.compile(r"air fryer|空气炸锅")


def characters(recipe: Recipe, portion: Nutrition) -> frozenset[str]:
    """The characters of a dish, by its ingredients, its steps and what is in a portion."""
    hot = any(i.food and "hot" in i.food.flags and not i.optional for i in recipe.ingredients)
    found = {"spicy" if hot else "mild"}
    if portion.kcal <= LIGHT:
        if portion.fat <= LEAN:
            found.add("light")
    elif _COLD.isdisjoint(recipe.courses):
        found.add("hearty")
    if _COLD.isdisjoint(recipe.courses) and recipe.cook >= 10:
        found.add("warming")
    if not hot and _refreshing(recipe, portion):
        found.add("refreshing")
    if _is_feast(recipe):
        found.add("feast")
    if "alcohol" not in {flag for food in recipe.foods for flag in food.flags}:
        if not re.search(r"pregnan|孕", recipe.safety):
            found.add("expecting")
    return frozenset(found | _textures(recipe, hot=hot) | _tools(recipe))


def types(recipe: Recipe) -> frozenset[str]:
    """What kinds of dish its names say it is: a bread, a curry."""
    names = " / ".join((recipe.title, *recipe.aliases)).lower().replace("-", " ")
    patterns = named("types", recipe.language)
    found = {key for key, pattern in patterns.items() if pattern.search(names)}
    if recipe.language == "zh":
        found |= {key for key, ends in _ENDS.items() if ends.search(recipe.title)}
    return frozenset(found)


_ENDS = {
    "主食": re.compile(r"[饭面粉饼粥包馍]$|饺|馄饨|年糕|河$|米线|馒头|花卷|煎饼|肠粉"),
    "面": re.compile(r"面$|面沙拉"),
    "饺子": re.compile(r"饺"),
    "馒头包子": re.compile(r"包$|馒头|花卷|肉夹馍"),
    "炒饭": re.compile(r"饭$"),
    "炖菜": re.compile(r"[炖焖煲]|红烧|牛腩"),
    "蒸菜": re.compile(r"蒸"),
}
"""Chinese names tell the kind by a character, which in a sentence would mean other things."""


def _textures(recipe: Recipe, *, hot: bool) -> set[str]:
    found = set()
    if _CRISP.search(" ".join((recipe.title, *(step.sign for step in recipe.steps[-3:])))):
        found.add("crisp")
    long = recipe.cook >= _LONG and any(_SOFT.search(step.sign) for step in recipe.steps)
    fried = re.search("炸|过油|煎", "".join(step.text for step in recipe.steps[-4:]))
    title = recipe.title.lower()
    said = " ".join(step.text.lower() for step in recipe.steps)
    smooth = "soup" in recipe.courses and _SMOOTH.search(said)
    tender = long or smooth or _SOFT_DISH.search(title)
    if tender and not (hot or fried or "crisp" in found or _CHEWY.search(title)):
        found.add("soft")
    if _STICKY.search(" ".join((recipe.title, *(i.item for i in recipe.ingredients)))):
        found.add("sticky")
    return found


def _tools(recipe: Recipe) -> set[str]:
    """What it needs: no oven, no heat at all, one pot, a machine."""
    said = " ".join(step.text for step in recipe.steps)
    found = {
        key
        for key, pattern in (
            ("rice-cooker", _COOKER),
            ("microwave", _MICROWAVE),
            ("air-fryer", _FRYER),
        )
        if pattern.search(said)
    }
    if not any(step.oven for step in recipe.steps):
        found.add("no-oven")
    if not (_HEAT if recipe.language == "en" else _HEAT_ZH).search(said):
        found.add("no-cook")
    if _is_one_pot(recipe, said.lower()):
        found.add("one-pot")
    return found


def _is_feast(recipe: Recipe) -> bool:
    """Whether one sets it before guests: a main dish that takes its time, and no bowl of noodles."""
    return "main" in recipe.courses and recipe.minutes >= _FEAST and "主食" not in types(recipe)


_FEAST = 40
"""Minutes that one spends on guests."""


def _is_one_pot(recipe: Recipe, said: str) -> bool:
    if "soup" in recipe.courses or types(recipe) & _POTS:
        return True
    if "baking" in recipe.courses:
        return False
    return len(set(_VESSEL.findall(said))) == 1 and not _SECOND.search(said)


def _refreshing(recipe: Recipe, portion: Nutrition) -> bool:
    cold = not {"salad", "drink"}.isdisjoint(recipe.courses)
    oven = any(step.oven for step in recipe.steps)
    summer = "summer" in recipe.seasons and not oven and portion.kcal <= LIGHT // 2
    return (cold and not oven and "winter" not in recipe.seasons) or summer
