"""联络员登记表: one in office for each unit that issues papers, with an office phone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from plugins.records.registers import Liaison
from tests.county import SOUND
from tests.submissions.registers import LIAISON, OFFICE, Cells, problems_of, register, told


def said(folder: Path, *rows: Cells, day: str = "2021-12-31") -> list[tuple[int, str, str, str]]:
    files = SOUND | register(Liaison, *rows)
    return told(problems_of(folder, files, datetime.fromisoformat(f"{day} 12:00")))


def test_a_unit_with_one_liaison_brings_no_problem(tmp_path: Path) -> None:
    assert said(tmp_path, LIAISON) == []


def test_a_county_without_a_register_is_asked_nothing(tmp_path: Path) -> None:
    assert problems_of(tmp_path, SOUND) == []


def test_a_unit_that_issues_papers_and_has_none_is_named(tmp_path: Path) -> None:
    assert said(tmp_path) == [(1, "单位", "提醒", f"“{OFFICE}”发过文件，没有登记联络员")]


@pytest.mark.parametrize(
    ("day", "lines"),
    [
        ("2021-12-31", [2]),  # the first begins tomorrow
        ("2022-01-01", []),
        ("2022-02-28", []),
        ("2022-03-01", [2]),  # and has ended on this day
    ],
)
def test_a_liaison_serves_from_the_first_day_to_the_eve_of_the_last(
    tmp_path: Path, day: str, lines: list[int]
) -> None:
    row = LIAISON | {"启用日期": "2022-01-01", "停用日期": "2022-03-01"}

    found = said(tmp_path, row, day=day)

    expected = (2, "单位", "提醒", f"“{OFFICE}”现在没有在任的联络员")
    assert found == [expected for _ in lines]


def test_two_at_once_are_an_error_and_one_after_the_other_are_not(tmp_path: Path) -> None:
    second = LIAISON | {"姓名": "示例二", "启用日期": "2021-06-01"}
    both = said(tmp_path / "both", LIAISON, second)
    after = said(tmp_path / "after", LIAISON | {"停用日期": "2021-06-01"}, second)

    assert both == [(3, "单位", "错误", f"“{OFFICE}”有两位在任的联络员（第 2 行已有）")]
    assert after == []


def test_a_unit_that_is_no_organ_is_told_once_with_its_lines_and_a_near_name(
    tmp_path: Path,
) -> None:
    wrong = LIAISON | {"单位": "某县人民政府办公厅"}
    ended = wrong | {"停用日期": "2021-02-01"}
    problems = problems_of(tmp_path, SOUND | register(Liaison, LIAISON, ended, wrong))

    assert told(problems) == [
        (3, "单位", "错误", "没有名为“某县人民政府办公厅”的机构（第 3、4 行）")
    ]
    assert problems[0].remedy == f"是不是想写：{OFFICE}"


def test_nothing_is_said_of_units_while_a_file_of_organs_has_errors(tmp_path: Path) -> None:
    broken = {"organs/office.md": SOUND["organs/office.md"].replace("kind:", "kin:")}
    problems = problems_of(tmp_path, SOUND | broken | register(Liaison, LIAISON))

    assert not [p for p in problems if "liaisons" in p.path]


def test_the_days_of_a_liaison_stand_in_order(tmp_path: Path) -> None:
    row = LIAISON | {"停用日期": "2020-12-31"}

    assert (2, "停用日期", "错误", "2020-12-31 早于启用日期 2021-01-04") in said(tmp_path, row)


@pytest.mark.parametrize(
    "phone", ["0357-2000001", "2000001", "010-66000000", "0357-2000001-8012", "0357-2000001转802"]
)
def test_landlines_are_office_phones(tmp_path: Path, phone: str) -> None:
    assert said(tmp_path, LIAISON | {"办公电话": phone}) == []


@pytest.mark.parametrize(
    "phone",
    ["13900000000", "+86 139-0000-0000", "１３９００００００００", "139 0000 0000"],
)
def test_a_mobile_is_an_error_that_does_not_repeat_it(tmp_path: Path, phone: str) -> None:
    allowed = {"privacy_allowlist.yaml": '- value: "13900000000"\n  reason: 联络员的手机\n'}
    problems = problems_of(
        tmp_path, SOUND | allowed | register(Liaison, LIAISON | {"办公电话": phone})
    )

    assert told(problems) == [(2, "办公电话", "错误", "这是手机号码，只登记办公电话")]
    assert "0357-2000000" in problems[0].remedy
    assert phone not in str(problems[0])


@pytest.mark.parametrize("phone", ["12345", "013900000000", "0139-00000000", "办公室", "9-1"])
def test_what_is_no_phone_is_an_error(tmp_path: Path, phone: str) -> None:
    found = said(tmp_path, LIAISON | {"办公电话": phone})

    assert found == [(2, "办公电话", "错误", "不是固定电话号码")]


def test_empty_cells_wrong_days_and_strange_columns_are_told_at_their_line(tmp_path: Path) -> None:
    rows = said(tmp_path / "rows", LIAISON | {"姓名": ""}, LIAISON | {"启用日期": "2021.1.4"})
    named = SOUND | {Liaison.file: "单位,姓名,职务,电话,启用日期\n"}

    assert rows == [
        (2, "姓名", "错误", "没有填写"),
        (3, "启用日期", "错误", "日期“2021.1.4”的写法不对"),
    ]
    assert told(problems_of(tmp_path / "names", named)) == [
        (1, "", "错误", "没有“电话”这一列"),
        (1, "", "错误", "缺少“办公电话”这一列"),
    ]
