"""政策解读."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from plugins.records.base import Fault, Part, Publication
from plugins.records.fields import (
    DocumentIds,
    Listed,
    Text,
    Unique,
    choices_advice,
    field,
    term,
)

SLOTS = ("政策背景", "决策依据", "出台目的", "重要举措", "新旧政策差异")
"""The five things that an interpretation must hold (区2021年工作要点 四（一）)."""


class Waiver(Part):
    """A slot that this interpretation leaves out, and why."""

    slot: Text = field("内容", "五项内容之一", example="新旧政策差异")
    reason: Text = field("理由", "为什么没有这一项", example="首次制定")


class Interpretation(Publication):
    """政策解读."""

    folder = "interpretations"
    label = "政策解读"
    purpose = "把政策文件讲明白：背景、依据、目的、举措和新旧差异。"
    column = "policy"

    interprets: DocumentIds = field(
        "解读的文件",
        "解读哪些政策文件，至少一个",
        relation=("policies", "plans"),
        example="policies/2021/2021-015",
    )
    kinds: Annotated[tuple[Annotated[str, term("interpretation_kinds")], ...], Listed, Unique] = (
        field(
            "解读形式",
            "文字解读、图表图解、视频等，可以多选",
            vocabulary="interpretation_kinds",
            facet=True,
            example="文字解读",
        )
    )
    interpreter: Text | None = field("解读人", "第一解读人或解读单位", default=None)
    waived: tuple[Waiver, ...] = field("缺项说明", "五项内容中缺少的项目和理由", default=())

    def faults(self) -> Iterator[Fault]:
        """At least one document is interpreted; waivers name one of the five slots."""
        yield from super().faults()
        for key in ("interprets", "kinds"):
            if not getattr(self, key):
                yield Fault((key,), "至少要有一项", "写在下面几行，每行以“- ”开头")
        for place, waiver in enumerate(self.waived):
            if waiver.slot not in SLOTS:
                yield Fault(
                    ("waived", place, "slot"),
                    f"“{waiver.slot}”不是五项内容之一",
                    choices_advice(waiver.slot, SLOTS),
                )
