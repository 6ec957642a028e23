"""指南、制度和其他常设页面."""

from __future__ import annotations

from datetime import datetime, time
from enum import StrEnum
from typing import Annotated

from plugins.records.base import Record, pdf_field
from plugins.records.fields import Day, Flag, Listed, Text, field, term


class Block(StrEnum):
    """The five blocks of the column 政府信息公开, by exact name (国办公开办函〔2019〕61号)."""

    GUIDE = "政府信息公开指南"
    RULES = "政府信息公开制度"
    STATUTORY = "法定主动公开内容"
    REPORTS = "政府信息公开年报"
    REQUEST = "依申请公开"


class Page(Record):
    """A standing page: 指南, 制度, 年报 and the like."""

    folder = "pages"
    label = "常设页面"
    purpose = "政府信息公开指南、制度、年报、依申请公开和网站说明。"
    column = "other"

    block: Block | None = field(
        "所属栏目", "政府信息公开五个栏目之一", default=None, example="政府信息公开指南"
    )
    issuer: Text | None = field("发布机构", "机构的全称", default=None, organ=True, header=3)
    updated: Day | None = field("更新日期", "最近一次修订的日期", default=None)
    year: Text | None = field("年度", "年报所属年度", default=None, example="2021")
    pdf: Flag | None = pdf_field()
    columns: Annotated[tuple[Annotated[str, term("columns")], ...], Listed] = field(
        "法定公开栏目", "在法定主动公开内容中的位置", default=(), vocabulary="columns"
    )

    @property
    def changed(self) -> datetime:
        """更新日期 counts too: a standing page is revised without being corrected."""
        revised = datetime.combine(self.updated, time()) if self.updated else self.published
        return max(super().changed, revised)
