"""A table that an editor keeps as CSV → header and rows, each with its line; or problems."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from io import StringIO

from plugins.problems import Mark, Problem, Severity
from plugins.reading.decoding import decode
from plugins.reading.names import SHOWN

_REMEDY = "在 Excel 里“另存为”，文件类型选“CSV UTF-8（逗号分隔）”"


@dataclass(frozen=True)
class Row:
    """One row; as many cells as the header has. `line` is where it begins in the file."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A CSV file of the content. While it has problems, it has no rows."""

    path: str
    """Path under content/."""
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()

    @cached_property
    def places(self) -> dict[str, int]:
        """Name of a column → its place in the rows."""
        return {name: place for place, name in enumerate(self.header)}

    def cell(self, row: Row, name: str) -> str:
        """The cell of a column; empty if the table has no such column."""
        place = self.places.get(name)
        return "" if place is None else row.cells[place]

    def header_problems(
        self, known: Sequence[str], needed: Iterable[str] = ()
    ) -> Iterator[Problem]:
        """What is wrong with the names of the columns: others than the known, needed ones missing.

        A table that could not be read has no header to be judged.
        """
        if self.problems:
            return
        for name in self.header:
            if name not in known:
                near = get_close_matches(name, known, 1, 0.5)
                remedy = f"是不是想写：{near[0]}" if near else f"只能有这些列：{'、'.join(known)}"
                yield self.problem(None, f"没有“{name}”这一列", remedy)
        for name in needed:
            if name not in self.places:
                yield self.problem(None, f"缺少“{name}”这一列", f"在第一行加上“{name}”")

    def problem(
        self,
        row: Row | None,
        message: str,
        remedy: str,
        subject: str = "",
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        """A problem in a row, or in the header; `subject` is the column's name."""
        line = row.line if row else 1
        return Problem(f"{SHOWN}/{self.path}", Mark(line), message, remedy, subject, severity)


def read_table(path: str, data: bytes) -> Table:
    """A table from the bytes of a CSV file: UTF-8, commas, first row the header.

    Blanks around a cell and rows without any text are left out; cells that a row lacks at its end
    are empty, as spreadsheets save them.
    """
    text = decode(f"{SHOWN}/{path}", data)
    if isinstance(text, Problem):
        return Table(path, (), (), (replace(text, remedy=_REMEDY),))
    try:
        found = list(_rows(text))
    except csv.Error as error:
        problem = Problem(f"{SHOWN}/{path}", Mark(), f"不是 CSV 表格（{error}）", _REMEDY)
        return Table(path, (), (), (problem,))
    if not found:
        problem = Problem(f"{SHOWN}/{path}", Mark(), "表格是空的", "第一行写各列的名称")
        return Table(path, (), (), (problem,))
    header = found[0].cells
    while header and not header[-1]:
        header = header[:-1]
    problems = tuple(_faults(path, header, found))
    rows = () if problems else tuple(_filled(row, len(header)) for row in found[1:])
    return Table(path, header, rows, problems)


def _rows(text: str) -> Iterator[Row]:
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    line = 1
    for cells in reader:
        stripped = tuple(cell.strip() for cell in cells)
        if any(stripped):
            yield Row(line, stripped)
        line = reader.line_num + 1


def _filled(row: Row, width: int) -> Row:
    cells = row.cells[:width]
    return Row(row.line, cells + ("",) * (width - len(cells)))


def _faults(path: str, header: tuple[str, ...], rows: list[Row]) -> Iterator[Problem]:
    shown = f"{SHOWN}/{path}"
    for place, name in enumerate(header):
        if not name:
            yield Problem(shown, Mark(rows[0].line), f"第 {place + 1} 列没有名称", "在第一行补上")
        elif name in header[:place]:
            yield Problem(shown, Mark(rows[0].line), f"有两列都叫“{name}”", "改名，或删去一列")
    for row in rows[1:]:
        if any(row.cells[len(header) :]):
            yield Problem(
                shown,
                Mark(row.line),
                f"这一行有 {len(row.cells)} 格，第一行只有 {len(header)} 列",
                "格里有逗号的，整格加英文双引号；用表格软件编辑可以免去这一步",
            )
