"""专题: one page for a topic with its six parts; documents say which topics they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from plugins.library import Library
from plugins.outputs import Output, Page, Shown
from plugins.paging import Listing, Shelf, list_page
from plugins.presenting import Column, cards, document_head, source_of
from plugins.problems import Problem, Severity
from plugins.reading import Document
from plugins.records import Topic
from plugins.settings import Settings
from plugins.views import Card, Link

NOTHING_YET = "本栏目还没有内容。"
_COLUMN = Column("专题", "topics/", Topic.purpose, "政策文件")


@dataclass(frozen=True)
class PartView:
    """One of the six parts; `reason` says why it is empty."""

    name: str
    anchor: str
    cards: tuple[Card, ...]
    reason: str


@dataclass(frozen=True)
class TopicView:
    """A topic's page."""

    title: str
    summary: str
    html: str
    parts: tuple[PartView, ...]
    published: datetime
    source: str


def build(library: Library, settings: Settings) -> Iterator[Output]:  # noqa: ARG001
    """A page for each topic, and an index."""
    topics = library.in_order(Topic)
    for topic in topics:
        yield Page(f"{topic.url}index.html", "topics/topic.html", _page, (topic,))
    listing = Listing(_COLUMN, _COLUMN.name, _COLUMN.url, (), Topic.purpose)
    yield list_page(listing, (Shelf("全部专题", "all", tuple(topics)),), len(topics))


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """An empty part needs its reason; a part with documents needs none."""
    for topic in library.of(Topic):
        filled = {member.part for member in library.members(topic)}
        for part in sorted(filled - set(library.vocabularies["topic_parts"].names)):
            yield topic.problem(
                "title",
                f"词表里没有“{part}”，归入它的文件显示不出来",
                f"在 content/vocabularies/topic_parts.yaml 里恢复“{part}”",
            )
        reasons = {empty.part for empty in topic.record.empty}
        for term in library.vocabularies["topic_parts"].terms:
            if term.name not in filled | reasons:
                yield topic.problem(
                    "empty",
                    f"“{term.name}”还没有内容，也没有说明",
                    f"在 empty 里加：- part: {term.name}，reason: 为什么还没有",
                    Severity.REMINDER,
                )
            elif term.name in filled & reasons:
                yield topic.problem(
                    "empty", f"“{term.name}”已经有内容", "删去 empty 里的这一项", Severity.REMINDER
                )


def _page(library: Library, settings: Settings, topic: Document[Topic]) -> Shown:
    reasons = {empty.part: empty.reason for empty in topic.record.empty}
    members = library.members(topic)
    parts = tuple(
        PartView(
            term.name,
            term.key,
            cards((m.document for m in members if m.part == term.name), library, settings),
            reasons.get(term.name, NOTHING_YET),
        )
        for term in library.vocabularies["topic_parts"].terms
    )
    record = topic.record
    view = TopicView(
        record.title,
        record.summary or "",
        topic.body.html,
        parts,
        record.published,
        source_of(record) or settings.county.authority,
    )
    feed = Link(record.title, topic.url)
    head = document_head(topic, settings, _COLUMN, (Link(_COLUMN.name, _COLUMN.url),), feed=feed)
    return head, {"topic": view}
