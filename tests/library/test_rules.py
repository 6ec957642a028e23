"""Rules between files that the broken counties in tests/checking do not show."""

from __future__ import annotations

from datetime import datetime

import pytest

from plugins.library import check_document, check_whole
from plugins.library.rules import RULES
from plugins.problems import in_order
from plugins.records import SLOTS, Policy
from plugins.records.interpretation import DRAWN_KINDS, PLAYED_KINDS
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
            "interprets: policies/2021/bad\n\n## 政策背景\n\n甲\n\n## 决策依据\n\n甲\n\n"
            "## 出台目的\n\n甲\n\n## 重要举措\n\n甲\n\n## 新旧政策差异\n\n甲"
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


SLOTS_FILLED = "\n\n".join(f"## {slot}\n\n说明{slot}。" for slot in SLOTS)
FIRST = f"interprets: policies/2021/a\npublished: 2021-01-08\n\n{SLOTS_FILLED}"
FOLLOWS = "follows: interpretations/2021/a\nstage: 延伸解读\nreaction: 怎么申请"


def test_a_slot_whose_heading_has_nothing_under_it_is_missing(library: Write) -> None:
    body = SLOTS_FILLED.replace("说明出台目的。", "")
    documents = {
        "policies/2021/a": "",
        "interpretations/2021/a": f"interprets: policies/2021/a\n\n{body}",
    }

    assert [message for _, message in told(library, documents)] == ["正文“出台目的”下面没有文字"]


@pytest.mark.parametrize(
    "under", ["### （一）甲\n\n乙", "![流程图](a.svg)", "| 甲 | 乙 |\n| --- | --- |\n| 丙 | 丁 |"]
)
def test_a_slot_may_hold_smaller_headings_a_picture_or_a_table(under: str, library: Write) -> None:
    body = SLOTS_FILLED.replace("说明新旧政策差异。", under)
    documents = {
        "policies/2021/a": "",
        "interpretations/2021/a": f"interprets: policies/2021/a\n\n{body}",
    }
    messages = [message for _, message in told(library, documents)]

    assert [message for message in messages if "没有文字" in message] == []


def test_a_follow_up_need_not_repeat_the_five_slots(library: Write) -> None:
    documents = {
        "policies/2021/a": "",
        "interpretations/2021/a": FIRST,
        "interpretations/2021/b": (
            f"interprets: policies/2021/a\npublished: 2021-01-09\n{FOLLOWS}\n\n到窗口申请。"
        ),
    }

    assert told(library, documents) == []


def test_a_follow_up_comes_after_what_it_follows_and_speaks_of_the_same(library: Write) -> None:
    documents = {
        "policies/2021/a": "",
        "policies/2021/c": "title: 别的文件",
        "interpretations/2021/a": FIRST,
        "interpretations/2021/b": (
            "interprets: [policies/2021/a, policies/2021/c]\npublished: 2021-01-07\n"
            f"{FOLLOWS}\n\n到窗口申请。"
        ),
    }

    assert [message for _, message in told(library, documents)] == [
        "所接续的 interpretations/2021/a 没有解读 policies/2021/c",
        "早于所接续的 interpretations/2021/a（2021-01-08 00:00）",
    ]


def test_follow_ups_do_not_lead_in_a_circle(library: Write) -> None:
    more = "stage: 补充解读\nreaction: 怎么申请\ninterprets: policies/2021/a"
    documents = {
        "policies/2021/a": "",
        "interpretations/2021/a": f"follows: interpretations/2021/b\n{more}\n\n甲",
        "interpretations/2021/b": f"follows: interpretations/2021/a\n{more}\n\n乙",
    }

    ring = " → ".join(f"interpretations/2021/{name}" for name in "aba")

    assert [message for _, message in told(library, documents)] == [
        f"延伸、补充解读绕了一圈：{ring}"
    ]


@pytest.mark.parametrize("kind", PLAYED_KINDS)
def test_a_film_or_recording_needs_its_transcript(kind: str, library: Write) -> None:
    head = f"interprets: policies/2021/a\nkinds: {kind}\n"
    documents = {
        "policies/2021/a": "",
        "interpretations/2021/a": f"{head}\n{SLOTS_FILLED}",
    }

    assert [m for _, m in told(library, documents)] == [
        f"“{kind}”没有文字稿，看不见、听不见的人无法了解内容"
    ]
    documents["interpretations/2021/a"] += "\n\n## 文字稿"
    assert len(told(library, documents)) == 1
    documents["interpretations/2021/a"] += "\n\n大家好。"
    assert told(library, documents) == []


def test_a_film_in_any_document_needs_its_transcript_be_it_as_a_file(library: Write) -> None:
    def missing(head: str, body: str) -> list[str]:
        found = told(library, {"policies/2021/a": f"{head}\n\n{body}"})
        return [message for _, message in found if "文字稿" in message]

    said = "“a.mp4”没有文字稿，看不见、听不见的人无法了解内容"
    assert missing("summary: 甲", "![短片](a.mp4)") == [said]
    assert missing("summary: 甲", "[短片](a.mp4)") == [said]
    assert missing("attachments: [a.mp4]", "见附件。") == [said]
    assert missing("attachments: [a.mp4, a.docx]", "见附件。") == [said]
    assert missing("attachments: [a.mp4, {file: b.docx, title: 短片文字稿}]", "见附件。") == []


@pytest.mark.parametrize("kind", DRAWN_KINDS)
def test_a_drawing_needs_a_long_text(kind: str, library: Write) -> None:
    head = f"interprets: policies/2021/a\nkinds: {kind}\n"
    documents = {"policies/2021/a": "", "interpretations/2021/a": f"{head}\n{SLOTS_FILLED}"}
    letters = len("".join(f"{slot}说明{slot}。" for slot in SLOTS))

    assert [message for _, message in told(library, documents)] == [
        f"“{kind}”没有足够的文字说明（正文只有{letters}字）"
    ]
    documents["interpretations/2021/a"] += "\n\n" + "图中写明办理的步骤。" * 15
    assert told(library, documents) == []
