"""政府公报的一期."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from plugins.identifiers import parse_document_number
from plugins.records.base import Fault, Part, Record, short_for
from plugins.records.fields import Day, DocumentId, Flag, Text, Whole, field, term

PRINTED = ("policies", "interpretations", "plans", "notices", "lists")
"""Folders of the documents that may be printed in the gazette."""
STATEMENT = "本刊文本与发文机关印发文本一致；如有不一致，以发文机关正式印发文本为准"
_SPAN = re.compile(r"([1-9][0-9]?)(?:-([1-9][0-9]?))?")


class PrintedDocument(Part):
    """One document in a column of an issue."""

    document: DocumentId = field(
        "文件", "文件的编号", relation=PRINTED, example="policies/2021/2021-015"
    )
    note: Text | None = field("题注", "印在标题下面的说明，一般不用写", default=None)
    reason: Text | None = field(
        "收录理由", "刊登上级机关或者区外单位的文件时必填", default=None, example="区政府转发执行"
    )


class GazetteColumn(Part):
    """公报栏目: its name and what stands in it, in the order in which it is printed."""

    column: Annotated[str, term("gazette_columns")] = field(
        "公报栏目",
        "词表 gazette_columns 里的一个",
        vocabulary="gazette_columns",
        example="区人民政府文件",
    )
    documents: Annotated[tuple[PrintedDocument, ...], short_for("document")] = field(
        "刊登的文件", "文件的编号，按刊登的先后排列", example="policies/2021/2021-015"
    )


class ListedArticle(Part):
    """One article of a 历史公报: what its own 目录 says of it; it is no document of this site."""

    column: Text = field("栏目", "这一期印的栏目名称，照原样写", example="区政府文件")
    title: Text = field("标题", "文件的标题，照原样写", example="关于做好春耕生产工作的通知")
    number: Text | None = field("发文字号", "有才写", default=None, example="某政发〔2018〕3号")
    issuer: Text | None = field("发文机关", "当时的名称，有才写", default=None)
    signed: Day | None = field("成文日期", "有才写", default=None, example="2018-02-06")
    first: Whole = field("起页", "印在纸上的页码", example="3")
    last: Whole = field("止页", "印在纸上的页码", example="5")


class Omission(Part):
    """A 规范性文件 of the year that is not printed, and why."""

    document: DocumentId = field(
        "文件", "文件的编号", relation=("policies",), example="policies/2021/2021-006"
    )
    reason: Text = field("理由", "为什么不刊登", example="已由另一件文件整体替代")


class Issue(Record):
    """政府公报 (区2021年工作要点 二（三）、五（二）3): one issue, its columns and its imprint.

    Numbers begin at 1 each year; the 总第 number goes on for ever; a 合刊 (issue 5-6) takes two of
    the first and one of the second. A 历史公报 was printed before this site existed: its PDF stands
    for itself, and it lists what it prints (`listed`) rather than documents (`contents`).
    """

    folder = "gazette"
    label = "政府公报"
    purpose = "各期政府公报的网页和 PDF，与纸质公报内容一致，可以按期、按文号、按主题查找。"
    column = "other"
    pages = ("offline",)

    title: Text = field(
        "标题",
        "刊名、年份、期号和总期号",
        example="尧都区人民政府公报2021年第1期（总第1期）",
        header=5,
        weight=8,
    )
    year: Whole = field("年份", "公报的年份", example="2021")
    issue: Text = field("期号", "当年第几期；合刊写成 5-6", example="1")
    total: Whole = field("总期号", "创刊以来第几期，每期加一", example="1")
    contents: tuple[GazetteColumn, ...] = field(
        "目录",
        "按栏目的先后排列，没有文件的栏目不写；历史公报写 []",
        example="区人民政府文件",
    )
    listed: tuple[ListedArticle, ...] = field(
        "历史公报的文件",
        "本站建立以前印的公报写这一项，一般由 make import-gazette 写出",
        default=(),
    )
    begins: Whole = field(
        "正文起始页", "历史公报的第一件文件从 PDF 的第几页开始（封面算第1页）", default=1
    )
    scanned: Flag = field("扫描件", "历史公报的 PDF 由纸质公报扫描而成的，写 true", default=False)
    omitted: tuple[Omission, ...] = field(
        "不刊登的规范性文件", "当年的行政规范性文件不刊登的，写明理由", default=()
    )
    permit: Text | None = field("出版许可", "国内统一刊号、ISSN 或者准印证号，有才写", default=None)
    copies: Whole = field("印数", "纸质公报的印数，不印纸质的不写", default=0)
    distribution: Text = field("发行方式", "纸质公报怎样发行", default="免费赠阅")
    printer: Text | None = field("印刷单位", "纸质公报的印刷单位", default=None)
    statement: Text = field("文本说明", "印在版权页上的文本效力说明", default=STATEMENT)

    @property
    def numbers(self) -> range:
        """The numbers of the year that this issue takes: one, or those of a 合刊."""
        found = _SPAN.fullmatch(self.issue)
        if not found:
            return range(0)
        first = int(found[1])
        return range(first, int(found[2] or first) + 1)

    @property
    def name(self) -> str:
        """2021年第1期（总第1期）."""
        return f"{self.short_name}（总第{self.total}期）"

    @property
    def short_name(self) -> str:
        """2021年第1期."""
        return f"{self.year}年第{self.issue}期"

    @property
    def series(self) -> str:
        """刊名: 尧都区人民政府公报."""
        return self.title.removesuffix(self.name)

    @property
    def is_quoted(self) -> bool:
        """Whether it is a 历史公报, whose words are those on paper."""
        return bool(self.listed)

    @property
    def before(self) -> int:
        """Pages before page 1 in the PDF of a 历史公报.

        Less than 0 where pages are numbered through the year.
        """
        return self.begins - self.listed[0].first if self.listed else 0

    @property
    def articles(self) -> Iterator[PrintedDocument]:
        """Every document of the issue, in the order of the pages."""
        for column in self.contents:
            yield from column.documents

    def faults(self) -> Iterator[Fault]:
        """期号 can be read, columns hold something, and each document stands once."""
        yield from super().faults()
        if not self.numbers:
            yield Fault(("issue",), f"“{self.issue}”不是期号", "写成 3；两期合刊写成 5-6")
        if not self.title.endswith(self.name):
            yield Fault(("title",), "标题与年份、期号、总期号不一致", f"写成 …………公报{self.name}")
        if not self.contents and not self.listed:
            yield Fault(
                ("contents",),
                "这一期没有刊登文件",
                "在 contents 里写栏目和文件的编号；历史公报写 listed",
            )
        yield from self._column_faults()
        yield from self._listed_faults()
        ids = [one.document for one in self.articles]
        for place, of_column in enumerate(self.contents):
            for item, one in enumerate(of_column.documents):
                if ids.index(one.document) < _before(self, place) + item:
                    way = ("contents", place, "documents", item, "document")
                    yield Fault(way, f"“{one.document}”刊登了两次", "删去一处")

    def _column_faults(self) -> Iterator[Fault]:
        names = [of_column.column for of_column in self.contents]
        for place, of_column in enumerate(self.contents):
            way = ("contents", place, "column")
            if not of_column.documents:
                yield Fault(way, f"栏目“{of_column.column}”里没有文件", "删去这个栏目")
            if of_column.column in names[:place]:
                yield Fault(way, f"栏目“{of_column.column}”写了两次", "合成一个")

    def _listed_faults(self) -> Iterator[Fault]:
        if not self.listed:
            for key, is_written in (("scanned", self.scanned), ("begins", self.begins != 1)):
                if is_written:
                    yield Fault((key,), "只有历史公报才写这一项", f"删去 {key}，或者写 listed")
            return
        if self.contents:
            yield Fault(
                ("listed",),
                "contents 和 listed 只能写一项",
                "历史公报的 contents 写 []；刊登本站文件的不写 listed",
            )
        if not self.begins:
            yield Fault(("begins",), "PDF 的页从1数起", "写成 1，或者封面、目录之后的第几页")
        for place, one in enumerate(self.listed):
            if one.number and not parse_document_number(one.number):
                yield Fault(
                    ("listed", place, "number"),
                    f"“{one.number}”不像发文字号，按文号查不到",
                    "写成 某政发〔2018〕3号 的样子；纸上就是这样印的可以不改",
                    reminder=True,
                )
        yield from self._page_faults()

    def _page_faults(self) -> Iterator[Fault]:
        """Pages ascend and leave none out; an article may begin where the one before ends."""
        end = self.listed[0].first
        for place, one in enumerate(self.listed):
            way = ("listed", place, "first")
            if one.last < one.first or not one.first:
                yield Fault(
                    ("listed", place, "last"), f"第{one.first}至{one.last}页不对", "核对起页和止页"
                )
            elif one.first < end:
                yield Fault(
                    way,
                    f"第{one.first}页在前一件的最后一页（第{end}页）之前",
                    "按先后排列各件，核对页码",
                )
            elif one.first > end + 1:
                gap = (
                    f"第{end + 1}页" if one.first == end + 2 else f"第{end + 1}至{one.first - 1}页"
                )
                yield Fault(way, f"{gap}不属于任何一件", "补上缺的文件；空白页、插页算在前一件里")
            end = max(end, one.last)


def _before(issue: Issue, place: int) -> int:
    """How many documents stand before a column."""
    return sum(len(of_column.documents) for of_column in issue.contents[:place])
