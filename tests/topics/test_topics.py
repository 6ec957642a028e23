"""A topic stands on one page in six parts, and each part and facet on a page of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins import topics
from plugins.checking import check_content
from plugins.problems import Severity
from tests.county import POLICY, SOUND, build, settings, write_county

TOPIC = """---
title: 转型发展
published: 2021-02-09 09:00
summary: 集中公开转型政策。
facets:
  - name: 产业转型
    key: industry
    note: 传统产业改造。
  - name: 绿色转型
    key: green
  - name: 外贸转型
    key: trade
    empty: 正在起草外贸政策
empty:
  - {part: 政策解读, reason: 解读正在制作}
  - {part: 具体举措, reason: 举措正在汇总}
  - {part: 典型问题, reason: 还没有收到问题}
  - {part: 落实情况, reason: 年底公布}
---

集中公开。
"""
PLACES = """topics:
  - topic: topics/change
    facets: [产业转型, 绿色转型]
  - topic: topics/change
    part: 互动回应
subject:"""
FILES = SOUND | {
    "topics/change.md": TOPIC,
    "policies/2021/2021-005.md": POLICY.replace("subject:", PLACES),
}
LINK = 'href="../../../policies/2021/2021-005/"'


def _page(folder: Path, name: str) -> str:
    return (folder / "output/topics/change" / name / "index.html").read_text("utf-8")


def _told(folder: Path, files: dict[str, str]) -> list[tuple[str, int, str]]:
    checked = check_content(write_county(folder / "content", files), settings())
    return [(p.path, p.mark.line, f"{p.message} {p.remedy}") for p in checked.problems]


def test_a_document_stands_in_each_of_its_parts_and_facets(tmp_path: Path) -> None:
    build(write_county(tmp_path / "content", FILES), tmp_path / "output")

    assert _page(tmp_path, "").count('href="../../policies/2021/2021-005/"') == 2
    assert LINK in _page(tmp_path, "policies")
    assert LINK in _page(tmp_path, "responses")
    assert LINK not in _page(tmp_path, "measures")
    for facet in ("industry", "green"):
        assert "/policies/2021/2021-005/" in _page(tmp_path, f"facet/{facet}")
    assert "2021-005" not in _page(tmp_path, "facet/trade")


def test_what_is_empty_is_shown_with_its_reason(tmp_path: Path) -> None:
    build(write_county(tmp_path / "content", FILES), tmp_path / "output")

    assert "年底公布" in _page(tmp_path, "")
    assert "年底公布" in _page(tmp_path, "progress")
    assert "正在起草外贸政策" in _page(tmp_path, "facet/trade")


def test_the_page_shows_some_of_a_long_part_and_its_own_page_shows_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topics, "SHOWN", 1)
    more = POLICY.replace("subject:", "topics: topics/change\nsubject:").replace("5号", "6号")

    build(
        write_county(tmp_path / "content", FILES | {"policies/2021/2021-006.md": more}),
        tmp_path / "output",
    )

    assert ">政策文件全部2件<" in _page(tmp_path, "")
    assert _page(tmp_path, "").count('class="card"') == 2  # one in each filled part
    assert _page(tmp_path, "policies").count('class="card"') == 2


def test_a_whole_topic_has_nothing_to_mend(tmp_path: Path) -> None:
    assert _told(tmp_path, FILES) == []


def test_an_empty_part_without_a_reason_and_a_reason_too_many_are_told(tmp_path: Path) -> None:
    wrong = TOPIC.replace("part: 落实情况", "part: 互动回应")

    checked = check_content(
        write_county(tmp_path / "content", FILES | {"topics/change.md": wrong}), settings()
    )

    assert {(p.message, p.mark.line) for p in checked.problems} == {
        ("“落实情况”还没有内容，也没有说明", 15),
        ("“互动回应”已经有内容", 18),
    }
    assert {p.severity for p in checked.problems} == {Severity.REMINDER}


def test_an_empty_facet_without_a_reason_and_a_reason_too_many_are_told(tmp_path: Path) -> None:
    wrong = TOPIC.replace("    empty: 正在起草外贸政策\n", "").replace(
        "note: 传统产业改造。", "empty: 还没有"
    )

    told = _told(tmp_path, FILES | {"topics/change.md": wrong})

    assert [(line, words.partition(" ")[0]) for _, line, words in told] == [
        (8, "“产业转型”已经有内容"),
        (11, "“外贸转型”还没有内容，也没有说明"),
    ]


def test_a_facet_that_the_topic_does_not_have_is_told_with_the_nearest(tmp_path: Path) -> None:
    slip = FILES["policies/2021/2021-005.md"].replace("[产业转型, 绿色转型]", "[产业转形]")

    told = _told(tmp_path, FILES | {"policies/2021/2021-005.md": slip})

    assert (
        "content/policies/2021/2021-005.md",
        8,
        "专题“转型发展”没有“产业转形”这一方面 是不是想写：产业转型",
    ) in told


def test_facets_of_a_topic_that_has_none_are_told(tmp_path: Path) -> None:
    begin, end = TOPIC.index("facets:"), TOPIC.index("empty:\n")
    bare = TOPIC[:begin] + TOPIC[end:]

    told = _told(tmp_path, FILES | {"topics/change.md": bare})

    assert "专题“转型发展”没有“产业转型”这一方面" in told[0][2]
    assert "在 content/topics/change.md 里加 facets" in told[0][2]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("name: 绿色转型", "name: 产业转型", "名称“产业转型”写了两次"),
        ("key: green", "key: industry", "英文编号“industry”写了两次"),
        ("key: green", "key: Green Way", "“Green Way”不能用在网址里"),
        ("part: 典型问题", "part: 具体举措", "“具体举措”说明了两次"),
    ],
)
def test_facets_and_reasons_are_told_apart(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    told = _told(tmp_path, FILES | {"topics/change.md": TOPIC.replace(old, new)})

    assert any(words.startswith(message) for _, _, words in told)


def test_a_topic_in_the_place_of_anothers_part_is_told(tmp_path: Path) -> None:
    told = _told(tmp_path, FILES | {"topics/change/measures.md": TOPIC})

    assert any("网址与专题 topics/change 的栏目相同" in words for _, _, words in told)


def test_what_is_not_public_is_in_no_part(tmp_path: Path) -> None:
    secret = FILES["policies/2021/2021-005.md"].replace("disclosure:", "draft: true\ndisclosure:")
    files = {name: text for name, text in FILES.items() if not name.startswith("interpretations")}

    build(
        write_county(tmp_path / "content", files | {"policies/2021/2021-005.md": secret}),
        tmp_path / "output",
    )

    pages = (tmp_path / "output/topics").rglob("index.html")
    assert not [page for page in pages if "2021-005" in page.read_text("utf-8")]
