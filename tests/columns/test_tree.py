"""The tree of columns: what is there by law, what the office's table says, what is wrong in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from plugins.checking import check_content
from plugins.library import columns_of
from plugins.library.columns import Limit, parse_limit
from plugins.problems import Severity
from plugins.workdays import Calendar
from tests.county import SOUND, build, settings, write_county

HEADER = (
    "编号,名称,上级栏目,责任单位,更新时限,栏目类型,公开依据,关键词,"
    "栏目说明,空白说明,不适用理由,收录\n"
)
OFFICE = "某县人民政府办公室"


def table(*rows: str) -> dict[str, str]:
    """A sound county with a table of columns; a row is `key|名称=…|责任单位=…`."""
    names = HEADER.strip().split(",")
    lines = []
    for row in rows:
        key, *given = row.split("|")
        values = dict(part.split("=") for part in given)
        lines.append(",".join(key if name == "编号" else values.get(name, "") for name in names))
    return SOUND | {"columns.csv": HEADER + "\n".join(lines) + "\n"}


def told(tmp_path: Path, files: dict[str, str]) -> list[tuple[int, str, str]]:
    """Line, column of the table and message of every problem in it, forgotten words left out."""
    problems = check_content(write_county(tmp_path / "content", files), settings()).problems
    ours = [p for p in problems if p.path == "content/columns.csv"]
    return [(p.mark.line, p.subject, p.message) for p in ours if "不知道由谁负责" not in p.message]


def test_without_a_table_every_item_of_the_law_is_a_column(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content")
    (content / "columns.csv").unlink()
    checked = check_content(content, settings())
    tree = columns_of(checked.public)

    (problem,) = checked.problems
    assert (problem.path, problem.severity) == ("content/columns.csv", Severity.REMINDER)
    assert "没有栏目表" in problem.message
    assert HEADER.strip() in problem.remedy
    assert len(tree.under("article-20")) == 15
    assert [c.name for c in tree.under("county")] == [
        "市政建设", "公共服务", "公益事业", "土地征收", "房屋征收", "治安管理", "社会救助",
    ]  # fmt: skip
    assert len(tree.under("town")) == 8
    assert [c.key for c in tree.under("statutory")] == ["article-20", "county", "town"]
    assert [c.name for c in tree.under("special")] == [
        "现行有效的法规规章", "行政执法公开", "政务服务公开", "市场监管公开", "征地信息公开",
    ]  # fmt: skip
    assert tree["fiscal"].law.endswith("第二十条第（七）项")


def test_a_column_takes_owner_and_limit_from_those_above_it(tmp_path: Path) -> None:
    files = table(
        f"article-20|责任单位={OFFICE}|更新时限=3个月", "fiscal|更新时限=20个工作日", "organ"
    )
    tree = columns_of(check_content(write_county(tmp_path / "content", files), settings()).public)

    assert (tree["fiscal"].owner, str(tree["fiscal"].limit)) == (OFFICE, "20个工作日")
    assert (tree["organ"].owner, str(tree["organ"].limit)) == (OFFICE, "3个月")
    assert (tree["notices"].owner, str(tree["notices"].limit)) == ("", "2周")
    assert str(tree["guide"].limit) == "长期"


def test_a_column_of_the_countys_own_is_added_by_data_alone(tmp_path: Path) -> None:
    files = table(f"water|名称=饮水安全|责任单位={OFFICE}|收录=行政执法公示、政策文件")

    output = tmp_path / "output"
    build(write_county(tmp_path / "content", files), output)

    page = (output / "columns/water/index.html").read_text("utf-8")
    assert "关于做好节水工作的通知" in page
    assert f'<a href="../../organs/office/">{OFFICE}</a>' in page
    assert '<meta name="ColumnName" content="饮水安全">' in page
    feed = (output / "feeds/columns/water.xml").read_text("utf-8")
    assert "关于做好节水工作的通知" in feed


def test_meta_tags_of_a_column_come_from_the_table(tmp_path: Path) -> None:
    files = table("fiscal|栏目类型=数据发布|关键词=预算、决算|栏目说明=县级财政预算和决算")

    output = tmp_path / "output"
    build(write_county(tmp_path / "content", files), output)

    page = (output / "columns/statutory/fiscal/index.html").read_text("utf-8")
    assert '<meta name="ColumnType" content="数据发布">' in page
    assert '<meta name="ColumnKeywords" content="预算,决算">' in page
    assert '<meta name="ColumnDescription" content="县级财政预算和决算">' in page


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("fee", "本栏目目前没有内容。有关信息形成后，在20个工作日内公开。"),
        ("fee|空白说明=目录正在调整", "本栏目目前没有内容：目录正在调整。"),
        ("fee|不适用理由=县级没有收费项目", "本栏目不适用：县级没有收费项目"),
    ],
)
def test_an_empty_column_has_a_page_that_says_why_and_who_answers(
    tmp_path: Path, row: str, words: str
) -> None:
    output = tmp_path / "output"
    build(write_county(tmp_path / "content", table(f"{row}|责任单位={OFFICE}")), output)

    page = (output / "columns/statutory/fee/index.html").read_text("utf-8")
    assert words in page
    assert f'<a href="../../../organs/office/">{OFFICE}</a>' in page


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["Fee"], (2, "编号", "“Fee”不能用在网址里")),
        (["fee", "fee"], (3, "编号", "“fee”写了两次（第 2 行已有）")),
        (["water"], (2, "名称", "没有填写")),
        (
            ["fee|名称=收费"],
            (2, "名称", "与现有名称“行政事业性收费”不一致"),
        ),
        (["fee|上级栏目=article-2"], (2, "上级栏目", "没有编号为“article-2”的栏目")),
        (["fee|责任单位=县政府"], (2, "责任单位", "没有名为“县政府”的机构")),
        (["fee|更新时限=半年"], (2, "更新时限", "“半年”的写法不对")),
        (
            ["fee|栏目类型=政策"],
            (2, "栏目类型", "“政策”不是国办发〔2017〕47号所列的栏目类型"),
        ),
        (["fee|收录=fee"], (2, "收录", "“fee”就是本栏目，不能收录自己")),
        (["a|名称=甲|收录=甲"], (2, "收录", "“甲”就是本栏目，不能收录自己")),
        (["fee|收录=行政事业性收费"], (2, "收录", "“行政事业性收费”就是本栏目，不能收录自己")),
        (["fee|收录=征地"], (2, "收录", "没有名为“征地”的栏目、公告公示类别或公开领域")),
        (
            ["policy|不适用理由=没有"],
            (2, "不适用理由", "“政策文件”写了不适用，却有 2 件"),
        ),
    ],
)
def test_a_fault_in_the_table_is_told_with_its_line(
    tmp_path: Path, rows: list[str], expected: tuple[int, str, str]
) -> None:
    assert told(tmp_path, table(*rows)) == [expected]


def test_a_column_may_be_called_like_the_notices_that_it_takes(tmp_path: Path) -> None:
    assert told(tmp_path, table("a|名称=征求意见|收录=征求意见")) == []


def test_columns_that_stand_under_each_other_are_told(tmp_path: Path) -> None:
    files = table("a|名称=甲|上级栏目=b", "b|名称=乙|上级栏目=a")

    assert {message for _, _, message in told(tmp_path, files)} == {"上级栏目绕了一圈"}


def test_a_word_that_the_table_passes_over_is_a_reminder(tmp_path: Path) -> None:
    checked = check_content(write_county(tmp_path / "content", table("fee")), settings())

    assert checked.errors == []
    (problem,) = (p for p in checked.problems if "不知道由谁负责" in p.message)
    assert "“政策文件”" in problem.message
    assert "等 33 个" in problem.message


def test_a_body_that_nobody_knows_is_told_once_with_its_lines(tmp_path: Path) -> None:
    rows = table("a|名称=甲|责任单位=某局", "b|名称=乙|责任单位=某局", "c|名称=丙|责任单位=某处")

    messages = [message for _, _, message in told(tmp_path, rows)]
    assert messages == ["没有名为“某局”的机构（第 2、3 行）", "没有名为“某处”的机构"]


def test_a_word_with_the_key_of_another_column_is_an_error(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content")
    (content / "columns.csv").unlink()
    words = content / "vocabularies/columns.yaml"
    words.write_text(words.read_text("utf-8").replace("key: fee\n", "key: policies\n"), "utf-8")

    (problem,) = check_content(content, settings()).errors
    assert problem.message == "“行政事业性收费”的 key“policies”是本站另一个栏目的编号"


def test_a_retired_word_keeps_its_page_and_asks_for_nothing(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content")
    words = content / "vocabularies/columns.yaml"
    text = words.read_text("utf-8").replace("key: policy\n", "key: policy\n  retired: true\n")
    words.write_text(text, "utf-8")

    build(content, tmp_path / "output")

    page = (tmp_path / "output/columns/statutory/policy/index.html").read_text("utf-8")
    assert "关于做好节水工作的通知" in page


@pytest.mark.parametrize(
    ("written", "last"),
    [
        ("长期", None),
        ("14天", date(2021, 2, 14)),
        ("2周", date(2021, 2, 14)),
        ("1个月", date(2021, 2, 28)),
        ("6个月", date(2021, 7, 31)),
        ("1年", date(2022, 1, 31)),
        ("5个工作日", date(2021, 2, 5)),
        ("20工作日", date(2021, 3, 3)),
    ],
)
def test_a_limit_counts_from_the_day_after(written: str, last: date | None) -> None:
    """31 January 2021 was a Sunday; 7 and 20 February were worked, 11 to 17 were holidays."""
    limit = parse_limit(written)

    assert limit is not None
    assert limit.last_day(date(2021, 1, 31), Calendar({}, {})) == last


@pytest.mark.parametrize("written", ["", "半年", "0天", "-1天", "6", "个月", "6 个 月", "十天"])
def test_what_is_no_limit_is_refused(written: str) -> None:
    assert parse_limit(written) is None


def test_a_limit_is_shown_as_it_is_written() -> None:
    assert str(Limit(20, "个工作日")) == "20个工作日"
    assert str(parse_limit("1月")) == "1个月"
