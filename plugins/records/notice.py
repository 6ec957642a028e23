"""公告公示."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from plugins.records.base import Fault, Publication, out_of_order, pdf_field
from plugins.records.fields import Day, DocumentIds, Flag, Number, field, term


class Notice(Publication):
    """公告公示: announcements, public comment, recruitment, results, clarifications."""

    folder = "notices"
    label = "公告公示"
    purpose = "公告、公示、征求意见、招考录用、辟谣澄清等。"
    column = "other"

    kind: Annotated[str, term("notice_kinds")] = field(
        "公告公示类别",
        "公告、公示、征求意见等",
        vocabulary="notice_kinds",
        facet=True,
        example="公示",
    )
    number: Number | None = field(
        "发文字号", "有文号的填写", default=None, header=6, weight=8, example="2021年第3号"
    )
    signed: Day | None = field("成文日期", "落款日期", default=None, header=4)
    corrects: DocumentIds = field(
        "更正的文件",
        "更正公告写：改正哪些已经刊登在公报上的文件",
        default=(),
        relation=("policies", "interpretations", "plans", "notices", "lists"),
        example="policies/2021/2021-015",
    )
    closes: Day | None = field("截止日期", "公示或征求意见的最后一天", default=None)
    pdf: Flag | None = pdf_field()

    def faults(self) -> Iterator[Fault]:
        """Dates follow each other."""
        yield from super().faults()
        yield from out_of_order(self, "signed", "closes")
