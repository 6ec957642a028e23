"""What look-ups know of a document, so that a library need not open all its documents."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from enum import Enum
from hashlib import blake2b
from typing import NamedTuple

from plugins.reading.document import Document
from plugins.records import Disclosure, Organ, Page, Policy, Publication, Record, references
from plugins.records.fields import declared_as
from plugins.records.vocabularies import SEPARATOR


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


def entry_of(document: Document[Record], parts: Sequence[bytes] = ()) -> Entry:
    """The entry of a document that was just read; `parts` are its parts as they are stored."""
    record = document.record
    return Entry(
        document.id,
        f"{record.published:%Y-%m-%d %H:%M}",
        record.disclosure is Disclosure.OPEN and not record.draft,
        tuple(dict.fromkeys(_keys(document))),
        *map(digest, parts or pickled(document)),
    )


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


def _keys(document: Document[Record]) -> Iterator[str]:
    record = document.record
    yield "all "
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
    if isinstance(record, (Publication, Organ)) and not getattr(record, "columns", ()):
        yield f"default-column {record.column}"
    if isinstance(record, Publication):
        yield from _publication_keys(record)
    if isinstance(record, Organ):
        yield f"organ {record.title}"
        yield f"short_name {record.short_name}"
        yield from (f"code {code}" for code in record.document_codes)
    if isinstance(record, Page):
        yield f"block {record.block.name if record.block else ''}"


def _publication_keys(record: Publication) -> Iterator[str]:
    for name in record.columns:
        yield f"column {name}"
    for row in record.catalog_rows:
        yield f"catalog_rows {row}"
    for key in ("number", "index_number"):
        if value := getattr(record, key, None):
            yield f"{key} {value}"
    yield f"answers {record.answering_body}"
    if isinstance(record, Policy) and (record.repeals or record.amends):
        yield "changes "


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
