"""跟踪评估: how far each area's catalog is carried out, and how timely (区2021年工作要点 六（三）).

All numbers can be counted again from the data: rates are fractions of whole numbers, and their
percentages are cut off, never rounded up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from functools import partial

from plugins.catalog.rows import CatalogRow, State, Status, documents_of, rows, status
from plugins.library import Library
from plugins.library.catalogs import area_rows, current
from plugins.library.limits import Limit, last_day, limit_of
from plugins.library.lists import codes
from plugins.outputs import Report
from plugins.presenting import EMPTY, rate, written_day
from plugins.reading import Document
from plugins.records import Category, Plan, Policy, Publication
from plugins.settings import Settings
from plugins.workdays import UnknownYearError


@dataclass(frozen=True)
class Measures:
    """What is counted of an area, or of all.

    `applicable`: rows without 不适用说明; `covered`: those of them with a document. `items`:
    documents under applicable rows whose 成文日期 is known, each counted under each of its rows;
    `timely`: those published by their 公开时限. `gone`: rows that cite an item of no list in force.
    """

    rows: int = 0
    applicable: int = 0
    covered: int = 0
    due: int = 0
    overdue: int = 0
    items: int = 0
    timely: int = 0
    gone: int = 0

    @property
    def coverage(self) -> str:
        """覆盖率: covered of applicable rows."""
        return rate(self.covered, self.applicable)

    @property
    def timeliness(self) -> str:
        """及时率: timely of judged items."""
        return rate(self.timely, self.items)


def total(found: Iterable[Measures]) -> Measures:
    """All areas together."""
    listed = list(found)
    names = [field.name for field in fields(Measures)]
    return Measures(*(sum(getattr(m, name) for m in listed) for name in names))


def measures(area: str, library: Library, settings: Settings) -> Measures:
    """What is counted of an area's version in force."""
    work = partial(_measures, area, library, settings)
    return library.once(f"catalog measures {area}", work)


def _measures(area: str, library: Library, settings: Settings) -> Measures:
    judged = [(row, status(row, library, settings)) for row in area_rows(area, library, settings)]
    wanted = [(row, found) for row, found in judged if found.state is not State.NOT_APPLICABLE]
    timely = [
        answer
        for row, _ in wanted
        for document in documents_of(row.id, library)
        if (answer := is_timely(row, document, library, settings)) is not None
    ]
    return Measures(
        rows=len(judged),
        applicable=len(wanted),
        covered=sum(bool(found.count) for _, found in wanted),
        due=_count(wanted, State.DUE),
        overdue=_count(wanted, State.OVERDUE),
        items=len(timely),
        timely=sum(timely),
        gone=sum(bool(gone(row, library, settings)) for row, _ in judged),
    )


def _count(judged: list[tuple[CatalogRow, Status]], state: State) -> int:
    return sum(found.state is state for _, found in judged)


def is_timely(
    row: CatalogRow, document: Document[Publication], library: Library, settings: Settings
) -> bool | None:
    """Whether a document was published within the row's 公开时限 of its 成文日期.

    None where nothing can be said: no 成文日期, a higher body's rule, a plan of a time long past,
    or a year whose holidays are not known.
    """
    record = document.record
    signed: date | None = getattr(record, "signed", None)
    if signed is None or _came_later(record):
        return None
    limit = limit_of(row.limit) or Limit()
    if limit.every and not limit.workdays:
        limit = Limit()
    try:
        due = last_day(signed, limit, library.calendar, settings.county.timely_days)
    except UnknownYearError:
        return None
    return record.published.date() <= due


def _came_later(record: Publication) -> bool:
    """Papers that are gathered and published long after their time, and rightly so."""
    if isinstance(record, Plan):
        return bool(record.ends and record.ends < record.published.date())
    return isinstance(record, Policy) and record.category is Category.REGULATION


def gone(row: CatalogRow, library: Library, settings: Settings) -> tuple[str, ...]:
    """Codes that a row cites and that no list in force has; none can be missed without lists."""
    known = codes(library, settings) if row.cites else frozenset()
    return tuple(code for code in row.cites if known and code not in known)


# --- Reports for the office -----------------------------------------------------------------------


def reports(library: Library, settings: Settings) -> Iterator[Report]:
    """跟踪评估 by area; every row that is late; every row whose cited item has gone."""
    areas = [a for a in library.vocabularies["areas"].names if current(a, library, settings)]
    yield Report(
        name="catalog-evaluation",
        title="标准目录跟踪评估",
        note="覆盖率＝有公开内容的事项÷适用的事项；及时率＝在公开时限内发布的信息÷写有成文日期的信息。",
        header=HEADER,
        rows=tuple(cells(area, measures(area, library, settings)) for area in areas),
        findings=0,
    )
    late = tuple(_late(library, settings))
    yield Report(
        name="catalog-overdue",
        title="标准目录超期未公开的事项",
        note="从目录施行之日（定期公开的，从上一次公开）起，超过公开时限还没有公开。",
        header=("领域", "编号", "一级事项", "二级事项", "公开主体", "公开时限", "最迟应公开"),
        rows=late,
        findings=len(late),
    )
    missing = tuple(
        (row.area, row.id, row.primary, row.secondary, code)
        for row in rows(library, settings)
        for code in gone(row, library, settings)
    )
    yield Report(
        name="catalog-gone",
        title="标准目录引用的权责或公共服务事项已经取消",
        note="“关联事项”里的编码在现行清单里找不到，应当相应调整目录。",
        header=("领域", "编号", "一级事项", "二级事项", "找不到的编码"),
        rows=missing,
        findings=len(missing),
    )


HEADER = (
    "领域",
    "事项",
    "适用",
    "有公开内容",
    "覆盖率",
    "及时率",
    "待公开",
    State.OVERDUE.value,
    "引用已取消的",
)


def cells(area: str, found: Measures) -> tuple[str, ...]:
    """One line of the evaluation."""
    return (
        area,
        str(found.rows),
        str(found.applicable),
        str(found.covered),
        found.coverage,
        found.timeliness,
        str(found.due),
        str(found.overdue),
        str(found.gone),
    )


def _late(library: Library, settings: Settings) -> Iterator[tuple[str, ...]]:
    for row in rows(library, settings):
        found = status(row, library, settings)
        if found.state is State.OVERDUE:
            yield (
                row.area,
                row.id,
                row.primary,
                row.secondary,
                "、".join(row.bodies),
                row.limit,
                written_day(found.due) if found.due else EMPTY,
            )
