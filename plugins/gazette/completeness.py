"""连续性和完整性: which issues of each year are here, what is missing, what is not yet done.

An inner report: 期号 and 总期号 go on, the pages of each PDF belong to articles without a gap, each
行政规范性文件 of a year is printed or excused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from plugins.library import (
    SIGNED,
    Library,
    frozen_of,
    is_excused,
    is_printed,
    is_to_be_printed,
    issues_of,
)
from plugins.outputs import Report
from plugins.reading import Document
from plugins.records import Issue, Policy
from plugins.settings import Settings

HEADER = (
    "年份", "已有各期", "缺的期号", "总期号", "缺的总期号", "PDF 页码", "规范性文件", "已刊登",
    "已说明理由", "没有交代", "没有定版", "没有签章", "扫描件",
)  # fmt: skip
_WHOLE = "连续"
_NONE = "全年没有"


class _Year(NamedTuple):
    """A year's row, and whether something is left to do."""

    cells: tuple[str, ...]
    is_lacking: bool


def reports(library: Library, settings: Settings) -> Iterator[Report]:
    """One row a year; none while there is no gazette."""
    issues = issues_of(library)
    if not issues:
        return
    years = range(issues[0].record.year, issues[-1].record.year + 1)
    rows = [_year(year, issues, library, settings) for year in reversed(years)]
    rows.sort(key=lambda row: not row.is_lacking)
    yield Report(
        name="gazette-completeness",
        title="公报连续性和完整性",
        note=(
            "缺的期号从当年第1期数到已有的最后一期，总期号按刊名连续编号。PDF 页码：每一页是不是都"
            "属于一件文件、不重不漏，定版以后才能核对。规范性文件按发布年份计，当年还没有结束的、"
            "最新一期还没有定版的和没有签章的，不算需要处理。历史公报不用签章。"
        ),
        header=HEADER,
        rows=tuple(row.cells for row in rows),
        findings=sum(row.is_lacking for row in rows),
    )


def _year(
    year: int, issues: Sequence[Document[Issue]], library: Library, settings: Settings
) -> _Year:
    mine = [issue for issue in issues if issue.record.year == year]
    numbers = {number for issue in mine for number in issue.record.numbers}
    missing = sorted(set(range(1, max(numbers, default=0) + 1)) - numbers)
    gaps = list(_gaps(mine, issues))
    odd = list(_odd_pages(mine, library))
    unfrozen = [issue for issue in mine if frozen_of(issue, library) is None]
    unsigned = [i for i in mine if not (i.record.is_quoted or library.has_file(i.id + SIGNED))]
    published = (document.id for document in library.look_up("published", str(year)))
    found = library.find(published, Policy)
    policies = [policy for policy in found if is_to_be_printed(policy, library)]
    printed = [policy for policy in policies if is_printed(policy, library)]
    others = [policy for policy in policies if policy not in printed]
    excused = [policy for policy in others if is_excused(policy, library)]
    silent = [policy for policy in others if policy not in excused]
    cells = (
        str(year),
        "、".join(issue.record.issue for issue in mine),
        "、".join(map(str, missing)) if mine else _NONE,
        "；".join(_totals(mine)),
        "；".join(gaps),
        "；".join(odd) or (_WHOLE if len(unfrozen) < len(mine) else ""),
        str(len(policies)),
        str(len(printed)),
        str(len(excused)),
        "、".join(policy.record.number or policy.record.title for policy in silent),
        _named(unfrozen),
        _named(unsigned),
        _named(issue for issue in mine if issue.record.scanned),
    )
    is_late = any(issue is not issues[-1] for issue in unfrozen)
    is_silent = bool(silent) and settings.now.year > year
    return _Year(cells, bool(missing or not mine or gaps or odd or is_late or is_silent))


def _named(issues: Iterable[Document[Issue]]) -> str:
    return "、".join(issue.record.issue for issue in issues)


def _totals(issues: Iterable[Document[Issue]]) -> Iterator[str]:
    """总期号 of a year under each 刊名, which is told where there are two."""
    series: dict[str, list[int]] = {}
    for issue in issues:
        series.setdefault(issue.record.series, []).append(issue.record.total)
    for name, totals in series.items():
        yield (f"{name}：" if len(series) > 1 else "") + "、".join(map(str, totals))


def _gaps(mine: Iterable[Document[Issue]], issues: Sequence[Document[Issue]]) -> Iterator[str]:
    """总期号 that are missing in front of an issue, under its 刊名."""
    for issue in mine:
        record = issue.record
        earlier = issues[: issues.index(issue)]
        totals = [one.record.total for one in earlier if one.record.series == record.series]
        last = totals[-1] if totals else 0
        if record.total > last + 1:
            first, end = last + 1, record.total - 1
            yield str(first) if first == end else f"{first}至{end}"


def _odd_pages(issues: Iterable[Document[Issue]], library: Library) -> Iterator[str]:
    """Pages of an issue's PDF that no article has, or that are not there."""
    for issue in issues:
        frozen = frozen_of(issue, library)
        if frozen is None:
            continue
        spans = [(one.first, one.last) for one in issue.record.listed]
        spans = spans or [(one.first, one.last) for one in frozen.articles]
        end = spans[0][0]
        for first, last in spans:
            if not end <= first <= end + 1:
                yield f"第{issue.record.issue}期第{end}页到第{first}页"
            end = last
        if frozen.before + end > frozen.sheets:
            yield f"第{issue.record.issue}期 PDF 只有{frozen.sheets}页"
