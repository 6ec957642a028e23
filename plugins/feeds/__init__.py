"""订阅和数据: Atom feeds, and the list of documents that other platforms gather."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import datetime

import feedgenerator

from plugins.library import Library, state_of
from plugins.outputs import File, Output
from plugins.presenting import COLUMN_OF, PUBLICATIONS, source_of
from plugins.problems import Problem
from plugins.reading import Document
from plugins.records import Policy, Record
from plugins.settings import BEIJING, Settings

DOCUMENTS = "feeds/documents/"
ENTRIES = 20
"""How many of the newest documents a feed holds."""


def build(library: Library, settings: Settings) -> Iterator[Output]:  # noqa: ARG001
    """feeds/all.xml, one feed for each type, and the lists of all documents."""
    folders = tuple(kind.folder for kind in PUBLICATIONS)
    yield File("feeds/all.xml", _feed, ("all", "最新公开", folders))
    for kind in PUBLICATIONS:
        path = f"feeds/{kind.folder}.xml"
        yield File(path, _feed, (kind.folder, COLUMN_OF[kind].name, (kind.folder,)))
    yield File("feeds/documents.json", _years)
    for year in library.values("published"):
        yield File(f"{DOCUMENTS}{year}.json", _documents, (year,))


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """Nothing to mend here."""
    yield from ()


def _feed(
    library: Library, settings: Settings, name: str, title: str, folders: tuple[str, ...]
) -> bytes:
    path = f"feeds/{name}.xml"
    documents = library.gathered(("of", folder) for folder in folders)
    feed = feedgenerator.Atom1Feed(
        title=f"{title} · {settings.county.zone_name}",
        link=settings.absolute(""),
        feed_url=settings.absolute(path),
        description=title,
        language="zh-CN",
    )
    for document in documents[:ENTRIES]:
        record = document.record
        feed.add_item(
            title=record.title,
            link=settings.absolute(document.url),
            unique_id=settings.absolute(document.url),
            description=record.summary or record.title,
            author_name=source_of(record),
            pubdate=_moment(record.published),
            updateddate=_moment(record.published),
        )
    latest = documents[0].record.published if documents else datetime(2000, 1, 1)  # noqa: DTZ001  # made aware below
    feed.latest_post_date = lambda: _moment(latest)
    out = io.StringIO()
    feed.write(out, "utf-8")
    return out.getvalue().encode()


def _moment(local: datetime) -> datetime:
    return local.replace(tzinfo=BEIJING)


def _years(library: Library, settings: Settings) -> bytes:
    """Where the documents of each year are listed: an edit changes one list, not all of them."""
    rows = [
        {"year": year, "count": count, "url": settings.absolute(f"{DOCUMENTS}{year}.json")}
        for year, count in sorted(library.values("published").items(), reverse=True)
    ]
    return json.dumps({"years": rows}, ensure_ascii=False, indent=1).encode()


def _documents(library: Library, settings: Settings, year: str) -> bytes:
    """One object for each document, for upper-level platforms (区2021年工作要点 五（一））."""
    rows = [_row(d, library, settings) for d in library.look_up("published", year)]
    return json.dumps({"documents": rows}, ensure_ascii=False, indent=1).encode()


def _row(document: Document[Record], library: Library, settings: Settings) -> dict[str, str]:
    record = document.record
    row = {
        "kind": record.label,
        "title": record.title,
        "url": settings.absolute(document.url),
        "published": f"{record.published:%Y-%m-%d %H:%M}",
        "issuer": source_of(record),
    }
    for key in ("number", "index_number", "subject", "signed", "effective"):
        if value := getattr(record, key, None):
            row[key] = str(value)
    if isinstance(record, Policy):
        row["validity"] = state_of(document, library, settings).validity.value  # type: ignore[arg-type]
    return row
