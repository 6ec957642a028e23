"""政策问答: a page for each question, booklets to print, 典型政策问答 by quarter.

An answer whose 复核日期 is over, or whose basis is no longer in force, is marked 待复核 with the
reason, stands in no booklet, and is told to the office (区2021年工作要点 四（四）).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plugins.library import Library, doubts_of
from plugins.outputs import Output, Page, Report, Shown
from plugins.paging import WHOLE
from plugins.presenting import (
    COLUMN_OF,
    EMPTY,
    cards,
    column_head,
    contact_of,
    day_fact,
    document_head,
    file_links,
    organ_fact,
    written_day,
)
from plugins.problems import Problem, Severity
from plugins.questions.answers import in_booklet, phone_of, question_view
from plugins.questions.views import Booklet, Chapter, QuestionPage, Shelf
from plugins.reading import Document
from plugins.records import Question, Record, Topic
from plugins.settings import Settings
from plugins.views import CountedLink, Fact, Group, Link

PRINT, TYPICAL = "questions/print/", "questions/typical/"
ALL = f"{PRINT}_all/"
"""No key of a vocabulary begins with an underscore, so that it can be no matter's address."""
_COLUMN = COLUMN_OF[Question]
_UP = Link(_COLUMN.name, _COLUMN.url)
_MONTHS = 3
_NEAR = 5
"""How many other questions of the same matter a page leads to."""


def build(library: Library, settings: Settings) -> Iterator[Output]:  # noqa: ARG001
    """Own pages, booklets by matter and of all, issues of 典型政策问答, and an index of each."""
    for document in library.of(Question):
        yield Page(f"{document.url}index.html", "questions/question.html", _page, (document,))
    if not library.count(Question):
        return
    yield Page(f"{PRINT}index.html", "questions/shelf.html", _booklets)
    for matter in library.values("questions.matter"):
        key = library.vocabularies["matters"][matter].key
        yield Page(f"{PRINT}{key}/index.html", "questions/booklet.html", _of_matter, (matter,))
    if library.count(Question) <= WHOLE:
        yield Page(f"{ALL}index.html", "questions/booklet.html", _of_all)
    yield Page(f"{TYPICAL}index.html", "questions/shelf.html", _issues)
    for quarter in library.values("typical"):
        path = f"{TYPICAL}{quarter}/index.html"
        yield Page(path, "questions/booklet.html", _issue, (quarter,))


def check(library: Library, settings: Settings) -> Iterator[Problem]:
    """Answers that must be looked at again."""
    for document in library.of(Question):
        for doubt in doubts_of(document, library, settings):
            yield document.problem(
                "review_by" if not doubt.by else "basis",
                f"答案待复核：{doubt.reason}",
                "复核答案：仍然正确的，改 answered 和 review_by；依据变了的，改正文和 basis；"
                "不再适用的，撤下",
                Severity.REMINDER,
            )


def report(library: Library, settings: Settings) -> Iterator[Report]:
    """待复核的政策问答, with the reason of each."""
    rows = tuple(
        (
            document.id,
            document.record.title,
            document.record.issuer,
            str(document.record.answered),
            str(document.record.review_by),
            "；".join(doubt.reason for doubt in doubts),
        )
        for document in library.of(Question)
        if (doubts := doubts_of(document, library, settings))
    )
    yield Report(
        "questions-to-review",
        "待复核的政策问答",
        "复核日期已过，或者依据的文件已废止、失效、在答复后修改（区2021年工作要点 四（四））。",
        ("编号", "问题", "答复单位", "答复日期", "复核日期", "原因"),
        rows,
        len(rows),
    )


def _page(library: Library, settings: Settings, document: Document[Question]) -> Shown:
    record = document.record
    year = record.published.year
    crumbs = (_UP, Link(f"{year}年", f"{_COLUMN.url}{year}/"))
    view = QuestionPage(
        question=question_view(document, library, settings),
        facts=tuple(_facts(record, library)),
        similar=record.similar,
        files=tuple(file_links(document, library)),
        groups=tuple(_groups(document, library, settings)),
        contact=contact_of(record, library),
        address=settings.absolute(document.url),
    )
    return document_head(document, library, settings, _COLUMN, crumbs), {"answer": view}


def _facts(record: Question, library: Library) -> Iterator[Fact]:
    yield organ_fact("答复单位", record.issuer, library)
    phone = phone_of(record, library)
    yield Fact("咨询电话", phone or EMPTY, f"tel:{phone}" if phone else "")
    yield day_fact("答复日期", record.answered)
    yield day_fact("复核日期", record.review_by)
    yield Fact("适用对象", "、".join(record.applies_to))
    yield Fact("问题来源", record.origin.value)


def _groups(document: Document[Question], library: Library, settings: Settings) -> Iterator[Group]:
    record = document.record
    same = library.gathered(("basis", target) for target in record.based_on)
    near = library.look_up("questions.matter", record.matter)
    found: tuple[tuple[str, str, Iterable[Document[Record]]], ...] = (
        ("同一文件的其他问答", "same-basis", same),
        (f"{record.matter}的其他问答", "same-matter", near[: _NEAR + 1]),
        ("相关文件", "related", library.find(record.related, Record)),
        ("所属专题", "topics", library.find([p.topic for p in record.topics], Topic)),
    )
    seen = {document.id}
    for title, anchor, documents in found:
        fresh = {d.id: d for d in documents if d.id not in seen}
        seen |= fresh.keys()
        if fresh:
            yield Group(title, anchor, cards(fresh.values(), library, settings))


def _booklets(library: Library, settings: Settings) -> Shown:
    counts = library.values("questions.matter")
    links = [
        CountedLink(term.name, f"{PRINT}{term.key}/", counts[term.name])
        for term in library.vocabularies["matters"].terms
        if term.name in counts
    ]
    total = library.count(Question)
    if total <= WHOLE:
        links.insert(0, CountedLink("全部问答", ALL, total))
    title = "政策问答打印版"
    intro = "按事项领域汇编的问答，答案和依据齐全，可以打印后放在大厅、贴在公告栏。"
    head = column_head(settings, _COLUMN, title=title, url=PRINT, crumbs=(_UP,))
    return head, {"shelf": Shelf(title, intro, tuple(links), _UP)}


def _issues(library: Library, settings: Settings) -> Shown:
    links = tuple(
        CountedLink(_issue_title(quarter), f"{TYPICAL}{quarter}/", count)
        for quarter, count in sorted(library.values("typical").items(), reverse=True)
    )
    title = "典型政策问答"
    intro = "从热线、窗口和留言里选出问得多的问题，按季度编发，一季度一期。"
    head = column_head(settings, _COLUMN, title=title, url=TYPICAL, crumbs=(_UP,))
    return head, {"shelf": Shelf(title, intro, links, _UP)}


def _of_all(library: Library, settings: Settings) -> Shown:
    return _booklet(library, settings, library.of(Question), "政策问答汇编", "", ALL)


def _of_matter(library: Library, settings: Settings, matter: str) -> Shown:
    key = library.vocabularies["matters"][matter].key
    documents = library.find([d.id for d in library.look_up("questions.matter", matter)], Question)
    title = f"政策问答汇编：{matter}"
    return _booklet(library, settings, documents, title, "", f"{PRINT}{key}/")


def _issue(library: Library, settings: Settings, quarter: str) -> Shown:
    documents = library.find([d.id for d in library.look_up("typical", quarter)], Question)
    newest = written_day(documents[0].record.published)
    year, part = map(int, quarter.split("-"))
    months = f"{year}年{_MONTHS * part - 2}月至{_MONTHS * part}月"
    subtitle = f"{settings.county.authority}　收录{months}公布的典型问题，最近一次更新：{newest}"
    title = _issue_title(quarter)
    return _booklet(library, settings, documents, title, subtitle, f"{TYPICAL}{quarter}/")


def _issue_title(quarter: str) -> str:
    """An issue is numbered by its quarter, so that its number never changes."""
    year, _, part = quarter.partition("-")
    return f"典型政策问答（{year}年第{part}期）"


def _booklet(  # noqa: PLR0913, PLR0917  # one argument for each thing that differs
    library: Library,
    settings: Settings,
    documents: list[Document[Question]],
    title: str,
    subtitle: str,
    url: str,
) -> Shown:
    up = Link("典型政策问答", TYPICAL) if url.startswith(TYPICAL) else Link("打印版", PRINT)
    view = Booklet(
        title=title,
        subtitle=subtitle,
        intro="答案以网上最新文本为准。标“待复核”的问题不印答案，请向答复单位询问。",
        total=len(documents),
        chapters=tuple(_chapters(documents, library, settings)),
        address=settings.absolute(url),
        up=up,
    )
    head = column_head(settings, _COLUMN, title=title, url=url, crumbs=(_UP, up))
    return head, {"booklet": view}


def _chapters(
    documents: list[Document[Question]], library: Library, settings: Settings
) -> Iterator[Chapter]:
    for term in library.vocabularies["matters"].terms:
        own = sorted(
            (d for d in documents if d.record.matter == term.name),
            key=lambda d: (d.record.order, d.id),
        )
        if own:
            doubtful = [d for d in own if doubts_of(d, library, settings)]
            yield Chapter(
                term.name,
                f"matter-{term.key}",
                tuple(in_booklet(d, library, settings) for d in own if d not in doubtful),
                tuple(Link(d.record.title, d.url) for d in doubtful),
            )
