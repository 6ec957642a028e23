"""What a template may see: small frozen values, made by features, never the library itself."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any, Literal, NamedTuple

Tone = Literal["plain", "good", "warn", "stop", "brand"]


def digest_of(value: object) -> bytes:
    """Sixteen bytes that stand for all that a value exposes: views, plain values, tuples of such.

    Raises TypeError for anything else: what has no digest cannot be shown.
    """
    return _digest(repr(_plain(value)))


def _digest(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()


_LONG = 500
_AS_THEY_ARE = frozenset({str, int, float, bool, bytes, date, datetime, type(None)})


def _plain(value: object) -> object:  # noqa: PLR0911  # one line for each kind of value
    """A value as nested tuples of plain values, whose repr is its own and no other's."""
    kind: type[Any] = type(value)
    if isinstance(value, str) and len(value) > _LONG:
        return ("long", _digest(value))  # repr would look at every character
    if kind in _AS_THEY_ARE:
        return value
    if isinstance(value, tuple):
        plain = tuple(map(_plain, value))
        return plain if kind is tuple else (kind.__name__, *plain)
    if isinstance(value, dict):
        return ("dict", *((key, _plain(item)) for key, item in value.items()))
    if isinstance(value, Enum):
        return (kind.__name__, value.name)
    if isinstance(value, str):  # Markup and the like
        return (kind.__name__, str(value))
    if identity := getattr(value, "identity", None):  # a document as an argument
        return (kind.__name__, identity)
    if isinstance(value, type):
        return ("type", value.__qualname__)
    return (kind.__name__, *map(_plain, _values_of(kind)(value)))  # type: ignore[arg-type]  # types hash


@cache
def _values_of(kind: Hashable) -> Any:  # noqa: ANN401  # an attrgetter that always gives a tuple
    if not isinstance(kind, type) or not is_dataclass(kind):
        raise TypeError(f"{kind} has no digest")
    names = [field.name for field in fields(kind)]
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda value: (get(value),)


NOTHING = "目前没有内容。"
"""What an empty list says, unless its reason is known."""


class Link(NamedTuple):
    """A link inside the site; `url` counts from the site's root, without a leading slash."""

    label: str
    url: str


@dataclass(frozen=True)
class CountedLink:
    """A link to a list, with the number of documents in it."""

    label: str
    url: str
    count: int


class Tag(NamedTuple):
    """A short word in a coloured pill; `tone` is never the only signal."""

    label: str
    tone: Tone = "plain"
    url: str = ""


class Card(NamedTuple):
    """One document in a list."""

    title: str
    url: str
    published: datetime
    kind: str
    """政策文件, 政策解读 …"""
    number: str = ""
    issuer: str = ""
    summary: str = ""
    tags: tuple[Tag, ...] = ()


class RowCard(NamedTuple):
    """One row of the standard catalog in a list: its name, what is published under it."""

    title: str
    url: str
    above: str
    """What it stands under: 领域 › 一级事项."""
    content: str
    tag: Tag
    facts: tuple[str, ...]


class VersionRow(NamedTuple):
    """One version in the history of a table; without one before it, it changed nothing."""

    name: str
    url: str
    day: str
    """From when it is: 2021年12月10日."""
    tags: tuple[Tag, ...]
    changes: str = ""
    changes_url: str = ""


class Group(NamedTuple):
    """A titled run of cards in a list; `anchor` is its id on the page."""

    title: str
    anchor: str
    cards: tuple[Card, ...]
    url: str = ""
    """Where the whole of it stands, if only a part is shown."""


class Meta(NamedTuple):
    """One of the government meta tags (国办发〔2017〕47号, annex)."""

    name: str
    content: str


class Alternate(NamedTuple):
    """The same content in another form: a feed, a file for machines; `url` is that of a Link."""

    kind: str
    """Its media type."""
    title: str
    url: str


@dataclass(frozen=True)
class Head:
    """What base.html needs of any page.

    `section` is the url of the menu item that the page stands under, or empty.
    """

    title: str
    url: str
    description: str
    section: str
    crumbs: tuple[Link, ...]
    metas: tuple[Meta, ...]
    alternates: tuple[Alternate, ...] = ()
    data: str = ""
    """What machines are told of the page: schema.org as JSON-LD, safe inside <script>."""
    late: Banner | None = None
    """Of a document that went out later than it says: when, and why."""


class Fact(NamedTuple):
    """One cell of a header table; an empty one is shown as 无, one that cannot apply not at all."""

    label: str
    value: str
    url: str = ""
    wide: bool = False
    day: date | None = None
    """What a value that is a day or a moment says to machines."""


@dataclass(frozen=True)
class Facet:
    """One way to browse, with its values."""

    label: str
    links: tuple[CountedLink, ...]


class FileLink(NamedTuple):
    """A downloadable file: `kind` as shown (PDF, Word, Excel …), `size` in bytes."""

    title: str
    name: str
    url: str
    kind: str
    size: int = 0
    """0 where it is made in the same build and not known yet."""


class Imprint(NamedTuple):
    """What a PDF says of itself to readers' programs; the days are the document's, never today."""

    author: str
    keywords: tuple[str, ...]
    created: datetime
    modified: date | None = None


class GazettePlace(NamedTuple):
    """The newest issue of the gazette, where the home page and the gazette's own lead to it."""

    title: str
    summary: str
    url: str


class Attached(NamedTuple):
    """A file that travels inside a PDF: what it was made of, or what it shows, for machines."""

    name: str
    data: bytes
    description: str
    relationship: Literal["Source", "Data"] = "Data"
    """`Source` is what the PDF was made of."""


class Step(NamedTuple):
    """One step of a document's life line."""

    label: str
    day: date
    link: Link | None = None
    ahead: bool = False
    """The day is still to come, as of the build date."""


class Banner(NamedTuple):
    """A notice above a text that is not simply in force; links lead to successors."""

    tone: Tone
    title: str
    text: str
    links: tuple[Link, ...] = ()


class Contact(NamedTuple):
    """The body that answers questions about a document."""

    organ: str
    url: str
    phone: str
    hours: str
    address: str
    answers: str


class DataColumn(NamedTuple):
    """One column of a table; `choices` are its values, if they are so few that one may choose."""

    name: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class DataTable:
    """A table of a page; every row has as many cells as there are columns.

    `head`: the column that names a row. `total` counts rows that stand on other pages, too; those
    pages are `parts` (addresses), of which a filter fetches the rest.
    """

    caption: str
    anchor: str
    columns: tuple[DataColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    head: int = 0
    total: int = 0
    parts: tuple[str, ...] = ()


class CatalogLine(NamedTuple):
    """One 公开事项 in a catalog's official table; `marks` are the six cells of the pair columns."""

    id: str
    url: str
    primary: str
    secondary: str
    content: str
    basis: str
    limit: str
    bodies: str
    channels: str
    marks: tuple[str, ...]
    note: str = ""
    """不适用说明."""
    tag: Tag | None = None
    """How it stands today; not told of versions that are no longer carried out."""
    items: int = 0
    newest: date | None = None


@dataclass(frozen=True)
class CatalogTable:
    """A catalog in the official columns; `pairs` are heads with two sub-heads each."""

    caption: str
    anchor: str
    pairs: tuple[tuple[str, str, str], ...]
    lines: tuple[CatalogLine, ...]


class Piece(NamedTuple):
    """A piece of a text; `differs` from the other version of it."""

    text: str
    differs: bool = False


@dataclass(frozen=True)
class CellChange:
    """A cell before and after."""

    column: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True)
class RowChange:
    """A row of a table that reads otherwise in the next version."""

    code: str
    name: str
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, eq=False)
class Site:
    """What every page knows of the site; nothing here may change from day to day.

    There is one for a build: it is told from others by being itself.
    """

    site_name: str
    zone_name: str
    authority: str
    seal: str
    """One character for the mark in the header."""
    domain: str
    id_code: str
    sample: bool
    menu: tuple[Link, ...]
    hotline: str
    sponsor: str
    undertaker: str
    address: str
    phone: str
    icp: str
    police: str
    error_report_url: str
    badge_url: str
    portal_url: str
    notices: tuple[Link, ...]
    """Standing pages about the site itself: 无障碍声明, 网站声明."""


@dataclass(frozen=True)
class ListView:
    """A list of documents; `jump` leads to its other years or months, `beside` to other lists."""

    title: str
    intro: str
    total: int
    groups: tuple[Group, ...]
    up: Link
    jump: tuple[CountedLink, ...] = ()
    empty: str = NOTHING
    beside: tuple[CountedLink, ...] = ()
    facts: tuple[Fact, ...] = ()
