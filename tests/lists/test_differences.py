"""What is shown of two versions leads from the one to the other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugins.lists.differences import in_words, name_column, row_changes
from plugins.reading.table import Row, Table
from plugins.tables import compare, pieces
from plugins.views import Piece

COLUMNS = ("编号", "名称", "依据")
TEXT = st.text("甲乙丙丁《》一二，", max_size=12)
ROWS = st.dictionaries(st.sampled_from([f"A-{n}" for n in range(8)]), st.tuples(TEXT, TEXT))


def table(rows: dict[str, tuple[str, str]]) -> Table:
    cells = [(code, *rest) for code, rest in rows.items()]
    return Table("t.csv", COLUMNS, tuple(Row(n, c) for n, c in enumerate(cells, 2)))


def joined(text: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in text)


@given(ROWS, ROWS)
def test_applied_to_the_old_version_what_is_shown_gives_the_new_one(
    before: dict[str, tuple[str, str]], after: dict[str, tuple[str, str]]
) -> None:
    old, new = table(before), table(after)
    changes = compare(old, new, "编号")
    shown = {code: dict(zip(COLUMNS, (code, *rest), strict=True)) for code, rest in before.items()}

    for row in changes.removed:
        assert tuple(shown.pop(row.cells[0]).values()) == row.cells
    for change in row_changes(changes, new, "编号"):
        for cell in change.cells:
            assert shown[change.code][cell.column] == joined(cell.before)
            shown[change.code][cell.column] = joined(cell.after)
    for row in changes.added:
        shown[row.cells[0]] = dict(zip(COLUMNS, row.cells, strict=True))

    assert shown == {
        code: dict(zip(COLUMNS, (code, *rest), strict=True)) for code, rest in after.items()
    }


@given(TEXT, TEXT)
def test_what_is_not_marked_is_the_same_on_both_sides(before: str, after: str) -> None:
    old, new = pieces(before, after)

    assert (joined(old), joined(new)) == (before, after)
    kept = [[piece.text for piece in side if not piece.differs] for side in (old, new)]
    assert kept[0] == kept[1]


def test_a_small_change_in_a_long_text_is_marked_alone() -> None:
    old, new = pieces("《安全生产法》第五十九条", "《安全生产法》第六十二条")

    assert [p.text for p in old if p.differs] == ["五十九"]
    assert [p.text for p in new if p.differs] == ["六十二"]


def test_texts_that_have_little_in_common_are_marked_whole() -> None:
    assert pieces("甲乙丙丁", "子丑寅丁") == (
        (Piece("甲乙丙丁", differs=True),),
        (Piece("子丑寅丁", differs=True),),
    )


def test_new_and_dropped_columns_are_told_in_words() -> None:
    old = Table("t.csv", ("编号", "甲"), (Row(2, ("1", "a")),))
    new = Table("t.csv", ("编号", "乙"), (Row(2, ("1", "b")),))

    assert in_words(compare(old, new, "编号")) == "增加“乙”列，减少“甲”列"
    assert in_words(compare(old, old, "编号")) == "各项内容没有变化"


def test_a_row_is_named_by_its_name_or_else_by_its_key() -> None:
    assert name_column(Table("t.csv", ("职权编码", "职权名称"), ()), "职权编码") == "职权名称"
    assert name_column(Table("t.csv", ("项目类别名称", "项目名称"), ()), "项目名称") == "项目名称"
    assert name_column(Table("t.csv", ("收费项目", "标准"), ()), "收费项目") == "收费项目"
