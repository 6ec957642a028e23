"""Spreadsheets as counties have them → cells as text, with the areas that are merged."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_BLANKS = re.compile(r"[^\S\n]+")
_ESCAPED = re.compile(r"_x000[dD]_")
_NO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))


class CannotReadError(Exception):
    """The file is no spreadsheet that can be read; the text says why, and what to do."""


class Area(NamedTuple):
    """Merged cells; rows and columns count from 0, the last ones are inside."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet. Every row has as many cells as the widest.

    `rows` holds each text once, in the first cell of its area. `merged` is empty for CSV, which
    knows no merged cells: there the cells that follow are just empty.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Area, ...] = ()
    knows_merged: bool = False
    _first: dict[tuple[int, int], tuple[int, int]] = field(init=False, repr=False, compare=False)
    """Every merged cell → the one that holds the text of its area."""

    def __post_init__(self) -> None:
        first = {
            (row, column): (area.top, area.left)
            for area in self.merged
            for row in range(area.top, area.bottom + 1)
            for column in range(area.left, area.right + 1)
        }
        object.__setattr__(self, "_first", first)

    def cell(self, row: int, column: int) -> str:
        """The text of a cell, also where it comes from a cell above that it is merged with."""
        above, left = self._first.get((row, column), (row, column))
        return self.rows[above][column] if left == column else self.rows[row][column]

    def spread(self, row: int, column: int) -> str:
        """The text of a cell as a head has it: an area's text counts for all its cells."""
        row, column = self._first.get((row, column), (row, column))
        return self.rows[row][column]

    def width_of(self, row: int, column: int) -> int:
        """How many columns a cell spans."""
        spans = (a.right - a.left + 1 for a in self.merged if (a.top, a.left) == (row, column))
        return next(spans, 1)


def read_sheets(name: str, data: bytes) -> list[Sheet]:
    """All sheets of a workbook (.xlsx, .xlsm) or the one of a CSV file.

    Raises:
        CannotReadError: it is neither, or damaged.
    """
    ending = name.rpartition(".")[2].lower()
    if ending == "csv":
        return [_from_csv(data)]
    if ending in {"xlsx", "xlsm"}:
        return list(_from_workbook(data))
    raise CannotReadError("只能读 xlsx 和 csv。用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”")


def _from_csv(data: bytes) -> Sheet:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    try:
        found = [[_text(cell) for cell in row] for row in csv.reader(StringIO(text, newline=""))]
    except csv.Error as error:
        raise CannotReadError(f"不是 CSV 表格（{error}）。用 Excel 打开后另存为 xlsx") from None
    return Sheet("CSV", _even(found))


def _from_workbook(data: bytes) -> Iterator[Sheet]:
    import openpyxl  # noqa: PLC0415  # seldom wanted

    try:
        book = openpyxl.load_workbook(BytesIO(data), data_only=True)
        formulas = openpyxl.load_workbook(BytesIO(data))
    except Exception:  # noqa: BLE001  # openpyxl raises whatever a damaged archive makes it meet
        raise CannotReadError(
            "打不开这个工作簿。用 Excel 或 WPS 打开，去掉密码，另存为“Excel 工作簿（.xlsx）”"
        ) from None
    yield from map(_sheet, book.worksheets, formulas.worksheets)


def _sheet(sheet: Worksheet, formulas: Worksheet) -> Sheet:
    """`formulas` is the same sheet: a formula whose result was not saved stands for itself."""
    found = [
        [
            _text(value if value is not None else formula)
            for value, formula in zip(*both, strict=True)
        ]
        for both in zip(
            sheet.iter_rows(values_only=True), formulas.iter_rows(values_only=True), strict=True
        )
    ]
    merged = tuple(
        Area(area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1)
        for area in sheet.merged_cells.ranges
    )
    rows = _even(found, max((area.bottom for area in merged), default=-1) + 1)
    width = max([len(rows[0]) if rows else 0, *(area.right + 1 for area in merged)])
    rows = tuple(row + ("",) * (width - len(row)) for row in rows)
    return Sheet(sheet.title, rows, tuple(sorted(merged)), knows_merged=True)


def _even(rows: list[list[str]], least: int = 0) -> tuple[tuple[str, ...], ...]:
    width = max(map(len, rows), default=0)
    rows = rows + [[]] * (least - len(rows))
    return tuple(tuple(row) + ("",) * (width - len(row)) for row in rows)


def _text(value: object) -> str:
    """A cell's value as it is read: blanks of all kinds are one, and so are line ends."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    text = _ESCAPED.sub("", str(value)).replace("\r\n", "\n").replace("\r", "\n")
    lines = _BLANKS.sub(" ", text.translate(_NO_WIDTH)).split("\n")
    return "\n".join(line.strip() for line in lines).strip()
