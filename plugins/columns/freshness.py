"""更新情况: which columns are blank or stale, which will be and when (国办秘函〔2019〕19号)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from plugins.columns.tree import documents_of, newest_day
from plugins.library import Library, TreeColumn, columns_of
from plugins.library.columns import HOME
from plugins.outputs import Report
from plugins.settings import Settings
from plugins.workdays import UnknownYearError

_SHORT = timedelta(days=60)
"""A limit up to this is a short one: warned of a week before, a longer one a month before."""
_WARNING = {True: timedelta(days=7), False: timedelta(days=30)}
_HEADER = (
    "栏目", "上级栏目", "责任单位", "状态", "件数", "最近更新", "更新时限", "将从哪天起超期",
    "说明",
)  # fmt: skip
_TO_BE_UPDATED = frozenset({"工作动态", "政策文件"})
"""ColumnTypes of 动态、通知公告、政策文件."""


class State(Enum):
    """How a column stands; in the order in which reports list them."""

    BLANK = "空白"
    STALE = "超期"
    UNKNOWN = "算不出"
    SOON = "即将到期"
    FRESH = "正常"
    INAPPLICABLE = "不适用"


_FINDINGS = frozenset({State.BLANK, State.STALE, State.UNKNOWN})


@dataclass(frozen=True)
class Freshness:
    """One column on the build's day; `stale_from` is the first day on which it is stale."""

    column: TreeColumn
    state: State
    count: int
    newest: date | None
    stale_from: date | None
    note: str


def freshness_of(column: TreeColumn, library: Library, settings: Settings) -> Freshness:
    """How one column stands."""
    count = len(documents_of(column, library))
    newest = newest_day(column, library, settings)
    if column.inapplicable:
        return Freshness(column, State.INAPPLICABLE, count, newest, None, column.inapplicable)
    if newest is None:
        return Freshness(column, State.BLANK, 0, None, None, column.empty or "没有写明空白原因")
    try:
        last = column.limit.last_day(newest, library.calendar)
    except UnknownYearError as unknown:
        note = f"不知道 {unknown.year} 年的节假日安排，写进 content/workdays.yaml"
        return Freshness(column, State.UNKNOWN, count, newest, None, note)
    stale_from = last + timedelta(days=1) if last else None
    return Freshness(column, _state(newest, stale_from, settings), count, newest, stale_from, "")


def _state(newest: date, stale_from: date | None, settings: Settings) -> State:
    if stale_from is None:
        return State.FRESH
    if settings.reached(stale_from):
        return State.STALE
    warning = _WARNING[stale_from - newest <= _SHORT]
    return State.SOON if settings.reached(stale_from - warning) else State.FRESH


def report(library: Library, settings: Settings) -> Iterator[Report]:
    """Every column with its state, and what an inspection would say of all of them."""
    tree = columns_of(library)
    found = [freshness_of(column, library, settings) for column in tree.leaves]
    order = list(State)
    ranked = sorted(found, key=lambda f: order.index(f.state))
    yield Report(
        "freshness",
        "栏目更新情况",
        "最近更新取栏目中最新一件的发布日期，常设页面取修订日期；更新时限见 content/columns.csv，"
        "没有写的按国办秘函〔2019〕19号：动态两周，通知公告、政策文件六个月。",
        _HEADER,
        tuple(_row(one, library) for one in ranked),
        sum(one.state in _FINDINGS for one in found),
    )
    rows = tuple(_inspection(found, settings))
    yield Report(
        "inspection",
        "检查指标单项否决预警",
        "国办秘函〔2019〕19号：达到或超过门槛的，全站不合格。预计日期是此后一件也不更新的话。",
        ("指标", "门槛", "现有", "结论", "预计触发日期"),
        tuple(sorted(rows, key=lambda row: row[3] != _VETO)),
        sum(row[3] == _VETO for row in rows),
    )


def _row(one: Freshness, library: Library) -> tuple[str, ...]:
    column = one.column
    above = columns_of(library).above(column)
    return (
        column.name,
        above[-1].name if above else "",
        column.owner,
        one.state.value,
        str(one.count),
        one.newest.isoformat() if one.newest else "",
        str(column.limit),
        one.stale_from.isoformat() if one.stale_from else "",
        one.note,
    )


_VETO, _PASSED = "触发", "未触发"


def _inspection(found: list[Freshness], settings: Settings) -> Iterator[tuple[str, ...]]:
    """One row for each threshold: what it counts, how many there are, when it will be reached."""
    home = [one for one in found if one.column.key == HOME]
    inner = [one for one in found if one.column.key != HOME]
    living = [one for one in inner if one.column.kind in _TO_BE_UPDATED]
    yield _verdict("首页超过两周不更新", 1, _stale_days(home), settings)
    yield _verdict("动态、通知公告、政策文件类栏目超期", 5, _stale_days(living), settings)
    yield _verdict("应更新栏目长期不更新", 10, _stale_days(inner), settings)
    blank = sum(one.state is State.BLANK for one in inner)
    yield "空白栏目", "5", str(blank), _VETO if blank >= 5 else _PASSED, ""  # noqa: PLR2004  # 19号


def _stale_days(found: Iterable[Freshness]) -> list[date]:
    return sorted(one.stale_from for one in found if one.stale_from)


def _verdict(name: str, threshold: int, days: list[date], settings: Settings) -> tuple[str, ...]:
    stale = sum(settings.reached(day) for day in days)
    when = days[threshold - 1].isoformat() if len(days) >= threshold else ""
    verdict = _VETO if stale >= threshold else _PASSED
    return name, str(threshold), str(stale), verdict, when
