"""All files of a book in one archive, as readers look for it (EPUB 3.3, OCF 4)."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from plugins.epub.book import Book
from plugins.epub.leaves import CONTENTS, COVER, STYLESHEET, Leaves, leaf_of
from plugins.epub.package import CONTAINER, PACKAGE, package
from plugins.epub.style import STYLE

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The day that archives count from: a file's own day would be that of the build."""
_FOR_ALL = 0o644 << 16
_UNIX = 3


def bind(book: Book) -> bytes:
    """An EPUB 3.3 file: the same bytes for the same book (and the same zlib).

    Raises UnfitPictureError if a chapter shows a picture that the book lacks, or of a kind that
    readers need not know; ValueError for a book without chapters.
    """
    if not any(True for _ in book.chapters()):
        raise ValueError(book.title)
    whole = BytesIO()
    with ZipFile(whole, "w") as archive:
        # First, and not packed: by these bytes readers know the kind of file.
        archive.writestr(_entry("mimetype", ZIP_STORED), "application/epub+zip")
        for name, data in _files(book):
            archive.writestr(_entry(name, ZIP_DEFLATED), data, compresslevel=9)
    return whole.getvalue()


def _files(book: Book) -> Iterator[tuple[str, str | bytes]]:
    leaves = Leaves(book)
    chapters = [(leaf_of(chapter), leaves.chapter(chapter)) for chapter in book.chapters()]
    yield "META-INF/container.xml", CONTAINER
    yield f"EPUB/{PACKAGE}", package(book, leaves.pictures.values())
    if book.cover:
        yield f"EPUB/{COVER}", leaves.cover()
    yield f"EPUB/{CONTENTS}", leaves.contents()
    for leaf, text in chapters:
        yield f"EPUB/{leaf}", text
    yield f"EPUB/{STYLESHEET}", STYLE
    for address, name in leaves.pictures.items():
        yield f"EPUB/{name}", book.pictures[address]


def _entry(name: str, packed: int) -> ZipInfo:
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type, entry.create_system, entry.external_attr = packed, _UNIX, _FOR_ALL
    return entry
