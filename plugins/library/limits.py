"""公开时限 as catalogs write it, understood: within how many days, or again and again."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from plugins.reading.numerals import value
from plugins.workdays import Calendar

_NUMBER = r"(?P<n>\d{1,3}|[一二三四五六七八九十两]{1,3})"
_WORKDAYS = re.compile(rf"{_NUMBER}个?(?:法定)?工作日")
_DAYS = re.compile(rf"{_NUMBER}个?(?:自然)?[日天](?:以内|之内|内)")
_EVERY = (("半年", 6), ("年", 12), ("季", 3), ("月", 1))
"""Words behind 每 or 按, the longer first, and their months."""
_BY_DAY = re.compile(r"(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号]|底|末)(?:以前|之前|前)?")
_DAY_OF_MONTH = re.compile(r"(?P<day>\d{1,2})[日号](?:以前|之前|前)")
_AT_ONCE = ("长期公开", "及时", "实时", "即时", "随时", "动态", "集中公开", "常年")
_CLAUSES = re.compile(r"[；;。\n]")
_YEAR = 12


@dataclass(frozen=True)
class Limit:
    """A term, counted from an event or from the end of a period.

    `every`: months of a period, 0 if the term is no periodic one. `workdays` or `days`: how many
    工作日 or natural days (0: the text names none). `month` and `day`: until which day of a period.
    """

    every: int = 0
    workdays: int = 0
    days: int = 0
    month: int = 0
    day: int = 0


@dataclass(frozen=True)
class Due:
    """`start`: first day on which something is awaited; `end`: last day on which it is in time."""

    start: date
    end: date


@cache
def limit_of(text: str) -> Limit | None:
    """What a cell of 公开时限 says; of several clauses, the first that is understood, or None."""
    plain = unicodedata.normalize("NFKC", re.sub(r"\s", "", text))
    found = (_clause(clause) for clause in _CLAUSES.split(plain))
    return next((limit for limit in found if limit), None)


def _clause(text: str) -> Limit | None:
    workdays, days = _number(_WORKDAYS, text), _number(_DAYS, text)
    for word, months in _EVERY:
        if f"每{word}" in text or f"按{word}" in text:
            by = _by(text, months)
            return Limit(months, workdays, 0 if by != (0, 0) else days, *by)
    if workdays or days:
        return Limit(workdays=workdays, days=days)
    return Limit() if any(word in text for word in _AT_ONCE) else None


def _number(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(text)
    if not found:
        return 0
    return int(found["n"]) if found["n"].isdecimal() else value(found["n"])


def _by(text: str, months: int) -> tuple[int, int]:
    """Month (of a year) and day until which a period's information is awaited; (0, 0) if none."""
    if months == _YEAR and (found := _BY_DAY.search(text)):
        month, day = int(found["month"]), int(found["day"] or 31)
        return (month, day) if 1 <= month <= _YEAR else (0, 0)
    if months == 1 and (found := _DAY_OF_MONTH.search(text)):
        return 0, int(found["day"])
    return 0, 0


def last_day(event: date, limit: Limit, calendar: Calendar, usual: int) -> date:
    """The last day for what was formed on the day `event`; without a number, `usual` 工作日.

    Raises UnknownYearError where the holidays of a year are not known.
    """
    if limit.days and not limit.workdays:
        return event + timedelta(days=limit.days)
    return calendar.add(event, limit.workdays or usual)


def first_due(since: date, limit: Limit, calendar: Calendar, usual: int) -> Due:
    """When something is first awaited that must be published from the day `since` on.

    Raises UnknownYearError.
    """
    if not limit.every:
        return Due(since, last_day(since, limit, calendar, usual))
    end = _end(since, limit.every)
    if limit.workdays or limit.days:
        return Due(since, last_day(end, limit, calendar, usual))
    if limit.day:
        day = _day_in(since, limit)
        return Due(since, day if day >= since else _day_in(end + timedelta(days=1), limit))
    return Due(since, end)


def next_due(newest: date, limit: Limit, calendar: Calendar, usual: int) -> Due | None:
    """When something is awaited again after the day `newest`; None where once is enough.

    Raises UnknownYearError.
    """
    if not limit.every:
        return None
    after = _end(newest, limit.every) + timedelta(days=1)
    if limit.workdays or limit.days:
        return Due(after, last_day(after - timedelta(days=1), limit, calendar, usual))
    return Due(after, _day_in(after, limit) if limit.day else _end(after, limit.every))


def _end(day: date, months: int) -> date:
    """The last day of the period of so many months that a day lies in."""
    after = ((day.year * _YEAR + day.month - 1) // months + 1) * months
    return date(after // _YEAR, after % _YEAR + 1, 1) - timedelta(days=1)


def _day_in(day: date, limit: Limit) -> date:
    """The day until which the period of `day` has its term; short months end earlier."""
    month = limit.month or day.month
    return min(
        date(day.year, month, 1) + timedelta(days=limit.day - 1), _end(date(day.year, month, 1), 1)
    )
