"""按要素检索 (区2021年工作要点 六（一）): rows of the standard catalog by each of their elements.

Without scripts every value of an element has a page of its rows; a value that one row alone has
leads to that row. With scripts, values of one element combine with OR and elements with AND.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from typing import NamedTuple

from plugins.catalog.rows import CatalogRow, State, Status, rows, status
from plugins.catalog.sheets import state_tag
from plugins.library import Library
from plugins.outputs import File, Output, Page, Shown, compact_json
from plugins.presenting import COLUMN_OF, Column, block_column, column_head, written_day
from plugins.records import Block, Catalog, Organ
from plugins.records.catalog import named_group
from plugins.settings import Settings
from plugins.views import CountedLink, Link, RowCard

FIND = "catalog/find/"
MANY = 100
"""Rows on one page of a value; of more, each area has a page of its own."""
LISTED = 300
"""Values that the page without scripts lists of one element."""
_COLUMN = Column(
    "按要素检索",
    FIND,
    "按领域、事项、依据、时限、主体、渠道、对象、方式和层级查找基层政务公开标准目录的事项。",
    "信息公开目录",
)
_CATALOG = Link(COLUMN_OF[Catalog].name, COLUMN_OF[Catalog].url)
_KEYS = {
    "全社会": "all",
    "主动": "open",
    "依申请": "on-request",
    "依申请公开": "on-request",
    "县级": "county",
    "乡级": "town",
    "村级": "village",
}
"""Names in addresses of those words that every county has."""


class Found(NamedTuple):
    """A row of the catalog with its state on the build's date."""

    row: CatalogRow
    status: Status


@dataclass(frozen=True)
class Element:
    """One element that rows are found by: its key in addresses, its label, a row's words for it."""

    key: str
    label: str
    words: Callable[[Found], tuple[str, ...]]


ELEMENTS = (
    Element("area", "领域", lambda f: (f.row.area,)),
    Element("state", "公开情况", lambda f: (f.status.state.value,)),
    Element("primary", "一级事项", lambda f: (f.row.primary,)),
    Element("secondary", "二级事项", lambda f: (f.row.secondary,) if f.row.secondary else ()),
    Element("body", "公开主体", lambda f: f.row.bodies),
    Element("limit", "公开时限", lambda f: (f.row.limit,)),
    Element("channel", "公开渠道和载体", lambda f: f.row.channels),
    Element("audience", "公开对象", lambda f: _audience(f.row)),
    Element("manner", "公开方式", lambda f: (f.row.manner,)),
    Element("level", "公开层级", lambda f: f.row.levels),
    Element("basis", "公开依据", lambda f: f.row.basis),
    Element("year", "年份", lambda f: tuple(map(str, f.status.years))),
)
"""Every column of the catalog but 公开内容（要素）, which is searched as text."""
_BY_KEY = {element.key: element for element in ELEMENTS}


@dataclass(frozen=True)
class ElementLinks:
    """An element with the pages of its values."""

    key: str
    label: str
    links: tuple[CountedLink, ...]


@dataclass(frozen=True)
class FindView:
    """The page on which rows are found by their elements."""

    total: int
    rows_url: str
    texts_url: str
    request_url: str
    elements: tuple[ElementLinks, ...]


@dataclass(frozen=True)
class FoundView:
    """The rows that one value of an element gives; of very many, their numbers by area."""

    title: str
    element: str
    total: int
    cards: tuple[RowCard, ...]
    areas: tuple[CountedLink, ...]


Values = Mapping[str, tuple[Found, ...]]


def build(library: Library, settings: Settings) -> Iterator[Output]:
    """The page, what its script reads, and a page for each value that several rows have."""
    yield Page(f"{FIND}index.html", "catalog/find.html", _find)
    yield File(f"{FIND}rows.json", _rows)
    yield File(f"{FIND}texts.json", _texts)
    for element in ELEMENTS:
        for word, found in values_of(element.key, library, settings).items():
            if len(found) == 1:
                continue
            url = value_url(element.key, word, found, library)
            yield Page(f"{url}index.html", "catalog/found.html", _found, (element.key, word, ""))
            for area in _areas(found) if len(found) > MANY else ():
                arguments = (element.key, word, area)
                yield Page(f"{url}{area}/index.html", "catalog/found.html", _found, arguments)


def all_found(library: Library, settings: Settings) -> tuple[Found, ...]:
    """Every row of the current catalogs with its state."""
    return library.once("catalog found", partial(_all_found, library, settings))


def _all_found(library: Library, settings: Settings) -> tuple[Found, ...]:
    return tuple(Found(row, status(row, library, settings)) for row in rows(library, settings))


def _audience(row: CatalogRow) -> tuple[str, ...]:
    """特定群体（参保人员） is found under 特定群体."""
    return tuple(named_group(word)[0] for word in row.audience)


def values_of(key: str, library: Library, settings: Settings) -> Values:
    """Word → the rows that have it, for one element; words that most rows have come first."""
    return library.once(f"catalog values {key}", partial(_values_of, key, library, settings))


def _values_of(key: str, library: Library, settings: Settings) -> Values:
    element = _BY_KEY[key]
    values: dict[str, list[Found]] = {}
    for found in all_found(library, settings):
        for word in dict.fromkeys(element.words(found)):
            values.setdefault(word, []).append(found)
    if key == "year":
        return {word: tuple(values[word]) for word in sorted(values, reverse=True)}
    if key == "area":
        return {word: tuple(found) for word, found in values.items()}
    return {w: tuple(f) for w, f in sorted(values.items(), key=lambda item: -len(item[1]))}


def value_key(key: str, word: str, found: tuple[Found, ...], library: Library) -> str:
    """A value's name in addresses, the same for ever.

    Words that are free text get the beginning of their digest; no other name begins with `_`.
    """
    if key == "area":
        return found[0].row.area_key
    if key == "year":
        return word
    if key == "state":
        return State(word).name.lower().replace("_", "-")
    if key == "body" and (organ := library.organ(word)):
        return organ.id.removeprefix(f"{Organ.folder}/")
    return _KEYS.get(word) or "_" + blake2b(word.encode(), digest_size=5).hexdigest()


def value_url(key: str, word: str, found: tuple[Found, ...], library: Library) -> str:
    """Where the rows of a value stand; that of the row itself if there is but one."""
    if len(found) == 1:
        return found[0].row.url
    return f"{FIND}{key}/{value_key(key, word, found, library)}/"


def _find(library: Library, settings: Settings) -> Shown:
    view = FindView(
        total=len(all_found(library, settings)),
        rows_url=f"{FIND}rows.json",
        texts_url=f"{FIND}texts.json",
        request_url=block_column(Block.REQUEST, library).url,
        elements=tuple(
            ElementLinks(element.key, element.label, _links(element.key, library, settings))
            for element in ELEMENTS
        ),
    )
    return column_head(settings, _COLUMN, crumbs=(_CATALOG,)), {"find": view}


def _links(key: str, library: Library, settings: Settings) -> tuple[CountedLink, ...]:
    found = values_of(key, library, settings)
    links = [CountedLink(w, value_url(key, w, f, library), len(f)) for w, f in found.items()]
    if len(links) > LISTED:  # 二级事项: each stands on its area's page; here those of several rows
        links = [link for link in links if link.count > 1]
    return tuple(links[:LISTED])


def _found(library: Library, settings: Settings, key: str, word: str, area: str) -> Shown:
    element = _BY_KEY[key]
    found = values_of(key, library, settings)[word]
    url = value_url(key, word, found, library)
    crumbs = [_CATALOG, Link(_COLUMN.name, FIND)]
    title, here = f"{element.label}：{word}", found
    areas: tuple[CountedLink, ...] = ()
    if area:
        here = tuple(f for f in found if f.row.area_key == area)
        crumbs.append(Link(title, url))
        title, url = f"{title}（{here[0].row.area}）", f"{url}{area}/"
    elif len(found) > MANY:
        here = ()
        areas = tuple(
            CountedLink(name, f"{url}{area_key}/", number)
            for area_key, (name, number) in _areas(found).items()
        )
    view = FoundView(
        title, element.label, len(here) or len(found), tuple(map(row_card, here)), areas
    )
    head = column_head(settings, _COLUMN, title=title, url=url, crumbs=tuple(crumbs))
    return head, {"found": view}


def _areas(found: tuple[Found, ...]) -> dict[str, tuple[str, int]]:
    """Key of an area → its name and the number of rows, in the catalog's order."""
    numbers: dict[str, tuple[str, int]] = {}
    for one in found:
        name, number = numbers.get(one.row.area_key, (one.row.area, 0))
        numbers[one.row.area_key] = name, number + 1
    return numbers


def row_card(found: Found) -> RowCard:
    """A row as lists show it."""
    row, state = found
    newest = f"，最新 {written_day(state.newest)}" if state.newest else ""
    facts = (
        f"{state.count} 件{newest}" if state.count else "",
        "、".join(row.bodies),
        row.limit,
        "、".join(row.audience),
        row.manner,
        "、".join(row.levels),
    )
    above = (row.area, row.primary) if row.secondary else (row.area,)
    return RowCard(
        row.name,
        row.url,
        " › ".join(above),
        row.content,
        state_tag(state),
        tuple(filter(None, facts)),
    )


def _rows(library: Library, settings: Settings) -> bytes:
    """All but the long texts: elements with their values, and rows as numbers of values.

    `{"elements": [{"key", "label", "values": [[key, word], …]}], "rows": [[id, count, newest,
    value or [values], …], …]}`, one value or list for each element.
    """
    elements, numbers = [], []
    for element in ELEMENTS:
        found = values_of(element.key, library, settings)
        values = [[value_key(element.key, w, f, library), w] for w, f in found.items()]
        elements.append({"key": element.key, "label": element.label, "values": values})
        numbers.append({word: number for number, word in enumerate(found)})
    return compact_json(
        {
            "elements": elements,
            "rows": [
                [
                    found.row.id,
                    found.status.count,
                    f"{found.status.newest or ''}",
                    *(
                        _cell([number[word] for word in dict.fromkeys(element.words(found))])
                        for element, number in zip(ELEMENTS, numbers, strict=True)
                    ),
                ]
                for found in all_found(library, settings)
            ],
        }
    )


def _cell(numbers: list[int]) -> int | list[int]:
    return numbers[0] if len(numbers) == 1 else numbers


def _texts(library: Library, settings: Settings) -> bytes:
    """公开内容（要素） of every row, in the order of `rows.json`."""
    return compact_json([found.row.content for found in all_found(library, settings)])
