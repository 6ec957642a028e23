"""Long lists on pages of bearable length: one page, or the newest and a page for each year, month.

A list is split by time and never numbered from the newest, so that one new document changes the
pages of its own month and year and no other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from plugins.library import Library
from plugins.outputs import Page
from plugins.presenting import Column, cards, column_head
from plugins.reading import Document
from plugins.records import Record
from plugins.settings import Settings
from plugins.views import Card, CountedLink, Group, Link, ListView

WHOLE = 200
"""A list of up to so many documents stands on one page."""
HEAD = 50
"""So many of a longer list are shown before the links to its years or months."""

Documents = Sequence[Document[Record]]


@dataclass(frozen=True)
class Listing:
    """A list to be paged; `above` leads from home to it, the last of them is one step up."""

    column: Column
    title: str
    url: str
    documents: Documents
    above: tuple[Link, ...]
    intro: str = ""


def list_page(
    listing: Listing,
    groups: tuple[Group, ...],
    settings: Settings,
    jump: tuple[CountedLink, ...] = (),
) -> Page:
    """One page of a list with these groups."""
    head = column_head(
        settings, listing.column, title=listing.title, url=listing.url, crumbs=listing.above
    )
    up = listing.above[-1] if listing.above else Link("首页", "")
    view = ListView(listing.title, listing.intro, len(listing.documents), groups, up, jump)
    return Page(f"{listing.url}index.html", "listings/list.html", head, {"listing": view})


def by_years(listing: Listing, library: Library, settings: Settings) -> Iterator[Page]:
    """A list in groups by year; a long one with a page for each year, a long year by months."""
    years = years_of(listing.documents)
    jump = tuple(
        CountedLink(f"{year}年", f"{listing.url}{year}/", len(found))
        for year, found in years.items()
    )
    long = len(listing.documents) > WHOLE
    shown = _shown(listing, library, settings)
    yield list_page(listing, _grouped(shown, _year), settings, jump if long else ())
    for year, found in years.items() if long else ():
        yield from by_months(
            replace(
                listing,
                title=f"{listing.title}（{year}年）",
                url=f"{listing.url}{year}/",
                documents=found,
                above=(*listing.above, Link(listing.title, listing.url)),
            ),
            library,
            settings,
            always=False,
        )


def by_months(
    listing: Listing, library: Library, settings: Settings, *, always: bool
) -> Iterator[Page]:
    """The list of one year in groups by month, and a page for each month if it is long.

    With `always`, months have their pages however short the year is.
    """
    months = months_of(listing.documents)
    jump = tuple(
        CountedLink(f"{month}月", f"{listing.url}{month:02d}/", len(found))
        for month, found in months.items()
    )
    split = always or len(listing.documents) > WHOLE
    shown = _shown(listing, library, settings)
    yield list_page(listing, _grouped(shown, _month), settings, jump if split else ())
    for month, found in months.items() if split else ():
        one = replace(
            listing,
            title=f"{listing.title}（{month}月）",
            url=f"{listing.url}{month:02d}/",
            documents=found,
            above=(*listing.above, Link(listing.title, listing.url)),
        )
        groups = _grouped(cards(found, library, settings), _month)
        yield list_page(one, groups, settings)


def years_of(documents: Documents) -> dict[int, list[Document[Record]]]:
    """Documents by the year of their publication, the newest year first."""
    return _sorted_by(documents, lambda document: document.record.published.year)


def months_of(documents: Documents) -> dict[int, list[Document[Record]]]:
    """Documents of one year by month, the newest month first."""
    return _sorted_by(documents, lambda document: document.record.published.month)


def _sorted_by(
    documents: Documents, key: Callable[[Document[Record]], int]
) -> dict[int, list[Document[Record]]]:
    found: dict[int, list[Document[Record]]] = defaultdict(list)
    for document in documents:
        found[key(document)].append(document)
    return dict(sorted(found.items(), reverse=True))


def _shown(listing: Listing, library: Library, settings: Settings) -> tuple[Card, ...]:
    documents = listing.documents
    return cards(documents if len(documents) <= WHOLE else documents[:HEAD], library, settings)


def _year(card: Card) -> Group:
    year = card.published.year
    return Group(f"{year}年", f"y{year}", ())


def _month(card: Card) -> Group:
    year, month = card.published.year, card.published.month
    return Group(f"{year}年{month}月", f"m{year}-{month:02d}", ())


def _grouped(found: Sequence[Card], empty: Callable[[Card], Group]) -> tuple[Group, ...]:
    """Cards in groups by year or month; the order of the cards is kept."""
    return tuple(
        replace(group, cards=tuple(members)) for group, members in groupby(found, key=empty)
    )
