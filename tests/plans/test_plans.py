"""All plans stand in one table; what is missing is stated, not hidden."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from plugins import plans
from plugins.checking import check_content
from plugins.problems import Severity
from tests.county import SOUND, build, settings, write_county

PLAN = """---
title: 某县第十四个五年规划纲要
published: 2021-07-05 09:30
disclosure: 主动公开
issuer: 某县人民政府办公室
number: 某政办发〔2021〕8号
period: 十四五
kind: 纲要
level: 区级
signed: 2021-06-30
starts: 2021-01-01
ends: 2025-12-31
summary: 五年规划。
---

## 一、目标

稳步发展。
"""
OLD = (
    PLAN.replace("十四五", "十三五")
    .replace("十四个", "十三个")
    .replace("〔2021〕8号", "〔2016〕8号")
    .replace("2021-", "2016-")
    .replace("2025-", "2020-")
)
LOWER = PLAN.replace("8号", "9号").replace("五年规划纲要", "五年水利规划")
LOWER = LOWER.replace("kind: 纲要", "kind: 专项规划\nparent: plans/2021/2021-001")
FILES = SOUND | {
    "plans/2016/2016-001.md": OLD,
    "plans/2021/2021-001.md": PLAN.replace(
        "signed:", "replaces: plans/2016/2016-001\nattachments: [map.csv]\nsigned:"
    ),
    "plans/2021/2021-002.md": LOWER,
    "plans/2021/map.csv": "图,名\n1,总图\n",
}
PERIODS = """- name: 十三五
  key: period-13
  note: 2016—2020年
  gaps:
    - kind: 专项规划
      state: 未查到
      reason: 档案中没有查到。
    - state: 正在收集整理
      reason: 正在扫描。
- name: 十四五
  key: period-14
  note: 2021—2025年
  gaps:
    - state: 没有编制
      reason: 没有这一类。
"""
ENTRY = {
    "type": "object",
    "required": ["id", "title", "url", "period", "kind", "level", "issuer", "status", "files"],
    "properties": {
        "url": {"type": "string", "pattern": "^https://"},
        "signed": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "status": {"enum": ["尚未开始", "规划期内", "规划期已满", "未注明规划期"]},
        "files": {
            "type": "array",
            "items": {"type": "object", "required": ["title", "url", "bytes"]},
        },
    },
}
SCHEMA = {
    "type": "object",
    "required": ["plans", "gaps"],
    "properties": {"plans": {"type": "array", "items": ENTRY}, "gaps": {"type": "array"}},
}


def _county(folder: Path, files: dict[str, str] = FILES, periods: str = PERIODS) -> Path:
    content = write_county(folder / "content", files)
    (content / "vocabularies/plan_periods.yaml").write_text(periods, "utf-8")
    return content


def _site(folder: Path, files: dict[str, str] = FILES, periods: str = PERIODS) -> Path:
    build(_county(folder, files, periods), folder / "output")
    return folder / "output/plans"


def _told(folder: Path, files: dict[str, str] = FILES, periods: str = PERIODS) -> list[str]:
    checked = check_content(_county(folder, files, periods), settings())
    return [str(problem) for problem in checked.problems]


def test_the_table_names_the_plans_and_states_the_gaps(tmp_path: Path) -> None:
    page = (_site(tmp_path) / "index.html").read_text("utf-8")
    rows = re.findall(r'<th scope="row">.*?</tr>', page, re.DOTALL)

    assert [re.findall(r"十.五", row)[0] for row in rows] == ["十四五", "十三五"]
    assert "plans/2021/2021-001/" in rows[0]
    assert 'colspan="2"' in rows[0]  # 区域规划 and 年度计划, for one reason
    assert "<b>未查到</b>：档案中没有查到。" in rows[1]
    assert "<b>正在收集整理</b>：正在扫描。" in rows[1]


def test_a_period_without_any_plan_takes_the_whole_row(tmp_path: Path) -> None:
    gap = "- {name: 一五, key: period-01, gaps: [{state: 未查到, reason: 没有查到。}]}\n"

    page = (_site(tmp_path, periods=gap + PERIODS) / "index.html").read_text("utf-8")

    assert 'colspan="5" data-kinds="纲要、国土空间规划、专项规划、区域规划、年度计划"' in page
    assert (tmp_path / "output/plans/period/period-01/index.html").exists()


def test_each_period_has_a_page_with_its_kinds(tmp_path: Path) -> None:
    page = (_site(tmp_path) / "period/period-13/index.html").read_text("utf-8")

    assert "plans/2016/2016-001/" in page
    assert 'id="special"' in page
    assert "档案中没有查到。" in page


def test_a_kind_of_many_plans_has_a_list_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans, "HEAD", 1)
    monkeypatch.setattr(plans, "IN_CELL", 1)
    more = FILES | {"plans/2021/2021-003.md": LOWER.replace("9号", "10号")}

    site = _site(tmp_path, more)

    assert ">全部2件<" in (site / "index.html").read_text("utf-8")
    assert ">专项规划全部2件<" in (site / "period/period-14/index.html").read_text("utf-8")
    whole = (site / "period/period-14/special/index.html").read_text("utf-8")
    assert whole.count('class="card"') == 2


def test_the_lists_that_were_there_before_are_there_still(tmp_path: Path) -> None:
    site = _site(tmp_path)

    for name in ("2021", "2021/07", "kind/outline", "level/district", "issuer/office"):
        assert (site / name / "index.html").exists()


def test_the_portal_is_given_every_plan(tmp_path: Path) -> None:
    data = json.loads((_site(tmp_path) / "plans.json").read_text("utf-8"))
    Draft202012Validator(SCHEMA).validate(data)
    by_id = {plan["id"]: plan for plan in data["plans"]}

    first = by_id["plans/2021/2021-001"]
    assert first["replaces"] == "plans/2016/2016-001"
    assert first["status"] == "规划期内"
    assert first["files"] == [
        {
            "title": "map.csv",
            "url": "https://www.example.gov.cn/plans/2021/2021-001/map.csv",
            "bytes": len("图,名\n1,总图\n".encode()),
        }
    ]
    assert by_id["plans/2021/2021-002"]["parent"] == "plans/2021/2021-001"
    assert by_id["plans/2016/2016-001"]["status"] == "规划期已满"
    assert {"period": "十三五", "kind": "专项规划"}.items() <= data["gaps"][1].items()


@pytest.mark.parametrize(
    ("now", "status"),
    [
        (datetime(2020, 12, 31, 23, 59), "尚未开始"),
        (datetime(2025, 12, 31, 23, 59), "规划期内"),
        (datetime(2026, 1, 1, 0, 0), "规划期已满"),
    ],
)
def test_a_plan_runs_from_its_first_day_to_the_end_of_its_last(
    tmp_path: Path, now: datetime, status: str
) -> None:
    checked = check_content(_county(tmp_path), settings())
    plan = next(d for d in checked.everything if d.id == "plans/2021/2021-001")

    assert plans.status_of(plan.record, settings(now)) == status  # type: ignore[arg-type]


def test_a_plans_page_shows_the_tree_and_the_line_of_plans(tmp_path: Path) -> None:
    site = _site(tmp_path)
    upper = (site / "2021/2021-001/index.html").read_text("utf-8")
    lower = (site / "2021/2021-002/index.html").read_text("utf-8")
    old = (site / "2016/2016-001/index.html").read_text("utf-8")

    for page in (upper, lower):
        tree = page[page.index('id="tree"') :]
        assert tree.index("规划纲要</") < tree.index("水利规划</")
        assert tree.count('aria-current="page"') == 1
    assert 'id="tree"' not in old
    for page in (upper, old):
        line = page[page.index('id="succession"') :]
        assert line.index("十三五") < line.index("十四五")


def test_a_whole_library_of_plans_has_nothing_to_mend(tmp_path: Path) -> None:
    assert _told(tmp_path) == []


def test_a_period_without_plan_or_gap_is_told_at_its_line(tmp_path: Path) -> None:
    bare = PERIODS + "- name: 十五五\n  key: period-15\n"

    checked = check_content(_county(tmp_path, periods=bare), settings())

    assert [(p.mark.line, p.severity) for p in checked.problems] == [(16, Severity.REMINDER)]
    assert checked.problems[0].message == "“十五五”没有一件规划，也没有说明"


def test_a_county_without_plans_is_not_asked_for_any(tmp_path: Path) -> None:
    assert _told(tmp_path, SOUND, "- name: 一五\n  key: period-01\n") == []


def test_a_gap_that_was_filled_is_told(tmp_path: Path) -> None:
    stale = PERIODS.replace("kind: 专项规划", "kind: 纲要")

    assert "已经有纲要，说明与实际不符" in _told(tmp_path, periods=stale)[0]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("state: 未查到", "state: 没查到", "plan_periods.yaml:6:14: 错误：“没查到”不在可选范围内"),
        ("kind: 专项规划", "kind: 专项", "plan_periods.yaml:5:1: 错误：没有“专项”这一规划类别"),
        ("      reason: 正在扫描。\n", "", "缺少 reason"),
    ],
)
def test_a_slip_in_a_gap_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert told in "\n".join(_told(tmp_path, periods=PERIODS.replace(old, new)))


def test_only_periods_have_gaps(tmp_path: Path) -> None:
    content = _county(tmp_path)
    kinds = content / "vocabularies/plan_kinds.yaml"
    text = kinds.read_text("utf-8").replace("key: outline", "key: outline\n  gaps: []")
    kinds.write_text(text, "utf-8")

    assert any("没有“gaps”这一项" in str(p) for p in check_content(content, settings()).problems)


def test_an_upper_plan_of_a_lower_level_is_told(tmp_path: Path) -> None:
    wrong = FILES["plans/2021/2021-001.md"].replace("level: 区级", "level: 乡级")

    told = "\n".join(_told(tmp_path, FILES | {"plans/2021/2021-001.md": wrong}))

    assert "错误：上位规划（parent）：上位规划 plans/2021/2021-001 是乡级，比本规划的区级低" in told


def test_a_plan_does_not_follow_a_later_one_or_one_of_another_kind(tmp_path: Path) -> None:
    wrong = OLD.replace("signed:", "replaces: plans/2021/2021-002\nsigned:")

    told = "\n".join(_told(tmp_path, FILES | {"plans/2016/2016-001.md": wrong}))

    assert "接续的规划 plans/2021/2021-002 是“十四五”的，比本规划的“十三五”晚" in told
    assert (
        "提醒：接续的规划（replaces）：接续的规划 plans/2021/2021-002 的规划类别是“专项规划”"
        in told
    )


def test_plans_that_follow_each_other_in_a_ring_are_told(tmp_path: Path) -> None:
    ring = OLD.replace("signed:", "replaces: plans/2021/2021-001\nsigned:")

    assert "接续的规划绕了一圈" in "\n".join(
        _told(tmp_path, FILES | {"plans/2016/2016-001.md": ring})
    )
