"""A body is cut into clauses; not a word of it is lost."""

from __future__ import annotations

from plugins.comparisons.clauses import Clause, Text, text_of
from plugins.reading.markup import read_body


def _text(source: str) -> Text:
    body, problems = read_body("content/policies/2021/a.md", "policies/2021/a", source, 1)
    assert problems == []
    return text_of(body)


def test_what_follows_an_article_belongs_to_it() -> None:
    text = _text(
        "## 第一章 总则\n\n第一条 有下列情形的：\n\n（一）甲；\n\n（二）乙。\n\n第二条 丙。"
    )

    assert text == Text(
        "条",
        (
            Clause("heading", "第一章 ", "总则"),
            Clause("clause", "第一条　", "有下列情形的：\n（一）甲；\n（二）乙。"),
            Clause("clause", "第二条　", "丙。"),
        ),
    )


def test_without_articles_each_paragraph_item_and_row_is_one() -> None:
    text = _text(
        "## 一、任务\n\n甲办。\n\n- 乙办\n- 丙办\n\n| 事 | 谁 |\n| --- | --- |\n| 丁 | 戊 |"
    )

    assert text == Text(
        "段",
        (
            Clause("heading", "一、", "任务"),
            Clause("clause", "", "甲办。"),
            Clause("clause", "", "乙办"),
            Clause("clause", "", "丙办"),
            Clause("clause", "", "事｜谁"),
            Clause("clause", "", "丁｜戊"),
        ),
    )


def test_paragraphs_in_a_cell_and_lists_in_lists_lose_no_word() -> None:
    table = "<table>\n<tr><td><p>甲</p><p>乙</p>丙</td><td>丁</td></tr>\n</table>"
    text = _text(f"{table}\n\n- 戊\n    - 己\n- 庚")

    assert [clause.text for clause in text.clauses] == ["甲乙丙｜丁", "戊", "己", "庚"]


def test_address_signature_and_note_are_no_clauses() -> None:
    text = _text("各单位：\n\n做好工作。\n\n某县人民政府\n2021年7月12日\n\n（此件公开发布）")

    assert [clause.text for clause in text.clauses] == ["做好工作。"]


def test_a_paragraph_that_only_speaks_of_an_article_is_none() -> None:
    text = _text("第五条规定的期限不变。")

    assert text == Text("段", (Clause("clause", "", "第五条规定的期限不变。"),))


def test_a_decimal_number_is_no_label() -> None:
    assert _text("3.5吨以上的车辆。").clauses == (Clause("clause", "", "3.5吨以上的车辆。"),)
