from __future__ import annotations

from plugins.reading.table import read_table


def told(data: bytes) -> list[str]:
    return [f"{p.mark.line}:{p.message}|{p.remedy}" for p in read_table("a.csv", data).problems]


def test_a_table_knows_the_line_on_which_each_row_begins() -> None:
    table = read_table("a.csv", '\ufeff编号,名称\r\nA,"两行\r\n文字"\r\n\r\nB, 甲 ,\r\n'.encode())

    assert table.header == ("编号", "名称")
    assert [(row.line, row.cells) for row in table.rows] == [
        (2, ("A", "两行\n文字")),
        (5, ("B", "甲")),
    ]
    assert table.cell(table.rows[0], "名称") == "两行\n文字"
    assert table.cell(table.rows[0], "没有的列") == ""


def test_a_table_saved_by_excel_in_gbk_is_told_how_to_be_saved() -> None:
    said = told("编号,名称\nA,许可\n".encode("gbk"))

    what = "1:文件不是 UTF-8 编码（像是 GBK 编码）"
    remedy = "在 Excel 里“另存为”，文件类型选“CSV UTF-8（逗号分隔）”"
    assert said == [f"{what}|{remedy}"]


def test_a_cell_too_many_a_nameless_and_a_twofold_column_are_all_told() -> None:
    said = told("编号,,编号\nA,B,C,D\n".encode())

    assert [line.split("|")[0] for line in said] == [
        "1:第 2 列没有名称",
        "1:有两列都叫“编号”",
        "2:这一行有 4 格，第一行只有 3 列",
    ]


def test_an_empty_table_and_a_broken_quote_are_told() -> None:
    assert told(b"")[0].startswith("1:表格是空的")
    assert "不是 CSV 表格" in told('甲,乙\n"没有收口,1\n'.encode())[0]
