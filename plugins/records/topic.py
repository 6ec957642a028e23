"""专题."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from plugins.records.base import Fault, Part, Record
from plugins.records.fields import Key, Text, field, term

FACET = "facet"
"""What stands before a facet's key in the addresses of a topic."""


class EmptyPart(Part):
    """A part of a topic that has nothing yet, and why."""

    part: Annotated[str, term("topic_parts")] = field(
        "专题栏目", "六个栏目之一", vocabulary="topic_parts"
    )
    reason: Text = field("原因", "为什么还没有内容", example="本项工作尚在部署，预计三季度公布")


class TopicFacet(Part):
    """A way in which a topic divides its documents beside the six parts: 产业转型, 绿色转型 …."""

    name: Text = field("名称", "网页上显示的名称", example="产业转型")
    key: Key = field("英文编号", "网址里用，定了就不再改", example="industry")
    note: Text | None = field("说明", "一两句话说明收什么", default=None)
    empty: Text | None = field(
        "还没有内容的原因", "这一方面还没有文件时填写", default=None, example="文件正在起草"
    )


class Topic(Record):
    """专题: a page that gathers documents in six parts; documents name it in `topics`."""

    folder = "topics"
    label = "专题"
    purpose = "围绕一件事，把政策文件、解读、举措、问题、落实和回应放在一页上。"
    column = "other"

    facets: tuple[TopicFacet, ...] = field(
        "专题方面", "六个栏目以外，本专题自己的分法，例如转型的六个方面", default=()
    )
    empty: tuple[EmptyPart, ...] = field("空栏目说明", "还没有内容的栏目和原因", default=())

    def faults(self) -> Iterator[Fault]:
        """Facets have names and keys of their own; no part is excused twice."""
        yield from super().faults()
        for what, title in (("name", "名称"), ("key", "英文编号")):
            values = [getattr(facet, what) for facet in self.facets]
            for place, value in enumerate(values):
                if value in values[:place]:
                    yield Fault(("facets", place, what), f"{title}“{value}”写了两次", "改成不同的")
        parts = [empty.part for empty in self.empty]
        for place, part in enumerate(parts):
            if part in parts[:place]:
                yield Fault(("empty", place), f"“{part}”说明了两次", "删去一处")
