"""Tables as files for download: the same rows give the same bytes."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO, StringIO

MADE = datetime(1980, 1, 1)  # noqa: DTZ001  # a workbook names a day: always this
_WIDEST = 48
_NARROWEST = 6
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """CSV that spreadsheets open as it is: UTF-8 with its mark, commas, CRLF (RFC 4180).

    What a spreadsheet would take for a formula is written as text, with an apostrophe before it.
    """
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _plain(cell: str) -> str:
    is_number = cell[1:].replace(".", "", 1).isdecimal()
    return f"'{cell}" if cell.startswith(_FORMULA) and not is_number else cell


def as_spreadsheet(
    title: str, header: Sequence[str], rows: Iterable[Sequence[str]], note: str = ""
) -> bytes:
    """An xlsx workbook of one sheet: title, note, fixed header, all cells as text."""
    import xlsxwriter  # noqa: PLC0415  # seldom wanted

    found = [tuple(row) for row in rows]
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": title, "created": MADE})
    sheet = book.add_worksheet(sheet_name(title) or "表")
    bold = book.add_format({"bold": True, "font_size": 14, "align": "center"})
    head = book.add_format(
        {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    )
    text = book.add_format({"border": 1, "valign": "top", "text_wrap": True, "num_format": "@"})
    last = max(len(header) - 1, 1)
    sheet.merge_range(0, 0, 0, last, title, bold)
    sheet.merge_range(1, 0, 1, last, note)
    sheet.write_row(2, 0, header, head)
    for number, row in enumerate(found, 3):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell, text)
    for place, name in enumerate(header):
        longest = max([len(name), *(len(row[place]) for row in found)])
        sheet.set_column(place, place, min(_WIDEST, max(_NARROWEST, 2 * longest)))
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def sheet_name(title: str) -> str:
    """As much of a title as a spreadsheet takes for the name of a sheet; it may be nothing."""
    return "".join(c for c in title if c not in "[]:*?/\\'")[:31]
