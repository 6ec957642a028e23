"""All documents of a county: look-ups, relations both ways, and the part that is public.

Look-ups are answered from the catalogue (see `plugins.reading.entries`); a document is opened only
when somebody asks for its parts. Every answer is noted as a fact, so that what was made of it is
made again when, and only when, the answer has changed; `plugins.library.changes` tells which have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar, cast

from plugins.library.facts import (
    ADDRESSES,
    CALENDAR,
    FILES,
    REDIRECTS,
    RELEASES,
    UNREAD,
    WINDOW,
    file_fact,
    has_fact,
    values_fact,
)
from plugins.reading import Document
from plugins.reading.document import BODY, RECORD
from plugins.reading.entries import Entry, entry_of
from plugins.reading.table import Table, read_table
from plugins.records import (
    RECORD_TYPES,
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
from plugins.records.office import NO_LISTS, Office, Redirect, Window
from plugins.settings import Settings
from plugins.tracing import Trace, note, note_all, traced
from plugins.workdays import Calendar

R = TypeVar("R", bound=Record)
T = TypeVar("T")


def is_public(document: Document[Record], settings: Settings) -> bool:
    """Whether citizens may see a document now: 主动公开, no draft, its time has come."""
    record = document.record
    open_to_all = record.disclosure is Disclosure.OPEN
    return open_to_all and not record.draft and settings.reached(record.published)


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
        "questions": "典型问题",
        "lists": "具体举措",
        "catalog": "具体举措",
    }
)
"""Part of a topic that a document falls into by its type, unless it says otherwise."""

PUBLIC = "public "
"""Before the facts of a library in which there is only what citizens may see."""


class Library:
    """Documents in the order of lists: newest first, then by id.

    A library of everything is for checking; `public()` is what features are built from. In it a
    relation that leads to a document which is not public does not exist.
    """

    def __init__(  # noqa: PLR0913  # all that a county has
        self,
        documents: Iterable[tuple[Entry, Document[Record]]],
        vocabularies: Vocabularies,
        calendar: Calendar,
        files: Mapping[str, int],
        unread: frozenset[str] = frozenset(),
        *,
        data_of: Callable[[str], bytes] | None = None,
        scope: str = "",
        sums: Mapping[str, bytes] = MappingProxyType({}),
        office: Office = NO_LISTS,
    ) -> None:
        """Take in documents with their entries.

        `files`: every other file of the content, path under content/ → size in bytes.
        `unread`: ids of documents whose files have errors; what leads to them is not judged.
        `data_of` gives the bytes of such a file.
        `scope` stands before all facts of this library's look-ups.
        `sums`: SHA-256 of those files.
        """
        self._given = documents if isinstance(documents, tuple) else tuple(documents)
        self.vocabularies = vocabularies
        self._calendar = calendar
        self._files = files
        self._unread = unread
        self._data_of = data_of
        self.scope = scope
        self._sums = sums
        self._office = office
        self._once: dict[str, tuple[object, Trace]] = {}
        self._tables: dict[str, Table] = {}

    @classmethod
    def of_documents(
        cls,
        documents: Iterable[Document[Record]],
        vocabularies: Vocabularies,
        calendar: Calendar,
        files: Mapping[str, int],
        unread: frozenset[str] = frozenset(),
    ) -> Library:
        """A library of documents that were just read."""
        entered = tuple((entry_of(document), document) for document in documents)
        return cls(entered, vocabularies, calendar, files, unread)

    @cached_property
    def _ordered(self) -> list[tuple[Entry, Document[Record]]]:
        by_id = sorted(self._given, key=lambda pair: pair[0].id)
        return sorted(by_id, key=lambda pair: pair[0].published, reverse=True)

    @cached_property
    def _by_id(self) -> dict[str, Document[Record]]:
        return {entry.id: document for entry, document in self._given}

    @cached_property
    def _index(self) -> Mapping[str, list[Document[Record]]]:
        """Key of the catalogue → the documents that have it, in order."""
        index: dict[str, list[Document[Record]]] = defaultdict(list)
        for entry, document in self._ordered:
            for key in entry.keys:
                index[key].append(document)
        return dict(index)

    @cached_property
    def _values(self) -> Mapping[str, dict[str, int]]:
        """Index → its values and how many documents have each."""
        values: dict[str, dict[str, int]] = defaultdict(dict)
        for key, documents in self._index.items():
            index, _, value = key.partition(" ")
            values[index][value] = len(documents)
        return values

    def look_up(self, index: str, value: str = "") -> list[Document[Record]]:
        """The documents that the catalogue lists under a value of an index, newest first."""
        key = f"{index} {value}"
        note(self.scope + key)
        return self._index.get(key, [])

    def values(self, index: str) -> Mapping[str, int]:
        """Every value of an index that some document has, with the number of documents."""
        note(self.scope + values_fact(index))
        return self._values.get(index, {})

    def newest(self, keys: Iterable[tuple[str, str]], count: int) -> list[Document[Record]]:
        """The newest of the documents listed under any of several (index, value), each once.

        Costs time for as many as are asked for, however many there are.
        """
        lists = [self.look_up(index, value)[:count] for index, value in keys]
        found = {document.id: document for part in lists for document in part}
        return sorted(found.values(), key=self._place)[:count]

    def gathered(self, keys: Iterable[tuple[str, str]]) -> list[Document[Record]]:
        """The documents listed under any of several (index, value), newest first, each once."""
        lists = [found for index, value in keys if (found := self.look_up(index, value))]
        if len(lists) <= 1:
            return lists[0] if lists else []
        wanted = {document.id for found in lists for document in found}
        return sorted((self._by_id[i] for i in wanted), key=self._place)

    def _place(self, document: Document[Record]) -> int:
        return self._places[document.id]

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {entry.id: place for place, (entry, _) in enumerate(self._ordered)}

    def __iter__(self) -> Iterator[Document[Record]]:
        return iter(self.look_up("all"))

    def __len__(self) -> int:
        return len(self.look_up("all"))

    def __contains__(self, document_id: object) -> bool:
        note(self.scope + has_fact(document_id))
        return document_id in self._by_id

    def __getitem__(self, document_id: str) -> Document[Record]:
        note(self.scope + has_fact(document_id))
        return self._by_id[document_id]

    def get(self, document_id: str) -> Document[Record] | None:
        """The document with this id, if there is one."""
        note(self.scope + has_fact(document_id))
        return self._by_id.get(document_id)

    def published(self, document: Document[Record]) -> str:
        """When a document was published, `2021-07-15 09:30`, without opening it.

        Nothing is noted: whoever has a document from a list is told when it moves in the list.
        """
        return self._ordered[self._places[document.id]][0].published

    def once(self, name: str, work: Callable[[], T]) -> T:
        """The result of some work that many outputs share, done once for this library.

        What it reads is noted each time, as if it were done each time.
        """
        if name not in self._once:
            with traced() as trace:
                self._once[name] = work(), trace
        result, trace = self._once[name]
        note_all(trace)
        return cast("T", result)

    @property
    def calendar(self) -> Calendar:
        """Which days offices are open."""
        note(CALENDAR)
        return self._calendar

    @property
    def unread(self) -> frozenset[str]:
        """Ids of documents whose files have errors; what leads to them is not judged."""
        note(UNREAD)
        return self._unread

    @property
    def redirects(self) -> tuple[Redirect, ...]:
        """What became of addresses that are no more, in the office's order."""
        note(REDIRECTS)
        return self._office.redirects

    @property
    def addresses(self) -> str:
        """The list of all addresses ever published, as it is written."""
        note(ADDRESSES)
        return self._office.addresses

    @property
    def releases(self) -> tuple[str, str]:
        """The releases that there were, and which had each document first, as written."""
        note(RELEASES)
        return self._office.releases

    @property
    def window(self) -> Window | None:
        """政策咨询综合服务窗口, if the office has described it."""
        note(WINDOW)
        return self._office.window

    def has_file(self, path: str) -> bool:
        """Whether a file that is no document lies at this path under content/."""
        note(file_fact(path))
        return path in self._files

    def size_of(self, path: str) -> int:
        """Bytes of a file that is no document. Raises KeyError if there is none."""
        note(file_fact(path))
        return self._files[path]

    def data(self, path: str) -> bytes:
        """The bytes of a file that is no document. Raises KeyError if there is none."""
        note(file_fact(path))
        if self._data_of is None or path not in self._files:
            raise KeyError(path)
        return self._data_of(path)

    def table(self, path: str) -> Table:
        """A CSV file of the content. Raises KeyError if there is none."""
        note(file_fact(path))
        if path not in self._tables:
            self._tables[path] = read_table(path, self.data(path))
        return self._tables[path]

    def sum_of(self, path: str) -> str:
        """SHA-256 of a file that is no document, in hexadecimal; empty if it is not known."""
        note(file_fact(path))
        return self._sums.get(path, b"").hex()

    def sum_of_text(self, document: Document[Record]) -> str:
        """SHA-256 of a body's plain text, in hexadecimal, without opening the document."""
        note(f"{BODY} {document.id}")
        return self._ordered[self._places[document.id]][0].text.hex()

    def digests_of(self, document: Document[Record]) -> bytes:
        """What record and body of a document are known by, without opening it."""
        note(f"{RECORD} {document.id}")
        note(f"{BODY} {document.id}")
        entry = self._ordered[self._places[document.id]][0]
        return entry.record + entry.body

    def file_at(self, url: str) -> str | None:
        """The file of the content that is published at an address: beside a document that uses it.

        None if no document of this library shows such a file there.
        """
        place, _, name = url.rpartition("/")
        document = self.get(place)
        if document is None:
            return None
        path = f"{document.folder}/{name}"
        users = self.look_up("uses", path)
        return path if self.has_file(path) and document in users else None

    def table_beside(self, document: Document[Record], name: str) -> Table:
        """The CSV file of this name beside a document; without header and rows if there is none."""
        path = f"{document.folder}/{name}"
        return self.table(path) if self.has_file(path) else Table(path, (), ())

    @property
    def files(self) -> Mapping[str, int]:
        """Every file that is no document, path under content/ → size in bytes."""
        note(FILES)
        return self._files

    def public(self, settings: Settings) -> Library:
        """The library that citizens may see at the build's moment."""
        now = f"{settings.now:%Y-%m-%d %H:%M}"
        seen = tuple(pair for pair in self._given if pair[0].is_open and pair[0].published <= now)
        public = Library(
            seen,
            self.vocabularies,
            self._calendar,
            self._files,
            self._unread,
            data_of=self._data_of,
            scope=PUBLIC,
            sums=self._sums,
            office=self._office,
        )
        public._tables = self._tables  # files are the same for all
        return public

    def of(self, kind: type[R]) -> list[Document[R]]:
        """Every document whose record is of this type, newest first."""
        folders = [t.folder for t in RECORD_TYPES if issubclass(t, kind)]
        return cast("list[Document[R]]", self.gathered(("of", folder) for folder in folders))

    def count(self, kind: type[Record]) -> int:
        """How many documents have a record of this type."""
        return len(self.look_up("of", kind.folder))

    def in_order(self, kind: type[R]) -> list[Document[R]]:
        """Every document of a type, in the order that editors gave them, then by id."""
        return sorted(self.of(kind), key=lambda d: (d.record.order, d.id))

    def find(self, ids: Iterable[str], kind: type[R]) -> list[Document[R]]:
        """The documents with these ids that this library holds, in the order given."""
        found = (self.get(document_id) for document_id in ids)
        return [cast("Document[R]", d) for d in found if d and issubclass(d.kind, kind)]

    def pointing_at(self, document_id: str, key: str, kind: type[R]) -> list[Document[R]]:
        """The documents that name this one in their field `key`, newest first."""
        found = self.look_up(key, document_id)
        return [cast("Document[R]", d) for d in found if issubclass(d.kind, kind)]

    def organ(self, name: str) -> Document[Organ] | None:
        """The 机构 with this full name, if it has a page; of several, the one longest there."""
        found = self.look_up("organ", name)
        return cast("Document[Organ]", found[-1]) if found else None

    def knows_organ(self, name: str) -> bool:
        """Whether a name is that of a 机构 or in the list of outside bodies."""
        return self.organ(name) is not None or name in self.vocabularies["outside_organs"]

    def organ_names(self) -> list[str]:
        """Every name that an `issuer` may have."""
        return [*self.values("organ"), *self.vocabularies["outside_organs"].names]

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

    def part_of_topic(self, topic_id: str, part: str) -> list[Document[Publication]]:
        """The documents in one part of a 专题, newest first, each once."""
        named = ("topic-part", f"{topic_id}/{part}")
        by_type = (
            ("topic-default", f"{topic_id}/{folder}")
            for folder, usual in PART_OF.items()
            if usual == part
        )
        return cast("list[Document[Publication]]", self.gathered((named, *by_type)))

    def facet_of_topic(self, topic_id: str, facet: str) -> list[Document[Publication]]:
        """The documents in one of a 专题's own facets, newest first."""
        found = self.look_up("topic-facet", f"{topic_id}/{facet}")
        return cast("list[Document[Publication]]", found)
