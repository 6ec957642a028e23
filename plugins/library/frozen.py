"""定版: an issue of the gazette that is out stays as it is, its texts and its PDF alike.

`make freeze` writes two files beside the issue: the PDF, which is published as it lies there and
never set again, and a lock, a table of digests. A text that then changes stops every build; what is
wrong in it is put right by a 更正, a document of its own (公报内容应当与纸质一致，数据完整、准确；
区2021年工作要点 五（二）3). A signed PDF, if there is one, begins with the frozen one.

Of a 历史公报 the PDF is that of the paper issue, and the lock speaks for the issue's whole file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from typing import NamedTuple

from plugins.library.gazette import Article, articles_of, issues_of
from plugins.library.library import Library, is_public
from plugins.problems import Mark, Problem, Severity
from plugins.reading import Document
from plugins.reading.media import media_label
from plugins.reading.names import SHOWN
from plugins.records import Issue, Record
from plugins.settings import Settings

LOCK, PDF, SIGNED = ".lock", ".pdf", ".signed.pdf"
"""Endings of what lies beside a frozen issue, under its own name."""
_HEADER = ("内容", "SHA-256", "起页", "止页", "字节")
_RESTORE = "这个文件只由 make freeze 写出：从版本库恢复，或者连同 PDF 一起删去、重新定版"
_FREEZE_AGAIN = "核对无误后删去 lock（如果还在），运行 make freeze ISSUE={}"


class FrozenArticle(NamedTuple):
    """An article as it was printed: digest of its text, printed numbers of its pages."""

    id: str
    sha256: str
    first: int
    last: int


@dataclass(frozen=True)
class Frozen:
    """What a lock says: the digest of the issue's own words, its PDF, its articles."""

    issue: str
    pdf: str
    """SHA-256 of the PDF."""
    sheets: int
    """Pages of the PDF, cover and contents among them."""
    size: int
    """Bytes of the PDF."""
    articles: tuple[FrozenArticle, ...]
    """Empty for a 历史公报: its record says what stands where."""
    before: int
    """How many pages of the PDF stand before the one that is numbered 1."""


def frozen_of(issue: Document[Issue], library: Library) -> Frozen | None:
    """What the issue's lock says; None if it has none, or one that cannot be read."""
    return library.once(f"frozen {issue.id}", lambda: _read(issue, library))


def _read(issue: Document[Issue], library: Library) -> Frozen | None:
    rows = _rows(issue, library)
    try:
        pdf, own, *others = rows
        articles = tuple(FrozenArticle(row[0], row[1], int(row[2]), int(row[3])) for row in others)
        sheets = int(pdf[3])
        return Frozen(own[1], pdf[1], sheets, int(pdf[4]), articles, _before(issue, sheets, others))
    except ValueError:
        return None


def _before(issue: Document[Issue], sheets: int, articles: list[tuple[str, ...]]) -> int:
    """Pages before page 1; behind the last article of an issue of ours stands one page, 版权页."""
    if issue.record.is_quoted:
        return issue.record.before
    return sheets - max((int(row[3]) for row in articles), default=0) - 1


def _rows(issue: Document[Issue], library: Library) -> list[tuple[str, ...]]:
    path = issue.id + LOCK
    if not library.has_file(path):
        return []
    table = library.table(path)
    return [row.cells for row in table.rows] if table.header == _HEADER else []


def lock_text(frozen: Frozen, issue_id: str) -> str:
    """The lock as it is written."""
    out = StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(_HEADER)
    name = issue_id.rpartition("/")[2]
    rows.writerow((name + PDF, frozen.pdf, 1, frozen.sheets, frozen.size))
    rows.writerow((issue_id, frozen.issue, "", "", ""))
    rows.writerows((*article, "") for article in frozen.articles)
    return out.getvalue()


def frozen_as_printed(issue: Document[Issue], data: bytes, sheets: int) -> Frozen:
    """What the lock of a 历史公报 says: its own words, its PDF of so many pages."""
    own = digest_of_issue(issue)
    return Frozen(own, sha256(data).hexdigest(), sheets, len(data), (), issue.record.before)


def digest_of_issue(issue: Document[Issue]) -> str:
    """SHA-256 of what the issue itself puts on its pages: title, day, columns, notes, imprint."""
    record = issue.record
    imprint = (record.permit or "", str(record.copies), record.distribution, record.printer or "")
    columns = (
        word
        for of_column in record.contents
        for word in (
            of_column.column,
            *(f"{one.document} {one.note or ''}" for one in of_column.documents),
        )
    )
    day = f"{record.published:%Y-%m-%d}"
    quoted = _quoted(issue) if record.is_quoted else ()
    return _digest((record.title, day, record.statement, *imprint, *columns, *quoted))


def _quoted(issue: Document[Issue]) -> Iterator[str]:
    """What a 历史公报 repeats from the paper: list and text."""
    record = issue.record
    yield f"{record.begins} {record.scanned}"
    for one in record.listed:
        yield from (one.column, one.title, one.number or "", one.issuer or "")
        yield f"{one.signed or ''} {one.first} {one.last}"
    yield "".join(issue.body.text.split())


def digest_of_article(document: Document[Record], library: Library) -> str:
    """SHA-256 of what a document puts on the pages: title, 发文字号, text and pictures.

    Blanks and ends of lines do not count.
    """
    record = document.record
    files = sorted(link.file for link in document.body.links if link.file)
    pictures = (name for name in files if media_label(name) == "图片")
    sums = (f"{name} {library.sum_of(f'{document.folder}/{name}')}" for name in pictures)
    number = getattr(record, "number", None) or ""
    return _digest((record.title, number, "".join(document.body.text.split()), *sums))


def _digest(words: Iterable[str]) -> str:
    return sha256("\0".join(words).encode()).hexdigest()


def frozen_issues_stay(
    document: Document[Record],
    library: Library,
    settings: Settings,  # noqa: ARG001  # what a rule is given
) -> Iterator[Problem]:
    """A frozen issue, its texts and its files are as they were."""
    if document.kind is not Issue:
        return
    issue: Document[Issue] = document  # type: ignore[assignment]  # its kind is Issue
    frozen = frozen_of(issue, library)
    if frozen is None:
        yield from _without_lock(issue, library)
        return
    yield from _file_faults(issue, frozen, library)
    if issue.record.is_quoted:
        yield from _quoted_faults(issue, frozen)
        return
    if digest_of_issue(issue) != frozen.issue:
        yield issue.problem(
            "contents",
            f"{issue.record.name}已经定版，标题、日期、目录或版权信息与定版时不一致",
            "恢复原来的写法；漏登的文件登在下一期，有错的另发更正",
        )
        return
    kept = {article.id: article.sha256 for article in frozen.articles}
    for article in articles_of(issue, library):
        if digest_of_article(article.document, library) != kept.get(article.document.id):
            yield _changed(article, issue)


def _quoted_faults(issue: Document[Issue], frozen: Frozen) -> Iterator[Problem]:
    """The list and the text of a 历史公报 are as they were; its pages are in the PDF."""
    again = _FREEZE_AGAIN.format(_key(issue))
    if digest_of_issue(issue) != frozen.issue:
        yield issue.problem(
            "listed",
            f"历史公报{issue.record.name}的目录或文字与定版时不一致",
            f"恢复原来的写法；对照影印件校对过文字的，{again}",
        )
    place = len(issue.record.listed) - 1
    last = issue.record.listed[place].last + frozen.before
    if last > frozen.sheets:
        yield issue.problem(
            ("listed", place, "last"),
            f"最后一件到 PDF 的第{last}页，但是 PDF 只有{frozen.sheets}页",
            f"核对 begins（正文从 PDF 的第几页开始）和页码；{again}",
        )


def _key(issue: Document[Issue]) -> str:
    return issue.id.rpartition("/")[2]


def _without_lock(issue: Document[Issue], library: Library) -> Iterator[Problem]:
    """A lock that says nothing, or a PDF that no lock speaks for."""
    if issue.record.is_quoted:
        yield from _quoted_without_lock(issue, library)
        return
    found = [ending for ending in (LOCK, PDF, SIGNED) if library.has_file(issue.id + ending)]
    for ending in found[:1]:
        yield _file_problem(issue, ending, "定版记录（lock）缺失或者读不出来", _RESTORE)


def _quoted_without_lock(issue: Document[Issue], library: Library) -> Iterator[Problem]:
    """A 历史公报 has its PDF, and a lock."""
    if not library.has_file(issue.id + PDF):
        yield issue.problem(
            "listed",
            f"历史公报没有 PDF：{issue.id}{PDF}",
            f"把影印的 PDF 放在旁边，文件名是 {_key(issue)}{PDF}；一般由 make import-gazette 放好",
        )
        return
    remedy = _FREEZE_AGAIN.format(_key(issue))
    yield _file_problem(issue, LOCK, "历史公报的定版记录（lock）缺失或者读不出来", remedy)


def _file_faults(issue: Document[Issue], frozen: Frozen, library: Library) -> Iterator[Problem]:
    if library.sum_of(issue.id + PDF) != frozen.pdf:
        yield _file_problem(issue, PDF, "不见了，或者与定版时不一致", f"恢复定版的文件；{_RESTORE}")
    signed = issue.id + SIGNED
    if library.has_file(signed):
        begins = sha256(library.data(signed)[: frozen.size]).hexdigest()
        if begins != frozen.pdf:
            remedy = "重新签章：make sign；签章前不能用别的软件打开另存"
            yield _file_problem(issue, SIGNED, "不是定版的 PDF 签成的", remedy)


def _file_problem(issue: Document[Issue], ending: str, message: str, remedy: str) -> Problem:
    return Problem(f"{SHOWN}/{issue.id}{ending}", Mark(), message, remedy)


def _changed(article: Article, issue: Document[Issue]) -> Problem:
    return article.document.problem(
        "title",
        f"已经刊登在公报{issue.record.name}，标题、文号、正文或图片与刊登时不一致",
        "恢复原来的文字；确有错误的不改原文，另发更正：新建一份公告公示，"
        f"写 corrects: {article.document.id}，登在下一期",
    )


def published_issues_are_frozen(library: Library, settings: Settings) -> Iterator[Problem]:
    """Issues that are out ought to be frozen; told once for all of them.

    The newest may wait for its printed copies to be looked through.
    """
    out = [issue for issue in issues_of(library) if is_public(issue, settings)]
    open_issues = [issue for issue in out[:-1] if frozen_of(issue, library) is None]
    if open_issues:
        names = "、".join(issue.id.rpartition("/")[2] for issue in open_issues)
        yield open_issues[0].problem(
            "published",
            f"已经出版的公报还没有定版：{names}",
            "核对无误后逐期运行 make freeze ISSUE=期号，把写出的两个文件提交到版本库",
            Severity.REMINDER,
        )
