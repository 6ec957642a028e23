"""The office's lists: what is wrong in them is told at its line, and never raised."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.problems import Mark
from plugins.reading.office import read_office
from plugins.records.office import Redirect, listed
from tests.building.richer import CONSULT


def said(name: str, text: str) -> list[str]:
    """Line, message and remedy of every problem."""
    _, problems = read_office({name: text.encode()})
    return [f"{p.mark.line}: {p.message}｜{p.remedy}" for p in problems]


def test_entries_are_read_with_their_places() -> None:
    text = "# 说明\n- from: /old/a/\n  to: policies/2021/a/#s1\n  date: 2021-08-01\n"
    office, problems = read_office({"redirects.yaml": text.encode()})

    assert problems == []
    assert office.redirects == (
        Redirect("old/a/", "policies/2021/a/#s1", "", date(2021, 8, 1), "", Mark(2, 9), Mark(3, 7)),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "- from: old/a/\n  date: 2021-08-01\n",
            (
                "1: old/a/ 没有写去向｜移到别处的加 to: 新网址；"
                "撤下的加 gone: 撤回（或合并、错误）和 note: 原因"
            ),
        ),
        (
            "- from: old/a/\n  gone: 撤回\n  date: 2021-08-01\n",
            "1: old/a/ 撤下了，没有写原因｜加一行 note: 为什么撤下，会显示在网页上",
        ),
        (
            "- from: old/a/\n  gone: 撤消\n  note: 甲\n  date: 2021-08-01\n",
            "2: “撤消”不在可选范围内｜是不是想写：撤回",
        ),
        (
            "- from: old/a\n  to: policies/\n  date: 2021-08-01\n",
            "1: 网址“old/a”末尾缺少斜杠｜照此填写：old/a/",
        ),
        (
            "- from: https://www.example.gov.cn/a/\n  to: policies/\n  date: 2021-08-01\n",
            (
                "1: “https://www.example.gov.cn/a/”不是本站网页的地址｜"
                "只写网站地址后面的部分，例如：policies/2021/2021-015/"
            ),
        ),
        (
            "- from: ../a/\n  to: policies/\n  date: 2021-08-01\n",
            "1: “../a/”不是本站网页的地址｜只写网站地址后面的部分，例如：policies/2021/2021-015/",
        ),
        ("- from: old/a/\n  to: policies/\n", "1: 缺少 date｜在这一项里加一行 date: ……"),
        (
            "- from: old/a/\n  to: policies/\n  when: 1\n  date: 2021-08-01\n",
            "3: 没有“when”这一项｜照文件开头的说明填写",
        ),
    ],
)
def test_a_wrong_redirect_is_told(text: str, expected: str) -> None:
    assert said("redirects.yaml", text) == [expected]


@pytest.mark.parametrize(
    "source", ["a//b/", "/", "a/./b/", "a.html/b/", "a b/", "a/%2e/", "a.pdf", ".git/", "a?b/"]
)
def test_addresses_that_are_no_pages_are_refused(source: str) -> None:
    assert (
        len(said("redirects.yaml", f"- {{from: '{source}', to: policies/, date: 2021-08-01}}")) == 1
    )


def test_the_list_of_addresses_may_hold_remarks_and_nothing_strange() -> None:
    assert said("addresses.txt", "# 说明\npolicies/2021/a/\n\n甲\n") == [
        "4: “甲”不是网址｜这个文件由程序填写：从版本库里恢复它"
    ]
    assert list(listed("# 说明\na/\n\nb/\n")) == [(2, "a/"), (4, "b/")]


def test_many_redirects_are_no_fault() -> None:
    text = "".join(
        f"- {{from: old/{n}.html, to: policies/, date: 2021-08-01}}\n" for n in range(3000)
    )

    office, problems = read_office({"redirects.yaml": text.encode()})

    assert problems == []
    assert len(office.redirects) == 3000  # as many as were written


@pytest.mark.parametrize("part", ["hotline", "hall", "online", "channels"])
def test_a_window_without_one_of_its_parts_is_told(part: str) -> None:
    lines = CONSULT.split("\n")
    start = next(n for n, line in enumerate(lines) if line.startswith(part))
    end = start + (2 if lines[start].endswith(":") else 1)
    text = "\n".join([*lines[:start], *lines[end:]])

    assert said("consult.yaml", text) == [f"1: 缺少 {part}｜在这一项里加一行 {part}: ……"]
    assert said("consult.yaml", CONSULT) == []


@given(
    st.binary(max_size=200), st.sampled_from(["redirects.yaml", "addresses.txt", "consult.yaml"])
)
def test_any_bytes_give_lists_or_problems(data: bytes, name: str) -> None:
    _, problems = read_office({name: data})

    assert all(p.message and p.remedy and p.path == f"content/{name}" for p in problems)
