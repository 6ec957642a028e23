"""What work reads is noted for it, and for the work around it."""

from __future__ import annotations

from datetime import datetime

import pytest

from plugins.tracing import Trace, note, note_reached, traced

NOON = datetime(2021, 7, 15, 12, 0)
ONE = datetime(2021, 7, 15, 13, 0)
TWO = datetime(2021, 7, 15, 14, 0)


def test_outside_of_a_trace_nothing_is_noted() -> None:
    note("record a")
    note_reached(NOON, ONE)

    with traced() as trace:
        pass

    assert trace == Trace()


def test_inner_work_is_noted_for_the_work_around_it_but_not_the_other_way_round() -> None:
    with traced() as outer:
        note("record a")
        with traced() as inner:
            note("record b")
        note("record c")

    assert inner.facts == {"record b"}
    assert outer.facts == {"record a", "record b", "record c"}


def test_an_answer_holds_from_the_last_moment_that_had_come_to_the_first_that_had_not() -> None:
    with traced() as trace:
        for moment in (NOON.replace(hour=9), NOON, TWO, TWO.replace(hour=20)):
            note_reached(moment, ONE)

    assert (trace.since, trace.until) == (NOON, TWO)


def test_the_moment_itself_counts_as_come() -> None:
    with traced() as trace:
        note_reached(ONE, ONE)

    assert (trace.since, trace.until) == (ONE, Trace().until)


def test_the_span_of_inner_work_narrows_that_of_the_work_around_it() -> None:
    with traced() as outer:
        note_reached(NOON.replace(hour=9), ONE)
        with traced():
            note_reached(NOON, ONE)
            note_reached(TWO, ONE)

    assert (outer.since, outer.until) == (NOON, TWO)


def test_work_that_fails_closes_its_trace() -> None:
    def fails() -> None:
        with traced():
            note("record a")
            raise ZeroDivisionError

    with traced() as outer:
        with pytest.raises(ZeroDivisionError):
            fails()
        note("record b")

    assert outer.facts == {"record a", "record b"}
