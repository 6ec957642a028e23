"""机构."""

from __future__ import annotations

from typing import Annotated

from plugins.records.base import Record
from plugins.records.fields import CreditCode, Text, Texts, field, term


class Organ(Record):
    """机构: 机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名 (条例 20（二）)."""

    folder = "organs"
    label = "机构"
    purpose = "区政府、各部门和乡镇街道：管什么、在哪里、怎么联系。"
    column = "organ"

    title: Text = field(
        "机构全称", "与公章一致的全称", example="临汾市尧都区人民政府办公室", header=5, weight=8
    )
    short_name: Text = field("机构简称", "列表里显示的简称", example="区政府办公室")
    kind: Annotated[str, term("organ_kinds")] = field(
        "机构类别",
        "区政府、区政府部门、乡镇街道等",
        vocabulary="organ_kinds",
        facet=True,
        example="区政府部门",
    )
    credit_code: CreditCode | None = field(
        "统一社会信用代码", "18位，含校验码", default=None, example="11141002MB0X000199"
    )
    document_codes: Texts = field(
        "机关代字", "发文字号里的机关代字", default=(), example="尧政办发"
    )
    parent: Text | None = field("上级机构", "机构的全称", default=None, organ=True)
    address: Text | None = field("办公地址", "详细地址", default=None)
    hours: Text | None = field(
        "办公时间", "工作日的办公时间", default=None, example="周一至周五 8:00—12:00，14:30—18:00"
    )
    phone: Text | None = field(
        "联系电话", "对外公开的固定电话", default=None, example="0357-2000000"
    )
    fax: Text | None = field("传真号码", "传真", default=None)
    email: Text | None = field("互联网联系方式", "电子邮箱或网址", default=None)
    postcode: Text | None = field("邮政编码", "邮政编码", default=None)
    leader: Text | None = field("负责人姓名", "主要负责人姓名", default=None)
    answers: Text | None = field(
        "咨询答复", "谁答复群众咨询：科室和电话", default=None, example="政务公开科 0357-2000000"
    )
