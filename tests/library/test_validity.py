"""有效性 on the days before, on and after each day that changes it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from plugins.library import State, Validity, state_of
from plugins.records import Policy
from tests.county import settings

from .conftest import Write

PENDING, IN_FORCE = Validity.PENDING, Validity.IN_FORCE
AMENDED, REPEALED, EXPIRED = Validity.AMENDED, Validity.REPEALED, Validity.EXPIRED
OTHER = "policies/2021/other"


def on(day: str, library: Write, head: str, **others: str) -> State:
    """State on a day of a document with this head, among others."""
    named = {f"policies/2021/{name}": text for name, text in others.items()}
    made = library({"policies/2021/a": head, **named})
    [document] = made.find(["policies/2021/a"], Policy)
    return state_of(document, made, settings(datetime.fromisoformat(day)))


@pytest.mark.parametrize(
    ("head", "day", "validity", "since"),
    [
        ("signed: 2021-03-01", "2021-02-28", PENDING, "2021-03-01"),
        ("signed: 2021-03-01", "2021-03-01", IN_FORCE, "2021-03-01"),
        ("signed: 2021-03-01\neffective: 2021-05-01", "2021-04-30", PENDING, "2021-05-01"),
        ("signed: 2021-03-01\neffective: 2021-05-01", "2021-05-01", IN_FORCE, "2021-05-01"),
        ("expires: 2021-12-31", "2021-12-30", IN_FORCE, "2021-01-04"),
        ("expires: 2021-12-31", "2021-12-31", EXPIRED, "2021-12-31"),
        ("repealed: 2021-08-01\nrepeal_basis: 某文件", "2021-07-31", IN_FORCE, "2021-01-04"),
        ("repealed: 2021-08-01\nrepeal_basis: 某文件", "2021-08-01", REPEALED, "2021-08-01"),
        (
            "repealed: 2021-08-01\nrepeal_basis: 某文件\nexpires: 2021-06-01",
            "2021-07-01",
            EXPIRED,
            "2021-06-01",
        ),
        (
            "repealed: 2021-08-01\nrepeal_basis: 某文件\nexpires: 2021-06-01",
            "2021-08-01",
            REPEALED,
            "2021-08-01",
        ),
    ],
)
def test_a_documents_own_days_decide_its_state(
    head: str, day: str, validity: Validity, since: str, library: Write
) -> None:
    assert on(day, library, head) == State(validity, date.fromisoformat(since))


@pytest.mark.parametrize(
    ("other", "day", "validity", "since"),
    [
        ("repeals: policies/2021/a\nsigned: 2021-06-01", "2021-05-31", IN_FORCE, "2021-01-04"),
        ("repeals: policies/2021/a\nsigned: 2021-06-01", "2021-06-01", REPEALED, "2021-06-01"),
        (
            "repeals: policies/2021/a\nsigned: 2021-06-01\neffective: 2021-07-01",
            "2021-06-30",
            IN_FORCE,
            "2021-01-04",
        ),
        (
            "repeals: policies/2021/a\nsigned: 2021-06-01\neffective: 2021-07-01",
            "2021-07-01",
            REPEALED,
            "2021-07-01",
        ),
        ("amends: policies/2021/a\nsigned: 2021-06-01", "2021-05-31", IN_FORCE, "2021-01-04"),
        ("amends: policies/2021/a\nsigned: 2021-06-01", "2021-06-01", AMENDED, "2021-06-01"),
    ],
)
def test_another_document_changes_the_state_from_the_day_it_is_in_force(
    other: str, day: str, validity: Validity, since: str, library: Write
) -> None:
    state = on(day, library, "title: 甲", other=other)

    assert (state.validity, state.since) == (validity, date.fromisoformat(since))
    assert [d.id for d in state.by] == ([] if validity is IN_FORCE else [OTHER])


def test_the_first_repeal_and_the_last_amendment_count(library: Write) -> None:
    amends, repeals = "amends: policies/2021/a", "repeals: policies/2021/a"

    amended = on(
        "2021-12-31",
        library,
        "title: 甲",
        b=f"{amends}\nsigned: 2021-02-01",
        c=f"{amends}\nsigned: 2021-03-01",
    )
    repealed = on(
        "2021-12-31",
        library,
        "title: 甲",
        b=f"{repeals}\nsigned: 2021-02-01",
        c=f"{repeals}\nsigned: 2021-03-01",
    )

    assert (amended.validity, amended.since, len(amended.by)) == (AMENDED, date(2021, 3, 1), 2)
    assert (repealed.validity, repealed.since, len(repealed.by)) == (REPEALED, date(2021, 2, 1), 2)


def test_a_repeal_goes_before_the_end_of_a_term_and_both_before_an_amendment(
    library: Write,
) -> None:
    head = "expires: 2021-06-01"
    amends = "amends: policies/2021/a\nsigned: 2021-02-01"
    repeals = "repeals: policies/2021/a\nsigned: 2021-05-01"

    assert on("2021-05-31", library, head, b=amends).validity is AMENDED
    assert on("2021-06-01", library, head, b=amends).validity is EXPIRED
    assert on("2021-06-01", library, head, b=amends, c=repeals).validity is REPEALED


def test_an_amendment_of_a_document_that_is_not_yet_in_force_leaves_it_pending(
    library: Write,
) -> None:
    head = "signed: 2021-03-01\neffective: 2022-01-01"

    state = on("2021-12-31", library, head, b="amends: policies/2021/a\nsigned: 2021-04-01")

    assert state == State(PENDING, date(2022, 1, 1))
