"""解读率 of one unit and year: what is counted, and the tests, in whole numbers only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from plugins.library import Library
from plugins.reading import Document
from plugins.records import Interpretation, Policy
from plugins.settings import County, Settings
from plugins.workdays import UnknownYearError

TEXT = "文字解读"
TOTAL = "合计"
_TENTHS, _NEEDED = 10, 9
_SEVERAL = 2


class Told(NamedTuple):
    """What became of one document that needs interpretation."""

    policy: Document[Policy]
    interpreted: bool
    diverse: bool
    timely: bool
    unknown_year: int = 0
    """A year whose holidays are not known, so that nobody can say whether it was timely."""


class Rate(NamedTuple):
    """Counts of one unit in one year; `due` is D, `diverse` is N."""

    unit: str
    due: int
    interpreted: int
    diverse: int
    timely: int
    unknown_year: int


def passes(diverse: int, due: int) -> bool | None:
    """多样化解读率 ≥ 90 %, without any rounding: `10 * N >= 9 * D`. None if nothing was due."""
    return _TENTHS * diverse >= _NEEDED * due if due else None


def percent(part: int, whole: int) -> str:
    """A rate as it is shown, cut after two decimals: what falls short of 90 never prints as 90."""
    if not whole:
        return "不适用"
    hundredths = 10_000 * part // whole
    return f"{hundredths // 100}.{hundredths % 100:02}%"


def verdict(diverse: int, due: int) -> str:
    """达标, 未达标 or 不适用."""
    return {True: "达标", False: "未达标", None: "不适用"}[passes(diverse, due)]


def is_diverse(kinds: Iterable[str], county: County) -> bool:
    """Whether kinds of interpretation count as 多样化, by the county's definition."""
    different = set(kinds)
    if county.several_kinds:
        return len(different) >= _SEVERAL
    return bool(different - {TEXT})


def years(library: Library, county: County) -> list[int]:
    """Years in which something that needs interpretation was published, the newest first."""
    found = map(int, library.values("to-interpret"))
    return sorted((year for year in found if year >= county.rates_since), reverse=True)


def told_of(year: int, library: Library, settings: Settings) -> list[Told]:
    """Every document of a year that needs interpretation, newest first."""
    policies: list[Document[Policy]] = library.look_up("to-interpret", str(year))  # type: ignore[assignment]  # only policies have the key
    return [_told(policy, year, library, settings) for policy in policies]


def _told(policy: Document[Policy], year: int, library: Library, settings: Settings) -> Told:
    last = date(year, 12, 31) + timedelta(days=settings.county.rate_cutoff_days)
    counted: list[Interpretation] = [
        found.record
        for found in library.interpretations_of(policy)
        if found.record.published.date() <= last
    ]
    kinds = {kind for record in counted for kind in record.kinds}
    diverse = is_diverse(kinds, settings.county)
    if not counted:
        return Told(policy, interpreted=False, diverse=False, timely=False)
    first = min(record.published.date() for record in counted)
    start = policy.record.published.date()
    try:
        due = library.calendar.add(start, settings.county.interpretation_days)
    except UnknownYearError as unknown:
        return Told(policy, True, diverse, False, unknown.year)  # noqa: FBT003  # in the order of the fields
    return Told(policy, interpreted=True, diverse=diverse, timely=first <= due)


def rates_of(told: Iterable[Told]) -> list[Rate]:
    """One rate for each unit (of a joint paper, the 牵头机关), in the order of names; then all."""
    told = tuple(told)
    units = sorted({each.policy.record.issuers[0] for each in told})
    own = [(unit, [t for t in told if t.policy.record.issuers[0] == unit]) for unit in units]
    return [_rate(unit, found) for unit, found in (*own, (TOTAL, list(told)))]


def _rate(unit: str, told: list[Told]) -> Rate:
    return Rate(
        unit,
        len(told),
        sum(each.interpreted for each in told),
        sum(each.diverse for each in told),
        sum(each.timely for each in told),
        max((each.unknown_year for each in told), default=0),
    )


def definition(county: County) -> tuple[str, ...]:
    """How it is counted, sentence by sentence, to stand beside every number."""
    diverse = (
        f"有两种以上不同形式的解读（其中可以有{TEXT}）"
        if county.several_kinds
        else f"至少有一份形式不是{TEXT}的解读"
    )
    until = "当年12月31日"
    if county.rate_cutoff_days:
        until += f"后第{county.rate_cutoff_days}日"
    return (
        "应解读文件：当年发布的行政规范性文件，以及发文单位标明需要解读的其他文件。",
        "人事任免，单纯转发，废止、清理文件，紧急命令不计。联合发文算作牵头机关的文件。",
        f"解读率：有解读的件数除以应解读件数。解读发布于{until}以前的计入。",
        f"多样化解读率：{diverse}的件数除以应解读件数。",
        f"及时解读率：发布后{county.interpretation_days}个工作日内有解读的件数除以应解读件数。",
        "达标：多样化解读件数的10倍不少于应解读件数的9倍，不用四舍五入的百分比判断。",
        "百分比截取到两位小数。没有应解读文件的为不适用。",
    )
