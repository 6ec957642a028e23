"""`make circular`: the table of the 通报 on paper, and never where the site lies."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest
from pypdf import PdfReader

from plugins import circulating, submissions
from plugins.checking import check_content
from tests.county import SOUND, settings, write_county
from tests.submissions.registers import LIAISON, SUBMISSION, registers


def options(tmp_path: Path, **more: Path) -> Namespace:
    folders = {name: tmp_path / name for name in ("content", "output", "cache", "report")}
    return Namespace(build_date="2021-12-31", period="2021", **(folders | more))


def test_the_pdf_has_every_cell_of_the_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = write_county(tmp_path / "content", registers([LIAISON], [SUBMISSION]))

    assert circulating.command(options(tmp_path)) == 0

    file = tmp_path / "report/gazette-circular-2021.pdf"
    assert str(file) in capsys.readouterr().out
    pages = [page.extract_text() for page in PdfReader(file).pages]
    text = "".join("".join(pages).split())
    report = next(submissions.reports(check_content(content, settings()).public, settings()))
    for row in (report.header, *report.rows):
        assert all("".join(cell.split()) in text for cell in row)
    assert not list((tmp_path / "report").glob(".*"))


def test_without_a_register_there_is_no_circular(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_county(tmp_path / "content", SOUND)

    assert circulating.command(options(tmp_path)) == 1

    assert "没有报送台账" in capsys.readouterr().err
    assert not (tmp_path / "report").exists()


def test_it_is_not_written_where_the_site_lies(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_county(tmp_path / "content", registers([LIAISON], [SUBMISSION]))

    assert circulating.command(options(tmp_path, report=tmp_path / "output/report")) == 1

    assert "它不对外公开" in capsys.readouterr().err
    assert not (tmp_path / "output").exists()
