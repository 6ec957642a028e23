"""报送: what the 报送台账 says of each paper, beside what the paper itself says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from plugins.library.gazette import issues_listing, issues_printing
from plugins.library.library import Library
from plugins.library.registers import problems_of_register, register_of
from plugins.problems import Problem, Severity
from plugins.reading import Document
from plugins.reading.registers import Entered, Register
from plugins.records import Category, Policy
from plugins.records.fields import DOCUMENT_ID
from plugins.records.registers import Liaison, Submission
from plugins.settings import Settings
from plugins.workdays import UnknownYearError

REMINDER = Severity.REMINDER
_ALWAYS_ALIKE = ("number", "signed")
_ALIKE_WHERE_BOTH_SAY = ("printed", "disclosure", "legal_review", "filing")


def is_id(paper: str) -> bool:
    """Whether a cell of the column 文件 is a document's id, and not a title."""
    return re.fullmatch(DOCUMENT_ID, paper) is not None


def paper_of(said: Submission, library: Library) -> Document[Policy] | None:
    """The 政策文件 of a row, if there is one: by its id, or the unit's by number or title."""
    if is_id(said.paper):
        return next(iter(library.find([said.paper], Policy)), None)
    if said.number:
        numbered = library.pointing_at(said.number, "number", Policy)
        return next((d for d in numbered if said.unit in d.record.issuers), None)
    own = library.pointing_at(said.unit, "policies.issuer", Policy)
    return next((d for d in own if d.record.title == said.paper), None)


def printed_in(library: Library, document_id: str) -> tuple[str, ...]:
    """The issues that a document stands in, `2021年第1期（总第1期）`, the earliest first.

    Of a document that no issue lists, what it says itself (`gazette`): issues of before the
    site are not all entered.
    """
    document = library.get(document_id)
    number = (getattr(document.record, "number", None) or "") if document else ""
    if issues := [*issues_listing(number, library), *issues_printing(document_id, library)]:
        return tuple(issue.record.name for issue in issues)
    place = getattr(document.record, "gazette", None) if document else None
    return (place.short_name,) if place else ()


def last_day(issued: date, library: Library, settings: Settings) -> date:
    """The last day on which a paper is sent in time: so many 工作日 after it was issued.

    A local rule, not of the law. Raises UnknownYearError where a year's holidays are not known.
    """
    return library.calendar.add(issued, settings.county.submission_days)


def submissions_agree(library: Library, settings: Settings) -> Iterator[Problem]:
    """Every row is about one paper, says what the paper says, and was sent by its 联络员."""
    register = register_of(library, Submission)
    yield from problems_of_register(register, library)
    for entered in register.rows:
        yield from _paper_faults(register, entered, library)
        yield from _day_faults(register, entered, library, settings)
        yield from _sender_faults(register, entered, library)
    yield from _repeats(register, library)


def _paper_faults(
    register: Register[Submission], entered: Entered[Submission], library: Library
) -> Iterator[Problem]:
    """A paper that is named by its id is there, and both say the same."""
    said = entered.said
    document = paper_of(said, library)
    if document is None:
        yield from _unknown_paper(register, entered, library)
        return
    if not is_id(said.paper):
        yield register.problem(
            entered,
            "这份文件已经在网站上",
            f"照此填写：{document.id}",
            "paper",
            REMINDER,
        )
    yield from _differences(register, entered, document)
    if said.reason and (issues := printed_in(library, document.id)):
        yield register.problem(
            entered,
            f"已经刊登在{'、'.join(issues)}，又写了未刊登原因",
            "删去未刊登原因",
            "reason",
            REMINDER,
        )


def _unknown_paper(
    register: Register[Submission], entered: Entered[Submission], library: Library
) -> Iterator[Problem]:
    paper = entered.said.paper
    if not is_id(paper) or paper in library.unread:
        return
    if paper in library:
        yield register.problem(entered, f"{paper} 不是政策文件", "只登记政策文件", "paper")
    else:
        yield register.problem(
            entered, f"找不到 {paper}.md", "核对编号；还没有上网的，写文件的标题", "paper"
        )


def _differences(
    register: Register[Submission], entered: Entered[Submission], document: Document[Policy]
) -> Iterator[Problem]:
    said, record = entered.said, document.record
    pairs = [(key, getattr(said, key), getattr(record, key)) for key in _ALWAYS_ALIKE]
    pairs += [
        (key, ours, theirs)
        for key in _ALIKE_WHERE_BOTH_SAY
        if (ours := getattr(said, key)) and (theirs := getattr(record, key))
    ]
    pairs.append(("unit", said.unit, record.issuers[0]))
    for key, ours, theirs in pairs:
        if ours != theirs:
            yield register.problem(
                entered,
                f"写的是“{ours or '空'}”，文件里是“{theirs or '空'}”",
                f"核对后改正台账，或改正 {document.path}",
                key,
            )
    if said.normative is not (record.category is Category.NORMATIVE):
        yield register.problem(
            entered,
            f"与文件类别“{record.category.value}”不符",
            f"核对后改正台账，或改正 {document.path}",
            "normative",
        )


def _day_faults(
    register: Register[Submission],
    entered: Entered[Submission],
    library: Library,
    settings: Settings,
) -> Iterator[Problem]:
    """What was sent was sent before today; the time limit can be counted."""
    said = entered.said
    if said.sent and not settings.reached(said.sent):
        yield register.problem(
            entered, f"{said.sent} 还没有到", "核对日期；还没有报送的空着", "sent"
        )
    try:
        last_day(said.issued, library, settings)
    except UnknownYearError as unknown:
        yield register.problem(
            entered,
            f"不知道 {unknown.year} 年的节假日安排，算不出报送期限",
            f"把国务院办公厅公布的 {unknown.year} 年安排写进 content/workdays.yaml",
            "printed" if said.printed else "signed",
            REMINDER,
        )


def _sender_faults(
    register: Register[Submission], entered: Entered[Submission], library: Library
) -> Iterator[Problem]:
    """Who sent it was the unit's 联络员 on that day; names are not repeated in messages."""
    said = entered.said
    liaisons = register_of(library, Liaison)
    if not said.sent or not said.liaison or liaisons.problems:
        return
    names = {
        one.said.name
        for one in liaisons.rows
        if one.said.unit == said.unit and one.said.serves_on(said.sent)
    }
    if said.liaison not in names:
        yield register.problem(
            entered,
            f"{said.sent} 那天，登记表里这个单位没有这位联络员",
            f"核对姓名和报送日期，或者在 content/{Liaison.file} 里补登",
            "liaison",
        )


def _repeats(register: Register[Submission], library: Library) -> Iterator[Problem]:
    """One row for each paper, whatever it is called by."""
    first: dict[str, int] = {}
    for entered in register.rows:
        said = entered.said
        document = paper_of(said, library)
        name = document.id if document else f"{said.unit} {said.number or said.paper}"
        if name in first:
            yield register.problem(
                entered,
                f"这份文件登记了两次（第 {first[name]} 行已有）",
                "删去一行，或核对文件",
                "paper",
            )
        first.setdefault(name, entered.row.line)
