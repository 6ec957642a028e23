"""有效性: derived from dates and relations as of the build date, never typed by an editor."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple, cast

from plugins.library.library import Library
from plugins.reading import Document
from plugins.records import Interpretation, Notice, Plan, Policy, Record
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


class Standing(NamedTuple):
    """Whether a document of any type still holds, in one word: 现行有效, 废止, 已截止 …."""

    word: str
    holds: bool


_OVER = frozenset({Validity.REPEALED, Validity.EXPIRED})


def standing_of(document: Document[Record], library: Library, settings: Settings) -> Standing:
    """A policy by its 有效性, an interpretation by what it interprets, others by their last day.

    What is not yet in force holds: whoever looks for it should find it.
    """
    if issubclass(document.kind, Policy):
        validity = state_of(cast("Document[Policy]", document), library, settings).validity
        return Standing(validity.value, validity not in _OVER)
    record = document.record
    if isinstance(record, Interpretation):
        targets = library.find(record.interprets, Policy)
        standings = [standing_of(target, library, settings) for target in targets]
        if standings and not any(standing.holds for standing in standings):
            return Standing(f"所解读的文件已{standings[0].word}", holds=False)
    if isinstance(record, Notice) and record.closes and settings.passed(record.closes):
        return Standing("已截止", holds=False)
    if isinstance(record, Plan) and record.ends and settings.passed(record.ends):
        return Standing("规划期已满", holds=False)
    return Standing("", holds=True)


def _in_force(
    documents: list[Document[Policy]], settings: Settings
) -> tuple[Document[Policy], ...]:
    return tuple(d for d in documents if settings.reached(day_in_force(d.record)))
