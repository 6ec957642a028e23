"""政策包: the documents for one event on one page, on a sheet for the wall, as a feed, in full.

变“人找政策”为“政策找人” (区2021年工作要点 四（三）、（四）). How each document stands is found anew
in every build: what is no longer in force is marked, and told to the editors.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from plugins.library import Library, Standing, standing_of
from plugins.outputs import File, Output, Page, Pdf, Shown
from plugins.paging import Listing, Shelf, list_page
from plugins.presenting import (
    COLUMN_OF,
    card,
    column_head,
    contact_view,
    day_fact,
    document_head,
    feed_address,
    source_of,
)
from plugins.problems import Problem, Severity
from plugins.qr import qr_code
from plugins.reading import Document
from plugins.records import Package, Record
from plugins.records.vocabularies import Term
from plugins.reprinting import placed
from plugins.schema_org import stamp
from plugins.settings import Settings
from plugins.syndication import Feed, Item, item_of, json_feed, tag_id
from plugins.views import Card, Contact, CountedLink, Fact, Imprint, Link, Tag

_COLUMN = COLUMN_OF[Package]
_TO_PACKAGES = Link(_COLUMN.name, _COLUMN.url)


@dataclass(frozen=True)
class Line:
    """One document on the sheet for the wall."""

    title: str
    url: str
    number: str
    note: str
    standing: str


@dataclass(frozen=True)
class PackageView:
    """A package's page, and its sheet."""

    title: str
    summary: str
    html: str
    facts: tuple[Fact, ...]
    cards: tuple[Card, ...]
    lines: tuple[Line, ...]
    over: int
    """How many of the documents are no longer in force."""
    contacts: tuple[Contact, ...]
    address: str
    qr_url: str
    published: datetime
    source: str
    links: tuple[Link, ...]
    """To the other forms of the package: the sheet, the full texts, the feed."""


@dataclass(frozen=True)
class TextView:
    """One document of a package in full."""

    title: str
    anchor: str
    url: str
    note: str
    facts: tuple[Fact, ...]
    html: str


@dataclass(frozen=True)
class FullView:
    """All documents of a package, one after another."""

    title: str
    facts: tuple[Fact, ...]
    texts: tuple[TextView, ...]
    address: str
    up: Link


@dataclass(frozen=True)
class _Packed:
    """A document that lies in a package and may be seen."""

    place: int
    document: Document[Record]
    note: str
    standing: Standing


def build(library: Library, settings: Settings) -> Iterator[Output]:  # noqa: ARG001
    """For each package its page, sheet, QR code, full texts and feed; lists of packages."""
    packages = library.in_order(Package)
    for package in packages:
        yield Page(f"{package.url}index.html", "packages/package.html", _page, (package,))
        yield Page(f"{_sheet_url(package)}index.html", "packages/sheet.html", _sheet, (package,))
        yield Page(f"{_full_url(package)}index.html", "packages/full.html", full, (package,))
        yield Pdf(_pdf_path(package), "packages/print.html", full, (package,))
        yield File(_qr_path(package), _qr, (package,))
        yield File(f"{feed_address(package.url)}.json", _feed, (package,))
    yield _index(packages, library)
    for term in _audiences(library):
        found = _packages_for(term, library)
        shelf = Shelf(term.name, term.key, tuple(found))
        title = f"{_COLUMN.name}：{term.name}"
        listing = Listing(_COLUMN, title, _audience_url(term), (_TO_PACKAGES,))
        yield list_page(listing, (shelf,), len(found))


def check(library: Library, settings: Settings) -> Iterator[Problem]:
    """Packages hold something that is in force, and nothing that no longer is."""
    for package in library.of(Package):
        packed = list(_packed(package, library, settings))
        if not any(one.standing.holds for one in packed):
            yield package.problem(
                "documents",
                "里面没有一份现行有效的公开文件",
                "换上现行的文件，或者写 draft: true 暂不发布",
                Severity.REMINDER,
            )
        for one in packed:
            if not one.standing.holds:
                yield package.problem(
                    ("documents", one.place, "document"),
                    f"{one.document.id} 不再执行：{one.standing.word}",
                    "换成现行的文件或删去；要保留的不用改，网页上会标明",
                    Severity.REMINDER,
                )


def _packed(package: Document[Package], library: Library, settings: Settings) -> Iterator[_Packed]:
    for place, asked in enumerate(package.record.documents):
        for document in library.find((asked.document,), Record):
            standing = standing_of(document, library, settings)
            yield _Packed(place, document, asked.note or "", standing)


def _index(packages: list[Document[Package]], library: Library) -> Page:
    """Every package once, tagged with those it is for; beside them a list for each audience."""
    shelves = (Shelf("全部政策包", "all", tuple(packages)),) if packages else ()
    beside = tuple(
        CountedLink(term.name, _audience_url(term), len(_packages_for(term, library)))
        for term in _audiences(library)
    )
    listing = Listing(_COLUMN, _COLUMN.name, _COLUMN.url, (), Package.purpose, beside=beside)
    return list_page(listing, shelves, len(packages))


def _audiences(library: Library) -> list[Term]:
    counts = library.values("package-for")
    return [term for term in library.vocabularies["applies_to"].terms if term.name in counts]


def _packages_for(term: Term, library: Library) -> list[Document[Package]]:
    found = library.look_up("package-for", term.name)
    packages = library.find((document.id for document in found), Package)
    return sorted(packages, key=lambda d: (d.record.order, d.id))


def _audience_url(term: Term) -> str:
    return f"{_COLUMN.url}for/{term.key}/"


def _sheet_url(package: Document[Package]) -> str:
    return f"{package.url}sheet/"


def _full_url(package: Document[Package]) -> str:
    return f"{package.url}full/"


def _pdf_path(package: Document[Package]) -> str:
    return f"{package.url}package.pdf"


def _qr_path(package: Document[Package]) -> str:
    return f"{package.url}qr.svg"


def _view(package: Document[Package], library: Library, settings: Settings) -> PackageView:
    record = package.record
    packed = list(_packed(package, library, settings))
    organs = (library.organ(name) for name in record.contacts)
    return PackageView(
        record.title,
        record.summary or "",
        package.body.html,
        _facts(record, packed),
        tuple(_card(one, library, settings) for one in packed),
        tuple(map(_line, packed)),
        sum(not one.standing.holds for one in packed),
        tuple(contact_view(organ) for organ in organs if organ),
        settings.absolute(package.url),
        _qr_path(package),
        record.published,
        source_of(record) or settings.county.authority,
        (
            Link("打印张贴（一页纸，带二维码）", _sheet_url(package)),
            Link("全部文件的全文", _full_url(package)),
            Link("打印版（PDF）", _pdf_path(package)),
            Link("订阅（JSON Feed）", f"{feed_address(package.url)}.json"),
        ),
    )


def _facts(record: Package, packed: list[_Packed]) -> tuple[Fact, ...]:
    return (
        Fact("适用情形", record.trigger, wide=True),
        Fact("适用对象", "、".join(record.applies_to)),
        Fact("文件数量", f"{len(packed)}件"),
        day_fact("发布日期", record.published),
        day_fact("更新日期", _updated(record)),
    )


def _updated(record: Package) -> date:
    return record.updated or record.published.date()


def _card(one: _Packed, library: Library, settings: Settings) -> Card:
    """A document as lists show it, with the package's own note and its standing in front."""
    shown = card(one.document, library, settings)
    others = tuple(tag for tag in shown.tags if tag.label != one.standing.word)
    standing = (_tag(one.standing),) if one.standing.word else ()
    return shown._replace(summary=one.note or shown.summary, tags=(*standing, *others))


def _line(one: _Packed) -> Line:
    record = one.document.record
    number = getattr(record, "number", None) or ""
    return Line(record.title, one.document.url, number, one.note, one.standing.word)


def _tag(standing: Standing) -> Tag:
    return Tag(standing.word, "good" if standing.holds else "stop")


def _page(library: Library, settings: Settings, package: Document[Package]) -> Shown:
    head = document_head(package, library, settings, _COLUMN, (_TO_PACKAGES,))
    return head, {"package": _view(package, library, settings)}


def _sheet(library: Library, settings: Settings, package: Document[Package]) -> Shown:
    title = f"{package.record.title}（张贴版）"
    crumbs = (_TO_PACKAGES, Link(package.record.title, package.url))
    head = column_head(settings, _COLUMN, title=title, url=_sheet_url(package), crumbs=crumbs)
    return head, {"package": _view(package, library, settings)}


def full(library: Library, settings: Settings, package: Document[Package]) -> Shown:
    """The full texts, for a page and for a PDF: what `packages/full.html` and `print.html` show.

    Links, pictures and places of each text are made right for this page's address.
    """
    record = package.record
    url = _full_url(package)
    packed = list(_packed(package, library, settings))
    texts = tuple(
        TextView(
            one.document.record.title,
            f"d{number}",
            one.document.url,
            one.note,
            tuple(_head_facts(one)),
            placed(one.document.body.html, f"d{number}-", one.document.url, url),
        )
        for number, one in enumerate(packed, 1)
    )
    up = Link(record.title, package.url)
    view = FullView(record.title, _facts(record, packed), texts, settings.absolute(package.url), up)
    head = column_head(
        settings, _COLUMN, title=f"{record.title}（全文）", url=url, crumbs=(_TO_PACKAGES, up)
    )
    imprint = Imprint(settings.county.authority, record.keywords, record.published, record.updated)
    return head, {"package": view, "imprint": imprint}


def _head_facts(one: _Packed) -> Iterator[Fact]:
    """What stands above a text: those of its head facts that it has, and how it stands."""
    record = one.document.record
    if source := source_of(record):
        yield Fact("发文机关", source)
    if number := getattr(record, "number", None):
        yield Fact("发文字号", number)
    if signed := getattr(record, "signed", None):
        yield day_fact("成文日期", signed)
    yield day_fact("发布日期", record.published.date())
    if one.standing.word:
        yield Fact("有效性", one.standing.word)
    yield Fact("文件类型", record.label)


def _qr(library: Library, settings: Settings, package: Document[Package]) -> bytes:  # noqa: ARG001
    """A QR code that leads to the package's page."""
    return qr_code(settings.absolute(package.url), scale=4, border=4)


def _feed(library: Library, settings: Settings, package: Document[Package]) -> bytes:
    """Who subscribes is told of every document that is added to the package."""
    record = package.record
    address = feed_address(package.url)
    items = tuple(_item(one, settings) for one in _packed(package, library, settings))
    return json_feed(
        Feed(
            tag_id(settings, address),
            f"{record.title} · {settings.county.zone_name}",
            settings.absolute(package.url),
            settings.absolute(address),
            max([stamp(record.published), *(item.updated for item in items)]),
            items,
            record.summary or record.trigger,
        )
    )


def _item(one: _Packed, settings: Settings) -> Item:
    """A document as all feeds have it, with the package's own note and its standing."""
    item = item_of(one.document, settings)
    said = (one.note, item.text, one.standing.word)
    labels = dict.fromkeys(filter(None, (*item.labels, one.standing.word)))
    return item._replace(text="\n".join(filter(None, said)), labels=tuple(labels))
