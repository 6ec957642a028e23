"""What of a document's Markdown may travel: no more than its page shows, and all of that."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.problems import Severity
from plugins.reading.markup import read_body
from plugins.reading.sheet import Body
from tests.county import ROOT

CANARY = "金丝雀"
CELLS = "<tr><td>居民</td><td>100升</td></tr>"
FILES = sorted((ROOT / "content").rglob("*.md"))


def _read(source: str, document_id: str = "policies/2021/2021-005") -> Body:
    return read_body("x.md", document_id, source, 1)[0]


@pytest.mark.parametrize(
    "hidden",
    [
        f"<!-- {CANARY} -->",
        f"<!--\n{CANARY}\n\n-->",
        f"<!-- {CANARY}",
        f"<table><!-- {CANARY} -->{CELLS}</table>",
        f'<table title="{CANARY}">{CELLS}</table>',
        f"<table>{CELLS}<?{CANARY}?></table>",
        f"<table>{CELLS}<!doctype {CANARY}></table>",
        f"<table>{CELLS}<![CDATA[{CANARY}]]></table>",
        f"<table><tr><td>居民</td {CANARY}><td>100升</td></tr></table>",
        f'<table><tr><td onclick="{CANARY}">居民</td><td>100升</td></tr></table>',
    ],
)
def test_what_the_page_hides_is_not_in_what_may_travel(hidden: str) -> None:
    source = f"居民用水要节约。\n\n{hidden}\n\n"

    shown = _read(source).markdown

    assert CANARY in source
    assert CANARY not in shown
    assert "居民用水要节约。" in shown


def test_a_cell_beyond_the_last_column_is_told_for_no_page_would_show_it() -> None:
    table = f"| 类别 | 定额 |\n| --- | --- |\n| 居民 | 100升 |\n| 学校 | 20升 | {CANARY} |\n"

    _, problems = read_body("x.md", "policies/2021/2021-005", f"定额如下。\n\n{table}", 11)

    assert [(p.mark.line, p.message, p.severity) for p in problems] == [
        (16, "表格这一行有 3 格，表头只有 2 格", Severity.ERROR)
    ]


def test_an_empty_cell_at_the_end_of_a_row_is_no_fault() -> None:
    table = "| 类别 | 定额 |\n| --- | --- |\n| 居民 | 100升 | |\n"

    assert read_body("x.md", "policies/2021/2021-005", table, 1)[1] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_travels_is_read_as_what_the_page_shows(file: Path) -> None:
    document_id = file.relative_to(ROOT / "content").as_posix().removesuffix(".md")
    body = _read(file.read_text("utf-8").partition("\n---\n")[2], document_id)

    assert _read(body.markdown, document_id).html == body.html
