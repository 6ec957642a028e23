"""A version of a catalog as the official table: on a page, as CSV, as a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from plugins.catalog.rows import CatalogRow, State, Status, status
from plugins.library import Library
from plugins.library.catalog_rules import DOWNLOADS
from plugins.library.catalogs import Version, area_rows, row_url, rows_by_id, table_of
from plugins.presenting import written_day
from plugins.reading.media import media_label
from plugins.records.catalog import COLUMNS, values_of
from plugins.settings import Settings
from plugins.tables import as_csv, as_official_sheet
from plugins.tables.official import PAIRS, marks
from plugins.views import CatalogLine, CatalogTable, FileLink, Tag, Tone

_TONES: dict[State, Tone] = {
    State.PUBLISHED: "good",
    State.DUE: "brand",
    State.OVERDUE: "warn",
    State.NOT_APPLICABLE: "plain",
}
_PAIRS = tuple((name, *pair) for name, pair in PAIRS.items())


NOT_RENEWED = "尚未见更新"
"""尚未见公开 of a periodic row that was published before."""


def state_tag(found: Status) -> Tag:
    """A row's state as a pill; one that has documents, but no new one in time, says so."""
    overdue = found.state is State.OVERDUE and found.count
    return Tag(NOT_RENEWED if overdue else found.state.value, _TONES[found.state])


def table_view(
    version: Version, library: Library, settings: Settings, *, with_states: bool
) -> CatalogTable:
    """A version's table; with the states of its rows if it is carried out today."""
    table = table_of(version, library)
    area = version.record.area
    rows = {row.id: row for row in area_rows(area, library, settings)} if with_states else {}
    lines = tuple(
        _line(
            row_id,
            lambda name, row=row: table.cell(row, name),  # type: ignore[misc]
            rows.get(row_id),
            library,
            settings,
        )
        for row_id, row in rows_by_id(version, library).items()
    )
    caption = f"{area}领域基层政务公开标准目录（{version.record.version}），共 {len(lines)} 项"
    return CatalogTable(caption, "items", _PAIRS, lines)


def _line(
    row_id: str,
    cell: Callable[[str], str],
    row: CatalogRow | None,
    library: Library,
    settings: Settings,
) -> CatalogLine:
    found = status(row, library, settings) if row else None
    return CatalogLine(
        id=row_id,
        url=row_url(row_id),
        primary=cell("一级事项"),
        secondary=cell("二级事项"),
        content=cell("公开内容（要素）"),
        basis="\n".join(values_of(cell("公开依据"))),
        limit=cell("公开时限"),
        bodies=cell("公开主体"),
        channels="\n".join(f"■{name}" for name in values_of(cell("公开渠道和载体"))),
        marks=tuple(mark for name in PAIRS for mark in marks(name, cell(name))),
        note=cell("不适用说明"),
        tag=state_tag(found) if found else None,
        items=found.count if found else 0,
        newest=found.newest if found else None,
    )


def csv_file(library: Library, settings: Settings, version: Version) -> bytes:  # noqa: ARG001  # an output's `make`
    """The table as it is kept, for machines and for spreadsheets."""
    table = table_of(version, library)
    return as_csv(COLUMNS, _cells(version, library) if table.rows else ())


def _cells(version: Version, library: Library) -> Iterator[tuple[str, ...]]:
    table = table_of(version, library)
    for row in table.rows:
        yield tuple(table.cell(row, name) for name in COLUMNS)


def official_sheet(library: Library, settings: Settings, version: Version) -> bytes:  # noqa: ARG001  # the same
    """The table in its official shape: merged head, √, ■ and □."""
    work = partial(_official_sheet, library, version)
    return library.once(f"catalog spreadsheet {version.id}", work)


def _official_sheet(library: Library, version: Version) -> bytes:
    record = version.record
    note = (
        f"{record.version}；批准机关：{record.issuer}；"
        f"施行日期：{written_day(record.effective)}；依据：{'、'.join(record.basis)}"
    )
    rows = (dict(zip(COLUMNS, cells, strict=True)) for cells in _cells(version, library))
    return as_official_sheet(record.title, rows, note)


MAKERS = dict(zip(DOWNLOADS, (csv_file, official_sheet), strict=True))
"""Name of a download → what makes it."""


def files(version: Version, library: Library, settings: Settings) -> Iterator[FileLink]:
    """The whole table for download, and what else lies beside the version."""
    record = version.record
    for name, make in MAKERS.items():
        ending = name.rpartition(".")[2]
        yield FileLink(
            title="官方表样（xlsx）" if ending == "xlsx" else "数据表（csv）",
            name=f"{record.area}领域标准目录（{record.version}）.{ending}",
            url=f"{version.url}{name}",
            kind=media_label(name),
            size=len(make(library, settings, version)),
        )
    for attachment in record.attachments:
        yield FileLink(
            title=attachment.title or attachment.file.rpartition(".")[0],
            name=attachment.file,
            url=f"{version.url}{attachment.file}",
            kind=media_label(attachment.file),
            size=library.size_of(f"{version.folder}/{attachment.file}"),
        )
