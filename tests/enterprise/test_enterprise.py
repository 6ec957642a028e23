"""Policies for market entities stand by kind and audience; what no longer holds stands apart."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from plugins.checking import check_content
from tests.county import POLICY, SOUND, build, settings, write_county

TAGGED = POLICY.replace(
    "subject:", "enterprise_kinds: [补贴, 税费]\napplies_to: 小微企业\nsubject:"
)
EXPIRED = (
    TAGGED.replace("5号", "6号")
    .replace("节水", "用水")
    .replace("signed:", "expires: 2021-10-01\nsigned:")
)
FILES = SOUND | {"policies/2021/2021-005.md": TAGGED, "policies/2021/2021-006.md": EXPIRED}


def _page(folder: Path, name: str) -> str:
    return (folder / "output/enterprise" / name / "index.html").read_text("utf-8")


def test_what_is_in_force_and_what_no_longer_is_stand_on_pages_of_their_own(
    tmp_path: Path,
) -> None:
    build(write_county(tmp_path / "content", FILES), tmp_path / "output")

    for name in ("kind/subsidies", "kind/taxes", "for/small-firms", ""):
        assert "2021-005" in _page(tmp_path, name)
        assert "2021-006" not in _page(tmp_path, name)
        assert "2021-006" in _page(tmp_path, f"{name}/past".lstrip("/"))
        assert "2021-005" not in _page(tmp_path, f"{name}/past".lstrip("/"))


def test_before_its_last_day_a_policy_stands_among_the_others(tmp_path: Path) -> None:
    build(
        write_county(tmp_path / "content", FILES),
        tmp_path / "output",
        settings(datetime(2021, 9, 30, 12, 0)),
    )

    assert "2021-006" in _page(tmp_path, "kind/subsidies")
    assert not (tmp_path / "output/enterprise/kind/subsidies/past").exists()


def test_each_of_the_eleven_kinds_has_a_page_even_while_it_is_empty(tmp_path: Path) -> None:
    build(write_county(tmp_path / "content", FILES), tmp_path / "output")

    pages = list((tmp_path / "output/enterprise/kind").glob("*/index.html"))
    assert len(pages) == 11
    assert "目前没有现行有效的文件。" in _page(tmp_path, "kind/innovation")
    assert "<b>1</b> 补贴" in _page(tmp_path, "")


def test_kinds_without_anything_in_force_are_told(tmp_path: Path) -> None:
    problems = check_content(write_county(tmp_path / "content", FILES), settings()).problems

    told = {p.message[1:3] for p in problems if p.path.endswith("enterprise_kinds.yaml")}
    assert told == {"创业", "创新", "人才", "规划", "产业", "项目", "市场", "金融", "奖励"}


def test_a_county_without_such_policies_is_not_asked_for_any(tmp_path: Path) -> None:
    assert check_content(write_county(tmp_path / "content"), settings()).problems == ()


@pytest.mark.parametrize(
    ("old", "new", "near"),
    [("补贴, 税费", "补帖", "补贴"), ("applies_to: 小微企业", "applies_to: 小微企", "小微企业")],
)
def test_a_slip_is_told_with_the_nearest_word(
    tmp_path: Path, old: str, new: str, near: str
) -> None:
    slip = {"policies/2021/2021-005.md": TAGGED.replace(old, new)}

    problems = check_content(write_county(tmp_path / "content", SOUND | slip), settings()).errors

    assert f"是不是想写：{near}" in problems[0].remedy
