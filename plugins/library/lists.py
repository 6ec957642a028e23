"""清单: which versions a list has, which is in force, and what their tables must hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import pairwise
from typing import Any, TypeGuard

from plugins.library.library import Library
from plugins.problems import Problem, Severity, gathered
from plugins.reading import Document
from plugins.reading.table import Table
from plugins.records import ListVersion, Record
from plugins.records.vocabularies import Term
from plugins.settings import Settings

Version = Document[ListVersion]

CHANGES = "changes"
"""The last part of the address of what a version changed."""
DOWNLOADS = ("list.csv", "list.xlsx")
"""Names of the files that a version's page offers for download."""
_KIND = f"{ListVersion.folder}.kind"
_USUAL = re.compile(r"通常的列：(?P<columns>.+)")
REMINDER = Severity.REMINDER
_BASIS = "依据"
_EXPLAINED = frozenset({"责任事项依据"})
"""Columns of a basis that rows may leave empty."""
_PLACE = 3
"""Parts of a version's id: lists/power/2021-01."""


def is_list(document: Document[Record]) -> TypeGuard[Version]:
    """Whether a document is a version of a list."""
    return issubclass(document.kind, ListVersion)


def versions(kind: str, library: Library) -> list[Version]:
    """Every version of a kind of list, the newest first."""
    return [document for document in library.look_up(_KIND, kind) if is_list(document)]


def current(kind: str, library: Library, settings: Settings) -> Version | None:
    """The version in force: the newest that has taken effect, or else the newest."""
    found = versions(kind, library)
    return next((version for version in found if _has_begun(version, settings)), None) or next(
        iter(found), None
    )


def _has_begun(version: Version, settings: Settings) -> bool:
    effective = version.record.effective
    return effective is None or settings.reached(effective)


def previous(version: Version, library: Library) -> Version | None:
    """The version of the same kind that was published before this one."""
    for newer, older in pairwise(versions(version.record.kind, library)):
        if newer.id == version.id:
            return older
    return None


def table_of(version: Version, library: Library) -> Table:
    """A version's table; an empty one if its file is missing (`attachments_lie_beside` says so)."""
    return library.table_beside(version, version.record.table)


def usual_columns(term: Term) -> tuple[str, ...]:
    """The columns that a kind of list usually has: what its note says after 通常的列：."""
    found = _USUAL.search(term.note)
    return tuple(found["columns"].rstrip("。").split("、")) if found else ()


def introduction(term: Term) -> str:
    """What a kind of list is, without its usual columns."""
    return _USUAL.sub("", term.note).rstrip("。")


def codes(library: Library, settings: Settings) -> frozenset[str]:
    """What tells the items of all lists in force apart: 职权编码, 项目名称 … (their `key` columns).

    Other documents may cite items by these; `library` decides whether hidden versions count.
    """
    found = set()
    for term in library.vocabularies["list_kinds"].terms:
        version = current(term.name, library, settings)
        if version:
            table = table_of(version, library)
            found |= {table.cell(row, version.record.key) for row in table.rows}
    return frozenset(found - {""})


def readable(library: Library, settings: Settings) -> bool:
    """Whether the tables of all lists in force could be read: only then are `codes` all of them."""
    kinds = (term.name for term in library.vocabularies["list_kinds"].terms)
    found = (current(kind, library, settings) for kind in kinds)
    tables = [(version, table_of(version, library)) for version in found if version]
    return all(not t.problems and v.record.key in t.places for v, t in tables)


def lists_are_sound(
    document: Document[Record], library: Library, settings: Settings
) -> Iterator[Problem]:
    """A version of a list stands in its place, and its table can be read and compared."""
    del settings  # a rule
    if is_list(document):
        yield from _place_faults(document, library)
        yield from _neighbour_faults(document, library)
        table = table_of(document, library)
        faults = _table_faults(document, table, library)
        yield from (p.as_reminder() for p in faults) if document.record.draft else faults


def _table_faults(version: Version, table: Table, library: Library) -> Iterator[Problem]:
    yield from table.problems
    if table.header:
        yield from _column_faults(version, table, library)
        yield from _row_faults(version, table)


def _place_faults(version: Version, library: Library) -> Iterator[Problem]:
    kind = version.record.kind
    yield from out_of_place(version, "kind", f"{kind}的文件", library, "list_kinds")
    if version.id.rpartition("/")[2] == CHANGES:
        yield version.problem(
            "title", f"文件名“{CHANGES}”留给调整情况页用", "改名，例如：2021-01.md"
        )
    yield from takes_a_download(version, DOWNLOADS)


def out_of_place(
    version: Document[Any], field: str, what: str, library: Library, vocabulary: str
) -> Iterator[Problem]:
    """A version lies in a folder named by the key of its kind: lists/power/2021-01.

    `field` holds the kind, a word of `vocabulary`; `what` is what the message calls the version.
    """
    parts = version.id.split("/")
    words, kind = library.vocabularies[vocabulary], getattr(version.record, field)
    key = words[kind].key if kind in words else parts[1]
    if len(parts) != _PLACE or parts[1] != key:
        yield version.problem(
            field,
            f"{what}放在了 content/{version.folder}/",
            f"移到 content/{parts[0]}/{key}/{parts[-1]}.md，表格一起移",
        )


def takes_a_download(version: Document[Any], downloads: tuple[str, ...]) -> Iterator[Problem]:
    """A file beside a version that has the name of one that its page makes for download."""
    for name in downloads:
        if f"{version.folder}/{name}" in version.files:
            own = version.id.rpartition("/")[2]
            yield version.problem("table", f"文件名“{name}”留给下载用", f"改名，例如：{own}.csv")


def _neighbour_faults(version: Version, library: Library) -> Iterator[Problem]:
    record = version.record
    day = record.published.date()
    for other in versions(record.kind, library):
        if other.id < version.id and other.record.published.date() == day:
            yield version.problem(
                "published",
                f"与 {other.id} 同一天公布，分不出先后",
                "核对两版的公布日期；同一天改了又改的，合成一版",
            )
    before = previous(version, library)
    named = library.get(record.replaces) if record.replaces else None
    if named and is_list(named) and named.record.kind != record.kind:
        yield version.problem(
            "replaces",
            f"{named.id} 是{named.record.kind}，本文件是{record.kind}",
            f"写成：{before.id}" if before else "删去这一行",
        )
    elif named and named.id not in {version.id, before.id if before else None}:
        yield version.problem(
            "replaces",
            f"{named.id} 不是紧接在前的一版",
            f"写成：{before.id}" if before else "删去这一行，或核对两版的公布日期",
        )
    if before and not record.adjustment:
        yield version.problem(
            "adjustment",
            f"没有说明与上一版（{before.id}）相比为什么调整",
            "加一行 adjustment: 调整的原因和依据",
            REMINDER,
        )


def _column_faults(version: Version, table: Table, library: Library) -> Iterator[Problem]:
    key = version.record.key
    if key not in table.places:
        near = get_close_matches(key, table.header, 1, 0.4)
        yield version.problem(
            "key",
            f"表格里没有“{key}”这一列",
            f"是不是想写：{near[0]}" if near else f"写成其中之一：{'、'.join(table.header)}",
        )
    vocabulary = library.vocabularies["list_kinds"]
    kind = version.record.kind
    usual = usual_columns(vocabulary[kind]) if kind in vocabulary else ()
    if missing := [name for name in usual if name not in table.places]:
        yield table.problem(
            None,
            f"{kind}通常还有这些列：{'、'.join(missing)}",
            "补上；列名不同的改成一样，确实没有的可以不改",
            "",
            REMINDER,
        )


def _row_faults(version: Version, table: Table) -> Iterator[Problem]:
    key = version.record.key
    if not table.rows and not table.problems:
        yield table.problem(
            None, "表格里一项也没有", "确实没有的不用改，在正文里说明；忘了填的补上", "", REMINDER
        )
    first: dict[str, int] = {}
    for row in table.rows if key in table.places else ():
        code = table.cell(row, key)
        if not code:
            yield table.problem(row, "没有填写，这一项与其他各项、各版对不上", "补上", key)
        elif code in first:
            yield table.problem(
                row,
                f"“{code}”与第 {first[code]} 行重复",
                "核对两行，改正其中一个；同一事项分几行写的，给每行各编一个号",
                key,
            )
        first.setdefault(code, row.line)
    bases = [name for name in table.header if name.endswith(_BASIS) and name not in _EXPLAINED]
    remedy = "补上法律、法规、规章或文件的名称和条款"
    yield from gathered(
        table.problem(row, "没有写依据", remedy, name, REMINDER)
        for row in table.rows
        for name in bases
        if not table.cell(row, name)
    )
