"""All documents of a county: look-ups, relations both ways, and the part that is public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar

from plugins.reading import Document
from plugins.records import (
    Disclosure,
    Interpretation,
    Organ,
    Plan,
    Policy,
    Publication,
    Record,
    Topic,
    Vocabularies,
)
from plugins.workdays import Calendar

R = TypeVar("R", bound=Record)


def is_public(document: Document[Record], now: datetime) -> bool:
    """Whether a document may be seen at a moment: 主动公开, no draft, its time has come."""
    record = document.record
    open_to_all = record.disclosure is Disclosure.OPEN
    return open_to_all and not record.draft and record.published <= now


@dataclass(frozen=True)
class Member:
    """A document in one part of a 专题."""

    part: str
    document: Document[Publication]


PART_OF: Mapping[str, str] = MappingProxyType(
    {
        "policies": "政策文件",
        "plans": "政策文件",
        "interpretations": "政策解读",
        "notices": "具体举措",
    }
)
"""Part of a topic that a document falls into by its type, unless it says otherwise."""


class Library:
    """Documents in the order of lists: newest first, then by id.

    A library of everything is for checking; `public()` is what features are built from. In it a
    relation that leads to a document which is not public does not exist.
    """

    def __init__(
        self,
        documents: Iterable[Document[Record]],
        vocabularies: Vocabularies,
        calendar: Calendar,
        files: Mapping[str, int],
        unread: frozenset[str] = frozenset(),
    ) -> None:
        """Put documents into order and look-ups.

        `files`: every other file of the content, path under content/ → size in bytes.
        `unread`: ids of documents whose files have errors; what leads to them is not judged.
        """
        by_id = sorted(documents, key=lambda d: d.id)
        self.documents = tuple(sorted(by_id, key=lambda d: d.record.published, reverse=True))
        self.vocabularies = vocabularies
        self.calendar = calendar
        self.files = files
        self.unread = unread
        self._by_id = {document.id: document for document in self.documents}
        self._organs = {d.record.title: d for d in self.of(Organ)}
        self._back: dict[tuple[str, str], list[str]] = defaultdict(list)
        for document in self.documents:
            for key, target in _relations(document.record):
                self._back[key, target].append(document.id)

    def __iter__(self) -> Iterator[Document[Record]]:
        return iter(self.documents)

    def __len__(self) -> int:
        return len(self.documents)

    def __contains__(self, document_id: object) -> bool:
        return document_id in self._by_id

    def __getitem__(self, document_id: str) -> Document[Record]:
        return self._by_id[document_id]

    def get(self, document_id: str) -> Document[Record] | None:
        """The document with this id, if there is one."""
        return self._by_id.get(document_id)

    def public(self, now: datetime) -> Library:
        """The library that citizens may see at this moment."""
        seen = (d for d in self.documents if is_public(d, now))
        return Library(seen, self.vocabularies, self.calendar, self.files, self.unread)

    def of(self, kind: type[R]) -> list[Document[R]]:
        """Every document whose record is of this type."""
        return [d for d in self.documents if isinstance(d.record, kind)]  # type: ignore[misc]

    def in_order(self, kind: type[R]) -> list[Document[R]]:
        """Every document of a type, in the order that editors gave them, then by id."""
        return sorted(self.of(kind), key=lambda d: (d.record.order, d.id))

    def find(self, ids: Iterable[str], kind: type[R]) -> list[Document[R]]:
        """The documents with these ids that this library holds, in the order given."""
        found = (self._by_id[i] for i in ids if i in self._by_id)
        return [d for d in found if isinstance(d.record, kind)]  # type: ignore[misc]

    def pointing_at(self, document_id: str, key: str, kind: type[R]) -> list[Document[R]]:
        """The documents that name this one in their field `key`, newest first."""
        return self.find(self._back.get((key, document_id), ()), kind)

    def organ(self, name: str) -> Document[Organ] | None:
        """The 机构 with this full name, if it has a page."""
        return self._organs.get(name)

    def knows_organ(self, name: str) -> bool:
        """Whether a name is that of a 机构 or in the list of outside bodies."""
        return name in self._organs or name in self.vocabularies["outside_organs"]

    def organ_names(self) -> list[str]:
        """Every name that an `issuer` may have."""
        return [*self._organs, *self.vocabularies["outside_organs"].names]

    def interpretations_of(self, document: Document[Record]) -> list[Document[Interpretation]]:
        """政策解读 of a document, newest first."""
        return self.pointing_at(document.id, "interprets", Interpretation)

    def repealers_of(self, document: Document[Policy]) -> list[Document[Policy]]:
        """Documents that repeal this one."""
        return self.pointing_at(document.id, "repeals", Policy)

    def amenders_of(self, document: Document[Policy]) -> list[Document[Policy]]:
        """Documents that amend this one."""
        return self.pointing_at(document.id, "amends", Policy)

    def lower_plans(self, document: Document[Plan]) -> list[Document[Plan]]:
        """Plans that name this one as their 上位规划."""
        return self.pointing_at(document.id, "parent", Plan)

    def members(self, topic: Document[Topic]) -> list[Member]:
        """The documents of a 专题 with their parts, newest first; one may stand in several."""
        return [
            Member(place.part or PART_OF[document.id.partition("/")[0]], document)
            for document in self.pointing_at(topic.id, "topics", Publication)
            for place in document.record.topics
            if place.topic == topic.id
        ]


def _relations(record: Record) -> Iterator[tuple[str, str]]:
    """(key, target id) of every relation by which other documents are looked up."""
    if isinstance(record, Policy):
        yield from (("repeals", target) for target in record.repeals)
        yield from (("amends", target) for target in record.amends)
    if isinstance(record, Interpretation):
        yield from (("interprets", target) for target in record.interprets)
    if isinstance(record, Plan):
        yield from (("parent", target) for target in (record.parent,) if target)
        yield from (("replaces", target) for target in (record.replaces,) if target)
    if isinstance(record, Publication):
        yield from (("related", target) for target in record.related)
        yield from (("topics", t) for t in dict.fromkeys(place.topic for place in record.topics))
