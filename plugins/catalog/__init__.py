"""基层政务公开标准目录 (国办发〔2019〕54号): areas, their versions, every row and how it stands.

The address of an area (`catalog/safety/`) shows the version that is carried out; each version has
its own, and so has each row that ever was carried out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from plugins.catalog import retrieval
from plugins.catalog.adjusting import changes_url, changes_view, in_words
from plugins.catalog.evaluation import HEADER, cells, gone, measures, total
from plugins.catalog.evaluation import reports as reports
from plugins.catalog.rows import CatalogRow, State, Status, documents_of, due_of, status
from plugins.catalog.sheets import MAKERS, files, state_tag, table_view
from plugins.library import Library
from plugins.library.catalogs import (
    Version,
    area_rows,
    current,
    in_force,
    row_in,
    rows_by_id,
    table_of,
    versions,
)
from plugins.outputs import File, Output, Page, Shown
from plugins.presenting import (
    COLUMN_OF,
    EMPTY,
    WINDOW,
    Column,
    block_column,
    cards,
    column_head,
    day_fact,
    document_head,
    organ_fact,
    related_groups,
    source_of,
    version_tags,
    written_day,
)
from plugins.problems import Problem, Severity
from plugins.records import Block, Catalog
from plugins.records.vocabularies import Term
from plugins.settings import Settings
from plugins.views import (
    Banner,
    Card,
    CatalogTable,
    Fact,
    FileLink,
    Group,
    Link,
    Tag,
    VersionRow,
)
from plugins.workdays import UnknownYearError

EVALUATION = "catalog/evaluation/"
SHOWN = 100
"""How many of a row's documents its page shows, the newest."""
_COLUMN = COLUMN_OF[Catalog]
_UP = Link(_COLUMN.name, _COLUMN.url)


@dataclass(frozen=True)
class AreaView:
    """An area in the index."""

    name: str
    note: str
    url: str
    version: str
    rows: int
    coverage: str
    overdue: int


@dataclass(frozen=True)
class EvaluationLine:
    """An area in the evaluation, with its numbers."""

    area: Link
    cells: tuple[str, ...]


@dataclass(frozen=True)
class VersionView:
    """The page of a version; `counts` say how the rows of the one in force stand."""

    title: str
    intro: str
    tags: tuple[Tag, ...]
    facts: tuple[Fact, ...]
    html: str
    counts: tuple[str, ...]
    table: CatalogTable
    files: tuple[FileLink, ...]
    history: tuple[VersionRow, ...]
    groups: tuple[Group, ...]
    published: datetime | None = None
    """When the version was published; of the page of the area, nothing."""
    source: str = ""


@dataclass(frozen=True)
class RowView:
    """The page of a row with all its elements, what is published under it, and its state."""

    title: str
    above: str
    tags: tuple[Tag, ...]
    banner: Banner | None
    words: str
    facts: tuple[Fact, ...]
    count: int
    """Of documents; the newest are shown."""
    cards: tuple[Card, ...]
    area: Link
    ask: tuple[Link, ...] = ()
    """Where to ask for what has not been seen in time."""


def build(library: Library, settings: Settings) -> Iterator[Output]:
    """Index, evaluation, areas, versions with files and changes, and a page for every row."""
    yield Page(f"{_COLUMN.url}index.html", "catalog/index.html", _index)
    yield Page(f"{EVALUATION}index.html", "catalog/evaluation.html", _evaluation)
    for term in library.vocabularies["areas"].terms:
        found = versions(term.name, library)
        done = in_force(term.name, library, settings)
        if done:
            yield Page(
                f"{_area_url(term)}index.html",
                "catalog/catalog.html",
                _version,
                (done[0], term.key),
            )
        for version, earlier in zip(found, [*found[1:], None], strict=False):
            yield Page(f"{version.url}index.html", "catalog/catalog.html", _version, (version, ""))
            for name, make in MAKERS.items():
                yield File(f"{version.url}{name}", make, (version,))
            if earlier:
                path = f"{changes_url(version)}index.html"
                yield Page(path, "catalog/changes.html", _changes, (version, earlier))
        for row_id in dict.fromkeys(i for version in done for i in rows_by_id(version, library)):
            path = f"{_COLUMN.url}rows/{row_id}/index.html"
            yield Page(path, "catalog/row.html", _row, (term.name, row_id))
    yield from retrieval.build(library, settings)


def check(library: Library, settings: Settings) -> Iterator[Problem]:
    """Rows whose term cannot be counted, or that do not apply and have documents all the same.

    All else is asked by the library's rules.
    """
    for area in library.vocabularies["areas"].names:
        version = current(area, library, settings)
        if version:
            yield from _applied(version, library, settings)
        unknown = {
            year
            for row in area_rows(area, library, settings)
            if (year := _unknown_year(row, library, settings))
        }
        for year in sorted(unknown):
            if version:
                yield version.problem(
                    "effective",
                    f"不知道 {year} 年的节假日安排，有的事项算不出公开期限",
                    f"把国务院办公厅公布的 {year} 年安排写进 content/workdays.yaml",
                    Severity.REMINDER,
                )


def _applied(version: Version, library: Library, settings: Settings) -> Iterator[Problem]:
    table = table_of(version, library)
    for row in area_rows(version.record.area, library, settings):
        if row.not_applicable and (found := documents_of(row.id, library)):
            yield table.problem(
                rows_by_id(version, library)[row.id],
                f"写了不适用，却有 {len(found)} 件公开的信息归在这一项，例如 {found[0].id}",
                "核对这件信息的 catalog_rows；其实适用的，删去说明",
                "不适用说明",
                Severity.REMINDER,
            )


def _unknown_year(row: CatalogRow, library: Library, settings: Settings) -> int:
    if row.not_applicable:
        return 0
    try:
        due_of(row, status(row, library, settings).newest, library, settings)
    except UnknownYearError as unknown:
        return unknown.year
    return 0


def _area_url(term: Term) -> str:
    return f"{_COLUMN.url}{term.key}/"


def _column(term: Term) -> Column:
    description = f"{term.name}领域公开什么、什么时候由谁从哪里公开，已经公开了哪些。"
    return Column(f"{term.name}领域标准目录", _area_url(term), description, _COLUMN.kind)


# --- The index and the evaluation -----------------------------------------------------------------


def _index(library: Library, settings: Settings) -> Shown:
    areas: list[AreaView] = []
    missing: list[str] = []
    for term in library.vocabularies["areas"].terms:
        if version := current(term.name, library, settings):
            areas.append(_area(term, version, library, settings))
        elif not term.retired:
            missing.append(term.name)
    whole = total(measures(area.name, library, settings) for area in areas)
    words = (
        f"共 {len(areas) + len(missing)} 个领域，已公布目录 {len(areas)} 个，"
        f"事项 {whole.rows} 项；覆盖率 {whole.coverage}，{State.OVERDUE.value} {whole.overdue} 项。"
    )
    return column_head(settings, _COLUMN), {
        "intro": Catalog.purpose,
        "words": words,
        "links": (Link("按要素检索", retrieval.FIND), Link("跟踪评估", EVALUATION)),
        "areas": tuple(areas),
        "missing": tuple(missing),
    }


def _area(term: Term, version: Version, library: Library, settings: Settings) -> AreaView:
    found = measures(term.name, library, settings)
    return AreaView(
        name=term.name,
        note=term.note,
        url=_area_url(term),
        version=version.record.version,
        rows=found.rows,
        coverage=found.coverage,
        overdue=found.overdue,
    )


def _evaluation(library: Library, settings: Settings) -> Shown:
    column = Column("跟踪评估", EVALUATION, "各领域标准目录的覆盖率和及时率。", _COLUMN.kind)
    terms = library.vocabularies["areas"].terms
    areas = [term for term in terms if current(term.name, library, settings)]
    found = [measures(term.name, library, settings) for term in areas]
    lines = tuple(
        EvaluationLine(Link(term.name, _area_url(term)), cells(term.name, counted)[1:])
        for term, counted in zip(areas, found, strict=True)
    )
    head = column_head(settings, column, crumbs=(_UP,))
    return head, {"columns": HEADER, "lines": lines, "total": cells("合计", total(found))}


# --- A version ------------------------------------------------------------------------------------


def _version(library: Library, settings: Settings, version: Version, area_key: str) -> Shown:
    """The page of a version, or, with the key of its area, the page of the area."""
    record = version.record
    term = library.vocabularies["areas"][record.area]
    now = current(record.area, library, settings)
    is_current = now is not None and now.id == version.id
    column = _column(term)
    view = VersionView(
        title=f"{term.name}领域基层政务公开标准目录" if area_key else record.title,
        intro=f"现行版本：{record.version}，{written_day(record.effective)}起施行。"
        if area_key
        else "",
        tags=() if area_key else version_tags(record.effective, settings, is_current=is_current),
        facts=tuple(_facts(version, library)),
        html=version.body.html,
        counts=_counts(term.name, library, settings) if area_key else (),
        table=table_view(version, library, settings, with_states=bool(area_key)),
        files=tuple(files(version, library, settings)),
        history=tuple(_history(term, library, settings, now)),
        groups=tuple(related_groups(version, library, settings)),
        published=None if area_key else record.published,
        source=source_of(record),
    )
    if area_key:
        return column_head(settings, column, title=view.title, crumbs=(_UP,)), {"catalog": view}
    crumbs = (_UP, Link(term.name, column.url))
    return document_head(version, library, settings, column, crumbs), {"catalog": view}


def _facts(version: Version, library: Library) -> Iterator[Fact]:
    record = version.record
    yield Fact("领域", record.area)
    yield Fact("版本", record.version)
    yield organ_fact("批准机关", record.issuer, library)
    yield day_fact("施行日期", record.effective)
    yield day_fact("发布日期", record.published)
    yield organ_fact("咨询机构", record.answering_body, library)
    yield Fact("编制依据", "、".join(record.basis) or EMPTY, wide=True)


def _counts(area: str, library: Library, settings: Settings) -> tuple[str, ...]:
    found = [status(row, library, settings).state for row in area_rows(area, library, settings)]
    counted = ((state, found.count(state)) for state in State)
    return tuple(f"{state.value} {count} 项" for state, count in counted if count)


def _history(
    term: Term, library: Library, settings: Settings, now: Version | None
) -> Iterator[VersionRow]:
    found = versions(term.name, library)
    for version, earlier in zip(found, [*found[1:], None], strict=False):
        is_current = now is not None and now.id == version.id
        yield VersionRow(
            name=version.record.version,
            url=version.url,
            day=written_day(version.record.effective),
            tags=version_tags(version.record.effective, settings, is_current=is_current),
            changes=in_words(version, library) if earlier else "",
            changes_url=changes_url(version) if earlier else "",
        )


def _changes(library: Library, settings: Settings, version: Version, earlier: Version) -> Shown:
    term = library.vocabularies["areas"][version.record.area]
    column = _column(term)
    view = changes_view(version, earlier, library)
    crumbs = (_UP, Link(term.name, column.url), Link(version.record.version, version.url))
    head = column_head(settings, column, title=view.title, url=changes_url(version), crumbs=crumbs)
    return head, {"changes": view}


# --- A row ----------------------------------------------------------------------------------------


def _row(library: Library, settings: Settings, area: str, row_id: str) -> Shown:
    term = library.vocabularies["areas"][area]
    done = in_force(area, library, settings)
    having = [version for version in done if row_id in rows_by_id(version, library)]
    row = row_in(done[done.index(having[0]) :], row_id, library)
    is_current = having[0].id == done[0].id
    found = status(row, library, settings)
    cited = gone(row, library, settings)
    view = RowView(
        title=row.name,
        above=f"{area}领域 › {row.primary}" if row.secondary else f"{area}领域",
        tags=(state_tag(found),) if is_current else (Tag("已取消", "warn"),),
        banner=None if is_current else _cancelled(row_id, done[done.index(having[0]) - 1]),
        words=_words(row, found) if is_current else "",
        facts=tuple(_row_facts(row, found, library, cited)),
        count=found.count,
        cards=cards(documents_of(row_id, library)[:SHOWN], library, settings),
        area=Link(f"{area}领域标准目录", _area_url(term)),
        ask=_ask(library) if is_current and found.state is State.OVERDUE else (),
    )
    column = _column(term)
    head = column_head(
        settings,
        column,
        title=f"{row.name}（{row.id}）",
        url=row.url,
        crumbs=(_UP, Link(area, column.url)),
    )
    return head, {"row": view}


def _cancelled(row_id: str, version: Version) -> Banner:
    """That a row is not in a version any more, and what the version says of it."""
    record = version.record
    said = next((a for a in record.adjustments if a.row == row_id), None)
    reasons = filter(None, (said.kind.value, said.basis, said.note)) if said else ()
    return Banner(
        "warn",
        "本事项已经取消",
        f"自{written_day(record.effective)}起施行的{record.version}目录里没有这一项"
        f"{'（' + '；'.join(reasons) + '）' if said else ''}，下面是取消以前的内容。",
        (Link("调整情况说明", changes_url(version)),),
    )


def _ask(library: Library) -> tuple[Link, ...]:
    request = block_column(Block.REQUEST, library)
    window = (WINDOW,) if library.window else ()
    return (*window, Link(request.name, request.url))


def _words(row: CatalogRow, found: Status) -> str:
    """How a row stands, in a sentence."""
    newest = (
        f"已公开 {found.count} 件，最近一件{written_day(found.newest)}公开" if found.newest else ""
    )
    due = written_day(found.due) if found.due else ""
    if found.state is State.NOT_APPLICABLE:
        return f"本区不适用：{row.not_applicable}。"
    if found.state is State.PUBLISHED:
        return f"{newest}，下一次最迟在{due}公开。" if due else f"{newest}。"
    if found.state is State.OVERDUE:
        if newest:
            return f"{newest}；按公开时限最迟应在{due}更新，尚未见更新。"
        return f"按公开时限最迟应在{due}公开，尚未见公开。"
    if not due:
        return "还没有公开。"
    return f"{newest or '还没有公开'}，最迟在{due}公开。"


def _row_facts(
    row: CatalogRow, found: Status, library: Library, cited: tuple[str, ...]
) -> Iterator[Fact]:
    yield Fact("编号", row.id)
    yield Fact("领域", row.area)
    yield Fact("一级事项", row.primary)
    yield Fact("二级事项", row.secondary or EMPTY)
    yield Fact("公开内容（要素）", row.content, wide=True)
    yield Fact("公开依据", "、".join(row.basis), wide=True)
    yield Fact("公开时限", row.limit)
    yield _body_fact(row, library)
    yield Fact("公开渠道和载体", "、".join(row.channels), wide=True)
    yield Fact("公开对象", "、".join(row.audience))
    yield Fact("公开方式", row.manner)
    yield Fact("公开层级", "、".join(row.levels))
    yield Fact("已公开", f"{found.count} 件")
    if found.newest:
        yield day_fact("最近公开", found.newest)
    if row.cites:
        said = (f"{code}（现行清单里已经没有）" if code in cited else code for code in row.cites)
        yield Fact("关联事项", "、".join(said))


def _body_fact(row: CatalogRow, library: Library) -> Fact:
    """公开主体; linked to its page if it is one body that has one."""
    label, bodies = "公开主体", "、".join(row.bodies)
    if len(row.bodies) == 1:
        organ = library.organ(bodies) or next(iter(library.look_up("short_name", bodies)), None)
        return Fact(label, bodies, organ.url if organ else "")
    return Fact(label, bodies)
