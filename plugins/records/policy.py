"""政策文件: 行政法规 and 规章 of higher levels, 行政规范性文件 and 其他文件."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from plugins.records.base import Fault, Part, Publication, out_of_order, pdf_field
from plugins.records.fields import (
    Address,
    Day,
    DocumentIds,
    FileName,
    Flag,
    Number,
    Sha256,
    Text,
    Texts,
    field,
    term,
)


class Category(StrEnum):
    """What a policy document is in law (《规章制定程序条例》, 行政规范性文件管理)."""

    STATUTE = "行政法规"
    REGULATION = "规章"
    NORMATIVE = "行政规范性文件"
    OTHER = "其他文件"


HIGHER_RULES = frozenset({Category.STATUTE, Category.REGULATION})
"""What a district never makes itself (《立法法》): it shows those of higher levels."""


class Exemption(StrEnum):
    """Papers that need no interpretation, whatever their category."""

    PERSONNEL = "人事任免"
    FORWARDED = "单纯转发"
    CLEANING = "废止、清理文件"
    EMERGENCY = "紧急命令"


class GazettePlace(Part):
    """Where a document was printed in the 政府公报."""

    year: Text = field("年份", "公报年份", example="2021")
    issue: Text = field("期号", "当年第几期", example="3")

    total: Text | None = field("总期号", "总第几期", default=None)
    page: Text | None = field("页码", "起始页", default=None)

    @property
    def short_name(self) -> str:
        """2021年第3期."""
        return f"{self.year}年第{self.issue}期"


class Policy(Publication):
    """政策文件."""

    folder = "policies"
    label = "政策文件"
    purpose = "区政府、区政府办公室和各部门、乡镇街道印发的文件，以及上级现行法规规章。"
    column = "policy"

    category: Category = field(
        "文件类别", "行政法规、规章、行政规范性文件、其他文件", facet=True, example="其他文件"
    )
    kind: Annotated[str, term("kinds")] = field(
        "文种", "15种公文之一", vocabulary="kinds", facet=True, example="通知"
    )
    genre: Annotated[str, term("genres")] | None = field(
        "体裁分类", "不填则与文种相同", default=None, vocabulary="genres"
    )
    number: Number | None = field(
        "发文字号",
        "年份用六角括号〔〕；没有文号的不填",
        default=None,
        header=6,
        weight=8,
        example="尧政办发〔2021〕15号",
    )
    joint_issuers: Texts = field("联合发文机关", "牵头机关以外的发文机关", default=(), organ=True)
    lead: Text | None = field(
        "牵头机关", "联合发文时必填，由它认定公开属性", default=None, organ=True
    )
    signed: Day = field("成文日期", "文件落款日期", header=4, example="2021-07-12")
    printed: Day | None = field("印发日期", "版记中的印发日期", default=None)
    effective: Day | None = field("施行日期", "文中写明的施行日期", default=None)
    expires: Day | None = field("失效日期", "有效期届满之日，从这一天起失效", default=None)
    repealed: Day | None = field("废止日期", "由本站没有的文件废止时填写", default=None)
    repeal_basis: Text | None = field("废止依据", "废止它的文件名称和文号", default=None)
    audience: Text = field("公开范围", "面向谁公开", default="面向全社会")
    repeals: DocumentIds = field(
        "废止的文件", "本文件废止了哪些文件", default=(), relation=("policies",)
    )
    amends: DocumentIds = field(
        "修改的文件", "本文件修改了哪些文件", default=(), relation=("policies",)
    )
    compares: DocumentIds = field(
        "逐条对照的旧文件",
        "和哪些旧文件逐条对照；不填的，与题目相近的被废止、被修改文件对照",
        default=(),
        relation=("policies",),
        example="policies/2018/2018-001",
    )
    repealed_by: DocumentIds = field(
        "被哪个文件废止",
        "可以不填；填了就必须与对方一致",
        default=(),
        relation=("policies",),
        inverse="repeals",
    )
    amended_by: DocumentIds = field(
        "被哪个文件修改",
        "可以不填；填了就必须与对方一致",
        default=(),
        relation=("policies",),
        inverse="amends",
    )
    interpreted_by: DocumentIds = field(
        "政策解读",
        "可以不填；填了就必须与对方一致",
        default=(),
        relation=("interpretations",),
        inverse="interprets",
    )
    needs_interpretation: Flag = field(
        "需要解读",
        "行政规范性文件都要解读，不用填；其他文件需要解读的写 true，计入解读率",
        default=False,
    )
    interpretation_exempt: Exemption | None = field(
        "不需解读的理由",
        "行政规范性文件不需要解读的，写明属于哪一类，不计入解读率",
        default=None,
        example="废止、清理文件",
    )
    legal_review: Text | None = field(
        "合法性审核号", "行政规范性文件的合法性审核编号", default=None
    )
    filing: Text | None = field("备案号", "行政规范性文件的备案编号", default=None)
    official_source: Text | None = field(
        "官方文本来源",
        "法规、规章的官方数据库或公布载体的名称",
        default=None,
    )
    official_address: Address | None = field("官方文本网址", "官方文本所在的网页", default=None)
    official_version: Day | None = field(
        "官方文本版本日期", "所依据的官方文本最近一次公布或修订的日期", default=None
    )
    official_digest: Sha256 | None = field(
        "官方文本摘要",
        "官方文本的 SHA-256；写了 official_copy 的，检查时会告诉应填的值",
        default=None,
    )
    official_copy: FileName | None = field(
        "官方文本存档",
        "官方文本的纯文字文件（.txt），与本文件放在一起，用来核对正文",
        default=None,
        file=True,
    )
    gazette: GazettePlace | None = field("刊登公报", "刊登在哪一期政府公报", default=None)
    pdf: Flag | None = pdf_field()

    @property
    def issuers(self) -> tuple[str, ...]:
        """All issuing bodies, the lead first."""
        bodies = (self.issuer, *self.joint_issuers)
        lead = self.lead if self.lead in bodies else self.issuer
        return tuple(dict.fromkeys((lead, *bodies)))

    @property
    def is_to_be_interpreted(self) -> bool:
        """Counts for 解读率: every 行政规范性文件, and others so marked, but for exempt ones."""
        wanted = self.needs_interpretation or self.category is Category.NORMATIVE
        return wanted and not self.interpretation_exempt

    def faults(self) -> Iterator[Fault]:
        """Joint issuing needs a lead; the dates of a document's life follow each other."""
        yield from super().faults()
        yield from self._lead_faults()
        for earlier, later in (
            ("signed", "printed"),
            ("signed", "effective"),
            ("effective" if self.effective else "signed", "expires"),
            ("signed", "repealed"),
        ):
            yield from out_of_order(self, earlier, later)
        if self.repealed and not self.repeal_basis:
            yield Fault(
                ("repealed",),
                "写了废止日期，却没有写废止依据",
                "加一行 repeal_basis: 《……》（尧政发〔2023〕1号）",
            )
        yield from self._official_faults()
        yield from self._interpretation_faults()
        if self.category is Category.NORMATIVE and not self.number:
            yield Fault(
                ("number",),
                "行政规范性文件没有发文字号",
                "加一行 number: 尧政规〔2021〕1号",
                reminder=True,
            )

    def _official_faults(self) -> Iterator[Fault]:
        """官方文本 belongs to texts that others have made, and says where they come from."""
        given = [key for key in OFFICIAL if getattr(self, key)]
        if given and self.category not in HIGHER_RULES:
            yield Fault(
                (given[0],), f"“{self.category.value}”不用写官方文本", "删去这一行，或改正 category"
            )
        elif given and not self.official_source:
            yield Fault(
                (given[0],), "没有写官方文本的来源", "加一行 official_source: 官方数据库的名称"
            )
        if self.official_copy and not self.official_copy.endswith(".txt"):
            yield Fault(("official_copy",), "不是 .txt 文件", "另存为纯文字文件（UTF-8）")

    def _interpretation_faults(self) -> Iterator[Fault]:
        if self.needs_interpretation and self.interpretation_exempt:
            yield Fault(
                ("interpretation_exempt",),
                "写了需要解读，又写了不需解读的理由",
                "只留一项：需要解读的删去 interpretation_exempt",
            )

    def _lead_faults(self) -> Iterator[Fault]:
        """联合发文 is led by one body, which decides its 公开属性 (条例 10, 工作要点 二（一）)."""
        bodies = (self.issuer, *self.joint_issuers)
        if self.joint_issuers and not self.lead:
            yield Fault(("joint_issuers",), "联合发文没有写牵头机关", f"加一行 lead: {self.issuer}")
        if self.lead and not self.joint_issuers:
            yield Fault(
                ("lead",), "不是联合发文，不用写牵头机关", "删去这一行，或补上 joint_issuers"
            )
        elif self.lead and self.lead not in bodies:
            yield Fault(
                ("lead",), f"“{self.lead}”不在发文机关之列", f"写成其中之一：{'、'.join(bodies)}"
            )
        if self.issuer in self.joint_issuers:
            place = self.joint_issuers.index(self.issuer)
            yield Fault(("joint_issuers", place), f"“{self.issuer}”已经是发文机关", "删去这一项")


OFFICIAL = (
    "official_source",
    "official_address",
    "official_version",
    "official_digest",
    "official_copy",
)
"""Fields on the official text of a higher rule (区2021年工作要点 五（二）1)."""
