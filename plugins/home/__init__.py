"""首页: the zone's front door, one look at all that is public."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plugins.library import Library, columns_of
from plugins.library.columns import STATUTORY
from plugins.outputs import Output, Page, Shown
from plugins.presenting import (
    PUBLICATIONS,
    WINDOW,
    Column,
    block_column,
    cards,
    column_head,
    gazette_place,
    kind_links,
    year_links,
)
from plugins.problems import Problem
from plugins.records import Block, Notice, Policy, Topic
from plugins.settings import Settings
from plugins.views import CountedLink

LATEST = 10
"""How many new documents the home page shows."""
YEARS = 8
"""How many years it leads to; older ones stand on the landing page of 政策文件."""
_OPINIONS = "征求意见"


@dataclass(frozen=True)
class BlockCard:
    """One of the five statutory blocks."""

    name: str
    description: str
    url: str
    note: str


@dataclass(frozen=True)
class Task:
    """Something that citizens come to do; `icon` names a drawing of the theme."""

    label: str
    hint: str
    url: str
    icon: str


@dataclass(frozen=True)
class TopicCard:
    """A 专题 with the number of documents in each of its parts."""

    title: str
    url: str
    summary: str
    parts: tuple[CountedLink, ...]


def build(library: Library, settings: Settings) -> Iterator[Output]:  # noqa: ARG001
    """index.html."""
    yield Page("index.html", "home/home.html", _home)


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """Nothing to mend here: what the home page shows is checked where it is written."""
    yield from ()


def _home(library: Library, settings: Settings) -> Shown:
    newest = library.gathered(("of", kind.folder) for kind in PUBLICATIONS)[:LATEST]
    column = Column(
        "首页",
        "",
        f"{settings.county.authority}政务公开专区：查文件、看解读、找部门、申请公开。",
        "首页",
    )
    return column_head(settings, column, title=settings.county.zone_name), {
        "blocks": tuple(_blocks(library)),
        "latest": cards(newest, library, settings),
        "topics": tuple(_topics(library)),
        "gazette": gazette_place(library),
        "tasks": tuple(_tasks(library)),
        "kinds": kind_links(library),
        "years": year_links(library)[:YEARS],
        "subjects": tuple(_subjects(library)),
    }


def _blocks(library: Library) -> Iterator[BlockCard]:
    for block in Block:
        pages = library.look_up("block", block.name)
        count = _statutory(library) if block is Block.STATUTORY else len(pages)
        note = f"{count} 件" if count else "正在整理"
        column = block_column(block, library)
        yield BlockCard(column.name, column.description, column.url, note)


def _statutory(library: Library) -> int:
    """How many documents stand in the columns of 法定主动公开内容, each counted once."""
    tree = columns_of(library)
    inside = (
        column.gathers
        for column in tree.leaves
        if any(above.key == STATUTORY for above in tree.above(column))
    )
    return len(library.gathered(key for keys in inside for key in keys))


def _topics(library: Library) -> Iterator[TopicCard]:
    parts = library.vocabularies["topic_parts"].terms
    for topic in library.in_order(Topic):
        members = library.members(topic)
        yield TopicCard(
            topic.record.title,
            topic.url,
            topic.record.summary or "",
            tuple(
                CountedLink(
                    term.name,
                    f"{topic.url}#{term.key}",
                    sum(member.part == term.name for member in members),
                )
                for term in parts
            ),
        )


def _tasks(library: Library) -> Iterator[Task]:
    opinions = library.look_up(f"{Notice.folder}.kind", _OPINIONS)
    key = library.vocabularies["notice_kinds"][_OPINIONS].key if opinions else ""
    yield Task("申请公开", "20 个工作日内答复", block_column(Block.REQUEST, library).url, "apply")
    yield Task("看政策解读", "背景、举措和新旧差异", "interpretations/", "file")
    window = WINDOW.url if library.window else "questions/"
    yield Task("问政策", "常见问答，一个电话问清楚", window, "ask")
    yield Task("按要素查", "应公开什么，公开了没有", "catalog/find/", "search")
    yield Task("企业政策", "按创业、补贴等11类查", "enterprise/", "list")
    yield Task("政策包", "办一件事要看的文件", "packages/", "apply")
    yield Task("找部门", "职责、地址、电话", "organs/", "organ")
    yield Task(
        "提意见", "正在征求意见的事项", f"notices/kind/{key}/" if key else "notices/", "opinion"
    )


def _subjects(library: Library) -> Iterator[CountedLink]:
    counts = library.values(f"{Policy.folder}.subject")
    for term in library.vocabularies["subjects"].terms:
        if term.name in counts:
            yield CountedLink(term.name, f"policies/subject/{term.key}/", counts[term.name])
