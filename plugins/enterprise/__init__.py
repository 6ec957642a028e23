"""企业政策: policies for market entities by the eleven kinds, and policies by whom they are for.

The kinds are 创业、创新、人才、规划、产业、项目、市场、金融、税费、奖励、补贴 (区2021年工作要点
一（三）). Lists hold what is in force; what no longer is stands on pages of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from plugins.library import Library, standing_of
from plugins.outputs import Output, Page, Shown
from plugins.paging import Documents, Listing, by_years
from plugins.presenting import Column, cards, column_head
from plugins.problems import Mark, Problem, Severity
from plugins.reading.names import SHOWN, VOCABULARY_FOLDER
from plugins.records.vocabularies import Term
from plugins.settings import Settings
from plugins.views import Card, CountedLink, Facet, Link

NEWEST = 10
"""Documents on the first page."""
NOTHING_IN_FORCE = "目前没有现行有效的文件。"
_COLUMN = Column(
    "企业政策",
    "enterprise/",
    "与企业和个体工商户有关的创业、创新、人才、规划、产业、项目、市场、金融、税费、奖励、补贴政策。",
    "政策文件",
    "企业政策,惠企政策,政府信息公开",
)
_TO_ENTERPRISE = Link(_COLUMN.name, _COLUMN.url)


@dataclass(frozen=True)
class EnterpriseView:
    """The first page: the kinds, whom policies are for, and what is new."""

    title: str
    intro: str
    total: int
    kinds: tuple[CountedLink, ...]
    facets: tuple[Facet, ...]
    newest: tuple[Card, ...]
    past: CountedLink | None
    """Where that stands which is no longer in force."""


class Split(NamedTuple):
    """Documents that hold, and those that no longer do; both newest first."""

    standing: Documents
    past: Documents


class Way(NamedTuple):
    """One way to browse: its vocabulary, its index in the catalogue, its part of addresses."""

    vocabulary: str
    found_by: str
    part: str
    label: str


KINDS = Way("enterprise_kinds", "enterprise-kind", "kind", "企业政策")
AUDIENCES = Way("applies_to", "applies-to", "for", "适用对象")


def build(library: Library, settings: Settings) -> Iterator[Output]:
    """The first page, and lists for every kind and every 适用对象."""
    yield Page(f"{_COLUMN.url}index.html", "enterprise/enterprise.html", _index)
    everything = _split("enterprise", "", library, settings)
    if everything.past:
        yield from by_years(_past(_COLUMN.name, _COLUMN.url, ()), everything.past, library)
    for way in (KINDS, AUDIENCES):
        for term in _terms(way, library):
            yield from _lists(way, term, library, settings)


def check(library: Library, settings: Settings) -> Iterator[Problem]:
    """Each of the kinds has something in force, once there are any 企业政策 at all."""
    if not library.look_up("enterprise"):
        return
    for term in _terms(KINDS, library):
        if not _split(KINDS.found_by, term.name, library, settings).standing:
            yield Problem(
                f"{SHOWN}/{VOCABULARY_FOLDER}/{KINDS.vocabulary}.yaml",
                Mark(),
                f"“{term.name}”一类没有现行有效的企业政策",
                f"在有关文件里写 enterprise_kinds: {term.name}；确实没有的不用改",
                severity=Severity.REMINDER,
            )


def _terms(way: Way, library: Library) -> list[Term]:
    """Every word of a vocabulary; a retired one only while documents have it."""
    counts = library.values(way.found_by)
    terms = library.vocabularies[way.vocabulary].terms
    return [term for term in terms if not term.retired or term.name in counts]


def _split(index: str, word: str, library: Library, settings: Settings) -> Split:
    found = library.look_up(index, word)
    holds = {d.id: standing_of(d, library, settings).holds for d in found}
    return Split([d for d in found if holds[d.id]], [d for d in found if not holds[d.id]])


def _lists(way: Way, term: Term, library: Library, settings: Settings) -> Iterator[Output]:
    """What is in force, and beside it what no longer is."""
    split = _split(way.found_by, term.name, library, settings)
    title, url = f"{way.label}：{term.name}", _url(way, term)
    beside = (CountedLink("已废止、失效或到期", f"{url}past/", len(split.past)),)
    column = Column(title, _COLUMN.url, term.note or title, _COLUMN.kind, _COLUMN.keywords)
    listing = Listing(
        column,
        title,
        url,
        (_TO_ENTERPRISE,),
        term.note,
        NOTHING_IN_FORCE,
        beside if split.past else (),
    )
    yield from by_years(listing, split.standing, library)
    if split.past:
        yield from by_years(_past(title, url, (Link(title, url),)), split.past, library)


def _past(title: str, url: str, above: tuple[Link, ...]) -> Listing:
    title = f"{title}（已废止、失效或到期）"
    intro = "下列文件不再执行，保留文本供查阅。"
    column = Column(title, _COLUMN.url, intro, _COLUMN.kind, _COLUMN.keywords)
    return Listing(column, title, f"{url}past/", (_TO_ENTERPRISE, *above), intro)


def _url(way: Way, term: Term) -> str:
    return f"{_COLUMN.url}{way.part}/{term.key}/"


def _links(way: Way, library: Library, settings: Settings) -> tuple[CountedLink, ...]:
    """Every list of a way, with the number of documents in force."""
    return tuple(
        CountedLink(
            term.name,
            _url(way, term),
            len(_split(way.found_by, term.name, library, settings).standing),
        )
        for term in _terms(way, library)
    )


def _index(library: Library, settings: Settings) -> Shown:
    split = _split("enterprise", "", library, settings)
    past = CountedLink("已废止、失效或到期", f"{_COLUMN.url}past/", len(split.past))
    view = EnterpriseView(
        _COLUMN.name,
        _COLUMN.description,
        len(split.standing),
        _links(KINDS, library, settings),
        (Facet(AUDIENCES.label, _links(AUDIENCES, library, settings)),),
        cards(split.standing[:NEWEST], library, settings),
        past if split.past else None,
    )
    return column_head(settings, _COLUMN), {"enterprise": view}
