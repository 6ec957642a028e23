"""政府公报: each issue as a page, as pages to read, as a PDF for print, and as data.

区2021年工作要点 二（三）、五（二）3. What is printed is the text of the documents themselves; how
they stand today their own pages tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from plugins.gazette.completeness import reports as reports
from plugins.gazette.data import article_data, index_data
from plugins.gazette.portable import book, epub_path, kept_files
from plugins.gazette.printing import printed
from plugins.gazette.views import (
    Choice,
    ColumnView,
    IssueView,
    ReadingView,
    YearView,
    entry,
    indexes,
    listed_columns,
    year_url,
)
from plugins.library import (
    LOCK,
    PDF,
    SIGNED,
    Article,
    Library,
    articles_of,
    by_column,
    frozen_of,
    issues_of,
)
from plugins.offline import OFFLINE, offline_edition, offline_issue
from plugins.outputs import Copy, File, Output, Page, Pdf, Shown
from plugins.presenting import (
    COLUMN_OF,
    cards,
    column_head,
    day_fact,
    document_head,
    errata,
    gazette_place,
    issue_pdf,
    reading_url,
    source_of,
    written_day,
)
from plugins.problems import Problem
from plugins.reading import Document
from plugins.records import Issue, Notice, Record
from plugins.reprinting import placed
from plugins.settings import Settings
from plugins.views import Banner, Fact, FileLink, Link

_COLUMN = COLUMN_OF[Issue]
_HOME = Link(_COLUMN.name, _COLUMN.url)
_VERIFY = Link("核对下载的文件", "verify/")
_INTRODUCTION = "pages/gazette"


def build(library: Library, settings: Settings) -> Iterator[Output]:  # noqa: ARG001
    """The gazette's home and years; each issue's page, reading pages, PDF, EPUB and data."""
    issues = issues_of(library)
    yield Page(f"{_COLUMN.url}index.html", "gazette/home.html", _home)
    yield File(f"{_COLUMN.url}index.json", index_data)
    for year in sorted({issue.record.year for issue in issues}):
        yield Page(f"{year_url(year)}index.html", "gazette/year.html", _year, (year,))
    if issues:
        yield from offline_edition(issues[-1].record.series)
    for issue in issues:
        articles = articles_of(issue, library)
        yield Page(f"{issue.url}index.html", "gazette/issue.html", _issue, (issue,))
        yield from _pdf(issue, library)
        files = kept_files(issue, articles, library)
        yield offline_issue(issue.url, issue.record.name, tuple(files))
        if not issue.record.is_quoted:
            yield from _readings(issue, articles)


def _readings(issue: Document[Issue], articles: Iterable[Article]) -> Iterator[Output]:
    """What is made of the documents that an issue prints: a book, and each by itself."""
    yield File(epub_path(issue), book, (issue,))
    for article in articles:
        url = reading_url(issue, article.place)
        yield Page(f"{url}index.html", "gazette/reading.html", _reading, (issue, article.place))
        yield File(f"{url}article.json", article_data, (issue, article.place))


def _pdf(issue: Document[Issue], library: Library) -> Iterator[Output]:
    """The PDF: that of a frozen issue lies in the content, and its lock and signature beside it."""
    if not issue.record.is_quoted and not library.has_file(issue.id + PDF):
        yield Pdf(issue_pdf(issue), "gazette/print.html", printed, (issue,))
        return
    for ending in (PDF, LOCK, SIGNED):
        if library.has_file(issue.id + ending):
            yield Copy(issue_pdf(issue).removesuffix(PDF) + ending, issue.id + ending)


def check(library: Library, settings: Settings) -> Iterator[Problem]:  # noqa: ARG001
    """Nothing beyond the rules of the library."""
    yield from ()


def _home(library: Library, settings: Settings) -> Shown:
    issues = issues_of(library)[::-1]
    years = tuple(
        YearView(year, year_url(year), cards(of_year, library, settings))
        for year, of_year in groupby(issues, key=lambda issue: issue.record.year)
    )
    newest = gazette_place(library)
    introduction = library.find((_INTRODUCTION,), Record)
    about = tuple(Link(page.record.title, page.url) for page in introduction)
    kept = (Link("本机存的公报", OFFLINE),) if years else ()
    return column_head(settings, _COLUMN), {
        "years": years,
        "issues": tuple(Choice(_key(issue), issue.record.name) for issue in issues),
        "newest": newest,
        "links": (*kept, *about, _VERIFY),
    }


def _key(issue: Document[Issue]) -> str:
    return issue.id.rpartition("/")[2]


def _year(library: Library, settings: Settings, year: int) -> Shown:
    issues = [issue for issue in issues_of(library) if issue.record.year == year]
    by_number, by_subject = indexes(issues, library)
    title = f"{_COLUMN.name}：{year}年"
    head = column_head(settings, _COLUMN, title=title, url=year_url(year), crumbs=(_HOME,))
    shown = cards(issues, library, settings)
    view = YearView(year, year_url(year), shown, by_number, by_subject)
    return head, {"year": view}


def _issue(library: Library, settings: Settings, issue: Document[Issue]) -> Shown:
    record, county = issue.record, settings.county
    crumbs = (_HOME, Link(f"{record.year}年", year_url(record.year)))
    articles = articles_of(issue, library)
    issues = issues_of(library)
    place = issues.index(issue)
    is_quoted = record.is_quoted
    view = IssueView(
        record.title,
        record.series,
        record.name,
        "" if is_quoted else issue.body.html,
        tuple(listed_columns(issue)) if is_quoted else _columns(issue, articles, library),
        tuple(_facts(issue, library, settings)),
        tuple(_files(issue, library)),
        tuple(_banners(issue, articles, library)),
        _link(issues[place - 1]) if place else None,
        _link(issues[place + 1]) if place + 1 < len(issues) else None,
        record.published,
        source_of(record) or county.authority,
        settings.absolute(issue.url),
        "" if is_quoted else f"{source_of(record) or county.authority}主办",
        placed(issue.body.html, "", issue.url, issue.url) if is_quoted else "",
    )
    return document_head(issue, library, settings, _COLUMN, crumbs), {"issue": view}


def _link(issue: Document[Issue]) -> Link:
    return Link(issue.record.name, issue.url)


def _columns(
    issue: Document[Issue], articles: Iterable[Article], library: Library
) -> tuple[ColumnView, ...]:
    return tuple(
        ColumnView(name, tuple(entry(issue, article, library) for article in of_column))
        for name, of_column in by_column(articles)
    )


def _files(issue: Document[Issue], library: Library) -> Iterator[FileLink]:
    frozen = frozen_of(issue, library)
    stem = issue_pdf(issue).removesuffix(PDF)
    title = issue.record.title
    kind = f"PDF，{frozen.sheets}页" if frozen else "PDF"
    size = frozen.size if frozen else 0
    label = "本期全文（影印）" if issue.record.is_quoted else "本期全文（付印、存档）"
    yield FileLink(label, f"{title}.pdf", stem + PDF, kind, size)
    if library.has_file(issue.id + SIGNED):
        size = library.size_of(issue.id + SIGNED)
        yield FileLink("本期全文（签章）", f"{title}（签章）.pdf", stem + SIGNED, kind, size)
    if not issue.record.is_quoted:
        yield FileLink("电子书", f"{title}.epub", epub_path(issue), "EPUB")
    yield FileLink("公报数据", "index.json", f"{_COLUMN.url}index.json", "JSON")


def _banners(
    issue: Document[Issue], articles: Iterable[Article], library: Library
) -> Iterator[Banner]:
    record = issue.record
    if record.is_quoted and record.scanned:
        yield Banner("plain", "历史公报（扫描件）", "网页上的文字由识别得来，以影印的 PDF 为准。")
    elif record.is_quoted:
        yield Banner("plain", "历史公报", "网页上的文字取自 PDF，以 PDF 为准。")
    if found := tuple(dict.fromkeys(_errata(articles, library))):
        yield Banner("warn", "本期有更正", "原文照刊登时的样子保留，请与更正一并阅读：", found)


def _errata(articles: Iterable[Article], library: Library) -> Iterator[Link]:
    """What puts texts of the issue right."""
    for article in articles:
        for notice in library.pointing_at(article.document.id, "corrects", Notice):
            yield Link(notice.record.title, notice.url)


def _facts(issue: Document[Issue], library: Library, settings: Settings) -> Iterator[Fact]:
    record = issue.record
    yield day_fact("出版日期", record.published.date())
    if not record.is_quoted:
        yield Fact("主办", settings.county.authority)
        yield Fact("编辑出版", f"{settings.county.authority}办公室")
        yield Fact("发行方式", record.distribution)
    if record.permit:
        yield Fact("出版许可", record.permit)
    if record.copies:
        yield Fact("印数", f"{record.copies}份")
    if record.printer:
        yield Fact("印刷单位", record.printer)
    if frozen := frozen_of(issue, library):
        yield Fact("SHA-256", frozen.pdf)


def _reading(library: Library, settings: Settings, issue: Document[Issue], place: int) -> Shown:
    """An article as it was printed, with the one before and the one behind it."""
    record = issue.record
    articles = articles_of(issue, library)
    article = articles[place - 1]
    url = reading_url(issue, place)
    document = article.document
    before, behind = (
        Link(articles[other - 1].document.record.title, reading_url(issue, other))
        if 0 < other <= len(articles)
        else None
        for other in (place - 1, place + 1)
    )
    view = ReadingView(
        entry(issue, article, library),
        record.name,
        issue.url,
        article.column,
        article.note,
        placed(document.body.html, "", document.url, url, below=0),
        tuple(errata(document, library)),
        Link("本件的现行状态、解读和附件", document.url),
        before,
        behind,
        written_day(record.published),
        settings.absolute(url),
    )
    crumbs = (_HOME, Link(record.name, issue.url))
    title = f"{document.record.title}（{record.name}）"
    return column_head(settings, _COLUMN, title=title, url=url, crumbs=crumbs), {"reading": view}
