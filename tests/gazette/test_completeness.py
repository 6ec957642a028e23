"""The report on the gazette's continuity: what is here, what is missing, what is not yet done."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from plugins.checking import check_content
from plugins.digitizing import run
from plugins.gazette import reports
from plugins.outputs import Report
from tests.county import POLICY, SOUND, settings, write_county
from tests.digitizing.back_issue import asked

NORMATIVE = POLICY.replace("其他文件", "行政规范性文件").replace("5号", "{n}号")
ISSUE = """---
title: 某县人民政府公报2021年第{n}期（总第{n}期）
year: 2021
issue: "{n}"
total: {n}
published: 2021-{month}-01 09:00
contents:
  - column: 区人民政府办公室文件
    documents: [policies/2021/2021-00{n}]
omitted: []
---
"""
LATER = datetime(2022, 1, 5, 9)  # a build's moment is local


def _policy(number: int) -> dict[str, str]:
    text = NORMATIVE.replace("{n}", str(number)).replace("节水工作", f"节水工作{number}")
    return {f"policies/2021/2021-00{number}.md": text}


def _issue(number: int) -> dict[str, str]:
    text = ISSUE.replace("{n}", str(number)).replace("{month}", f"{number + 8:02d}")
    return {f"gazette/2021-0{number}.md": text}


def _report(content: Path, now: datetime = LATER) -> Report:
    (report,) = reports(check_content(content, settings(now)).public, settings(now))
    return report


def _cells(report: Report, year: str) -> dict[str, str]:
    row = next(row for row in report.rows if row[0] == year)
    return dict(zip(report.header, row, strict=True))


def test_there_is_no_report_without_a_gazette(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content", SOUND)

    assert list(reports(check_content(content, settings()).public, settings())) == []


def test_a_year_tells_its_issues_and_what_became_of_normative_papers(tmp_path: Path) -> None:
    excused = _issue(2)["gazette/2021-02.md"].replace(
        "omitted: []", "omitted:\n  - document: policies/2021/2021-003\n    reason: 另行汇编"
    )
    files = SOUND | _policy(1) | _policy(2) | _policy(3) | _policy(4) | _issue(1)
    content = write_county(tmp_path / "content", files | {"gazette/2021-02.md": excused})

    report = _report(content)

    cells = _cells(report, "2021")
    assert (cells["已有各期"], cells["总期号"]) == ("1、2", "1、2")
    assert (cells["缺的期号"], cells["缺的总期号"]) == ("", "")
    assert [cells[name] for name in ("规范性文件", "已刊登", "已说明理由")] == ["4", "2", "1"]
    assert cells["没有交代"] == "某政办发〔2021〕4号"
    assert (cells["没有定版"], cells["没有签章"]) == ("1、2", "1、2")
    assert report.findings == 1


def test_in_the_running_year_nothing_is_due_but_the_newest_may_wait(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content", SOUND | _policy(1) | _policy(4) | _issue(1))

    report = _report(content, datetime(2021, 12, 1, 9))

    assert _cells(report, "2021")["没有交代"] == "某政办发〔2021〕4号"
    assert report.findings == 0


def test_what_is_not_public_is_missing(tmp_path: Path) -> None:
    draft = _issue(2)["gazette/2021-02.md"].replace("published:", "draft: true\npublished:")
    files = SOUND | _policy(1) | _policy(2) | _policy(3) | _issue(1) | _issue(3)
    content = write_county(tmp_path / "content", files | {"gazette/2021-02.md": draft})

    cells = _cells(_report(content), "2021")

    assert (cells["缺的期号"], cells["缺的总期号"]) == ("2", "2")


def test_back_issues_and_years_between_are_told(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content", SOUND | _policy(1) | _issue(1))
    run(asked(tmp_path / "in", is_hidden=True), content)

    report = _report(content)

    old = _cells(report, "2018")
    assert (old["PDF 页码"], old["扫描件"], old["缺的总期号"]) == ("连续", "1", "1至8")
    assert (old["没有定版"], old["没有签章"]) == ("", "")
    assert _cells(report, "2019")["缺的期号"] == "全年没有"
    assert [row[0] for row in report.rows] == ["2020", "2019", "2018", "2021"]
    assert report.findings == 3
