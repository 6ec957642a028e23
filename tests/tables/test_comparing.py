from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugins.reading.table import Row, Table
from plugins.tables import compare

CELLS = st.sampled_from(["", "一", "二", "三"])
ROWS = st.dictionaries(st.sampled_from("ABCDEF"), st.tuples(CELLS, CELLS), max_size=6)


def table(rows: dict[str, tuple[str, str]]) -> Table:
    found = tuple(Row(line, (key, *cells)) for line, (key, cells) in enumerate(rows.items(), 2))
    return Table("lists/a.csv", ("编号", "名称", "依据"), found)


def test_rows_are_told_apart_by_their_key_and_not_by_their_place() -> None:
    old = table({"A": ("许可", "法一"), "B": ("处罚", "法二")})
    new = table({"C": ("检查", "法三"), "A": ("许可", "法四")})

    changes = compare(old, new, "编号")

    assert [row.cells[0] for row in changes.added] == ["C"]
    assert [row.cells[0] for row in changes.removed] == ["B"]
    assert [change.cells for change in changes.changed] == [(("依据", "法一", "法四"),)]
    assert changes.same == 0


def test_a_new_column_is_told_once_and_not_for_every_row() -> None:
    old = table({"A": ("许可", "法一")})
    new = Table("b.csv", ("编号", "名称", "依据", "备注"), (Row(2, ("A", "许可", "法一", "新")),))

    changes = compare(old, new, "编号")

    assert changes.columns_added == ("备注",)
    assert not changes.changed
    assert changes.same == 1


def test_a_table_does_not_differ_from_itself() -> None:
    same = table({"A": ("许可", "法一"), "": ("无编号", "")})

    assert compare(same, same, "编号").none


@given(ROWS, ROWS)
def test_what_is_told_leads_from_the_old_rows_to_the_new(
    before: dict[str, tuple[str, str]], after: dict[str, tuple[str, str]]
) -> None:
    old, new = table(before), table(after)

    changes = compare(old, new, "编号")
    rebuilt = {row.cells[0]: list(row.cells[1:]) for row in old.rows}
    for row in changes.removed:
        del rebuilt[row.cells[0]]
    for change in changes.changed:
        for name, was, now in change.cells:
            place = new.places[name] - 1
            assert rebuilt[change.new.cells[0]][place] == was
            rebuilt[change.new.cells[0]][place] = now
    for row in changes.added:
        rebuilt[row.cells[0]] = list(row.cells[1:])

    assert rebuilt == {key: list(cells) for key, cells in after.items()}
