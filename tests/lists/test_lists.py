"""清单: pages, downloads, versions in force, what was changed, and faults told with their line."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from plugins.checking import check_content
from plugins.library import Library
from plugins.library.lists import codes, current, introduction, usual_columns
from plugins.lists import ROWS
from tests.county import SOUND, build, settings, write_county

HEADER = "职权编码,职权类型,职权名称,实施依据,行使主体,承办机构,责任事项,追责情形,监督电话"
FIRST = f"""{HEADER}
XK-001,行政许可,取水许可,《水法》第四十八条,某局,一股,受理,违法的,0357-2000001
XK-002,行政许可,采砂许可,《河道管理条例》第二十五条,某局,一股,受理,违法的,0357-2000001
CF-001,行政处罚,擅自取水的处罚,《水法》第六十九条,某局,二股,立案,违法的,0357-2000001
"""
SECOND = f"""{HEADER}
XK-001,行政许可,取水许可,《水法》第四十八条,某局,二股,受理,违法的,0357-2000001
CF-001,行政处罚,擅自取水的处罚,《水法》第六十九条,某局,二股,立案,违法的,0357-2000001
JC-001,行政检查,节水检查,《节水条例》第五十条,某局,二股,检查,违法的,0357-2000001
"""
OFFICE = "某县人民政府办公室"
FIRST_ID, SECOND_ID = "lists/power/2021-01", "lists/power/2021-09"


def version(name: str, day: str, **more: str) -> str:
    values = {
        "title": f"某县权责清单（{name}）",
        "issuer": OFFICE,
        "kind": "权责清单",
        "version": f"{name}版",
        "basis": "《优化营商环境条例》第四十条",
        "disclosure": "主动公开",
        "published": f"{day} 09:00",
        "table": f"{name}.csv",
        "key": "职权编码",
        "summary": "各部门的权力和责任。",
    }
    lines = "\n".join(f"{key}: {value}" for key, value in (values | more).items() if value)
    return f"---\n{lines}\n---\n\n清单以外的职权不得行使。\n"


def county(folder: Path, **more: str | bytes) -> Path:
    files: dict[str, str | bytes] = {
        **SOUND,
        f"{FIRST_ID}.md": version("2021-01", "2021-01-15"),
        "lists/power/2021-01.csv": FIRST,
        f"{SECOND_ID}.md": version("2021-09", "2021-09-15", adjustment="机构调整。"),
        "lists/power/2021-09.csv": SECOND,
    }
    return write_county(folder / "content", files | more)


def page(output: Path, url: str) -> str:
    return (output / url / "index.html").read_text("utf-8")


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lists")
    build(county(folder), folder / "site" / "output")
    return folder / "site" / "output"


def told(content: Path) -> list[str]:
    return [str(problem) for problem in check_content(content, settings()).problems]


def library_of(content: Path) -> Library:
    return check_content(content, settings()).public


def test_a_sound_county_with_lists_has_no_problem(tmp_path: Path) -> None:
    assert told(county(tmp_path)) == []


def test_the_index_states_every_kind_and_which_are_absent(output: Path) -> None:
    html = page(output, "lists")

    assert html.count("目前没有公布") == 8
    assert 'href="../lists/power/"' in html
    assert "与上一版相比：新增 1 项，取消 1 项，变更 1 项" in html


def test_the_address_of_a_kind_shows_the_version_in_force_whole(output: Path) -> None:
    html = page(output, "lists/power")

    assert "现行版本：2021-09版" in html
    for cells in csv.reader(io.StringIO(SECOND)):
        assert all(f">{cell}</" in html for cell in cells)
    assert "采砂许可" not in html


def test_every_version_is_kept_at_its_own_address(output: Path) -> None:
    html = page(output, FIRST_ID)

    assert "采砂许可" in html
    assert "历史版本" in html
    assert 'href="../../../lists/power/2021-09/"' in html


def test_the_table_has_caption_and_scopes_and_is_reached_by_keyboard(output: Path) -> None:
    html = page(output, FIRST_ID)

    assert 'role="region" aria-labelledby="items-caption" tabindex="0"' in html
    assert '<caption id="items-caption">某县权责清单（2021-01），共 3 项</caption>' in html
    assert html.count('<th scope="col">') == HEADER.count(",") + 1
    assert '<th scope="row" data-label="职权名称">采砂许可</th>' in html


def test_the_whole_table_can_be_had_as_csv_and_as_spreadsheet(output: Path) -> None:
    rows = list(csv.reader(io.StringIO(SECOND)))
    as_text = (output / SECOND_ID / "list.csv").read_text("utf-8-sig")
    sheet = load_workbook(output / SECOND_ID / "list.xlsx").active

    assert list(csv.reader(io.StringIO(as_text))) == rows
    assert sheet is not None
    assert [list(row) for row in sheet.iter_rows(3, values_only=True)] == rows
    assert "《优化营商环境条例》第四十条" in str(sheet["A2"].value)


def test_what_a_version_changed_is_told_in_words_with_its_basis(output: Path) -> None:
    html = page(output, f"{SECOND_ID}/changes")

    assert "新增 1 项，取消 1 项，变更 1 项；1 项没有变化" in re.sub(r"<[^>]+>", "", html)
    assert "《优化营商环境条例》第四十条" in html
    assert "机构调整。" in html
    assert "<del>一</del>股" in html
    assert "<ins>二</ins>股" in html
    assert not (output / FIRST_ID / "changes").exists()


def test_lists_stand_in_feeds_and_in_the_search(output: Path) -> None:
    assert "某县权责清单（2021-09）" in (output / "feeds/lists.xml").read_text("utf-8")
    rows = "".join(path.read_text("utf-8") for path in (output / "search/d").iterdir())
    assert f'["{SECOND_ID}/"' in rows


def test_a_version_that_is_not_yet_in_force_waits_for_its_day(tmp_path: Path) -> None:
    later = version("2021-09", "2021-09-15", adjustment="机构调整。", effective="2022-01-01")
    content = county(tmp_path, **{f"{SECOND_ID}.md": later})
    before, after = settings(), settings(datetime(2022, 1, 1))

    library = library_of(content)
    assert current("权责清单", library, before).id == FIRST_ID  # type: ignore[union-attr]
    assert current("权责清单", library, after).id == SECOND_ID  # type: ignore[union-attr]
    build(content, tmp_path / "site" / "output", before)
    assert "2022年1月1日起施行" in page(tmp_path / "site" / "output", SECOND_ID)


def test_a_draft_is_on_no_page_and_compared_with_nothing(tmp_path: Path) -> None:
    draft = version("2021-09", "2021-09-15", draft="true")
    content = county(tmp_path, **{f"{SECOND_ID}.md": draft})
    build(content, tmp_path / "site" / "output")

    assert not (tmp_path / "site" / "output" / SECOND_ID).exists()
    everything = [p for p in (tmp_path / "site").rglob("*") if p.is_file()]
    assert not [p for p in everything if "节水检查".encode() in p.read_bytes()]


def test_codes_are_those_of_the_lists_in_force(tmp_path: Path) -> None:
    library = library_of(county(tmp_path))

    assert codes(library, settings()) == {"XK-001", "CF-001", "JC-001"}


def test_usual_columns_are_read_from_the_vocabulary(tmp_path: Path) -> None:
    term = library_of(county(tmp_path)).vocabularies["list_kinds"]["涉企保证金目录清单"]

    assert usual_columns(term)[:2] == ("项目名称", "设立或管理单位")
    assert introduction(term) == "依法向企业收取的保证金"


def test_a_long_table_is_split_and_no_row_is_lost(tmp_path: Path) -> None:
    many = [f"XK-{n:04},行政许可,第{n}项许可,《水法》,某局,一股,受理,违法的,1" for n in range(1203)]
    content = county(tmp_path, **{"lists/power/2021-09.csv": "\n".join([HEADER, *many])})
    output = tmp_path / "site" / "output"
    build(content, output)

    pages = [
        page(output, SECOND_ID),
        page(output, f"{SECOND_ID}/2"),
        page(output, f"{SECOND_ID}/3"),
    ]
    assert [html.count('<th scope="row"') for html in pages] == [ROWS, ROWS, 1203 - 2 * ROWS]
    assert not (output / SECOND_ID / "4").exists()
    assert "共 1203 项，本页第 1001 至 1203 项" in pages[2]
    assert 'data-parts="../../lists/power/2021-09/ ../../lists/power/2021-09/2/' in page(
        output, "lists/power"
    )


FAULTS: dict[str, tuple[dict[str, str | bytes], str]] = {
    "repeated key": (
        {"lists/power/2021-09.csv": SECOND.replace("JC-001", "CF-001")},
        "content/lists/power/2021-09.csv:4:1: 错误：职权编码：“CF-001”与第 3 行重复",
    ),
    "empty key": (
        {"lists/power/2021-09.csv": SECOND.replace("JC-001", "")},
        "content/lists/power/2021-09.csv:4:1: 错误：职权编码：没有填写",
    ),
    "no such key column": (
        {f"{SECOND_ID}.md": version("2021-09", "2021-09-15", adjustment="甲", key="职权编号")},
        "错误：编号列（key）：表格里没有“职权编号”这一列\n    改法：是不是想写：职权编码",
    ),
    "usual column missing": (
        {"lists/power/2021-09.csv": SECOND.replace("监督电话", "投诉电话")},
        "content/lists/power/2021-09.csv:1:1: 提醒：权责清单通常还有这些列：监督电话",
    ),
    "no basis": (
        {"lists/power/2021-09.csv": SECOND.replace("《节水条例》第五十条", "")},
        "content/lists/power/2021-09.csv:4:1: 提醒：实施依据：没有写依据",
    ),
    "no rows": (
        {"lists/power/2021-09.csv": HEADER},
        "content/lists/power/2021-09.csv:1:1: 提醒：表格里一项也没有",
    ),
    "not a table": (
        {"lists/power/2021-09.csv": SECOND + "甲,乙,丙,丁,戊,己,庚,辛,壬,癸\n"},
        "content/lists/power/2021-09.csv:5:1: 错误：这一行有 10 格，第一行只有 9 列",
    ),
    "no table": (
        {f"{SECOND_ID}.md": version("2021-09", "2021-09-15", adjustment="甲", table="无.csv")},
        "清单表格（table）：找不到文件“无.csv”",
    ),
    "a workbook for a table": (
        {f"{SECOND_ID}.md": version("2021-09", "2021-09-15", adjustment="甲", table="表.xlsx")},
        "清单表格（table）：“表.xlsx”不是 CSV 表格",
    ),
    "wrong folder": (
        {
            "lists/funds/2021-10.md": version("2021-10", "2021-10-08", adjustment="甲"),
            "lists/funds/2021-10.csv": SECOND,
        },
        "清单类别（kind）：权责清单的文件放在了 content/lists/funds/",
    ),
    "two on one day": (
        {f"{SECOND_ID}.md": version("2021-09", "2021-01-15", adjustment="甲")},
        "发布日期（published）：与 lists/power/2021-01 同一天公布，分不出先后",
    ),
    "replaces another kind": (
        {
            "lists/funds/2021-02.md": version("2021-02", "2021-02-08", kind="政府性基金目录清单"),
            "lists/funds/2021-02.csv": FIRST,
            f"{SECOND_ID}.md": version(
                "2021-09", "2021-09-15", adjustment="甲", replaces="lists/funds/2021-02"
            ),
        },
        "lists/funds/2021-02 是政府性基金目录清单，本文件是权责清单",
    ),
    "replaces one that is not next to it": (
        {
            "lists/power/2021-10.md": version(
                "2021-10", "2021-10-15", adjustment="甲", replaces=FIRST_ID
            ),
            "lists/power/2021-10.csv": SECOND,
        },
        "lists/power/2021-01 不是紧接在前的一版\n    改法：写成：lists/power/2021-09",
    ),
    "no reason given": (
        {f"{SECOND_ID}.md": version("2021-09", "2021-09-15")},
        "提醒：调整情况（adjustment）：没有说明与上一版（lists/power/2021-01）相比为什么调整",
    ),
    "a name that is kept for downloads": (
        {
            f"{SECOND_ID}.md": version("2021-09", "2021-09-15", adjustment="甲", table="list.csv"),
            "lists/power/list.csv": SECOND,
        },
        "清单表格（table）：文件名“list.csv”留给下载用",
    ),
    "in force before it is published": (
        {
            f"{SECOND_ID}.md": version(
                "2021-09", "2021-09-15", adjustment="甲", effective="2021-09-01"
            )
        },
        "提醒：施行日期（effective）：2021-09-01 早于发布日期 2021-09-15",
    ),
    "a reserved name": (
        {
            "lists/power/changes.md": version("2021-10", "2021-10-15", adjustment="甲"),
            "lists/power/2021-10.csv": SECOND,
        },
        "文件名“changes”留给调整情况页用",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_place_and_its_mend(name: str, tmp_path: Path) -> None:
    files, words = FAULTS[name]

    assert any(words in problem for problem in told(county(tmp_path, **files)))


def test_a_draft_is_reminded_and_holds_up_nobody(tmp_path: Path) -> None:
    draft = version("2021-09", "2021-09-15", draft="true")
    broken = SECOND.replace("JC-001", "")
    content = county(tmp_path, **{f"{SECOND_ID}.md": draft, "lists/power/2021-09.csv": broken})

    assert not [problem for problem in told(content) if "错误" in problem]


def test_related_documents_stand_on_the_pages_of_both(tmp_path: Path) -> None:
    related = version("2021-09", "2021-09-15", adjustment="甲", related="policies/2021/2021-005")
    content = county(tmp_path, **{f"{SECOND_ID}.md": related})
    output = tmp_path / "site" / "output"
    build(content, output)

    assert "关于做好节水工作的通知" in page(output, SECOND_ID)
    assert "某县权责清单（2021-09）" in page(output, "policies/2021/2021-005")
