"""Feeds: the newest documents of some list as Atom (RFC 4287) and as JSON Feed 1.1.

What a reader's programme goes by are ids. Ours are tag URIs (RFC 4151) made of the county's domain
and the document's own id, and never of the address of the site: when the zone moves to another
host or folder nobody is shown everything anew. A correction keeps the id and sets `updated`.

A feed reads only the newest documents of its own look-ups, and those of them that were corrected:
a document of another column remakes none of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from plugins.library import Library
from plugins.outputs import File
from plugins.presenting import ATOM, JSON_FEED, feed_address, source_of, written_day
from plugins.reading import Document
from plugins.reading.entries import CORRECTED
from plugins.records import Record
from plugins.schema_org import indented, stamp
from plugins.settings import Settings

ENTRIES = 30
"""How many of the newest documents a feed holds."""
_MINTED = "2021"
"""A year in which the domain was the county's own, as a tag URI asks for; never changed."""
_NEVER = datetime(2000, 1, 1)  # noqa: DTZ001  # `stamp` makes it aware
"""When a feed that is still empty was last changed: it must say something."""
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML cannot hold, not even escaped."""


class Channel(NamedTuple):
    """Something that can be subscribed to.

    `url` is the page that shows the same, from the site's root; the feeds' address follows from
    it. `keys` are the look-ups (index, value) that find its documents.
    """

    title: str
    url: str
    keys: tuple[tuple[str, str], ...]
    short: str = ""
    """Its name among others of its sort, if that is not its title."""
    shown_at: str = ""
    """Where people are led, if not to `url`: to the list above one that may be empty."""


class Item(NamedTuple):
    """One document in a feed; addresses are absolute."""

    id: str
    url: str
    title: str
    text: str
    author: str
    published: str
    updated: str
    labels: tuple[str, ...]


class Feed(NamedTuple):
    """What both formats say; `page` and `address` are absolute, `address` has no ending."""

    id: str
    title: str
    page: str
    address: str
    updated: str
    items: tuple[Item, ...]
    description: str = ""


def channel_files(channel: Channel) -> Iterator[File]:
    """Both feeds of a channel."""
    address = feed_address(channel.url)
    yield File(f"{address}.xml", _atom, (channel,))
    yield File(f"{address}.json", _json, (channel,))


def tag_id(settings: Settings, name: str) -> str:
    """An id for all time: `tag:www.….gov.cn,2021:policies/2021/2021-015`."""
    return f"tag:{settings.county.site_domain},{_MINTED}:{name}"


def feed_of(channel: Channel, library: Library, settings: Settings) -> Feed:
    """The newest documents of a channel, and what was corrected among the older ones."""
    again = ((f"{CORRECTED}{index}", value) for index, value in channel.keys)
    found = {d.id: d for d in library.newest(channel.keys, ENTRIES)}
    found |= {d.id: d for d in library.gathered(again)}
    newest = sorted(found.values(), key=lambda d: (d.record.changed, d.id), reverse=True)
    items = tuple(
        library.once(f"feed item {document.id}", partial(item_of, document, settings))
        for document in newest[:ENTRIES]
    )
    address = feed_address(channel.url)
    return Feed(
        tag_id(settings, address),
        f"{channel.title} · {settings.county.zone_name}",
        settings.absolute(channel.shown_at or channel.url),
        settings.absolute(address),
        max((item.updated for item in items), default=stamp(_NEVER)),
        items,
    )


def item_of(document: Document[Record], settings: Settings) -> Item:
    """A document as feeds have it: its summary, and before that what was corrected."""
    record = document.record
    labels = [record.label, *record.keywords]
    return Item(
        tag_id(settings, document.id),
        settings.absolute(document.url),
        record.title,
        "\n".join(_said(record)),
        source_of(record) or settings.county.authority,
        stamp(record.published),
        stamp(record.changed),
        tuple(dict.fromkeys(labels)),
    )


def _said(record: Record) -> Iterator[str]:
    """The summary; before it, what was corrected, the last first."""
    for correction in reversed(record.corrections):
        yield f"【更正说明】{written_day(correction.at)}：{correction.note}"
    yield record.summary or record.title


def _atom(library: Library, settings: Settings, channel: Channel) -> bytes:
    return atom(feed_of(channel, library, settings))


def _json(library: Library, settings: Settings, channel: Channel) -> bytes:
    return json_feed(feed_of(channel, library, settings))


def atom(feed: Feed) -> bytes:
    """A feed as RFC 4287 has it."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<id>{_text(feed.id)}</id>",
        f"<title>{_text(feed.title)}</title>",
        f"<updated>{feed.updated}</updated>",
        f"<link href={quoteattr(feed.page)}/>",
        f'<link rel="self" type="{ATOM}" href={quoteattr(feed.address + ".xml")}/>',
        f'<link rel="alternate" type="{JSON_FEED}" href={quoteattr(feed.address + ".json")}/>',
        *map(_entry, feed.items),
        "</feed>\n",
    ]
    return "\n".join(lines).encode()


def _entry(item: Item) -> str:
    labels = "".join(f"<category term={quoteattr(_fit(label))}/>\n" for label in item.labels)
    return (
        f"<entry>\n<id>{_text(item.id)}</id>\n<title>{_text(item.title)}</title>\n"
        f"<link href={quoteattr(item.url)}/>\n"
        f"<published>{item.published}</published>\n<updated>{item.updated}</updated>\n"
        f"<author><name>{_text(item.author)}</name></author>\n{labels}"
        f"<summary>{_text(item.text)}</summary>\n</entry>"
    )


def _text(text: str) -> str:
    return escape(_fit(text))


def _fit(text: str) -> str:
    return _UNFIT.sub("", text)


def json_feed(feed: Feed) -> bytes:
    """A feed as https://jsonfeed.org/version/1.1 has it."""
    said: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": f"{feed.address}.json",
        **({"description": feed.description} if feed.description else {}),
        "language": "zh-CN",
        "items": [
            {
                "id": item.id,
                "url": item.url,
                "title": item.title,
                "content_text": item.text,
                "date_published": item.published,
                "date_modified": item.updated,
                "authors": [{"name": item.author}],
                "tags": list(item.labels),
                "language": "zh-CN",
            }
            for item in feed.items
        ],
    }
    return indented(said).encode()
