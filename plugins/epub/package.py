"""The package document (EPUB 3.3, 5): what the book is, what it holds, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from plugins.epub.book import Book
from plugins.epub.leaves import CONTENTS, COVER, MEDIA_TYPES, STYLESHEET, first_on_page, leaf_of
from plugins.epub.xhtml import text_in_xml
from plugins.settings import BEIJING

PACKAGE = "package.opf"
CONTAINER = f"""\
<?xml version="1.0" encoding="utf-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles>
<rootfile full-path="EPUB/{PACKAGE}" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
_PACKAGE = """\
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0"
    unique-identifier="book" xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
{metadata}
</metadata>
<manifest>
{manifest}
</manifest>
<spine>
{spine}
</spine>
</package>
"""
_XHTML = "application/xhtml+xml"


def package(book: Book, pictures: Iterable[str]) -> str:
    """The package document of a book that shows these pictures (names in the book)."""
    shown = tuple(pictures)
    return _PACKAGE.format(
        language=book.language,
        metadata="\n".join([*_description(book), *_accessibility(book, shown)]),
        manifest="\n".join(_manifest(book, shown)),
        spine="\n".join(f'<itemref idref="{leaf}"/>' for leaf in _order(book)),
    )


def _description(book: Book) -> Iterator[str]:
    yield _dc("identifier", book.identifier, ' id="book"')
    yield _dc("title", book.title)
    yield _dc("language", book.language)
    yield _dc("creator", book.publisher)
    yield _dc("publisher", book.publisher)
    yield _dc("date", _moment(book.published))
    yield _meta("dcterms:modified", _moment(book.modified or book.published))
    if book.description:
        yield _dc("description", book.description)
    if book.rights:
        yield _dc("rights", book.rights)
    if book.printed:
        yield _dc("source", book.printed, ' id="printed"')
    if book.series:
        yield _meta("belongs-to-collection", book.series, ' id="series"')
        yield _meta("collection-type", "series", ' refines="#series"')
    if book.series and book.number is not None:
        yield _meta("group-position", str(book.number), ' refines="#series"')


def _accessibility(book: Book, pictures: tuple[str, ...]) -> Iterator[str]:
    """EPUB Accessibility 1.1, 2: what the book is made of, said in schema.org's words.

    No conformance is claimed: that takes a person who has looked at this very book.
    """
    paged = bool(first_on_page(book))
    yield from _schema("accessMode", "textual", *(["visual"] if pictures else []))
    yield from _schema("accessModeSufficient", "textual")
    yield from _schema(
        "accessibilityFeature",
        "tableOfContents",
        "structuralNavigation",
        "readingOrder",
        "displayTransformability",
        *(["alternativeText"] if pictures else []),
        *(["pageNavigation", "pageBreakMarkers"] if paged else []),
    )
    moves = any(name.endswith(".gif") for name in pictures)
    yield from _schema("accessibilityHazard", "unknown" if moves else "none")
    summary = "正文全部是文字，字号、颜色和行距可以调整；有目录和分级标题，可以逐篇、逐节阅读。"
    summary += "图片都有文字说明。" if pictures else ""
    summary += "标有各篇在印刷版上的起始页码。" if paged else ""
    yield from _schema("accessibilitySummary", summary)
    if paged and book.printed:
        yield _meta("source-of", "pagination", ' refines="#printed"')
        yield _meta("pageBreakSource", book.printed)


def _manifest(book: Book, pictures: Iterable[str]) -> Iterator[str]:
    for leaf in _order(book):
        yield _item(leaf, _XHTML, ' properties="nav"' if leaf == CONTENTS else "")
    yield _item(STYLESHEET, "text/css")
    for name in pictures:
        yield _item(name, MEDIA_TYPES[name.rpartition(".")[2]])


def _order(book: Book) -> Iterator[str]:
    """All leaves in reading order."""
    if book.cover:
        yield COVER
    yield CONTENTS
    yield from map(leaf_of, book.chapters())


def _item(name: str, media_type: str, properties: str = "") -> str:
    return f'<item id="{name}" href="{name}" media-type="{media_type}"{properties}/>'


def _dc(name: str, value: str, attributes: str = "") -> str:
    return f"<dc:{name}{attributes}>{text_in_xml(value)}</dc:{name}>"


def _meta(name: str, value: str, attributes: str = "") -> str:
    return f'<meta property="{name}"{attributes}>{text_in_xml(value)}</meta>'


def _schema(name: str, *values: str) -> Iterator[str]:
    for value in values:
        yield _meta(f"schema:{name}", value)


def _moment(moment: datetime) -> str:
    """CCYY-MM-DDThh:mm:ssZ, the one form that dcterms:modified may have (EPUB 3.3, 5.5.4)."""
    there = moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)
    return f"{there.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
