"""基层政务公开标准目录 in its official shape: a head of two merged rows, √ and ■ □.

A row is a mapping from the names in `COLUMNS` to text, as the CSV files of the content hold it;
several values stand in one cell with 、 between them. `plugins.importing` reads what is written
here, and what counties have written in its likeness.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

from plugins.records.catalog import COLUMNS as COLUMNS
from plugins.records.catalog import named_group
from plugins.records.catalog import values_of as values_of
from plugins.tables.writing import MADE, sheet_name

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

CHANNELS = (
    "政府网站",
    "政府公报",
    "两微一端",
    "发布会/听证会",
    "广播电视",
    "纸质媒体",
    "公开查阅点",
    "政务服务中心",
    "便民服务站",
    "入户/现场",
    "社区/企事业单位/村公示栏（电子屏）",
    "精准推送",
    "其他",
)
"""The boxes of the official form, of which the chosen ones are marked ■."""
PAIRS: Mapping[str, tuple[str, str]] = {
    "公开对象": ("全社会", "特定群体"),
    "公开方式": ("主动", "依申请公开"),
    "公开层级": ("县级", "乡级"),
}
"""Columns with two sub-columns that are marked √: the words that the marks stand for."""
SEPARATOR = "、"

_WIDTHS = (5, 14, 16, 36, 36, 16, 14, 30, 7, 9, 7, 9, 7, 7, 16, 16, 16)
_FIRST, _SECOND = "一级事项", "二级事项"
_TEXTS = COLUMNS[3:7]
_EXTRA = (COLUMNS[0], *COLUMNS[-2:])
_HEAD_ROWS = 3


def boxes(cell: str) -> str:
    """公开渠道和载体 as the form has them: the chosen ones ■, then the others of the form □."""
    chosen = values_of(cell)
    others = [name for name in CHANNELS if name not in chosen]
    return "\n".join([*(f"■{name}" for name in chosen), *(f"□{name}" for name in others)])


def marks(column: str, cell: str) -> tuple[str, str]:
    """The two cells of a pair of columns: √ where its word is chosen, other words as they are."""
    first, second = PAIRS[column]
    chosen = values_of(cell)
    other = SEPARATOR.join(word for word in chosen if word != first)
    word, whom = named_group(other)
    if word == second:
        other = whom or "√"
    return "√" if first in chosen else "", other


def as_official_sheet(title: str, rows: Iterable[Mapping[str, str]], note: str = "") -> bytes:
    """An xlsx workbook with a catalog in its official shape; the same rows give the same bytes.

    `note` stands below the title: version, basis, who approved it.
    """
    import xlsxwriter  # noqa: PLC0415  # seldom wanted

    found = list(rows)
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": title, "created": MADE})
    plain = {"border": 1, "valign": "vcenter", "text_wrap": True, "num_format": "@"}
    big = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    head = book.add_format({**plain, "bold": True, "align": "center"})
    text, mark = book.add_format(plain), book.add_format({**plain, "align": "center"})
    sheet = book.add_worksheet(sheet_name(title) or "标准目录")
    last = len(_WIDTHS) - 1
    sheet.merge_range(0, 0, 0, last, title, big)
    sheet.merge_range(1, 0, 1, last, note, mark)
    _write_head(sheet, head)
    for line, row in enumerate(found, _HEAD_ROWS + 1):
        sheet.write_number(line, 0, line - _HEAD_ROWS, mark)
        for place, (cell, is_mark) in enumerate(_cells(row), 3):
            sheet.write_string(line, place, cell, mark if is_mark else text)
    for place, key in ((1, (_FIRST,)), (2, (_FIRST, _SECOND))):
        for start, end, cell in _runs(found, key):
            if start == end:
                sheet.write_string(start, place, cell, text)
            else:
                sheet.merge_range(start, place, end, place, cell, text)
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(_HEAD_ROWS + 1, 0)
    sheet.repeat_rows(2, _HEAD_ROWS)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def _write_head(sheet: Worksheet, form: object) -> None:
    upper, lower = 2, _HEAD_ROWS
    sheet.merge_range(upper, 0, lower, 0, "序号", form)
    sheet.merge_range(upper, 1, upper, 2, "公开事项", form)
    sheet.write_row(lower, 1, (_FIRST, _SECOND), form)
    for place, name in enumerate((*_TEXTS, "公开渠道和载体"), 3):
        sheet.merge_range(upper, place, lower, place, name, form)
    place = 8
    for name, pair in PAIRS.items():
        sheet.merge_range(upper, place, upper, place + 1, name, form)
        sheet.write_row(lower, place, pair, form)
        place += 2
    for name in _EXTRA:
        sheet.merge_range(upper, place, lower, place, name, form)
        place += 1


def _cells(row: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """Every cell behind 二级事项, and whether it is a mark."""
    for name in _TEXTS:
        cell = row.get(name, "")
        yield ("\n".join(values_of(cell)) if name == "公开依据" else cell), False
    yield boxes(row.get("公开渠道和载体", "")), False
    for name in PAIRS:
        yield from ((cell, True) for cell in marks(name, row.get(name, "")))
    for name in _EXTRA:
        yield row.get(name, ""), False


def _runs(rows: list[Mapping[str, str]], key: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    """Runs of rows that say the same: first line, last line, what they say."""
    line = _HEAD_ROWS + 1
    for said, run in groupby(tuple(row.get(name, "") for name in key) for row in rows):
        length = len(list(run))
        yield line, line + length - 1, said[-1]
        line += length
