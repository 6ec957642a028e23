"""待复核 on the days before, on and after each day that brings it about."""

from __future__ import annotations

from datetime import datetime

import pytest

from plugins.library import doubts_of
from plugins.records import Question
from tests.county import settings

from .conftest import Write

ANSWER = "questions/2021/a"
BASIS = "policies/2021/basis"


def reasons(library: Write, day: str, head: str, **others: str) -> list[str]:
    """Why the answer is in doubt on a day."""
    named = {name.replace("__", "/"): text for name, text in others.items()}
    made = library({ANSWER: f"answered: 2021-03-01\n{head}\n\n可以。", **named})
    [document] = made.find([ANSWER], Question)
    moment = settings(datetime.fromisoformat(day))
    return [doubt.reason for doubt in doubts_of(document, made, moment)]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2021-12-31 00:00", []),
        ("2021-12-31 23:59", []),
        ("2022-01-01 00:00", ["应在2021年12月31日前复核，现已逾期"]),
    ],
)
def test_an_answer_is_good_to_the_end_of_the_day_of_its_review(
    library: Write, day: str, said: list[str]
) -> None:
    assert reasons(library, day, "review_by: 2021-12-31") == said


@pytest.mark.parametrize(
    ("basis", "day", "said"),
    [
        ("expires: 2021-06-01", "2021-05-31", []),
        ("expires: 2021-06-01", "2021-06-01", ["依据的《文件》已失效"]),
        ("repealed: 2021-06-01\nrepeal_basis: 某决定", "2021-06-02", ["依据的《文件》已废止"]),
        ("effective: 2030-01-01", "2021-06-02", []),
    ],
)
def test_an_answer_falls_with_the_document_that_it_rests_on(
    library: Write, basis: str, day: str, said: list[str]
) -> None:
    head = f"review_by: 2029-12-31\nbasis: {BASIS}"

    assert reasons(library, day, head, policies__2021__basis=basis) == said


@pytest.mark.parametrize(
    ("effective", "said"),
    [("2021-02-28", []), ("2021-03-01", []), ("2021-03-02", ["依据的《文件》在答复后作了修改"])],
)
def test_an_amendment_matters_if_it_came_after_the_answer(
    library: Write, effective: str, said: list[str]
) -> None:
    found = reasons(
        library,
        "2021-12-31",
        f"review_by: 2029-12-31\nbasis: {BASIS}",
        policies__2021__basis="signed: 2021-01-04",
        policies__2021__other=f"amends: {BASIS}\neffective: {effective}",
    )

    assert found == said


def test_an_answer_by_an_interpretation_falls_with_what_that_interprets(library: Write) -> None:
    found = reasons(
        library,
        "2021-12-31",
        "review_by: 2029-12-31\nbasis: interpretations/2021/a",
        interpretations__2021__a=f"interprets: {BASIS}",
        policies__2021__basis="expires: 2021-06-01",
    )

    assert found == ["依据的《文件》已失效"]


def test_a_plan_is_no_basis_after_its_period(library: Write) -> None:
    head = "review_by: 2029-12-31\nbasis: plans/2021/a"
    plan = "title: 某规划\nends: 2025-12-31"

    assert reasons(library, "2025-12-31 23:00", head, plans__2021__a=plan) == []
    assert reasons(library, "2026-01-01", head, plans__2021__a=plan) == [
        "依据的《某规划》规划期已满"
    ]
