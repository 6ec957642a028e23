"""调整情况说明: what a version changed, why, and how each row read before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.library import Library
from plugins.library.catalog_rules import happened
from plugins.library.catalogs import Version, rows_by_id, table_of
from plugins.presenting import EMPTY
from plugins.records import Adjustment
from plugins.records.catalog import COLUMNS, ROW_ID
from plugins.tables import compare, pieces
from plugins.views import CellChange, DataColumn, DataTable, Link, RowChange

CHANGES = "changes"
"""The last part of the address of what a version changed."""
UNTOLD = "没有说明"
_COLUMNS = ("序号", "事项编号", "事项", "调整类型", "调整依据", "提出单位", "说明")
_NAME = 2


@dataclass(frozen=True)
class ChangesView:
    """The page of what a version changed."""

    title: str
    words: str
    old: Link
    new: Link
    basis: str
    told: DataTable
    changed: tuple[RowChange, ...]
    added: DataTable
    removed: DataTable


def changes_url(version: Version) -> str:
    """Address of what a version changed."""
    return f"{version.url}{CHANGES}/"


def in_words(version: Version, library: Library) -> str:
    """新增 2 项，取消 1 项，变更 3 项."""
    found = list(happened(version, library).values())
    counts = (
        ("新增", found.count("新增")),
        ("取消", found.count("取消")),
        ("变更", found.count("变更")),
    )
    said = [f"{word} {count} 项" for word, count in counts if count]
    return "，".join(said) or "各项内容没有变化"


def changes_view(version: Version, earlier: Version, library: Library) -> ChangesView:
    """What the tables of two versions show, with what the later one says of it."""
    old, new = table_of(earlier, library), table_of(version, library)
    changes = compare(old, new, ROW_ID)
    record = version.record
    return ChangesView(
        title=f"{record.area}领域标准目录调整情况说明（{record.version}）",
        words=in_words(version, library),
        old=Link(earlier.record.version, earlier.url),
        new=Link(record.version, version.url),
        basis="、".join(record.basis),
        told=_told(version, earlier, library),
        changed=tuple(
            RowChange(
                new.cell(row.new, ROW_ID),
                new.cell(row.new, "二级事项") or new.cell(row.new, "一级事项"),
                tuple(CellChange(name, *pieces(was, now)) for name, was, now in row.cells),
            )
            for row in changes.changed
        ),
        added=_some(version, library, "新增", "added"),
        removed=_some(version, library, "取消", "removed", earlier),
    )


def _told(version: Version, earlier: Version, library: Library) -> DataTable:
    lines = tuple(_lines(version, earlier, library))
    return DataTable(
        caption=f"调整的事项，共 {len(lines)} 项",
        anchor="told",
        columns=tuple(map(DataColumn, _COLUMNS)),
        rows=tuple((str(number), *line) for number, line in enumerate(lines, 1)),
        head=_NAME,
        total=len(lines),
    )


def _lines(version: Version, earlier: Version, library: Library) -> Iterator[tuple[str, ...]]:
    """What is said of each row that differs; what is said of others stands at the end."""
    found = happened(version, library)
    said: dict[str, list[Adjustment]] = {}
    for adjustment in version.record.adjustments:
        said.setdefault(adjustment.row, []).append(adjustment)
    for row_id in dict.fromkeys([*found, *said]):
        name = _name(row_id, version, library) or _name(row_id, earlier, library)
        for adjustment in said.get(row_id, ()):
            yield (
                row_id,
                name,
                adjustment.kind.value,
                adjustment.basis,
                adjustment.proposer or EMPTY,
                adjustment.note or "",
            )
        if row_id not in said:
            yield row_id, name, found[row_id], UNTOLD, EMPTY, ""


def _name(row_id: str, version: Version, library: Library) -> str:
    row = rows_by_id(version, library).get(row_id)
    table = table_of(version, library)
    return (table.cell(row, "二级事项") or table.cell(row, "一级事项")) if row else ""


def _some(
    version: Version, library: Library, what: str, anchor: str, source: Version | None = None
) -> DataTable:
    """Rows that were added to a version, or removed from its `source`."""
    source = source or version
    table, ids = table_of(source, library), rows_by_id(source, library)
    wanted = [row_id for row_id, done in happened(version, library).items() if done == what]
    names = tuple(name for name in COLUMNS if any(table.cell(ids[i], name) for i in wanted))
    return DataTable(
        caption=f"{what}的事项，共 {len(wanted)} 项",
        anchor=anchor,
        columns=tuple(map(DataColumn, names)),
        rows=tuple(tuple(table.cell(ids[i], name) for name in names) for i in wanted),
        head=_NAME if len(names) > _NAME else 0,
        total=len(wanted),
    )
