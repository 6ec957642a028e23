"""报送台账: each row agrees with its paper and with the register of 联络员."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.checking import check_content
from plugins.library.submissions import paper_of, printed_in
from plugins.records.registers import Submission
from tests.county import POLICY, SOUND, settings, write_county
from tests.submissions.registers import (
    LIAISON,
    OFFICE,
    SUBMISSION,
    Cells,
    problems_of,
    registers,
    told,
)

ISSUE = """---
title: 某县人民政府公报2021年第{n}期（总第{n}期）
year: 2021
issue: "{n}"
total: {n}
published: 2021-0{month}-30 09:00
summary: 刊登节水工作的通知。
contents:
  - column: 区人民政府办公室文件
    documents: policies/2021/2021-005
---

刊登一件文件。
"""
TITLE = "某县人民政府办公室关于做好节水工作的通知"


def said(
    folder: Path, *rows: Cells, more: dict[str, str] | None = None
) -> list[tuple[int, str, str, str]]:
    return told(problems_of(folder, registers([LIAISON], list(rows)) | (more or {})))


def test_a_row_that_agrees_brings_no_problem(tmp_path: Path) -> None:
    assert said(tmp_path, SUBMISSION) == []


def test_a_paper_that_is_not_on_the_site_is_entered_by_its_title(tmp_path: Path) -> None:
    row = SUBMISSION | {"文件": "关于做好防汛工作的通知", "发文字号": "某政办发〔2021〕9号"}

    assert said(tmp_path, row) == []


@pytest.mark.parametrize(
    ("cells", "subject", "message"),
    [
        (
            {"发文字号": "某政办发〔2021〕6号"},
            "发文字号",
            "写的是“某政办发〔2021〕6号”，文件里是“某政办发〔2021〕5号”",
        ),
        ({"发文字号": ""}, "发文字号", "写的是“空”，文件里是“某政办发〔2021〕5号”"),
        ({"成文日期": "2021-07-11"}, "成文日期", "写的是“2021-07-11”，文件里是“2021-07-12”"),
        ({"公开属性": "依申请公开"}, "公开属性", "写的是“依申请公开”，文件里是“主动公开”"),
        (
            {"是否规范性文件": "是", "合法性审核号": "某司审〔2021〕1号"},
            "是否规范性文件",
            "与文件类别“其他文件”不符",
        ),
    ],
)
def test_a_row_that_says_other_than_its_paper_is_an_error(
    tmp_path: Path, cells: Cells, subject: str, message: str
) -> None:
    assert said(tmp_path, SUBMISSION | cells) == [(2, subject, "错误", message)]


def test_what_the_paper_does_not_say_may_stand_in_the_row_alone(tmp_path: Path) -> None:
    assert said(tmp_path, SUBMISSION | {"印发日期": "2021-07-13", "备案号": "某备1号"}) == []


@pytest.mark.parametrize(
    ("paper", "message"),
    [
        ("policies/2021/2021-099", "找不到 policies/2021/2021-099.md"),
        ("interpretations/2021/2021-001", "interpretations/2021/2021-001 不是政策文件"),
    ],
)
def test_an_id_is_that_of_a_policy(tmp_path: Path, paper: str, message: str) -> None:
    assert said(tmp_path, SUBMISSION | {"文件": paper}) == [(2, "文件", "错误", message)]


def test_nothing_is_said_of_a_paper_whose_file_has_errors(tmp_path: Path) -> None:
    broken = {"policies/2021/2021-005.md": POLICY.replace("kind: 通知", "kind: 通之")}
    problems = problems_of(tmp_path, registers([LIAISON], [SUBMISSION]) | broken)

    assert not [p for p in problems if "submissions" in p.path]


@pytest.mark.parametrize("cells", [{"文件": "节水"}, {"文件": TITLE, "发文字号": ""}])
def test_a_title_of_a_paper_that_is_on_the_site_should_be_its_id(
    tmp_path: Path, cells: Cells
) -> None:
    unnumbered = POLICY.replace("number: 某政办发〔2021〕5号\n", "")
    more = {} if "发文字号" not in cells else {"policies/2021/2021-005.md": unnumbered}
    problems = problems_of(tmp_path, registers([LIAISON], [SUBMISSION | cells]) | more)

    assert told(problems) == [(2, "文件", "提醒", "这份文件已经在网站上")]
    assert problems[0].remedy == "照此填写：policies/2021/2021-005"


def test_a_number_of_another_unit_is_another_paper(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content", SOUND)
    library = check_content(content, settings()).everything
    row = Submission.model_validate(
        {
            "unit": "某县某局", "paper": "公告", "number": "某政办发〔2021〕5号",
            "signed": "2021-07-12", "disclosure": "主动公开", "normative": "否",
            "interpretation": "无", "edition": "无",
        }
    )  # fmt: skip

    assert paper_of(row, library) is None
    assert paper_of(row.model_copy(update={"unit": OFFICE}), library) is not None


def test_one_paper_is_entered_once_whatever_it_is_called_by(tmp_path: Path) -> None:
    by_title = SUBMISSION | {"文件": "节水"}
    unknown = SUBMISSION | {"文件": "甲", "发文字号": ""}

    assert (3, "文件", "错误", "这份文件登记了两次（第 2 行已有）") in said(
        tmp_path / "known", SUBMISSION, by_title
    )
    assert said(tmp_path / "unknown", unknown, unknown | {"文件": "乙"}, unknown) == [
        (4, "文件", "错误", "这份文件登记了两次（第 2 行已有）")
    ]


@pytest.mark.parametrize(
    ("cells", "subject", "message"),
    [
        ({"报送日期": "2021-07-11"}, "报送日期", "2021-07-11 早于成文日期 2021-07-12"),
        (
            {"印发日期": "2021-07-14", "报送日期": "2021-07-13"},
            "报送日期",
            "2021-07-13 早于印发日期 2021-07-14",
        ),
        ({"印发日期": "2021-07-10"}, "印发日期", "2021-07-10 早于成文日期 2021-07-12"),
        ({"报送日期": "2022-01-01"}, "报送日期", "2022-01-01 还没有到"),
        ({"联络员": ""}, "联络员", "写了报送日期，没有写联络员"),
        ({"接收人": ""}, "接收人", "写了报送日期，没有写接收人"),
        ({"电子版": "有"}, "电子版", "“有”不在可选范围内"),
        ({"公开属性": "公开"}, "公开属性", "“公开”不在可选范围内"),
        ({"是否规范性文件": "不是"}, "是否规范性文件", "“不是”不是“是”或“否”"),
        ({"发文字号": "某政办发[2021]5号"}, "发文字号", "“某政办发[2021]5号”的写法不对"),
    ],
)
def test_cells_are_checked_by_themselves_and_against_each_other(
    tmp_path: Path, cells: Cells, subject: str, message: str
) -> None:
    assert said(tmp_path, SUBMISSION | cells) == [(2, subject, "错误", message)]


def test_a_normative_paper_without_a_review_is_a_reminder(tmp_path: Path) -> None:
    row = SUBMISSION | {"文件": "办法", "发文字号": "", "是否规范性文件": "是"}

    assert said(tmp_path, row) == [(2, "合法性审核号", "提醒", "行政规范性文件没有合法性审核号")]


def test_the_sender_is_the_liaison_of_that_day_and_is_not_named_in_the_message(
    tmp_path: Path,
) -> None:
    message = "2021-07-15 那天，登记表里这个单位没有这位联络员"
    former = LIAISON | {"停用日期": "2021-07-15"}
    present = LIAISON | {"姓名": "示例二", "启用日期": "2021-07-15"}
    files = registers([former, present], [SUBMISSION])

    assert said(tmp_path / "other", SUBMISSION | {"联络员": "示例三"}) == [
        (2, "联络员", "错误", message)
    ]
    assert told(problems_of(tmp_path / "former", files)) == [(2, "联络员", "错误", message)]
    eve = registers([former, present], [SUBMISSION | {"报送日期": "2021-07-14"}])
    assert problems_of(tmp_path / "eve", eve) == []


def test_a_term_in_a_year_that_nobody_arranged_is_told_and_not_guessed(tmp_path: Path) -> None:
    row = SUBMISSION | {
        "文件": "旧文", "发文字号": "", "成文日期": "1998-03-02", "报送日期": "",
    }  # fmt: skip

    assert said(tmp_path, row) == [
        (2, "成文日期", "提醒", "不知道 1998 年的节假日安排，算不出报送期限")
    ]


def test_what_is_printed_needs_no_reason_why_not(tmp_path: Path) -> None:
    row = SUBMISSION | {"未刊登原因": "篇幅过长"}
    issue = {"gazette/2021-01.md": ISSUE.format(n=1, month=8)}
    message = "已经刊登在2021年第1期（总第1期），又写了未刊登原因"

    assert said(tmp_path / "waiting", row) == []
    assert (2, "未刊登原因", "提醒", message) in said(tmp_path / "printed", row, more=issue)


def test_printed_in_names_the_issues_and_else_what_the_paper_says(tmp_path: Path) -> None:
    own = POLICY.replace("---\n\n各乡", 'gazette:\n  year: "2020"\n  issue: "3"\n---\n\n各乡')
    issues = {f"gazette/2021-0{n}.md": ISSUE.format(n=n, month=n + 7) for n in (1, 2)}

    def printed(name: str, more: dict[str, str]) -> tuple[str, ...]:
        content = write_county(tmp_path / name, SOUND | more)
        public = check_content(content, settings()).public
        return printed_in(public, "policies/2021/2021-005")

    assert printed("none", {}) == ()
    assert printed("own", {"policies/2021/2021-005.md": own}) == ("2020年第3期",)
    assert printed("issues", issues) == ("2021年第1期（总第1期）", "2021年第2期（总第2期）")
