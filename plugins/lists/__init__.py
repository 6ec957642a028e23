"""清单: the nine lists that are published whole, each with all its versions and their differences.

The address of a kind (`lists/power/`) shows the version in force; each version has its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import pairwise

from plugins.library import Library
from plugins.library.lists import (
    CHANGES,
    DOWNLOADS,
    Version,
    current,
    introduction,
    previous,
    table_of,
    versions,
)
from plugins.lists.differences import changes_of, in_words, name_column, row_changes
from plugins.outputs import File, Output, Page, Shown
from plugins.presenting import (
    COLUMN_OF,
    EMPTY,
    Column,
    column_head,
    day_fact,
    document_head,
    organ_fact,
    related_groups,
    source_of,
    version_tags,
    written_day,
)
from plugins.problems import Problem
from plugins.reading.media import media_label
from plugins.reading.table import Row, Table
from plugins.records import ListVersion
from plugins.records.vocabularies import Term
from plugins.settings import Settings
from plugins.tables import Changes, as_csv, as_spreadsheet
from plugins.views import (
    DataColumn,
    DataTable,
    Fact,
    FileLink,
    Group,
    Link,
    RowChange,
    Tag,
    VersionRow,
)

ROWS = 500
"""Rows on one page; the rest of a longer table stands on pages after it."""
_CHOICES = range(2, 13)
"""A column with so many values may be chosen from."""
_CHOICE_LENGTH = 20
_MOST_CHOSEN = 3
_COLUMN = COLUMN_OF[ListVersion]
_UP = Link(_COLUMN.name, _COLUMN.url)


@dataclass(frozen=True)
class KindView:
    """One of the kinds of list in the index; without a version `url` is empty."""

    name: str
    intro: str
    url: str
    version: str = ""
    published: str = ""
    items: int = 0
    changes: str = ""
    changes_url: str = ""


@dataclass(frozen=True)
class VersionView:
    """The page of a version."""

    title: str
    intro: str
    tags: tuple[Tag, ...]
    facts: tuple[Fact, ...]
    html: str
    table: DataTable
    files: tuple[FileLink, ...]
    history: tuple[VersionRow, ...]
    groups: tuple[Group, ...]
    shown: str
    """The version's name, if the page is that of the kind."""
    published: datetime | None = None
    """When the version was published; of the page of the kind, nothing."""
    source: str = ""


@dataclass(frozen=True)
class PartView:
    """A further page of a long table."""

    title: str
    table: DataTable
    up: Link
    previous: Link
    next: Link | None


@dataclass(frozen=True)
class ChangesView:
    """What a version changed, against the one before it."""

    title: str
    words: str
    same: int
    old: Link
    new: Link
    basis: str
    adjustment: str
    changed: tuple[RowChange, ...]
    added: DataTable
    removed: DataTable


def build(library: Library, settings: Settings) -> Iterator[Output]:
    """The index, the version in force of each kind, every version, and what each changed."""
    yield Page(f"{_COLUMN.url}index.html", "lists/index.html", _index)
    for term in library.vocabularies["list_kinds"].terms:
        found = versions(term.name, library)
        if version := current(term.name, library, settings):
            yield Page(
                f"{_kind_url(term)}index.html", "lists/list.html", _version, (version, term.key)
            )
        for version in found:
            yield Page(f"{version.url}index.html", "lists/list.html", _version, (version, ""))
            for number in range(1, _part_count(table_of(version, library))):
                path = f"{_part_url(version, number)}index.html"
                yield Page(path, "lists/part.html", _part, (version, number))
            for name, make in zip(DOWNLOADS, (_csv, _spreadsheet), strict=True):
                yield File(f"{version.url}{name}", make, (version,))
        for version, before in pairwise(found):
            path = f"{_changes_url(version)}index.html"
            yield Page(path, "lists/changes.html", _changes, (version, before))


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """Nothing to mend here: each version is asked by the rule `lists_are_sound`."""
    yield from ()


def _kind_url(term: Term) -> str:
    return f"{_COLUMN.url}{term.key}/"


def _changes_url(version: Version) -> str:
    return f"{version.url}{CHANGES}/"


def _part_url(version: Version, number: int) -> str:
    """The page of a long table: the version's own, then 2/, 3/ and so on."""
    return f"{version.url}{number + 1}/" if number else version.url


def _part_count(table: Table) -> int:
    return max(1, -(-len(table.rows) // ROWS))


def _column(term: Term) -> Column:
    return Column(term.name, _kind_url(term), introduction(term) or term.name, _COLUMN.kind)


def _term(version: Version, library: Library) -> Term:
    return library.vocabularies["list_kinds"][version.record.kind]


# --- The index ------------------------------------------------------------------------------------


def _index(library: Library, settings: Settings) -> Shown:
    terms = [term for term in library.vocabularies["list_kinds"].terms if not term.retired]
    kinds = tuple(_kind(term, library, settings) for term in terms)
    return column_head(settings, _COLUMN), {"intro": ListVersion.purpose, "kinds": kinds}


def _kind(term: Term, library: Library, settings: Settings) -> KindView:
    version = current(term.name, library, settings)
    if version is None:
        return KindView(term.name, introduction(term), "")
    before = previous(version, library)
    return KindView(
        name=term.name,
        intro=introduction(term),
        url=_kind_url(term),
        version=version.record.version,
        published=written_day(version.record.published),
        items=len(table_of(version, library).rows),
        changes=in_words(changes_of(version, before, library)) if before else "",
        changes_url=_changes_url(version) if before else "",
    )


# --- One version ----------------------------------------------------------------------------------


def _version(library: Library, settings: Settings, version: Version, kind_key: str) -> Shown:
    """The page of a version, or, with the key of its kind, the page of the kind."""
    record, term = version.record, _term(version, library)
    in_force = current(record.kind, library, settings)
    is_current = in_force is not None and in_force.id == version.id
    view = VersionView(
        title=record.kind if kind_key else record.title,
        intro=introduction(term) if kind_key else "",
        tags=() if kind_key else version_tags(record.effective, settings, is_current=is_current),
        facts=tuple(_facts(version, library)),
        html=version.body.html,
        table=_table(version, library, 0),
        files=tuple(_files(version, library, settings)),
        history=tuple(_history(term, library, settings, in_force)),
        groups=tuple(related_groups(version, library, settings)),
        shown=record.version if kind_key else "",
        published=None if kind_key else record.published,
        source=source_of(record),
    )
    column = _column(term)
    if kind_key:
        return column_head(settings, column, crumbs=(_UP,)), {"list": view}
    crumbs = (_UP, Link(term.name, column.url))
    return document_head(version, library, settings, column, crumbs), {"list": view}


def _facts(version: Version, library: Library) -> Iterator[Fact]:
    """The header that every list has, in its order."""
    record = version.record
    organ = library.organ(record.answering_body)
    phone = record.phone or (organ.record.phone if organ else "") or EMPTY
    yield Fact("名称", record.title, wide=True)
    yield Fact("版本", record.version)
    yield organ_fact("公布机关", record.issuer, library)
    yield day_fact("公布日期", record.published.date())
    if record.effective:
        yield day_fact("施行日期", record.effective)
    yield Fact("联系电话", phone)
    yield Fact("依据", record.basis, wide=True)
    yield Fact("调整情况", record.adjustment or EMPTY, wide=True)


def _history(
    term: Term, library: Library, settings: Settings, in_force: Version | None
) -> Iterator[VersionRow]:
    found = versions(term.name, library)
    for version, before in zip(found, [*found[1:], None], strict=False):
        is_current = in_force is not None and in_force.id == version.id
        yield VersionRow(
            name=version.record.version,
            url=version.url,
            day=written_day(version.record.published),
            tags=version_tags(version.record.effective, settings, is_current=is_current),
            changes=in_words(changes_of(version, before, library)) if before else "",
            changes_url=_changes_url(version) if before else "",
        )


# --- Its table ------------------------------------------------------------------------------------


def _table(version: Version, library: Library, number: int) -> DataTable:
    """One page of a version's table."""
    table = table_of(version, library)
    parts = range(_part_count(table))
    return DataTable(
        caption=_caption(version, table, number),
        anchor="items",
        columns=tuple(_columns(table)),
        rows=_cells(table.rows[number * ROWS : (number + 1) * ROWS]),
        head=_head(version, table),
        total=len(table.rows),
        parts=tuple(_part_url(version, part) for part in parts) if len(parts) > 1 else (),
    )


def _some_rows(version: Version, library: Library, rows: tuple[Row, ...], anchor: str) -> DataTable:
    """Rows of a version that were added or removed."""
    table = table_of(version, library)
    return DataTable(
        caption={"added": "新增的事项", "removed": "取消的事项"}[anchor],
        anchor=anchor,
        columns=tuple(map(DataColumn, table.header)),
        rows=_cells(rows),
        head=_head(version, table),
        total=len(rows),
    )


def _cells(rows: tuple[Row, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(row.cells for row in rows)


def _head(version: Version, table: Table) -> int:
    return table.places.get(name_column(table, version.record.key), 0)


def _caption(version: Version, table: Table, number: int) -> str:
    total = len(table.rows)
    whole = f"{version.record.title}，共 {total} 项"
    if total <= ROWS:
        return whole
    return f"{whole}，本页第 {number * ROWS + 1} 至 {min((number + 1) * ROWS, total)} 项"


def _columns(table: Table) -> Iterator[DataColumn]:
    """The columns; the first few that have few values, in many rows, may be chosen from."""
    left = _MOST_CHOSEN
    for name in table.header:
        values = dict.fromkeys(table.cell(row, name) for row in table.rows)
        values.pop("", None)
        few = len(values) in _CHOICES and 2 * len(values) <= len(table.rows)
        chosen = bool(left and few and max(map(len, values)) <= _CHOICE_LENGTH)
        left -= chosen
        yield DataColumn(name, tuple(values) if chosen else ())


def _part(library: Library, settings: Settings, version: Version, number: int) -> Shown:
    record, term = version.record, _term(version, library)
    table = table_of(version, library)
    up = Link(record.title, version.url)
    after = number + 1
    view = PartView(
        title=f"{record.title}（第 {number + 1} 页）",
        table=_table(version, library, number),
        up=up,
        previous=Link(f"第 {number} 页", _part_url(version, number - 1)),
        next=Link(f"第 {after + 1} 页", _part_url(version, after))
        if after < _part_count(table)
        else None,
    )
    column = _column(term)
    head = column_head(
        settings,
        column,
        title=view.title,
        url=_part_url(version, number),
        crumbs=(_UP, Link(term.name, column.url), up),
    )
    return head, {"part": view}


# --- Files ----------------------------------------------------------------------------------------


def _csv(library: Library, settings: Settings, version: Version) -> bytes:  # noqa: ARG001  # an output's `make`
    table = table_of(version, library)
    return as_csv(table.header, (row.cells for row in table.rows))


def _spreadsheet(library: Library, settings: Settings, version: Version) -> bytes:  # noqa: ARG001  # the same
    return library.once(f"list spreadsheet {version.id}", partial(_workbook, library, version))


def _workbook(library: Library, version: Version) -> bytes:
    table, record = table_of(version, library), version.record
    note = (
        f"{record.version}；公布机关：{record.issuer}；"
        f"公布日期：{written_day(record.published)}；依据：{record.basis}"
    )
    return as_spreadsheet(record.title, table.header, (row.cells for row in table.rows), note)


def _files(version: Version, library: Library, settings: Settings) -> Iterator[FileLink]:
    """The whole table for download, and what else lies beside the version."""
    record = version.record
    for name, make in zip(DOWNLOADS, (_csv, _spreadsheet), strict=True):
        ending = name.rpartition(".")[2]
        yield FileLink(
            title=f"清单全文（{ending}）",
            name=f"{record.kind}（{record.version}）.{ending}",
            url=f"{version.url}{name}",
            kind=media_label(name),
            size=len(make(library, settings, version)),
        )
    for attachment in record.attachments:
        name = attachment.file
        yield FileLink(
            title=attachment.title or name.rpartition(".")[0],
            name=name,
            url=f"{version.url}{name}",
            kind=media_label(name),
            size=library.size_of(f"{version.folder}/{name}"),
        )


# --- What a version changed -----------------------------------------------------------------------


def _changes(library: Library, settings: Settings, version: Version, before: Version) -> Shown:
    record, term = version.record, _term(version, library)
    changes: Changes = changes_of(version, before, library)
    column = _column(term)
    view = ChangesView(
        title=f"{record.kind}调整情况：{record.version}",
        words=in_words(changes),
        same=changes.same,
        old=Link(before.record.version, before.url),
        new=Link(record.version, version.url),
        basis=record.basis,
        adjustment=record.adjustment or EMPTY,
        changed=tuple(row_changes(changes, table_of(version, library), record.key)),
        added=_some_rows(version, library, changes.added, "added"),
        removed=_some_rows(before, library, changes.removed, "removed"),
    )
    crumbs = (_UP, Link(term.name, column.url), Link(record.version, version.url))
    head = column_head(settings, column, title=view.title, url=_changes_url(version), crumbs=crumbs)
    return head, {"changes": view}
