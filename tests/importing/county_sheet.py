"""A workbook as counties make them by hand: merged cells, marks of all kinds, notes, a second head.

It is made from a seed, together with the rows that a careful person would copy out of it.
"""

from __future__ import annotations

from io import BytesIO
from random import Random

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from plugins.tables.official import CHANNELS, COLUMNS

YES = ("√", "✓", "☑", "■", "●", "t", "R")
NO = ("", "", "□", "口", "☐", " ")
LAYOUTS = (
    ("序号", "一级", "二级", "内容", "依据", "时限", "主体", "渠道", "对象", "方式", "层级"),
    ("序号", "一级", "二级", "内容", "主体", "时限", "依据", "对象", "方式", "层级", "渠道"),
)
LABELS = {
    "内容": ("公开内容（要素）", "公开内容\n(要素)", "公开内容"),
    "依据": ("公开依据", "公开 依据"),
    "时限": ("公开时限", "公开　时限"),
    "主体": ("公开主体", "责任主体"),
    "渠道": ("公开渠道和载体", "公开渠道\n和载体"),
}
PAIR_LABELS = {
    "对象": ("公开对象", (("全社会", "特定群众"), ("全社会", "特定群体"), ("全社会", "特定人群"))),
    "方式": ("公开方式", (("主动", "依申请公开"), ("主动", "依申请"), ("主动公开", "依申请公开"))),
    "层级": ("公开层级", (("县级", "乡级"), ("县级", "乡、村级"), ("县级", "镇、村级"))),
}
WORDS = {
    "特定群众": "特定群众",
    "特定群体": "特定群体",
    "特定人群": "特定群体",
    "依申请": "依申请公开",
    "主动公开": "主动",
    "乡、村级": "乡级、村级",
    "镇、村级": "乡级、村级",
}


def make(seed: int, count: int) -> tuple[bytes, list[dict[str, str]]]:
    """A workbook of `count` rows and what must be read from it."""
    chance = Random(seed)
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "目录"
    columns = _head(sheet, chance)
    width = sum(len(places) for places in columns.values())
    rows: list[dict[str, str]] = []
    line = 5
    while len(rows) < count:
        size = min(chance.choice((1, 2, 3, 5)), count - len(rows))
        if chance.random() < 0.05:
            _across(sheet, line, width, f"第{line}节 其他领域事项")
            line += 1
        if chance.random() < 0.05:
            line += 1  # an empty row
        rows += _block(sheet, line, size, columns, len(rows), chance)
        line += size
    _across(sheet, line, width, "注：■为选中的渠道，□为没有选中的渠道。")
    sheet.cell(line + 1, 1, "填表说明：本目录由各单位填报")
    out = BytesIO()
    book.save(out)
    return out.getvalue(), rows


def _across(sheet: Worksheet, line: int, width: int, text: str) -> None:
    sheet.cell(line, 1, text)
    sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=width)


def _head(sheet: Worksheet, chance: Random) -> dict[str, tuple[int, ...]]:
    """Two rows of title, two rows of head; where each part stands (columns from 1)."""
    layout = chance.choice(LAYOUTS)
    columns: dict[str, tuple[int, ...]] = {}
    place = 1
    for part in layout:
        wide = 2 if part in PAIR_LABELS else 1
        columns[part] = tuple(range(place, place + wide))
        place += wide
    _across(sheet, 1, place - 1, "尧都区重大建设项目领域基层政务公开标准目录")
    sheet.cell(2, 1, "填报单位：示例")
    for part, places in columns.items():
        if part in PAIR_LABELS:
            label, choices = PAIR_LABELS[part]
            sheet.cell(3, places[0], label)
            sheet.merge_cells(start_row=3, start_column=places[0], end_row=3, end_column=places[1])
            for at, name in zip(places, chance.choice(choices), strict=True):
                sheet.cell(4, at, name)
        elif part in {"一级", "二级"}:
            sheet.cell(4, places[0], f"{part}事项")
        else:
            sheet.cell(3, places[0], "序号" if part == "序号" else chance.choice(LABELS[part]))
            sheet.merge_cells(start_row=3, start_column=places[0], end_row=4, end_column=places[0])
    first = columns["一级"][0]
    sheet.cell(3, first, "公开事项")
    sheet.merge_cells(start_row=3, start_column=first, end_row=3, end_column=first + 1)
    return columns


def _block(  # noqa: PLR0913, PLR0917  # all that a block follows from
    sheet: Worksheet,
    line: int,
    size: int,
    columns: dict[str, tuple[int, ...]],
    number: int,
    chance: Random,
) -> list[dict[str, str]]:
    """Some rows of one 一级事项, whose cells are merged where they say the same."""
    first = f"事项{number}类"
    laws = [f"《条例{n}、办法{n}》第{n}条" for n in range(chance.choice((1, 2, 3)))]
    body = chance.choice(("临汾市尧都区发展和改革局", "相关审批部门"))
    written = chance.choice(("\n", "；", "；\n")).join(laws)
    for part, text in (("一级", _broken(first, chance)), ("依据", written), ("主体", body)):
        sheet.cell(line, columns[part][0], text)
        if size > 1:
            at = columns[part][0]
            sheet.merge_cells(
                start_row=line, start_column=at, end_row=line + size - 1, end_column=at
            )
    found = []
    for offset in range(size):
        row = dict.fromkeys(COLUMNS, "")
        row["一级事项"], row["公开依据"], row["公开主体"] = first, "、".join(laws), body
        if chance.random() < 0.95:
            sheet.cell(line + offset, columns["序号"][0], number + offset + 1)
        _own_cells(sheet, line + offset, columns, row, number + offset, chance)
        found.append(row)
    return found


def _broken(text: str, chance: Random) -> str:
    """A text with a line break or a wide blank at its end, as narrow cells bring about."""
    return chance.choice((text, f"{text[:2]}\n{text[2:]}", f"{text}\u3000"))


def _own_cells(  # noqa: PLR0913, PLR0917  # as above
    sheet: Worksheet,
    line: int,
    columns: dict[str, tuple[int, ...]],
    row: dict[str, str],
    number: int,
    chance: Random,
) -> None:
    row["二级事项"] = chance.choice((f"细项{number}", ""))
    row["公开内容（要素）"] = f"内容{number}：申报材料清单、批准流程、办理时限"
    row["公开时限"] = chance.choice(("实时公开", "信息形成之日起20个工作日内"))
    sheet.cell(line, columns["二级"][0], row["二级事项"] or chance.choice(("", "–", "/")))
    sheet.cell(line, columns["内容"][0], row["公开内容（要素）"])
    sheet.cell(line, columns["时限"][0], row["公开时限"])
    chosen = [name for name in CHANNELS if chance.random() < 0.4] or ["政府网站"]
    row["公开渠道和载体"] = "、".join(chosen)
    box = {True: chance.choice("■☑√"), False: chance.choice("□☐口")}
    between = chance.choice(("\n", " ", "\u3000", "\n "))
    sheet.cell(
        line,
        columns["渠道"][0],
        between.join(f"{box[name in chosen]}{name}" for name in CHANNELS),
    )
    for part, name in (("对象", "公开对象"), ("方式", "公开方式"), ("层级", "公开层级")):
        picked = chance.choice(((True, False), (False, True)))
        if part == "层级":
            picked = chance.choice(((True, False), (False, True), (True, True)))
        words = []
        for at, yes in zip(columns[part], picked, strict=True):
            label = str(sheet.cell(4, at).value)
            sheet.cell(line, at, chance.choice(YES if yes else NO) or None)
            words += [WORDS.get(label, label)] if yes else []
        row[name] = "、".join(words)
