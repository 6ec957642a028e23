"""有效性: derived from dates and relations as of the build date, never typed by an editor."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from plugins.library.library import Library
from plugins.reading import Document
from plugins.records import Policy
from plugins.settings import Settings


class Validity(StrEnum):
    """The states that a policy document can be in."""

    PENDING = "尚未施行"
    IN_FORCE = "现行有效"
    AMENDED = "已修改"
    REPEALED = "废止"
    EXPIRED = "失效"


class State(NamedTuple):
    """A validity, the day since which it holds, and the documents that brought it about."""

    validity: Validity
    since: date
    by: tuple[Document[Policy], ...] = ()


def day_in_force(record: Policy) -> date:
    """施行日期, or 成文日期 where the text states none."""
    return record.effective or record.signed


def state_of(document: Document[Policy], library: Library, settings: Settings) -> State:
    """Rules in this order: not yet in force, repealed, expired, amended, in force."""
    record = document.record
    start = day_in_force(record)
    if not settings.reached(start):
        return State(Validity.PENDING, start)
    repealers = _in_force(library.repealers_of(document), settings)
    if repealers:
        return State(Validity.REPEALED, min(day_in_force(d.record) for d in repealers), repealers)
    if record.repealed and settings.reached(record.repealed):
        return State(Validity.REPEALED, record.repealed)
    if record.expires and settings.reached(record.expires):
        return State(Validity.EXPIRED, record.expires)
    amenders = _in_force(library.amenders_of(document), settings)
    if amenders:
        return State(Validity.AMENDED, max(day_in_force(d.record) for d in amenders), amenders)
    return State(Validity.IN_FORCE, start)


def _in_force(
    documents: list[Document[Policy]], settings: Settings
) -> tuple[Document[Policy], ...]:
    return tuple(d for d in documents if settings.reached(day_in_force(d.record)))
