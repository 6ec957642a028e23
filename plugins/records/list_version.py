"""清单: one version of a list that the law has counties publish whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from plugins.records.base import Fault, Publication, no_csv_table
from plugins.records.fields import Day, DocumentId, FileName, Text, field, term


class ListVersion(Publication):
    """清单 (优化营商环境条例 25, 40, 43, 44; 区2021年工作要点 一（三）): a table and its header.

    Each version is a document of its own and is kept; 公布机关 is `issuer`, 公布日期 `published`.
    The rows lie in a CSV file beside it.
    """

    folder = "lists"
    label = "清单"
    purpose = (
        "权责、收费、中介服务、证明事项等清单的现行版本、历次版本和调整情况。"
        "清单以外的，不得收费、不得要求。"
    )
    column = "other"
    by_year = False

    kind: Annotated[str, term("list_kinds")] = field(
        "清单类别", "九种清单之一", vocabulary="list_kinds", facet=True, example="权责清单"
    )
    version: Text = field("版本", "网页上显示的版本名称", example="2021年第1版")
    basis: Text = field(
        "依据",
        "编制或调整清单的依据，写明文件名称",
        example="《优化营商环境条例》第四十三条",
    )
    table: FileName = field(
        "清单表格",
        "放在本文件旁边的 CSV 表格，只写文件名",
        file=True,
        example="2021-01.csv",
    )
    key: Text = field("编号列", "表格中区分各项的一列，同一事项各版都不变", example="职权编码")
    effective: Day | None = field("施行日期", "不填则自公布之日起施行", default=None)
    adjustment: Text | None = field(
        "调整情况", "与上一版相比为什么调整；第一版不用填", default=None, weight=2
    )
    phone: Text | None = field(
        "联系电话", "解答清单内容的电话，不填则用答复机构的", default=None, example="0357-2000001"
    )
    replaces: DocumentId | None = field(
        "接替的版本", "上一版的编号，不填则按公布日期推定", default=None, relation=("lists",)
    )

    def faults(self) -> Iterator[Fault]:
        """The table is CSV; a version is not in force before it is published."""
        yield from super().faults()
        yield from no_csv_table("table", self.table)
        if self.effective and self.effective < self.published.date():
            yield Fault(
                ("effective",),
                f"{self.effective} 早于发布日期 {self.published.date()}",
                "核对两个日期；自公布之日起施行的，删去 effective 这一行",
                reminder=True,
            )
