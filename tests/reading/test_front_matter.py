"""Front matter: values as text, the place of each, and every slip of an editor's hand."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.problems import Mark, Problem, mark_at
from plugins.reading.decoding import decode
from plugins.reading.front_matter import FrontMatter, mapping, sequence, split

GOOD = """\
---
title: 关于公开的通知
signed: 2021-05-10
draft: on
period: 012
keywords:
  - 公开
  - '部署: 重点'
review:
  first: 张
topics: [topics/a, topics/b]
source:
summary: >
  一段
  话
---

正文。
"""


def parts_of(text: str) -> FrontMatter:
    parts = split("x.md", text)
    assert isinstance(parts, FrontMatter)
    return parts


def faults_of(text: str) -> list[tuple[int, int, str, str]]:
    """Line, column, message and remedy of every problem of a head."""
    parts = split("x.md", text)
    assert isinstance(parts, list)
    return [(p.mark.line, p.mark.column, p.message, p.remedy) for p in parts]


def head(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", "", "正文。", ""])


def test_values_are_text_lists_and_mappings_and_never_guessed() -> None:
    assert parts_of(GOOD).values == {
        "title": "关于公开的通知",
        "signed": "2021-05-10",
        "draft": "on",
        "period": "012",
        "keywords": ["公开", "部署: 重点"],
        "review": {"first": "张"},
        "topics": ["topics/a", "topics/b"],
        "summary": "一段 话",
    }


def test_the_place_of_every_key_and_value_is_known() -> None:
    parts = parts_of(GOOD)

    assert parts.keys["title",] == Mark(2, 1)
    assert parts.places["title",] == Mark(2, 8)
    assert parts.places["keywords", 1] == Mark(8, 5)
    assert parts.places["review", "first"] == Mark(10, 10)
    assert parts.places["topics", 1] == Mark(11, 20)
    assert parts.keys["source",] == Mark(12, 1)


def test_the_body_is_what_follows_and_its_first_line_is_known() -> None:
    parts = parts_of(GOOD)

    assert parts.body == "\n正文。\n"
    assert parts.body_line == 17


def test_hyphens_in_the_body_are_no_fence() -> None:
    assert parts_of("---\ntitle: 甲\n---\n上\n---\n下").body == "上\n---\n下"


def test_an_empty_head_is_a_head() -> None:
    assert parts_of("---\n---\n").values == {}


def test_blanks_behind_the_fences_do_no_harm() -> None:
    assert parts_of("---  \ntitle: 甲\n--- \n正文").values == {"title": "甲"}


@pytest.mark.parametrize("empty", ["", "~", "null", " "])
def test_a_value_that_was_left_blank_is_none_but_keeps_its_place(empty: str) -> None:
    parts = parts_of(head(f"source: {empty}", "title: 甲"))

    assert parts.values == {"title": "甲"}
    assert parts.places["source",].line == 2


def test_quoted_blanks_are_a_text() -> None:
    assert parts_of(head("title: ''", 'source: "~"')).values == {"title": "", "source": "~"}


@pytest.mark.parametrize(
    ("lines", "line", "column", "message", "remedy"),
    [
        (["kind：通知"], 2, 5, "用了中文冒号“：”", "改成英文冒号加一个空格：kind: 通知"),
        (["标题：通知"], 2, 3, "用了中文冒号“：”", "改成英文冒号加一个空格：标题: 通知"),
        (["kind:通知"], 2, 5, "冒号后面缺一个空格", "改成：kind: 通知"),
        (["kind:\t通知"], 2, 6, "这里有 Tab 制表符", "改用空格：kind: 通知"),
        (["a:", "\t- 甲"], 3, 1, "这里有 Tab 制表符", "改用空格：  - 甲"),
        (["a: 甲", "a: 乙"], 3, 1, "“a”写了两次（第 2 行已有）", "删去一处"),
        (["a: *甲"], 2, 4, "值以 * 开头", "把整个值放进单引号：a: '*甲'"),
        (["a: &b 甲"], 2, 4, "值以 & 开头", "把整个值放进单引号：a: '&b 甲'"),
        (["a:", "  - !甲"], 3, 5, "值以 ! 开头", "把整个值放进单引号：- '!甲'"),
        (["a: %甲"], 2, 4, "值以 % 开头", "把整个值放进单引号：a: '%甲'"),
        (["a: `甲`"], 2, 4, "值以 ` 开头", "把整个值放进单引号：a: '`甲`'"),
        (["a: 甲: 乙's"], 2, 5, "值里有英文冒号", "把整个值放进单引号：a: '甲: 乙''s'"),
        (["a: '甲"], 2, 4, "引号没有成对", "补上另一半引号，或删去引号"),
        (
            ["a: “甲”", 'b: "甲"乙'],
            3,
            7,
            "值以引号或括号开头，后面还有字",
            "把整个值放进单引号：b: '\"甲\"乙'",
        ),
        (
            ["a: [甲", "b: 乙"],
            2,
            4,
            "方括号或花括号没有成对",
            "补上另一半括号；值本身以括号开头时，把整个值放进单引号：a: '[甲'",
        ),
        (["a: 甲", "  b: 乙"], 3, 1, "行首多了空格", "这一行顶格写：b: 乙"),
        (
            ["a: 甲", "乙"],
            3,
            1,
            "这一行不是“名称: 值”",
            "补上名称和冒号；是上一行的延续时，接在上一行末尾",
        ),
        (["- 甲"], 2, 1, "文件头的每一行应是“名称: 值”", "例如 title: 关于……的通知"),
        (["? [甲]", ": 乙"], 2, 3, "冒号前面应是一个名称", "例如 title: 关于……的通知"),
        (
            ["a: " + "[" * 9 + "]" * 9],
            2,
            4,
            "这里的括号或清单套得太深",
            "文件头只写各项的值；值以括号开头时放进单引号",
        ),
    ],
)
def test_a_slip_is_told_at_its_place_with_what_to_write(
    lines: list[str], line: int, column: int, message: str, remedy: str
) -> None:
    assert faults_of(head(*lines)) == [(line, column, message, remedy)]


def test_all_slips_of_a_head_are_told_in_one_run() -> None:
    told = faults_of(head("a：甲", "b:乙", "c: *丙", "d:\t丁"))

    assert [line for line, *_ in told] == [2, 3, 4, 5]


def test_what_is_nested_by_indents_or_commas_is_too_deep_as_well() -> None:
    steps = head("a:", *(" " * depth + "b:" for depth in range(1, 99)))
    commas = head("a: " + "[x, " * 99 + "]" * 99)

    for text in (steps, commas):
        assert {message for *_, message, _ in faults_of(text)} == {"这里的括号或清单套得太深"}


def test_a_reference_to_another_value_is_no_value() -> None:
    [(line, _, message, _)] = faults_of(head("a: [&x 甲, *x]"))

    assert (line, message) == (2, "值以 & 或 * 开头")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "文件是空的"),
        ("\n \n", 1, "文件是空的"),
        ("正文。\n", 1, "缺少文件头：第一行应是三个英文减号"),
        ("\n---\ntitle: 甲\n---\n", 1, "--- 前面有空行"),
        ("———\ntitle: 甲\n---\n", 1, "“———”不是三个英文减号"),
        ("\n－－－\ntitle: 甲\n", 2, "“－－－”不是三个英文减号"),
        ("---\ntitle: 甲\n----\n正文\n", 3, "“----”不是三个英文减号"),
        ("---\ntitle: 甲\n\n正文开始了。\n", 4, "文件头没有结束"),
        ("---\ntitle: 甲\n", 3, "文件头没有结束"),
    ],
)
def test_a_fence_that_is_missing_or_no_fence_is_told(text: str, line: int, message: str) -> None:
    assert [(at, said) for at, _, said, _ in faults_of(text)] == [(line, message)]


@pytest.mark.parametrize(
    ("data", "mark", "message"),
    [
        ("标题".encode("gb18030"), Mark(1), "文件不是 UTF-8 编码（像是 GBK 编码）"),
        ("a\n\n标题".encode("gb18030"), Mark(3), "文件不是 UTF-8 编码（像是 GBK 编码）"),
        ("标题".encode("utf-16"), Mark(1), "文件是 UTF-16 编码"),
        ("a标题\uff00".encode("utf-16-le"), Mark(1), "文件不是 UTF-8 编码（像是 UTF-16 编码）"),
        (b"\xff\xff", Mark(1), "文件不是 UTF-8 编码"),
        ("甲\n乙\x00".encode(), Mark(2, 2), "这里有一个看不见的控制字符（U+0000）"),
        ("甲\u2028乙".encode(), Mark(1, 2), "这里有一个看不见的控制字符（U+2028）"),
    ],
)
def test_bytes_that_are_no_clean_text_are_told(data: bytes, mark: Mark, message: str) -> None:
    problem = decode("x.md", data)

    assert isinstance(problem, Problem)
    assert (problem.mark, problem.message) == (mark, message)


def test_a_byte_order_mark_and_foreign_line_ends_are_accepted() -> None:
    assert decode("x.md", b"\xef\xbb\xbfa\r\nb\rc\n") == "a\nb\nc\n"


def test_line_and_column_of_an_offset_count_from_one() -> None:
    assert mark_at("甲乙\n丙", 0) == Mark(1, 1)
    assert mark_at("甲乙\n丙", 3) == Mark(2, 1)
    assert mark_at("甲乙\n丙", 4, first_line=10) == Mark(11, 2)


def test_a_data_file_is_a_list_or_a_mapping_with_places() -> None:
    listed = sequence("x.yaml", "# 说明\n- name: 甲\n- name: 乙\n")
    named = mapping("x.yaml", "# 说明\n2027:\n  holidays: []\n")

    assert isinstance(listed, tuple)
    assert listed[0] == [{"name": "甲"}, {"name": "乙"}]
    assert listed[1][1, "name"] == Mark(3, 9)
    assert listed[2][1, "name"] == Mark(3, 3)
    assert isinstance(named, FrontMatter)
    assert named.values == {"2027": {"holidays": []}}
    assert sequence("x.yaml", "# 还没有\n") == ([], {}, {})


PIECES = st.sampled_from(
    [
        "---",
        "\n",
        "\n\n",
        "a: ",
        "b:",
        "- ",
        "  ",
        "\t",
        "：",
        "'",
        '"',
        "[",
        "]",
        "{",
        "}",
        "*a",
        "&a ",
        "!x ",
        "@",
        "%",
        "|",
        ">",
        "?",
        ": ",
        "#",
        ",",
        "~",
        "甲",
        "<<",
        "x\u3000",
        "\ufeff",
        "\x00",
        "...",
        "---\n",
        "%YAML 9.9\n",
    ]
)


@given(st.lists(PIECES, max_size=40).map(lambda pieces: "---\n" + "".join(pieces) + "\n---\n正文"))
@settings(max_examples=200)
@example("---\n<<: {a: 甲}\n---\n")
@example("---\na: &a\n  - *a\n---\n")
@example("---\n? ? ? a\n---\n")
@example("---\n%YAML 9.9\n---\n---\n")
def test_any_head_gives_values_or_problems_with_places_inside_the_file(text: str) -> None:
    parts = split("x.md", text)

    lines = text.split("\n")
    for problem in parts if isinstance(parts, list) else []:
        assert 1 <= problem.mark.line <= len(lines)
        assert 1 <= problem.mark.column <= len(lines[problem.mark.line - 1]) + 2
        assert problem.message
        assert problem.remedy
