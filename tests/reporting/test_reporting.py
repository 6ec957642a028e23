"""`make report`: printed for people, written for spreadsheets, never where the site lies."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import openpyxl
import pytest

from plugins import reporting
from plugins.checking import check_content
from plugins.features import REPORTS
from plugins.folders import write_whole
from plugins.outputs import Report
from plugins.reporting import SHOWN, reports_of, summary, verdict
from tests.county import POLICY, SOUND, settings, write_county


def options(tmp_path: Path, **more: Path) -> argparse.Namespace:
    given = {
        "content": tmp_path / "content",
        "output": tmp_path / "output",
        "cache": tmp_path / ".cache",
        "report": tmp_path / "report",
    }
    return argparse.Namespace(build_date="2021-12-31", period="", **(given | more))


def test_every_report_is_printed_and_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_county(tmp_path / "content")

    assert reporting.command(options(tmp_path)) == 0

    printed = capsys.readouterr().out
    assert "【栏目更新情况】" in printed
    assert "行需要处理" in printed
    data = (tmp_path / "report/freshness.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines()))
    assert rows[0][:4] == ["栏目", "上级栏目", "责任单位", "状态"]
    assert len({len(row) for row in rows}) == 1
    sheet = openpyxl.load_workbook(tmp_path / "report/freshness.xlsx").worksheets[0]
    written = list(sheet.iter_rows(values_only=True))
    assert written[0][0] == "栏目更新情况"
    assert "更新时限" in str(written[1][0])
    assert [[cell or "" for cell in row] for row in written[2:]] == rows
    assert not list((tmp_path / "report").glob(".*"))


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    write_county(tmp_path / "content")

    reporting.command(options(tmp_path))
    first = {p.name: p.read_bytes() for p in (tmp_path / "report").iterdir()}
    reporting.command(options(tmp_path))

    assert {p.name: p.read_bytes() for p in (tmp_path / "report").iterdir()} == first


@pytest.mark.parametrize("inside", ["output", "output/x", "content/reports"])
def test_a_report_is_never_written_where_it_could_be_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], inside: str
) -> None:
    write_county(tmp_path / "content")

    assert reporting.command(options(tmp_path, report=tmp_path / inside)) == 1
    assert "不对外公开" in capsys.readouterr().err
    assert [path.name for path in tmp_path.rglob("*.csv")] == ["columns.csv"]


def test_content_with_errors_gives_no_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = POLICY.replace("kind: 通知", "kind: 通之")
    write_county(tmp_path / "content", SOUND | {"policies/2021/2021-005.md": wrong})

    assert reporting.command(options(tmp_path)) == 1
    assert "先改好再出报告" in capsys.readouterr().err
    assert not (tmp_path / "report").exists()


def test_a_folder_that_cannot_be_written_is_told_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_county(tmp_path / "content")
    (tmp_path / "report").write_text("a file", "utf-8")

    assert reporting.command(options(tmp_path)) == 1
    assert "不能读写" in capsys.readouterr().err


def test_a_file_is_replaced_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "late.csv"
    write_whole(file, b"old")

    def full(self: Path, data: bytes) -> int:
        with self.open("wb") as stream:
            stream.write(data[:1])
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(file, b"new")

    assert file.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["late.csv"]


def test_only_the_rows_to_act_on_are_printed_and_not_all_of_many() -> None:
    rows = tuple((f"第{n}份", "") for n in range(SHOWN + 10))
    many = Report("late", "迟到的文件", "按工作日计。", ("文件", "说明"), rows, SHOWN + 5)

    printed = summary(many, [Path("late.csv"), Path("late.xlsx")])

    assert f"第{SHOWN - 1}份" in printed
    assert f"第{SHOWN}份" not in printed
    assert "……另有 5 行" in printed
    assert printed.endswith("全文：late.csv、late.xlsx")
    assert "说明" not in printed  # nothing stands in that column
    assert verdict(many) == f"共 {SHOWN + 10} 行，{SHOWN + 5} 行需要处理。"


def test_a_report_without_findings_says_so() -> None:
    assert "没有需要处理的" in summary(Report("late", "迟到", "。", ("文件",), (), 0), [Path("x")])


def test_every_report_has_a_name_of_its_own_and_rows_as_wide_as_its_header(tmp_path: Path) -> None:
    public = check_content(write_county(tmp_path / "content"), settings()).public
    made = list(reports_of(public, settings(), REPORTS))

    assert len({report.name for report in made}) == len(made)
    for report in made:
        assert all(len(row) == len(report.header) for row in report.rows), report.name
        assert 0 <= report.findings <= len(report.rows)
