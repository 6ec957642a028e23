"""基层政务公开标准目录: which versions an area has, which is in force, and their rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import takewhile
from typing import TypeGuard, cast

from plugins.library.library import Library
from plugins.reading import Document
from plugins.reading.table import Row, Table
from plugins.records import Catalog, Publication, Record
from plugins.records.catalog import ROW_ID, values_of
from plugins.settings import Settings

Version = Document[Catalog]
_AREA = f"{Catalog.folder}.area"


@dataclass(frozen=True)
class CatalogRow:
    """One 公开事项 with its elements, as the CSV columns of `records.catalog.COLUMNS`.

    `manner` is one word: 主动, 依申请公开 or 依申请. `cites`: codes of 权责清单 or 公共服务事项.
    """

    id: str
    area: str
    area_key: str
    primary: str
    secondary: str
    content: str
    basis: tuple[str, ...]
    limit: str
    bodies: tuple[str, ...]
    channels: tuple[str, ...]
    audience: tuple[str, ...]
    manner: str
    levels: tuple[str, ...]
    not_applicable: str
    cites: tuple[str, ...]
    since: date
    """The day from which it must be published: 施行日期 of the first version that says so."""

    @property
    def url(self) -> str:
        """Address of the row's own page."""
        return row_url(self.id)

    @property
    def name(self) -> str:
        """二级事项, or 一级事项 where the catalog has no finer one."""
        return self.secondary or self.primary


def row_url(row_id: str) -> str:
    """Address of a row's page, for ever."""
    return f"{Catalog.folder}/rows/{row_id}/"


def is_catalog(document: Document[Record]) -> TypeGuard[Version]:
    """Whether a document is a version of a catalog."""
    return issubclass(document.kind, Catalog)


def versions(area: str, library: Library) -> list[Version]:
    """Every version of an area's catalog, the one that takes effect last first."""
    found = [document for document in library.look_up(_AREA, area) if is_catalog(document)]
    return sorted(found, key=lambda version: (version.record.effective, version.id), reverse=True)


def in_force(area: str, library: Library, settings: Settings) -> list[Version]:
    """The version that is carried out on the build's date, and those that were before it."""
    return [v for v in versions(area, library) if settings.reached(v.record.effective)]


def current(area: str, library: Library, settings: Settings) -> Version | None:
    """The version that is carried out on the build's date: the latest that has taken effect."""
    return next(iter(in_force(area, library, settings)), None)


def before(version: Version, library: Library) -> Version | None:
    """The version of the same area that took effect before this one."""
    found = versions(version.record.area, library)
    place = [other.id for other in found].index(version.id)
    return found[place + 1] if place + 1 < len(found) else None


def table_of(version: Version, library: Library) -> Table:
    """A version's table; an empty one if its file is missing (`attachments_lie_beside` says so)."""
    return library.table_beside(version, version.record.table)


def rows_by_id(version: Version, library: Library) -> dict[str, Row]:
    """The rows of a version's table by their 编号; of several with one, the first."""
    work = partial(_rows_by_id, version, library)
    return library.once(f"catalog ids {version.id}", work)


def _rows_by_id(version: Version, library: Library) -> dict[str, Row]:
    table = table_of(version, library)
    found: dict[str, Row] = {}
    for row in table.rows:
        if row_id := table.cell(row, ROW_ID):
            found.setdefault(row_id, row)
    return found


def area_rows(area: str, library: Library, settings: Settings) -> tuple[CatalogRow, ...]:
    """The rows of an area's version in force, in the order of its table."""
    work = partial(_area_rows, area, library, settings)
    return library.once(f"catalog rows {area}", work)


def _area_rows(area: str, library: Library, settings: Settings) -> tuple[CatalogRow, ...]:
    found = in_force(area, library, settings)
    if not found:
        return ()
    ids = rows_by_id(found[0], library)
    return tuple(row_in(found, row_id, library) for row_id in ids)


def row_in(found: list[Version], row_id: str, library: Library) -> CatalogRow:
    """A row as the first of these versions has it; the others, newest first, say since when."""
    newest = found[0]
    row = rows_by_id(newest, library)[row_id]
    having = list(takewhile(lambda version: _asks_for(version, row_id, library), found))
    since = (having or found[:1])[-1].record.effective
    return _row(table_of(newest, library), row, newest.record.area, library, since)


def _asks_for(version: Version, row_id: str, library: Library) -> bool:
    row = rows_by_id(version, library).get(row_id)
    return row is not None and not table_of(version, library).cell(row, "不适用说明")


def _row(table: Table, row: Row, area: str, library: Library, since: date) -> CatalogRow:
    def cell(name: str) -> str:
        return table.cell(row, name)

    def several(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(values_of(cell(name))))

    return CatalogRow(
        id=cell(ROW_ID),
        area=area,
        area_key=library.vocabularies["areas"][area].key,
        primary=cell("一级事项"),
        secondary=cell("二级事项"),
        content=cell("公开内容（要素）"),
        basis=several("公开依据"),
        limit=cell("公开时限"),
        bodies=several("公开主体"),
        channels=several("公开渠道和载体"),
        audience=several("公开对象"),
        manner=cell("公开方式"),
        levels=several("公开层级"),
        not_applicable=cell("不适用说明"),
        cites=several("关联事项"),
        since=since,
    )


def rows(library: Library, settings: Settings) -> tuple[CatalogRow, ...]:
    """The rows of all areas' versions in force, in the order of areas and of their tables."""
    return library.once("catalog rows", partial(_rows, library, settings))


def _rows(library: Library, settings: Settings) -> tuple[CatalogRow, ...]:
    areas = library.vocabularies["areas"].names
    return tuple(row for area in areas for row in area_rows(area, library, settings))


def area_of(row_id: str, library: Library) -> str:
    """The area that a row belongs to by its id; empty if there is none."""
    key = row_id.rpartition("-")[0]
    terms = library.vocabularies["areas"].terms
    return next((term.name for term in terms if term.key == key), "")


def rows_named(record: Publication, library: Library, settings: Settings) -> Iterator[CatalogRow]:
    """The rows in force under which a document is published, in the order that it names them."""
    for row_id in record.catalog_rows:
        area = area_of(row_id, library)
        found = {row.id: row for row in area_rows(area, library, settings)} if area else {}
        if row_id in found:
            yield found[row_id]


def documents_of(row_id: str, library: Library) -> list[Document[Publication]]:
    """The documents that are published under a row, newest first."""
    return cast("list[Document[Publication]]", library.look_up("catalog_rows", row_id))
