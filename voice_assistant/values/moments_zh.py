"""Chinese points in time: 下周三下午三点半, 每个工作日早上七点."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from voice_assistant.values import durations, lunar_days, numbers_zh
from voice_assistant.values.kinds import Repeat, When
from voice_assistant.values.moments import Said, coming_day, nth_weekday, resolve

_NUMBER = rf"(?:\d+|[{''.join(numbers_zh.DIGITS)}十廿]+)"
_WEEKDAY = r"(?:一|二|三|四|五|六|日|天|末|1|2|3|4|5|6|7)"
_WEEK = r"(?:周|星期|礼拜|禮拜)"
_DAYS = {char: day for day, char in enumerate("一二三四五六日")} | {
    "天": 6,
    **{str(day + 1): day for day in range(7)},
}
_PARTS = {
    "凌晨": "dawn",
    "清晨": "morning",
    "清早": "morning",
    "早上": "morning",
    "早晨": "morning",
    "一大早": "morning",
    "一早": "morning",
    "上午": "morning",
    "中午": "noon",
    "正午": "noon",
    "下午": "afternoon",
    "午后": "afternoon",
    "傍晚": "evening",
    "晚上": "evening",
    "晚间": "evening",
    "夜里": "night",
    "夜晚": "night",
    "深夜": "night",
    "半夜": "night",
    "早": "morning",
    "晚": "evening",
}
_PART = re.compile("|".join(sorted(_PARTS, key=len, reverse=True)))
_NEAR = re.compile(r"(大前|前|昨|今|明|大后|后)(?:天|日)|(昨|今|明|当)(?=晚|早|夜)|(今|明|昨)儿个?")
_STEP = {"大前": -3, "前": -2, "昨": -1, "今": 0, "当": 0, "明": 1, "后": 2, "大后": 3}
_FEASTS = {
    "元旦": (1, 1),
    "情人节": (2, 14),
    "妇女节": (3, 8),
    "劳动节": (5, 1),
    "五一": (5, 1),
    "儿童节": (6, 1),
    "六一": (6, 1),
    "教师节": (9, 10),
    "国庆节": (10, 1),
    "国庆": (10, 1),
    "平安夜": (12, 24),
    "圣诞节": (12, 25),
    "圣诞": (12, 25),
}
_FEAST = re.compile("|".join(_FEASTS))
_THIS_WEEK = re.compile(rf"(这个?|本|下下个?|下个?|上个?|上上个?)?{_WEEK}({_WEEKDAY})")
_WHOLE = re.compile(rf"(这个?|本|下下个?|下个?|上个?){_WEEK}")
_MONTH = re.compile(
    r"(这个|本|下下个|下个|上个)月(?:的)?(?:(底)|([一二三四五六七八九十廿0-9]+)[号日])?|(月底)|(年底)"
)
_DATE = re.compile(
    rf"(?:(今|明|后|去|前|\d{{4}}|[一二三四五六七八九零〇]{{4}})年(?:的)?)?({_NUMBER})月(?:份)?({_NUMBER})[号日]?"
)
_DAY = re.compile(rf"({_NUMBER})[号日](?!线)")
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_REPEAT = re.compile(
    rf"(?:每隔|隔)(?P<gap>{_NUMBER}|两)?(?:个)?(?P<gapunit>天|周|星期|礼拜|小时|分钟|月)"
    rf"(?P<gapday>(?<=[周期拜])[一二三四五六日])?|"
    rf"(?:每个?|逢)(?P<n>{_NUMBER}|两|半个?(?=小时|钟头))?(?P<unit>天|日|周|星期|礼拜|月|年|小时|个小时|分钟|个月|个星期|个礼拜)"
    rf"(?P<days>(?:{_WEEKDAY}(?![点时])(?:到|至)?[和、,跟及]?(?:{_WEEK})?)*)|"
    rf"(?:每个?)?(?P<set>工作日|周末|平日|上[班学](?:日|的日子|天))(?P<each>每天|天天)?|(?P<daily>天天|每(?=早|晚|天))|(?P<week>周一到周五|周一至周五)"
)
_NTH = re.compile(
    rf"每个?月的?(?:(?:第([一二三四])|最后一)个?{_WEEK}([一二三四五六日天])|最后一天|月底)"
)
_NTH_OF = re.compile(
    rf"(?:(?:(今|明|去|\d{{4}})年)?({_NUMBER})月份?|(下|这|本|上)个?月)的?(?:第([一二三四])|最后一)个?"
    rf"{_WEEK}([一二三四五六日天])"
)
_RATHER = re.compile(r"(?<![今明昨当后])[早晚]一?点儿?(?![一二三四五六七八九十两半钟整刻过\d])")
"""晚一点 is later, and no one at night."""
_EXCEPT = re.compile(
    rf"除(?:了|去)?(?P<days>(?:{_WEEK}?{_WEEKDAY}(?:到|至)?[和、,跟及]?)+)(?:以外|之外|外)?(?:的?其他时间)?都?"
)
_CLOCK = re.compile(
    rf"(?P<digits>\d{{1,2}}):(?P<dm>\d{{2}})|(?:差(?P<less>{_NUMBER}|一刻)分?钟?(?:到)?)?"
    rf"(?P<hour>{_NUMBER})(?:点钟|点整|点|时整|时)(?:过|又)?"
    rf"(?:(?P<half>半)|(?P<quarter>[一三1-3])刻|差(?P<less2>{_NUMBER}|一刻)分?|零?(?P<minute>{_NUMBER})分?)?钟?(?:整)?|"
    r"(?P<name>零点|午夜|正午)"
)
_LATER = re.compile(
    rf"(?:再?过|等)?(?P<length>[{durations.CHARS_ZH}]+?)(?:钟)?(?P<tail>之后|以后|过后|后|之前|以前|前)?(?:的)?$"
)
_SKIP = re.compile(
    r"^(?:在|的|于|是|到|之前|以前|从|大概|大约|左右|整|开始|起|那天|时候|、|,|和| |这)+"
)
CHARS = (
    durations.CHARS_ZH
    + lunar_days.CHARS
    + "".join({char for name in (*_PARTS, *_FEASTS) for char in name})
    + r"今明昨前大后号末底这本下上个每隔逢工作平过再等之以差整点刻在的:\-到至、儿和去起第最一除了以外之都班学子"
)


def read(text: str, now: datetime) -> When | None:
    """A text that is a point in time and nothing else."""
    text = text.replace(" ", "")
    if _RATHER.search(text):
        return None
    said = Said()
    whole = _later(text, said, now)
    rest = "" if whole else text
    while rest:
        rest = _SKIP.sub("", rest)
        if not rest:
            break
        for reader in _READERS:
            used = reader(rest, said, now)
            if used:
                rest = rest[used:]
                break
        else:
            return None
    return resolve(said, now)


def _later(text: str, said: Said, now: datetime) -> bool:
    """ "三天后", "再过十分钟": the whole text, a clock time may follow."""
    for end in range(len(text), 1, -1):
        match = _LATER.match(text[:end])
        leads = re.match(r"再?过|等", text)
        if match is None or not (leads or match["tail"]):
            continue
        said_length = match["length"]  # 刻钟 is a unit with its 钟
        length = durations.duration_zh(said_length) or durations.duration_zh(said_length + "钟")
        if length is None:
            continue
        if (match["tail"] or "") in {"之前", "以前", "前"}:
            length = -length
        rest = text[end:]
        if length.seconds == 0 and length.days:
            said.day = _months(match["length"], length, now)
            said.after = length
        else:
            said.after = length
        while rest:
            used = next(
                (u for reader in (_part, _clock, _week, _skip) if (u := reader(rest, said, now))), 0
            )
            if not used:
                said.after = said.day = said.part = said.clock = None
                return False
            rest = rest[used:]
        return True
    if text in {"现在", "马上", "立刻", "立即"}:
        said.after = timedelta(0)
        return True
    return False


def _months(text: str, length: timedelta, now: datetime) -> date:
    if text.endswith("月"):
        return (now + relativedelta(months=round(length.days / 30))).date()
    if text.endswith("年"):
        return (now + relativedelta(years=round(length.days / 365))).date()
    return (now + length).date()


def _skip(text: str, said: Said, now: datetime) -> int:
    match = _SKIP.match(text)
    return match.end() if match else 0


def _near(text: str, said: Said, now: datetime) -> int:
    match = _NEAR.match(text)
    if match is None:
        return 0
    step = _STEP[match[1] or match[2] or match[3]]
    said.day = now.date() + timedelta(days=step)
    return match.end()


def _week(text: str, said: Said, now: datetime) -> int:
    match = _THIS_WEEK.match(text)
    today = now.date()
    monday = today - timedelta(days=today.weekday())
    if match is None:
        if whole := _WHOLE.match(text):
            said.day = (
                today
                if whole[1] in {"这", "这个", "本"}
                else monday + timedelta(days=7 * _weeks(whole[1]))
            )
            return whole.end()
        return 0
    weekday = 5 if match[2] == "末" else _DAYS[match[2]]
    if match[1] is None:
        if weekday == 5 and match[2] == "末":
            said.day = today + timedelta(days=(5 - today.weekday()) % 7)
        elif said.weekday not in (None, weekday):  # 周六和周日
            days = {said.weekday, weekday, *(said.repeat.days if said.repeat else ())}
            said.repeat = Repeat(
                every="week", days=tuple(sorted(day for day in days if day is not None))
            )
        else:
            said.weekday = weekday
    else:
        said.day = monday + timedelta(days=7 * _weeks(match[1]) + weekday)
    return match.end()


def _weeks(which: str) -> int:
    which = which.removesuffix("个")
    return {"这": 0, "本": 0, "下": 1, "下下": 2, "上": -1, "上上": -2}[which]


def _month(text: str, said: Said, now: datetime) -> int:
    match = _MONTH.match(text)
    if match is None:
        return 0
    today = now.date()
    if match[5]:
        said.day = date(today.year, 12, 31)
        return match.end()
    step = 0 if match[4] else {"这个": 0, "本": 0, "下个": 1, "下下个": 2, "上个": -1}[match[1]]
    first = (today + relativedelta(months=step)).replace(day=1)
    day = numbers_zh.whole(match[3]) if match[3] else None
    if match[2] or match[4]:
        said.day = first + relativedelta(day=31)
    elif day is None:
        said.day = first
    elif 1 <= day <= 31:
        said.day = first + relativedelta(day=day)
    return match.end() if said.day else 0


def _date(text: str, said: Said, now: datetime) -> int:
    today = now.date()
    match = _ISO.match(text)
    if match:
        year, month, day = int(match[1]), int(match[2]), int(match[3])
        end = match.end()
    elif match := _DATE.match(text):
        named = {"今": 0, "明": 1, "后": 2, "去": -1, "前": -2}
        spoken = match[1]
        found_month, found_day = numbers_zh.whole(match[2]), numbers_zh.whole(match[3])
        if found_month is None or found_day is None:
            return 0
        month, day, end = found_month, found_day, match.end()
        year = (
            0
            if spoken is None
            else today.year + named[spoken]
            if spoken in named
            else numbers_zh.whole(spoken) or 0
        )
    elif match := _DAY.match(text):
        found_day = numbers_zh.whole(match[1])
        if found_day is None or not 1 <= found_day <= 31:
            return 0
        said.day = coming_day(found_day, today)
        return match.end()
    else:
        return 0
    said.day = _valid(year, month, day, today)
    return end if said.day else 0


def _valid(year: int, month: int, day: int, today: date) -> date | None:
    try:
        found = date(year or today.year, month, day)
        return found if year or found >= today else found.replace(year=today.year + 1)
    except ValueError:
        return None


def _lunar(text: str, said: Said, now: datetime) -> int:
    """农历八月十五, 腊月二十三."""
    found = lunar_days.read(text, now.date())
    if found is None or said.day is not None:
        return 0
    said.day = found[0]
    return found[1]


def _feast(text: str, said: Said, now: datetime) -> int:
    match = _FEAST.match(text)
    if match is None:
        return 0
    month, day = _FEASTS[match[0]]
    said.day = _valid(0, month, day, now.date())
    return match.end()


def _repeat(text: str, said: Said, now: datetime) -> int:
    match = _REPEAT.match(text)
    if match is None:
        return 0
    units = {
        "天": "day",
        "日": "day",
        "月": "month",
        "年": "year",
        "小时": "hour",
        "分钟": "minute",
    }
    if match["gap"] or match["gapunit"]:
        gap = numbers_zh.whole(match["gap"] or "一") or 1
        unit = units.get(match["gapunit"], "week")
        days = _listed(match["gapday"] or "")
        said.repeat = Repeat(
            every=unit, days=days, interval=gap if unit in ("hour", "minute") else gap + 1
        )
    elif match["set"] or match["week"]:
        days = (5, 6) if match["set"] == "周末" else (0, 1, 2, 3, 4)
        if match["set"] == "周末" and not (match[0].startswith("每") or match["each"]):
            return 0
        said.repeat = Repeat(every="week", days=days)
    elif match["daily"] or match[0] in ("每天", "每日"):
        said.repeat = said.repeat or Repeat(every="day")
    elif (match["n"] or "").startswith("半"):
        said.repeat = Repeat(every="minute", interval=30)
    else:
        interval = numbers_zh.whole(match["n"]) if match["n"] else 1
        unit = units.get(match["unit"].removeprefix("个"), "week")
        said.repeat = Repeat(
            every=unit,
            days=_listed(match["days"] or "") if unit == "week" else (),
            interval=interval or 1,
        )
        if unit != "week":
            return match.start("days")
    return match.end()


def _except(text: str, said: Said, now: datetime) -> int:
    """除了周末, 除周日以外."""
    match = _EXCEPT.match(text)
    if match is None:
        return 0
    said.excepted = _listed(match["days"].replace("周末", "六日").replace("礼拜", ""))
    return match.end()


def _nth(text: str, said: Said, now: datetime) -> int:
    """每个月第一个周一, 每月最后一个星期五, 每月最后一天."""
    match = _NTH.match(text)
    if match is None:
        return 0
    if match[2] is None:
        said.repeat, said.day = Repeat(every="month"), date(2000, 1, 31)
        return match.end()
    which = "一二三四".index(match[1]) + 1 if match[1] else -1
    said.repeat = Repeat(every="month", days=(_DAYS[match[2]],), nth=which)
    return match.end()


def _nth_of(text: str, said: Said, now: datetime) -> int:
    """十二月第二个星期天, 下个月最后一个周五."""
    match = _NTH_OF.match(text)
    if match is None:
        return 0
    which, weekday = "一二三四".index(match[4]) + 1 if match[4] else -1, _DAYS[match[5]]
    if match[3]:
        coming = now + relativedelta(months={"下": 1, "上": -1}.get(match[3], 0))
        said.day = nth_weekday(coming.year, coming.month, which, weekday)
        return match.end()
    month = numbers_zh.whole(match[2])
    if month is None or not 1 <= month <= 12:
        return 0
    steps = {"今": 0, "明": 1, "去": -1}
    year = now.year + steps[match[1]] if match[1] in steps else int(match[1] or now.year)
    said.day = nth_weekday(year, month, which, weekday)
    if not match[1] and said.day < now.date():
        said.day = nth_weekday(year + 1, month, which, weekday)
    return match.end()


def _listed(text: str) -> tuple[int, ...]:
    if "末" in text:
        return (5, 6)
    days: list[int] = []
    through = False
    for char in text:
        if char in "到至":
            through = True
        elif char in _DAYS:
            if through and days:
                days.extend(range(days[-1] + 1, _DAYS[char]))
                through = False
            days.append(_DAYS[char])
    return tuple(sorted(set(days)))


def _part(text: str, said: Said, now: datetime) -> int:
    match = _PART.match(text)
    if match is None or (said.part and said.clock):
        return 0  # 下午两点和晚上十点 are two
    said.part = _PARTS[match[0]]
    return match.end()


def _clock(text: str, said: Said, now: datetime) -> int:
    match = _CLOCK.match(text)
    if match is None or said.clock is not None:
        return 0
    if match["name"]:
        said.clock, said.fixed = time(12 if match["name"] == "正午" else 0), True
        return match.end()
    hour = int(match["digits"]) if match["digits"] else numbers_zh.whole(match["hour"])
    minute = _minute(match)
    if hour is None or minute is None or hour > 24 or minute > 59:
        return 0
    said.fixed = hour > 12 or hour == 0 or (match["digits"] or "").startswith("0")
    if minute < 0:
        hour, minute = (hour - 1) % 24, minute + 60
    said.clock = time(hour % 24, minute)
    return match.end()


def _minute(match: re.Match[str]) -> int | None:
    if match["dm"]:
        return int(match["dm"])
    if less := match["less"] or match["less2"]:
        return -(15 if less == "一刻" else numbers_zh.whole(less) or 0)
    if match["half"]:
        return 30
    if match["quarter"]:
        return 15 * (numbers_zh.whole(match["quarter"]) or 0)
    if not match["minute"]:
        return 0
    minute = numbers_zh.whole(match["minute"])
    at, end = match.span("minute")
    bare = match.string[at - 1] != "零" and match.string[end : end + 1] != "分"
    return None if bare and end - at == 1 and minute != 10 else minute  # "三点一起": no minute


_READERS: tuple[Callable[[str, Said, datetime], int], ...] = (
    _except,
    _nth,
    _nth_of,
    _repeat,
    _near,
    _week,
    _month,
    _lunar,
    _date,
    _feast,
    _clock,
    _part,
)
