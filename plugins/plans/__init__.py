"""规划库: all plans by 规划期 and 规划类别, gaps stated, and as data for the portal.

Plans of all times are gathered and shown together (区2021年工作要点 一（二）). A period without a
plan says why, in `gaps` of the vocabulary of periods.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import quote

from plugins.library import Library
from plugins.outputs import File, Output, Page, Shown
from plugins.paging import HEAD, Listing, by_years
from plugins.presenting import COLUMN_OF, Column, cards, column_head, organ_key, years_in
from plugins.problems import Mark, Problem, Severity
from plugins.reading import Document
from plugins.reading.names import SHOWN, VOCABULARY_FOLDER
from plugins.records import Plan
from plugins.records.vocabularies import GAP_STATES, PERIODS, PLAN_KINDS, PLAN_LEVELS, Gap, Term
from plugins.settings import Settings
from plugins.views import Card, CountedLink, Facet, Link

DATA = "plans/plans.json"
IN_CELL = 3
"""How many plans a cell of the table names."""
UNSTATED = Gap("未收录", "本站还没有收录，原因待查。")
_COLUMN = COLUMN_OF[Plan]
_TO_PLANS = Link(_COLUMN.name, _COLUMN.url)
_FILE = f"{SHOWN}/{VOCABULARY_FOLDER}/{PERIODS}.yaml"


@dataclass(frozen=True)
class PlanLink:
    """One plan in a cell of the table."""

    title: str
    url: str
    level: str


@dataclass(frozen=True)
class Cell:
    """The plans of one period and kind, or why there are none."""

    kinds: str
    """What the cell is of: 纲要; of several kinds where one reason stands for all."""
    span: int
    """How many columns it takes."""
    plans: tuple[PlanLink, ...]
    more: CountedLink | None
    """Where all of them stand, if the cell does not name all."""
    gap: Gap | None


@dataclass(frozen=True)
class Row:
    """One period of the table."""

    period: CountedLink
    years: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class PlansView:
    """The first page of all plans."""

    title: str
    intro: str
    total: int
    kinds: tuple[str, ...]
    rows: tuple[Row, ...]
    facets: tuple[Facet, ...]
    data_url: str


@dataclass(frozen=True)
class KindView:
    """The plans of one kind on a period's page."""

    title: str
    anchor: str
    count: int
    cards: tuple[Card, ...]
    more: Link | None
    gap: Gap | None


@dataclass(frozen=True)
class PeriodView:
    """One period's page."""

    title: str
    years: str
    total: int
    kinds: tuple[KindView, ...]
    periods: tuple[CountedLink, ...]
    up: Link


def build(library: Library, settings: Settings) -> Iterator[Output]:  # noqa: ARG001
    """The table of all plans, a page for each period, and all of them as data."""
    yield Page(f"{_COLUMN.url}index.html", "plans/plans.html", _index)
    for term in _periods(library):
        yield Page(f"{_period_url(term)}index.html", "plans/period.html", _period, (term.name,))
        for kind in library.vocabularies[PLAN_KINDS].terms:
            found = _cell(term, kind, library)
            if len(found) > HEAD:
                yield from by_years(_whole(term, kind), found, library)
    yield File(DATA, _data)


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """A period without any plan has its gap stated; a gap that was filled is stated no more.

    Where there are no plans at all there is nothing to be whole. A kind that a period lacks beside
    others is shown as not collected, and need not be explained.
    """
    if not library.count(Plan):
        return
    counts = library.values("plans.period")
    for term in _periods(library):
        is_explained = all(term.gap_of(kind.name) for kind in _kinds(library))
        if term.name not in counts and not is_explained:
            yield Problem(
                _FILE,
                Mark(term.line),
                f"“{term.name}”没有一件规划，也没有说明",
                f"在“{term.name}”这一项里加 gaps，写 state（{'、'.join(GAP_STATES)}）"
                "和 reason；只说某一类的，再写 kind",
                severity=Severity.REMINDER,
            )
        yield from _stale_gaps(term, library)


def _stale_gaps(term: Term, library: Library) -> Iterator[Problem]:
    """Gaps that are said of a kind, or of all kinds, of which there are plans by now."""
    kinds = library.vocabularies[PLAN_KINDS].terms
    for gap in term.gaps:
        said_of = [kind for kind in kinds if gap.kind in {kind.name, ""}]
        if said_of and all(_cell(term, kind, library) for kind in said_of):
            what = gap.kind or "各类规划"
            yield Problem(
                _FILE,
                Mark(gap.line),
                f"“{term.name}”已经有{what}，说明与实际不符",
                "删去 gaps 里的这一项",
                severity=Severity.REMINDER,
            )


def _periods(library: Library) -> tuple[Term, ...]:
    """Every period, the newest first; a retired one only while plans name it."""
    counts = library.values("plans.period")
    terms = library.vocabularies[PERIODS].terms
    return tuple(t for t in reversed(terms) if not t.retired or t.name in counts)


def _cell(term: Term, kind: Term, library: Library) -> list[Document[Plan]]:
    """The plans of one period and kind, newest first."""
    found = library.look_up("plan-cell", f"{term.name}/{kind.name}")
    return library.find((d.id for d in found), Plan)


def _period_url(term: Term) -> str:
    return f"{_COLUMN.url}period/{term.key}/"


def _cell_url(term: Term, kind: Term) -> str:
    return f"{_period_url(term)}{kind.key}/"


def _whole(term: Term, kind: Term) -> Listing:
    """The list of a kind of which a period has more than its page can hold."""
    title = f"“{term.name}”{kind.name}"
    above = (_TO_PLANS, Link(f"“{term.name}”时期规划", _period_url(term)))
    return Listing(_COLUMN, title, _cell_url(term, kind), above, kind.note)


def _period_links(library: Library) -> tuple[CountedLink, ...]:
    counts = library.values("plans.period")
    return tuple(
        CountedLink(term.name, _period_url(term), counts.get(term.name, 0))
        for term in _periods(library)
    )


def _index(library: Library, settings: Settings) -> Shown:
    kinds = _kinds(library)
    view = PlansView(
        _COLUMN.name,
        Plan.purpose,
        library.count(Plan),
        tuple(kind.name for kind in kinds),
        tuple(_row(term, kinds, library) for term in _periods(library)),
        tuple(_facets(library)),
        DATA,
    )
    return column_head(settings, _COLUMN), {"plans": view}


def _kinds(library: Library) -> list[Term]:
    counts = library.values("plans.kind")
    terms = library.vocabularies[PLAN_KINDS].terms
    return [kind for kind in terms if not kind.retired or kind.name in counts]


def _row(term: Term, kinds: list[Term], library: Library) -> Row:
    count = library.values("plans.period").get(term.name, 0)
    link = CountedLink(term.name, _period_url(term), count)
    return Row(link, term.note, tuple(_cells(term, kinds, library)))


def _cells(term: Term, kinds: list[Term], library: Library) -> Iterator[Cell]:
    """The cells of a row; neighbours that lack plans for the same reason are one cell."""
    found = [(kind, _cell(term, kind, library)) for kind in kinds]
    for gap, run in groupby(found, lambda pair: _gap(term, *pair)):
        if gap:
            names = [kind.name for kind, _ in run]
            yield Cell("、".join(names), len(names), (), None, gap)
        else:
            yield from (_filled(term, kind, plans, library) for kind, plans in run)


def _gap(term: Term, kind: Term, plans: list[Document[Plan]]) -> Gap | None:
    return None if plans else term.gap_of(kind.name) or UNSTATED


def _filled(term: Term, kind: Term, plans: list[Document[Plan]], library: Library) -> Cell:
    """A cell with plans, those of the highest level first."""
    levels = library.vocabularies[PLAN_LEVELS].names
    first = sorted(plans, key=lambda d: levels.index(d.record.level))[:IN_CELL]
    links = tuple(PlanLink(d.record.title, d.url, d.record.level) for d in first)
    whole = CountedLink("全部", f"{_period_url(term)}#{kind.key}", len(plans))
    return Cell(kind.name, 1, links, whole if len(plans) > IN_CELL else None, None)


def _facets(library: Library) -> Iterator[Facet]:
    """The lists of plans beside the table, which `listings` makes."""
    for label, key, vocabulary in (
        ("按层级", "level", PLAN_LEVELS),
        ("按类别", "kind", PLAN_KINDS),
        ("按主题分类", "subject", "subjects"),
    ):
        counts = library.values(f"plans.{key}")
        yield Facet(
            label,
            tuple(
                CountedLink(term.name, f"{_COLUMN.url}{key}/{term.key}/", counts[term.name])
                for term in library.vocabularies[vocabulary].terms
                if term.name in counts
            ),
        )
    issuers = sorted(library.values("plans.issuer").items(), key=lambda pair: (-pair[1], pair[0]))
    yield Facet(
        "按发文机关",
        tuple(
            CountedLink(name, f"{_COLUMN.url}issuer/{organ_key(name, library)}/", count)
            for name, count in issuers
        ),
    )
    yield Facet(
        "按发布年份",
        tuple(
            CountedLink(f"{year}年", f"{_COLUMN.url}{year}/", count)
            for year, count in years_in(Plan.folder, library).items()
        ),
    )


def _period(library: Library, settings: Settings, name: str) -> Shown:
    term = library.vocabularies[PERIODS][name]
    kinds = tuple(_kind_view(term, kind, library, settings) for kind in _kinds(library))
    title = f"“{term.name}”时期规划"
    view = PeriodView(
        title,
        term.note,
        sum(kind.count for kind in kinds),
        kinds,
        _period_links(library),
        _TO_PLANS,
    )
    column = Column(title, _COLUMN.url, f"{title}（{term.note}）。", _COLUMN.kind)
    head = column_head(settings, column, title=title, url=_period_url(term), crumbs=(_TO_PLANS,))
    return head, {"period": view}


def _kind_view(term: Term, kind: Term, library: Library, settings: Settings) -> KindView:
    found = _cell(term, kind, library)
    more = Link(f"{kind.name}全部{len(found)}件", _cell_url(term, kind))
    return KindView(
        kind.name,
        kind.key,
        len(found),
        cards(found[:HEAD], library, settings),
        more if len(found) > HEAD else None,
        _gap(term, kind, found),
    )


def _data(library: Library, settings: Settings) -> bytes:
    """One object for each plan, newest first, for the portal that shows plans together."""
    rows = [_plan(document, library, settings) for document in library.of(Plan)]
    gaps = [
        {"period": term.name, "kind": gap.kind, "state": gap.state, "reason": gap.reason}
        for term in _periods(library)
        for gap in term.gaps
    ]
    return json.dumps({"plans": rows, "gaps": gaps}, ensure_ascii=False, indent=1).encode()


def _plan(document: Document[Plan], library: Library, settings: Settings) -> dict[str, object]:
    record = document.record
    row: dict[str, object] = {
        "id": document.id,
        "title": record.title,
        "url": settings.absolute(document.url),
        "period": record.period,
        "kind": record.kind,
        "level": record.level,
        "issuer": record.issuer,
        "status": status_of(record, settings),
        "signed": record.signed.isoformat(),
        "published": f"{record.published:%Y-%m-%d %H:%M}",
    }
    for key in ("number", "index_number"):
        if value := getattr(record, key):
            row[key] = value
    for key in ("starts", "ends"):
        day: date | None = getattr(record, key)
        if day:
            row[key] = day.isoformat()
    for key in ("parent", "replaces"):
        named = library.find(filter(None, [getattr(record, key)]), Plan)
        if named:
            row[key] = named[0].id
    row["files"] = [
        {
            "title": attachment.title or attachment.file,
            "url": settings.absolute(f"{document.url}{quote(attachment.file)}"),
            "bytes": library.size_of(f"{document.folder}/{attachment.file}"),
        }
        for attachment in record.attachments
    ]
    return row


def status_of(record: Plan, settings: Settings) -> str:
    """规划期 as of the build's day: not begun, running, over, or not told by the record."""
    if record.starts and not settings.reached(record.starts):
        return "尚未开始"
    if record.ends and settings.passed(record.ends):
        return "规划期已满"
    return "规划期内" if record.ends else "未注明规划期"
