"""No published address is lost; redirects lead somewhere, in one step."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.library import Library
from plugins.library.addresses import SITE_FOLDERS, redirects_lead_somewhere
from plugins.problems import Severity
from plugins.reading.office import read_office
from plugins.records import BY_FOLDER, Vocabularies
from plugins.workdays import Calendar
from tests.county import POLICY, SOUND, ContentError, build, settings, tree_of, write_county

OLD = "policies/2021/2021-004/"
LIVING = "policies/2021/2021-005/"
LIST = {**SOUND, "addresses.txt": f"# 公开过的网址\n{OLD}\n{LIVING}\n"}
NAME = "policies/2021/2021-004.md"
FOURTH = POLICY.replace("5号", "4号")


def moved(*entries: str) -> str:
    """redirects.yaml with these entries, each `from`, `to` or `gone` and more."""
    return "".join(f"- {{{entry}, date: 2021-08-01}}\n" for entry in entries)


def problems(tmp_path: Path, files: dict[str, str]) -> list[str]:
    """What stops the build."""
    with pytest.raises(ContentError) as caught:
        build(write_county(tmp_path / "content", files), tmp_path / "output")
    return [str(p) for p in caught.value.problems if p.severity is Severity.ERROR]


def told(message: str, back: str) -> str:
    return (
        f"content/addresses.txt:2:1: 错误：{OLD} 公开过，{message}，也没有写明去向\n"
        f"    改法：{back}；移走的，在 content/redirects.yaml 加一行 "
        f"- {{from: {OLD}, to: 新网址, date: 年-月-日}}；撤下的，加一行 "
        f"- {{from: {OLD}, gone: 撤回, date: 年-月-日, note: 原因}}"
    )


def test_a_deleted_document_stops_the_build_before_anything_is_written(tmp_path: Path) -> None:
    content = write_county(tmp_path / "content", {**LIST, NAME: FOURTH})
    build(content, tmp_path / "output")
    before = tree_of(tmp_path / "output")
    (content / NAME).unlink()

    with pytest.raises(ContentError) as caught:
        build(content, tmp_path / "output")

    assert [str(p) for p in caught.value.problems] == [
        told("现在没有这份文件", f"恢复 content/{NAME}")
    ]
    assert tree_of(tmp_path / "output") == before


@pytest.mark.parametrize(
    ("line", "why", "back"),
    [
        ("draft: true", "现在是草稿", f"删去 content/{NAME} 里的 draft: true"),
        (
            "disclosure: 依申请公开\ndisclosure_basis: 依据条例第十六条。",
            "现在的公开属性是依申请公开",
            f"改回 content/{NAME} 里的 disclosure",
        ),
    ],
)
def test_a_document_that_is_hidden_again_is_missed(
    tmp_path: Path, line: str, why: str, back: str
) -> None:
    hidden = FOURTH.replace(
        "disclosure: 主动公开\n", "" if "disclosure" in line else "disclosure: 主动公开\n"
    )
    files = {**LIST, NAME: hidden.replace("number:", f"{line}\nnumber:")}

    assert problems(tmp_path, files) == [told(why, back)]


def test_a_document_that_waits_for_its_day_counts_as_there(tmp_path: Path) -> None:
    later = FOURTH.replace(
        "published: 2021-07-15 09:30", "embargo: true\npublished: 2022-03-01 09:00"
    )

    build(write_county(tmp_path / "content", {**LIST, NAME: later}), tmp_path / "output")

    assert not (tmp_path / "output" / OLD).exists()


@pytest.mark.parametrize(
    "entry", [f"from: {OLD}, to: {LIVING}", f"from: /{OLD}, gone: 撤回, note: 已经撤回"]
)
def test_a_redirect_or_a_reason_is_enough(tmp_path: Path, entry: str) -> None:
    files = {**LIST, "redirects.yaml": moved(entry)}

    build(write_county(tmp_path / "content", files), tmp_path / "output")

    assert (tmp_path / "output" / OLD / "index.html").is_file()


@pytest.mark.parametrize(
    ("entries", "place", "message", "remedy"),
    [
        (
            ["from: old/a/, to: old/b/", f"from: old/b/, to: {LIVING}"],
            "1:22",
            f"去向又转到别处：old/a/ → old/b/ → {LIVING}",
            f"直接写最后的去向：to: {LIVING}",
        ),
        (["from: old/a/, to: old/a/"], "1:22", "去向绕了一圈：old/a/ → old/a/", "改正写错的一项"),
        (
            ["from: old/a/, to: old/b/", "from: old/b/, gone: 错误, note: 有误"],
            "1:22",
            "去向 old/b/ 已经撤下（第 2 行）",
            "把 to 改成现有的网址；没有的，改写 gone 和 note",
        ),
        (
            ["from: old/a/, to: policies/2021/2021-999/"],
            "1:22",
            "去向 policies/2021/2021-999/ 不存在",
            (
                "写现有文件的网址（如 policies/2021/2021-015/）、栏目首页（如 policies/），"
                "或以 https:// 开头的完整网址"
            ),
        ),
        (
            [f"from: old/a/, to: {LIVING}#s9"],
            "1:22",
            f"{LIVING} 里没有编号为“s9”的地方",
            "可用：s1",
        ),
        (
            [f"from: {LIVING}, to: policies/"],
            "1:10",
            f"{LIVING} 现在有文件（content/policies/2021/2021-005.md）",
            "删去这一项；文件确实不再公开的，先删去文件",
        ),
        (
            [f"from: old/a/, to: {LIVING}", "from: old/a/, to: policies/"],
            "2:10",
            "old/a/ 写了两次（第 1 行已有）",
            "删去一处",
        ),
        (
            ["from: policies/2021/, to: policies/"],
            "1:10",
            "policies/2021/ 不是文件的网址",
            "只有文件的网址要写去向，列表页不用写",
        ),
        (["from: search/, to: policies/"], "1:10", "search/ 是网站自己的页面", "删去这一项"),
    ],
)
def test_what_is_wrong_with_a_redirect_is_told_at_its_line(
    tmp_path: Path, entries: list[str], place: str, message: str, remedy: str
) -> None:
    files = {**SOUND, "redirects.yaml": moved(*entries)}

    assert f"content/redirects.yaml:{place}: 错误：{message}\n    改法：{remedy}" in problems(
        tmp_path, files
    )


@pytest.mark.parametrize(
    "target", ["policies/", LIVING, f"{LIVING}#s1", "https://www.example.gov.cn/a.html"]
)
def test_good_targets_pass(tmp_path: Path, target: str) -> None:
    files = {**SOUND, "redirects.yaml": moved(f"from: old/a.html, to: '{target}'")}

    build(write_county(tmp_path / "content", files), tmp_path / "output")

    assert (tmp_path / "output" / "old" / "a.html").is_file()


def test_every_top_folder_of_the_site_is_known(tmp_path: Path) -> None:
    """Else an entry could ask for a page that the site has already."""
    build(write_county(tmp_path / "content"), tmp_path / "output")

    pages = {
        p.relative_to(tmp_path / "output").parts[0] for p in (tmp_path / "output").rglob("*.html")
    }
    assert pages - {*BY_FOLDER} <= SITE_FOLDERS


@given(
    st.dictionaries(
        st.sampled_from("abcdefgh"), st.sampled_from("abcdefghXY"), min_size=1, max_size=8
    )
)
def test_only_single_steps_to_living_pages_pass(edges: dict[str, str]) -> None:
    """However redirects hang together: who is sent on twice, in a ring or nowhere is told of."""
    folders = {"X": "policies/", "Y": "nowhere/"}
    text = "".join(
        f"- {{from: old/{a}/, to: {folders.get(b, f'old/{b}/')}, date: 2021-08-01}}\n"
        for a, b in edges.items()
    )
    office, wrong = read_office({"redirects.yaml": text.encode()})
    library = Library((), Vocabularies({}), Calendar({}, {}), {}, office=office)

    found = list(redirects_lead_somewhere(library, settings()))

    assert not wrong
    lines = {a: number for number, a in enumerate(edges, 1)}
    assert {p.mark.line for p in found} == {lines[a] for a, b in edges.items() if b != "X"}
    for problem in found:
        advised = re.search(r"to: (\S+)", problem.remedy)
        assert advised is None or advised[1] in {
            "policies/",
            "nowhere/",
            *(f"old/{a}/" for a in "abcdefgh" if a not in edges),
        }
