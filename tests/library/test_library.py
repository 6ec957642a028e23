"""Look-ups, order, relations both ways, and what citizens may see."""

from __future__ import annotations

from datetime import datetime

import pytest

from plugins.library import Library, is_public
from plugins.library.library import Member
from plugins.records import Interpretation, Organ, Plan, Policy, Publication, Topic
from tests.county import settings

from .conftest import Write

NOON = settings(datetime(2021, 6, 1, 12))


def ids(documents: object) -> list[str]:
    assert isinstance(documents, (list, tuple, Library))
    return [document.id for document in documents]


def test_documents_stand_newest_first_and_then_by_their_ids(library: Write) -> None:
    made = library(
        {
            "policies/2021/b": "published: 2021-03-01 10:00",
            "policies/2021/a": "published: 2021-03-01 10:00",
            "notices/2021/c": "published: 2021-03-01 10:01",
            "pages/old": "published: 2020-01-01",
        }
    )

    assert ids(made) == ["notices/2021/c", "policies/2021/a", "policies/2021/b", "pages/old"]
    assert ids(made.of(Policy)) == ["policies/2021/a", "policies/2021/b"]
    assert ids(made.of(Publication)) == ["notices/2021/c", "policies/2021/a", "policies/2021/b"]


def test_the_order_does_not_depend_on_the_order_of_reading(library: Write) -> None:
    heads = {f"policies/2021/{name}": "published: 2021-03-01" for name in "cab"}

    assert ids(library(heads)) == ids(library(dict(reversed(heads.items()))))


def test_a_document_is_found_by_its_id(library: Write) -> None:
    made = library({"policies/2021/a": "title: 甲"})

    assert "policies/2021/a" in made
    assert "policies/2021/b" not in made
    assert made["policies/2021/a"].record.title == "甲"
    assert made.get("policies/2021/b") is None
    assert len(made) == 1


@pytest.mark.parametrize(
    ("head", "count"),
    [
        ("published: 2021-06-01 12:00", 1),
        ("published: 2021-06-01 12:01", 0),
        ("published: 2021-06-01 12:01\nembargo: true", 0),
        ("disclosure: 依申请公开", 0),
        ("disclosure: 不予公开", 0),
        ("draft: true", 0),
    ],
)
def test_only_open_finished_and_due_documents_are_public(
    head: str, count: int, library: Write
) -> None:
    made = library({"policies/2021/a": head})

    assert is_public(made["policies/2021/a"], NOON) == bool(count)
    assert len(made.public(NOON)) == count


def test_in_public_a_relation_to_what_is_withheld_does_not_exist(library: Write) -> None:
    made = library(
        {
            "policies/2021/a": "title: 甲",
            "policies/2021/b": "disclosure: 不予公开\nrepeals: policies/2021/a",
            "policies/2021/c": "draft: true\namends: policies/2021/a",
        }
    )
    public = made.public(NOON)

    assert ids(made.repealers_of(made.of(Policy)[0])) == ["policies/2021/b"]
    assert public.repealers_of(public.of(Policy)[0]) == []
    assert public.amenders_of(public.of(Policy)[0]) == []
    assert public.find(["policies/2021/b"], Policy) == []


def test_every_relation_is_known_from_its_far_side(library: Write) -> None:
    made = library(
        {
            "policies/2021/a": "title: 甲",
            "policies/2021/b": "repeals: policies/2021/a\nrelated: policies/2021/a",
            "policies/2021/c": "amends: policies/2021/a\npublished: 2021-02-01",
            "policies/2021/d": "amends: policies/2021/a\npublished: 2021-03-01",
            "interpretations/2021/e": "interprets: policies/2021/a",
            "plans/2021/f": "title: 规划",
            "plans/2021/g": "parent: plans/2021/f\nreplaces: plans/2021/f",
        }
    )
    [policy] = made.find(["policies/2021/a"], Policy)
    [plan] = made.find(["plans/2021/f"], Plan)

    assert ids(made.repealers_of(policy)) == ["policies/2021/b"]
    assert ids(made.amenders_of(policy)) == ["policies/2021/d", "policies/2021/c"]
    assert ids(made.interpretations_of(policy)) == ["interpretations/2021/e"]
    assert ids(made.pointing_at(policy.id, "related", Policy)) == ["policies/2021/b"]
    assert ids(made.lower_plans(plan)) == ["plans/2021/g"]
    assert ids(made.pointing_at(plan.id, "replaces", Plan)) == ["plans/2021/g"]


def test_found_documents_keep_the_order_asked_for_and_the_kind(library: Write) -> None:
    made = library(
        {
            "policies/2021/a": "title: 甲",
            "policies/2021/b": "title: 乙",
            "interpretations/2021/c": "interprets: policies/2021/a",
        }
    )
    wanted = ["policies/2021/b", "policies/2021/gone", "interpretations/2021/c", "policies/2021/a"]

    assert ids(made.find(wanted, Policy)) == ["policies/2021/b", "policies/2021/a"]
    assert ids(made.find(wanted, Interpretation)) == ["interpretations/2021/c"]


def test_organs_are_known_by_their_full_names(library: Write) -> None:
    made = library({"organs/a": "title: 甲区财政局\nshort_name: 财政局"})

    organ = made.organ("甲区财政局")
    assert organ is not None
    assert isinstance(organ.record, Organ)
    assert made.organ("财政局") is None
    assert made.knows_organ("甲区财政局")
    assert not made.knows_organ("财政局")
    assert made.organ_names() == ["甲区财政局"]


def test_a_topic_has_its_documents_in_their_parts_and_one_may_stand_in_two(library: Write) -> None:
    made = library(
        {
            "topics/t": "title: 专题",
            "topics/other": "title: 别的专题",
            "policies/2021/a": "topics: topics/t\npublished: 2021-03-01",
            "notices/2021/b": (
                "topics:\n  - {topic: topics/t, part: 落实情况}\n"
                "  - {topic: topics/t, part: 互动回应}\n  - topics/other"
            ),
            "interpretations/2021/c": (
                "interprets: policies/2021/a\ntopics: topics/t\npublished: 2021-02-01"
            ),
        }
    )
    [topic] = made.find(["topics/t"], Topic)
    [other] = made.find(["topics/other"], Topic)

    assert [_named(member) for member in made.members(topic)] == [
        ("政策文件", "policies/2021/a"),
        ("政策解读", "interpretations/2021/c"),
        ("落实情况", "notices/2021/b"),
        ("互动回应", "notices/2021/b"),
    ]
    assert [_named(member) for member in made.members(other)] == [("具体举措", "notices/2021/b")]


def _named(member: Member) -> tuple[str, str]:
    return member.part, member.document.id
