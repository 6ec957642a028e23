"""What every document has, and what every official publication has on top of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, ClassVar, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic.fields import FieldInfo

from plugins.records.fields import (
    Disclosure,
    DocumentId,
    DocumentIds,
    FieldNote,
    FileName,
    Flag,
    IndexNumber,
    Listed,
    Moment,
    Text,
    Texts,
    Unique,
    Whole,
    declared,
    field,
    term,
)


@dataclass(frozen=True)
class Fault:
    """Something wrong between the fields of one record, found by the record itself."""

    way: tuple[str | int, ...]
    message: str
    remedy: str
    reminder: bool = False


def out_of_order(record: BaseModel, earlier: str, later: str) -> Iterator[Fault]:
    """A fault if both days are given and stand the wrong way round."""
    first, second = getattr(record, earlier), getattr(record, later)
    if not first or not second:
        return
    first, second = _day(first), _day(second)
    if second < first:
        title = type(record).model_fields[earlier].title
        yield Fault((later,), f"{second} 早于{title} {first}", f"核对两个日期，{title}应当在前")


def no_csv_table(key: str, name: str) -> Iterator[Fault]:
    """A fault if the file that a field names is no CSV table."""
    if not name.lower().endswith(".csv"):
        yield Fault(
            (key,),
            f"“{name}”不是 CSV 表格",
            "在 Excel 里“另存为”，文件类型选“CSV UTF-8（逗号分隔）”，再写新的文件名",
        )


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


class _Frozen(BaseModel):
    """Values that never change, nothing unknown let in."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True
    )

    def __getstate__(self) -> dict[Any, Any]:
        """What is pickled: the same in every process, which pydantic's set of keys is not."""
        return {**super().__getstate__(), "__pydantic_fields_set__": set()}


class Part(_Frozen):
    """A small group of values inside a record."""


class Attachment(Part):
    """附件: a file that lies beside the document and keeps its name."""

    file: FileName = field("文件名", "与本文件放在同一文件夹，只写文件名", example="附件1.xlsx")
    title: Text | None = field("附件名称", "网页上显示的名称，不填则用文件名", default=None)


class Review(Part):
    """三审三校: who answered for each stage; kept in the file, never published."""

    first: Text | None = field("初审", "初审人", default=None, internal=True)
    second: Text | None = field("复审", "复审人", default=None, internal=True)
    final: Text | None = field("终审", "终审人", default=None, internal=True)


class Correction(Part):
    """更正说明: what was put right in a published text, and when; readers are told (条例 6)."""

    at: Moment = field("更正时间", "在网站上更正的时间", example="2021-07-20 15:00")
    note: Text = field(
        "更正说明", "原来怎么写、改成怎么写、为什么改", example="附件1第3行的数字由12改为21。"
    )


class TopicPlace(Part):
    """Where a document stands in a 专题: the topic, one of its six parts, its own facets."""

    topic: DocumentId = field(
        "专题", "专题的编号", relation=("topics",), example="topics/transition"
    )
    part: Annotated[str, term("topic_parts")] | None = field(
        "专题栏目", "六个栏目之一，不填则按文件类型归入", default=None, vocabulary="topic_parts"
    )
    facets: Texts = field(
        "专题方面", "专题文件的 facets 里列出的名称，可以多项", default=(), example="产业转型"
    )


def pdf_field() -> Any:  # noqa: ANN401  # as `field`
    """打印版: the document once more as a PDF; declared by each type that may have one."""
    return field(
        "打印版",
        "true 表示另做一份可以下载打印的 PDF，false 表示不做；不填则按网站的设置",
        default=None,
    )


def short_for(key: str) -> BeforeValidator:
    """Take a bare text, alone or in a list, for a group of values in which only `key` is given."""

    def widen(value: object) -> object:
        items = [value] if isinstance(value, (str, dict)) else value
        if isinstance(items, (list, tuple)):
            return [{key: item} if isinstance(item, str) else item for item in items]
        return items

    return BeforeValidator(widen)


Attachments = Annotated[tuple[Attachment, ...], short_for("file")]
TopicPlaces = Annotated[tuple[TopicPlace, ...], short_for("topic")]


class Record(_Frozen):
    """What every document has. `folder` is its place in content/ and in every URL."""

    folder: ClassVar[str]
    label: ClassVar[str]
    purpose: ClassVar[str]
    column: ClassVar[str]
    """Key of the 法定公开栏目 (vocabulary `columns`) that its documents belong to by default."""
    formal_title: ClassVar[bool] = True
    """Whether titles follow the rules of official papers, as those of 政策问答 do not."""
    pages: ClassVar[tuple[str, ...]] = ()
    """Names under its address that belong to pages of a feature, so that no document has them."""
    by_year: ClassVar[bool] = False
    """Whether its documents are filed by year and numbered: 2021/2021-015."""

    title: Text = field(
        "标题",
        "文件的完整名称",
        example="临汾市尧都区人民政府办公室关于……的通知",
        header=5,
        weight=8,
    )
    published: Moment = field(
        "发布日期", "在网站上发布的时间", example="2021-07-15 09:30", header=7
    )
    disclosure: Disclosure = field(
        "公开属性", "只有“主动公开”的文件会出现在网站上", default=Disclosure.OPEN, header=9
    )
    draft: Flag = field("草稿", "true 表示还没写完，不发布", default=False)
    embargo: Flag = field("定时发布", "发布日期在将来时写 true，到时才发布", default=False)
    summary: Text | None = field("内容概述", "两三句话说清讲什么", default=None, weight=3)
    keywords: Texts = field("关键词", "三到五个", default=(), weight=4)
    source: Text | None = field("信息来源", "转载时写原发布机构", default=None)
    author: Text | None = field("责任编辑", "责任编辑", default=None)
    attachments: Attachments = field("附件", "放在本文件旁边的文件", default=())
    corrections: tuple[Correction, ...] = field(
        "更正说明", "公开以后改正过的内容，一次一项，写在网页上并通知订阅的人", default=()
    )
    late_reason: Text | None = field(
        "补发原因",
        "发布日期早于实际上网日期时写明为什么，与实际上网日期一起显示在网页上",
        default=None,
        example="当时已在政府公告栏张贴，网站改版后补录",
    )
    review: Review | None = field("三审三校", "审核责任人，不对外公开", default=None, internal=True)
    order: Whole = field("排列顺序", "同一列表中数字小的在前，一般不用填", default=0)

    @property
    def is_quoted(self) -> bool:
        """Whether the body repeats what was printed elsewhere: its wording is not ours to mend."""
        return False

    def faults(self) -> Iterator[Fault]:
        """What is wrong between the fields of this record; each type adds its own."""
        names = [attachment.file for attachment in self.attachments]
        for place, name in enumerate(names):
            if name in names[:place]:
                yield Fault(("attachments", place), f"“{name}”列了两次", "删去一处")
        last = self.published
        for place, correction in enumerate(self.corrections):
            if correction.at < last:
                yield Fault(
                    ("corrections", place, "at"),
                    f"{correction.at:%Y-%m-%d %H:%M} 早于发布时间或上一次更正",
                    "核对时间；先更正的写在前面",
                )
            last = max(last, correction.at)

    @property
    def changed(self) -> datetime:
        """When readers last got something new: its publication, or its last correction."""
        return max([self.published, *(correction.at for correction in self.corrections)])


class Publication(Record):
    """What an organ issues to the public: it has an issuer, a class and an answering body."""

    by_year = True

    disclosure: Disclosure = field(
        "公开属性", "只有“主动公开”的文件会出现在网站上；必须填写", header=9, example="主动公开"
    )
    disclosure_basis: Text | None = field(
        "不公开的依据和理由", "不是主动公开时必填，不对外显示", default=None, internal=True
    )
    issuer: Text = field(
        "发文机关",
        "机构的全称",
        organ=True,
        header=3,
        facet=True,
        weight=2,
        example="临汾市尧都区人民政府办公室",
    )
    index_number: IndexNumber | None = field(
        "索引号",
        "统一社会信用代码/年份-流水号",
        default=None,
        header=1,
        example="11141002MB0X000199/2021-00015",
    )
    subject: Annotated[str, term("subjects")] | None = field(
        "主题分类",
        "主题分类\\子类",
        default=None,
        vocabulary="subjects",
        header=2,
        facet=True,
        example="综合政务\\政务公开",
    )
    contact: Text | None = field(
        "咨询机构", "答复群众咨询的机构，不填则为发文机关", default=None, organ=True
    )
    columns: Annotated[tuple[Annotated[str, term("columns")], ...], Listed] = field(
        "法定公开栏目",
        "在法定主动公开内容中的位置，不填则按文件类型归入",
        default=(),
        vocabulary="columns",
    )
    topics: TopicPlaces = field("专题", "收入哪些专题", default=(), relation=("topics",))
    enterprise_kinds: Annotated[
        tuple[Annotated[str, term("enterprise_kinds")], ...], Listed, Unique
    ] = field(
        "企业政策类别",
        "与企业和个体工商户有关的政策写，11类中的一类或几类",
        default=(),
        vocabulary="enterprise_kinds",
        example="补贴",
    )
    applies_to: Annotated[tuple[Annotated[str, term("applies_to")], ...], Listed, Unique] = field(
        "适用对象",
        "政策给谁用，可以多项",
        default=(),
        vocabulary="applies_to",
        example="小微企业",
    )
    catalog_rows: Texts = field(
        "标准目录事项",
        "本文件是基层政务公开标准目录里哪些事项的公开内容，写事项编号",
        default=(),
        example="safety-003",
    )
    related: DocumentIds = field(
        "相关文件",
        "与本文件有关的其他文件",
        default=(),
        relation=("policies", "interpretations", "plans", "notices", "lists", "catalog", "pages"),
    )

    @property
    def issuers(self) -> tuple[str, ...]:
        """All issuing bodies, the lead first."""
        return (self.issuer,)

    @property
    def answering_body(self) -> str:
        """Who answers citizens' questions: its contact, or else its (lead) issuer."""
        return self.contact or self.issuers[0]

    def faults(self) -> Iterator[Fault]:
        """公开属性 other than 主动公开 needs its basis and reason (区2021年工作要点 二（一）)."""
        yield from super().faults()
        if self.disclosure is not Disclosure.OPEN and not self.disclosure_basis:
            yield Fault(
                ("disclosure",),
                f"“{self.disclosure.value}”没有写依据和理由",
                "加一行 disclosure_basis: 依据《中华人民共和国政府信息公开条例》第……条，理由是……",
            )


@cache
def _may_refer(model: type[BaseModel]) -> tuple[tuple[str, FieldNote], ...]:
    """Fields that hold ids of documents, or groups of values that may hold some."""
    fields = declared(model)
    return tuple((key, note) for key, info, note in fields if note.relation or _groups(info))


def _groups(info: FieldInfo) -> bool:
    """Whether a field holds groups of values (`Part`), alone, optional or in a list."""
    return any(_kinds_in(info))


def _kinds_in(info: FieldInfo) -> Iterator[type[BaseModel]]:
    waiting: list[object] = [info.annotation]
    for kind in waiting:  # grows while it is walked
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield kind
        waiting += get_args(kind)


@cache
def relations_of(model: type[BaseModel]) -> Mapping[str, frozenset[str]]:
    """Field of a record → folders of the documents that its values may name, groups included."""
    found: dict[str, frozenset[str]] = {}
    for key, info, note in declared(model):
        folders = set(note.relation)
        for kind in _kinds_in(info):
            folders.update(*relations_of(kind).values())
        if folders:
            found[key] = frozenset(folders)
    return found


def references(
    record: BaseModel, *, prefix: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every document id that a record names, with the way to it: `("topics", 0, "topic")`."""
    for key, note in _may_refer(type(record)):
        value = getattr(record, key)
        if not value:
            continue
        way = (*prefix, key)
        if isinstance(value, BaseModel):
            yield from references(value, prefix=way)
        elif isinstance(value, tuple):
            for place, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from references(item, prefix=(*way, place))
                elif note.relation:
                    yield (*way, place), item
        elif note.relation and isinstance(value, str):
            yield way, value
