"""What look-ups know of a document, so that a library need not open all its documents."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum
from hashlib import blake2b, sha256
from typing import NamedTuple

from plugins.reading.document import Document
from plugins.records import (
    Disclosure,
    Interpretation,
    Issue,
    Organ,
    Package,
    Page,
    Plan,
    Policy,
    Publication,
    Question,
    Record,
    references,
)
from plugins.records.fields import declared_as
from plugins.records.vocabularies import SEPARATOR

CORRECTED = "corrected."
"""Before an index that lists only those documents that were corrected."""


class Entry(NamedTuple):
    """One document in the library's catalogue.

    `published` is `2021-07-15 09:30`. `keys` are the look-ups that find the document, each an index
    and a value: `year policies/2021`, `repeals policies/2020/2020-003`. `record`, `body` and
    `places` are digests of its parts.
    """

    id: str
    published: str
    is_open: bool
    """主动公开 and no draft: public as soon as its time has come."""
    keys: tuple[str, ...]
    record: bytes
    body: bytes
    places: bytes
    text: bytes = b""
    """SHA-256 of the body's plain text as UTF-8; published, so that others can compare."""


def entry_of(document: Document[Record], parts: Sequence[bytes] = ()) -> Entry:
    """The entry of a document that was just read; `parts` are its parts as they are stored."""
    record = document.record
    own, body, places = map(digest, parts or pickled(document))
    return Entry(
        document.id,
        f"{record.published:%Y-%m-%d %H:%M}",
        is_open(record),
        tuple(dict.fromkeys(_all_keys(document))),
        own,
        body,
        places,
        sha256(document.body.text.encode()).digest(),
    )


def is_open(record: Record) -> bool:
    """主动公开 and no draft: public as soon as its time has come."""
    return record.disclosure is Disclosure.OPEN and not record.draft


def pickled(document: Document[Record]) -> tuple[bytes, bytes, bytes]:
    """Record, body and places as the store keeps them."""
    return (
        pickle.dumps(document.record, pickle.HIGHEST_PROTOCOL),
        pickle.dumps(document.body, pickle.HIGHEST_PROTOCOL),
        pickle.dumps(document.places, pickle.HIGHEST_PROTOCOL),
    )


def digest(data: bytes | memoryview) -> bytes:
    """Sixteen bytes that stand for any others."""
    return blake2b(data, digest_size=16).digest()


def _all_keys(document: Document[Record]) -> Iterator[str]:
    """The keys of a document; one that was corrected has each of them again, as `corrected …`."""
    keys = list(_keys(document))
    yield from keys
    if document.record.corrections:
        yield from (f"{CORRECTED}{key}" for key in keys)


def _keys(document: Document[Record]) -> Iterator[str]:
    record = document.record
    yield "all "
    if is_open(record):
        yield "open "
    yield f"of {record.folder}"
    yield f"published {record.published:%Y}"
    yield f"year {record.folder}/{record.published:%Y}"
    yield f"month {record.folder}/{record.published:%Y/%m}"
    for path in document.files:
        yield f"uses {path}"
    for way, target in references(record):
        yield f"{way[0]} {target}"
    for index, word in facet_words(record):
        yield f"{index} {word}"
    yield from _column_keys(record)
    if isinstance(record, Publication):
        yield from _publication_keys(record)
    yield from _keys_of_type(record)
    yield from _pdf_keys(document)


def _pdf_keys(document: Document[Record]) -> Iterator[str]:
    """Whether a document asks for a 打印版, or has a text of which the site may make one."""
    asks = getattr(document.record, "pdf", False)
    if asks:
        yield "pdf "
    elif asks is None and document.body.text:
        yield f"pdf {document.record.folder}"


def _column_keys(record: Record) -> Iterator[str]:
    columns = getattr(record, "columns", ())
    yield from (f"column {name}" for name in columns)
    if isinstance(record, (Publication, Organ)) and not columns:
        yield f"default-column {record.column}"


def _publication_keys(record: Publication) -> Iterator[str]:
    yield from (f"catalog_rows {row}" for row in record.catalog_rows)
    yield from (f"catalog-area {row.rpartition('-')[0]}" for row in record.catalog_rows)
    for key in ("number", "index_number"):
        if value := getattr(record, key, None):
            yield f"{key} {value}"
    yield f"answers {record.answering_body}"
    yield from _topic_keys(record)
    if record.enterprise_kinds:
        yield "enterprise "
    yield from (f"enterprise-kind {word}" for word in record.enterprise_kinds)
    yield from (f"applies-to {word}" for word in record.applies_to)


def _topic_keys(record: Publication) -> Iterator[str]:
    for place in record.topics:
        if place.part:
            yield f"topic-part {place.topic}/{place.part}"
        else:
            yield f"topic-default {place.topic}/{record.folder}"
        yield from (f"topic-facet {place.topic}/{facet}" for facet in place.facets)


def _keys_of_type(record: Record) -> Iterator[str]:
    """What only one type of document is found by."""
    match record:
        case Plan():
            yield f"plan-cell {record.period}/{record.kind}"
        case Policy():
            yield from _policy_keys(record)
        case Interpretation(follows=str()):
            yield "follow-up "
        case Question(typical=True):
            yield f"typical {quarter_of(record.published)}"
        case Issue():
            yield from (f"listed {one.number}" for one in record.listed if one.number)
        case Package():
            yield from (f"package-for {word}" for word in record.applies_to)
        case Organ():
            yield f"organ {record.title}"
            yield f"short_name {record.short_name}"
            yield from (f"code {code}" for code in record.document_codes)
        case Page():
            yield f"block {record.block.name if record.block else ''}"


def _policy_keys(record: Policy) -> Iterator[str]:
    if record.repeals or record.amends or record.compares:
        yield "changes "
    if record.is_to_be_interpreted:
        yield f"to-interpret {record.published:%Y}"


def quarter_of(day: date) -> str:
    """The quarter of a year as addresses have it: `2021-3`."""
    return f"{day.year}-{(day.month + 2) // 3}"


def facet_words(record: Record) -> Iterator[tuple[str, str]]:
    """(index, word) of every facet that a document is found by: `policies.kind`, `通知`."""
    for key, note in declared_as(type(record), "facet"):
        value = getattr(record, "issuers" if note.organ else key)
        for item in value if isinstance(value, tuple) else (value,):
            if item is not None:
                word = str(item.value) if isinstance(item, Enum) else str(item)
                yield (
                    f"{record.folder}.{key}",
                    word.partition(SEPARATOR)[0] if note.vocabulary else word,
                )
