from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from plugins.reading.table import read_table
from plugins.tables import as_csv, as_spreadsheet

HEADER = ("编号", "名称", "备注")
ROWS = [("A-1", "对“取水”的许可, 含变更", "第一行\n第二行"), ("0012", "收费", "")]


def test_what_is_written_as_csv_is_read_back_cell_by_cell() -> None:
    table = read_table("lists/a.csv", as_csv(HEADER, ROWS))

    assert table.header == HEADER
    assert [row.cells for row in table.rows] == ROWS
    assert not table.problems


def test_a_cell_cannot_become_a_formula_in_a_spreadsheet() -> None:
    assert b"'=1+1" in as_csv(("甲",), [("=1+1",)])
    assert b"\n-3\r" in as_csv(("甲",), [("-3",)])


def test_a_spreadsheet_holds_every_cell_as_text_and_the_same_bytes_each_time() -> None:
    data = as_spreadsheet("权责清单", HEADER, ROWS, "2021年版")

    sheet = load_workbook(BytesIO(data)).active
    assert sheet is not None
    found = [tuple(cell or "" for cell in row) for row in sheet.iter_rows(3, values_only=True)]
    assert found == [HEADER, *ROWS]
    assert sheet["A5"].value == "0012"
    assert data == as_spreadsheet("权责清单", HEADER, ROWS, "2021年版")
