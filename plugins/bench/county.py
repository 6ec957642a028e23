"""A made-up county for benches: its organs and the words that its documents take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.identifiers import credit_check_character

KINDS = ("通知", "意见", "公告", "通告", "决定", "批复")
SUBJECTS = (
    "综合政务",
    "农业、林业、水利",
    "城乡建设、环境保护",
    "科技、教育",
    "民政、扶贫、救灾",
    "财政、金融、审计",
    "市场监管、安全生产监管",
    "卫生、体育",
    "劳动、人事、监察",
    "文化、广电、新闻出版",
)
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class SampleOrgan:
    """An organ that exists in benches only; `place` counts from 1."""

    place: int

    @property
    def _numeral(self) -> str:
        ten, one = divmod(self.place, 10)
        return f"{'十' if ten else ''}{_NUMERALS[one - 1] if one else ''}"

    @property
    def name(self) -> str:
        """示例局一."""
        return f"示例局{self._numeral}"

    @property
    def document_code(self) -> str:
        """机关代字."""
        return f"示例{self._numeral}发"

    @property
    def credit_code(self) -> str:
        """A 统一社会信用代码 that checks out and is nobody's."""
        body = f"11000000MB0X00{self.place:03d}"
        return body + credit_check_character(body)

    @property
    def path(self) -> str:
        """Its file in the content folder."""
        return f"organs/sample-{self.place:02d}.md"

    def markdown(self, published: str) -> str:
        """Its page, complete enough that nothing is missing."""
        return "\n".join([*self._front_matter(published), "", "## 一、主要职责", "", _DUTIES, ""])

    def _front_matter(self, published: str) -> Iterator[str]:
        phone = f"0357-20000{self.place:02d}"
        yield "---"
        yield f"title: {self.name}"
        yield f"short_name: {self.name}"
        yield "kind: 区政府部门"
        yield f"credit_code: {self.credit_code}"
        yield f"document_codes: [{self.document_code}]"
        yield f"published: {published}"
        yield f"summary: {self.name}只在测试速度时使用，本页列出职责和联系方式。"
        yield f"address: 示例路{self.place}号（示例地址）"
        yield "hours: 周一至周五 8:00—12:00，14:30—18:00（法定节假日除外）"
        yield f"phone: {phone}"
        yield f"answers: 办公室 {phone}"
        yield "---"


_DUTIES = "本机构是测试速度用的示例，没有真实的职责。"

ORGANS = tuple(SampleOrgan(place) for place in range(1, 13))
