"""政策包."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from plugins.records.base import Fault, Part, Record, out_of_order, short_for
from plugins.records.fields import Day, DocumentId, Listed, Text, Texts, Unique, field, term

PACKED = ("policies", "interpretations", "questions", "notices", "plans", "pages")
"""Folders of the documents that may lie in a package."""


class PackedDocument(Part):
    """One document of a package, and what it is there for."""

    document: DocumentId = field(
        "文件", "文件的编号", relation=PACKED, example="policies/2023/2023-006"
    )
    note: Text | None = field("提示", "这份文件管什么、先看哪里", default=None)


class Package(Record):
    """政策包: what belongs to one event in the life of a person or a firm, in the order of need.

    相关政策打包推送服务 (区2021年工作要点 四（四）).
    """

    folder = "packages"
    label = "政策包"
    purpose = "办一件事要看的政策打成一包：文件、解读、办理提示和咨询电话，可以打印，可以订阅。"
    column = "other"

    applies_to: Annotated[tuple[Annotated[str, term("applies_to")], ...], Listed, Unique] = field(
        "适用对象", "给谁用，可以多项", vocabulary="applies_to", example="个体工商户"
    )
    trigger: Text = field("适用情形", "遇到什么事用得上：人生事件或企业事件", example="开办企业")
    documents: Annotated[tuple[PackedDocument, ...], short_for("document")] = field(
        "文件", "文件的编号，按阅读的先后排列", example="policies/2021/2021-015"
    )
    contacts: Texts = field("咨询机构", "答复咨询的机构全称，可以多项", default=(), organ=True)
    updated: Day | None = field("更新日期", "最近一次核对内容的日期", default=None)

    def faults(self) -> Iterator[Fault]:
        """Something is in it, each document once; it was not checked before it was published."""
        yield from super().faults()
        yield from out_of_order(self, "published", "updated")
        if not self.documents:
            yield Fault(("documents",), "政策包里没有文件", "在 documents 里写文件的编号，每行一个")
        ids = [packed.document for packed in self.documents]
        for place, document_id in enumerate(ids):
            if document_id in ids[:place]:
                yield Fault(("documents", place), f"“{document_id}”列了两次", "删去一处")
