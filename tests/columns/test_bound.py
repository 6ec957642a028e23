"""A column takes what is published under rows of the standard catalog, and says how they stand."""

from __future__ import annotations

from pathlib import Path

from plugins.checking import check_content
from plugins.columns.bound import report
from tests.building import richer
from tests.county import build, settings, write_county


def county(folder: Path, taken: str) -> Path:
    files = richer.files()
    files["columns.csv"] = f"编号,名称,收录\nlaw,执法信息,{taken}\nother-law,别的,公示\n"
    return write_county(folder / "content", files)


def test_a_column_takes_the_documents_of_an_area_or_of_one_row(tmp_path: Path) -> None:
    for number, taken in enumerate(("安全生产", "safety-001")):
        folder = tmp_path / str(number)
        build(county(folder, taken), folder / "output")

        page = (folder / "output/columns/law/index.html").read_text("utf-8")
        assert 'policies/2021/2021-005/"' in page
        assert ("1 项中已公开 1 项" in page) == (taken == "safety-001")
        assert ("2 项中已公开 2 项" in page) == (taken == "安全生产")
        other = (folder / "output/columns/other-law/index.html").read_text("utf-8")
        assert "目录事项" not in other


def test_the_report_lists_every_row_those_without_a_document_first(tmp_path: Path) -> None:
    content = county(tmp_path, "安全生产")
    table = content / "catalog/safety/2021-01.csv"
    table.write_text(table.read_text("utf-8") + richer.catalog_row("safety-004", "检查"), "utf-8")

    (made,) = report(check_content(content, settings()).public, settings())

    assert [(row[3], row[5]) for row in made.rows] == [
        ("safety-004", "没有公开"), ("safety-001", "已公开"), ("safety-002", "已公开"),
    ]  # fmt: skip
    assert made.findings == 1


def test_a_row_that_no_catalog_has_is_an_error(tmp_path: Path) -> None:
    problems = check_content(county(tmp_path, "safety-001、safety-012"), settings()).errors

    (problem,) = (p for p in problems if "标准目录" in p.message)
    assert (problem.path, problem.mark.line) == ("content/columns.csv", 2)
    assert problem.message == "标准目录里没有“safety-012”"
    assert "safety-00" in problem.remedy
