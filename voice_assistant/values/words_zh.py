"""Words of Chinese points in time: days of the week, parts of the day, feasts."""

from __future__ import annotations

from voice_assistant.values import numbers_zh

NUMBER = rf"(?:\d+|[{''.join(numbers_zh.DIGITS)}十廿]+)"
"""A number within a day, a month or a year: digits, or characters up to 十."""
WEEKDAY = r"(?:一|二|三|四|五|六|日|天|末|1|2|3|4|5|6|7)"
WEEK = r"(?:周|星期|礼拜|禮拜)"
DAYS = {char: day for day, char in enumerate("一二三四五六日")} | {
    "天": 6,
    **{str(day + 1): day for day in range(7)},
}
PARTS = {
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
FEASTS = {
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
