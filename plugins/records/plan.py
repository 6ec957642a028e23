"""规划计划."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from plugins.records.base import Fault, Publication, out_of_order, pdf_field
from plugins.records.fields import Day, DocumentId, Flag, Number, field, term


class Plan(Publication):
    """规划计划: 国民经济和社会发展规划、专项规划、区域规划 (条例 20（三）)."""

    folder = "plans"
    label = "规划计划"
    purpose = "国民经济和社会发展规划、国土空间规划、专项规划和区域规划，历年规划都在这里。"
    column = "plan"

    period: Annotated[str, term("plan_periods")] = field(
        "规划期", "五年规划期", vocabulary="plan_periods", facet=True, example="十四五"
    )
    kind: Annotated[str, term("plan_kinds")] = field(
        "规划类别",
        "纲要、国土空间规划、专项规划、区域规划",
        vocabulary="plan_kinds",
        facet=True,
        example="专项规划",
    )
    level: Annotated[str, term("plan_levels")] = field(
        "规划层级", "国家、省、市、区、乡镇", vocabulary="plan_levels", facet=True, example="区级"
    )
    number: Number | None = field(
        "发文字号", "印发或批准文号", default=None, header=6, weight=8, example="尧政发〔2021〕8号"
    )
    signed: Day = field("成文日期", "印发或批准日期", header=4, example="2021-06-30")
    starts: Day | None = field("规划开始", "规划期的第一天", default=None)
    ends: Day | None = field("规划结束", "规划期的最后一天", default=None)
    parent: DocumentId | None = field(
        "上位规划", "本规划依据的上位规划", default=None, relation=("plans",)
    )
    replaces: DocumentId | None = field(
        "接续的规划", "上一个规划期的同名规划", default=None, relation=("plans",)
    )
    pdf: Flag | None = pdf_field()

    def faults(self) -> Iterator[Fault]:
        """Dates follow each other."""
        yield from super().faults()
        yield from out_of_order(self, "starts", "ends")
