"""专题: a topic on one page in six parts, a page for each part and for each facet of its own.

Documents say in `topics` which topics, parts and facets they belong to (区2021年工作要点 一（一）).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from plugins.library import Library
from plugins.library.library import PART_OF
from plugins.outputs import Output, Page, Shown
from plugins.paging import Listing, Shelf, by_years, list_page
from plugins.presenting import Column, cards, document_head, source_of
from plugins.problems import Problem, Severity
from plugins.reading import Document
from plugins.records import FACET, Topic, TopicFacet
from plugins.records.vocabularies import Term
from plugins.settings import Settings
from plugins.views import Card, CountedLink, Link

NOTHING_YET = "本栏目还没有内容。"
SHOWN = 20
"""How many documents of each part the topic's page shows; the part's own page has them all."""
_COLUMN = Column("专题", "topics/", Topic.purpose, "政策文件")
_TO_TOPICS = Link(_COLUMN.name, _COLUMN.url)


@dataclass(frozen=True)
class PartView:
    """One of the six parts; `reason` says why it is empty."""

    name: str
    anchor: str
    url: str
    count: int
    cards: tuple[Card, ...]
    reason: str


@dataclass(frozen=True)
class TopicView:
    """A topic's page."""

    title: str
    summary: str
    html: str
    parts: tuple[PartView, ...]
    facets: tuple[CountedLink, ...]
    published: datetime
    source: str


def build(library: Library, settings: Settings) -> Iterator[Output]:  # noqa: ARG001
    """A page for each topic, for each of its parts and facets, and an index."""
    topics = library.in_order(Topic)
    for topic in topics:
        yield Page(f"{topic.url}index.html", "topics/topic.html", _page, (topic,))
        yield from _parts(topic, library)
        yield from _facets(topic, library)
    listing = Listing(_COLUMN, _COLUMN.name, _COLUMN.url, (), Topic.purpose)
    yield list_page(listing, (Shelf("全部专题", "all", tuple(topics)),), len(topics))


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """An empty part or facet needs its reason; one with documents needs none."""
    for topic in library.of(Topic):
        yield from _unshown(topic, library)
        yield from _unexplained_parts(topic, library)
        yield from _unexplained_facets(topic, library)
        yield from _hiding(topic, library)


def _unshown(topic: Document[Topic], library: Library) -> Iterator[Problem]:
    """Parts that types of document fall into, but that the vocabulary has lost."""
    known = library.vocabularies["topic_parts"]
    for part in sorted(set(PART_OF.values()) - set(known.names)) if known.readable else ():
        if library.part_of_topic(topic.id, part):
            yield topic.problem(
                "title",
                f"词表里没有“{part}”，归入它的文件显示不出来",
                f"在 content/vocabularies/topic_parts.yaml 里恢复“{part}”",
            )


def _unexplained_parts(topic: Document[Topic], library: Library) -> Iterator[Problem]:
    places = {empty.part: place for place, empty in enumerate(topic.record.empty)}
    for term in library.vocabularies["topic_parts"].terms:
        is_filled = bool(library.part_of_topic(topic.id, term.name))
        if not is_filled and term.name not in places:
            yield topic.problem(
                "empty",
                f"“{term.name}”还没有内容，也没有说明",
                f"在 empty 里加：- part: {term.name}，reason: 为什么还没有",
                Severity.REMINDER,
            )
        elif is_filled and term.name in places:
            yield topic.problem(
                ("empty", places[term.name]),
                f"“{term.name}”已经有内容",
                "删去 empty 里的这一项",
                Severity.REMINDER,
            )


def _unexplained_facets(topic: Document[Topic], library: Library) -> Iterator[Problem]:
    for place, facet in enumerate(topic.record.facets):
        is_filled = bool(library.facet_of_topic(topic.id, facet.name))
        if not is_filled and not facet.empty:
            yield topic.problem(
                ("facets", place),
                f"“{facet.name}”还没有内容，也没有说明",
                "在这一项里加一行 empty: 为什么还没有；"
                f"有内容的，在文件的 topics 里写 facets: {facet.name}",
                Severity.REMINDER,
            )
        elif is_filled and facet.empty:
            yield topic.problem(
                ("facets", place, "empty"),
                f"“{facet.name}”已经有内容",
                "删去这一行",
                Severity.REMINDER,
            )


def _hiding(topic: Document[Topic], library: Library) -> Iterator[Problem]:
    """Another topic whose address is that of a page of this one."""
    keys = {term.key for term in library.vocabularies["topic_parts"].terms}
    for other in library.of(Topic):
        inner = other.id.removeprefix(topic.url) if other.id.startswith(topic.url) else ""
        if inner in keys or inner.startswith(f"{FACET}/"):
            yield other.problem(
                "title",
                f"网址与专题 {topic.id} 的栏目相同",
                "换一个文件名，不用栏目的英文编号",
            )


def _page(library: Library, settings: Settings, topic: Document[Topic]) -> Shown:
    parts = tuple(
        PartView(
            term.name,
            term.key,
            _part_url(topic, term),
            len(found),
            cards(found[:SHOWN], library, settings),
            _reason(topic, term),
        )
        for term in library.vocabularies["topic_parts"].terms
        for found in [library.part_of_topic(topic.id, term.name)]
    )
    record = topic.record
    view = TopicView(
        record.title,
        record.summary or "",
        topic.body.html,
        parts,
        _facet_links(topic, library),
        record.published,
        source_of(record) or settings.county.authority,
    )
    feed = Link(record.title, topic.url)
    head = document_head(topic, library, settings, _COLUMN, (_TO_TOPICS,), feed=feed)
    return head, {"topic": view}


def _parts(topic: Document[Topic], library: Library) -> Iterator[Output]:
    """Each part as a list of its own, with the others beside it."""
    terms = library.vocabularies["topic_parts"].terms
    beside = tuple(
        CountedLink(
            term.name, _part_url(topic, term), len(library.part_of_topic(topic.id, term.name))
        )
        for term in terms
    )
    for term in terms:
        url = _part_url(topic, term)
        found = library.part_of_topic(topic.id, term.name)
        listing = _listing(topic, term.name, url, term.note, _reason(topic, term), beside)
        yield from by_years(listing, found, library)


def _facets(topic: Document[Topic], library: Library) -> Iterator[Output]:
    """Each of the topic's own facets as a list; a document with two stands in both."""
    beside = _facet_links(topic, library)
    for facet in topic.record.facets:
        found = library.facet_of_topic(topic.id, facet.name)
        url, empty = _facet_url(topic, facet), facet.empty or NOTHING_YET
        listing = _listing(topic, facet.name, url, facet.note or "", empty, beside)
        yield from by_years(listing, found, library)


def _listing(  # noqa: PLR0913, PLR0917  # what parts and facets differ in
    topic: Document[Topic],
    name: str,
    url: str,
    note: str,
    empty: str,
    beside: tuple[CountedLink, ...],
) -> Listing:
    title = topic.record.title
    column = Column(
        f"{title}：{name}", _COLUMN.url, note or f"专题“{title}”的{name}。", _COLUMN.kind
    )
    above = (_TO_TOPICS, Link(title, topic.url))
    return Listing(column, f"{title}：{name}", url, above, note, empty, beside)


def _facet_links(topic: Document[Topic], library: Library) -> tuple[CountedLink, ...]:
    return tuple(
        CountedLink(
            facet.name,
            _facet_url(topic, facet),
            len(library.facet_of_topic(topic.id, facet.name)),
        )
        for facet in topic.record.facets
    )


def _part_url(topic: Document[Topic], term: Term) -> str:
    return f"{topic.url}{term.key}/"


def _facet_url(topic: Document[Topic], facet: TopicFacet) -> str:
    return f"{topic.url}{FACET}/{facet.key}/"


def _reason(topic: Document[Topic], term: Term) -> str:
    reasons = {empty.part: empty.reason for empty in topic.record.empty}
    return reasons.get(term.name, NOTHING_YET)
