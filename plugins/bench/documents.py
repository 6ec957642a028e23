"""A passage → a file of content with all that a careful editor would fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plugins.bench.county import KINDS, ORGANS, SUBJECTS, SampleOrgan
from plugins.bench.passages import Passage
from plugins.records import Category
from plugins.trial.converting import ARTICLE, HEADING

SUMMARY_LENGTH = 60
_NOT_PROSE = re.compile(r"[\\#*|\[\]<>`'\"]|&[a-z]+;|\s+")
_SIGNED_BEFORE = 8
"""Papers are published at most so many days, less one, after they were signed."""
_TABLE_HEAD = ("| 序号 | 项目 | 标准（元） | 依据 |", "| ---: | --- | ---: | --- |")


@dataclass(frozen=True)
class Ticket:
    """What makes a document that document: its place in time, and what belongs to that.

    `place` counts all documents from the oldest; `serial` counts those of one year.
    """

    place: int
    serial: int
    published: date

    @property
    def id(self) -> str:
        """`policies/2021/2021-00015`."""
        year = self.published.year
        return f"policies/{year}/{year}-{self.serial:05d}"

    @property
    def organ(self) -> SampleOrgan:
        """The issuing organ."""
        return ORGANS[self.place % len(ORGANS)]

    @property
    def kind(self) -> str:
        """文种. Counted in steps, so that every organ comes to issue every kind."""
        return KINDS[self.place // len(ORGANS) % len(KINDS)]

    @property
    def category(self) -> Category:
        """文件类别: each third document is normative."""
        return Category.OTHER if self.place % 3 else Category.NORMATIVE

    @property
    def signed(self) -> date:
        """成文日期, a few days before publication."""
        return self.published - timedelta(days=self.place % _SIGNED_BEFORE)

    @property
    def number(self) -> str:
        """发文字号."""
        return f"{self.organ.document_code}〔{self.published.year}〕{self.serial}号"


def document(ticket: Ticket, passage: Passage, tickets: Sequence[Ticket]) -> str:
    """The whole file; `tickets` are all documents, for relations."""
    found = [*_front_matter(ticket, passage), *_relations(ticket, tickets), "---", ""]
    return "\n".join([*found, "\n\n".join(_body(ticket, passage)), ""])


def _front_matter(ticket: Ticket, passage: Passage) -> Iterator[str]:
    year = ticket.published.year
    yield "---"
    yield f"title: {_title(ticket, passage)}"
    yield f"issuer: {ticket.organ.name}"
    yield f"index_number: {ticket.organ.credit_code}/{year}-{ticket.serial:05d}"
    yield f"number: {ticket.number}"
    yield f"category: {ticket.category.value}"
    yield f"kind: {ticket.kind}"
    yield f"subject: {SUBJECTS[ticket.place * 7 % len(SUBJECTS)]}"
    yield "disclosure: 主动公开"
    yield f"signed: {ticket.signed}"
    yield f"published: {ticket.published}"
    yield f"effective: {ticket.published}"
    yield f"summary: {_summary(passage)}"
    yield f"keywords: [{ticket.kind}, {ticket.organ.name}, 示例]"


def _title(ticket: Ticket, passage: Passage) -> str:
    """A title of its own for each document, also where a passage is used again."""
    return (
        f"{ticket.organ.name}关于落实{passage.text}{passage.part}"
        f"（{ticket.published.year}年第{ticket.serial}件）的{ticket.kind}"
    )


def _summary(passage: Passage) -> str:
    prose = (block for block in passage.blocks if not HEADING.fullmatch(block))
    words = _NOT_PROSE.sub("", next(prose)).replace(":", "：")
    return f"本件规定：{words[:SUMMARY_LENGTH]}"


def _relations(ticket: Ticket, tickets: Sequence[Ticket]) -> Iterator[str]:
    """Each tenth document repeals, amends or goes with an older one, and both say so."""
    if target := _target(ticket.place, tickets):
        yield f"{target[0]}: [{tickets[target[1]].id}]"
    later = ticket.place * 2 + 1
    if later < len(tickets) and (named := _target(later, tickets)) and named[0] != "related":
        side = {"repeals": "repealed_by", "amends": "amended_by"}[named[0]]
        yield f"{side}: [{tickets[later].id}]"


def _target(place: int, tickets: Sequence[Ticket]) -> tuple[str, int] | None:
    """Relation and place of the older document; no older one is named twice."""
    if place % 10 != 7:  # noqa: PLR2004  # one in ten; odd, so that halves are never shared
        return None
    if tickets[place // 2].signed > tickets[place].signed:  # so many a day that it is no older
        return None
    return ("repeals", "amends", "related")[place // 10 % 3], place // 2


def _body(ticket: Ticket, passage: Passage) -> Iterator[str]:
    """The passage; 20 % of bodies get bold articles, 15 % a table, 10 % a list: laws have none."""
    for block in passage.blocks:
        yield _bold(block) if ticket.place % 5 == 4 else block  # noqa: PLR2004  # one in five
    if ticket.place % 20 in {0, 8, 14}:
        yield _table(ticket.place)
    if ticket.place % 10 == 3:  # noqa: PLR2004  # one in ten
        yield "\n".join(f"- 申请材料之{n}；" for n in range(1, 4 + ticket.place % 5))


def _bold(block: str) -> str:
    found = ARTICLE.match(block)
    return f"**{found[0]}**{block[found.end() :]}" if found else block


def _table(place: int) -> str:
    rows = (
        f"| {row} | 第{place % 89 + row}项审批 | {row * 37 + place % 1000} | 依照第{row}条 |"
        for row in range(1, 5 + place % 11)
    )
    return "\n".join([*_TABLE_HEAD, *rows])
