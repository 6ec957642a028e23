"""What stands above a document, on its page and on paper: its column, its header table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from plugins.library import Library, State, Validity
from plugins.library.columns import ROOT
from plugins.presenting import (
    COLUMN_OF,
    EMPTY,
    Column,
    block_column,
    day_fact,
    official_facts,
    organ_fact,
    written_day,
)
from plugins.reading import Document
from plugins.records import Page, Policy, Publication, Record
from plugins.views import Fact, Link

_STANDING = Column("政府信息公开", ROOT, Page.purpose, "信息公开目录")


def place(document: Document[Record], library: Library) -> tuple[Column, tuple[Link, ...]]:
    """The column that a document stands in, and the way to it."""
    column = COLUMN_OF.get(type(document.record))
    if column:
        year = document.record.published.year
        return column, (Link(column.name, column.url), Link(f"{year}年", f"{column.url}{year}/"))
    block = document.record.block if isinstance(document.record, Page) else None
    if block:
        own = block_column(block, library)
        above = (Link(own.name, own.url),) if own.url != document.url else ()
        column = replace(own, url=_STANDING.url)
        return column, (Link(_STANDING.name, _STANDING.url), *above)
    return _STANDING, ()


def facts(record: Record, state: State | None, library: Library) -> Iterator[Fact]:
    """The header table in the nine fields; other papers show those of the nine that they have."""
    if not isinstance(record, Publication):
        return
    yield Fact("索引号", record.index_number or EMPTY)
    yield Fact("主题分类", record.subject or EMPTY, _subject_url(record, library))
    if isinstance(record, Policy) and record.joint_issuers:
        yield Fact("发文机关", "、".join(record.issuers))
    else:
        yield organ_fact("发文机关", record.issuer, library)
    yield day_fact("成文日期", getattr(record, "signed", None))
    yield Fact("标题", record.title, wide=True)
    yield Fact("发文字号", getattr(record, "number", None) or EMPTY)
    yield day_fact("发布日期", record.published)
    if isinstance(record, Policy) and state:
        yield Fact("有效性", _validity(record, state))
    yield Fact("公开方式", record.disclosure.value)
    if isinstance(record, Policy) and record.official_source:
        yield from official_facts(record)


def _subject_url(record: Publication, library: Library) -> str:
    if not record.subject or record.folder != Policy.folder:
        return ""
    name = record.subject.partition("\\")[0]
    return f"{record.folder}/subject/{library.vocabularies['subjects'][name].key}/"


def _validity(record: Policy, state: State) -> str:
    expires = record.expires
    if expires and state.validity in {Validity.IN_FORCE, Validity.AMENDED}:
        return f"{state.validity.value}（有效期至{written_day(expires)}）"
    return state.validity.value
