"""Rules between files that the broken counties in tests/checking do not show."""

from __future__ import annotations

from datetime import datetime

import pytest

from plugins.library import check_document, check_whole
from plugins.library.rules import RULES
from plugins.problems import in_order
from plugins.records import Policy
from tests.county import settings

from .conftest import Write

SETTINGS = settings(datetime(2021, 12, 31, 23, 59))
BODY = {"organs/a": "title: 甲局\nphone: 0357-2000000"}


def told(
    library: Write, documents: dict[str, str], **more: frozenset[str]
) -> list[tuple[str, str]]:
    """Id and message of every problem between these documents."""
    made = library({**BODY, **documents}, **more)
    of_each = [p for document in made for p in check_document(document, made, SETTINGS)]
    problems = in_order([*of_each, *check_whole(made, SETTINGS)])
    return [(p.path.removeprefix("content/").removesuffix(".md"), p.message) for p in problems]


def test_every_rule_says_what_it_is_for() -> None:
    assert all(rule.__doc__ for rule in RULES)


def test_documents_without_a_flaw_have_no_problem(library: Write) -> None:
    assert told(library, {"policies/2021/b": "title: 乙", "notices/2021/c": "title: 丙"}) == []


def test_a_long_chain_of_amendments_is_no_cycle(library: Write) -> None:
    chain = {
        f"policies/2021/p{n}": f"signed: 2021-01-04\namends: policies/2021/p{n - 1}"
        for n in range(1, 1500)
    }

    assert told(library, {"policies/2021/p0": "title: 甲", **chain}) == []


def test_two_ways_to_the_same_document_are_no_cycle(library: Write) -> None:
    documents = {
        "policies/2021/a": "title: 甲",
        "policies/2021/b": "amends: policies/2021/a",
        "policies/2021/c": "amends: policies/2021/a",
        "policies/2021/d": "amends:\n  - policies/2021/b\n  - policies/2021/c",
    }

    assert told(library, documents) == []


def test_each_cycle_is_told_once_at_its_smallest_id(library: Write) -> None:
    documents = {
        "plans/2021/b": "parent: plans/2021/c",
        "plans/2021/c": "parent: plans/2021/a",
        "plans/2021/a": "parent: plans/2021/b",
        "organs/b": "title: 乙局\nparent: 丙局",
        "organs/c": "title: 丙局\nparent: 乙局",
    }

    assert told(library, documents) == [
        ("organs/b", "上级机构绕了一圈：organs/b → organs/c → organs/b"),
        (
            "plans/2021/a",
            "上位规划绕了一圈：plans/2021/a → plans/2021/b → plans/2021/c → plans/2021/a",
        ),
    ]


def test_numbers_without_a_code_are_counted_by_each_body_for_itself(library: Write) -> None:
    others = {"organs/b": "title: 乙局\nphone: 0357-2000001"}
    first = {"notices/2021/a": "number: 2021年第3号"}

    assert (
        told(library, {**others, **first, "notices/2021/b": "number: 2021年第3号\nissuer: 乙局"})
        == []
    )
    assert len(told(library, {**others, **first, "notices/2021/b": "number: 2021年第3号"})) == 1


@pytest.mark.parametrize(
    ("published", "count"),
    [("2021-10-14", 0), ("2021-10-14 23:59", 0), ("2021-10-15", 1)],
)
def test_twenty_working_days_are_counted_over_the_holidays(
    published: str, count: int, library: Write
) -> None:
    found = told(library, {"policies/2021/a": f"signed: 2021-09-10\npublished: {published}"})

    assert len(found) == count


@pytest.mark.parametrize(
    "head",
    [
        "signed: 2008-04-30",
        "signed: 2021-01-04\ncategory: 规章",
        "signed: 2021-01-04\ndisclosure: 依申请公开\ndisclosure_basis: 第十六条",
    ],
)
def test_old_papers_higher_rules_and_withheld_papers_can_not_be_late(
    head: str, library: Write
) -> None:
    assert told(library, {"policies/2021/a": f"{head}\npublished: 2021-12-01"}) == []


def test_what_leads_to_a_file_with_errors_is_not_called_missing(library: Write) -> None:
    documents = {
        "policies/2021/a": "related: policies/2021/bad\n\n见[通知](bad.md#s1)。",
        "interpretations/2021/b": (
            "interprets: policies/2021/bad\n\n## 政策背景\n\n## 决策依据\n\n## 出台目的\n\n"
            "## 重要举措\n\n## 新旧政策差异"
        ),
    }

    assert told(library, documents, unread=frozenset({"policies/2021/bad"})) == []
    assert [message for _, message in told(library, documents)] == [
        "找不到 policies/2021/bad.md",
        "找不到 policies/2021/bad.md",
        "链接的文件 policies/2021/bad.md 不存在",
    ]


def test_the_lead_or_the_contact_answers_for_a_document(library: Write) -> None:
    made = library(
        {
            "policies/2021/a": "issuer: 甲局\njoint_issuers: 乙局\nlead: 乙局",
            "policies/2021/b": "issuer: 甲局\ncontact: 丙局",
        }
    )
    answering = {d.id: d.record.answering_body for d in made.of(Policy)}

    assert answering == {"policies/2021/a": "乙局", "policies/2021/b": "丙局"}
