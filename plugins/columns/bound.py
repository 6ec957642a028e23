"""栏目 and the standard catalog: the rows whose documents a column takes, and how they stand."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import partial

from plugins.library import Library, TreeColumn, columns_of
from plugins.library.catalogs import (
    CatalogRow,
    area_of,
    area_rows,
    documents_of,
    rows_by_id,
    versions,
)
from plugins.outputs import Report
from plugins.problems import Mark, Problem
from plugins.reading.names import COLUMNS, SHOWN
from plugins.settings import Settings

_FILLED = "已公开"
_EMPTY = "没有公开"
_ABSENT = "不适用"
_HEADER = ("栏目", "责任单位", "领域", "事项编号", "事项", "状态", "件数", "最近公开")


def rows_of(column: TreeColumn, library: Library, settings: Settings) -> tuple[CatalogRow, ...]:
    """The rows in force that 收录 of a column names, by their areas or one by one, each once."""
    work = partial(_rows_of, column, library, settings)
    return library.once(f"catalog rows of {column.key}", work) if _names_of(column) else ()


def _rows_of(column: TreeColumn, library: Library, settings: Settings) -> tuple[CatalogRow, ...]:
    names = _names_of(column)
    areas = library.vocabularies["areas"].terms
    wanted = {name.rpartition("-")[0] if index == "catalog_rows" else name for index, name in names}
    return tuple(
        row
        for area in areas
        if area.key in wanted
        for row in area_rows(area.name, library, settings)
        if ("catalog-area", area.key) in names or ("catalog_rows", row.id) in names
    )


def _names_of(column: TreeColumn) -> set[tuple[str, str]]:
    return {key for key in column.gathers if key[0] in {"catalog-area", "catalog_rows"}}


def filled(column: TreeColumn, library: Library, settings: Settings) -> str:
    """How many of a column's rows have a document: 7 项中已公开 5 项; empty if it names none."""
    rows = [row for row in rows_of(column, library, settings) if not row.not_applicable]
    count = sum(bool(documents_of(row.id, library)) for row in rows)
    return f"{len(rows)} 项中已公开 {count} 项" if rows else ""


def check(library: Library) -> Iterator[Problem]:
    """A row that a column names is, or once was, in some version of its area's catalog."""
    for column in columns_of(library).by_key.values():
        for index, row_id in column.gathers:
            found = versions(area_of(row_id, library), library) if index == "catalog_rows" else []
            ids = {known for version in found for known in rows_by_id(version, library)}
            if index == "catalog_rows" and row_id not in ids:
                near = get_close_matches(row_id, sorted(ids), 1, 0.6)
                remedy = f"是不是想写：{near[0]}" if near else "照目录表格写事项的编号"
                yield Problem(
                    f"{SHOWN}/{COLUMNS}",
                    Mark(column.line),
                    f"标准目录里没有“{row_id}”",
                    remedy,
                    "收录",
                )


def report(library: Library, settings: Settings) -> Iterator[Report]:
    """Every row that a column takes, those without a document first (区2021年工作要点 一（三）)."""
    lines = [
        _line(column, row, library)
        for column in columns_of(library).leaves
        for row in rows_of(column, library, settings)
    ]
    order = (_EMPTY, _FILLED, _ABSENT)
    place = _HEADER.index("状态")
    yield Report(
        "column-rows",
        "栏目收录的标准目录事项",
        "栏目收录哪些领域、哪些事项，见 content/columns.csv 的“收录”；件数是 catalog_rows "
        "写了这个事项的文件。",
        _HEADER,
        tuple(sorted(lines, key=lambda line: order.index(line[place]))),
        sum(line[place] == _EMPTY for line in lines),
    )


def _line(column: TreeColumn, row: CatalogRow, library: Library) -> tuple[str, ...]:
    found = documents_of(row.id, library)
    state = _ABSENT if row.not_applicable else _FILLED if found else _EMPTY
    newest = library.published(found[0])[: len("2021-07-15")] if found else ""
    return (
        column.name, column.owner, row.area, row.id, row.name, state, str(len(found)), newest,
    )  # fmt: skip
