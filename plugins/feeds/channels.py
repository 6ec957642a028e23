"""What can be subscribed to, as a table: one more line is one more row of feeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from plugins.library import Library, columns_of
from plugins.library.columns import STATUTORY_ROOT
from plugins.library.library import PART_OF
from plugins.presenting import COLUMN_OF, PUBLICATIONS
from plugins.records import FACET, Catalog, Organ, Publication, Topic
from plugins.records.fields import FieldNote, declared
from plugins.syndication import Channel

"""Where the lists of the statutory items stand."""


@dataclass(frozen=True)
class Family:
    """Channels of one sort, as the page 订阅 shows them under one title."""

    title: str
    anchor: str
    channels: Callable[[Library], Iterator[Channel]]


def _all(library: Library) -> Iterator[Channel]:  # noqa: ARG001  # a Family's channels
    folders = tuple(("of", kind.folder) for kind in PUBLICATIONS)
    yield Channel("最新公开", "", folders)


def _types(library: Library) -> Iterator[Channel]:  # noqa: ARG001  # the same
    for kind in PUBLICATIONS:
        column = COLUMN_OF[kind]
        yield Channel(column.name, column.url, (("of", kind.folder),))


def _columns(library: Library) -> Iterator[Channel]:
    """The items of 条例 20 and 21 and other columns of data, also those that have nothing yet."""
    tree = columns_of(library)
    for column in tree.lists:
        url = tree.list_url(column)
        above = "法定主动公开内容：" if url.startswith(STATUTORY_ROOT) else ""
        yield Channel(f"{above}{column.name}", url, column.gathers, column.name)


def _topics(library: Library) -> Iterator[Channel]:
    """Each 专题, and each of its six parts."""
    for topic in library.in_order(Topic):
        title = topic.record.title
        yield Channel(title, topic.url, (("topics", topic.id),))
        for term in library.vocabularies["topic_parts"].terms:
            by_type = (folder for folder, part in PART_OF.items() if part == term.name)
            keys = (
                ("topic-part", f"{topic.id}/{term.name}"),
                *(("topic-default", f"{topic.id}/{folder}") for folder in by_type),
            )
            yield Channel(f"{title}：{term.name}", f"{topic.url}{term.key}/", keys)


def _topic_facets(library: Library) -> Iterator[Channel]:
    """The facets that a 专题 has of its own."""
    for topic in library.in_order(Topic):
        for facet in topic.record.facets:
            keys = (("topic-facet", f"{topic.id}/{facet.name}"),)
            url = f"{topic.url}{FACET}/{facet.key}/"
            yield Channel(f"{topic.record.title}：{facet.name}", url, keys)


def _areas(library: Library) -> Iterator[Channel]:
    """What is published under the rows of each area's standard catalog."""
    areas = library.values(f"{Catalog.folder}.area")
    for term in library.vocabularies["areas"].terms:
        if term.name in areas:
            url = f"{Catalog.folder}/{term.key}/"
            yield Channel(f"标准目录：{term.name}", url, (("catalog-area", term.key),), term.name)


def _enterprise(library: Library) -> Iterator[Channel]:
    """企业政策 by kind, and documents by whom they are for."""
    for vocabulary, index, part in (
        ("enterprise_kinds", "enterprise-kind", "kind"),
        ("applies_to", "applies-to", "for"),
    ):
        for term in library.vocabularies[vocabulary].terms:
            url = f"enterprise/{part}/{term.key}/"
            yield Channel(f"企业政策：{term.name}", url, ((index, term.name),), term.name)


def _organs(library: Library) -> Iterator[Channel]:
    for organ in library.in_order(Organ):
        name = organ.record.title
        keys = tuple((f"{kind.folder}.issuer", name) for kind in PUBLICATIONS)
        yield Channel(name, organ.url, keys)


def _facets(library: Library) -> Iterator[Channel]:
    """Every word that lists are browsed by: 文种, 解读形式 …; bodies have pages of their own."""
    for kind in PUBLICATIONS:
        for key, info, note in declared(kind):
            if note.facet and not note.organ:
                yield from _words(kind, key, note, info.annotation, library)


def _words(
    kind: type[Publication], key: str, note: FieldNote, annotation: object, library: Library
) -> Iterator[Channel]:
    column = COLUMN_OF[kind]
    if note.vocabulary:
        words = [(term.name, term.key) for term in library.vocabularies[note.vocabulary].terms]
    elif isinstance(annotation, type) and issubclass(annotation, Enum):
        words = [(str(member.value), member.name.lower()) for member in annotation]
    else:
        return
    used = library.values(f"{kind.folder}.{key}")
    for word, name in words:
        if word not in used:
            continue  # hundreds of words stand ready: feeds of the unused would be noise
        yield Channel(
            f"{column.name}：{word}",
            f"{column.url}{key}/{name}/",
            ((f"{kind.folder}.{key}", word),),
            shown_at=column.url,
        )


FAMILIES: tuple[Family, ...] = (
    Family("全部", "all", _all),
    Family("按类型", "types", _types),
    Family("按专题", "topics", _topics),
    Family("按法定栏目", "columns", _columns),
    Family("按专题方面", "topic-facets", _topic_facets),
    Family("按公开领域", "areas", _areas),
    Family("企业政策和适用对象", "enterprise", _enterprise),
    Family("按机构", "organs", _organs),
    Family("按文种和类别", "words", _facets),
)
"""Every family of channels, in the order in which the page 订阅 shows them."""
