"""专题."""

from __future__ import annotations

from typing import Annotated

from plugins.records.base import Part, Record
from plugins.records.fields import Text, field, term


class EmptyPart(Part):
    """A part of a topic that has nothing yet, and why."""

    part: Annotated[str, term("topic_parts")] = field(
        "专题栏目", "六个栏目之一", vocabulary="topic_parts"
    )
    reason: Text = field("原因", "为什么还没有内容", example="本项工作尚在部署，预计三季度公布")


class Topic(Record):
    """专题: a page that gathers documents in six parts; documents name it in `topics`."""

    folder = "topics"
    label = "专题"
    purpose = "围绕一件事，把政策文件、解读、举措、问题、落实和回应放在一页上。"
    column = "other"

    empty: tuple[EmptyPart, ...] = field("空栏目说明", "还没有内容的栏目和原因", default=())
