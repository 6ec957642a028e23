"""What differs between two versions of a table, row by row and cell by cell."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.reading.table import Row, Table


@dataclass(frozen=True)
class Changed:
    """A row that both versions have, with the columns in which it differs: name, before, after."""

    old: Row
    new: Row
    cells: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Changes:
    """All that differs between two versions; rows in the order of the version that has them.

    `columns_added` and `columns_removed` are not told again for every row.
    """

    added: tuple[Row, ...]
    removed: tuple[Row, ...]
    changed: tuple[Changed, ...]
    columns_added: tuple[str, ...]
    columns_removed: tuple[str, ...]
    same: int
    """How many rows are alike in all columns that both versions have."""

    @property
    def none(self) -> bool:
        """Whether the two versions say the same."""
        return not (
            self.added or self.removed or self.changed or self.columns_added or self.columns_removed
        )


def compare(old: Table, new: Table, key: str) -> Changes:
    """Compare two versions whose rows are told apart by the column `key`.

    A row without a key is its own; of rows with one key, the last counts (checks refuse both).
    `key` itself is no difference, nor are columns that only one version has.
    """
    before = {_key(old, row, key): row for row in old.rows}
    after = {_key(new, row, key): row for row in new.rows}
    both = [name for name in new.header if name in old.places and name != key]
    changed = []
    for name, row in after.items():
        if name in before and (cells := _cells(old, before[name], new, row, both)):
            changed.append(Changed(before[name], row, cells))
    shared = sum(name in before for name in after)
    return Changes(
        added=tuple(row for name, row in after.items() if name not in before),
        removed=tuple(row for name, row in before.items() if name not in after),
        changed=tuple(changed),
        columns_added=tuple(name for name in new.header if name not in old.places),
        columns_removed=tuple(name for name in old.header if name not in new.places),
        same=shared - len(changed),
    )


def _key(table: Table, row: Row, key: str) -> tuple[str, ...]:
    return (name,) if (name := table.cell(row, key)) else ("", *row.cells)


def _cells(
    old: Table, before: Row, new: Table, after: Row, columns: list[str]
) -> tuple[tuple[str, str, str], ...]:
    pairs = ((name, old.cell(before, name), new.cell(after, name)) for name in columns)
    return tuple((name, was, now) for name, was, now in pairs if was != now)
