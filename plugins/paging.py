"""Long lists on pages of bearable length: one page, or the newest and a page for each year, month.

A list is split by time and never numbered from the newest, so that one new document changes the
pages of its own month and year and no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from plugins.library import Library
from plugins.outputs import Page, Shown
from plugins.presenting import Column, cards, column_head
from plugins.reading import Document
from plugins.records import Record
from plugins.settings import Settings
from plugins.views import NOTHING, CountedLink, Fact, Group, Link, ListView

WHOLE = 200
"""A list of up to so many documents stands on one page."""
HEAD = 50
"""So many of a longer list are shown before the links to its years or months."""

Documents = Sequence[Document[Record]]
_YEAR = len("2021")
_MONTH = len("2021-07")


@dataclass(frozen=True)
class Listing:
    """A list to be paged; `above` leads from home to it, the last of them is one step up."""

    column: Column
    title: str
    url: str
    above: tuple[Link, ...]
    intro: str = ""
    empty: str = NOTHING
    """What is said where the list has nothing."""
    beside: tuple[CountedLink, ...] = ()
    """Lists that stand beside this one; the first page of a long list shows them."""
    feed: Link | None = None
    """What can be subscribed to here, and the page whose feed it is."""
    facts: tuple[Fact, ...] = ()
    """What is known of it; stands on its first page."""
    short: str = ""
    """What its own parts call it in their way up; without, by its title."""


@dataclass(frozen=True)
class Shelf:
    """A titled run of documents in a list; `anchor` is its id on the page."""

    title: str
    anchor: str
    documents: tuple[Document[Record], ...]


def list_page(
    listing: Listing,
    shelves: Iterable[Shelf],
    total: int,
    jump: tuple[CountedLink, ...] = (),
) -> Page:
    """One page of a list of `total` documents, with these of them."""
    path = f"{listing.url}index.html"
    return Page(path, "listings/list.html", _list, (listing, tuple(shelves), total, jump))


def _list(  # noqa: PLR0913, PLR0917  # a call's arguments
    library: Library,
    settings: Settings,
    listing: Listing,
    shelves: tuple[Shelf, ...],
    total: int,
    jump: tuple[CountedLink, ...],
) -> Shown:
    head = column_head(
        settings,
        listing.column,
        title=listing.title,
        url=listing.url,
        crumbs=listing.above,
        feed=listing.feed,
    )
    up = listing.above[-1] if listing.above else Link("首页", "")
    groups = tuple(
        Group(shelf.title, shelf.anchor, cards(shelf.documents, library, settings))
        for shelf in shelves
    )
    view = ListView(
        listing.title,
        listing.intro,
        total,
        groups,
        up,
        jump,
        listing.empty,
        listing.beside,
        listing.facts,
    )
    return head, {"listing": view}


def by_years(listing: Listing, documents: Documents, library: Library) -> Iterator[Page]:
    """A list in groups by year; a long one with a page for each year, a long year by months."""
    years = list(_by_time(documents, _YEAR, library))
    jump = tuple(
        CountedLink(f"{year}年", f"{listing.url}{year}/", len(found)) for year, found in years
    )
    long = len(documents) > WHOLE
    shelves = (
        Shelf(f"{year}年", f"y{year}", found)
        for year, found in _by_time(_shown(documents), _YEAR, library)
    )
    yield list_page(listing, shelves, len(documents), jump if long else ())
    for year, found in years if long else ():
        one = _part(listing, f"{year}年", year)
        yield from by_months(one, found, library, always=False)


def by_months(
    listing: Listing, documents: Documents, library: Library, *, always: bool
) -> Iterator[Page]:
    """The list of one year in groups by month, and a page for each month if it is long.

    With `always`, months have their pages however short the year is.
    """
    months = list(_by_time(documents, _MONTH, library))
    jump = tuple(
        CountedLink(f"{int(month[-2:])}月", f"{listing.url}{month[-2:]}/", len(found))
        for month, found in months
    )
    split = always or len(documents) > WHOLE
    shelves = (_month(*pair) for pair in _by_time(_shown(documents), _MONTH, library))
    yield list_page(listing, shelves, len(documents), jump if split else ())
    for month, found in months if split else ():
        one = _part(listing, f"{int(month[-2:])}月", month[-2:])
        yield list_page(one, (_month(month, found),), len(found))


def _part(listing: Listing, words: str, name: str) -> Listing:
    """The list of one year or month, one step under the whole."""
    return replace(
        listing,
        title=f"{listing.title}（{words}）",
        url=f"{listing.url}{name}/",
        above=(*listing.above, Link(listing.short or listing.title, listing.url)),
        beside=(),
        facts=(),
        short=words,
    )


def _month(month: str, documents: tuple[Document[Record], ...]) -> Shelf:
    return Shelf(f"{month[:4]}年{int(month[-2:])}月", f"m{month}", documents)


def _by_time(
    documents: Documents, length: int, library: Library
) -> Iterator[tuple[str, tuple[Document[Record], ...]]]:
    """Runs of documents of one year (`2021`) or month (`2021-07`); lists are newest first."""
    for time, found in groupby(documents, key=lambda d: library.published(d)[:length]):
        yield time, tuple(found)


def _shown(documents: Documents) -> Documents:
    return documents if len(documents) <= WHOLE else documents[:HEAD]
