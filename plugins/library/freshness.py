"""待复核: whether an answer may still be relied on, as of the build's date; never typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from plugins.library.library import Library
from plugins.library.validity import Validity, state_of
from plugins.reading import Document
from plugins.records import Interpretation, Plan, Policy, Question, Record
from plugins.settings import Settings


class Doubt(NamedTuple):
    """One reason why an answer must be looked at again; `by` are the documents that gave it."""

    reason: str
    by: tuple[Document[Record], ...] = ()


def doubts_of(
    document: Document[Question], library: Library, settings: Settings
) -> tuple[Doubt, ...]:
    """Every reason to review an answer; without any, it stands.

    An answer is 待复核 when its 复核日期 is over, when a document that it rests on is no longer in
    force, or when that was amended after the answer was given.
    """
    return tuple(_doubts(document, library, settings))


def _doubts(document: Document[Question], library: Library, settings: Settings) -> Iterator[Doubt]:
    record = document.record
    if settings.passed(record.review_by):
        day = record.review_by
        yield Doubt(f"应在{day.year}年{day.month}月{day.day}日前复核，现已逾期")
    ids = record.based_on
    explained = [
        i for reading in library.find(ids, Interpretation) for i in reading.record.interprets
    ]
    for policy in library.find(dict.fromkeys([*ids, *explained]), Policy):
        state = state_of(policy, library, settings)
        told = f"依据的{_named(policy.record)}"
        if state.validity in {Validity.REPEALED, Validity.EXPIRED}:
            yield Doubt(f"{told}已{state.validity.value}", (policy, *state.by))
        elif state.validity is Validity.AMENDED and state.since > record.answered:
            yield Doubt(f"{told}在答复后作了修改", (policy, *state.by))
    for plan in library.find(ids, Plan):
        if plan.record.ends and settings.passed(plan.record.ends):
            yield Doubt(f"依据的《{plan.record.title}》规划期已满", (plan,))


def _named(record: Policy) -> str:
    return f"《{record.title}》（{record.number}）" if record.number else f"《{record.title}》"
