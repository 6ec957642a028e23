"""标准目录: pages, downloads, what was adjusted, and the evaluation."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from plugins.catalog import reports
from plugins.catalog.evaluation import measures, total
from plugins.records.catalog import COLUMNS
from tests.catalog.area import checked, county, policy, table, two_versions, version
from tests.county import build, settings

NOW = datetime(2021, 12, 31, 12, 0)
THEN = {"safety-001": {}, "safety-002": {}, "safety-003": {"不适用说明": "没有矿山"}}
LATER = {
    "safety-001": {"公开时限": "7个工作日内", "公开渠道和载体": "政府网站、政府公报"},
    "safety-003": {"不适用说明": "没有矿山"},
    "safety-004": {"公开对象": "特定群体", "公开方式": "依申请公开", "公开层级": "县级、乡级"},
}
ADJUSTED = """
  - {row: safety-001, kind: 变更, basis: 法律修改, proposer: 县政府办, note: 缩短时限}
  - {row: safety-002, kind: 取消, basis: 权责清单调整}
  - {row: safety-004, kind: 新增, basis: 公共服务事项增加}"""


def rich(folder: Path) -> Path:
    return county(
        folder,
        two_versions(THEN, LATER, adjustments=ADJUSTED),
        policy("2021-009", "2021-05-06", "safety-001", "safety-002"),
        policy("2021-010", "2021-06-30", "safety-001", signed="2021-06-15"),
    )


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("catalog")
    build(rich(folder), folder / "site" / "output")
    return folder / "site" / "output"


def page(output: Path, url: str) -> str:
    return (output / url / "index.html").read_text("utf-8")


def test_the_index_tells_each_area_and_which_have_no_catalog(output: Path) -> None:
    html = page(output, "catalog")

    assert 'href="../catalog/safety/"' in html
    assert "覆盖率 1/2（50.0%）" in html
    assert "已公布目录 1 个，事项 3 项" in html
    assert "重大建设项目、公共资源交易" in html


def test_the_page_of_an_area_is_the_official_table(output: Path) -> None:
    html = page(output, "catalog/safety")

    for head in ("公开事项", "公开对象", "公开方式", "公开层级"):
        assert f'<th scope="colgroup" colspan="2">{head}</th>' in html
    for name in COLUMNS[3:8]:
        assert f'<th scope="col" rowspan="2">{name}</th>' in html
    assert html.count('data-label="公开对象（特定群体）">√</td>') == 1
    assert html.count('data-label="公开方式（依申请公开）">√</td>') == 1
    assert html.count('data-label="公开层级（乡级）">√</td>') == 1
    assert "■政府网站\n■政府公报" in html
    assert "已公开 1 项，尚未见公开 1 项，不适用 1 项" in html


def test_every_version_is_kept_with_its_own_table(output: Path) -> None:
    html = page(output, "catalog/safety/2021-02")

    assert "历史版本" in html
    assert "事项safety-002" in html
    assert "事项safety-004" not in html


def test_a_catalog_is_downloaded_in_its_official_shape(output: Path) -> None:
    folder = output / "catalog/safety/2021-09"
    sheet = load_workbook(io.BytesIO((folder / "catalog.xlsx").read_bytes())).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row if cell]

    assert {"公开事项", "一级事项", "全社会", "特定群体", "√", "safety-004"} <= set(cells)
    assert any(str(cell).startswith("■政府网站\n■政府公报\n□") for cell in cells)
    assert (folder / "catalog.csv").read_bytes() == table(LATER)


def test_the_page_of_a_row_shows_all_elements_and_its_documents(output: Path) -> None:
    html = page(output, "catalog/rows/safety-001")

    assert "已公开 2 件，最近一件2021年6月30日公开。" in html
    for label in COLUMNS[:11]:
        assert f"<dt>{label}</dt>" in html
    assert 'href="../../../policies/2021/2021-009/"' in html
    assert 'href="../../../organs/office/"' in html


def test_a_row_tells_its_state_in_words(output: Path) -> None:
    assert "本区不适用：没有矿山。" in page(output, "catalog/rows/safety-003")
    late = "按公开时限最迟应在2021年9月29日公开，尚未见公开。"
    assert late in page(output, "catalog/rows/safety-004")


def test_a_cancelled_row_keeps_its_page_and_its_documents(output: Path) -> None:
    html = page(output, "catalog/rows/safety-002")

    assert "本事项已经取消" in html
    assert "自2021年9月1日起施行的2021-09版目录里没有这一项（取消；权责清单调整）" in html
    assert 'href="../../../policies/2021/2021-009/"' in html
    assert "catalog/safety/2021-09/changes/" in html


def test_a_document_leads_to_the_rows_that_are_carried_out(output: Path) -> None:
    html = page(output, "policies/2021/2021-009")

    assert 'href="../../../catalog/rows/safety-001/">安全生产 › 事项safety-001</a>' in html
    assert "catalog/rows/safety-002/" not in html


def test_the_note_on_adjustments_has_kinds_bases_before_and_after(output: Path) -> None:
    html = page(output, "catalog/safety/2021-09/changes")

    assert "新增 1 项，取消 1 项，变更 1 项" in html
    for words in ("法律修改", "权责清单调整", "公共服务事项增加", "县政府办", "缩短时限"):
        assert words in html
    assert "<del>" in html
    assert "<ins>" in html
    assert "事项safety-002" in html
    assert "没有说明" not in html


def test_changes_of_which_nothing_is_said_stand_there_all_the_same(tmp_path: Path) -> None:
    content = county(tmp_path, two_versions(THEN, LATER))
    build(content, tmp_path / "site" / "output")

    html = page(tmp_path / "site" / "output", "catalog/safety/2021-09/changes")
    assert html.count("没有说明") == 3


def test_the_evaluation_counts_what_the_data_say(tmp_path: Path) -> None:
    """Of three rows one does not apply, one of two has documents, one of two was in time.

    The first was signed and published on one day; the second had 7 工作日 from 2021-06-15, which
    end on 06-24.
    """
    found = measures("安全生产", checked(rich(tmp_path)).public, settings(NOW))

    assert (found.rows, found.applicable, found.covered, found.overdue, found.due) == (
        3,
        2,
        1,
        1,
        0,
    )
    assert (found.coverage, found.timeliness) == ("1/2（50.0%）", "1/2（50.0%）")
    assert total([found, found]).rows == 6


def test_the_evaluation_stands_on_its_page_and_in_reports(output: Path, tmp_path: Path) -> None:
    html = page(output, "catalog/evaluation")
    content = rich(tmp_path)
    evaluation, late, gone = reports(checked(content).public, settings(NOW))

    assert html.count("1/2（50.0%）") == 4
    assert evaluation.rows[0][:4] == ("安全生产", "3", "2", "1")
    assert (late.findings, late.rows[0][1], late.rows[0][-1]) == (1, "safety-004", "2021年9月29日")
    assert gone.findings == 0


def test_an_area_beyond_the_26_is_added_by_data_only(tmp_path: Path) -> None:
    content = county(
        tmp_path,
        {
            "catalog/tourism/2021-02.md": version(area="文化旅游"),
            "catalog/tourism/2021-02.csv": table({"tourism-001": {}}),
        },
    )
    words = content / "vocabularies" / "areas.yaml"
    words.write_text(words.read_text("utf-8") + "\n- name: 文化旅游\n  key: tourism\n", "utf-8")
    build(content, tmp_path / "site" / "output")

    assert "文化旅游" in page(tmp_path / "site" / "output", "catalog/tourism")
    assert "事项tourism-001" in page(tmp_path / "site" / "output", "catalog/rows/tourism-001")


def test_nothing_of_a_hidden_version_is_shown(tmp_path: Path) -> None:
    draft = version("2021-09", "2021-09-01", draft="true")
    content = county(
        tmp_path,
        {
            "catalog/safety/2021-09.md": draft,
            "catalog/safety/2021-09.csv": table({"safety-007": {"二级事项": "还没有定的事"}}),
        },
    )
    build(content, tmp_path / "site" / "output")

    for path in (tmp_path / "site" / "output").rglob("*.html"):
        assert "还没有定的事" not in path.read_text("utf-8")


def test_a_county_without_any_catalog_says_so(tmp_path: Path) -> None:
    content = county(tmp_path)
    for path in (content / "catalog").rglob("*.*"):
        path.unlink()
    build(content, tmp_path / "site" / "output")

    assert "目前没有公布的目录。" in page(tmp_path / "site" / "output", "catalog")
    assert "目前没有公布的目录。" in page(tmp_path / "site" / "output", "catalog/evaluation")


def test_a_row_with_very_many_documents_shows_the_newest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plugins.catalog.SHOWN", 1)
    build(rich(tmp_path), tmp_path / "site" / "output")

    html = page(tmp_path / "site" / "output", "catalog/rows/safety-001")
    assert "显示最近1件。" in html
    assert "已公开 2 件" in html
    assert "policies/2021/2021-010/" in html
    assert "policies/2021/2021-009/" not in html
