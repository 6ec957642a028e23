"""政策问答."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from plugins.records.base import Fault, Part, Publication, out_of_order, short_for
from plugins.records.fields import (
    Anchor,
    Day,
    DocumentId,
    Flag,
    Listed,
    Text,
    Texts,
    Unique,
    field,
    term,
)


class Origin(StrEnum):
    """Where a question came from; who asked is never written down."""

    HOTLINE = "热线"
    WINDOW = "窗口"
    MESSAGE = "留言"
    OWN = "自拟"


class Basis(Part):
    """What an answer rests on: a document, the place in it and what stands there; or a law."""

    document: DocumentId | None = field(
        "依据文件",
        "文件的编号",
        default=None,
        relation=("policies", "plans", "interpretations"),
        example="policies/2021/2021-015",
    )
    law: Text | None = field(
        "其他依据",
        "本站没有的法律法规和上级文件，写全名和条款，与 document 二选一",
        default=None,
        example="《社会救助暂行办法》第四十七条",
    )
    article: Anchor | None = field(
        "条款", "条款在网页上的编号：第五条写 t5，一（二）写 s1.2", default=None, example="s1.2"
    )
    quote: Text | None = field(
        "条文", "照抄依据的原文，一字不差；太长的只抄要紧的一句", default=None
    )


Bases = Annotated[tuple[Basis, ...], short_for("document")]


class Question(Publication):
    """政策问答: one question, its answer (the body), and what the answer rests on."""

    folder = "questions"
    label = "政策问答"
    purpose = "群众和企业常问的政策问题：怎么答、依据哪一条、谁来答。"
    column = "policy"
    formal_title = False
    pages = ("print",)

    title: Text = field(
        "问题",
        "一句完整的问话，用群众的话说",
        example="临时救助可以在哪里申请？",
        header=5,
        weight=8,
    )
    summary: Text | None = field("简要答案", "一两句话说清答案，列表里显示", default=None, weight=3)
    issuer: Text = field(
        "答复单位",
        "答复这个问题的机构全称",
        organ=True,
        header=3,
        facet=True,
        weight=2,
        example="临汾市尧都区人民政府办公室",
    )
    similar: Texts = field(
        "相似问",
        "同一个问题的其他问法，供检索",
        default=(),
        weight=6,
        example="在外地打工能不能申请",
    )
    applies_to: Annotated[tuple[Annotated[str, term("applies_to")], ...], Listed, Unique] = field(
        "适用对象",
        "谁会问这个问题，可以多选",
        vocabulary="applies_to",
        facet=True,
        example="城乡居民",
    )
    matter: Annotated[str, term("matters")] = field(
        "事项领域", "办哪方面的事", vocabulary="matters", facet=True, example="社会救助"
    )
    basis: Bases = field("依据", "答案依据的文件和条款，至少一项", example="policies/2021/2021-015")
    answered: Day = field("答复日期", "作出答复的日期", header=4, example="2021-07-14")
    review_by: Day = field(
        "复核日期",
        "最迟在这一天复核答案；过了还没有复核，网页标“待复核”",
        example="2022-07-14",
    )
    phone: Text | None = field("咨询电话", "与答复单位公布的不同才写", default=None)
    origin: Origin = field("问题来源", "只写渠道，不写提问人", example="窗口")
    typical: Flag = field("典型问题", "true 表示收入按季编发的“典型政策问答”", default=False)

    @property
    def based_on(self) -> tuple[str, ...]:
        """Ids of the documents that the answer rests on."""
        return tuple(basis.document for basis in self.basis if basis.document)

    def faults(self) -> Iterator[Fault]:
        """An answer has a basis; somebody is meant; a question is asked in one way once."""
        yield from super().faults()
        yield from out_of_order(self, "answered", "published")
        yield from out_of_order(self, "answered", "review_by")
        for key in ("basis", "applies_to"):
            if not getattr(self, key):
                yield Fault((key,), "至少要有一项", "写在下面几行，每行以“- ”开头")
        for place, basis in enumerate(self.basis):
            if (basis.document is None) == (basis.law is None):
                yield Fault(
                    ("basis", place),
                    "document 和 law 要写一个，也只能写一个",
                    "本站的文件写 document: 文件的编号，本站没有的写 law: 全名和条款",
                )
        for place, words in enumerate(self.similar):
            if words == self.title:
                yield Fault(("similar", place), "与问题相同", "删去这一项")
