"""Registers that the office keeps as CSV for the 政府公报: 联络员 and 报送. Never published.

A row is declared as a record is; the label of a field is the name of its column. Both follow the
mechanisms that 国办发〔2018〕22号 asks for: 部门文件报送制度, 联络员制度, 报送刊登情况通报制度.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import AfterValidator

from plugins.privacy import Kind, scan
from plugins.records.base import Fault, Part, out_of_order
from plugins.records.fields import Day, Disclosure, Flag, Number, Text, fault, field

_OFFICE_PHONE = re.compile(
    r"(?:0(?:10|2[0-9]|[3-9][0-9]{2})-)?[2-9][0-9]{6,7}(?:(?:-|转)[0-9]{1,5})?"
)
_LIKE_THIS = "写单位的固定电话，例如 0357-2000000"


def _check_office_phone(value: str) -> str:
    """A landline. What else was typed is not repeated in the message: it may be personal."""
    if any(found.kind is Kind.MOBILE for found in scan(value)):
        raise fault("这是手机号码，只登记办公电话", f"{_LIKE_THIS}；放行名单对这一列不起作用")
    if not _OFFICE_PHONE.fullmatch(value):
        raise fault("不是固定电话号码", _LIKE_THIS)
    return value


OfficePhone = Annotated[str, AfterValidator(_check_office_phone)]


class Row(Part):
    """One row of a register; `file` is the register's place under content/."""

    file: ClassVar[str]
    label: ClassVar[str]
    purpose: ClassVar[str]

    unit: Text = field("单位", "机构的全称", organ=True, example="临汾市尧都区财政局")

    def faults(self) -> Iterator[Fault]:
        """What is wrong between the cells of this row."""
        yield from ()


class Liaison(Row):
    """公报联络员 of a unit (单位, 姓名, 职务, 办公电话, 启用日期, 停用日期)."""

    file = "liaisons.csv"
    label = "公报联络员"
    purpose = "各单位由谁向政府公报报送文件。只在内部使用，不会出现在网站上。"

    name: Text = field("姓名", "联络员的姓名", example="示例一")
    post: Text = field("职务", "联络员的职务", example="办公室科员")
    phone: OfficePhone = field("办公电话", "只写固定电话，不写手机", example="0357-2000101")
    since: Day = field("启用日期", "从这一天起担任", example="2021-01-04")
    until: Day | None = field("停用日期", "从这一天起不再担任；在任的空着", default=None)

    def faults(self) -> Iterator[Fault]:
        """One is no liaison before one begins."""
        yield from out_of_order(self, "since", "until")

    def serves_on(self, day: date) -> bool:
        """Whether this person is the unit's 联络员 on a day."""
        return self.since <= day and not (self.until and self.until <= day)


class Material(StrEnum):
    """解读材料有无."""

    GIVEN = "有"
    LACKING = "无"


class Edition(StrEnum):
    """电子版: in which forms the text was sent."""

    BOTH = "可编辑和PDF"
    EDITABLE = "可编辑"
    PDF = "PDF"
    LACKING = "无"


class Submission(Row):
    """A paper on its way into the 政府公报: what it is, who sent it, who took it.

    Without 报送日期 it is awaited. The time limit counts from `issued`.
    """

    file = "submissions.csv"
    label = "公报报送台账"
    purpose = "各单位向政府公报报送的文件。只在内部使用，不会出现在网站上。"

    paper: Text = field(
        "文件",
        "网站上文件的编号；还没有上网的写标题",
        example="policies/2021/2021-015",
    )
    number: Number | None = field(
        "发文字号", "没有文号的空着", default=None, example="尧政办发〔2021〕15号"
    )
    signed: Day = field("成文日期", "文件落款日期", example="2021-07-12")
    printed: Day | None = field("印发日期", "版记中的印发日期；没有的空着", default=None)
    disclosure: Disclosure = field("公开属性", "只有主动公开的应当报送", example="主动公开")
    normative: Flag = field("是否规范性文件", "写 是 或 否", example="否")
    legal_review: Text | None = field("合法性审核号", "行政规范性文件填写", default=None)
    filing: Text | None = field("备案号", "行政规范性文件填写", default=None)
    interpretation: Material = field("解读材料有无", "随文报送的解读材料", example="有")
    edition: Edition = field("电子版", "报送了哪些电子文件", example="可编辑和PDF")
    sent: Day | None = field("报送日期", "还没有报送的空着", default=None, example="2021-07-15")
    liaison: Text | None = field(
        "联络员", "报送人，照联络员登记表写", default=None, example="示例一"
    )
    receiver: Text | None = field("接收人", "公报编辑部的接收人", default=None)
    reason: Text | None = field(
        "未刊登原因", "决定不刊登的写明原因", default=None, example="篇幅过长"
    )

    @property
    def issued(self) -> date:
        """印发日期, or 成文日期 of a paper without 版记."""
        return self.printed or self.signed

    def faults(self) -> Iterator[Fault]:
        """The days follow each other; what was sent has a sender and a receiver."""
        yield from out_of_order(self, "signed", "printed")
        yield from out_of_order(self, "printed" if self.printed else "signed", "sent")
        if self.sent and not self.liaison:
            yield Fault(("liaison",), "写了报送日期，没有写联络员", "写联络员登记表里的姓名")
        if self.sent and not self.receiver:
            yield Fault(("receiver",), "写了报送日期，没有写接收人", "写公报编辑部接收人的姓名")
        if self.normative and not self.legal_review:
            yield Fault(
                ("legal_review",),
                "行政规范性文件没有合法性审核号",
                "请报送单位补报；不是规范性文件的，改正“是否规范性文件”",
                reminder=True,
            )


REGISTERS: tuple[type[Row], ...] = (Liaison, Submission)
"""Every register, in the order in which they are kept."""
