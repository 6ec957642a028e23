from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from plugins.tables import as_official_sheet
from plugins.tables.official import CHANNELS, boxes, marks, values_of

ROW = {
    "编号": "projects-001",
    "一级事项": "批准服务信息",
    "二级事项": "办事指南",
    "公开内容（要素）": "申报材料清单、批准流程",
    "公开依据": "《条例、办法》、《意见》",
    "公开渠道和载体": "政府网站、信用中国网站",
    "公开对象": "全社会",
    "公开方式": "主动",
    "公开层级": "县级、乡级",
}


def test_values_are_parted_outside_of_brackets_only() -> None:
    assert values_of("《条例、办法》、（甲、乙）丙、丁") == ["《条例、办法》", "（甲、乙）丙", "丁"]
    assert values_of("") == []


def test_every_box_of_the_form_is_there_and_the_chosen_ones_are_filled() -> None:
    lines = boxes("两微一端、信用中国网站").split("\n")

    assert lines[:2] == ["■两微一端", "■信用中国网站"]
    assert sorted(line[1:] for line in lines[1:]) == sorted(
        ["信用中国网站", *(name for name in CHANNELS if name != "两微一端")]
    )


def test_words_that_are_no_mark_stand_as_they_are() -> None:
    assert marks("公开对象", "全社会") == ("√", "")
    assert marks("公开对象", "特定群体") == ("", "√")
    assert marks("公开对象", "全社会、申请人") == ("√", "申请人")


def test_whom_a_special_group_is_stands_in_its_cell() -> None:
    assert marks("公开对象", "特定群体（参保人员）") == ("", "参保人员")
    assert marks("公开对象", "特定群众（参保人员）") == ("", "特定群众（参保人员）")


def test_the_sheet_has_the_official_head_and_merges_what_is_said_twice() -> None:
    second = {**ROW, "编号": "projects-002", "二级事项": "审批结果"}
    data = as_official_sheet(
        "尧都区重大建设项目领域基层政务公开标准目录", [ROW, second], "2021年版"
    )

    sheet = load_workbook(BytesIO(data)).active
    assert sheet is not None
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"B3:C3", "I3:J3", "K3:L3", "M3:N3", "A3:A4", "B5:B6"} <= merged
    assert "C5:C6" not in merged
    assert [sheet["B4"].value, sheet["I4"].value, sheet["J4"].value] == [
        "一级事项",
        "全社会",
        "特定群体",
    ]
    assert sheet["E5"].value == "《条例、办法》\n《意见》"
    assert [sheet[f"{column}5"].value or "" for column in "IJKLMN"] == ["√", "", "√", "", "√", "√"]
    assert data == as_official_sheet(
        "尧都区重大建设项目领域基层政务公开标准目录", [ROW, second], "2021年版"
    )
