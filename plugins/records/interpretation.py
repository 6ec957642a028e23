"""政策解读."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from plugins.records.base import Fault, Part, Publication, pdf_field, short_for
from plugins.records.fields import (
    Day,
    DocumentId,
    DocumentIds,
    Flag,
    Listed,
    Text,
    Unique,
    choices_advice,
    field,
    term,
)

SLOTS = ("政策背景", "决策依据", "出台目的", "重要举措", "新旧政策差异")
"""The five things that an interpretation must hold (区2021年工作要点 四（一）)."""


PLAYED_KINDS = ("视频", "动漫", "音频")
"""Forms that not everybody can see or hear: a 文字稿 goes with them."""
DRAWN_KINDS = ("图表图解", "流程演示")
"""Forms that say in pictures what the text of the page must say, too."""


class Stage(StrEnum):
    """What an interpretation is to the one that it follows (区2021年工作要点 四（一）)."""

    EXTENDS = "延伸解读"
    SUPPLEMENTS = "补充解读"


class Channel(Part):
    """Where an interpretation was spread, beside this site (区2021年工作要点 四（二）)."""

    channel: Annotated[str, term("outlets")] = field(
        "渠道", "传播的渠道", vocabulary="outlets", example="微信公众号"
    )
    name: Text | None = field(
        "名称", "账号、报刊、节目、大厅的名称", default=None, example="尧都发布"
    )
    day: Day | None = field("日期", "发布的日期", default=None, example="2021-07-20")


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
    follows: DocumentId | None = field(
        "接续哪份解读",
        "延伸解读、补充解读填写；接在哪一份解读之后",
        default=None,
        relation=("interpretations",),
        example="interpretations/2021/2021-001",
    )
    stage: Stage | None = field(
        "解读阶段", "延伸解读、补充解读；首次解读不填", default=None, example="延伸解读"
    )
    reaction: Text | None = field(
        "群众关切",
        "引起这次延伸、补充解读的问题，概括地写，不写个人信息",
        default=None,
        example="告知承诺以后还要不要检查",
    )
    prompted_by: DocumentIds = field(
        "关切的出处",
        "引起这次解读的公告、征求意见、政策问答",
        default=(),
        relation=("notices", "questions"),
    )
    channels: Annotated[tuple[Channel, ...], short_for("channel")] = field(
        "传播渠道", "除本网站外在哪里发布过", default=()
    )
    pdf: Flag | None = pdf_field()

    def faults(self) -> Iterator[Fault]:
        """At least one document is interpreted; waivers name one of the five slots."""
        yield from super().faults()
        for key in ("interprets", "kinds"):
            if not getattr(self, key):
                yield Fault((key,), "至少要有一项", "写在下面几行，每行以“- ”开头")
        yield from self._follow_up_faults()
        for place, waiver in enumerate(self.waived):
            if waiver.slot not in SLOTS:
                yield Fault(
                    ("waived", place, "slot"),
                    f"“{waiver.slot}”不是五项内容之一",
                    choices_advice(waiver.slot, SLOTS),
                )

    def _follow_up_faults(self) -> Iterator[Fault]:
        """A follow-up says what it follows, how, and what question brought it about."""
        if self.follows and not self.stage:
            yield Fault(("follows",), "没有写是延伸解读还是补充解读", "加一行 stage: 延伸解读")
        if self.follows and not (self.reaction or self.prompted_by):
            yield Fault(
                ("follows",),
                "没有写这次解读是由什么问题引起的",
                "加一行 reaction: 群众问得最多的是……",
            )
        for key in ("stage", "reaction", "prompted_by"):
            if getattr(self, key) and not self.follows:
                yield Fault(
                    (key,),
                    "没有写接续哪份解读",
                    "加一行 follows: interpretations/2021/2021-001；首次解读删去这一项",
                )
