"""Two versions of a list compared, in words and row by row."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from plugins.library import Library
from plugins.library.lists import Version, table_of
from plugins.reading.table import Table
from plugins.tables import Changes, compare, pieces
from plugins.views import CellChange, RowChange


def changes_of(version: Version, before: Version, library: Library) -> Changes:
    """What a version changed; rows are told apart by its own key column."""
    work = partial(_compare, version, before, library)
    return library.once(f"list changes {before.id} {version.id}", work)


def _compare(version: Version, before: Version, library: Library) -> Changes:
    return compare(table_of(before, library), table_of(version, library), version.record.key)


def in_words(changes: Changes) -> str:
    """新增 2 项，取消 1 项，变更 3 项."""
    counts = (
        ("新增", len(changes.added)),
        ("取消", len(changes.removed)),
        ("变更", len(changes.changed)),
    )
    said = [f"{word} {count} 项" for word, count in counts if count]
    if changes.columns_added:
        said.append(f"增加{_quoted(changes.columns_added)}列")
    if changes.columns_removed:
        said.append(f"减少{_quoted(changes.columns_removed)}列")
    return "，".join(said) or "各项内容没有变化"


def _quoted(names: tuple[str, ...]) -> str:
    return "".join(f"“{name}”" for name in names)


def row_changes(changes: Changes, table: Table, key: str) -> Iterator[RowChange]:
    """Every changed row, with its cells before and after."""
    name = name_column(table, key)
    for changed in changes.changed:
        yield RowChange(
            table.cell(changed.new, key),
            table.cell(changed.new, name) if name != key else "",
            tuple(CellChange(c, *pieces(before, after)) for c, before, after in changed.cells),
        )


def name_column(table: Table, key: str) -> str:
    """The column that names a row in words: the first whose name ends in 名称, or else the key."""
    named = (name for name in table.header if name.endswith("名称"))
    return key if key.endswith("名称") else next(named, key)
