"""How each row of the standard catalog stands on the build's date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from plugins.library import Library
from plugins.library.catalogs import CatalogRow as CatalogRow
from plugins.library.catalogs import documents_of as documents_of
from plugins.library.catalogs import rows as rows
from plugins.library.limits import Due, Limit, first_due, limit_of, next_due
from plugins.settings import Settings
from plugins.workdays import UnknownYearError

_DATE = len("2021-07-15")


class State(StrEnum):
    """Whether a row has been published by its 公开时限."""

    PUBLISHED = "已公开"
    DUE = "待公开"
    OVERDUE = "尚未见公开"
    NOT_APPLICABLE = "不适用"


@dataclass(frozen=True)
class Status:
    """A row on the build's date.

    `due`: last day for its first, or for periodic rows its next, document; None where nothing is
    awaited, or where the holidays of that year are not known. `years`: of its documents, newest
    first.
    """

    state: State
    count: int
    newest: date | None
    due: date | None
    years: tuple[int, ...]


def status(row: CatalogRow, library: Library, settings: Settings) -> Status:
    """How a row stands: 不适用 before all else, then by its newest document and its 公开时限.

    A row without documents is 待公开 until its term, counted from the day since which it must be
    published, has run; then 尚未见公开. A periodic row (每年 …) is 待公开 again from the first day
    of the period after its newest document. A 公开时限 that is not understood counts as the 20
    工作日 of 条例 26.
    """
    work = partial(_status, row, library, settings)
    return library.once(f"catalog status {row.id}", work)


def _status(row: CatalogRow, library: Library, settings: Settings) -> Status:
    days = [date.fromisoformat(library.published(d)[:_DATE]) for d in documents_of(row.id, library)]
    newest = max(days, default=None)
    years = tuple(sorted({day.year for day in days}, reverse=True))
    if row.not_applicable:
        return Status(State.NOT_APPLICABLE, len(days), newest, None, years)
    try:
        awaited = due_of(row, newest, library, settings)
    except UnknownYearError:
        state = State.PUBLISHED if newest else State.DUE
        return Status(state, len(days), newest, None, years)
    state = _state(awaited, settings)
    return Status(state, len(days), newest, awaited.end if awaited else None, years)


def due_of(
    row: CatalogRow, newest: date | None, library: Library, settings: Settings
) -> Due | None:
    """What is awaited of a row whose newest document is of this day; None: nothing more.

    Raises UnknownYearError.
    """
    limit = limit_of(row.limit) or Limit()
    usual = settings.county.timely_days
    if newest:
        return next_due(newest, limit, library.calendar, usual)
    return first_due(row.since, limit, library.calendar, usual)


def _state(awaited: Due | None, settings: Settings) -> State:
    if awaited is None or not settings.reached(awaited.start):
        return State.PUBLISHED
    return State.OVERDUE if settings.passed(awaited.end) else State.DUE
