"""Standard catalogs as counties have them are read whole; what is not understood is told."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from plugins.importing import CannotImportError, run
from plugins.importing.heads import find_head, meaning
from plugins.importing.marks import is_chosen, read_boxes
from plugins.importing.numbering import numbered
from plugins.importing.rows import Imported, import_sheet
from plugins.importing.sheets import CannotReadError, Sheet, read_sheets
from plugins.tables.official import CHANNELS, COLUMNS, PAIRS, as_official_sheet
from tests.county import write_county
from tests.importing.county_sheet import make


def imported(name: str, data: bytes) -> tuple[Sheet, Imported]:
    (sheet,) = read_sheets(name, data)
    head = find_head(sheet)
    assert head is not None
    return sheet, import_sheet(sheet, head, CHANNELS)


# --- Real shapes ---


@pytest.mark.parametrize("seed", range(3))
def test_a_sheet_of_300_rows_in_a_countys_own_shape_is_read_row_by_row(seed: int) -> None:
    data, wanted = make(seed, 300)
    sheet, result = imported("目录.xlsx", data)

    assert list(result.rows) == wanted
    counts = result.above + result.heads + result.notes + result.empty + len(result.rows)
    assert counts == len(sheet.rows)
    assert not [f for f in result.findings if "没有看懂" in f.message or "不是 √" in f.message]


@pytest.mark.parametrize("seed", range(3, 5))
def test_no_text_of_a_sheet_is_lost(seed: int) -> None:
    data, _ = make(seed, 60)
    sheet, result = imported("目录.xlsx", data)
    head = find_head(sheet)
    assert head is not None
    kept = {re.sub(r"\s", "", text) for row in result.rows for text in row.values()}
    told = {finding.text for finding in result.findings}
    marks = {column.place for column in head.columns if column.word} | {
        c.place for c in head.columns if c.field in {"公开渠道和载体", "公开依据", "序号"}
    }

    for number, row in enumerate(sheet.rows):
        for place, text in enumerate(row):
            in_head = head.top <= number < head.bottom
            if text and not in_head and text not in told and place not in marks:
                assert re.sub(r"\s", "", text) in kept or text in {"–", "/"}, text


def _text(alphabet: str, least: int = 1) -> st.SearchStrategy[str]:
    return st.text(alphabet, min_size=least, max_size=8)


def _joined(values: st.SearchStrategy[str], least: int = 0) -> st.SearchStrategy[str]:
    return st.lists(values, min_size=least, max_size=3, unique=True).map("、".join)


def _choice(*words: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(words), unique=True).map(
        lambda chosen: "、".join(word for word in words if word in chosen)
    )


LAW = st.builds("《{}》第{}条".format, _text("甲乙、办法"), st.integers(1, 99))
ROW = st.fixed_dictionaries(
    {
        "编号": st.just(""),
        "一级事项": _text("公开事项甲乙a0"),
        "二级事项": st.sampled_from(("", "办事指南", "审批结果")),
        "公开内容（要素）": st.one_of(
            st.just(""), st.just("甲、乙\n丙（丁、戊）"), _text("要素：,;甲")
        ),
        "公开依据": _joined(LAW),
        "公开时限": st.sampled_from(("", "实时公开", "20个工作日内；7个工作日内")),
        "公开主体": _joined(st.sampled_from(("发展和改革局", "镇人民政府"))),
        "公开渠道和载体": _joined(st.sampled_from((*CHANNELS, "信用中国网站", "出口"))),
        "公开对象": st.one_of(
            _choice(*PAIRS["公开对象"]),
            st.sampled_from(("特定群众", "特定群体（申请人）", "特定群众（甲、乙）")),
        ),
        "公开方式": st.one_of(_choice(*PAIRS["公开方式"]), st.just("依申请")),
        "公开层级": st.one_of(_choice("县级", "乡级"), st.just("县级、乡级、村级")),
        "不适用说明": st.sampled_from(("", "本区没有此项业务")),
        "关联事项": _joined(st.sampled_from(("XK-001", "取水许可"))),
    }
)


@settings(max_examples=30)
@given(st.lists(ROW, min_size=1, max_size=6))
def test_what_is_exported_in_the_official_shape_is_imported_as_it_was(
    rows: list[dict[str, str]],
) -> None:
    with_numbers = [{**row, "编号": f"safety-{n:03}"} for n, row in enumerate(rows, 5)]
    _, result = imported("a.xlsx", as_official_sheet("目录", with_numbers, "2021年版"))

    assert list(result.rows) == with_numbers
    assert numbered("safety", result.rows, []) == with_numbers


# --- Heads ---


@pytest.mark.parametrize(
    ("label", "wanted"),
    [
        ("公开内容\n(要素)", ("公开内容（要素）", "")),
        (
            "公开渠道和载体（在标注范围内至少选择其一公开，法律法规规章另有规定的从其规定）",
            ("公开渠道和载体", ""),
        ),
        ("特定人群", ("公开对象", "特定群体")),
        ("依申请", ("公开方式", "依申请公开")),
        ("镇、村级", ("公开层级", "乡级、村级")),
        ("乡（镇）级", ("公开层级", "乡级")),
        ("序 号", ("序号", "")),
        ("落实情况", ("", "")),
    ],
)
def test_a_name_of_a_column_is_known_in_its_usual_variants(
    label: str, wanted: tuple[str, str]
) -> None:
    assert meaning(label) == wanted


def test_a_sheet_without_a_head_is_no_catalog() -> None:
    assert find_head(Sheet("表", (("姓名", "电话"), ("甲", "1")))) is None


# --- Marks and boxes ---


@pytest.mark.parametrize("mark", ["√", " ✓", "☑", "■", "●", "t", "R"])
def test_signs_that_choose(mark: str) -> None:
    assert is_chosen(mark) is True


@pytest.mark.parametrize("mark", ["", "□", "口", "☐", "　", "/"])
def test_signs_that_do_not_choose(mark: str) -> None:
    assert is_chosen(mark) is False


def test_words_are_no_mark() -> None:
    assert is_chosen("申请人") is None


BOXES = {
    "■政府网站 □政府公报 ■两微一端": ("政府网站", "两微一端"),
    "■政府网站\n口政府公报\n☑两微一端\n☐广播电视": ("政府网站", "两微一端"),
    "t政府网站 口两微一端 R公开查阅点": ("政府网站", "公开查阅点"),
    "■政府网站口政府公报■政务服务中心": ("政府网站", "政务服务中心"),
    "■政务服务窗口 □其他": ("政务服务窗口",),
    "√ 发布会、听证会\n√纸质载体": ("发布会/听证会", "纸质媒体"),
    "■社区/企事业单位/\n村公示栏(电子屏)": ("社区/企事业单位/村公示栏（电子屏）",),
    "■其他（宣传栏）____": ("其他（宣传栏）",),
    "政府网站、两微一端": ("政府网站", "两微一端"),
    "": (),
}


@pytest.mark.parametrize("cell", BOXES)
def test_boxes_in_one_cell_are_told_apart(cell: str) -> None:
    assert read_boxes(cell, CHANNELS).chosen == BOXES[cell]


def test_a_name_without_a_box_among_boxes_is_kept_and_told() -> None:
    boxes = read_boxes("■政府网站 两微一端\n□政府公报", CHANNELS)

    assert boxes.chosen == ("政府网站", "两微一端")
    assert boxes.odd == ("两微一端",)


# --- What is not understood ---

HEAD = (
    "序号",
    "一级事项",
    "二级事项",
    "公开内容",
    "公开依据",
    "公开时限",
    "公开主体",
    "公开渠道和载体",
)
PAIR_HEAD = ("全社会", "特定群众", "主动", "依申请", "县级", "乡级")


def as_csv_file(*rows: tuple[str, ...]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([(*HEAD, *PAIR_HEAD, "备注"), *rows])
    return out.getvalue().encode("gb18030")


PLAIN = ("1", "甲", "乙", "丙", "《丁》", "实时", "某局", "■政府网站")


def test_what_was_not_understood_is_told_with_place_and_text() -> None:
    _, result = imported(
        "a.csv",
        as_csv_file(
            (*PLAIN, "√", "", "√（部分）", "?", "√", "", "看网站"),
            ("2", "", "", "戊", "", "", "", "□政府网站", "√", "√", "√", "", "", "", ""),
        ),
    )
    told = {(f.place, f.text): f.message for f in result.findings}

    assert told["K2", "√（部分）"] == "不是 √，也不是空白，照原文写成“主动（部分）”"
    assert told["L2", "?"].startswith("不是 √，也不是空白")
    assert told["O2", "看网站"] == "这一列没有看懂，没有导入"
    assert result.rows[0]["公开方式"] == "主动（部分）、?"
    messages = [f.message for f in result.findings if f.row == 3]
    assert (
        "一级事项、二级事项、公开依据、公开时限、公开主体、公开渠道和载体是空的，当作与上一行合并，取上一行的内容"
        in messages
    )
    assert "公开对象选了不止一个" in messages
    assert "公开层级是空的" in messages
    assert (result.rows[1]["一级事项"], result.rows[1]["公开主体"]) == ("甲", "某局")


@pytest.mark.parametrize("cell", ["√参保人员", "√ （参保人员）", "参保人员", "(参保人员)"])
def test_whom_a_special_group_is_may_be_named_in_its_cell(cell: str) -> None:
    _, result = imported("a.csv", as_csv_file((*PLAIN, "", cell, "√", "", "√", "", "")))

    assert result.rows[0]["公开对象"] == "特定群众（参保人员）"
    assert [f.message for f in result.findings if f.row > 1] == []


def test_what_is_the_same_as_above_is_written_out_and_told() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["序号", "一级事项", "二级事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体"],
        [1, "政策", "法规", "全文", "《安全生产法》", "20个工作日内", "区应急局"],
        [2, "政策", "规划", "全文", "同上", "每年", "（同上）"],
        [3, "政策", "标准", "全文", "同上", "每年", "区住建局"],
    ):
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    _, result = imported("目录.xlsx", data.getvalue())

    assert [row["公开依据"] for row in result.rows] == ["《安全生产法》"] * 3
    assert [row["公开主体"] for row in result.rows] == ["区应急局", "区应急局", "区住建局"]
    told = [(f.place, f.text, f.message) for f in result.findings if "上一行" in f.message]
    assert told[0] == ("E3", "同上", "取上一行的内容：《安全生产法》")
    assert [place for place, _, _ in told] == ["E3", "G3", "E4"]


def test_a_second_head_and_notes_are_counted_and_are_no_rows() -> None:
    row = (*PLAIN, "√", "", "√", "", "√", "", "")
    _, result = imported(
        "a.csv", as_csv_file(row, (*HEAD, *PAIR_HEAD, ""), row, (), ("注：■表示选中",))
    )

    assert (result.heads, result.notes, result.empty, len(result.rows)) == (2, 1, 1, 2)
    assert [f.text for f in result.findings if f.row == 6] == ["注：■表示选中"]


def test_a_mark_in_cells_that_are_merged_sideways_counts_for_both_and_is_told() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([*HEAD, *PAIR_HEAD])
    sheet.append([*PLAIN, "√", "", "√", "", "√", ""])
    sheet.merge_cells("M2:N2")
    out = io.BytesIO()
    book.save(out)

    _, result = imported("a.xlsx", out.getvalue())

    assert result.rows[0]["公开层级"] == "县级、乡级"
    assert [(f.place, f.message) for f in result.findings] == [
        ("N2", "与左边的格合并，当作两列都一样")
    ]


# --- Numbers ---


def _rows(*said: tuple[str, str, str]) -> list[dict[str, str]]:
    return [{"一级事项": a, "二级事项": b, "公开内容（要素）": c} for a, b, c in said]


def test_rows_keep_the_numbers_of_earlier_versions_and_no_number_is_given_twice() -> None:
    older = numbered("safety", _rows(("甲", "一", "x"), ("甲", "二", "y"), ("乙", "一", "z")), [])
    assert [row["编号"] for row in older] == ["safety-001", "safety-002", "safety-003"]

    newer = numbered(
        "safety", _rows(("甲", "二", "y改"), ("丙", "一", "w"), ("甲", "一", "x")), [older]
    )
    assert [row["编号"] for row in newer] == ["safety-002", "safety-004", "safety-001"]

    newest = numbered("safety", _rows(("丁", "一", "v"), ("乙", "一", "z")), [newer, older])
    assert [row["编号"] for row in newest] == ["safety-005", "safety-003"]


def test_a_number_that_two_rows_bring_along_is_the_first_ones() -> None:
    rows = [{"编号": "safety-007"}, {"编号": "safety-007"}, {"编号": "3"}]

    assert [row["编号"] for row in numbered("safety", rows, [])] == [
        "safety-007",
        "safety-008",
        "safety-009",
    ]


@given(
    st.lists(st.sampled_from(("甲", "乙", "丙")), max_size=8),
    st.lists(st.sampled_from(("甲", "丁")), max_size=8),
)
def test_numbers_are_unique_within_a_version(first: list[str], second: list[str]) -> None:
    older = numbered("safety", _rows(*((a, "", a) for a in first)), [])
    newer = numbered("safety", _rows(*((a, "", a) for a in second)), [older])

    for version in (older, newer):
        assert len({row["编号"] for row in version}) == len(version)


# --- The command ---


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_county(tmp_path / "content", {})


def test_a_file_becomes_a_version_with_its_document_and_a_report(
    content: Path, tmp_path: Path
) -> None:
    data, wanted = make(1, 20)
    source = tmp_path / "安全生产.xlsx"
    source.write_bytes(data)

    told = run(source, "安全生产", "2021-01", None, content)

    table = (content / "catalog/safety/2021-01.csv").read_text("utf-8")
    found = list(csv.DictReader(io.StringIO(table)))
    assert [{**row, "编号": ""} for row in found] == wanted
    assert [row["编号"] for row in found] == [f"safety-{n:03}" for n in range(1, 21)]
    assert tuple(found[0]) == COLUMNS
    document = (content / "catalog/safety/2021-01.md").read_text("utf-8")
    assert "\narea: 安全生产\n" in document
    assert "\ntable: 2021-01.csv\n" in document
    assert "\ndraft: true\n" in document
    report = tmp_path / "安全生产-safety-2021-01-导入报告.csv"
    texts = [row["原文"] for row in csv.DictReader(io.StringIO(report.read_text("utf-8-sig")))]
    assert "尧都区重大建设项目领域基层政务公开标准目录" in texts
    assert "注：■为选中的渠道，□为没有选中的渠道。" in texts
    assert "事项 20 行" in told
    assert "一项不少" in told


def test_what_is_said_of_many_cells_is_printed_once(content: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    source.write_bytes(make(1, 300)[0])

    told = run(source, "safety", "2021-01", None, content).splitlines()
    report = (tmp_path / "a-safety-2021-01-导入报告.csv").read_text("utf-8-sig")
    found = [row for row in csv.DictReader(io.StringIO(report)) if "只有一格有字" in row["说明"]]
    (line,) = (line for line in told if "只有一格有字" in line)
    assert len(found) == 7
    assert "、".join(row["位置"] for row in found[:6]) + "等 7 处" in line


def test_a_second_version_keeps_the_numbers(content: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.xlsx"
    for seed, version in ((1, "2021-01"), (1, "2021-07")):
        source.write_bytes(make(seed, 12)[0])
        run(source, "safety", version, None, content)

    first, second = (
        (content / f"catalog/safety/{name}.csv").read_bytes() for name in ("2021-01", "2021-07")
    )
    assert first == second


def _two_catalogs() -> bytes:
    book = Workbook()
    for name in ("甲", "乙"):
        sheet = book.create_sheet(name)
        sheet.append([*HEAD, *PAIR_HEAD])
        sheet.append([*PLAIN, "√", "", "√", "", "√", ""])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


REFUSALS = {
    "there already": ("a.xlsx", make(1, 3)[0], "safety", "2020-01", "已经存在，没有改动它"),
    "no such area": ("a.xlsx", make(1, 3)[0], "安全", "2021-01", "没有“安全”这个领域"),
    "no version": ("a.xlsx", make(1, 3)[0], "safety", "2021", "版本“2021”的写法不对"),
    "two catalogs": ("a.xlsx", _two_catalogs(), "safety", "2021-01", "有 2 张目录表：甲、乙"),
    "damaged": ("a.xlsx", b"PK\x03\x04", "safety", "2021-01", "打不开这个工作簿"),
    "old workbook": ("a.xls", b"\xd0\xcf", "safety", "2021-01", "只能读 xlsx 和 csv"),
    "no catalog": (
        "a.csv",
        "姓名,电话\n甲,1\n".encode(),
        "safety",
        "2021-01",
        "没有找到标准目录的表头",
    ),
    "missing": ("a.xlsx", None, "safety", "2021-01", "找不到或打不开文件"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_cannot_be_imported_is_refused_and_nothing_is_written(
    name: str, content: Path, tmp_path: Path
) -> None:
    file, data, area, version, words = REFUSALS[name]
    if data is not None:
        (tmp_path / file).write_bytes(data)
    kept = content / "catalog/safety/2020-01.csv"
    kept.parent.mkdir(parents=True)
    kept.write_text("编号\nsafety-001\n", "utf-8")

    with pytest.raises(CannotImportError, match=words):
        run(tmp_path / file, area, version, None, content)

    assert [p.name for p in (content / "catalog").rglob("*") if p.is_file()] == ["2020-01.csv"]
    assert kept.read_text("utf-8") == "编号\nsafety-001\n"


def test_a_file_inside_the_content_is_refused(content: Path) -> None:
    (content / "a.xlsx").write_bytes(make(1, 3)[0])

    with pytest.raises(CannotImportError, match="放在内容文件夹里"):
        run(content / "a.xlsx", "safety", "2021-01", None, content)


def test_one_of_several_sheets_can_be_chosen(content: Path, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(_two_catalogs())

    run(tmp_path / "a.xlsx", "safety", "2021-01", "乙", content)
    with pytest.raises(CannotImportError, match="写成其中之一：甲、乙"):
        run(tmp_path / "a.xlsx", "safety", "2021-02", "丙", content)

    assert (content / "catalog/safety/2021-01.csv").exists()


@given(st.binary(max_size=200), st.sampled_from(("a.xlsx", "a.csv")))
def test_bytes_of_any_kind_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        sheets = read_sheets(name, data)
    except CannotReadError:
        return
    for sheet in sheets:
        if head := find_head(sheet):
            import_sheet(sheet, head, CHANNELS)


def test_a_formula_without_a_saved_result_is_told_and_not_dropped() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([*HEAD, *PAIR_HEAD])
    sheet.append(["=ROW()-1", *PLAIN[1:], "√", "", "√", "", "√", ""])
    out = io.BytesIO()
    book.save(out)

    _, result = imported("a.xlsx", out.getvalue())

    assert len(result.rows) == 1
    assert [(f.place, f.text) for f in result.findings] == [("A2", "=ROW()-1")]
