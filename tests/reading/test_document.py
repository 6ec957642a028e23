"""One file becomes a document, or all the problems that stand in the way."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.problems import Mark, Problem, Severity
from plugins.reading import Document, Reading, read_document
from plugins.reading.data import read_calendar, read_vocabularies
from plugins.records import Policy, Record, Vocabularies

POLICY = """\
---
title: 临汾市尧都区财政局关于公开财政信息的通知
issuer: 临汾市尧都区财政局
number: 尧财发〔2021〕8号
category: 其他文件
kind: 通知
disclosure: 主动公开
signed: 2021-05-10
published: 2021-05-12 10:00
summary: 部署财政信息公开。
topics:
  - topic: topics/transition
    part: 政策文件
---

公开预算，见[通知](2021-001.md)。
"""


@pytest.fixture(scope="session")
def words(root: Path) -> Vocabularies:
    folder = root / "content/vocabularies"
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    return read_vocabularies(files, "content/vocabularies")[0]


def read(
    text: str | bytes, words: Vocabularies, document_id: str = "policies/2021/2021-002"
) -> Reading:
    data = text.encode() if isinstance(text, str) else text
    return read_document(document_id, f"content/{document_id}.md", data, words)


def document_of(text: str, words: Vocabularies) -> Document[Record]:
    document = read(text, words).document
    assert document is not None
    return document


def told(reading: Reading) -> list[tuple[int, str, str]]:
    return [(p.mark.line, p.subject, p.message) for p in reading.problems]


def test_a_file_becomes_a_typed_document_with_its_address(words: Vocabularies) -> None:
    document = document_of(POLICY, words)

    assert isinstance(document.record, Policy)
    assert document.record.signed == date(2021, 5, 10)
    assert document.record.published == datetime(2021, 5, 12, 10)
    assert document.url == "policies/2021/2021-002/"
    assert document.folder == "policies/2021"
    assert document.body.text == "公开预算，见通知。"
    assert [link.document for link in document.body.links] == ["policies/2021/2021-001"]


def test_a_problem_stands_at_its_value_or_at_the_nearest_thing_above(words: Vocabularies) -> None:
    document = document_of(POLICY, words)

    assert document.mark("number") == Mark(4, 9)
    assert document.mark("topics", 0, "part") == Mark(13, 11)
    assert document.mark("topics", 0, "reason") == Mark(12, 5)
    assert document.mark("expires") == Mark(1, 1)
    problem = document.problem(("topics", 0, "topic"), "不对", "改")
    assert str(problem).startswith(
        "content/policies/2021/2021-002.md:12:12: 错误：专题（topics）第 1 项的专题（topic）：不对"
    )


def test_problems_of_head_and_body_come_together(words: Vocabularies) -> None:
    text = POLICY.replace("kind: 通知", "kind: 通知书").replace("公开预算", "# 公开\n\n预算")

    assert told(read(text, words)) == [
        (6, "文种（kind）", "“通知书”不在可选范围内"),
        (16, "正文", "正文里不用一级标题：标题已经在 title 里"),
    ]


def test_what_is_wrong_in_a_draft_does_not_hold_up_the_others(words: Vocabularies) -> None:
    draft = POLICY.replace("kind: 通知", "kind: 通知书\ndraft: true")

    problems = read(draft, words).problems

    assert [problem.severity for problem in problems] == [Severity.REMINDER]


def test_a_value_inside_a_list_is_named_by_its_place(words: Vocabularies) -> None:
    text = POLICY.replace("part: 政策文件", "part: 文件").replace("topics/transition", "transition")

    assert [(line, subject) for line, subject, _ in told(read(text, words))] == [
        (12, "专题（topics）第 1 项的专题（topic）"),
        (13, "专题（topics）第 1 项的专题栏目（part）"),
    ]


def test_a_misspelt_key_is_not_reported_as_missing_too(words: Vocabularies) -> None:
    problems = read(POLICY.replace("issuer:", "发文机构:"), words).problems

    assert [(p.message, p.remedy) for p in problems] == [
        ("没有“发文机构”这一项", "是不是想写：issuer（发文机关）")
    ]


def test_a_key_without_a_value_is_empty_where_it_stands(words: Vocabularies) -> None:
    assert told(read(POLICY.replace("kind: 通知", "kind:"), words)) == [
        (6, "文种（kind）", "是空的")
    ]
    assert told(read(POLICY.replace("kind: 通知\n", ""), words)) == [
        (1, "文种（kind）", "缺少这一项")
    ]


def test_an_optional_key_may_stand_without_a_value(words: Vocabularies) -> None:
    assert read(POLICY.replace("signed:", "source:\nsigned:"), words).problems == ()


@pytest.mark.parametrize(
    ("document_id", "message", "remedy"),
    [
        ("readme", "文件没有放在栏目的文件夹里", "移到这些文件夹之一：policies（政策文件）"),
        ("policy/2021/x", "不认识的栏目“policy”", "移到这些文件夹之一：policies（政策文件）"),
        (
            "policies/2021/通知",
            "文件名和文件夹名只能用小写英文字母、数字和减号",
            "改名，例如：policies/2021/2021-015.md",
        ),
        (
            "policies/2021/A_b 3",
            "文件名和文件夹名只能用小写英文字母、数字和减号",
            "改名为 policies/2021/a-b-3.md",
        ),
        ("policies/2021/12", "这个文件名留给列表页用", "改名，例如：2021-015.md"),
        ("policies/2021", "这个文件名留给列表页用", "改名，例如：2021-015.md"),
        ("policies/index", "这个文件名留给列表页用", "改名，例如：2021-015.md"),
        ("policies/kind/a", "这个文件名留给列表页用", "改名，例如：2021-015.md"),
    ],
)
def test_a_file_that_lies_or_is_named_wrongly_is_told_where_to_go(
    document_id: str, message: str, remedy: str, words: Vocabularies
) -> None:
    [problem] = read(POLICY, words, document_id).problems

    assert problem.message == message
    assert problem.remedy.startswith(remedy)


def test_a_vocabulary_that_can_not_be_read_calls_no_word_wrong(root: Path) -> None:
    files = {path.name: path.read_bytes() for path in (root / "content/vocabularies").iterdir()}
    del files["kinds.yaml"]

    words, problems = read_vocabularies(files, "content/vocabularies")

    assert [(p.path, p.message) for p in problems] == [
        ("content/vocabularies/kinds.yaml", "缺少这个词表文件")
    ]
    assert read(POLICY, words).problems == ()


def test_the_office_writes_down_a_new_year_of_working_days() -> None:
    data = b"2027:\n  holidays: [2027-01-01]\n  workdays:\n    - 2027-01-02\n"

    calendar, problems = read_calendar("content/workdays.yaml", data)

    assert problems == []
    assert not calendar.is_workday(date(2027, 1, 1))
    assert calendar.is_workday(date(2027, 1, 2))


MUTATIONS = st.lists(
    st.tuples(
        st.integers(0, len(POLICY.encode())),
        st.integers(0, 12),
        st.binary(max_size=6)
        | st.sampled_from(
            [
                b"---",
                b"\n",
                b"\r\n",
                b": ",
                b"\xef\xbc\x9a",
                b"'",
                b'"',
                b"[",
                b"{",
                b"*",
                b"&a ",
                b"!",
                b"\t",
                b"- ",
                b"#",
                b"<b>",
                b"\xef\xbb\xbf",
                "通知".encode("gb18030"),
                b"\x00",
                b"](",
                b"|",
                b">",
            ]
        ),
    ),
    max_size=6,
)


def mutated(changes: list[tuple[int, int, bytes]]) -> bytes:
    data = POLICY.encode()
    for place, length, piece in changes:
        data = data[:place] + piece + data[place + length :]
    return data


@given(data=st.binary(max_size=300) | MUTATIONS.map(mutated))
@settings(max_examples=200)
@example(data=b"---\ntitle: [[x]]\nreview: 3\ntopics: {a: [b]}\nattachments: [[a]]\n---\n")
@example(data=b"---\ntitle: {}\npublished: []\nsigned: {a: b}\nrelated: [{}]\ndraft: []\n---\n")
@example(data=b"---\nsigned: 0000-00-00\npublished: 9999-99-99 99:99\norder: 9999999999\n---\n")
def test_bytes_of_any_kind_give_a_document_or_problems(data: bytes, words: Vocabularies) -> None:
    reading = read(data, words)

    assert reading.document is not None or reading.problems
    assert_sound(reading.problems, data)


def assert_sound(problems: tuple[Problem, ...], data: bytes) -> None:
    """Every problem has words and stands on a line that exists."""
    lines = (
        data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").count("\n")
        + 1
    )
    for problem in problems:
        assert 1 <= problem.mark.line <= lines
        assert problem.message
        assert problem.remedy
        assert "{" not in problem.message or b"{" in data


@pytest.mark.parametrize(
    "folder",
    ["policies", "interpretations", "plans", "notices", "questions", "topics", "pages", "organs"],
)
@given(
    values=st.dictionaries(
        st.sampled_from(
            [
                "title",
                "published",
                "topics",
                "attachments",
                "review",
                "empty",
                "waived",
                "gazette",
                "keywords",
                "basis",
            ]
        ),
        st.recursive(
            st.text("甲a-:/2021", max_size=6).map(lambda text: f"'{text}'"),
            lambda inner: (
                st.lists(inner, max_size=2).map(lambda items: f"[{', '.join(items)}]")
                | st.dictionaries(
                    st.sampled_from(["topic", "part", "file", "x"]), inner, max_size=2
                ).map(
                    lambda pairs: (
                        "{" + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + "}"
                    )
                )
            ),
            max_leaves=6,
        ),
    )
)
@settings(max_examples=60)
def test_values_of_any_shape_are_told_in_chinese(
    folder: str, values: dict[str, str], words: Vocabularies
) -> None:
    data = "---\n" + "".join(f"{key}: {value}\n" for key, value in values.items()) + "---\n"

    for problem in read(data, words, f"{folder}/a-b").problems:
        assert any("\u4e00" <= character <= "\u9fff" for character in problem.message)
        assert any("\u4e00" <= character <= "\u9fff" for character in problem.remedy)
