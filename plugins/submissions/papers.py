"""应报送: every paper that is to be sent to the 政府公报, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from plugins.library import Library
from plugins.library.registers import register_of
from plugins.library.submissions import last_day, paper_of, printed_in
from plugins.reading import Document
from plugins.reading.entries import quarter_of
from plugins.reading.registers import Entered
from plugins.records import HIGHER_RULES, Disclosure, Issue, Policy
from plugins.records.registers import Edition, Material, Submission
from plugins.settings import Settings
from plugins.workdays import UnknownYearError


class State(Enum):
    """How far a paper has come; in the order in which they are to be acted on."""

    OVERDUE = "逾期未报送"
    UNKNOWN = "未报送，期限算不出"
    WAITING = "已报送，未刊登"
    AWAITED = "待报送"
    EXPLAINED = "不刊登，已写明原因"
    PRINTED = "已刊登"


TO_ACT_ON = frozenset({State.OVERDUE, State.UNKNOWN, State.WAITING})


@dataclass(frozen=True)
class Paper:
    """A public paper: what the site has of it, what the 报送台账 has, one of both at least.

    `due`: the last day for sending it; None where a year's holidays are not known. `reason`: why
    it is not printed, as the 台账 or an issue says.
    """

    unit: str
    title: str
    number: str
    issued: date
    due: date | None
    reason: str
    document: Document[Policy] | None = None
    entered: Entered[Submission] | None = None
    printed: tuple[str, ...] = ()

    @property
    def sent(self) -> date | None:
        """When it was sent."""
        return self.entered.said.sent if self.entered else None

    @property
    def is_timely(self) -> bool | None:
        """Whether it was sent within the limit; None if nobody can say, or it was not sent."""
        return self.sent <= self.due if self.sent and self.due else None

    @property
    def lacks(self) -> tuple[str, ...]:
        """What was not sent with it."""
        if self.entered is None or self.sent is None:
            return ()
        said = self.entered.said
        found = (
            (said.normative and not said.legal_review, "合法性审核号"),
            (said.normative and said.interpretation is Material.LACKING, "解读材料"),
            (said.edition in {Edition.PDF, Edition.LACKING}, "可编辑的电子版"),
            (said.edition in {Edition.EDITABLE, Edition.LACKING}, "PDF"),
        )
        return tuple(name for missing, name in found if missing)

    def state(self, settings: Settings) -> State:
        """How far it has come on the build's date."""
        if self.printed:
            return State.PRINTED
        if self.reason:
            return State.EXPLAINED
        if self.sent:
            return State.WAITING
        if self.due is None:
            return State.UNKNOWN
        return State.OVERDUE if settings.passed(self.due) else State.AWAITED


def papers_of(library: Library, settings: Settings) -> list[Paper]:
    """Every paper that is to be sent, the oldest first.

    `library` is that of what is public. To be sent are this county's own 政策文件, and what the
    台账 calls 主动公开 though it is not on the site, issued since the year
    `submissions_since`. A joint paper is that of its lead.
    """
    of_document: dict[str, Entered[Submission]] = {}
    papers: list[Paper] = []
    for entered in register_of(library, Submission).rows:
        if document := paper_of(entered.said, library):
            of_document[document.id] = entered
        elif entered.said.disclosure is Disclosure.OPEN:
            papers.append(_only_entered(entered, library, settings))
    papers += [
        _published(document, of_document.get(document.id), library, settings)
        for document in _own(library)
    ]
    since = date(settings.county.submissions_since, 1, 1)
    wanted = [paper for paper in papers if paper.issued >= since]
    return sorted(wanted, key=lambda paper: (paper.issued, paper.unit, paper.number, paper.title))


def _own(library: Library) -> Iterator[Document[Policy]]:
    for document in library.of(Policy):
        record = document.record
        if record.category not in HIGHER_RULES and library.organ(record.issuers[0]):
            yield document


def _only_entered(entered: Entered[Submission], library: Library, settings: Settings) -> Paper:
    """A paper that is not on the site, or not yet."""
    said = entered.said
    return Paper(
        unit=said.unit,
        title=said.paper,
        number=said.number or "",
        issued=said.issued,
        due=_due(said.issued, library, settings),
        reason=said.reason or "",
        entered=entered,
    )


def _published(
    document: Document[Policy],
    entered: Entered[Submission] | None,
    library: Library,
    settings: Settings,
) -> Paper:
    record = document.record
    issued = record.printed or (entered and entered.said.printed) or record.signed
    return Paper(
        unit=record.issuers[0],
        title=record.title,
        number=record.number or "",
        issued=issued,
        due=_due(issued, library, settings),
        reason=(entered and entered.said.reason) or _omitted(document, library),
        document=document,
        entered=entered,
        printed=printed_in(library, document.id),
    )


def _omitted(document: Document[Policy], library: Library) -> str:
    """Why an issue says that a 行政规范性文件 is not printed."""
    for issue in library.pointing_at(document.id, "omitted", Issue):
        for omission in issue.record.omitted:
            if omission.document == document.id:
                return omission.reason
    return ""


def _due(issued: date, library: Library, settings: Settings) -> date | None:
    try:
        return last_day(issued, library, settings)
    except UnknownYearError:
        return None


def asked_period(settings: Settings) -> str:
    """The year or quarter that is asked for: `2021`, `2021-3`."""
    return settings.period or str(settings.now.year)


def is_in(period: str, day: date) -> bool:
    """Whether a day lies in a year or a quarter."""
    return period in {str(day.year), quarter_of(day)}


def period_name(period: str) -> str:
    """2021年, or 2021年第3季度."""
    year, _, quarter = period.partition("-")
    return f"{year}年第{quarter}季度" if quarter else f"{year}年"
