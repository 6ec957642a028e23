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
from plugins.records import Policy, Publication, Record
from plugins.settings import BEIJING, Settings

ENTRIES = 20
"""How many of the newest documents a feed holds."""


def build(library: Library, settings: Settings) -> Iterator[Output]:
    """feeds/all.xml, one feed for each type, and documents.json."""
    newest = [d for d in library.of(Publication) if isinstance(d.record, PUBLICATIONS)]
    yield _feed("all", "最新公开", newest, settings)
    for kind in PUBLICATIONS:
        yield _feed(kind.folder, COLUMN_OF[kind].name, library.of(kind), settings)
    yield _documents(library, settings)


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """Nothing to mend here."""
    yield from ()


def _feed(
    name: str, title: str, documents: list[Document[Publication]], settings: Settings
) -> File:
    path = f"feeds/{name}.xml"
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
    return File(path, out.getvalue().encode())


def _moment(local: datetime) -> datetime:
    return local.replace(tzinfo=BEIJING)


def _documents(library: Library, settings: Settings) -> File:
    """One object for each document, for upper-level platforms (区2021年工作要点 五（一））."""
    rows = [_row(document, library, settings) for document in library]
    return File(
        "feeds/documents.json",
        json.dumps({"documents": rows}, ensure_ascii=False, indent=1).encode(),
    )


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
        row["validity"] = state_of(document, library, settings.today).validity.value  # type: ignore[arg-type]
    return row
