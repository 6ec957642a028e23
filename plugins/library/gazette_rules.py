"""What an issue of the 政府公报 must hold among all others, and among the documents it prints.

Rules: numbers go on without a gap (domain: 期号 begins at 1 each year, 总第 rises by one for ever
under one 刊名; the oldest issue that is here may begin anywhere: 历史公报 are entered bit by bit);
only public, reviewed texts of the county's own bodies are printed; inside a column they stand by
level of issuer, 成文日期, 发文字号.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plugins.identifiers import by_figures
from plugins.library.gazette import (
    is_excused,
    is_own,
    is_printed,
    is_to_be_printed,
    issues_of,
    issues_printing,
)
from plugins.library.library import Library, is_public
from plugins.problems import Problem, Severity
from plugins.reading import Document
from plugins.records import Issue, Policy, PrintedDocument, Publication, Record
from plugins.settings import Settings

REMINDER = Severity.REMINDER
Place = tuple[int, int]
"""Of a printed document: which column, which document in it."""


def issues_are_sound(
    document: Document[Record], library: Library, settings: Settings
) -> Iterator[Problem]:
    """An issue's file and numbers fit its neighbours; what it prints may be printed."""
    if document.kind is not Issue:
        return
    issue: Document[Issue] = document  # type: ignore[assignment]  # its kind is Issue
    yield from _file_faults(issue)
    yield from _number_faults(issue, library)
    yield from _print_faults(issue, library, settings)
    yield from _order_faults(issue, library)


def gazettes_are_complete(library: Library, settings: Settings) -> Iterator[Problem]:
    """Each 规范性文件 of a year that is over is printed, or some issue says why not."""
    issues = issues_of(library)
    years = {issue.record.year for issue in issues if settings.reached(_end_of(issue.record.year))}
    for policy in library.of(Policy):
        year = policy.record.published.year
        if year not in years or not is_public(policy, settings):
            continue
        if not is_to_be_printed(policy, library) or is_printed(policy, library):
            continue
        if not is_excused(policy, library):
            yield policy.problem(
                "category",
                f"{year}年的行政规范性文件没有在政府公报上刊登",
                "在公报 contents 里加上它的编号；不刊登的，在公报 omitted 里写明理由",
                REMINDER,
            )


def _end_of(year: int) -> date:
    return date(year + 1, 1, 1)


def _file_faults(issue: Document[Issue]) -> Iterator[Problem]:
    record = issue.record
    if not record.numbers:
        return
    stem = "-".join([str(record.year), *(f"{number:02d}" for number in _ends(record.numbers))])
    if issue.id != f"{Issue.folder}/{stem}":
        yield issue.problem(
            "issue",
            f"文件名与年份、期号不一致：{issue.id}",
            f"文件改名为 content/gazette/{stem}.md",
        )


def _ends(numbers: range) -> tuple[int, ...]:
    return (numbers[0],) if len(numbers) == 1 else (numbers[0], numbers[-1])


def _number_faults(issue: Document[Issue], library: Library) -> Iterator[Problem]:
    record = issue.record
    issues = issues_of(library)
    place = issues.index(issue)
    before = issues[place - 1].record if place else None
    follows = before is not None and before.year == record.year
    due = max(before.numbers, default=0) + 1 if before and follows else 1
    if record.numbers and record.numbers[0] != due:
        said = f"上一期是第{before.issue}期" if before and follows else "这是当年最早的一期"
        yield issue.problem(
            "issue",
            f"期号不连续：{said}",
            f"期号应为 {due}；或者补上缺的各期",
            REMINDER if before is None else Severity.ERROR,
        )
    if before and record.published < before.published:
        yield issue.problem(
            "published", "出版日期早于上一期", f"核对日期；上一期是 {before.published:%Y-%m-%d}"
        )
    yield from _total_faults(issue, [one.record for one in issues[:place]])


def _total_faults(issue: Document[Issue], earlier: list[Issue]) -> Iterator[Problem]:
    """总期号 go on under one 刊名; a gazette that was renamed or founded anew counts anew."""
    record = issue.record
    before = next((one for one in reversed(earlier) if one.series == record.series), None)
    if before and record.total != before.total + 1:
        yield issue.problem(
            "total",
            f"总期号不连续：上一期（{before.year}年第{before.issue}期）是总第{before.total}期",
            f"写成 {before.total + 1}；以前停刊、改名后重新编号的，标题里写当时的刊名",
        )
    elif before is None and record.total > 1:
        gap = "第1期" if record.total == 2 else f"第1至{record.total - 1}期"  # noqa: PLR2004  # a gap of one
        yield issue.problem(
            "total",
            f"{record.series}从总第{record.total}期开始，总{gap}还没有录入",
            "用 make import-gazette 补录；没有的不用管",
            REMINDER,
        )


def _places(issue: Document[Issue]) -> Iterator[tuple[Place, PrintedDocument]]:
    for place, of_column in enumerate(issue.record.contents):
        for item, one in enumerate(of_column.documents):
            yield (place, item), one


def _print_faults(
    issue: Document[Issue], library: Library, settings: Settings
) -> Iterator[Problem]:
    for (place, item), one in _places(issue):
        document = library.get(one.document)
        if document is None:
            continue
        way = ("contents", place, "documents", item)
        if not is_public(document, settings):
            severity = Severity.ERROR if is_public(issue, settings) else REMINDER
            yield issue.problem(
                (*way, "document"),
                f"{document.id} 现在不公开，不能刊登在公报上",
                "等它公开后再出版；不再公开的，从目录里删去",
                severity,
            )
        if not one.reason and not is_own(document, library):
            yield issue.problem(
                (*way, "document"),
                f"{document.id} 的发文机关不是本区现有机构",
                "公报一般不刊登上级机关的文件；确需刊登的，加 reason: 收录理由",
            )
        earlier = next(iter(issues_printing(document.id, library)), issue)
        if earlier.id != issue.id:
            yield issue.problem(
                (*way, "document"),
                f"{document.id} 已经刊登在{earlier.record.name}",
                "删去一处；更正后重新刊登的，另发更正文件",
            )
        yield from _said_elsewhere(issue, document)


def _said_elsewhere(issue: Document[Issue], document: Document[Record]) -> Iterator[Problem]:
    """刊登公报, if the document says it itself, names this issue."""
    said = getattr(document.record, "gazette", None)
    record = issue.record
    if said and (said.year, said.issue) != (str(record.year), record.issue):
        yield document.problem(
            "gazette",
            f"与公报不一致：{issue.id} 刊登了它",
            f"写成 year: {record.year}、issue: {record.issue}；或者删去 gazette，由公报推出",
        )


def _order_faults(issue: Document[Issue], library: Library) -> Iterator[Problem]:
    words = library.vocabularies["gazette_columns"].names
    names = [of_column.column for of_column in issue.record.contents]
    right = sorted(names, key=lambda name: words.index(name) if name in words else len(words))
    if names != right:
        yield issue.problem(
            "contents", "栏目的先后与词表不一致", f"按这个顺序排列：{'、'.join(right)}", REMINDER
        )
    for place, of_column in enumerate(issue.record.contents):
        ids = [one.document for one in of_column.documents if one.document in library]
        sorted_ids = sorted(ids, key=lambda document_id: _rank(library[document_id], library))
        if ids != sorted_ids:
            yield issue.problem(
                ("contents", place, "documents"),
                "没有按发文机关的层级、成文日期、发文字号排列",
                f"改成：{'、'.join(sorted_ids)}",
                REMINDER,
            )


def _rank(document: Document[Record], library: Library) -> tuple[int, date, str, str]:
    """Level of the issuer, 成文日期, 发文字号, id."""
    record = document.record
    kinds = library.vocabularies["organ_kinds"].names
    organ = library.organ(record.issuers[0]) if isinstance(record, Publication) else None
    level = kinds.index(organ.record.kind) if organ and organ.record.kind in kinds else len(kinds)
    signed = getattr(record, "signed", None) or record.published.date()
    return level, signed, by_figures(getattr(record, "number", None) or ""), document.id
