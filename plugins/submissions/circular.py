"""The two reports: 刊登情况通报 of a period, by unit; the queue, what to act on first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from plugins.library import Library
from plugins.library.liaisons import serving
from plugins.outputs import Report
from plugins.presenting import rate
from plugins.records.registers import Submission
from plugins.settings import Settings
from plugins.submissions.papers import (
    TO_ACT_ON,
    Paper,
    State,
    asked_period,
    is_in,
    papers_of,
    period_name,
)

TOTAL = "合计"
HEADER = (
    "单位", "应报送件数", "已报送件数", "及时报送件数", "公报刊登件数", "网站发布件数",
    "未刊登及原因", "报送率", "刊登率",
)  # fmt: skip
_QUEUE = (
    "状态", "单位", "文件", "发文字号", "印发日期", "最迟报送", "报送日期", "是否及时", "还缺",
    "刊登", "未刊登原因", "台账行号",
)  # fmt: skip
_NO_REASON = "未说明"


class Counts(NamedTuple):
    """The numbers of one unit, or of all."""

    due: int
    """应报送."""
    sent: int
    timely: int
    printed: int
    online: int
    unknown: int
    """Sent, but nobody can say whether in time."""


def counts_of(papers: Iterable[Paper]) -> Counts:
    """What is counted of some papers."""
    found = list(papers)
    return Counts(
        due=len(found),
        sent=sum(paper.sent is not None for paper in found),
        timely=sum(paper.is_timely is True for paper in found),
        printed=sum(bool(paper.printed) for paper in found),
        online=sum(paper.document is not None for paper in found),
        unknown=sum(paper.sent is not None and paper.due is None for paper in found),
    )


def reports(library: Library, settings: Settings) -> Iterator[Report]:
    """通报 and queue; neither while the office keeps no 报送台账."""
    if library.has_file(Submission.file):
        papers = papers_of(library, settings)
        yield _circular(papers, library, settings)
        yield _queue(papers, settings)


def _circular(papers: list[Paper], library: Library, settings: Settings) -> Report:
    """One row for each unit that has papers or a 联络员; who has not sent all stands first."""
    period = asked_period(settings)
    within = [paper for paper in papers if is_in(period, paper.issued)]
    units = sorted({paper.unit for paper in within} | serving(library, settings).keys())
    of_units = [(unit, [paper for paper in within if paper.unit == unit]) for unit in units]
    behind = [unit for unit, found in of_units if counts_of(found).sent < len(found)]
    of_units.sort(key=lambda pair: pair[0] not in behind)
    days = settings.county.submission_days
    return Report(
        name=f"gazette-circular-{period}",
        title=f"{period_name(period)}公报报送刊登情况通报",
        note=(
            "应报送：本级印发、主动公开的政策文件，按印发日期（没有的按成文日期）归入期间；"
            f"联合发文算作牵头机关的。及时：印发后{days}个工作日内报送。"
            "报送率＝已报送÷应报送，刊登率＝公报刊登÷应报送，截取到一位小数，不四舍五入。"
            f"按{settings.now:%Y-%m-%d}的情况统计。"
        ),
        header=HEADER,
        rows=tuple(_cells(unit, found) for unit, found in (*of_units, (TOTAL, within))),
        findings=len(behind),
    )


def _cells(unit: str, papers: list[Paper]) -> tuple[str, ...]:
    counts = counts_of(papers)
    unknown = f"（另有{counts.unknown}件期限算不出）" if counts.unknown else ""
    unprinted = "；".join(
        f"{paper.number or paper.title}：{paper.reason or _NO_REASON}"
        for paper in papers
        if not paper.printed
    )
    return (
        unit,
        str(counts.due),
        str(counts.sent),
        f"{counts.timely}{unknown}",
        str(counts.printed),
        str(counts.online),
        "" if unit == TOTAL else unprinted,
        rate(counts.sent, counts.due),
        rate(counts.printed, counts.due),
    )


def _queue(papers: list[Paper], settings: Settings) -> Report:
    """Every paper since the first year, the oldest first; those to act on before all others."""
    states = [(paper, paper.state(settings)) for paper in papers]
    states.sort(key=lambda pair: pair[1] not in TO_ACT_ON)
    return Report(
        name="gazette-queue",
        title="公报文件报送和刊登进度",
        note=(
            f"{settings.county.submissions_since}年以来应报送的文件，按印发日期先后排列；"
            "逾期未报送的请催报，已报送未刊登的请编入下一期，或写明未刊登原因。"
            f"台账是 content/{Submission.file}，行号是其中的行。"
        ),
        header=_QUEUE,
        rows=tuple(_queued(paper, state) for paper, state in states),
        findings=sum(state in TO_ACT_ON for _, state in states),
    )


_TIMELY = {True: "及时", False: "逾期", None: ""}


def _queued(paper: Paper, state: State) -> tuple[str, ...]:
    return (
        state.value,
        paper.unit,
        paper.title,
        paper.number,
        paper.issued.isoformat(),
        paper.due.isoformat() if paper.due else "",
        paper.sent.isoformat() if paper.sent else "",
        _TIMELY[paper.is_timely],
        "、".join(paper.lacks),
        "、".join(paper.printed),
        paper.reason,
        str(paper.entered.row.line) if paper.entered else "",
    )
