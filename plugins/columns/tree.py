"""Where a column of the tree stands, what is in it, and how new that is."""

from __future__ import annotations

from datetime import date

from plugins.library import Library, TreeColumn, columns_of
from plugins.library.columns import HOME
from plugins.presenting import block_column
from plugins.reading import Document
from plugins.records import BY_FOLDER, Block, Record
from plugins.records import Page as PageRecord
from plugins.settings import Settings

_BLOCKS = {block.name.lower(): block for block in Block}


def url_of(column: TreeColumn, library: Library) -> str:
    """The address of a column's page; that of its first leaf's place for a mere heading."""
    if column.key == HOME:
        return ""
    if column.key in _BLOCKS:
        return block_column(_BLOCKS[column.key], library).url
    if column.key in BY_FOLDER:
        return f"{column.key}/"
    return columns_of(library).list_url(column)


def documents_of(column: TreeColumn, library: Library) -> list[Document[Record]]:
    """What a column holds, newest first: what names it, what falls to it by type, what it takes."""
    return library.gathered(column.gathers)


def newest_day(column: TreeColumn, library: Library, settings: Settings) -> date | None:
    """The day of a column's newest item; a standing page is as new as its last revision."""
    found = documents_of(column, library)
    if not found:
        return None
    pages = (document.record for document in found if document.kind is PageRecord)
    revised = (
        page.updated
        for page in pages
        if isinstance(page, PageRecord) and page.updated and settings.reached(page.updated)
    )
    published = date.fromisoformat(library.published(found[0])[: len("2021-07-15")])
    return max((published, *revised))
