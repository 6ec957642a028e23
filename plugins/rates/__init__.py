"""解读率: how much of what was issued is interpreted, by unit and year, with the definition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from plugins.library import Library
from plugins.outputs import Output, Page, Report, Shown
from plugins.presenting import COLUMN_OF, column_head, numbered_title
from plugins.problems import Problem
from plugins.rates.counting import (
    Rate,
    definition,
    passes,
    percent,
    rates_of,
    told_of,
    verdict,
    years,
)
from plugins.records import Interpretation
from plugins.settings import Settings
from plugins.views import Link

_TITLE = "政策解读率"
_HEADER = (
    "单位",
    "应解读",
    "已解读",
    "解读率",
    "多样化解读",
    "多样化解读率",
    "是否达标",
    "及时解读",
    "及时解读率",
)


@dataclass(frozen=True)
class YearView:
    """One year's table; the first cell of a row is its heading."""

    title: str
    anchor: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class RatesView:
    """The page of rates."""

    title: str
    definition: tuple[str, ...]
    header: tuple[str, ...]
    years: tuple[YearView, ...]


def build(library: Library, settings: Settings) -> Iterator[Output]:
    """One page with a table for each year; none while nothing needs interpretation."""
    if years(library, settings.county):
        yield Page("rates/index.html", "rates/rates.html", _page)


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """Nothing to mend: a low rate is told in the report."""
    yield from ()


def reports(library: Library, settings: Settings) -> Iterator[Report]:
    """The rates, what lowers them, and where interpretations were spread."""
    yield _rates(library, settings)
    yield _lacking(library, settings)
    yield _channels(library)


def _page(library: Library, settings: Settings) -> Shown:
    column = COLUMN_OF[Interpretation]
    view = RatesView(
        title=_TITLE,
        definition=definition(settings.county),
        header=_HEADER,
        years=tuple(
            YearView(
                f"{year}年",
                f"y{year}",
                tuple(map(_cells, rates_of(told_of(year, library, settings)))),
            )
            for year in years(library, settings.county)
        ),
    )
    head = column_head(
        settings,
        column,
        title=_TITLE,
        url="rates/",
        crumbs=(Link(column.name, column.url),),
    )
    return head, {"rates": view}


def _cells(rate: Rate) -> tuple[str, ...]:
    unknown = f"算不出：不知道{rate.unknown_year}年的节假日安排" if rate.unknown_year else ""
    return (
        rate.unit,
        str(rate.due),
        str(rate.interpreted),
        percent(rate.interpreted, rate.due),
        str(rate.diverse),
        percent(rate.diverse, rate.due),
        verdict(rate.diverse, rate.due),
        unknown or str(rate.timely),
        unknown or percent(rate.timely, rate.due),
    )


def _rates(library: Library, settings: Settings) -> Report:
    rows: list[tuple[str, ...]] = []
    short = 0
    for year in years(library, settings.county):
        for rate in rates_of(told_of(year, library, settings)):
            rows.append((str(year), *_cells(rate)))
            short += passes(rate.diverse, rate.due) is False
    return Report(
        name="interpretation-rates",
        title="各单位政策解读率",
        note="".join(definition(settings.county)),
        header=("年份", *_HEADER),
        rows=tuple(rows),
        findings=short,
    )


def _lacking(library: Library, settings: Settings) -> Report:
    rows = tuple(
        (
            str(year),
            told.policy.record.issuers[0],
            numbered_title(told.policy.record),
            told.policy.path,
            "没有多样化解读" if told.interpreted else "没有解读",
        )
        for year in years(library, settings.county)
        for told in told_of(year, library, settings)
        if not told.diverse
    )
    return Report(
        name="interpretations-lacking",
        title="还缺解读的文件",
        note="应解读、但没有解读或没有多样化解读的文件。" + "".join(definition(settings.county)),
        header=("年份", "单位", "文件", "文件位置", "缺什么"),
        rows=rows,
        findings=len(rows),
    )


def _channels(library: Library) -> Report:
    counts: Counter[tuple[int, str, str]] = Counter()
    for document in library.of(Interpretation):
        record = document.record
        for name in {each.channel for each in record.channels}:
            counts[record.published.year, record.issuers[0], name] += 1
    return Report(
        name="interpretation-channels",
        title="政策解读的传播渠道",
        note="各单位当年发布的解读在各渠道传播的份数，同一份解读在同一渠道只计一次。",
        header=("年份", "单位", "渠道", "份数"),
        rows=tuple((str(y), unit, name, str(n)) for (y, unit, name), n in sorted(counts.items())),
        findings=0,
    )
