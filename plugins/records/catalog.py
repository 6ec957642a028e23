"""基层政务公开标准目录: one version of the catalog of one area."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from plugins.records.base import Fault, Part, Publication, no_csv_table
from plugins.records.fields import Day, DocumentId, FileName, Text, Texts, field, term

ROW_ID = "编号"
COLUMNS = (
    ROW_ID,
    "一级事项",
    "二级事项",
    "公开内容（要素）",
    "公开依据",
    "公开时限",
    "公开主体",
    "公开渠道和载体",
    "公开对象",
    "公开方式",
    "公开层级",
    "不适用说明",
    "关联事项",
)
"""The columns of a catalog's CSV file, in their order."""
MAY_BE_EMPTY = frozenset({"二级事项", "不适用说明", "关联事项"})
AUDIENCE = ("全社会", "特定群体", "特定群众")
"""公开对象: the first or one of the others; counties write either of the two, and may say in
brackets whom they mean (请写明): 特定群体（参保人员）."""
MANNER = ("主动", "依申请公开", "依申请")
"""公开方式: the first or one of the others."""
LEVELS = ("县级", "乡级", "村级")
"""公开层级: at least one."""
_NAMED = re.compile(r"(特定群[体众])（(.+)）")
_OPENING, _CLOSING = "《（(〈“〔[【", "》）)〉”〕]】"
_BETWEEN = "、；;\n"
_NO_VALUE = re.compile(r"[\s/—-]*")


def values_of(cell: str) -> list[str]:
    """The values of a cell that stand with 、 or ； between them; within brackets they are one."""
    found, depth = [""], 0
    for sign in cell:
        depth = max(0, depth + (sign in _OPENING) - (sign in _CLOSING))
        if sign in _BETWEEN and not depth:
            found.append("")
        else:
            found[-1] += sign
    return [value.strip() for value in found if not _NO_VALUE.fullmatch(value)]


def named_group(audience: str) -> tuple[str, str]:
    """公开对象 as the word of the form and whom it means: 特定群体, 参保人员 (may be empty)."""
    said = _NAMED.fullmatch(audience)
    return (said[1], said[2]) if said else (audience, "")


class AdjustmentKind(StrEnum):
    """调整类型 of a row between two versions."""

    ADDED = "新增"
    CANCELLED = "取消"
    CHANGED = "变更"
    MERGED = "合并"
    SPLIT = "拆分"


class Adjustment(Part):
    """What was done to one row since the version before, and why (调整情况说明)."""

    row: Text = field("事项编号", "标准目录里的编号", example="safety-003")
    kind: AdjustmentKind = field("调整类型", "新增、取消、变更、合并、拆分", example="变更")
    basis: Text = field(
        "调整依据",
        "法律法规修改，或者权责清单、公共服务事项清单的调整",
        example="《中华人民共和国安全生产法》（2021年修正）第七十八条",
    )
    proposer: Text | None = field("提出单位", "提出调整的机构", default=None)
    note: Text | None = field("说明", "合并到哪一项、从哪一项拆分等", default=None)


class Catalog(Publication):
    """标准目录 (国办发〔2019〕54号; 区2021年工作要点 六): a version of an area with its table.

    Each version is a document of its own and is kept: `catalog/safety/2021-01`. 批准机关 is
    `issuer`. The rows lie in a CSV file beside it.
    """

    folder = "catalog"
    label = "标准目录"
    purpose = (
        "基层政务公开标准目录：各领域公开什么、依据什么、什么时候、由谁、向谁、从哪里公开，"
        "每一项下面就是已经公开的信息。"
    )
    column = "other"
    by_year = False

    area: Annotated[str, term("areas")] = field(
        "领域", "公开领域的名称", vocabulary="areas", facet=True, example="安全生产"
    )
    version: Text = field("版本", "网页上显示的版本名称", example="2021年版")
    effective: Day = field(
        "施行日期", "从这一天起按这一版公开；各事项的公开时限也从这一天算起", example="2021-02-01"
    )
    basis: Texts = field("编制依据", "编制或调整这一版的依据", example="国办发〔2019〕54号")
    table: FileName = field(
        "目录表格", "放在本文件旁边的 CSV 表格，只写文件名", file=True, example="2021-01.csv"
    )
    replaces: DocumentId | None = field(
        "接替的版本", "同一领域上一版的编号，第一版不填", default=None, relation=("catalog",)
    )
    adjustments: tuple[Adjustment, ...] = field(
        "调整情况", "与上一版相比，每个有变动的事项各写一项", default=()
    )

    def faults(self) -> Iterator[Fault]:
        """The table is CSV; only a version that follows another has adjustments."""
        yield from super().faults()
        yield from no_csv_table("table", self.table)
        if self.effective < self.published.date():
            yield Fault(
                ("effective",),
                f"{self.effective} 早于发布日期 {self.published.date()}",
                "核对两个日期；公布以前就已施行的不用改",
                reminder=True,
            )
        if self.adjustments and not self.replaces:
            yield Fault(
                ("adjustments",),
                "写了调整情况，没有写是对哪一版的调整",
                "加一行 replaces: 同一领域上一版的编号",
            )
