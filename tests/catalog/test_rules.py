"""Versions and their tables: every slip is told with file, line, column and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.records.catalog import COLUMNS
from tests.catalog.area import county, policy, table, told, two_versions, version

Rows = dict[str, dict[str, str]]
Files = dict[str, str | bytes]
CSV = "content/catalog/safety/2021-02.csv"


def of_row(tmp_path: Path, **said: str) -> list[str]:
    """Problems of a catalog whose second row says something else than usual."""
    rows = {"safety-001": {}, "safety-002": said}
    return told(county(tmp_path, {"catalog/safety/2021-02.csv": table(rows)}))


def test_a_sound_county_with_a_catalog_has_no_problem(tmp_path: Path) -> None:
    assert told(county(tmp_path)) == []


@pytest.mark.parametrize(
    ("column", "value", "message", "remedy"),
    [
        ("公开对象", "全社会、特定群体", "只能选一个", "全社会"),
        ("公开对象", "社会", "“社会”不在可选范围内", "是不是想写：全社会"),
        ("公开方式", "主动公开", "“主动公开”不在可选范围内", "是不是想写：主动"),
        ("公开方式", "主动、依申请", "只能选一个", "主动"),
        ("公开层级", "乡镇级", "“乡镇级”不在可选范围内", "是不是想写：乡级"),
        ("公开层级", "", "是空的", "补上"),
        ("公开渠道和载体", "政府网", "“政府网”不在可选范围内", "是不是想写：政府网站"),
        ("公开渠道和载体", "xyz", "“xyz”不在可选范围内", "content/vocabularies/channels.yaml"),
        ("公开依据", "", "是空的", "补上"),
        ("公开时限", "视情况", "看不懂“视情况”", "每季度"),
        ("公开主体", "县政办", "没有名为“县政办”的机构", "是不是想写：县政府办"),
    ],
)
def test_a_slip_in_a_cell_is_told_with_line_column_and_remedy(
    tmp_path: Path, column: str, value: str, message: str, remedy: str
) -> None:
    (problem,) = of_row(tmp_path, **{column: value})

    assert problem.startswith(f"{CSV}:3:1: ")
    assert f"{column}：{message}" in problem
    assert remedy in problem.partition("改法：")[2]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("公开对象", "特定群众"),
        ("公开对象", "特定群体（低保对象）"),
        ("公开方式", "依申请"),
        ("公开方式", "依申请公开"),
        ("公开层级", "县级、乡级、村级"),
        ("公开主体", "县级相关部门、各乡镇人民政府"),
        ("公开主体", "某县人民政府办公室（牵头）；招标人或者其代理机构"),
        ("公开渠道和载体", "社区/企事业单位/村公示栏（电子屏）"),
        ("二级事项", ""),
        ("不适用说明", "没有矿山"),
        ("关联事项", "XK-1"),
    ],
)
def test_what_counties_rightly_write_is_taken(tmp_path: Path, column: str, value: str) -> None:
    assert of_row(tmp_path, **{column: value}) == []


def test_a_missing_column_is_named_with_the_one_that_was_meant(tmp_path: Path) -> None:
    header = [name.replace("公开内容（要素）", "公开内容(要素)") for name in COLUMNS]
    problems = told(
        county(tmp_path, {"catalog/safety/2021-02.csv": table({"safety-001": {}}, header)})
    )

    (problem,) = problems
    assert f"{CSV}:1:1: 错误：公开内容（要素）：没有“公开内容（要素）”这一列" in problem
    assert "把“公开内容(要素)”改成“公开内容（要素）”" in problem


def test_an_id_is_of_the_area_and_stands_once(tmp_path: Path) -> None:
    text = table({"safety-001": {}, "safety-002": {}, "projects-001": {}})
    text = text.replace(b"safety-002", b"safety-001", 1)
    problems = told(county(tmp_path, {"catalog/safety/2021-02.csv": text}))

    assert any(f"{CSV}:3:1" in p and "“safety-001”与第 2 行重复" in p for p in problems)
    assert any(f"{CSV}:4:1" in p and "不是这个领域的编号" in p for p in problems)


def test_a_cancelled_id_may_not_come_back_with_another_meaning(tmp_path: Path) -> None:
    more = two_versions({"safety-001": {}, "safety-002": {}}, {"safety-001": {}})
    third: dict[str, str | bytes] = {
        "catalog/safety/2021-11.md": version(
            "2021-11", "2021-11-01", replaces="catalog/safety/2021-09"
        ),
        "catalog/safety/2021-11.csv": table(
            {"safety-001": {}, "safety-002": {"二级事项": "别的事"}}
        ),
    }
    problems = told(county(tmp_path, more, third))

    assert any(
        "2021-11.csv:3:1: 错误：编号：“safety-002”在 catalog/safety/2021-02 里是" in p
        for p in problems
    )


def test_a_cancelled_id_may_come_back_for_the_same(tmp_path: Path) -> None:
    more = two_versions({"safety-001": {}, "safety-002": {}}, {"safety-001": {}})
    third: dict[str, str | bytes] = {
        "catalog/safety/2021-11.md": version(
            "2021-11", "2021-11-01", replaces="catalog/safety/2021-09"
        ),
        "catalog/safety/2021-11.csv": table({"safety-001": {}, "safety-002": {}}),
    }

    assert not any("不能再用" in problem for problem in told(county(tmp_path, more, third)))


def test_an_id_that_stays_for_another_thing_is_asked_about(tmp_path: Path) -> None:
    other = {"一级事项": "事故", "二级事项": "调查", "公开内容（要素）": "报告"}
    problems = told(county(tmp_path, two_versions({"safety-001": {}}, {"safety-001": other})))

    assert any(
        "提醒：编号：在上一版里，“safety-001”（第 2 行）是“政策文件、事项safety-001”" in p
        for p in problems
    )


ADJUSTED = """
  - {row: safety-002, kind: 新增, basis: 法律修改}
  - {row: safety-003, kind: 取消, basis: 权责清单调整}
  - {row: safety-001, kind: 变更, basis: 法律修改}"""
THEN: Rows = {"safety-001": {}, "safety-003": {}}
NOW: Rows = {"safety-001": {"公开时限": "及时公开"}, "safety-002": {}}


def test_changes_that_are_told_are_no_problem(tmp_path: Path) -> None:
    assert told(county(tmp_path, two_versions(THEN, NOW, adjustments=ADJUSTED))) == []


def test_changes_that_are_not_told_are_reminded_of(tmp_path: Path) -> None:
    (problem,) = told(county(tmp_path, two_versions(THEN, NOW)))

    said = "变更了 safety-001，新增了 safety-002，取消了 safety-003"
    assert f"与上一版相比{said}，没有说明" in problem


def test_what_is_alike_in_many_rows_is_told_once_with_its_lines(tmp_path: Path) -> None:
    rows: Rows = {
        f"safety-{number:03}": {
            "公开主体": "某县甲局、某县乙局" if number % 2 else "某县人民政府办公室",
            "公开时限": "有空时",
            "公开渠道和载体": "政府网战",
        }
        for number in range(1, 10)
    }
    problems = told(county(tmp_path, two_versions({"safety-001": {}}, rows)))

    lines = "第 2、4、6、8、10 行"
    every = "第 2、3、4、5、6、7 行等 9 行"
    table_told = [p.partition("2021-09.csv:")[2] for p in problems if "2021-09.csv" in p]
    heads = [problem.partition("\n")[0] for problem in table_told]
    assert heads == [
        f"2:1: 错误：公开渠道和载体：“政府网战”不在可选范围内（{every}）",
        f"2:1: 提醒：公开主体：没有名为“某县甲局”（{lines}）、“某县乙局”（{lines}）的机构",
        f"2:1: 提醒：公开时限：看不懂“有空时”（{every}），只能按20个工作日计算",
    ]
    (untold,) = (p for p in problems if "没有说明" in p)
    assert "新增了 safety-002、" in untold
    assert "safety-009" in untold


def test_what_is_told_without_a_change_or_wrongly_is_reminded_of(tmp_path: Path) -> None:
    said = ADJUSTED.replace("新增", "取消") + "\n  - {row: safety-009, kind: 新增, basis: 法律修改}"
    problems = told(county(tmp_path, two_versions(THEN, NOW, adjustments=said)))

    assert len(problems) == 2
    assert any("写的是“取消”，表格里 safety-002 是新增" in problem for problem in problems)
    assert any("两版的表格里 safety-009 没有变动" in problem for problem in problems)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"replaces": ""}, "没有写接替哪一版"),
        ({"effective": "2021-02-01"}, "同一天施行，分不出先后"),
        ({"area": "救灾"}, "救灾领域的目录放在了 content/catalog/safety/"),
        ({"table": "2021-09.xlsx"}, "不是 CSV 表格"),
    ],
)
def test_a_version_stands_in_its_place(tmp_path: Path, more: dict[str, str], message: str) -> None:
    rows: Rows = {"safety-001": {}}
    problems = told(county(tmp_path, two_versions(rows, rows, **more)))

    assert any(message in problem for problem in problems)


def test_no_area_takes_an_address_of_the_catalog_itself(tmp_path: Path) -> None:
    content = county(tmp_path)
    words = content / "vocabularies" / "areas.yaml"
    words.write_text(words.read_text("utf-8") + "\n- name: 检索\n  key: find\n", "utf-8")

    assert any("“检索”的 key 不能是 find" in problem for problem in told(content))


def test_a_document_names_rows_that_there_are(tmp_path: Path) -> None:
    problems = told(county(tmp_path, policy("2021-009", "2021-05-06", "safety-001", "safty-002")))

    (problem,) = problems
    assert "标准目录事项（catalog_rows）第 2 项：标准目录里没有“safty-002”" in problem
    assert "是不是想写：safety-002" in problem


def test_a_row_of_an_older_version_may_still_be_named(tmp_path: Path) -> None:
    more = two_versions(THEN, NOW, adjustments=ADJUSTED)

    assert told(county(tmp_path, more, policy("2021-009", "2021-05-06", "safety-003"))) == []


def test_rows_are_not_judged_while_a_catalog_cannot_be_read(tmp_path: Path) -> None:
    broken = {"catalog/safety/2021-02.md": version(area="没有的领域")}
    problems = told(county(tmp_path, broken, policy("2021-009", "2021-05-06", "safety-001")))

    assert not any("标准目录里没有" in problem for problem in problems)


def test_a_row_that_does_not_apply_and_has_documents_is_asked_about(tmp_path: Path) -> None:
    absent = {"catalog/safety/2021-02.csv": table({"safety-001": {"不适用说明": "没有矿山"}})}
    problems = told(county(tmp_path, absent, policy("2021-009", "2021-05-06", "safety-001")))

    (problem,) = problems
    assert f"{CSV}:2:1: 提醒：不适用说明：写了不适用，却有 1 件" in problem


LIST = """---
title: 某县权责清单
issuer: 某县人民政府办公室
kind: 权责清单
version: 第一版
basis: 条例
disclosure: 主动公开
published: 2021-01-15 09:00
table: 2021-01.csv
key: 职权编码
summary: 权力和责任。
---

清单。
"""


def test_a_cited_item_that_is_on_no_list_any_more_is_reminded_of(tmp_path: Path) -> None:
    content = county(
        tmp_path,
        {
            "lists/power/2021-01.md": LIST,
            "lists/power/2021-01.csv": "职权编码,职权名称\nXK-001,取水\n",
            "catalog/safety/2021-02.csv": table(
                {"safety-001": {"关联事项": "XK-001"}, "safety-002": {"关联事项": "XK-002"}}
            ),
        },
    )
    problems = [problem for problem in told(content) if "catalog" in problem]

    (problem,) = problems
    assert f"{CSV}:3:1: 提醒：关联事项：现行清单里没有“XK-002”" in problem


def test_nothing_is_said_to_be_cancelled_while_a_list_cannot_be_read(tmp_path: Path) -> None:
    cites = table({"safety-001": {"关联事项": "XK-001"}, "safety-002": {}})
    broken = "职权编码,职权名称\nXK-001,取水\n".encode("gbk")
    files: Files = {"lists/power/2021-01.md": LIST, "catalog/safety/2021-02.csv": cites}
    content = county(tmp_path, files)
    (content / "lists/power/2021-01.csv").write_bytes(broken)

    (problem,) = told(content)
    assert "不是 UTF-8 编码" in problem


def test_a_draft_does_not_stop_the_site(tmp_path: Path) -> None:
    slip = table({"safety-001": {}, "safety-002": {"公开方式": "主动公开"}})
    draft = version("2021-02", "2021-02-01", draft="true")
    files: Files = {"catalog/safety/2021-02.md": draft, "catalog/safety/2021-02.csv": slip}

    assert [
        problem.split("：")[0].rpartition(" ")[2]
        for problem in told(county(tmp_path, files))
        if "公开方式" in problem
    ] == ["提醒"]
